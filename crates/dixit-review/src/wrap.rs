//! Styled text in lines of a width. What would steer the terminal is shown, not sent.

use std::io::{self, Write};

use anstyle::Style;
use unicode_width::UnicodeWidthChar as _;

/// Breaks styled text between words.
pub(crate) struct Wrap<'w, W> {
    out: &'w mut W,
    /// Columns; words that are longer stand out.
    width: usize,
    /// Columns before each line.
    indent: usize,
    color: bool,
    /// The style that the terminal is in.
    current: Style,
    /// Columns that are printed of the line, without its indent.
    column: usize,
    /// Whether a space is due before the next word.
    space: bool,
    word: Vec<(String, Style)>,
    word_width: usize,
}

impl<'w, W: Write> Wrap<'w, W> {
    pub(crate) fn new(out: &'w mut W, width: usize, indent: usize, color: bool) -> Self {
        Self {
            out,
            width,
            indent,
            color,
            current: Style::new(),
            column: 0,
            space: false,
            word: Vec::new(),
            word_width: 0,
        }
    }

    /// Adds text; white space in it is where lines may break, a line end is where one must.
    pub(crate) fn push(&mut self, text: &str, style: Style) -> io::Result<()> {
        let mut fragment = String::new();
        for character in text.chars() {
            if matches!(character, ' ' | '\t' | '\r' | '\n') {
                self.add(std::mem::take(&mut fragment), style);
                self.flush()?;
                if character == '\n' {
                    self.end_line()?;
                } else {
                    self.space = self.column > 0;
                }
            } else {
                fragment.push(shown(character));
            }
        }
        self.add(fragment, style);
        Ok(())
    }

    /// Ends the line, if anything stands on it.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        self.flush()?;
        self.change(Style::new())?;
        if self.column > 0 {
            self.end_line()?;
        }
        Ok(())
    }

    fn add(&mut self, fragment: String, style: Style) {
        if !fragment.is_empty() {
            self.word_width += fragment.chars().map(|character| character.width().unwrap_or(0)).sum::<usize>();
            self.word.push((fragment, style));
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.word.is_empty() {
            return Ok(());
        }
        let taken = self.indent + self.column + usize::from(self.space) + self.word_width;
        if self.column > 0 && taken > self.width {
            self.end_line()?;
        }
        let word = std::mem::take(&mut self.word);
        if self.column == 0 {
            write!(self.out, "{:indent$}", "", indent = self.indent)?;
        } else if self.space {
            // The space between two words of a style is of that style.
            if word.first().is_some_and(|(_, style)| *style != self.current) {
                self.change(Style::new())?;
            }
            self.out.write_all(b" ")?;
            self.column += 1;
        }
        for (fragment, style) in word {
            self.change(style)?;
            self.out.write_all(fragment.as_bytes())?;
        }
        self.column += self.word_width;
        (self.word_width, self.space) = (0, false);
        Ok(())
    }

    fn change(&mut self, style: Style) -> io::Result<()> {
        if self.color && style != self.current {
            write!(self.out, "{:#}{style}", self.current)?;
            self.current = style;
        }
        Ok(())
    }

    fn end_line(&mut self) -> io::Result<()> {
        self.change(Style::new())?;
        (self.column, self.space) = (0, false);
        self.out.write_all(b"\n")
    }
}

/// The character, or a sign for one that would move the cursor, change colours or turn the direction of writing.
pub(crate) fn shown(character: char) -> char {
    let turns =
        matches!(character, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let breaks = matches!(character, '\u{2028}' | '\u{2029}');
    if character.is_control() || turns || breaks { char::REPLACEMENT_CHARACTER } else { character }
}

/// The text on one line.
pub(crate) fn on_one_line(text: &str) -> String {
    let words: Vec<String> = text.split_ascii_whitespace().map(|word| word.chars().map(shown).collect()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, width: usize) -> String {
        let mut out = Vec::new();
        let mut wrap = Wrap::new(&mut out, width, 2, false);
        wrap.push(text, Style::new()).unwrap();
        wrap.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn breaks_between_words_and_never_at_a_no_break_space() {
        assert_eq!(wrapped("Elle a dit «\u{a0}oui\u{a0}» hier", 14), "  Elle a dit\n  «\u{a0}oui\u{a0}» hier\n");
        assert_eq!(wrapped("incommensurablement long", 6), "  incommensurablement\n  long\n");
    }

    #[test]
    fn wide_characters_take_two_columns_and_accents_none() {
        assert_eq!(wrapped("日本 日本", 9), "  日本\n  日本\n");
        assert_eq!(wrapped("e\u{301}te\u{301} non", 9), "  e\u{301}te\u{301} non\n");
    }

    #[test]
    fn shows_what_would_steer_the_terminal() {
        assert_eq!(wrapped("a\x1b[31mb\u{202e}c\0", 40), "  a\u{fffd}[31mb\u{fffd}c\u{fffd}\n");
        assert_eq!(on_one_line("a\r\n\tb\x1b"), "a b\u{fffd}");
    }
}
