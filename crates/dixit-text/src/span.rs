//! A half-open range of bytes of one text.

use std::fmt;
use std::ops::Range;

/// A half-open range `start..end` of UTF-8 byte offsets into one text.
///
/// `start <= end` always holds. Two spans that only touch do not overlap, and an empty span overlaps nothing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span `start..end`, in bytes.
    ///
    /// # Panics
    /// If `start > end`, or if `end` does not fit in 32 bits.
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span cannot end before it starts: {start}..{end}");
        let end = u32::try_from(end).expect("a text is shorter than 4 GiB");
        Self { start: start as u32, end }
    }

    /// The first byte.
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// The byte after the last.
    pub const fn end(self) -> usize {
        self.end as usize
    }

    /// The number of bytes.
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span as a range to slice with.
    pub const fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The text of the span.
    ///
    /// # Panics
    /// If the span reaches beyond `text` or cuts a character: it was made for another text.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// The text of the span, or `None` if it reaches beyond `text` or cuts a character.
    pub fn get(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }

    /// Whether the byte at `offset` lies in the span.
    pub const fn contains(self, offset: usize) -> bool {
        self.start() <= offset && offset < self.end()
    }

    /// Whether all of `other` lies in the span.
    pub const fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether a byte lies in both spans. Touching spans do not overlap.
    ///
    /// ```
    /// use dixit_text::Span;
    /// assert!(Span::new(0, 3).overlaps(Span::new(2, 5)));
    /// assert!(!Span::new(0, 3).overlaps(Span::new(3, 5)));
    /// assert!(!Span::new(0, 3).overlaps(Span::new(1, 1)));
    /// ```
    pub const fn overlaps(self, other: Self) -> bool {
        let start = if self.start > other.start { self.start } else { other.start };
        let end = if self.end < other.end { self.end } else { other.end };
        start < end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The span without the white space at its ends; empty, at its start, where there is nothing else.
    ///
    /// # Panics
    /// If the span is not one of `text`.
    #[must_use]
    pub fn trim(self, text: &str) -> Self {
        let inner = self.of(text);
        let left = inner.trim_start();
        if left.is_empty() {
            return Self { start: self.start, end: self.start };
        }
        let start = self.start() + inner.len() - left.len();
        Self::new(start, start + left.trim_end().len())
    }
}

impl From<Range<usize>> for Span {
    /// # Panics
    /// As [`Span::new`].
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touching_spans_do_not_overlap() {
        assert!(!Span::new(0, 2).overlaps(Span::new(2, 4)));
        assert!(!Span::new(2, 4).overlaps(Span::new(0, 2)));
        assert!(Span::new(0, 4).overlaps(Span::new(1, 2)));
        assert!(!Span::new(1, 1).overlaps(Span::new(0, 4)));
    }

    #[test]
    fn covers_itself_and_its_parts() {
        let span = Span::new(2, 6);
        assert!(span.covers(span));
        assert!(span.covers(Span::new(2, 3)));
        assert!(!span.covers(Span::new(1, 3)));
    }

    #[test]
    #[should_panic(expected = "cannot end before it starts")]
    fn refuses_a_span_that_ends_before_it_starts() {
        let _ = Span::new(3, 2);
    }

    #[test]
    fn trims_no_break_spaces() {
        let text = "«\u{a0}oui\u{202f}»";
        let inner = Span::new(2, text.len() - 2);
        assert_eq!(inner.trim(text).of(text), "oui");
        assert!(Span::new(2, 4).trim(text).is_empty());
    }
}
