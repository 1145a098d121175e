//! What the model learns from: every head of a document, with what hangs on it.

use std::ops::Range;

use dixit_document::{AnnotateError, Document};
use dixit_tagger::{Features, LabelSpan, Sequence};
use dixit_text::Span;

use crate::finder::QuoteLexicons;
use crate::heads::{Head, Reading};
use crate::items::Item;
use crate::model::{CONTENT, CUE, SOURCE, describe_head};

/// An attribution that people have marked, in bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoldQuote {
    /// What is attributed.
    pub content: Vec<Span>,
    /// The words that attribute; none for speech that stands alone.
    pub cue: Vec<Span>,
    /// The mention of who is quoted.
    pub source: Vec<Span>,
}

/// Heads to learn from.
#[derive(Debug, Default)]
pub struct Lessons {
    /// What is seen of each, and what hangs on it.
    pub sequences: Vec<Sequence>,
    /// Attributions that hang on no head: they are not learned.
    pub missed: usize,
}

impl QuoteLexicons {
    /// Adds the heads of a document to `lessons`. `foreign` says that `gold` follows another guide than the project's.
    ///
    /// # Errors
    /// [`AnnotateError`] if a layer is missing.
    pub fn teach(
        &self,
        document: &Document,
        gold: &[GoldQuote],
        foreign: bool,
        lessons: &mut Lessons,
    ) -> Result<(), AnnotateError> {
        let mut hung = vec![false; gold.len()];
        self.read(document, |reading, continued, _| {
            for head in reading.heads(&continued) {
                let own: Vec<usize> = (0..gold.len()).filter(|&index| hangs(&gold[index], reading, &head)).collect();
                for &index in &own {
                    hung[index] = true;
                }
                let own: Vec<&GoldQuote> = own.into_iter().map(|index| &gold[index]).collect();
                let mut features = Features::default();
                describe_head(reading, &head, foreign, head.window.items.clone(), &mut features);
                lessons.sequences.push(Sequence { features, spans: spans(reading, &head, &own) });
            }
        })?;
        lessons.missed += hung.iter().filter(|hung| !**hung).count();
        Ok(())
    }
}

/// Whether the attribution hangs on the head.
fn hangs(gold: &GoldQuote, reading: &Reading<'_, '_>, head: &Head) -> bool {
    let item = &reading.items(head).items[head.window.head];
    if head.quotation {
        return gold.cue.is_empty() && gold.content.iter().any(|span| inside(reading, item, *span));
    }
    gold.cue.iter().any(|cue| cue.overlaps(reading.words.spans[item.words.start]))
}

/// Whether most of the position is inside `span`.
fn inside(reading: &Reading<'_, '_>, item: &Item, span: Span) -> bool {
    let own = reading.words.span_of(&item.words);
    let shared = own.end().min(span.end()).saturating_sub(own.start().max(span.start()));
    shared * 2 > own.len() || shared > 0 && !item.quoted
}

/// The labels of the positions around a head.
fn spans(reading: &Reading<'_, '_>, head: &Head, gold: &[&GoldQuote]) -> Vec<LabelSpan> {
    let positions = &reading.items(head).items[head.window.items.clone()];
    let own = head.window.head - head.window.items.start;
    let mut labels = vec![None; positions.len()];
    let mut spans: Vec<LabelSpan> = Vec::new();
    let mut add = |span: Span, label: usize| {
        let Some(range) = covered(reading, positions, span) else { return };
        if labels[range.clone()].iter().any(Option::is_some) {
            return;
        }
        labels[range.clone()].fill(Some(label));
        spans.push(LabelSpan { positions: range, label });
    };
    for quote in gold {
        let of_head = |cue: &&Span| covered(reading, positions, **cue).is_some_and(|range| range.contains(&own));
        quote.cue.iter().filter(of_head).for_each(|&cue| add(cue, CUE));
    }
    for quote in gold {
        quote.source.iter().for_each(|&source| add(source, SOURCE));
        quote.content.iter().for_each(|&content| add(content, CONTENT));
    }
    let wanted = if head.quotation { CONTENT } else { CUE };
    if !spans.iter().any(|span| span.label == wanted && span.positions.contains(&own)) {
        spans.clear();
    }
    spans.sort_by_key(|span| span.positions.start);
    spans
}

/// The positions that `span` covers.
fn covered(reading: &Reading<'_, '_>, positions: &[Item], span: Span) -> Option<Range<usize>> {
    let first = positions.iter().position(|item| inside(reading, item, span))?;
    let last = positions.iter().rposition(|item| inside(reading, item, span))?;
    Some(first..last + 1)
}
