//! The people and bodies that a document names: which mentions are the same, what roles stand beside them, he or she.

use dixit_document::{Entity, EntityLabel};
use dixit_text::Span;
use rustc_hash::FxHashMap;

use crate::lexicon::Class;
use crate::words::lower;

/// How many groups are kept for one word of a name.
const KEPT: usize = 4;
/// How many uses of a role are kept.
const ROLES_KEPT: usize = 8;
/// How many bytes in front of a name and behind it are read for roles.
const ROLE_REACH: usize = 80;
/// How many mentions a pronoun looks back over.
const LOOK_BACK: usize = 8;

const FEMININE: &str = include_str!("../data/any/feminine_names.txt");
const MASCULINE: &str = include_str!("../data/any/masculine_names.txt");

/// He or she, as far as names and titles tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    Feminine,
    Masculine,
}

/// What is asked of the names: whose, before where.
#[derive(Clone, Copy)]
pub(crate) struct Pronoun {
    pub(crate) offset: usize,
    pub(crate) gender: Option<Gender>,
    /// The group that spoke last.
    pub(crate) last: Option<usize>,
}

/// The people and organisations that a document names.
pub(crate) struct Names<'d> {
    pub(crate) text: &'d str,
    pub(crate) entities: &'d [Entity],
    pub(crate) groups: Vec<Group>,
    /// The group of each entity.
    group_of: Vec<Option<usize>>,
    /// The entities that are people.
    people: Vec<usize>,
    /// The people by the roles that stand beside their names.
    roles: FxHashMap<String, Vec<Role>>,
}

/// One name with all its mentions.
pub(crate) struct Group {
    pub(crate) label: EntityLabel,
    /// The entity with the fullest name.
    pub(crate) fullest: usize,
    words: Vec<String>,
    /// The entities of the group.
    pub(crate) mentions: Vec<usize>,
    gender: Option<Gender>,
}

/// A role beside a name, with the words around it: `ministre`, of `le ministre de la Défense`.
struct Role {
    group: usize,
    offset: usize,
    words: Vec<String>,
}

impl<'d> Names<'d> {
    /// Groups the entities; `class_of` tells the classes of a word in lower case.
    pub(crate) fn new(text: &'d str, entities: &'d [Entity], class_of: &dyn Fn(&str) -> Class) -> Self {
        let group_of = vec![None; entities.len()];
        let mut names =
            Self { text, entities, groups: Vec::new(), group_of, people: Vec::new(), roles: FxHashMap::default() };
        let mut by_word: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for index in 0..entities.len() {
            names.group(index, &mut by_word);
        }
        names.join_acronyms();
        names.list_mentions();
        names.tell_genders();
        names.collect_roles(class_of);
        names
    }

    fn group(&mut self, index: usize, by_word: &mut FxHashMap<String, Vec<usize>>) {
        let entity = &self.entities[index];
        if !crate::sources::can_speak(entity.label) {
            return;
        }
        let words = name_words(entity.span.of(self.text));
        let person = entity.label == EntityLabel::Person;
        let Some(key) = words.last() else { return };
        let candidates = by_word.get(key).map(Vec::as_slice).unwrap_or_default();
        let known = candidates.iter().rev().copied().find(|&group| {
            let group = &self.groups[group];
            if group.label == EntityLabel::Person && (person || words.len() == 1) {
                // A surname alone is the person's, whatever the entity stage took it for.
                let surname = person || group.words.len() > 1 && group.words.last() == Some(key);
                surname && (is_within(&words, &group.words) || is_within(&group.words, &words))
            } else {
                (group.label == EntityLabel::Person) == person && group.words == words
            }
        });
        let group = known.unwrap_or_else(|| {
            let label = entity.label;
            self.groups.push(Group { label, fullest: index, words: words.clone(), mentions: Vec::new(), gender: None });
            self.groups.len() - 1
        });
        if words.len() > self.groups[group].words.len() {
            self.groups[group].fullest = index;
            self.groups[group].words.clone_from(&words);
        }
        self.group_of[index] = Some(group);
        for word in words {
            let groups = by_word.entry(word).or_default();
            if !groups.contains(&group) && groups.len() < KEPT {
                groups.push(group);
            }
        }
    }

