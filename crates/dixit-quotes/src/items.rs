//! The positions that the model reads: words, and quotations as one position each.
//!
//! A quotation is opaque from outside, however long it is: whether it is what somebody said does not hang on its middle. What stands
//! inside one is read word by word, on its own.

use std::ops::Range;

use dixit_document::LanguageCode;
use dixit_tagger::feature;

use crate::lexicon::Class;
use crate::marks::Marked;
use crate::words::Words;

/// How many positions in front of a head are read.
const BEFORE: usize = 45;
/// How many positions behind a head are read.
const BEHIND: usize = 60;

/// Endings that tell something of what a word is that no list has, the longest first.
const ENGLISH_ENDINGS: &[&str] =
    &["ation", "ement", "ment", "ness", "ing", "ity", "ion", "ous", "ed", "ly", "er", "al", "s"];
const FRENCH_ENDINGS: &[&str] = &[
    "ement", "ation", "aient", "ment", "tion", "ait", "ant", "ent", "eur", "oir", "ées", "ons", "er", "ir", "re", "ée",
    "és", "ez", "é", "s",
];

/// A position: a word, or a quotation with its marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) words: Range<usize>,
    pub(crate) quoted: bool,
    pub(crate) seen: Seen,
}

/// What is seen of a position, as numbers to make features of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// The word itself; of a quotation its length and shape.
    pub(crate) word: u64,
    pub(crate) ending: u64,
    /// Its classes, or which mark it is.
    pub(crate) class: u64,
    /// The label of the entity that it is part of, and whether it is the first of it; 0 for none.
    pub(crate) entity: u64,
    /// What it adds to what stands between a head and a position: see [`crate::features`].
    pub(crate) between: u64,
}

/// The positions of a paragraph.
pub(crate) struct Items {
    pub(crate) items: Vec<Item>,
    /// The position of each word.
    of_word: Vec<usize>,
}

/// A head and the positions around it that are read.
pub(crate) struct Window {
    pub(crate) items: Range<usize>,
    pub(crate) head: usize,
}

impl Items {
    /// The positions of a paragraph with these quotations, in order; with none, each word is a position.
    pub(crate) fn new(words: &Words<'_>, marked: &[Marked]) -> Self {
        let entities = entity_codes(words);
        let mut items = Vec::with_capacity(words.len());
        let mut of_word = vec![0; words.len()];
        let mut index = 0;
        let mut stretches =
            marked.iter().map(|stretch| words.within(stretch.span)).filter(|inside| !inside.is_empty()).peekable();
        while index < words.len() {
            while stretches.next_if(|inside| inside.start < index).is_some() {}
            let inside = stretches.next_if(|inside| inside.start == index);
            let quoted = inside.is_some();
            let range = inside.unwrap_or(index..index + 1);
            of_word[range.clone()].fill(items.len());
            let seen = if quoted { quotation(words, &range) } else { word(words, index, entities[index]) };
            index = range.end;
            items.push(Item { words: range, quoted, seen });
        }
        Self { items, of_word }
    }

    /// The position that the word is in.
    pub(crate) fn at(&self, word: usize) -> usize {
        self.of_word[word]
    }

    /// What is read around the position `head`: its sentence, with the quotations that reach into it, within `bounds`.
    pub(crate) fn window(&self, words: &Words<'_>, head: usize, bounds: &Range<usize>) -> Window {
        let first = words.sentence_of(self.items[head].words.start).start;
        let mut last = words.sentence_of(self.items[head].words.end - 1).end;
        let mut start = self.at(first);
        let ending = &self.items[self.at(last - 1)];
        if ending.quoted {
            last = words.sentence_of(ending.words.end - 1).end;
        }
        let mut end = self.at(last - 1) + 1;
        let colon =
            words.is_word(last - 1, ":") || end < self.items.len() && words.is_word(self.items[end].words.start, ":");
        if start > 0 && self.items[start - 1].quoted {
            start -= 1;
        }
        if colon && end < self.items.len() {
            end += 1;
        }
        let (low, high) = (self.at(bounds.start), self.at(bounds.end - 1) + 1);
        let start = start.max(low).max(head.saturating_sub(BEFORE));
        Window { items: start..end.min(high).min(head + BEHIND).max(head + 1), head }
    }
}

