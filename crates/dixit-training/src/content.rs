//! Whether a content that was found is one that people marked.

use dixit_text::Span;

/// How much two contents share, of what either covers, for one to count as the other.
const SAME: f64 = 0.5;

/// Whether two contents share at least half of the bytes that either covers.
pub(crate) fn is_same_content(first: &[Span], second: &[Span]) -> bool {
    let overlap = |a: &Span, b: &Span| a.end().min(b.end()).saturating_sub(a.start().max(b.start()));
    let common: usize = first.iter().flat_map(|a| second.iter().map(move |b| overlap(a, b))).sum();
    let length = |spans: &[Span]| spans.iter().map(|span| span.len()).sum::<usize>();
    common as f64 / (length(first) + length(second) - common).max(1) as f64 >= SAME
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_what_either_covers_is_enough() {
        let span = |start, end| Span::new(start, end);
        assert!(is_same_content(&[span(0, 10)], &[span(0, 4), span(6, 7)]));
        assert!(!is_same_content(&[span(0, 10)], &[span(0, 4)]));
        assert!(!is_same_content(&[span(0, 10)], &[span(5, 15)]));
    }
}
