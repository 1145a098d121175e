//! Labels of spans as tags of positions: the BIOES scheme.

use std::ops::Range;

/// A span of positions with its label, as an index into the labels of its [`TagSet`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelSpan {
    /// The positions.
    pub positions: Range<usize>,
    /// The label's index.
    pub label: usize,
}

/// The tags that a set of labels needs: *outside*, and *begin*, *inside*, *end* and *single* for each label (Ratinov & Roth 2009).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagSet {
    labels: Vec<String>,
}

/// The tag of a position outside all spans.
pub(crate) const OUTSIDE: usize = 0;
const BEGIN: usize = 0;
const INSIDE: usize = 1;
const END: usize = 2;
const SINGLE: usize = 3;

impl TagSet {
    /// The tags of `labels`.
    pub fn new(labels: Vec<String>) -> Self {
        Self { labels }
    }

    /// The labels.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The number of tags: one, and four for each label.
    pub fn len(&self) -> usize {
        1 + 4 * self.labels.len()
    }

    /// Whether there are no labels.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The tags of the label with this index.
    pub(crate) fn of_label(label: usize) -> Range<usize> {
        1 + 4 * label..5 + 4 * label
    }

    /// Whether `next` may follow `tag`; `None` is the start and the end of a sequence.
    pub fn is_legal(&self, tag: Option<usize>, next: Option<usize>) -> bool {
        let open = tag.and_then(split).filter(|&(_, part)| part == BEGIN || part == INSIDE);
        let goes_on = next.and_then(split).filter(|&(_, part)| part == INSIDE || part == END);
        match (open, goes_on) {
            (None, None) => true,
            (Some((label, _)), Some((other, _))) => label == other,
            _ => false,
        }
    }

    /// The tags of `length` positions, of which `spans` are labelled. Later spans win where they overlap.
    pub fn encode(&self, spans: &[LabelSpan], length: usize) -> Vec<usize> {
        let mut tags = vec![OUTSIDE; length];
        for span in spans {
            let first = 1 + 4 * span.label;
            let Range { start, end } = span.positions;
            if end - start == 1 {
                tags[start] = first + SINGLE;
                continue;
            }
            tags[start] = first + BEGIN;
            tags[start + 1..end - 1].fill(first + INSIDE);
            tags[end - 1] = first + END;
        }
        tags
    }

    /// The spans of a legal sequence of tags.
    pub fn decode(&self, tags: &[usize]) -> Vec<LabelSpan> {
        let mut spans = Vec::new();
        let mut start = 0;
        for (position, &tag) in tags.iter().enumerate() {
            match split(tag) {
                Some((label, SINGLE)) => spans.push(LabelSpan { positions: position..position + 1, label }),
                Some((_, BEGIN)) => start = position,
                Some((label, END)) => spans.push(LabelSpan { positions: start..position + 1, label }),
                _ => {}
            }
        }
        spans
    }
}

/// The label and the part of a tag; `None` for outside.
fn split(tag: usize) -> Option<(usize, usize)> {
    tag.checked_sub(1).map(|tag| (tag / 4, tag % 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags() -> TagSet {
        TagSet::new(vec!["PERSON".to_owned(), "ORG".to_owned()])
    }

    #[test]
    fn decodes_what_it_encodes() {
        let spans = [(0..1, 0), (1..3, 1), (4..8, 0)].map(|(positions, label)| LabelSpan { positions, label });
        let encoded = tags().encode(&spans, 9);
        assert_eq!(encoded, [4, 5, 7, 0, 1, 2, 2, 3, 0]);
        assert_eq!(tags().decode(&encoded), spans);
        assert!(encoded.windows(2).all(|pair| tags().is_legal(Some(pair[0]), Some(pair[1]))));
    }

    #[test]
    fn a_span_that_is_open_must_go_on_with_its_label() {
        let tags = tags();
        assert!(tags.is_legal(Some(1), Some(3)) && tags.is_legal(Some(3), Some(5)) && tags.is_legal(None, Some(4)));
        assert!(
            !tags.is_legal(Some(1), Some(7)) && !tags.is_legal(Some(1), Some(0)) && !tags.is_legal(Some(0), Some(2))
        );
        assert!(!tags.is_legal(None, Some(3)) && !tags.is_legal(Some(2), None) && tags.is_legal(Some(3), None));
    }
}
