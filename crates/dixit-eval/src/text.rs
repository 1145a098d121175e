//! A text by code points: the ends of spans without punctuation, and the words in spans.

use dixit_record::GoldSpan;

/// A text whose code points can be counted.
pub(crate) struct Text(Vec<char>);

impl Text {
    pub(crate) fn new(text: &str) -> Self {
        Self(text.chars().collect())
    }

    /// The span without what is neither a letter nor a digit at its ends.
    pub(crate) fn trimmed(&self, span: GoldSpan) -> GoldSpan {
        self.trimmed_of(span, |c| !c.is_alphanumeric())
    }

    /// The span without white space at its ends.
    pub(crate) fn without_space(&self, span: GoldSpan) -> GoldSpan {
        self.trimmed_of(span, char::is_whitespace)
    }

    fn trimmed_of(&self, GoldSpan { mut start, mut end }: GoldSpan, goes: impl Fn(char) -> bool) -> GoldSpan {
        while start < end && goes(self.0[start as usize]) {
            start += 1;
        }
        while end > start && goes(self.0[end as usize - 1]) {
            end -= 1;
        }
        GoldSpan { start, end }
    }

    /// Where the words in `spans` start, sorted: runs of letters, digits and `_`.
    pub(crate) fn words(&self, spans: &[GoldSpan]) -> Vec<u32> {
        let mut starts = Vec::new();
        for span in spans {
            let mut inside = false;
            for offset in span.start..span.end {
                let c = self.0[offset as usize];
                let word = c.is_alphanumeric() || c == '_';
                if word && !inside {
                    starts.push(offset);
                }
                inside = word;
            }
        }
        starts.sort_unstable();
        starts.dedup();
        starts
    }
}

/// How many entries two sorted lists share.
pub(crate) fn shared<T: Ord>(left: &[T], right: &[T]) -> usize {
    left.iter().filter(|entry| right.binary_search(entry).is_ok()).count()
}

/// The words that both have, over the words that either has; 0 where there are none.
pub(crate) fn jaccard(left: &[u32], right: &[u32]) -> f64 {
    let both = shared(left, right);
    ratio(both, left.len() + right.len() - both)
}

/// The words that both have, over the words of the gold; 0 where there are none.
pub(crate) fn covered(gold: &[u32], predicted: &[u32]) -> f64 {
    ratio(shared(gold, predicted), gold.len())
}

/// `part / whole`, and 0 of nothing.
pub(crate) fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: u32, end: u32) -> GoldSpan {
        GoldSpan { start, end }
    }

    #[test]
    fn trims_marks_and_no_break_spaces_of_both_languages() {
        let text = Text::new("«\u{a0}Où\u{a0}?\u{a0}» “So.”");
        assert_eq!(text.trimmed(span(0, 8)), span(2, 4));
        assert_eq!(text.trimmed(span(9, 14)), span(10, 12));
        assert_eq!(text.trimmed(span(5, 6)), span(6, 6));
        assert_eq!(text.without_space(span(1, 6)), span(2, 6));
    }

    #[test]
    fn counts_a_word_by_its_start_once() {
        let text = Text::new("l'été, e_mail 2");
        assert_eq!(text.words(&[span(0, 15), span(2, 5)]), [0, 2, 7, 14]);
        assert!((jaccard(&[0, 2, 7], &[2, 7, 14]) - 0.5).abs() < 1e-9);
        assert!((covered(&[0, 2], &[2, 7, 14]) - 0.5).abs() < 1e-9);
        assert!(jaccard(&[], &[]).abs() < 1e-9);
    }
}
