//! Says who each source is, and makes the speakers layer.

use dixit_document::{EntityLabel, Speaker, SpeakerKind, SpeakerLink};
use dixit_text::Span;
use rustc_hash::FxHashMap;

use crate::lexicon::Class;
use crate::names::{Gender, Names, Pronoun};
use crate::words::lower;

/// The least that speaks for a person before a pronoun is taken to be theirs.
const ENOUGH: f32 = -2.0;

/// What a description begins with that stands for somebody who was named.
const DEFINITE: &[&str] = &[
    "the ", "le ", "la ", "l'", "this ", "ce ", "cette ", "cet ", "his ", "her ", "its ", "son ", "sa ", "leur ",
    "their ",
];

/// What the speakers layer is made from.
pub(crate) struct Speakers<'d> {
    names: Names<'d>,
    class_of: &'d dyn Fn(&str) -> Class,
    layer: Vec<Speaker>,
    by_group: FxHashMap<usize, usize>,
    by_description: FxHashMap<String, usize>,
    /// The group of each speaker, if a name.
    groups: Vec<Option<usize>>,
    /// The group of the last person that was quoted.
    last_person: Option<usize>,
    /// The last other speaker that was quoted.
    last_other: Option<usize>,
    last: Option<usize>,
}

impl<'d> Speakers<'d> {
    pub(crate) fn new(names: Names<'d>, class_of: &'d dyn Fn(&str) -> Class) -> Self {
        Self {
            names,
            class_of,
            layer: Vec::new(),
            by_group: FxHashMap::default(),
            by_description: FxHashMap::default(),
            groups: Vec::new(),
            last_person: None,
            last_other: None,
            last: None,
        }
    }

    /// Who the mention `source` is.
    pub(crate) fn resolve(&mut self, source: Span) -> Option<SpeakerLink> {
        let surface = source.of(self.names.text);
        let mut word = String::new();
        lower(surface, &mut word);
        let link = match word.as_str() {
            "he" | "him" | "his" | "il" | "celui-ci" | "ce dernier" | "this man" | "the man" | "cet homme"
            | "l'homme" | "le jeune homme" | "the young man" | "dernier" => {
                self.person(source, Some(Gender::Masculine))
            }
            "she" | "her" | "elle" | "celle-ci" | "cette dernière" | "the woman" | "cette femme" | "la jeune femme" => {
                self.person(source, Some(Gender::Feminine))
            }
            "lui" | "who" | "qui" | "l'intéressé" | "l'intéressée" => self.person(source, None),
            "they" | "ils" | "elles" | "it" | "ceux-ci" | "on" | "them" | "eux" => self.other(source),
            "i" | "we" | "you" | "je" | "nous" | "vous" | "one" => None,
            _ => Some(self.named(source, &word)),
        };
        if let Some(link) = link {
            self.remember(link.speaker);
        }
        link
    }

    /// The speaker of a quote that names nobody: the last one.
    pub(crate) fn continued(&self) -> Option<SpeakerLink> {
        self.last.map(|speaker| SpeakerLink { speaker, score: 0.7 })
    }

    /// The speakers layer.
    pub(crate) fn into_layer(self) -> Vec<Speaker> {
        self.layer
    }

    fn remember(&mut self, speaker: usize) {
        self.last = Some(speaker);
        match self.layer[speaker].kind {
            SpeakerKind::Person => self.last_person = self.groups[speaker],
            SpeakerKind::Organization | SpeakerKind::Description => self.last_other = Some(speaker),
        }
    }

    /// The person that a pronoun stands for.
    fn person(&mut self, source: Span, gender: Option<Gender>) -> Option<SpeakerLink> {
        let pronoun = Pronoun { offset: source.start(), gender, last: self.last_person };
        match self.names.person(pronoun) {
            Some((group, weight)) if weight > ENOUGH => {
                let score = if weight > 2.0 { 0.8 } else { 0.6 };
                Some(SpeakerLink { speaker: self.of_group(group), score })
            }
            _ => self.last_other.map(|speaker| SpeakerLink { speaker, score: 0.4 }),
        }
    }

    /// What `it` and `they` stand for.
    fn other(&mut self, source: Span) -> Option<SpeakerLink> {
        if let Some(speaker) = self.last_other {
            return Some(SpeakerLink { speaker, score: 0.5 });
        }
        let group = self.names.body_before(source.start())?;
        Some(SpeakerLink { speaker: self.of_group(group), score: 0.4 })
    }

    fn named(&mut self, source: Span, word: &str) -> SpeakerLink {
        if let Some(group) = self.names.group_in(source) {
            return SpeakerLink { speaker: self.of_group(group), score: 0.9 };
        }
        if DEFINITE.iter().any(|start| word.starts_with(start)) {
            if let Some(group) = self.names.by_role(word, source.start()) {
                return SpeakerLink { speaker: self.of_group(group), score: 0.75 };
            }
            let body = word.split([' ', '\'']).count() <= 3
                && word.split([' ', '\'']).any(|part| (self.class_of)(part).is(Class::BODY));
            let group = self.names.body_before(source.start()).filter(|_| body);
            if let Some(group) = group {
                return SpeakerLink { speaker: self.of_group(group), score: 0.5 };
            }
        }
        SpeakerLink { speaker: self.described(source, word), score: 0.8 }
    }

    fn of_group(&mut self, group: usize) -> usize {
        if let Some(&speaker) = self.by_group.get(&group) {
            return speaker;
        }
        let known = &self.names.groups[group];
        let kind = if known.label == EntityLabel::Person { SpeakerKind::Person } else { SpeakerKind::Organization };
        let name = self.names.entities[known.fullest].span.of(self.names.text).to_owned();
        let mentions = known.mentions.clone();
        self.layer.push(Speaker { name, kind, mentions });
        self.groups.push(Some(group));
        self.by_group.insert(group, self.layer.len() - 1);
        self.layer.len() - 1
    }

    fn described(&mut self, source: Span, word: &str) -> usize {
        if let Some(&speaker) = self.by_description.get(word) {
            return speaker;
        }
        let name = source.of(self.names.text).to_owned();
        self.layer.push(Speaker { name, kind: SpeakerKind::Description, mentions: Vec::new() });
        self.groups.push(None);
        self.by_description.insert(word.to_owned(), self.layer.len() - 1);
        self.layer.len() - 1
    }
}
