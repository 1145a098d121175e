//! Which mentions are of the same name: short forms, initials, acronyms.

use dixit_document::EntityLabel;
use rustc_hash::FxHashMap;

use super::words::{is_acronym, is_particle};
use super::{Group, Mention, Names, name_words};
use crate::lexicon::Class;

/// How many groups are kept for one word of a name.
const KEPT: usize = 6;

impl Names<'_> {
    /// Gives every mention its group.
    pub(super) fn group_mentions(&mut self) {
        let mut by_word: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for index in 0..self.mentions.len() {
            self.group_mention(index, &mut by_word);
        }
        self.join_acronyms();
        for (index, mention) in self.mentions.iter().enumerate() {
            self.groups[mention.group].mentions.push(index);
        }
    }

    fn group_mention(&mut self, index: usize, by_word: &mut FxHashMap<String, Vec<usize>>) {
        let mention = &self.mentions[index];
        let words = self.words_without_title(mention);
        let label = mention.label;
        let candidates = words.last().and_then(|key| by_word.get(key)).map(Vec::as_slice).unwrap_or_default();
        let same = |&&group: &&usize| is_same(&self.groups[group], label, &words);
        let group = candidates.iter().rev().find(same).copied().unwrap_or_else(|| {
            let fullest = mention.span;
            self.groups.push(Group { label, fullest, words: Vec::new(), mentions: Vec::new(), gender: None });
            self.groups.len() - 1
        });
        let own = &mut self.groups[group];
        if words.len() > own.words.len() || letters(&words) > letters(&own.words) && words.len() == own.words.len() {
            own.fullest = self.mentions[index].span;
            own.words.clone_from(&words);
        }
        self.mentions[index].group = group;
        for word in words {
            let groups = by_word.entry(word).or_default();
            if !groups.contains(&group) && groups.len() < KEPT {
                groups.push(group);
            }
        }
    }

    /// The words of a mention; of a person, without titles in front: `Mr`, `President`.
    fn words_without_title(&self, mention: &Mention) -> Vec<String> {
        let mut words = name_words(mention.span.of(self.reading.text));
        if mention.label == EntityLabel::Person {
            let titles = words.iter().take_while(|word| {
                (self.reading.class_of)(word).is(Class::ROLE) || super::genders::of_title(word).is_some()
            });
            let titles = titles.count();
            if titles < words.len() {
                words.drain(..titles);
            }
        }
        words
    }

    /// `Bangsamoro Vanguard Movement (BVM)`, and elsewhere `BVM`: the same, by brackets or by initials.
    fn join_acronyms(&mut self) {
        let mut by_initials: FxHashMap<String, usize> = FxHashMap::default();
        for (index, group) in self.groups.iter().enumerate() {
            if group.label != EntityLabel::Person && group.words.len() > 1 {
                let (all, strict) = initials(&group.words);
                by_initials.entry(strict).or_insert(index);
                by_initials.entry(all).or_insert(index);
            }
        }
        let mut same: FxHashMap<usize, usize> = FxHashMap::default();
        for (index, group) in self.groups.iter().enumerate() {
            let name = group.fullest.of(self.reading.text);
            if group.words.len() <= 2 && is_acronym(name) {
                let key: String = group.words.concat();
                if let Some(&target) = by_initials.get(&key).filter(|&&target| target != index) {
                    same.insert(index, target);
                }
            }
        }
        for pair in self.mentions.windows(2) {
            let (first, second) = (&pair[0], &pair[1]);
            let between = &self.reading.text[first.span.end()..second.span.start()];
            let short = |mention: &Mention, other: &Mention| {
                let (name, words) = (mention.span.of(self.reading.text), &self.groups[other.group].words);
                is_acronym(name) || spells(&self.groups[mention.group].words, words)
            };
            let people = first.label == EntityLabel::Person || second.label == EntityLabel::Person;
            if between.trim() != "(" || people || first.group == second.group {
                continue;
            }
            if short(second, first) && !short(first, second) {
                same.entry(second.group).or_insert(first.group);
            } else if short(first, second) && self.groups[second.group].words.len() > 1 {
                same.entry(first.group).or_insert(second.group);
            }
        }
        for mention in &mut self.mentions {
            // A short form of a short form; no chain is longer, and none goes round.
            for _ in 0..4 {
                mention.group = same.get(&mention.group).copied().unwrap_or(mention.group);
            }
        }
    }
}

/// Whether a mention of these words is of the group.
fn is_same(group: &Group, label: EntityLabel, words: &[String]) -> bool {
    let person = label == EntityLabel::Person;
    if group.label == EntityLabel::Person && (person || words.len() == 1) {
        // A surname alone is the person's, whatever the entity stage took it for.
        let surname = person || group.words.len() > 1 && group.words.last() == words.last();
        return surname && (is_within(words, &group.words) || is_within(&group.words, words));
    }
    if (group.label == EntityLabel::Person) != person {
        return false;
    }
    let bodies = label == EntityLabel::Organization && group.label == EntityLabel::Organization;
    group.words == words || bodies && (is_short_form(words, &group.words) || is_short_form(&group.words, words))
}

/// Whether all words of `part` are in `whole`, an initial for any word that begins with it.
fn is_within(part: &[String], whole: &[String]) -> bool {
    part.iter().all(|word| {
        let initial = word.len() == 1;
        whole.iter().any(|other| word == other || initial && other.starts_with(word.as_str()))
    })
}

/// Whether a body's name is another's without its first or last words: `Union` of `European Union`.
fn is_short_form(part: &[String], whole: &[String]) -> bool {
    part.len() < whole.len() && (whole.starts_with(part) || whole.ends_with(part))
}

fn letters(words: &[String]) -> usize {
    words.iter().map(String::len).sum()
}

/// Whether one word is made of the initials of others, in whatever case it is written: `Ania`, `Association nationale des industries
/// alimentaires`.
fn spells(word: &[String], others: &[String]) -> bool {
    let (all, strict) = initials(others);
    others.len() > 2 && matches!(word, [word] if *word == all || *word == strict)
}

/// The initials of all words, and of those that are no particles.
fn initials(words: &[String]) -> (String, String) {
    let of = |words: &mut dyn Iterator<Item = &String>| words.filter_map(|word| word.chars().next()).collect();
    let small = |word: &String| {
        is_particle(word) || matches!(word.as_str(), "and" | "d" | "des" | "et" | "for" | "l" | "les" | "pour")
    };
    (of(&mut words.iter()), of(&mut words.iter().filter(|word| !small(word))))
}
