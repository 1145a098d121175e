//! Marks: punctuation, symbols, emoticons, and the words that a mark begins.

use crate::characters::{is_apostrophe, is_mark, is_word, makes_runs};
use crate::scanner::Chunk;

/// The length of the token that begins with the mark at `position` of the text.
pub(crate) fn mark(chunk: &Chunk<'_>, position: usize) -> usize {
    let rest = &chunk.text[position..chunk.span.end()];
    let Some(c) = rest.chars().next() else { return 0 };
    let after = &rest[c.len_utf8()..];
    let leads = position == chunk.span.start();
    if begins_word(chunk, c, after, leads) {
        return c.len_utf8() + chunk.word(position + c.len_utf8());
    }
    if leads {
        let french = chunk.dialect.writes_french_numbers();
        if let Some(length) = emoticon(rest).or_else(|| degrees(rest).filter(|_| french)) {
            return length;
        }
    }
    run(rest, c)
}

/// Whether the mark `c` is the first character of a word: `#paix`, `@dixit`, `.5`, `'em`, and `-3` in French.
fn begins_word(chunk: &Chunk<'_>, c: char, after: &str, leads: bool) -> bool {
    let Some(next) = after.chars().next() else { return false };
    match c {
        '#' => is_word(next) && !next.is_ascii_digit(),
        '@' => is_word(next),
        '+' | '.' => leads && next.is_ascii_digit(),
        '-' | '−' => leads && next.is_ascii_digit() && chunk.dialect.writes_french_numbers(),
        c => is_apostrophe(c) && is_word(next) && chunk.dialect.opens_word(after),
    }
}

/// The length of the run of marks at the start of `rest`, which `c` begins.
fn run(rest: &str, c: char) -> usize {
    if matches!(c, '!' | '?') {
        return rest.find(|c| !matches!(c, '!' | '?')).unwrap_or(rest.len());
    }
    if rest.starts_with("+/-") {
        return 3;
    }
    if makes_runs(c) {
        return rest.find(|other| other != c).unwrap_or(rest.len());
    }
    let after = &rest[c.len_utf8()..];
    c.len_utf8() + after.find(|c| !is_mark(c)).unwrap_or(after.len())
}

/// The length of an emoticon at the start of `text`: eyes, perhaps a nose, a mouth.
fn emoticon(text: &str) -> Option<usize> {
    let eyes = text.chars().next().filter(|c| matches!(c, ':' | ';' | '='))?.len_utf8();
    let nose = usize::from(text[eyes..].starts_with('-'));
    let mouth = text[eyes + nose..].chars().next()?;
    let end = eyes + nose + mouth.len_utf8();
    let alone = !text[end..].starts_with(char::is_alphanumeric);
    (matches!(mouth, ')' | '(' | 'D' | 'P' | 'p' | 'o' | 'O' | '/' | '|') && alone).then_some(end)
}

/// The length of `°C` at the start of `text`.
fn degrees(text: &str) -> Option<usize> {
    let unit = text.strip_prefix('°')?;
    let alone = |text: &str| !text.starts_with(char::is_alphanumeric);
    (unit.starts_with(['C', 'F', 'K']) && alone(&unit[1..])).then_some('°'.len_utf8() + 1)
}
