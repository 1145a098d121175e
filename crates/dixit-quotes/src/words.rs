//! The words of a paragraph, each with its classes: what all rules read.

use std::ops::Range;

use dixit_document::{Entity, LanguageCode};
use dixit_tagger::text_hash;
use dixit_text::Span;

use crate::lexicon::{Class, Lexicon};
use crate::marks::Marked;

/// How far a sentence is looked at on each side of a word: no sentence of prose is longer, and time stays linear in what is none.
const WINDOW: usize = 250;

/// A paragraph that quotations are looked for in. Indices are of its own words.
pub(crate) struct Words<'d> {
    pub(crate) text: &'d str,
    pub(crate) language: LanguageCode,
    pub(crate) spans: &'d [Span],
    pub(crate) classes: Vec<Class>,
    /// The hash of each word in lower case, and of its last three characters.
    pub(crate) hashes: Vec<(u64, u64)>,
    /// Of each word inside quotation marks, where its quotation ends.
    pub(crate) quote_ends: Vec<usize>,
    /// The entities of the paragraph.
    pub(crate) entities: &'d [Entity],
    /// The sentences of the paragraph.
    pub(crate) sentences: &'d [Span],
}

impl<'d> Words<'d> {
    /// Adds the classes that the words' surfaces tell.
    pub(crate) fn classify(&mut self, lexicon: &Lexicon) {
        self.classes.clear();
        self.hashes.clear();
        self.quote_ends = vec![0; self.spans.len()];
        let mut buffer = String::new();
        for span in self.spans {
            let surface = span.of(self.text);
            let first = surface.chars().next().unwrap_or(' ');
            let mut class = Class::default();
            lower(surface, &mut buffer);
            if surface.contains(char::is_alphanumeric) {
                class = lexicon.class(&buffer);
                if first.is_uppercase() {
                    class.add(Class::CAPITAL);
                }
            } else {
                class.add(Class::MARK);
            }
            self.hashes.push((text_hash(&buffer), text_hash(ending(&buffer))));
            self.classes.push(class);
        }
    }

    /// Marks the words inside quotation marks, the marks among them.
    pub(crate) fn mark_quoted(&mut self, marked: &[Marked]) {
        for stretch in marked {
            let inside = self.within(stretch.span);
            for index in inside.clone() {
                self.classes[index].add(Class::QUOTED);
                self.quote_ends[index] = inside.end;
            }
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.spans.len()
    }

    pub(crate) fn surface(&self, index: usize) -> &'d str {
        self.spans[index].of(self.text)
    }

    /// Whether the word at `index` is `word`, in any case.
    pub(crate) fn is_word(&self, index: usize, word: &str) -> bool {
        self.spans.get(index).is_some_and(|span| {
            let surface = span.of(self.text);
            surface.eq_ignore_ascii_case(word)
                || (!surface.is_ascii() && surface.to_lowercase().replace('’', "'") == word)
        })
    }

    /// Whether the word at `index` is one of `words`, in any case.
    pub(crate) fn is_any(&self, index: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is_word(index, word))
    }

    /// Whether the word at `index` has any of the classes.
    pub(crate) fn is(&self, index: usize, class: Class) -> bool {
        self.classes.get(index).is_some_and(|own| own.is(class))
    }

    /// Whether the word is a pronoun, and no determiner of the noun behind it: `one`, but not in `one fighter`.
    pub(crate) fn is_pronoun(&self, index: usize) -> bool {
        let ends = Class::MARK
            .or(Class::AUXILIARY)
            .or(Class::ADVERB)
            .or(Class::PRONOUN)
            .or(Class::RELATIVE)
            .or(Class::COMPLEMENTIZER)
            .or(Class::PREPOSITION)
            .or(Class::QUOTED);
        let has_noun = || {
            let next = index + 1;
            next < self.len() && !self.is(next, ends) && !(self.is(next, Class::CUE) && self.is(next, Class::FINITE))
        };
        self.is(index, Class::PRONOUN) && !(self.is(index, Class::DETERMINER) && has_noun())
    }

    /// The span from the first to the last word of `range`, which is not empty.
    pub(crate) fn span_of(&self, range: &Range<usize>) -> Span {
        self.spans[range.start].to(self.spans[range.end - 1])
    }

    /// The span of a source: of `-t-il` the pronoun alone.
    pub(crate) fn source_span(&self, range: &Range<usize>) -> Span {
        let span = self.span_of(range);
        match span.of(self.text).rfind('-') {
            Some(hyphen) if self.surface(range.start).starts_with('-') => {
                Span::new(span.start() + hyphen + 1, span.end())
            }
            _ => span,
        }
    }

    /// The words within `span`.
    pub(crate) fn within(&self, span: Span) -> Range<usize> {
        dixit_text::within(self.spans, span)
    }

    /// The words that `span` overlaps.
    pub(crate) fn overlapping(&self, span: Span) -> Range<usize> {
        let start = self.spans.partition_point(|word| word.end() <= span.start());
        let end = self.spans.partition_point(|word| word.start() < span.end());
        start..end.max(start)
    }

    /// The words of the sentence that the word at `index` stands in; of a very long one, [`WINDOW`] words on both sides.
    pub(crate) fn sentence_of(&self, index: usize) -> Range<usize> {
        let sentence = dixit_text::containing(self.sentences, self.spans[index].start());
        let range = sentence.map_or(0..self.len(), |sentence| self.within(self.sentences[sentence]));
        range.start.max(index.saturating_sub(WINDOW))..range.end.min(index + WINDOW)
    }

    /// The entity that the word at `index` is part of, with its words.
    pub(crate) fn entity_at(&self, index: usize) -> Option<(&'d Entity, Range<usize>)> {
        let start = self.spans.get(index)?.start();
        let found = self.entities.partition_point(|entity| entity.span.end() <= start);
        let entity = self.entities.get(found).filter(|entity| entity.span.contains(start))?;
        Some((entity, self.within(entity.span)))
    }

    /// Whether the word, a form of `dit`, says what something is called: `le dispositif dit « de proximité »`.
    pub(crate) fn is_epithet(&self, index: usize) -> bool {
        let speaker =
            Class::PRONOUN.or(Class::CAPITAL).or(Class::ROLE).or(Class::AUXILIARY).or(Class::ADVERB).or(Class::MARK);
        index > 0 && !self.is(index - 1, speaker) && self.is_any(index, &["dit", "dits", "dite", "dites"])
    }
}

/// The last three characters.
fn ending(word: &str) -> &str {
    let start = word.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    &word[start..]
}

/// Writes `word` into `buffer` in lower case, with ASCII apostrophes.
pub(crate) fn lower(word: &str, buffer: &mut String) {
    buffer.clear();
    if word.is_ascii() {
        buffer.push_str(word);
        buffer.make_ascii_lowercase();
    } else {
        buffer.extend(word.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }));
    }
}
