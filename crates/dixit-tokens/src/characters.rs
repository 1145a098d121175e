//! Classes of characters.

/// Whether the character can stand inside a word: a letter, a digit, a combining mark, or what joins letters invisibly.
pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c) || c == '_'
}

/// Combining marks, variation selectors and joiners, which belong to the character in front.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}' | '\u{200C}' | '\u{200D}' | '\u{AD}' | '\u{1F3FB}'..='\u{1F3FF}')
}

/// ASCII and typographic apostrophes.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '\u{2BC}' | '\u{FF07}')
}

/// The hyphens that join words: not the dashes.
pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Whether a run of this character is one token: `...`, `--`, `***`.
pub(crate) fn makes_runs(c: char) -> bool {
    matches!(c, '.' | '-' | '=' | '*' | '_' | '+' | '~' | '<' | '>' | '/' | '\\' | '$' | '`' | '#' | '–' | '—' | '…')
}

/// Marks that end a sentence.
pub(crate) fn is_terminal(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‽' | '⁇' | '⁈' | '⁉' | '。' | '！' | '？')
}

/// Marks that can only close.
pub(crate) fn is_closer(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '”' | '’' | '»' | '›')
}

/// Marks that open or close by where they stand.
pub(crate) fn is_straight_quote(c: char) -> bool {
    matches!(c, '"' | '\'')
}
