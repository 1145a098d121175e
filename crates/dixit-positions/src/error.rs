//! What can be wrong with a topic file.

/// Why a topic file was refused: the file, the line, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum TopicError {
    /// The file is not TOML.
    #[error("`{file}`, line {line}: not TOML: {}", source.message())]
    Syntax {
        /// The name of the file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What the TOML parser says.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// A key that topic files do not have.
    #[error("`{file}`, line {line}: unknown key `{key}`: known here are {known}")]
    UnknownKey {
        /// The name of the file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The key.
        key: String,
        /// The keys that are known there, each in backticks.
        known: String,
    },
    /// A value of the wrong kind.
    #[error("`{file}`, line {line}: `{key}` must be {expected}")]
    WrongValue {
        /// The name of the file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The key.
        key: String,
        /// What it must be, e.g. `a list of strings`.
        expected: String,
    },
    /// A key that must be there is not.
    #[error("`{file}`, line {line}: `{key}` is missing: {hint}")]
    MissingKey {
        /// The name of the file.
        file: String,
        /// The line of the table that lacks it, from 1.
        line: usize,
        /// The key.
        key: &'static str,
        /// What to write.
        hint: &'static str,
    },
    /// The file is about nothing in any language.
    #[error("`{file}`: no language: add a table `[en]` or `[fr]` with `terms`")]
    NoLanguage {
        /// The name of the file.
        file: String,
    },
    /// A language without terms.
    #[error("`{file}`, line {line}: `[{language}]` has no terms: add some, or take the table out")]
    EmptyLanguage {
        /// The name of the file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The language's code.
        language: String,
    },
    /// A pattern that would match nearly every text.
    #[error("`{file}`, line {line}: `{pattern}` matches everything: write at least two letters before `*`")]
    MatchesEverything {
        /// The name of the file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The pattern.
        pattern: String,
    },
    /// A pattern that cannot be read.
    #[error("`{file}`, line {line}: bad pattern `{pattern}`: {fault}")]
    BadPattern {
        /// The name of the file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        #[source]
        fault: PatternFault,
    },
    /// A pattern that stands twice in one language: among terms and hints, lookalikes, or cues.
    #[error("`{file}`, line {line}: `{pattern}` stands already in line {first}: take one of them out")]
    Duplicate {
        /// The name of the file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The pattern.
        pattern: String,
        /// The line of the first, from 1.
        first: usize,
    },
}

/// What is wrong with a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatternFault {
    /// There is no word in it.
    #[error("it is empty: write at least one word")]
    Empty,
    /// A `*` that does not end a word.
    #[error("`*` may stand only at the end of a word, as in `negotiat*`")]
    Star,
    /// A `...` at an end, or beside another.
    #[error("`...` may stand only between two words, once")]
    Gap,
    /// A mark that means something in regular expressions and in no pattern.
    #[error("patterns are words and no regular expressions: leave out `{0}`")]
    Regex(char),
    /// It would match nearly every text.
    #[error("it matches everything: write at least two letters before `*`")]
    Everything,
}
