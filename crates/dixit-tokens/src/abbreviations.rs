//! Abbreviations and initials: whether a full stop belongs to the word in front.

use crate::characters::{is_apostrophe, is_hyphen};
use crate::english::with_lower;
use crate::lexicon::{Abbreviation, Lexicon};

/// The longest abbreviation, in bytes; what is longer is a word.
const LONGEST: usize = 32;
/// How far ahead of a full stop the next words are looked for, in bytes.
const AHEAD: usize = 64;

/// What follows a full stop.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Following {
    /// The paragraph ends.
    Nothing,
    /// A digit, or a Roman number.
    Number,
    /// A word that begins sentences.
    Starter,
    /// Anything else.
    Other,
}

/// Whether the full stop at the end of `word` belongs to it; `behind` is the rest of the paragraph.
pub(crate) fn owns_stop(lexicon: &Lexicon, word: &str, behind: &str) -> bool {
    let word = last_part(word);
    let doubled = behind.starts_with('.');
    match lexicon.abbreviation(word) {
        Some(Abbreviation::Title) => !doubled,
        Some(Abbreviation::Final) => true,
        Some(Abbreviation::Number) if !is_initial(word) => !doubled && following(lexicon, behind) == Following::Number,
        Some(Abbreviation::Capital) => {
            word.starts_with(char::is_uppercase)
                && !doubled
                && !matches!(following(lexicon, behind), Following::Nothing | Following::Starter)
        }
        _ if is_initial(word) => {
            word != "I." && !doubled && !matches!(following(lexicon, behind), Following::Nothing | Following::Starter)
        }
        _ => is_acronym(word),
    }
}

/// Whether `word` is letters with a full stop behind each: `U.S.`, `e.g.`, `J.-C.`, `Ph.D.`
pub(crate) fn is_acronym(word: &str) -> bool {
    let mut parts = 0;
    for part in word.split_terminator('.') {
        let part = part.trim_start_matches(is_hyphen);
        let letters = part.chars().take(4).count();
        let fits = letters == 1 || (matches!(letters, 2 | 3) && part.starts_with(char::is_uppercase));
        if !fits || !part.chars().all(char::is_alphabetic) {
            return false;
        }
        parts += 1;
    }
    parts > 1 && word.ends_with('.')
}

/// Whether `word` is one capital with a full stop behind it.
pub(crate) fn is_initial(word: &str) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(char::is_uppercase) && characters.next() == Some('.') && characters.next().is_none()
}

/// Whether `word` ends in one capital with a full stop, and no letter or full stop in front: `J.`, `J.-C.`
pub(crate) fn ends_in_initial(word: &str) -> bool {
    let mut characters = word.chars().rev();
    characters.next() == Some('.')
        && characters.next().is_some_and(char::is_uppercase)
        && characters.next().is_none_or(|c| is_hyphen(c) || is_apostrophe(c))
}

/// What stands behind the last apostrophe of `word`, or its last bytes where it is long.
fn last_part(word: &str) -> &str {
    let start = (word.len().saturating_sub(LONGEST)..word.len()).find(|&at| word.is_char_boundary(at)).unwrap_or(0);
    let tail = &word[start..];
    tail.char_indices().rev().find(|&(_, c)| is_apostrophe(c)).map_or(tail, |(at, c)| &tail[at + c.len_utf8()..])
}

fn following(lexicon: &Lexicon, behind: &str) -> Following {
    let end = (AHEAD..AHEAD + 4).find(|&at| behind.is_char_boundary(at)).unwrap_or(behind.len());
    let behind = &behind[..end.min(behind.len())];
    let mut words = behind.split(char::is_whitespace).take(8).filter(|word| !word.is_empty());
    let touches = behind.starts_with(|c: char| !c.is_whitespace());
    let Some(next) = words.next() else {
        return if behind.trim_start().is_empty() { Following::Nothing } else { Following::Other };
    };
    let number = next.trim_start_matches(['[', '(']);
    if number.starts_with(|c: char| c.is_ascii_digit() || c == '½') || is_roman(number) {
        return Following::Number;
    }
    let end = next.char_indices().take(LONGEST).find(|&(_, c)| !c.is_alphanumeric());
    let letters =
        &next[..end.map_or(next.len().min(LONGEST), |(at, c)| at + if is_apostrophe(c) { c.len_utf8() } else { 0 })];
    // `J. Le Goff`: the starter belongs to a name where a capital follows it.
    let is_name = letters.len() == next.len() && words.next().is_some_and(|word| word.starts_with(char::is_uppercase));
    if !touches && !is_name && lexicon.is_starter(letters) { Following::Starter } else { Following::Other }
}

/// Whether `word` is a Roman number of two figures or more.
fn is_roman(word: &str) -> bool {
    let word = word.trim_end_matches([',', '.', ')', ';', ':']);
    word.len() > 1 && word.len() < 8 && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L' | b'C'))
}

/// Whether `word`, which no list holds, looks like an abbreviation: a few letters without a vowel.
pub(crate) fn looks_abbreviated(word: &str) -> bool {
    word.len() < 5
        && word.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !with_lower(word, |lower| lower.contains(['a', 'e', 'i', 'o', 'u', 'y']))
        && !word.bytes().all(|byte| byte.is_ascii_uppercase())
}
