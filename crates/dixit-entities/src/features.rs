//! What the model sees of a word where it stands: its neighbours, and what the document says of it elsewhere (the global features of
//! Chieu & Ng 2002). What it sees of the word by itself is in [`crate::vocabulary`].

use dixit_tagger::{Features, feature};
use rustc_hash::FxHashMap;

use crate::lexicon::Lists;
use crate::tagger::is_shouting;
use crate::vocabulary::{Seen, Vocabulary, word_hash};
use crate::words::Words;

/// Bits of what a document says of a word.
mod said {
    pub(super) const LOWER: u64 = 1;
    pub(super) const CAPITAL: u64 = 1 << 1;
    pub(super) const TITLED: u64 = 1 << 2;
    pub(super) const AFTER_GIVEN_NAME: u64 = 1 << 3;
    pub(super) const IN_ORGANIZATION: u64 = 1 << 4;
    pub(super) const IN_PLACE: u64 = 1 << 5;
    pub(super) const RUN_FIRST: u64 = 1 << 6;
    pub(super) const RUN_LAST: u64 = 1 << 7;
    pub(super) const LOCATED: u64 = 1 << 8;
    pub(super) const ALONE: u64 = 1 << 9;
    pub(super) const COUNT: u64 = 10;
}

/// What a document says of its words, by the hash of their lower case.
#[derive(Default)]
pub(crate) struct Memory {
    words: FxHashMap<u64, u64>,
    /// For a word that stands alone: the words around it in the longest run that it is part of.
    runs: FxHashMap<u64, (u64, u64, usize)>,
}

impl Memory {
    /// Notes what a sentence says of its words. `shouting`: its capitals say nothing.
    pub(crate) fn note(&mut self, words: &Words<'_>, shouting: bool) {
        if shouting {
            return;
        }
        let mut buffer = String::new();
        let mut index = 0;
        while index < words.len() {
            if !words.is_capital(index) {
                if words.surface(index).starts_with(char::is_lowercase) {
                    *self.words.entry(word_hash(words.surface(index), &mut buffer)).or_default() |= said::LOWER;
                }
                index += 1;
                continue;
            }
            let start = index;
            while index < words.len() && words.is_capital(index) {
                index += 1;
            }
            self.note_run(words, start, index, &mut buffer);
        }
    }

    fn note_run(&mut self, words: &Words<'_>, start: usize, end: usize, buffer: &mut String) {
        let any = |lists: Lists| (start..end).any(|index| words.is(index, lists));
        let mut bits = if start > 0 { said::CAPITAL } else { 0 };
        if start > 0 {
            bits |= if words.is(start - 1, Lists::TITLE) { said::TITLED } else { 0 };
            bits |= if matches!(words.surface(start - 1), "in" | "à" | "near" | "from" | "au" | "en") {
                said::LOCATED
            } else {
                0
            };
        }
        bits |= if any(Lists::ORGANIZATION_WORD) { said::IN_ORGANIZATION } else { 0 };
        bits |= if any(Lists::PLACE_WORD.or(Lists::PLACE)) { said::IN_PLACE } else { 0 };
        let hashes: Vec<u64> = (start..end).map(|index| word_hash(words.surface(index), buffer)).collect();
        for (offset, &hash) in hashes.iter().enumerate() {
            let index = start + offset;
            let mut own = bits;
            own |= if offset > 0 && words.is(start, Lists::GIVEN_NAME) { said::AFTER_GIVEN_NAME } else { 0 };
            own |= if offset > 0 && words.is(index - 1, Lists::TITLE) { said::TITLED } else { 0 };
            own |= match (offset == 0, index + 1 == end) {
                (true, true) => said::ALONE,
                (true, false) => said::RUN_FIRST,
                (false, true) => said::RUN_LAST,
                (false, false) => 0,
            };
            *self.words.entry(hash).or_default() |= own;
            let longest = self.runs.entry(hash).or_default();
            if hashes.len() > longest.2 {
                *longest = (hashes[0], hashes[hashes.len() - 1], hashes.len());
            }
        }
    }
}