/// The entity of each word, by a number: its label, and whether the word is its first.
fn entity_codes(words: &Words<'_>) -> Vec<u64> {
    let mut codes = vec![0; words.len()];
    for entity in words.entities {
        for (offset, index) in words.within(entity.span).enumerate() {
            codes[index] = (entity.label as u64 + 1) * 2 + u64::from(offset == 0);
        }
    }
    codes
}

/// Bits of [`Seen::between`].
pub(crate) mod between {
    pub(crate) const COMMA: u64 = 1;
    pub(crate) const COMPLEMENTIZER: u64 = 1 << 1;
    pub(crate) const VERB: u64 = 1 << 2;
    pub(crate) const QUOTATION: u64 = 1 << 3;
    pub(crate) const STOP: u64 = 1 << 4;
    pub(crate) const CONJUNCTION: u64 = 1 << 5;
    pub(crate) const INFINITIVE: u64 = 1 << 6;
    pub(crate) const CUE: u64 = 1 << 7;
}

fn word(words: &Words<'_>, index: usize, entity: u64) -> Seen {
    let own = words.classes[index];
    let (hash, ending) = words.hashes[index];
    let french = words.language == LanguageCode::Fr;
    let language = u64::from(french);
    let surface = words.surface(index);
    let plain = own.bits() & !Class::QUOTED.bits();
    let class = if own.is(Class::MARK) {
        hash | 1
    } else if surface.starts_with(|c: char| c.is_ascii_digit()) {
        2
    } else if plain & !Class::CAPITAL.bits() == 0 {
        let endings = if french { FRENCH_ENDINGS } else { ENGLISH_ENDINGS };
        let known = endings.iter().position(|ending| surface.ends_with(ending)).map_or(63, |at| at as u64);
        (u64::from(plain) << 8) | (known << 1) | (language << 7)
    } else {
        u64::from(plain) << 8
    };
    let flags = match surface {
        "," => between::COMMA,
        ":" | ";" | "(" | ")" | "—" | "–" | "." | "?" | "!" => between::STOP,
        "to" | "de" | "d'" | "à" => between::INFINITIVE,
        "and" | "et" | "but" | "mais" | "or" | "ou" => between::CONJUNCTION,
        _ if own.is(Class::COMPLEMENTIZER) => between::COMPLEMENTIZER,
        _ if own.is(Class::CUE) && own.is(Class::FINITE) => between::CUE | between::VERB,
        _ if own.is(Class::AUXILIARY.or(Class::FINITE)) => between::VERB,
        _ => 0,
    };
    Seen {
        word: feature(language as u8, &[hash]),
        ending: feature(language as u8, &[ending]),
        class,
        entity,
        between: flags,
    }
}

fn quotation(words: &Words<'_>, range: &Range<usize>) -> Seen {
    let spoken = range.clone().filter(|&index| !words.is(index, Class::MARK)).count();
    let length = match spoken {
        0..=3 => spoken as u64,
        4..=6 => 4,
        7..=12 => 5,
        _ => 6,
    };
    let first = (range.start + 1).min(range.end - 1);
    let capital = u64::from(words.is(first, Class::CAPITAL));
    let inner = range.end.saturating_sub(2).max(range.start);
    let mark = if words.is(inner, Class::MARK) { words.hashes[inner].0 } else { 0 };
    let sentence = words.sentence_of(range.start).start;
    let opens = u64::from((sentence..range.start).all(|index| words.is(index, Class::MARK)));
    Seen {
        word: feature(2, &[length, capital, opens]),
        ending: feature(3, &[mark, capital]),
        class: 3 | (capital << 3) | (opens << 4) | (u64::from(length > 3) << 5) | (1 << 40),
        entity: 0,
        between: between::QUOTATION,
    }
}
