//! Says who each source is, and groups the names of a document.

use dixit_document::{Entity, EntityLabel, Speaker, SpeakerKind, SpeakerLink};
use dixit_text::Span;
use rustc_hash::FxHashMap;

use crate::words::lower;

/// How many groups are kept for one word of a name.
const KEPT: usize = 4;

/// The people and organisations that a document names.
pub(crate) struct Names<'d> {
    text: &'d str,
    entities: &'d [Entity],
    groups: Vec<Group>,
    /// The group of each entity.
    group_of: Vec<Option<usize>>,
    /// The entities that are people.
    people: Vec<usize>,
    /// The people by the roles that stand beside their names.
    roles: FxHashMap<String, usize>,
}

struct Group {
    label: EntityLabel,
    /// The entity with the fullest name.
    fullest: usize,
    words: Vec<String>,
    /// The entities of the group.
    mentions: Vec<usize>,
}

/// What the speakers layer is made from.
pub(crate) struct Speakers<'d> {
    names: Names<'d>,
    layer: Vec<Speaker>,
    by_group: FxHashMap<usize, usize>,
    by_description: FxHashMap<String, usize>,
    /// The last person, and the last other, that was quoted.
    last_person: Option<(usize, usize)>,
    last_other: Option<usize>,
    last: Option<usize>,
}

