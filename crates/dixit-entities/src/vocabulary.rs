//! What is seen of words by themselves. A few thousand words make up most of every text: what the model makes of each of them, seen from
//! each place around it, is worked out once and kept.

use dixit_tagger::{Features, Model, feature, text_hash};
use rustc_hash::FxHashMap;

use crate::clusters::{Clusters, WordClusters};
use crate::lexicon::Lists;
use crate::words::{Words, composed};

/// How many words are kept; after as many, between sentences, all are forgotten and what comes next is kept.
const MOST: usize = 8192;
/// From how many places a word is seen.
const OFFSETS: usize = 5;

/// The hash of what is beyond the ends of a sentence.
const BEYOND: u64 = 0x5EED;

/// What is seen of a word as such: hashes of its forms, and what is known of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    exact: u64,
    pub(crate) lower: u64,
    pub(crate) shape: u64,
    prefixes: [u64; 3],
    suffixes: [u64; 3],
    pub(crate) lists: Lists,
    pub(crate) clusters: WordClusters,
}

/// The words that were met, by number.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// By the hash of the surface.
    numbers: FxHashMap<u64, u32>,
    seen: Vec<Seen>,
    /// For each word and offset what the model makes of it.
    sums: Vec<i16>,
    hashes: Vec<u64>,
    buffer: String,
}

/// The words of a language.
pub(crate) struct Vocabulary<'m> {
    pub(crate) known: &'m mut Known,
    pub(crate) clusters: &'m Clusters,
    /// What sums are made by; without one, features are described one by one, to learn from.
    pub(crate) model: Option<&'m Model>,
}

impl Vocabulary<'_> {
    /// The numbers of the words of a sentence.
    pub(crate) fn numbers_of(&mut self, words: &Words<'_>) -> Vec<u32> {
        if self.known.seen.len() > MOST {
            self.known.clear();
        }
        if self.known.seen.is_empty() {
            self.insert(Seen::BEYOND);
        }
        let number = |index: usize| {
            let exact = text_hash(words.surface(index));
            if let Some(&number) = self.known.numbers.get(&exact) {
                return number;
            }
            let seen = Seen::of(words, index, self.clusters, &mut self.known.buffer);
            let number = self.insert(seen);
            self.known.numbers.insert(exact, number);
            number
        };
        (0..words.len()).map(number).collect()
    }

    pub(crate) fn seen(&self, number: u32) -> &Seen {
        &self.known.seen[number as usize]
    }

    /// Adds what the word at `index` and those around it say by themselves.
    pub(crate) fn add_words(&self, numbers: &[u32], index: usize, features: &mut Features) {
        let around = (0..OFFSETS).map(|offset| {
            let number = (index + offset).checked_sub(OFFSETS / 2).and_then(|index| numbers.get(index));
            (number.copied().unwrap_or_default() as usize, offset)
        });
        if self.model.is_some() {
            let length = self.known.sums.len() / self.known.seen.len() / OFFSETS;
            let sums = |(number, offset)| &self.known.sums[(number * OFFSETS + offset) * length..][..length];
            features.add_sums(around.map(sums));
        } else {
            around.for_each(|(number, offset)| self.known.seen[number].describe(offset, |hash| features.push(hash)));
        }
    }

    fn insert(&mut self, seen: Seen) -> u32 {
        let Known { hashes, sums, .. } = &mut *self.known;
        if let Some(model) = self.model {
            for offset in 0..OFFSETS {
                hashes.clear();
                seen.describe(offset, |hash| hashes.push(hash));
                model.sums(hashes, sums);
            }
        }
        self.known.seen.push(seen);
        self.known.seen.len() as u32 - 1
    }
}

impl Known {
    /// Whether it takes no more room than it usually does.
    pub(crate) fn is_usual(&self) -> bool {
        self.seen.len() <= 2 * MOST
    }

    fn clear(&mut self) {
        self.numbers.clear();
        self.seen.clear();
        self.sums.clear();
    }
}

