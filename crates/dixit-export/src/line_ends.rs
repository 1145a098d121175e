//! Texts for tools that read every line end as `\n`, with the way from the offsets of the one to those of the other.

use std::borrow::Cow;

use dixit_text::Span;

/// A text whose line ends are all `\n`, beside the text as it is.
#[derive(Debug)]
pub(crate) struct LineEnds<'t> {
    /// The text with `\n` for `\r\n` and for `\r`.
    pub(crate) text: Cow<'t, str>,
    /// Where each `\r\n` starts in the text as it is, in bytes.
    pairs: Vec<usize>,
}

impl<'t> LineEnds<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        if !text.contains('\r') {
            return Self { text: Cow::Borrowed(text), pairs: Vec::new() };
        }
        let pairs = text.match_indices("\r\n").map(|(start, _)| start).collect();
        Self { text: Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")), pairs }
    }

    /// The byte of the changed text that stands for a byte of the text as it is.
    pub(crate) fn changed(&self, byte: usize) -> usize {
        byte - self.pairs.partition_point(|&pair| pair < byte)
    }

    /// The byte of the text as it is that stands for a byte of the changed text; the start of `\r\n` for the start of its `\n`.
    pub(crate) fn original(&self, byte: usize) -> usize {
        // The pair number `n` was changed at `pair - n`: each pair in front took a byte.
        let (mut low, mut high) = (0, self.pairs.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.pairs[middle] - middle < byte { low = middle + 1 } else { high = middle }
        }
        byte + low
    }

    /// The span of the text as it is that stands for a span of the changed text.
    pub(crate) fn original_span(&self, span: Span) -> Span {
        Span::new(self.original(span.start()), self.original(span.end()))
    }

    /// The span of the changed text that stands for a span of the text as it is.
    pub(crate) fn changed_span(&self, span: Span) -> Span {
        Span::new(self.changed(span.start()), self.changed(span.end()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_stays_the_same_word_whatever_the_line_ends() {
        let text = "Léa\r\n\r\ndit\rnon\n🤝 oui\r\n";
        let ends = LineEnds::new(text);
        assert_eq!(ends.text, "Léa\n\ndit\nnon\n🤝 oui\n");
        for word in ["Léa", "dit", "non", "🤝", "oui"] {
            let start = text.find(word).unwrap();
            let span = ends.changed_span(Span::new(start, start + word.len()));
            assert_eq!(span.of(&ends.text), word);
            assert_eq!(ends.original_span(span), Span::new(start, start + word.len()));
        }
        for (byte, _) in ends.text.char_indices() {
            assert_eq!(ends.changed(ends.original(byte)), byte);
        }
        assert_eq!(ends.changed(text.len()), ends.text.len());
        assert!(matches!(LineEnds::new("oui\n").text, Cow::Borrowed("oui\n")));
    }
}