    /// `Bangsamoro Vanguard Movement (BVM)`: what stands in brackets behind a name is the same.
    fn join_acronyms(&mut self) {
        let mut same: FxHashMap<usize, usize> = FxHashMap::default();
        for index in 1..self.entities.len() {
            let (long, short) = (&self.entities[index - 1], &self.entities[index]);
            let between = &self.text[long.span.end()..short.span.start()];
            let initials = short.span.of(self.text);
            let is_acronym = initials.len() >= 2 && initials.chars().all(|c| c.is_uppercase() || c == '-');
            if between.trim() != "(" || !is_acronym {
                continue;
            }
            if let (Some(target), Some(source)) = (self.group_of[index - 1], self.group_of[index]) {
                same.entry(source).or_insert(target);
            }
        }
        for group in self.group_of.iter_mut().flatten() {
            *group = same.get(group).copied().unwrap_or(*group);
        }
    }

    /// Lists the entities of each group, and those that are people.
    fn list_mentions(&mut self) {
        for (index, group) in self.group_of.iter().enumerate() {
            if let Some(group) = group {
                self.groups[*group].mentions.push(index);
                if self.groups[*group].label == EntityLabel::Person {
                    self.people.push(index);
                }
            }
        }
    }

    /// Tells from given names whether people are she or he.
    fn tell_genders(&mut self) {
        let is_in = |list: &str, word: &str| list.lines().any(|name| name == word);
        for group in self.groups.iter_mut().filter(|group| group.label == EntityLabel::Person) {
            let given =
                group.words.iter().find(|word| word.len() > 2).map(|word| word.split('-').next().unwrap_or(word));
            group.gender = given.and_then(|given| match (is_in(FEMININE, given), is_in(MASCULINE, given)) {
                (true, false) => Some(Gender::Feminine),
                (false, true) => Some(Gender::Masculine),
                _ => None,
            });
        }
    }

    /// `Interior Minister Luz Manyoma`, `Léa Martin, présidente de l'Union`: the roles near a person's name.
    fn collect_roles(&mut self, class_of: &dyn Fn(&str) -> Class) {
        let mut buffer = String::new();
        for index in 0..self.entities.len() {
            let entity = &self.entities[index];
            let Some(group) = self.group_of[index].filter(|_| entity.label == EntityLabel::Person) else { continue };
            let offset = entity.span.start();
            for part in self.beside(entity.span).into_iter().flatten() {
                let words = name_words(part);
                self.note_gender(group, &words);
                for word in &words {
                    lower(word, &mut buffer);
                    if class_of(&buffer).is(Class::ROLE) {
                        let uses = self.roles.entry(buffer.clone()).or_default();
                        if uses.len() < ROLES_KEPT && !uses.iter().any(|used| used.group == group) {
                            uses.push(Role { group, offset, words: words.clone() });
                        }
                    }
                }
            }
        }
    }

    /// What stands right in front of a name, and in apposition behind it.
    fn beside(&self, name: Span) -> [Option<&'d str>; 2] {
        let text = self.text;
        let before = &text[text.floor_char_boundary(name.start().saturating_sub(ROLE_REACH))..name.start()];
        let before = before.trim_end();
        let before = before.strip_suffix(',').unwrap_or(before);
        let before = before.rsplit(['.', ',', ';', ':', '\n', '«', '“', '(']).next();
        let after = &text[name.end()..text.ceil_char_boundary((name.end() + ROLE_REACH).min(text.len()))];
        let apposed = after.trim_start().strip_prefix(',');
        [before, apposed.and_then(|rest| rest.split([',', '.', ';', '\n', '«', '“']).next())]
    }

    /// A title or an article tells as well: `Mme`, `la ministre`.
    fn note_gender(&mut self, group: usize, words: &[String]) {
        let own = &mut self.groups[group].gender;
        let Some(word) = words.iter().rev().take(6).find(|word| {
            matches!(
                word.as_str(),
                "mme" | "mrs" | "ms" | "madame" | "sister" | "mr" | "m" | "sir" | "monsieur" | "brother"
            )
        }) else {
            return;
        };
        let feminine = matches!(word.as_str(), "mme" | "mrs" | "ms" | "madame" | "sister");
        *own = Some(if feminine { Gender::Feminine } else { Gender::Masculine });
    }

    /// The group of the entity that covers or lies in `span`, people first.
    ///
    /// A description is of its own, whatever it is of: `a spokesman for the Union`, `l'avocat de Paul Biya`.
    pub(crate) fn group_in(&self, span: Span) -> Option<usize> {
        let from = self.entities.partition_point(|entity| entity.span.end() <= span.start());
        let inside =
            self.entities[from..].iter().enumerate().take_while(|(_, entity)| entity.span.start() < span.end());
        let mut first = None;
        for (offset, entity) in inside {
            let group = self.group_of[from + offset];
            let near = entity.span.start() <= span.start() + 4;
            if entity.label == EntityLabel::Person && group.is_some() && (near || !self.is_governed(entity.span)) {
                return group;
            }
            if near {
                first = first.or(group);
            }
        }
        first
    }

