//! Cuts a paragraph into words: what is the same in every language.
//!
//! The text between two white spaces is a *chunk*. From its left end to its right, a chunk is addresses, words and marks; where
//! a mark stands inside a word (`3.5`, `U.S`, `l'armée`, `cease-fire`), [`Dialect`] says whether it joins, and cuts the word
//! further. Everything here looks back and ahead over a bounded stretch, so that time is linear in the text.

use dixit_text::Span;

use crate::abbreviations::{ends_in_initial, owns_stop};
use crate::addresses::address;
use crate::characters::{is_hyphen, is_word};
use crate::lexicon::Lexicon;
use crate::marks::mark;

/// The rules of one language about words.
pub(crate) trait Dialect {
    /// Whether `mark` joins what stands before it in the word with what follows; both are not empty.
    fn joins(&self, before: &str, mark: char, after: &str) -> bool;

    /// Whether `mark` belongs to `word`, which stands in front of it, though it joins it with nothing; `after` is the rest of
    /// the paragraph.
    fn takes(&self, word: &str, mark: char, after: &str) -> bool;

    /// Whether the apostrophe in front of `after` begins a word.
    fn opens_word(&self, after: &str) -> bool;

    /// Cuts a word further: adds its parts to `tokens`.
    fn split(&self, text: &str, word: Span, tokens: &mut Vec<Span>);

    /// The abbreviations and the first words of sentences.
    fn lexicon(&self) -> &Lexicon;

    /// Whether numbers are written as in French: `10 000`, `-3` and `5 °C` are one token, one token, and two.
    fn writes_french_numbers(&self) -> bool;
}

/// Adds the words of `paragraph` to `tokens`.
pub(crate) fn scan(text: &str, paragraph: Span, dialect: &dyn Dialect, tokens: &mut Vec<Span>) {
    let first = tokens.len();
    let mut position = paragraph.start();
    while let Some(span) = next_chunk(text, position, paragraph.end()) {
        position = span.end();
        let mut chunk =
            Chunk { text, span, end_of_paragraph: paragraph.end(), at_start: tokens.len() == first, dialect };
        if dialect.writes_french_numbers() && follows_thousands(text, &tokens[first..], span) {
            let length = thousands(span.of(text));
            if let Some(last) = tokens.last_mut() {
                *last = Span::new(last.start(), span.start() + length);
            }
            chunk.span = Span::new(span.start() + length, span.end());
        }
        chunk.scan(tokens);
    }
}

/// The next stretch without white space.
fn next_chunk(text: &str, from: usize, end: usize) -> Option<Span> {
    let rest = &text[from..end];
    let start = from + rest.len() - rest.trim_start().len();
    let rest = &text[start..end];
    let ascii = rest.bytes().position(|byte| byte <= b' ' || byte >= 0x80).unwrap_or(rest.len());
    let length = ascii + rest[ascii..].find(char::is_whitespace).unwrap_or(rest.len() - ascii);
    (length > 0).then(|| Span::new(start, start + length))
}

/// Whether `chunk` begins with three digits that continue the number of the last token: `10 000`.
fn follows_thousands(text: &str, tokens: &[Span], chunk: Span) -> bool {
    let Some(&last) = tokens.last() else { return false };
    if digits(chunk.of(text)) != 3 {
        return false;
    }
    let gap = &text[last.end()..chunk.start()];
    let number = last.of(text);
    let tail = number.rsplit(char::is_whitespace).next().unwrap_or(number);
    let wanted = if tail.len() == number.len() { 1..=3 } else { 3..=3 };
    matches!(gap, " " | "\u{A0}" | "\u{202F}" | "\u{2009}")
        && wanted.contains(&tail.len())
        && tail.bytes().all(|byte| byte.is_ascii_digit())
}

/// The number of digits at the start of `chunk`, up to four.
fn digits(chunk: &str) -> usize {
    chunk.bytes().take(4).take_while(u8::is_ascii_digit).count()
}

/// The length of three digits and a decimal part at the start of `chunk`.
fn thousands(chunk: &str) -> usize {
    let decimals = match chunk.as_bytes().get(3) {
        Some(b',' | b'.') => chunk[4..].bytes().take_while(u8::is_ascii_digit).count(),
        _ => 0,
    };
    if decimals > 0 { 4 + decimals } else { 3 }
}

