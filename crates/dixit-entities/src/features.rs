//! What the model sees of a word: itself, its neighbours, its form, the lists that it is in, and what the document says of it
//! elsewhere (the global features of Chieu & Ng 2002).

use dixit_tagger::{Features, feature, text_hash};
use rustc_hash::FxHashMap;

use crate::clusters::{Clusters, WordClusters};
use crate::lexicon::Lists;
use crate::tagger::is_shouting;
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

/// The hashes of one word, made once.
#[derive(Clone, Copy, Default)]
struct Word {
    exact: u64,
    lower: u64,
    shape: u64,
    prefixes: [u64; 3],
    suffixes: [u64; 3],
    lists: u64,
    said: u64,
    clusters: WordClusters,
}

/// The hash of what is beyond the ends of a sentence.
const BEYOND: u64 = 0x5EED;

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

/// Describes the words of a sentence to the model.
pub(crate) fn describe(words: &Words<'_>, memory: &Memory, clusters: &Clusters, features: &mut Features) {
    let shouting = is_shouting(words);
    let mut buffer = String::new();
    let known: Vec<Word> = (0..words.len()).map(|index| word(words, index, memory, clusters, &mut buffer)).collect();
    let listed = listed_phrases(words);
    features.clear();
    for index in 0..known.len() {
        let at = |offset: isize| index.checked_add_signed(offset).and_then(|index| known.get(index));
        let lower = |offset: isize| at(offset).map_or(BEYOND, |word| word.lower);
        let shape = |offset: isize| at(offset).map_or(BEYOND, |word| word.shape);
        let own = &known[index];
        let mut add = |template: u8, parts: &[u64]| features.push(feature(template, parts));
        add(0, &[]);
        add(1, &[own.lower]);
        add(2, &[own.exact]);
        for (template, offset) in [(3, -2), (4, -1), (5, 1), (6, 2)] {
            add(template, &[lower(offset)]);
        }
        add(7, &[lower(-1), own.lower]);
        add(8, &[own.lower, lower(1)]);
        add(9, &[lower(-2), lower(-1)]);
        add(10, &[lower(1), lower(2)]);
        add(11, &[own.shape]);
        add(12, &[shape(-1), own.shape]);
        add(13, &[own.shape, shape(1)]);
        add(14, &[shape(-1), own.shape, shape(1)]);
        add(15, &[lower(-1), own.shape]);
        add(16, &[own.shape, lower(1)]);
        add(17, &[shape(-2), shape(-1), own.shape, shape(1), shape(2)]);
        for (template, affixes) in [(18, &own.prefixes), (19, &own.suffixes)] {
            affixes.iter().enumerate().for_each(|(length, &affix)| add(template, &[length as u64, affix]));
        }
        add(20, &[at(-1).map_or(BEYOND, |word| word.suffixes[1])]);
        add(21, &[at(1).map_or(BEYOND, |word| word.suffixes[1])]);
        for (template, offset) in [(22, -1), (23, 0), (24, 1)] {
            let mut bits = at(offset).map_or(0, |word| word.lists);
            while bits != 0 {
                add(template, &[u64::from(bits.trailing_zeros()), own.shape]);
                bits &= bits - 1;
            }
        }
        add(25, &[at(-1).map_or(0, |word| word.lists), own.lists, at(1).map_or(0, |word| word.lists)]);
        if let Some(listed) = listed[index] {
            add(26, &[listed]);
        }
        add(27, &[u64::from(index == 0), u64::from(shouting), own.shape]);
        for bit in (0..said::COUNT).filter(|bit| own.said & (1 << bit) != 0) {
            add(28, &[bit, own.shape]);
        }
        add(29, &[own.said, own.shape]);
        if let Some(&(first, last, length)) = memory.runs.get(&own.lower).filter(|run| run.2 > 1) {
            add(30, &[first]);
            add(31, &[last]);
            add(32, &[length as u64, u64::from(own.said & said::ALONE != 0)]);
        }
        let cluster = |offset: isize, size: usize| at(offset).map_or(BEYOND, |word| word.clusters[size]);
        for (template, size) in [(33, 0), (34, 1), (35, 2)] {
            for (place, offset) in [(0, -1), (1, 0), (2, 1)] {
                add(template, &[place, cluster(offset, size)]);
            }
        }
        add(36, &[cluster(-1, 1), cluster(0, 1)]);
        add(37, &[cluster(0, 1), cluster(1, 1)]);
        add(38, &[cluster(-1, 2), own.shape, cluster(1, 2)]);
        add(39, &[0, cluster(-2, 1)]);
        add(39, &[1, cluster(2, 1)]);
        features.end_position();
    }
}

fn word(words: &Words<'_>, index: usize, memory: &Memory, clusters: &Clusters, buffer: &mut String) -> Word {
    let surface = words.surface(index);
    let lower = word_hash(surface, buffer);
    let mut starts = buffer.char_indices().map(|(at, _)| at).chain([buffer.len()]);
    let prefixes =
        [2, 1, 1].map(|skip| starts.nth(skip - usize::from(skip == 1)).map_or(lower, |end| text_hash(&buffer[..end])));
    let mut ends = buffer.char_indices().rev().map(|(at, _)| at);
    let suffixes = [1, 0, 0].map(|skip| ends.nth(skip).map_or(lower, |start| text_hash(&buffer[start..])));
    Word {
        exact: text_hash(surface),
        lower,
        shape: shape_of(surface),
        prefixes,
        suffixes,
        lists: words.lists[index].bits(),
        said: memory.words.get(&lower).copied().unwrap_or(0),
        clusters: clusters.of(lower),
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

/// The hash of `word` in lower case with its digits as `0`, which is left in `buffer`.
pub fn word_hash(word: &str, buffer: &mut String) -> u64 {
    buffer.clear();
    for c in word.chars() {
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
