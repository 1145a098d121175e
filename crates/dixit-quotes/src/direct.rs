//! Turns stretches inside quotation marks into quotes: joins what is interrupted, finds cue and source, leaves out what nobody said.

use std::ops::Range;

use dixit_document::{EntityLabel, LanguageCode, QuoteType};
use dixit_text::Span;

use crate::cues::Cue;
use crate::finder::Draft;
use crate::lexicon::Class;
use crate::marks::Marked;
use crate::sources::{before_colon, find_source, noun_phrase_from};
use crate::sourcings::according_cue;
use crate::words::Words;

/// The fewest words of a quote that no cue introduces.
const ALONE: usize = 4;
/// The most words of an English title or scare quote.
const PART: usize = 7;
/// How many words a cue may stand away behind a quotation.
const BEHIND: usize = 24;
/// How many words a cue may stand away in front of a quotation.
const BEFORE: usize = 30;

/// What the direct quotes of a paragraph are found with.
pub(crate) struct Direct<'w, 'd> {
    pub(crate) words: &'w Words<'d>,
    pub(crate) cues: &'w [Cue],
    pub(crate) marked: &'w [Marked],
}

/// A direct quote, and which of the cues it takes.
pub(crate) struct Found {
    pub(crate) draft: Draft,
    pub(crate) cue: Option<usize>,
    /// The first of the stretches that it is made of.
    pub(crate) first: usize,
    /// Whether the cue may have content of its own in front: `He denied the charge: “…”`.
    pub(crate) shares: bool,
}

