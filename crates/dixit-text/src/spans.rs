//! Searches in sorted lists of spans.

use std::ops::Range;

use crate::Span;

/// The indices of the spans that `outer` covers.
///
/// `spans` must be sorted and without overlaps, as the layers of a document are. Takes logarithmic time.
///
/// ```
/// use dixit_text::{Span, within};
/// let words = [Span::new(0, 3), Span::new(4, 9), Span::new(10, 12)];
/// assert_eq!(within(&words, Span::new(4, 12)), 1..3);
/// assert_eq!(within(&words, Span::new(5, 9)), 2..2);
/// ```
pub fn within(spans: &[Span], outer: Span) -> Range<usize> {
    let first = spans.partition_point(|span| span.start() < outer.start());
    let last = first + spans[first..].partition_point(|span| span.end() <= outer.end());
    first..last
}

/// The indices of the spans that start in `outer`; they may reach beyond it.
///
/// `spans` must be sorted by their starts.
pub fn starting_within(spans: &[Span], outer: Span) -> Range<usize> {
    let first = spans.partition_point(|span| span.start() < outer.start());
    let last = first + spans[first..].partition_point(|span| span.start() < outer.end());
    first..last
}

/// The index of the span in which the byte at `offset` lies.
///
/// `spans` must be sorted and without overlaps.
pub fn containing(spans: &[Span], offset: usize) -> Option<usize> {
    let index = spans.partition_point(|span| span.end() <= offset);
    spans.get(index).filter(|span| span.contains(offset)).map(|_| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Vec<Span> {
        vec![Span::new(0, 3), Span::new(4, 9), Span::new(9, 10), Span::new(12, 14)]
    }

    #[test]
    fn finds_what_lies_within() {
        assert_eq!(within(&words(), Span::new(0, 14)), 0..4);
        assert_eq!(within(&words(), Span::new(4, 10)), 1..3);
        assert_eq!(within(&words(), Span::new(4, 9)), 1..2);
        assert!(within(&words(), Span::new(10, 12)).is_empty());
        assert!(within(&[], Span::new(0, 1)).is_empty());
    }

    #[test]
    fn finds_what_starts_within() {
        assert_eq!(starting_within(&words(), Span::new(3, 5)), 1..2);
        assert!(starting_within(&words(), Span::new(5, 9)).is_empty());
    }

    #[test]
    fn finds_what_contains_an_offset() {
        assert_eq!(containing(&words(), 0), Some(0));
        assert_eq!(containing(&words(), 3), None);
        assert_eq!(containing(&words(), 9), Some(2));
        assert_eq!(containing(&words(), 14), None);
    }
}
