//! The words of a sentence, each looked up once.

use std::borrow::Cow;
use std::ops::Range;

use dixit_document::{Entity, EntityLabel, LanguageCode};
use dixit_text::Span;
use unicode_normalization::UnicodeNormalization as _;

use crate::lexicon::{Lexicon, Lists};

/// A sentence with what is known about its words.
pub(crate) struct Words<'d> {
    pub(crate) text: &'d str,
    pub(crate) spans: &'d [Span],
    pub(crate) lists: Vec<Lists>,
    pub(crate) language: LanguageCode,
    pub(crate) lexicon: &'d Lexicon,
}

/// `word` with its letters and their accents as one character each, as texts and lists mostly have them (NFC).
pub(crate) fn composed(word: &str) -> Cow<'_, str> {
    let combines = |c: char| ('\u{300}'..='\u{36f}').contains(&c);
    if word.contains(combines) { word.nfc().collect() } else { Cow::Borrowed(word) }
}

impl<'d> Words<'d> {
    pub(crate) fn new(text: &'d str, spans: &'d [Span], language: LanguageCode, lexicon: &'d Lexicon) -> Self {
        let lists = spans.iter().map(|span| lexicon.lists_of_name(&composed(span.of(text)), language)).collect();
        Self { text, spans, lists, language, lexicon }
    }

    pub(crate) fn len(&self) -> usize {
        self.spans.len()
    }

    pub(crate) fn surface(&self, index: usize) -> &'d str {
        self.spans.get(index).map_or("", |span| span.of(self.text))
    }

    pub(crate) fn is(&self, index: usize, lists: Lists) -> bool {
        self.lists.get(index).is_some_and(|own| own.is(lists))
    }

    /// Whether the word begins with a capital.
    pub(crate) fn is_capital(&self, index: usize) -> bool {
        self.surface(index).starts_with(char::is_uppercase)
    }

    /// The first byte of the word, or 0.
    pub(crate) fn first_byte(&self, index: usize) -> u8 {
        self.surface(index).as_bytes().first().copied().unwrap_or(0)
    }

    /// Whether the word is digits, with points, commas, spaces and colons between them.
    pub(crate) fn is_number(&self, index: usize) -> bool {
        let word = self.surface(index);
        self.first_byte(index).is_ascii_digit()
            && word.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ','))
    }

    /// The value of a word of digits alone.
    pub(crate) fn value(&self, index: usize) -> Option<u32> {
        let word = self.surface(index);
        (word.len() <= 4).then(|| word.parse().ok()).flatten()
    }

    pub(crate) fn entity(&self, range: &Range<usize>, label: EntityLabel, score: f32, by: &'static str) -> Entity {
        Entity { span: self.spans[range.start].to(self.spans[range.end - 1]), label, score, by }
    }
}