impl Seen {
    /// What is seen beyond the ends of a sentence.
    pub(crate) const BEYOND: Self = Self {
        exact: BEYOND,
        lower: BEYOND,
        shape: BEYOND,
        prefixes: [BEYOND; 3],
        suffixes: [BEYOND; 3],
        lists: Lists::NONE,
        clusters: [BEYOND; 3],
    };

    fn of(words: &Words<'_>, index: usize, clusters: &Clusters, buffer: &mut String) -> Self {
        let surface = &*composed(words.surface(index));
        let lower = word_hash(surface, buffer);
        let mut starts = buffer.char_indices().map(|(at, _)| at).chain([buffer.len()]);
        let prefixes = [2, 1, 1]
            .map(|skip| starts.nth(skip - usize::from(skip == 1)).map_or(lower, |end| text_hash(&buffer[..end])));
        let mut ends = buffer.char_indices().rev().map(|(at, _)| at);
        let suffixes = [1, 0, 0].map(|skip| ends.nth(skip).map_or(lower, |start| text_hash(&buffer[start..])));
        Self {
            exact: text_hash(surface),
            lower,
            shape: shape_of(surface),
            prefixes,
            suffixes,
            lists: words.lists[index],
            clusters: clusters.of(lower),
        }
    }

    /// What it says of the position that it stands behind, at or in front of: its place among the five around that.
    fn describe(&self, offset: usize, mut push: impl FnMut(u64)) {
        let mut add = |template: u8, parts: &[u64]| push(feature(template, parts));
        match offset {
            0 => {
                add(3, &[self.lower]);
                add(39, &[0, self.clusters[1]]);
            }
            4 => {
                add(6, &[self.lower]);
                add(39, &[1, self.clusters[1]]);
            }
            1 => {
                add(4, &[self.lower]);
                add(20, &[self.suffixes[1]]);
            }
            3 => {
                add(5, &[self.lower]);
                add(21, &[self.suffixes[1]]);
            }
            _ => self.describe_itself(&mut add),
        }
        if (1..=3).contains(&offset) {
            for (template, cluster) in [33, 34, 35].into_iter().zip(self.clusters) {
                add(template, &[offset as u64 - 1, cluster]);
            }
        }
    }

    fn describe_itself(&self, add: &mut impl FnMut(u8, &[u64])) {
        add(0, &[]);
        add(1, &[self.lower]);
        add(2, &[self.exact]);
        add(11, &[self.shape]);
        for (template, affixes) in [(18, &self.prefixes), (19, &self.suffixes)] {
            affixes.iter().enumerate().for_each(|(length, &affix)| add(template, &[length as u64, affix]));
        }
        for list in self.lists.numbers() {
            add(23, &[list, self.shape]);
        }
    }
}

/// The hash of `word` in lower case with its digits as `0`, which is left in `buffer`.
pub fn word_hash(word: &str, buffer: &mut String) -> u64 {
    buffer.clear();
    for c in composed(word).chars() {
        match c {
            '0'..='9' => buffer.push('0'),
            '’' => buffer.push('\''),
            c if c.is_ascii() => buffer.push(c.to_ascii_lowercase()),
            c => buffer.extend(c.to_lowercase()),
        }
    }
    text_hash(buffer)
}

/// The classes of a word's characters, each run of a class as one or two: `Xx`, `XX`, `00-00`.
fn shape_of(word: &str) -> u64 {
    let mut shape = 7_u64;
    let (mut last, mut run) = (0, 0);
    for c in word.chars().take(24) {
        let class = match c {
            '0'..='9' => 1,
            c if c.is_uppercase() => 2,
            c if c.is_alphabetic() => 3,
            '-' => 4,
            '\'' | '’' => 5,
            '.' => 6,
            c => 16 + u64::from(u32::from(c)),
        };
        run = if class == last { run + 1 } else { 0 };
        last = class;
        if run < 2 {
            shape = shape.wrapping_mul(0x100_0000_01B3) ^ class;
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_with_its_accent_beside_it_is_the_same_letter() {
        let mut buffer = String::new();
        assert_eq!(word_hash("L\u{e9}a", &mut buffer), word_hash("Le\u{301}a", &mut buffer));
        assert_ne!(word_hash("Lea", &mut buffer), word_hash("Le\u{301}a", &mut buffer));
    }
}