    /// Whether a preposition stands right before the name: `of Paul Biya`.
    fn is_governed(&self, name: Span) -> bool {
        let text = self.text;
        let before = text[text.floor_char_boundary(name.start().saturating_sub(16))..name.start()].trim_end();
        let word = before.rsplit([' ', '\n', '\u{a0}']).next().unwrap_or("");
        matches!(
            word,
            "of" | "to"
                | "with"
                | "by"
                | "for"
                | "from"
                | "against"
                | "in"
                | "on"
                | "at"
                | "than"
                | "like"
                | "after"
                | "de"
                | "d'"
                | "d’"
                | "du"
                | "des"
                | "à"
                | "au"
                | "aux"
                | "avec"
                | "par"
                | "pour"
                | "contre"
                | "chez"
                | "en"
                | "sur"
                | "et"
                | "and"
        )
    }

    /// The person that a pronoun stands for, with how much speaks for it.
    pub(crate) fn person(&self, pronoun: Pronoun) -> Option<(usize, f32)> {
        let upto = self.people.partition_point(|&index| self.entities[index].span.end() <= pronoun.offset);
        let mut best: Option<(usize, f32)> = None;
        let mut consider = |group: usize, score: f32| {
            if best.is_none_or(|(_, other)| score > other) {
                best = Some((group, score));
            }
        };
        for &index in self.people[upto.saturating_sub(LOOK_BACK)..upto].iter().rev() {
            if let Some(group) = self.group_of[index] {
                let near = self.weight(group, self.entities[index].span, pronoun);
                consider(group, near);
            }
        }
        if let Some(last) = pronoun.last {
            let mentions = &self.groups[last].mentions;
            let before = mentions.partition_point(|&index| self.entities[index].span.end() <= pronoun.offset);
            if let Some(&index) = before.checked_sub(1).and_then(|at| mentions.get(at)) {
                consider(last, self.weight(last, self.entities[index].span, pronoun));
            }
        }
        best
    }

    /// How much speaks for the person of a mention: who spoke last, who is a subject, who is near, who has a full name.
    fn weight(&self, group: usize, mention: Span, pronoun: Pronoun) -> f32 {
        let known = &self.groups[group];
        let mut weight = if pronoun.last == Some(group) { 1.5 } else { 0.0 };
        weight += if known.words.len() > 1 { 1.0 } else { -1.5 };
        weight += if self.is_governed(mention) { 0.0 } else { 1.0 };
        weight += match (known.gender, pronoun.gender) {
            (Some(own), Some(asked)) if own == asked => 1.5,
            (Some(_), Some(_)) => -4.0,
            _ => 0.0,
        };
        let distance = u16::try_from(pronoun.offset.saturating_sub(mention.end())).unwrap_or(u16::MAX);
        weight - f32::from(distance.min(2_000)) / 500.0
    }

    /// The person that a description with a role stands for: `le ministre`, `the retired general`.
    pub(crate) fn by_role(&self, description: &str, offset: usize) -> Option<usize> {
        let words = name_words(description);
        let uses = words.iter().find_map(|word| self.roles.get(word))?;
        let shared = |role: &Role| words.iter().filter(|word| word.len() > 3 && role.words.contains(word)).count();
        let best = uses.iter().max_by_key(|role| (shared(role), role.offset <= offset, role.offset.min(offset)))?;
        let own = words.iter().filter(|word| word.len() > 3).count();
        (own <= 2 || 2 * shared(best) >= own).then_some(best.group)
    }

    /// The last organisation that is named before `offset`.
    pub(crate) fn body_before(&self, offset: usize) -> Option<usize> {
        let upto = self.entities.partition_point(|entity| entity.span.end() <= offset);
        let near = (upto.saturating_sub(LOOK_BACK)..upto).rev();
        near.filter(|&index| self.entities[index].label == EntityLabel::Organization)
            .find_map(|index| self.group_of[index])
    }
}

/// The words of a name, in lower case, without a possessive.
fn name_words(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Whether all of `part` is in `whole`.
fn is_within(part: &[String], whole: &[String]) -> bool {
    part.iter().all(|word| whole.contains(word))
}
