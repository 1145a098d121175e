//! Words of a language that is neither English nor French: only what white space and marks tell.

use dixit_text::Span;

use crate::characters::{is_apostrophe, is_hyphen};
use crate::english::joins_stop;
use crate::lexicon::Lexicon;
use crate::scanner::Dialect;

/// The rules of words in any language.
pub(crate) struct NeutralWords<'l> {
    pub(crate) lexicon: &'l Lexicon,
}

impl Dialect for NeutralWords<'_> {
    fn joins(&self, before: &str, mark: char, after: &str) -> bool {
        let last = before.chars().next_back().unwrap_or(' ');
        let next = after.chars().next().unwrap_or(' ');
        let digits = last.is_ascii_digit() && next.is_ascii_digit();
        match mark {
            '.' => joins_stop(before, last, next, after),
            ',' | ':' | '/' => digits,
            '@' | '·' => true,
            c => is_apostrophe(c) || is_hyphen(c),
        }
    }

    fn takes(&self, _word: &str, _mark: char, _after: &str) -> bool {
        false
    }

    fn opens_word(&self, _after: &str) -> bool {
        false
    }

    fn split(&self, _text: &str, word: Span, tokens: &mut Vec<Span>) {
        tokens.push(word);
    }

    fn lexicon(&self) -> &Lexicon {
        self.lexicon
    }

    fn writes_french_numbers(&self) -> bool {
        false
    }
}
