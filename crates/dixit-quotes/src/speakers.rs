//! Says who each source is, and makes the speakers layer.
//!
//! A source that is a name is that name's. For all others the candidates (`candidates`) are the names and speakers near by, the
//! description itself, and nobody; the `ranker` weighs what speaks for each (`features`).

mod candidates;
mod features;
mod ranker;
mod reference;

use dixit_document::{EntityLabel, Speaker, SpeakerKind, SpeakerLink};
use dixit_text::Span;
use rustc_hash::FxHashMap;

use self::candidates::Candidate;
pub(crate) use self::candidates::Target;
pub use self::ranker::speaker_weights;
pub(crate) use self::ranker::{Kind, Ranker, feature_names};
pub(crate) use self::reference::{Description, References};
use crate::names::{Gender, Genders, Names, Reading};
use crate::words::lower;

/// How many of the sources that are names are given the right speaker, on the training parts of the corpora.
const NAMED_RIGHT: f32 = 0.96;
/// How sharp the ranker's probabilities are, chosen so that they agree with how often it is right.
const SHARPNESS: f32 = 1.0;

/// What the resolver knows of a quote.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'q> {
    pub(crate) content: &'q [Span],
    pub(crate) cue: Option<Span>,
    pub(crate) source: Option<Span>,
    pub(crate) direct: bool,
    /// The source of the next quote.
    pub(crate) next: Option<Span>,
}

/// What resolving needs and no document changes.
pub(crate) struct SpeakerData {
    pub(crate) given_names: Genders,
    references: References,
    ranker: Ranker,
}

impl SpeakerData {
    pub(crate) fn new() -> Self {
        Self { given_names: Genders::new(), references: References::new(), ranker: Ranker::new() }
    }
}

/// Who was quoted, besides the layer.
struct Known {
    /// The group, if a name.
    group: Option<usize>,
    /// The description, if none.
    description: Option<Description>,
    gender: Option<Gender>,
}

/// A quote that has its speaker.
#[derive(Clone, Copy)]
struct Said {
    speaker: usize,
    /// Where its source stands, or else its content.
    place: Span,
}

/// What the speakers layer is made from.
pub(crate) struct Speakers<'d> {
    names: Names<'d>,
    data: &'d SpeakerData,
    layer: Vec<Speaker>,
    known: Vec<Known>,
    by_group: FxHashMap<usize, usize>,
    by_description: FxHashMap<String, usize>,
    /// The last quotes, the last one first, each speaker once.
    said: Vec<Said>,
    most_named: [Option<usize>; 2],
}

/// How many speakers are remembered.
const REMEMBERED: usize = 5;

/// Says which candidate of a choice is right, whose names come with it; `None` leaves it to the ranker.
pub(crate) type Overruler<'o> = &'o mut dyn FnMut(&Choice, &[Option<String>]) -> Option<usize>;

/// A choice among candidates, as the trainer sees it.
pub(crate) struct Choice {
    pub(crate) kind: Kind,
    pub(crate) candidates: Vec<Candidate>,
    /// Which one the ranker takes.
    pub(crate) best: usize,
}

impl<'d> Speakers<'d> {
    pub(crate) fn new(reading: Reading<'d>, data: &'d SpeakerData) -> Self {
        let names = Names::new(reading, &data.given_names);
        let most = |person: bool| {
            let groups = names.groups.iter().enumerate();
            let groups = groups.filter(|(_, group)| (group.label == EntityLabel::Person) == person);
            groups.max_by_key(|(index, group)| (group.mentions.len(), usize::MAX - index)).map(|(index, _)| index)
        };
        let most_named = [most(true), most(false)];
        Self {
            names,
            data,
            layer: Vec::new(),
            known: Vec::new(),
            by_group: FxHashMap::default(),
            by_description: FxHashMap::default(),
            said: Vec::new(),
            most_named,
        }
    }

    /// Who says a quote. `teacher` may overrule the ranker: it is shown the choice and says which candidate is right.
    pub(crate) fn resolve(&mut self, asked: Asked<'_>, teacher: Option<Overruler<'_>>) -> Option<SpeakerLink> {
        let place = asked.source.unwrap_or(asked.content[0]);
        let link = match asked.source.and_then(|source| self.named(source)) {
            Some(group) => Some(SpeakerLink { speaker: self.of_group(group), score: NAMED_RIGHT }),
            None => self.ranked(asked, teacher),
        };
        if let Some(link) = link {
            self.said.retain(|said| said.speaker != link.speaker);
            self.said.insert(0, Said { speaker: link.speaker, place });
            self.said.truncate(REMEMBERED);
        }
        link
    }

