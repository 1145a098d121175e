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

/// The tags that a set of labels needs: *outside*, and *single*, *begin*, *inside* and *end* for each label (Ratinov & Roth 2009).
///
/// They are numbered in this order, first by part and then by label: what may follow a tag then stands side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagSet {
    labels: Vec<String>,
}

/// The tag of a position outside all spans.
pub(crate) const OUTSIDE: usize = 0;

/// Which part of a span a position is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Single,
    Begin,
    Inside,
    End,
}

const PARTS: [Part; 4] = [Part::Single, Part::Begin, Part::Inside, Part::End];

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
        1 + PARTS.len() * self.labels.len()
    }

    /// Whether there are no labels.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    fn tag(&self, label: usize, part: Part) -> usize {
        1 + part as usize * self.labels.len() + label
    }

    /// The label and the part of a tag; `None` for outside.
    fn split(&self, tag: usize) -> Option<(usize, Part)> {
        let number = tag.checked_sub(1)?;
        Some((number % self.labels.len(), PARTS[number / self.labels.len()]))
    }

    /// The tags of the label with this index.
    pub(crate) fn of_label(&self, label: usize) -> [usize; 4] {
        PARTS.map(|part| self.tag(label, part))
    }

    /// Whether `next` may follow `tag`; `None` is the start and the end of a sequence.
    pub fn is_legal(&self, tag: Option<usize>, next: Option<usize>) -> bool {
        let part_of = |tag: Option<usize>| tag.and_then(|tag| self.split(tag));
        let open = part_of(tag).filter(|(_, part)| matches!(part, Part::Begin | Part::Inside));
        let goes_on = part_of(next).filter(|(_, part)| matches!(part, Part::Inside | Part::End));
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
            let tag = |part| self.tag(span.label, part);
            let Range { start, end } = span.positions;
            if end - start == 1 {
                tags[start] = tag(Part::Single);
                continue;
            }
            tags[start] = tag(Part::Begin);
            tags[start + 1..end - 1].fill(tag(Part::Inside));
            tags[end - 1] = tag(Part::End);
        }
        tags
    }

    /// The spans of a legal sequence of tags.
    pub fn decode(&self, tags: &[usize]) -> Vec<LabelSpan> {
        let mut spans = Vec::new();
        let mut start = 0;
        for (position, &tag) in tags.iter().enumerate() {
            match self.split(tag) {
                Some((label, Part::Single)) => spans.push(LabelSpan { positions: position..position + 1, label }),
                Some((_, Part::Begin)) => start = position,
                Some((label, Part::End)) => spans.push(LabelSpan { positions: start..position + 1, label }),
                _ => {}
            }
        }
        spans
    }
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
        assert_eq!(encoded, [1, 4, 8, 0, 3, 5, 5, 7, 0]);
        assert_eq!(tags().decode(&encoded), spans);
        assert!(encoded.windows(2).all(|pair| tags().is_legal(Some(pair[0]), Some(pair[1]))));
    }

    #[test]
    fn a_span_that_is_open_must_go_on_with_its_label() {
        let tags = tags();
        let [single, begin, inside, end] = tags.of_label(0);
        let [other_single, .., other_end] = tags.of_label(1);
        assert!(tags.is_legal(Some(begin), Some(end)) && tags.is_legal(Some(end), Some(other_single)));
        assert!(tags.is_legal(None, Some(single)) && tags.is_legal(Some(end), None));
        assert!(!tags.is_legal(Some(begin), Some(other_end)) && !tags.is_legal(Some(begin), Some(OUTSIDE)));
        assert!(!tags.is_legal(Some(OUTSIDE), Some(inside)) && !tags.is_legal(None, Some(end)));
        assert!(!tags.is_legal(Some(inside), None));
    }
}