impl Direct<'_, '_> {
    /// The direct quotes of the paragraph, in order.
    ///
    /// *Finds* a quotation with a cue behind (`“…,” he said`) or in front (`he said: “…”`), and one that is a sentence of its own.
    /// *Example fr*: `« … », a-t-il dit, « … »` is one quote of two stretches.
    /// *Leaves alone* scare quotes (`‘jihadist’ groups`), titles of works, nicknames; what stands inside a clause under a cue.
    pub(crate) fn find(&self) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        let mut index = 0;
        while index < self.marked.len() {
            let taken = self.words.within(self.marked[index].span);
            if taken.is_empty() {
                index += 1;
                continue;
            }
            let mut next = index + 1;
            if let Some((draft, cue)) = self.quote(index, &taken) {
                let mut draft = draft;
                if let Some(cue) = cue {
                    while next < self.marked.len() && self.continues(next, &self.cues[cue]) {
                        draft.content.push(self.marked[next].span);
                        next += 1;
                    }
                }
                let shares = cue.is_some_and(|cue| taken.start > self.cues[cue].words.end + 2)
                    && self.words.is_word(taken.start - 1, ":");
                found.push(Found { draft, cue, first: index, shares });
            }
            index = next;
        }
        found
    }

    /// Whether the stretch at `next` continues the one in front of it, behind the cue: `« …, a-t-il dit, « … »`.
    fn continues(&self, next: usize, cue: &Cue) -> bool {
        let (previous, marked) = (self.marked[next - 1], self.marked[next]);
        let between = self.words.within(Span::new(previous.span.end(), marked.span.start()));
        if !(between.contains(&cue.head)) || between.len() > 18 {
            return false;
        }
        let text = marked.inner.of(self.words.text);
        let joint = self.words.surface(between.end - 1);
        let stopped = (between.start..between.end).any(|index| matches!(self.words.surface(index), "." | "!" | "?"));
        !stopped
            && matches!(joint, "," | ":" | "–" | "—")
            && (text.starts_with(char::is_lowercase) || joint == "," || joint == "–")
    }

    fn quote(&self, index: usize, taken: &Range<usize>) -> Option<(Draft, Option<usize>)> {
        let marked = self.marked[index];
        let inner = self.words.within(marked.inner);
        let count = inner.clone().filter(|&word| !self.words.is(word, Class::MARK)).count();
        if count == 0 || self.is_title(taken.start, count) {
            return None;
        }
        let starts = self.starts_sentence(taken.start);
        if starts && let Some(cue) = self.cue_behind(index, taken.end) {
            return Some(self.with_cue(marked, cue, true, "rule:direct-cue-behind"));
        }
        if let Some((cue, introduced)) = self.cue_in_front(index, taken.start)
            && (introduced || count >= ALONE)
        {
            return Some(self.with_cue(marked, cue, false, "rule:direct-cue-in-front"));
        }
        let whole = starts && self.ends_sentence(taken) && count >= ALONE;
        if starts && let Some(draft) = self.unknown_verb(marked, taken) {
            return Some((draft, None));
        }
        let colon = taken.start > 0 && self.words.is_word(taken.start - 1, ":") && count >= ALONE;
        // Reports quote parts of sentences without a cue, French ones short parts too: `Il s'agit « d'un acte isolé et sans suite »`.
        let part = count > if self.words.language == LanguageCode::Fr { ALONE } else { PART };
        if whole || colon || part || count >= 12 && starts {
            let score = if whole { 0.75 } else { 0.45 };
            let sentence = self.words.sentence_of(taken.start);
            let source = if colon { before_colon(self.words, sentence.start, taken.start - 1) } else { None };
            let draft = Draft {
                kind: QuoteType::Direct,
                content: vec![marked.span],
                cue: None,
                source: source.map(|range| self.words.source_span(&range)),
                score,
                by: "rule:direct-alone",
            };
            return Some((draft, None));
        }
        None
    }

    /// A quotation with a comma at its end and somebody with a verb behind it that no list has: `“…,” she shrugs.`, `» , plaisante Paul`.
    fn unknown_verb(&self, marked: Marked, taken: &Range<usize>) -> Option<Draft> {
        let words = self.words;
        let comma = words.is_word(taken.end, ",");
        let beside = taken.end + usize::from(comma);
        if beside < words.len()
            && let Some(cue) = according_cue(words, beside).filter(|_| !words.is_word(beside, "pour"))
            && let Some(source) = noun_phrase_from(words, cue.end)
        {
            return Some(Draft {
                kind: QuoteType::Direct,
                content: vec![marked.span],
                cue: Some(words.span_of(&cue)),
                source: Some(words.source_span(&source)),
                score: 0.9,
                by: "rule:direct-according-to",
            });
        }
        let held = marked.inner.of(words.text).ends_with([',', '!', '?']);
        if !comma && !held {
            return None;
        }
        let from = taken.end + usize::from(comma);
        let sentence = words.sentence_of(from.min(words.len().checked_sub(1)?));
        let known = Class::DETERMINER
            .or(Class::PREPOSITION)
            .or(Class::SUBORDINATOR)
            .or(Class::MARK)
            .or(Class::QUOTED)
            .or(Class::RELATIVE)
            .or(Class::CAPITAL)
            .or(Class::COMPLEMENTIZER);
        let verb = |index: usize| {
            index < sentence.end && !words.is(index, known.or(Class::PRONOUN)) && words.surface(index).len() > 2
        };
        let named = |range: &Range<usize>| {
            words.is(range.start, Class::PRONOUN)
                || words.entity_at(range.start).is_some_and(|(entity, _)| entity.label == EntityLabel::Person)
                || range.clone().any(|index| words.is(index, Class::ROLE))
        };
        let subject = noun_phrase_from(words, from).filter(|range| named(range) && verb(range.end));
        let (cue, source) = if let Some(source) = subject {
            (source.end, source)
        } else if verb(from) && from < sentence.end {
            let clitic = words.surface((from + 1).min(words.len() - 1)).starts_with('-') && from + 1 < words.len();
            let behind = if clitic {
                Some(from + 1..from + 2)
            } else {
                let adverb = usize::from(words.is(from + 1, Class::ADVERB));
                noun_phrase_from(words, from + 1 + adverb).filter(|range| named(range))
            };
            (from, behind?)
        } else {
            return None;
        };
        Some(Draft {
            kind: QuoteType::Direct,
            content: vec![marked.span],
            cue: Some(words.spans[cue]),
            source: Some(words.source_span(&source)),
            score: 0.8,
            by: "rule:direct-verb-behind",
        })
    }

    fn with_cue(&self, marked: Marked, cue: usize, behind: bool, by: &'static str) -> (Draft, Option<usize>) {
        let group = &self.cues[cue];
        let inverted = behind && self.words.len() > group.words.end && self.touches_quote(group);
        let source = find_source(self.words, group, inverted).map(|range| self.words.source_span(&range));
        let score = if source.is_some() { 0.93 } else { 0.8 };
        let cue_span = self.words.span_of(&group.words);
        (
            Draft { kind: QuoteType::Direct, content: vec![marked.span], cue: Some(cue_span), source, score, by },
            Some(cue),
        )
    }

    /// Whether the cue follows the quotation at once, so that its subject stands behind it.
    fn touches_quote(&self, cue: &Cue) -> bool {
        let mut before = cue.words.start;
        while before > 0 && self.words.is(before - 1, Class::MARK) && !self.words.is(before - 1, Class::QUOTED) {
            before -= 1;
        }
        before == 0 || self.words.is(before - 1, Class::QUOTED)
    }

    /// The first cue behind a quotation that ends before the word at `from`, in the same sentence.
    fn cue_behind(&self, index: usize, from: usize) -> Option<usize> {
        if from >= self.words.len() {
            return None;
        }
        let limit = self.marked.get(index + 1).map_or(usize::MAX, |next| self.words.within(next.span).start);
        let sentence = self.words.sentence_of(from);
        let goes_on = sentence.start < from || !self.words.is(from, Class::CAPITAL);
        if !goes_on {
            return None;
        }
        let stop = sentence.end.min(limit).min(from + BEHIND);
        let first = self.cues.partition_point(|cue| cue.words.start < from);
        let mut near = self.cues[first..].iter().take_while(|cue| cue.head < stop);
        let cue = first + near.position(|cue| cue.class.is(Class::SPEECH))?;
        let head = self.cues[cue].head;
        let clear =
            (from..head).all(|word| !self.words.is_any(word, &[":", ";", ".", "that", "que", "and", "et", "but"]));
        clear.then_some(cue)
    }

    /// The last cue in front of the quotation at the word `start`, and whether nothing but what belongs to it stands between.
    fn cue_in_front(&self, index: usize, start: usize) -> Option<(usize, bool)> {
        let sentence = self.words.sentence_of(start);
        let from = index
            .checked_sub(1)
            .map_or(0, |before| self.words.within(self.marked[before].span).end)
            .max(sentence.start);
        let cue = self.cues.partition_point(|cue| cue.words.end <= start).checked_sub(1)?;
        if self.cues[cue].head < from || start - self.cues[cue].head > BEFORE {
            return None;
        }
        let group = &self.cues[cue];
        let last = start.checked_sub(1)?;
        let between = group.words.end..start;
        let colon = self.words.is_word(last, ":");
        if !colon && between.clone().any(|word| self.words.is(word, Class::COMPLEMENTIZER)) {
            return None;
        }
        let introduced =
            self.words.is_any(last, &[":", ","]) || between.is_empty() || between.len() <= 2 && group.clitic.is_some();
        let interrupts = group.words.start > sentence.start + 1
            && !self.words.is(start + 1, Class::CAPITAL)
            && self.words.is_word(last, ",")
            && (sentence.start + 1..group.words.start)
                .rev()
                .take(6)
                .any(|word| self.words.is_word(word, ",") && !self.words.is(word, Class::QUOTED))
            && self.words.is(sentence.start, Class::CAPITAL)
            && !self.words.is(sentence.start, Class::QUOTED.or(Class::PREPOSITION));
        if interrupts {
            return None;
        }
        let speaks = group.class.is(Class::SPEECH) || self.words.is_word(last, ":");
        // `he told the police “It is better …”`, `condemned “the malicious calls”`
        let sentence_like = between.len() <= 6 && self.words.is(start + 1, Class::CAPITAL);
        let object_only = between.len() <= 1 || sentence_like;
        let object = between.is_empty() && !group.passive;
        (speaks && (introduced || object_only) || object).then_some((cue, introduced && speaks))
    }

    /// Whether a sentence starts at the word, or only marks and dashes stand before it.
    fn starts_sentence(&self, start: usize) -> bool {
        let sentence = self.words.sentence_of(start);
        (sentence.start..start)
            .all(|word| self.words.is(word, Class::MARK) || self.words.is_any(word, &["and", "but", "et", "mais"]))
    }

    fn ends_sentence(&self, taken: &Range<usize>) -> bool {
        let sentence = self.words.sentence_of(taken.end - 1);
        (taken.end..sentence.end).all(|word| self.words.is(word, Class::MARK))
    }

    /// Whether the words are a title, a term or a nickname: behind `film`, `so-called`, `dits`.
    fn is_title(&self, start: usize, count: usize) -> bool {
        count <= 8
            && (1..=2).any(|back| {
                start >= back
                    && self.words.is(start - back, Class::TITLE_WORD)
                    && (!self.words.is(start - back, Class::CUE)
                        || back == 1 && count <= 4 && self.words.is_epithet(start - 1))
            })
    }
}
