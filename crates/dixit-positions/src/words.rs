//! The words that patterns are matched on: runs of letters and digits, and each other mark by itself.
//!
//! They are finer than the layer of tokens, so that a pattern means the same whatever a tokenizer takes for one word:
//! `don't` is `don`, `'`, `t`, and `a-t-il` is five.

use dixit_text::Span;

/// The spans of the words of `text`, which starts at the byte `offset` of the document.
pub(crate) fn words_of(text: &str, offset: usize) -> impl Iterator<Item = Span> + '_ {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = rest.find(|(_, character)| !character.is_whitespace())?;
        let mut end = start + first.len_utf8();
        if is_word(first) {
            while let Some((at, character)) = rest.next_if(|&(_, character)| is_word(character)) {
                end = at + character.len_utf8();
            }
        }
        Some(Span::new(offset + start, offset + end))
    })
}

/// Whether the character belongs to a word: letters, digits, and the marks that combine with them.
fn is_word(character: char) -> bool {
    character.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&character)
}

/// The word in lower case, a typographic apostrophe as `'`.
pub(crate) fn lower_case(word: &str) -> String {
    let mut lower = String::with_capacity(word.len());
    push_lower_case(word, &mut lower);
    lower
}

/// Puts the word in lower case behind what `buffer` holds.
pub(crate) fn push_lower_case(word: &str, buffer: &mut String) {
    if word.is_ascii() {
        let start = buffer.len();
        buffer.push_str(word);
        buffer[start..].make_ascii_lowercase();
    } else if word == "’" {
        buffer.push('\'');
    } else {
        buffer.extend(word.chars().flat_map(char::to_lowercase));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        words_of(text, 0).map(|span| span.of(text)).collect()
    }

    #[test]
    fn cuts_at_every_mark() {
        assert_eq!(
            words("«\u{a0}N’a-t-il rien dit\u{a0}?"),
            ["«", "N", "’", "a", "-", "t", "-", "il", "rien", "dit", "?"]
        );
        assert_eq!(words("They don't."), ["They", "don", "'", "t", "."]);
        assert!(words(" \n").is_empty());
    }

    #[test]
    fn lower_cases_with_accents() {
        assert_eq!(lower_case("ÉTAT"), "état");
        assert_eq!(lower_case("’"), "'");
    }
}
