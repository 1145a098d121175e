//! Patterns: words as they stand in a text, with two wildcards.
//!
//! - `talks` matches the word, in upper or lower case; `peace process` the two words in a row.
//! - `negotiat*` matches every word that starts so; `*` stands at the end of a word, after two letters at least.
//! - `ne ... que si`: `...` stands for up to four words of the same sentence, or none.
//!
//! Apostrophes match typographic ones, and a hyphen or another mark is a word of its own: `cease-fire` is three.

use crate::PatternFault;
use crate::words::{lower_case, words_of};

/// What one word of a text must be.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    /// This word, in lower case.
    Word(String),
    /// A word that starts so, in lower case.
    Prefix(String),
    /// Up to [`GAP`] words.
    Gap,
}

/// The most words that `...` stands for.
pub(crate) const GAP: usize = 4;

/// The fewest letters before `*`.
const SHORTEST_PREFIX: usize = 2;

/// What regular expressions are known by; no word of a text holds them.
const REGEX: [char; 11] = ['(', ')', '[', ']', '{', '}', '|', '\\', '^', '$', '+'];

/// The parts of a pattern.
///
/// # Errors
/// [`PatternFault`] where a wildcard stands wrong, or nothing else does.
pub(crate) fn parse(pattern: &str) -> Result<Vec<Part>, PatternFault> {
    if let Some(mark) = pattern.chars().find(|character| REGEX.contains(character)) {
        return Err(PatternFault::Regex(mark));
    }
    let mut parts = Vec::new();
    for piece in pattern.split_whitespace() {
        if piece == "..." {
            parts.push(Part::Gap);
        } else {
            parse_piece(piece, &mut parts)?;
        }
    }
    check(&parts)?;
    Ok(parts)
}

fn parse_piece(piece: &str, parts: &mut Vec<Part>) -> Result<(), PatternFault> {
    let stem = piece.strip_suffix('*');
    let text = stem.unwrap_or(piece);
    if text.contains('*') {
        return Err(PatternFault::Star);
    }
    let before = parts.len();
    parts.extend(words_of(text, 0).map(|span| Part::Word(lower_case(span.of(text)))));
    if stem.is_none() {
        return Ok(());
    }
    match parts.pop() {
        Some(Part::Word(word)) if parts.len() >= before => {
            let letters = word.chars().filter(|character| character.is_alphanumeric()).count();
            if letters < SHORTEST_PREFIX {
                return Err(PatternFault::Everything);
            }
            parts.push(Part::Prefix(word));
            Ok(())
        }
        _ => Err(PatternFault::Everything),
    }
}

fn check(parts: &[Part]) -> Result<(), PatternFault> {
    let gaps = parts.iter().filter(|&part| *part == Part::Gap).count();
    if parts.len() == gaps {
        return Err(if gaps == 0 { PatternFault::Empty } else { PatternFault::Everything });
    }
    let at_end = parts.first() == Some(&Part::Gap) || parts.last() == Some(&Part::Gap);
    if gaps > 1 || at_end { Err(PatternFault::Gap) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Part {
        Part::Word(text.to_owned())
    }

    #[test]
    fn reads_words_prefixes_and_gaps() {
        assert_eq!(parse("Peace process"), Ok(vec![word("peace"), word("process")]));
        assert_eq!(parse("négoci*"), Ok(vec![Part::Prefix("négoci".to_owned())]));
        assert_eq!(parse("n’ ... qu'avec"), parse("n' ... qu’avec"));
        assert_eq!(parse("cease-fire*").map(|parts| parts.len()), Ok(3));
    }

    #[test]
    fn refuses_wildcards_that_stand_wrong() {
        assert_eq!(parse("neg*tiate"), Err(PatternFault::Star));
        assert_eq!(parse("... talks"), Err(PatternFault::Gap));
        assert_eq!(parse("a ... b ... c"), Err(PatternFault::Gap));
        assert_eq!(parse(" "), Err(PatternFault::Empty));
    }

    #[test]
    fn refuses_regular_expressions() {
        assert_eq!(parse("(talks|parley"), Err(PatternFault::Regex('(')));
        assert_eq!(parse("talks$"), Err(PatternFault::Regex('$')));
    }

    #[test]
    fn refuses_what_matches_everything() {
        for pattern in ["*", "a*", "...", "no *", "-*"] {
            assert_eq!(parse(pattern), Err(PatternFault::Everything), "{pattern}");
        }
    }
}
