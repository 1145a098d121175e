//! The trained model: which heads attribute, and what stands around them is content, cue and source.

use std::ops::Range;

use dixit_document::LanguageCode;
use dixit_tagger::{Features, LabelSpan, Model, ModelError, Scratch, TagSet};

use crate::features::{self, describe};
use crate::finder::Draft;
use crate::heads::{Head, Reading};
use crate::items::Item;
use crate::lexicon::Class;
use crate::sources::{cleaned, source_of};
use crate::words::Words;

/// The labels of the model, in order.
const LABELS: [&str; 3] = ["content", "cue", "source"];
pub(crate) const CONTENT: usize = 0;
pub(crate) const CUE: usize = 1;
pub(crate) const SOURCE: usize = 2;

/// Why a model of quotes cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuoteModelError {
    /// The bytes are no model.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The model labels something else.
    #[error("the model is not one of quotes: its labels are {0:?}")]
    Labels(Vec<String>),
}

/// The tags of the model.
pub fn tag_set() -> TagSet {
    TagSet::new(LABELS.map(str::to_owned).to_vec())
}

/// A model that says of each head whether it attributes what.
pub(crate) struct QuoteModel {
    model: Model,
}

/// Heads of which the model thinks less at first sight, without what stands around them, are not looked at: of some 3,500 that attribute
/// in the dev parts 2 are lost, and half of all others are spared.
const LEAST_LEANING: f32 = -2.0;

/// Buffers for one document.
#[derive(Default)]
pub(crate) struct Buffers {
    features: Features,
    scratch: Scratch,
    spans: Vec<LabelSpan>,
}

impl QuoteModel {
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, QuoteModelError> {
        let model = Model::from_bytes(bytes)?;
        if model.labels() != LABELS {
            return Err(QuoteModelError::Labels(model.labels().to_vec()));
        }
        Ok(Self { model })
    }

    /// What hangs on `head`, into `drafts`, if it attributes at all.
    pub(crate) fn judge(&self, reading: &Reading<'_, '_>, head: &Head, buffers: &mut Buffers, drafts: &mut Vec<Draft>) {
        let items = reading.items(head);
        let Buffers { features, scratch, spans } = buffers;
        spans.clear();
        let label = if head.quotation { CONTENT } else { CUE };
        let at = head.window.head;
        describe_head(reading, head, false, at..at + 1, features);
        if self.model.leaning(features, (0, label), scratch) < LEAST_LEANING {
            return;
        }
        describe_head(reading, head, false, head.window.items.clone(), features);
        let position = head.window.head - head.window.items.start;
        let fewest = threshold(reading.words.language, head);
        let wanted = |probability| probability >= fewest;
        let score = self.model.label_through(features, (position, label), scratch, wanted, |span| spans.push(span));
        if spans.is_empty() {
            return;
        }
        let positions = &items.items[head.window.items.clone()];
        Spans { reading, head, labelled: spans, positions, score }.drafts(drafts);
    }
}

/// The range without the marks at its end: `said`, of `said:`.
fn without_marks(words: &Words<'_>, range: Range<usize>) -> Range<usize> {
    let last = range.clone().rev().find(|&word| !words.is(word, Class::MARK));
    last.map_or(range.clone(), |last| range.start..last + 1)
}

/// The least probability of an attribution that is kept.
fn threshold(language: LanguageCode, head: &Head) -> f32 {
    match (language, head.quotation) {
        (LanguageCode::Fr, false) => 0.3,
        (LanguageCode::Fr, true) => 0.25,
        (_, false) => 0.35,
        (_, true) => 0.4,
    }
}

/// Describes what is read around a head: the positions in `wanted`.
pub(crate) fn describe_head(
    reading: &Reading<'_, '_>,
    head: &Head,
    foreign: bool,
    wanted: Range<usize>,
    into: &mut Features,
) {
    let rules: Vec<&Draft> = head.rules.iter().map(|&rule| &reading.rules[rule]).collect();
    let known = features::Head { rules: &rules, inside: head.inside, headline: reading.headline, foreign };
    describe(reading.words, reading.items(head), &head.window, &known, wanted, into);
}

/// What the model labels around a head.
struct Spans<'s, 'w, 'd> {
    reading: &'s Reading<'w, 'd>,
    head: &'s Head,
    labelled: &'s [LabelSpan],
    positions: &'s [Item],
    score: f32,
}

impl Spans<'_, '_, '_> {
    /// The words of each span with the label.
    fn of(&self, label: usize) -> impl Iterator<Item = Range<usize>> {
        let spans = self.labelled.iter().filter(move |span| span.label == label);
        spans.map(|span| {
            self.positions[span.positions.start].words.start..self.positions[span.positions.end - 1].words.end
        })
    }

    fn drafts(&self, drafts: &mut Vec<Draft>) {
        let words = self.reading.words;
        let mut content: Vec<Range<usize>> = self.of(CONTENT).collect();
        let head = &self.positions[self.head.window.head - self.head.window.items.start].words;
        let cue = self.of(CUE).find(|cue| cue.contains(&head.start)).map(|cue| without_marks(words, cue));
        // A relative pronoun is never the source: its antecedent is, which the rules look for.
        let sources = self.of(SOURCE).filter(|source| source.len() > 1 || !words.is(source.start, Class::RELATIVE));
        let source = sources.min_by_key(|source| source.start.abs_diff(head.start));
        let source = source.and_then(|source| cleaned(words, source, cue.as_ref()));
        // `He denied the charge: “…”` has two contents.
        let second = content
            .last()
            .filter(|last| content.len() > 1 && last.start > 0 && words.is_word(last.start - 1, ":"))
            .cloned();
        if let Some(second) = second {
            content.pop();
            drafts.extend(self.draft(&[second], cue.clone(), source.clone()));
        }
        if content.is_empty() {
            let rules = self.head.rules.iter().map(|&rule| &self.reading.rules[rule]);
            drafts.extend(rules.map(|rule| Draft { score: self.score, ..rule.clone() }));
        }
        drafts.extend(self.draft(&content, cue, source));
    }

    fn draft(
        &self,
        content: &[Range<usize>],
        cue: Option<Range<usize>>,
        source: Option<Range<usize>>,
    ) -> Option<Draft> {
        let words = self.reading.words;
        let (first, rest) = content.split_first()?;
        let is_apart = |source: &Range<usize>| {
            let apart = |part: &Range<usize>| source.end <= part.start || part.end <= source.start;
            content.iter().all(apart) && cue.as_ref().is_none_or(|cue| apart(cue) || *source != *cue)
        };
        let source = source.filter(is_apart).or_else(|| {
            let cue = cue.as_ref()?;
            source_of(words, cue, first.end <= cue.start).filter(is_apart)
        });
        let mut draft = Draft::of(words, first.clone(), cue, source, "model")?;
        for range in rest {
            draft.push(words, range.clone());
        }
        draft.score = self.score;
        let same =
            self.head.rules.iter().map(|&rule| &self.reading.rules[rule]).find(|rule| rule.content == draft.content);
        draft.by = same.map_or("model", |rule| rule.by);
        // Where both mean the same mention, the rule leaves titles and appositions out, as the guide wants.
        let ruled = self.head.rules.iter().find_map(|&rule| self.reading.rules[rule].source);
        draft.source = match (draft.source, ruled) {
            (Some(own), Some(ruled)) if !own.overlaps(ruled) => Some(own),
            (own, ruled) => ruled.or(own),
        };
        Some(draft)
    }
}
