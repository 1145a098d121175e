//! Line ends inside a paragraph: which are the author's, and which a program's that wrapped the text.
//!
//! A program wraps a line where the next word no longer fits. A line whose next word would have fitted was therefore ended by its
//! author, and ends a sentence where the next line begins like one; so does any line in front of a bullet or a dash of dialogue.

use std::ops::Range;

use dixit_text::Span;

/// Texts are wrapped at this many bytes or more: where all lines are shorter, each is its author's.
const NARROWEST: usize = 45;

/// The lines of a paragraph that has more than one.
pub(crate) struct Lines<'t> {
    text: &'t str,
    /// The length of the longest line, in bytes.
    width: usize,
    /// Where the line starts that was looked at last, in bytes.
    start: usize,
}

impl<'t> Lines<'t> {
    /// The lines of the paragraph at `span`; `None` if it is one line.
    pub(crate) fn new(text: &'t str, span: Span) -> Option<Self> {
        let paragraph = span.of(text);
        memchr::memchr2(b'\n', b'\r', paragraph.as_bytes())?;
        let width = paragraph.split(['\n', '\r']).map(str::len).max().unwrap_or(0);
        Some(Self { text, width, start: span.start() })
    }

    /// Whether a sentence ends at a line end behind the last of `tokens[range]`. Ranges must come in order.
    pub(crate) fn breaks(&mut self, tokens: &[Span], range: Range<usize>) -> bool {
        for index in range.clone() {
            if index > 0 && self.line_end(tokens[index - 1], tokens[index]).is_some() {
                self.start = tokens[index].start();
            }
        }
        let Some(&next) = tokens.get(range.end) else { return false };
        let Some(&last) = tokens[range].last() else { return false };
        self.line_end(last, next).is_some() && self.ends(last, next)
    }

    /// Where the line ends between two words, if it does.
    fn line_end(&self, left: Span, right: Span) -> Option<usize> {
        self.text.as_bytes()[left.end()..right.start()].iter().position(|&byte| matches!(byte, b'\n' | b'\r'))
    }

    fn ends(&self, last: Span, next: Span) -> bool {
        let following = next.of(self.text);
        let Some(c) = following.chars().next() else { return false };
        let is_bullet = matches!(c, '—' | '–' | '-' | '•' | '*' | '▪' | '◦' | '‣' | '·' | '+' | '―');
        if is_bullet {
            return self.text[next.end()..].starts_with(char::is_whitespace) || matches!(c, '—' | '–' | '―' | '•');
        }
        let begins =
            c.is_uppercase() || c.is_numeric() || matches!(c, '"' | '“' | '«' | '‘' | '(' | '[' | '¿' | '¡' | '#');
        let word = self.text[next.start()..].find(char::is_whitespace).unwrap_or(following.len());
        let fits = last.end() - self.start + 1 + word <= self.width;
        let held = self.text[..last.end()].ends_with([',', '(', '«', '“', '—', '–']);
        begins && !held && (fits || self.width < NARROWEST)
    }
}