    /// The speakers layer.
    pub(crate) fn into_layer(self) -> Vec<Speaker> {
        self.layer
    }

    /// The group of a source that is a name.
    fn named(&self, source: Span) -> Option<usize> {
        self.names.named_by(source)
    }

    fn ranked(&mut self, asked: Asked<'_>, teacher: Option<Overruler<'_>>) -> Option<SpeakerLink> {
        let (kind, description) = self.refer(asked);
        let candidates = self.candidates(asked, kind, description.as_ref());
        let scores: Vec<f32> = candidates.iter().map(|one| self.data.ranker.score(kind, one.features)).collect();
        let best = (0..scores.len()).reduce(|best, index| if scores[index] > scores[best] { index } else { best })?;
        let score = probability(&scores, best);
        let choice = Choice { kind, candidates, best };
        let taken = match teacher {
            Some(teacher) => {
                let names: Vec<_> =
                    choice.candidates.iter().map(|one| self.name_of(one.target, asked.source)).collect();
                teacher(&choice, &names).unwrap_or(best)
            }
            None => best,
        };
        let speaker = match choice.candidates[taken].target {
            Target::Nobody => return None,
            Target::Group(group) => self.of_group(group),
            Target::Speaker(speaker) => speaker,
            Target::Own => self.described(asked.source?, description?),
        };
        Some(SpeakerLink { speaker, score })
    }

    /// What the source of a quote refers by.
    fn refer(&self, asked: Asked<'_>) -> (Kind, Option<Description>) {
        let Some(source) = asked.source else {
            return (if asked.cue.is_some() { Kind::Unnamed } else { Kind::Unsaid }, None);
        };
        let mut word = String::new();
        lower(source.of(self.names.reading.text), &mut word);
        word = word.replace('’', "'");
        if let Some(kind) = self.data.references.pronoun(word.trim()) {
            return (kind, None);
        }
        let description = self.data.references.describe(&word, self.names.reading.class_of);
        (description.kind, Some(description))
    }

    fn name_of(&self, target: Target, source: Option<Span>) -> Option<String> {
        match target {
            Target::Nobody => None,
            Target::Group(group) => Some(self.names.name_of(group).to_owned()),
            Target::Speaker(speaker) => Some(self.layer[speaker].name.clone()),
            Target::Own => source.map(|source| source.of(self.names.reading.text).to_owned()),
        }
    }

    fn of_group(&mut self, group: usize) -> usize {
        if let Some(&speaker) = self.by_group.get(&group) {
            return speaker;
        }
        let known = &self.names.groups[group];
        let kind = if known.label == EntityLabel::Person { SpeakerKind::Person } else { SpeakerKind::Organization };
        let name = self.names.name_of(group).to_owned();
        let mentions = known.mentions.iter().filter_map(|&index| self.names.mentions[index].entity).collect();
        let gender = known.gender;
        self.layer.push(Speaker { name, kind, mentions });
        self.known.push(Known { group: Some(group), description: None, gender });
        self.by_group.insert(group, self.layer.len() - 1);
        self.layer.len() - 1
    }

    fn described(&mut self, source: Span, description: Description) -> usize {
        let key = description.words.join(" ");
        if let Some(&speaker) = self.by_description.get(&key) {
            return speaker;
        }
        let name = source.of(self.names.reading.text).to_owned();
        let gender = description.gender;
        self.layer.push(Speaker { name, kind: SpeakerKind::Description, mentions: Vec::new() });
        self.known.push(Known { group: None, description: Some(description), gender });
        self.by_description.insert(key, self.layer.len() - 1);
        self.layer.len() - 1
    }
}

/// The share of `best` in the exponentials of all scores.
fn probability(scores: &[f32], best: usize) -> f32 {
    let sum: f32 = scores.iter().map(|score| (SHARPNESS * (score - scores[best])).exp()).sum();
    1.0 / sum
}
