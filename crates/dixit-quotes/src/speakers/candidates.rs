//! Who a source may be, and what speaks for each.

use dixit_document::EntityLabel;
use dixit_text::Span;

use super::features::{Feature, Features};
use super::{Asked, Description, Kind, Speakers};
use crate::names::{Gender, RoleMatch};

/// How many mentions in front of a source are looked at.
const BEFORE: usize = 14;
/// How many mentions behind it are.
const BEHIND: usize = 3;
/// How many candidates there are at most.
const MOST: usize = 24;

/// Whom a quote may be given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// Nobody that the article tells.
    Nobody,
    /// The description that the source is.
    Own,
    /// A name.
    Group(usize),
    /// A speaker without a name.
    Speaker(usize),
}

/// One whom a quote may be given to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) target: Target,
    pub(crate) features: Features,
}

/// What the features of all candidates of one quote are told from.
struct Scene<'q> {
    asked: Asked<'q>,
    kind: Kind,
    description: Option<&'q Description>,
    /// Where the source stands, or the content if there is none.
    place: Span,
    sentence: usize,
    paragraph: usize,
    roles: Vec<RoleMatch>,
    next: Option<usize>,
}

impl Speakers<'_> {
    /// The candidates for a quote, with their features.
    pub(super) fn candidates(&self, asked: Asked<'_>, kind: Kind, description: Option<&Description>) -> Vec<Candidate> {
        let place = asked.source.unwrap_or(asked.content[0]);
        let reading = &self.names.reading;
        let index_in = |spans: &[Span]| spans.partition_point(|span| span.end() <= place.start());
        let scene = Scene {
            asked,
            kind,
            description,
            place,
            sentence: index_in(reading.sentences),
            paragraph: index_in(reading.paragraphs),
            roles: description.map(|known| self.names.by_role(&known.words)).unwrap_or_default(),
            next: asked.next.and_then(|next| self.names.named_by(next)),
        };
        let mut all: Vec<Candidate> = self
            .targets(&scene)
            .into_iter()
            .map(|target| Candidate { target, features: self.features(&scene, target) })
            .collect();
        self.rank_by_distance(&scene, &mut all);
        only_of_gender(&mut all);
        all
    }

    fn targets(&self, scene: &Scene<'_>) -> Vec<Target> {
        let mut targets = vec![Target::Nobody];
        let mut add = |target: Target| {
            if targets.len() < MOST && !targets.contains(&target) {
                targets.push(target);
            }
        };
        if scene.kind.is_description() {
            add(Target::Own);
            scene.roles.iter().for_each(|role| add(Target::Group(role.group)));
            self.names.mentions_in(scene.place).iter().for_each(|mention| add(Target::Group(mention.group)));
        }
        for said in &self.said {
            add(self.known[said.speaker].group.map_or(Target::Speaker(said.speaker), Target::Group));
        }
        scene.next.into_iter().for_each(|group| add(Target::Group(group)));
        let upto = self.names.mentions_before(scene.place.start());
        let behind = upto..self.names.mentions.len().min(upto + BEHIND);
        for index in (upto.saturating_sub(BEFORE)..upto).rev().chain(behind) {
            add(Target::Group(self.names.mentions[index].group));
        }
        self.most_named.into_iter().flatten().for_each(|group| add(Target::Group(group)));
        targets
    }

    fn features(&self, scene: &Scene<'_>, target: Target) -> Features {
        let mut features = Features::default();
        features.add_if(scene.asked.direct, Feature::Direct);
        match target {
            Target::Nobody => {
                features = Features::default();
                features.add(Feature::Nobody);
                features.add_if(!scene.asked.direct, Feature::NobodyIndirect);
                features.add_if(self.said.is_empty(), Feature::NobodyFirst);
            }
            Target::Own => {
                features = Features::default();
                features.add(Feature::Own);
                if let Some(description) = scene.description {
                    self.describe_own(scene, description, &mut features);
                }
            }
            Target::Group(group) => self.describe_group(scene, group, &mut features),
            Target::Speaker(speaker) => self.describe_speaker(scene, speaker, &mut features),
        }
        features
    }

    fn describe_own(&self, scene: &Scene<'_>, description: &Description, features: &mut Features) {
        features.add(if description.definite { Feature::OwnDefinite } else { Feature::OwnIndefinite });
        features.add_if(description.possessive, Feature::OwnPossessive);
        features.add_if(description.plural, Feature::OwnPlural);
        features.add_if(description.words.len() <= 2, Feature::OwnShort);
        features.add_if(description.words.len() >= 5, Feature::OwnLong);
        features.add_if(!self.names.mentions_in(scene.place).is_empty(), Feature::OwnWithName);
        features.add_if(scene.roles.iter().any(|role| role.shared > 0), Feature::OwnHasRoleOfName);
    }

    fn describe_group(&self, scene: &Scene<'_>, group: usize, features: &mut Features) {
        let known = &self.names.groups[group];
        features.add(match known.label {
            EntityLabel::Person => Feature::Person,
            EntityLabel::Organization => Feature::Organization,
            EntityLabel::Location | EntityLabel::Facility => Feature::Place,
            _ => Feature::OtherName,
        });
        let person = known.label == EntityLabel::Person;
        features.add_if(person && known.words.len() > 1, Feature::FullName);
        let count = known.mentions.len();
        features.add_if(count == 1, Feature::Once);
        features.add_if(count >= 4, Feature::Often);
        features.add_if(self.most_named.contains(&Some(group)), Feature::Most);
        features.add_if(
            known.mentions.first().is_some_and(|&index| self.names.mentions[index].paragraph == 0),
            Feature::InHeadline,
        );
        self.place_group(scene, group, features);
        if person {
            agree(scene, known.gender, features);
        }
        agree_in_number(scene, known.label == EntityLabel::Norp, person, features);
        self.match_description(scene, group, features);
        features.add_if(scene.next == Some(group), Feature::Next);
        self.was_quoted(scene, self.by_group.get(&group).copied(), features);
    }

    /// Where a name was last mentioned, and how.
    fn place_group(&self, scene: &Scene<'_>, group: usize, features: &mut Features) {
        let Some(mention) = self.names.last_mention(group, scene.place.start(), scene.asked.content) else {
            features.add(Feature::OnlyBehind);
            return;
        };
        let sentences = scene.sentence.saturating_sub(mention.sentence);
        features.add(distance(sentences));
        features.add_if(mention.paragraph == scene.paragraph, Feature::SameParagraph);
        features.add_if(mention.paragraph + 1 == scene.paragraph, Feature::ParagraphBefore);
        features.add_if(mention.governed, Feature::Governed);
        let leads = mention.leads && !mention.governed && !mention.quoted;
        features.add_if(leads, Feature::Leads);
        features.add_if(leads && sentences == 1, Feature::LeadsSentenceBefore);
        features.add_if(leads && sentences == 0, Feature::LeadsSameSentence);
        features.add_if(mention.quoted, Feature::Quoted);
        features.add_if(scene.asked.content.iter().any(|own| own.covers(mention.span)), Feature::InOwnContent);
    }

    /// How the description fits a name.
    fn match_description(&self, scene: &Scene<'_>, group: usize, features: &mut Features) {
        let Some(description) = scene.description else { return };
        features.add_if(description.definite, Feature::Definite);
        features.add_if(description.words.len() <= 2, Feature::Short);
        let role = scene.roles.iter().find(|role| role.group == group);
        match role {
            Some(role) if role.shared >= role.all => features.add(Feature::RoleAll),
            Some(role) if 2 * role.shared >= role.all => features.add(Feature::RoleMost),
            Some(_) => features.add(Feature::RoleHead),
            None => features.add(Feature::NoRole),
        }
        let words = &self.names.groups[group].words;
        let head = description.head.and_then(|head| description.words.get(head));
        features.add_if(head.is_some_and(|head| words.contains(head)), Feature::SharesHead);
        features
            .add_if(description.words.iter().any(|word| word.len() > 3 && words.contains(word)), Feature::SharesWord);
        let within = self.names.mentions_in(scene.place).iter().find(|mention| mention.group == group);
        features.add_if(within.is_some(), Feature::Within);
        features.add_if(within.is_some_and(|mention| mention.span.end() >= scene.place.end()), Feature::WithinAtEnd);
    }

    fn describe_speaker(&self, scene: &Scene<'_>, speaker: usize, features: &mut Features) {
        let known = &self.known[speaker];
        if let Some(own) = &known.description {
            features.add(match own.kind {
                Kind::Person => Feature::DescribedPerson,
                Kind::People => Feature::DescribedPeople,
                Kind::Body => Feature::DescribedBody,
                Kind::Document => Feature::DescribedDocument,
                _ => Feature::DescribedOther,
            });
            agree(scene, known.gender, features);
            agree_in_number(scene, own.plural, own.kind == Kind::Person, features);
            if let Some(description) = scene.description {
                let head = |known: &Description| known.head.and_then(|head| known.words.get(head).cloned());
                features.add_if(head(description).is_some() && head(description) == head(own), Feature::SharesHead);
                features.add_if(
                    description.words.iter().any(|word| word.len() > 3 && own.words.contains(word)),
                    Feature::SharesWord,
                );
                features.add_if(description.definite, Feature::Definite);
            }
        }
        self.was_quoted(scene, Some(speaker), features);
    }

    /// What the candidate said before.
    fn was_quoted(&self, scene: &Scene<'_>, speaker: Option<usize>, features: &mut Features) {
        let Some(rank) = self.said.iter().position(|said| Some(said.speaker) == speaker) else { return };
        match rank {
            0 => features.add(Feature::Last),
            1 => features.add(Feature::SecondLast),
            _ => features.add(Feature::SpokeBefore),
        }
        if rank == 0 {
            let reading = &self.names.reading;
            let index_in = |spans: &[Span]| spans.partition_point(|span| span.end() <= self.said[0].place.start());
            let paragraph = index_in(reading.paragraphs);
            features.add_if(paragraph == scene.paragraph, Feature::LastSameParagraph);
            features.add_if(paragraph + 1 == scene.paragraph, Feature::LastParagraphBefore);
            features.add_if(index_in(reading.sentences) == scene.sentence, Feature::LastSameSentence);
            let agrees = features.iter().any(|feature| feature == Feature::GenderAgrees as usize);
            features.add_if(agrees, Feature::LastAgrees);
        }
    }

    /// Says of the names that agree in kind which were mentioned last.
    fn rank_by_distance(&self, scene: &Scene<'_>, all: &mut [Candidate]) {
        let people = matches!(
            scene.kind,
            Kind::He | Kind::She | Kind::Il | Kind::Elle | Kind::Person | Kind::Anyone | Kind::Unsaid
        );
        let mut near: Vec<(usize, usize)> = Vec::new();
        for (index, candidate) in all.iter().enumerate() {
            let Target::Group(group) = candidate.target else { continue };
            let person = self.names.groups[group].label == EntityLabel::Person;
            let differs = candidate.features.iter().any(|feature| feature == Feature::GenderDiffers as usize);
            let last = self.names.last_mention(group, scene.place.start(), scene.asked.content);
            if let Some(mention) = last.filter(|_| person == people && !differs) {
                near.push((mention.span.start(), index));
            }
        }
        near.sort_unstable_by(|a, b| b.cmp(a));
        for ((_, index), feature) in
            near.into_iter().zip([Feature::Nearest, Feature::SecondNearest, Feature::ThirdNearest])
        {
            all[index].features.add(feature);
        }
    }
}

