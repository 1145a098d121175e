//! Finds the heads of a paragraph: what an attribution may hang on.
//!
//! A word that attributes now and then is one, and so is a quotation, which may stand alone. The model says of each whether it is.

use std::ops::Range;

use crate::finder::Draft;
use crate::items::{Items, Window};
use crate::lexicon::Class;
use crate::marks::Marked;
use crate::sourcings::according_cue;
use crate::words::Words;

/// A paragraph as the model reads it.
pub(crate) struct Reading<'w, 'd> {
    pub(crate) words: &'w Words<'d>,
    /// Quotations as one position each.
    pub(crate) outer: Items,
    /// Each word a position, if there are quotations with heads inside.
    pub(crate) inner: Option<Items>,
    /// What the rules found.
    pub(crate) rules: &'w [Draft],
    pub(crate) headline: bool,
}

/// Something that an attribution may hang on.
pub(crate) struct Head {
    pub(crate) window: Window,
    /// Whether it stands inside a quotation.
    pub(crate) inside: bool,
    /// Whether it is a quotation.
    pub(crate) quotation: bool,
    /// What the rules found for it.
    pub(crate) rules: Vec<usize>,
}

impl<'w, 'd> Reading<'w, 'd> {
    /// The paragraph with its quotations and what the rules found in it.
    pub(crate) fn new(words: &'w Words<'d>, marked: &[Marked], rules: &'w [Draft], headline: bool) -> Self {
        let outer = Items::new(words, marked);
        let has_inner = (0..words.len()).any(|index| words.is(index, Class::QUOTED) && is_head(words, index));
        let inner = has_inner.then(|| Items::new(words, &[]));
        Self { words, outer, inner, rules, headline }
    }

    /// The positions that a head is read among.
    pub(crate) fn items(&self, head: &Head) -> &Items {
        self.inner.as_ref().filter(|_| head.inside).unwrap_or(&self.outer)
    }

    /// The heads in order; the quotations in `continued`, which go on from the paragraph before, are none.
    pub(crate) fn heads(&self, continued: &Range<usize>) -> Vec<Head> {
        let words = self.words;
        let (of_word, of_quotation) = self.rules_by_word();
        let whole = 0..words.len();
        let mut heads = Vec::new();
        for (index, item) in self.outer.items.iter().enumerate() {
            let first = item.words.start;
            if !item.quoted {
                if is_head(words, first) || of_word[first].iter().any(|&rule| self.is_unlisted(rule, first)) {
                    let window = self.outer.window(words, index, &whole);
                    heads.push(Head { window, inside: false, quotation: false, rules: of_word[first].clone() });
                }
                continue;
            }
            if !continued.contains(&first) {
                let window = self.outer.window(words, index, &whole);
                heads.push(Head { window, inside: false, quotation: true, rules: of_quotation[first].clone() });
            }
            let Some(inner) = &self.inner else { continue };
            for word in item.words.clone().filter(|&word| is_head(words, word)) {
                let window = inner.window(words, word, &item.words);
                heads.push(Head { window, inside: true, quotation: false, rules: Vec::new() });
            }
        }
        heads
    }

    /// For each word, the rules with a cue that it is part of, and those without a cue whose content begins with it.
    fn rules_by_word(&self) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
        let mut of_word = vec![Vec::new(); self.words.len()];
        let mut of_quotation = of_word.clone();
        for (rule, draft) in self.rules.iter().enumerate() {
            match draft.cue {
                Some(cue) => self.words.overlapping(cue).for_each(|word| of_word[word].push(rule)),
                None => self.words.overlapping(draft.content[0]).take(1).for_each(|word| of_quotation[word].push(rule)),
            }
        }
        (of_word, of_quotation)
    }

    /// Whether the word is the first of a rule's cue of which no word is in a list.
    fn is_unlisted(&self, rule: usize, word: usize) -> bool {
        self.rules[rule].cue.is_some_and(|cue| {
            let mut cue = self.words.overlapping(cue);
            cue.start == word && !cue.any(|word| is_head(self.words, word))
        })
    }
}

/// The most words of a term that a form of `dit` gives something as its name.
const TERM: usize = 4;

/// Whether the word gives something its name: `le dispositif dit « de proximité »`.
fn names_a_term(words: &Words<'_>, index: usize) -> bool {
    let term = index + 2..words.len();
    words.is_epithet(index)
        && words.is(index + 1, Class::MARK)
        && (1..=TERM)
            .contains(&term.take_while(|&word| words.is(word, Class::QUOTED) && !words.is(word, Class::MARK)).count())
}

/// Whether a word attributes now and then.
fn is_head(words: &Words<'_>, index: usize) -> bool {
    words.is(index, Class::CUE.or(Class::NOUN_CUE).or(Class::TRIGGER)) && !names_a_term(words, index)
        || according_cue(words, index).is_some()
}