/// Describes the words of a sentence, of the language of `vocabulary`. If that has a model, what words say by themselves is added as sums.
pub(crate) fn describe(words: &Words<'_>, memory: &Memory, vocabulary: &mut Vocabulary<'_>, features: &mut Features) {
    let shouting = is_shouting(words);
    let numbers = vocabulary.numbers_of(words);
    let listed = listed_phrases(words);
    features.clear();
    for (index, &listed) in listed.iter().enumerate() {
        let at = |offset: isize| {
            let number = index.checked_add_signed(offset).and_then(|index| numbers.get(index));
            number.map_or(&Seen::BEYOND, |&number| vocabulary.seen(number))
        };
        vocabulary.add_words(&numbers, index, features);
        let said = memory.words.get(&at(0).lower).copied().unwrap_or(0);
        let place = Place { around: [-2, -1, 0, 1, 2].map(at), first: index == 0, shouting, said, listed };
        place.describe(memory, features);
        features.end_position();
    }
}

/// Where a word stands.
struct Place<'v> {
    /// It and two words on each side.
    around: [&'v Seen; 5],
    /// Whether it begins the sentence.
    first: bool,
    shouting: bool,
    /// What the document says of it.
    said: u64,
    /// The listed phrase that it is part of.
    listed: Option<u64>,
}

impl Place<'_> {
    /// What is seen of the words together, and of the word in this document.
    fn describe(&self, memory: &Memory, features: &mut Features) {
        let [far, before, own, after, beyond] = self.around;
        let mut add = |template: u8, parts: &[u64]| features.push(feature(template, parts));
        add(7, &[before.lower, own.lower]);
        add(8, &[own.lower, after.lower]);
        add(9, &[far.lower, before.lower]);
        add(10, &[after.lower, beyond.lower]);
        add(12, &[before.shape, own.shape]);
        add(13, &[own.shape, after.shape]);
        add(14, &[before.shape, own.shape, after.shape]);
        add(15, &[before.lower, own.shape]);
        add(16, &[own.shape, after.lower]);
        add(17, &[far.shape, before.shape, own.shape, after.shape, beyond.shape]);
        for (template, neighbour) in [(22, before), (24, after)] {
            for list in neighbour.lists.numbers() {
                add(template, &[list, own.shape]);
            }
        }
        add(25, &[before.lists.bits(), own.lists.bits(), after.lists.bits()]);
        if let Some(listed) = self.listed {
            add(26, &[listed]);
        }
        add(27, &[u64::from(self.first), u64::from(self.shouting), own.shape]);
        for bit in (0..said::COUNT).filter(|bit| self.said & (1 << bit) != 0) {
            add(28, &[bit, own.shape]);
        }
        add(29, &[self.said, own.shape]);
        if let Some(&(first, last, length)) = memory.runs.get(&own.lower).filter(|run| run.2 > 1) {
            add(30, &[first]);
            add(31, &[last]);
            add(32, &[length as u64, u64::from(self.said & said::ALONE != 0)]);
        }
        add(36, &[before.clusters[1], own.clusters[1]]);
        add(37, &[own.clusters[1], after.clusters[1]]);
        add(38, &[before.clusters[2], own.shape, after.clusters[2]]);
    }
}

/// Which listed phrase each word is part of, and where in it.
fn listed_phrases(words: &Words<'_>) -> Vec<Option<u64>> {
    let mut listed = vec![None; words.len()];
    let mut index = 0;
    while index < words.len() {
        let next = |offset: usize| words.spans.get(index + offset).map(|span| span.of(words.text));
        match words.lexicon.phrase(words.surface(index), next) {
            Some((length, lists)) => {
                for (offset, slot) in listed[index..index + length].iter_mut().enumerate() {
                    let part = u64::from(offset > 0) + u64::from(offset + 1 == length) * 2;
                    *slot = Some(lists.bits() * 4 + part);
                }
                index += length;
            }
            None => index += 1,
        }
    }
    listed
}