impl<'d> Names<'d> {
    /// Groups the entities; `is_role` says which words, in lower case, are roles.
    pub(crate) fn new(text: &'d str, entities: &'d [Entity], is_role: &dyn Fn(&str) -> bool) -> Self {
        let group_of = vec![None; entities.len()];
        let people = (0..entities.len()).filter(|&index| entities[index].label == EntityLabel::Person).collect();
        let mut names = Self { text, entities, groups: Vec::new(), group_of, people, roles: FxHashMap::default() };
        let mut by_word: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for index in 0..entities.len() {
            names.group(index, &mut by_word);
        }
        names.join_acronyms();
        names.list_mentions();
        names.collect_roles(is_role);
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
            let same_sort = (group.label == EntityLabel::Person) == person;
            same_sort
                && if person {
                    is_within(&words, &group.words) || is_within(&group.words, &words)
                } else {
                    group.words == words
                }
        });
        let group = known.unwrap_or_else(|| {
            self.groups.push(Group { label: entity.label, fullest: index, words: words.clone(), mentions: Vec::new() });
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

    /// Lists the entities of each group.
    fn list_mentions(&mut self) {
        for (index, group) in self.group_of.iter().enumerate() {
            if let Some(group) = group {
                self.groups[*group].mentions.push(index);
            }
        }
    }

    /// `Interior Minister Luz Manyoma`, `Léa Martin, présidente de l'Union`: the roles near a person's name.
    fn collect_roles(&mut self, is_role: &dyn Fn(&str) -> bool) {
        let mut buffer = String::new();
        for (index, entity) in self.entities.iter().enumerate() {
            let Some(group) = self.group_of[index].filter(|_| entity.label == EntityLabel::Person) else { continue };
            let before =
                &self.text[self.text.floor_char_boundary(entity.span.start().saturating_sub(60))..entity.span.start()];
            let before = before.rsplit(['.', ',', ';', ':', '\n', '«', '“', '(']).next().unwrap_or("");
            let after = &self.text
                [entity.span.end()..self.text.ceil_char_boundary((entity.span.end() + 80).min(self.text.len()))];
            let apposed = after
                .trim_start()
                .strip_prefix(',')
                .map(|rest| rest.split([',', '.', ';', '\n', '«', '“']).next().unwrap_or(""));
            for part in [Some(before), apposed].into_iter().flatten() {
                for word in part.split(|c: char| !c.is_alphanumeric() && c != '-') {
                    lower(word, &mut buffer);
                    if !buffer.is_empty() && is_role(&buffer) {
                        self.roles.insert(buffer.clone(), group);
                    }
                }
            }
        }
    }

    /// The group of the entity that covers or lies in `span`, people first.
    fn group_in(&self, span: Span) -> Option<usize> {
        let from = self.entities.partition_point(|entity| entity.span.end() <= span.start());
        let inside =
            self.entities[from..].iter().enumerate().take_while(|(_, entity)| entity.span.start() < span.end());
        let mut first = None;
        for (offset, entity) in inside {
            let group = self.group_of[from + offset];
            if entity.label == EntityLabel::Person && group.is_some() {
                return group;
            }
            // A description is of its own, whatever it is of: `a spokesman for the Union`.
            if entity.span.start() <= span.start() + 4 {
                first = first.or(group);
            }
        }
        first
    }

    /// The last person that is named before `offset`.
    fn person_before(&self, offset: usize) -> Option<usize> {
        let upto = self.people.partition_point(|&index| self.entities[index].span.end() <= offset);
        upto.checked_sub(1).and_then(|last| self.group_of[self.people[last]])
    }
}

impl<'d> Speakers<'d> {
    pub(crate) fn new(names: Names<'d>) -> Self {
        Self {
            names,
            layer: Vec::new(),
            by_group: FxHashMap::default(),
            by_description: FxHashMap::default(),
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
            "he" | "she" | "il" | "elle" | "him" | "her" | "lui" | "celui-ci" | "celle-ci" | "who" | "ce dernier"
            | "cette dernière" => self.person(source),
            "they" | "ils" | "elles" | "it" | "ceux-ci" | "on" => {
                self.last_other.map(|speaker| SpeakerLink { speaker, score: 0.5 })
            }
            "i" | "we" | "you" | "je" | "nous" | "vous" | "one" => None,
            _ => Some(self.named(source, &word)),
        };
        if let Some(link) = link {
            self.remember(link.speaker, source.start());
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

    fn remember(&mut self, speaker: usize, offset: usize) {
        self.last = Some(speaker);
        match self.layer[speaker].kind {
            SpeakerKind::Person => self.last_person = Some((speaker, offset)),
            SpeakerKind::Organization | SpeakerKind::Description => self.last_other = Some(speaker),
        }
    }

    /// The person that a pronoun stands for: the last speaker, unless another was named since.
    fn person(&mut self, source: Span) -> Option<SpeakerLink> {
        let named = self.names.person_before(source.start());
        match (self.last_person, named) {
            (Some((speaker, _)), Some(group)) => {
                let other = self.by_group.get(&group).copied();
                let speaker = if other == Some(speaker) { speaker } else { self.of_group(group) };
                Some(SpeakerLink { speaker, score: 0.7 })
            }
            (Some((speaker, _)), None) => Some(SpeakerLink { speaker, score: 0.6 }),
            (None, Some(group)) => Some(SpeakerLink { speaker: self.of_group(group), score: 0.65 }),
            (None, None) => self.last_other.map(|speaker| SpeakerLink { speaker, score: 0.4 }),
        }
    }

    fn named(&mut self, source: Span, word: &str) -> SpeakerLink {
        if let Some(group) = self.names.group_in(source) {
            return SpeakerLink { speaker: self.of_group(group), score: 0.9 };
        }
        let definite =
            ["the ", "le ", "la ", "l'", "this ", "ce ", "cette ", "cet "].iter().any(|start| word.starts_with(start));
        if definite && word.split(' ').count() <= 4 {
            let role = word.split([' ', '\'']).filter_map(|part| self.names.roles.get(part)).next_back().copied();
            if let Some(group) = role {
                return SpeakerLink { speaker: self.of_group(group), score: 0.75 };
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
        self.by_group.insert(group, self.layer.len() - 1);
        self.layer.len() - 1
    }

    fn described(&mut self, source: Span, word: &str) -> usize {
        if let Some(&speaker) = self.by_description.get(word) {
            return speaker;
        }
        let name = source.of(self.names.text).to_owned();
        self.layer.push(Speaker { name, kind: SpeakerKind::Description, mentions: Vec::new() });
        self.by_description.insert(word.to_owned(), self.layer.len() - 1);
        self.layer.len() - 1
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