/// Marks the only candidate whose gender agrees.
fn only_of_gender(all: &mut [Candidate]) {
    let agrees = |one: &Candidate| one.features.iter().any(|feature| feature == Feature::GenderAgrees as usize);
    let mut agreeing = (0..all.len()).filter(|&index| agrees(&all[index]));
    if let (Some(only), None) = (agreeing.next(), agreeing.next()) {
        all[only].features.add(Feature::OnlyOfGender);
    }
}

fn distance(sentences: usize) -> Feature {
    match sentences {
        0 => Feature::SameSentence,
        1 => Feature::SentenceBefore,
        2 => Feature::TwoSentencesBefore,
        3..=6 => Feature::FewSentencesBefore,
        _ => Feature::FarBefore,
    }
}

/// Whether the candidate's gender is the source's, where the source tells one.
fn agree(scene: &Scene<'_>, own: Option<Gender>, features: &mut Features) {
    let asked = match scene.kind {
        Kind::He | Kind::Il => Some(Gender::Masculine),
        Kind::She | Kind::Elle => Some(Gender::Feminine),
        // Titles in the masculine are used of women too.
        Kind::Person => scene.description.and_then(|known| known.gender).filter(|&gender| gender == Gender::Feminine),
        _ => None,
    };
    let Some(asked) = asked else { return };
    features.add(match own {
        Some(own) if own == asked => Feature::GenderAgrees,
        Some(_) => Feature::GenderDiffers,
        None => Feature::GenderUnknown,
    });
}

/// Whether one or many speak.
fn agree_in_number(scene: &Scene<'_>, plural: bool, one: bool, features: &mut Features) {
    if matches!(scene.kind, Kind::They | Kind::People) {
        features.add_if(plural, Feature::NumberAgrees);
        features.add_if(one, Feature::NumberDiffers);
    } else {
        features.add_if(plural, Feature::NumberDiffers);
    }
}