/// A stretch without white space.
pub(crate) struct Chunk<'t> {
    pub(crate) text: &'t str,
    pub(crate) span: Span,
    /// Where the paragraph ends, in bytes.
    pub(crate) end_of_paragraph: usize,
    /// Whether the paragraph starts here.
    pub(crate) at_start: bool,
    pub(crate) dialect: &'t dyn Dialect,
}

impl Chunk<'_> {
    fn scan(&self, tokens: &mut Vec<Span>) {
        let chunk = self.span.of(self.text);
        if chunk.bytes().all(|byte| byte.is_ascii_alphabetic()) && !chunk.is_empty() {
            self.dialect.split(self.text, self.span, tokens);
            return;
        }
        let mut position = self.span.start();
        while position < self.span.end() {
            let rest = &self.text[position..self.span.end()];
            let is_word = rest.starts_with(is_word);
            let length = if let Some(length) = address(rest) {
                tokens.push(Span::new(position, position + length));
                length
            } else if is_word {
                let length = self.word(position);
                self.dialect.split(self.text, Span::new(position, position + length), tokens);
                length
            } else {
                let length = mark(self, position);
                tokens.push(Span::new(position, position + length));
                length
            };
            position += length;
        }
    }

    /// The length of the word that begins at `start`.
    pub(crate) fn word(&self, start: usize) -> usize {
        let rest = &self.text[start..self.span.end()];
        let mut end = run_of_word(rest);
        while let Some(mark) = rest[end..].chars().next() {
            let after = &rest[end + mark.len_utf8()..];
            if after.starts_with(is_word) && self.dialect.joins(&rest[..end], mark, after) {
                end += mark.len_utf8() + run_of_word(after);
            } else if let Some(length) = optional_ending(&rest[end..]) {
                end += length + run_of_word(&rest[end + length..]);
            } else if mark == '.' && self.takes_stop(start, &rest[..=end]) {
                end += 1;
                let Some(length) = hyphen_behind_initial(&rest[..end], after) else { return end };
                end += length;
            } else if self.dialect.takes(&rest[..end], mark, self.behind(start + end + mark.len_utf8())) {
                return end + mark.len_utf8();
            } else {
                return end;
            }
        }
        end
    }

    /// The rest of the paragraph from `position`.
    fn behind(&self, position: usize) -> &str {
        &self.text[position..self.end_of_paragraph]
    }

    /// Whether the full stop at the end of `word`, which begins at `start`, belongs to it.
    fn takes_stop(&self, start: usize, word: &str) -> bool {
        let behind = self.behind(start + word.len());
        if behind.starts_with("..") {
            return false;
        }
        let numbers_item = self.at_start && start == self.span.start() && behind.starts_with(char::is_whitespace);
        if numbers_item && word.len() < 5 && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
            return true;
        }
        let stands_free = self.text[..start].chars().next_back().is_none_or(|c| !matches!(c, '°' | 'º' | '/' | '+'));
        stands_free && owns_stop(self.dialect.lexicon(), word, behind)
    }
}

/// The length of the letters, digits and marks at the start of `text`.
fn run_of_word(text: &str) -> usize {
    let ascii = text.bytes().take_while(|&byte| byte.is_ascii_alphanumeric() || byte == b'_').count();
    match text.as_bytes().get(ascii) {
        Some(byte) if !byte.is_ascii() => ascii + text[ascii..].find(|c| !is_word(c)).unwrap_or(text.len() - ascii),
        _ => ascii,
    }
}

/// The length of the hyphen and the word behind an initial: `J.-C.`
fn hyphen_behind_initial(word: &str, after: &str) -> Option<usize> {
    let hyphen = after.chars().next().filter(|&c| is_hyphen(c))?;
    let next = &after[hyphen.len_utf8()..];
    (next.starts_with(char::is_uppercase) && ends_in_initial(word)).then(|| hyphen.len_utf8() + run_of_word(next))
}

/// The length of an ending in brackets: `spouse(s)`, `traité(e)`.
fn optional_ending(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('(')?;
    let letters = inner.bytes().take(3).take_while(u8::is_ascii_alphabetic).count();
    let known =
        matches!(inner.get(..letters)?.to_ascii_lowercase().as_str(), "s" | "es" | "e" | "x" | "ne" | "a" | "le");
    (known && inner[letters..].starts_with(')')).then_some(letters + 2)
}
