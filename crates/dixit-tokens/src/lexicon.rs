//! The word lists of a language, from its data files.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::english::with_lower;

/// A list of words in lower case, unless it says otherwise.
pub(crate) type Words = FxHashSet<&'static str>;

/// How an abbreviation bears on the full stop behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// Never ends a sentence: `Mr.`, `M.`, `e.g.`
    Title,
    /// May end one: `etc.`, `Inc.`
    Final,
    /// Is one only in front of a number: `No. 5`, `p. 12`.
    Number,
    /// Is one only with a capital, and a word otherwise: `Mass.`
    Capital,
}

/// What is known about the words of one language.
#[derive(Default)]
pub(crate) struct Lexicon {
    /// Abbreviations with their full stop.
    abbreviations: FxHashMap<&'static str, Abbreviation>,
    /// Words, as written, that begin a sentence after an abbreviation.
    starters: Words,
    /// Verbs of saying.
    speech: Words,
}

/// What is known about English besides.
pub(crate) struct English {
    /// Prefixes that stay with the word behind their hyphen.
    pub(crate) prefixes: Words,
    /// Words that are two or three, with a bar between.
    pub(crate) contractions: FxHashMap<String, &'static str>,
    /// What stands behind the apostrophe of a clitic.
    pub(crate) clitics: Words,
    /// What stands behind an apostrophe that begins a word: `'em`.
    pub(crate) apostrophe_words: Words,
    /// Units that are written close to their number, as they are written.
    pub(crate) units: Words,
    /// What stands in front of the dollar sign: `US$`.
    pub(crate) dollars: Words,
    /// Words that a slash does not part: `b/c`.
    pub(crate) slashed_words: Words,
}

/// What is known about French besides.
pub(crate) struct French {
    /// Words that lose their last vowel, without the apostrophe.
    pub(crate) elisions: Words,
    /// Words with an apostrophe inside that are one; ASCII apostrophes.
    pub(crate) whole_words: Words,
    /// Pronouns and particles behind a hyphen that are words of their own.
    pub(crate) enclitics: Words,
    /// Words that look as if an enclitic followed.
    pub(crate) compounds: Words,
    /// Units that are written close to their number.
    pub(crate) units: Words,
}

macro_rules! words {
    ($file:literal) => {
        entries(include_str!(concat!("../data/", $file)))
    };
}

impl Lexicon {
    pub(crate) fn english() -> Self {
        Self {
            abbreviations: abbreviations(
                words!("en/abbreviations.txt"),
                words!("en/final_abbreviations.txt"),
                words!("en/number_abbreviations.txt"),
                words!("en/capital_abbreviations.txt"),
            ),
            starters: words!("en/starters.txt").collect(),
            speech: words!("en/speech.txt").collect(),
        }
    }

    pub(crate) fn french() -> Self {
        Self {
            abbreviations: abbreviations(
                words!("fr/abbreviations.txt"),
                words!("fr/final_abbreviations.txt"),
                words!("fr/number_abbreviations.txt"),
                std::iter::empty(),
            ),
            starters: words!("fr/starters.txt").collect(),
            speech: words!("fr/speech.txt").collect(),
        }
    }

    /// What kind of abbreviation `word`, with its full stop, is.
    pub(crate) fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        with_lower(word, |lower| self.abbreviations.get(lower).copied())
    }

    /// Whether `word` begins sentences; ASCII apostrophes and typographic ones count the same.
    pub(crate) fn is_starter(&self, word: &str) -> bool {
        match word.strip_suffix('’') {
            Some(stem) => self.starters.contains(format!("{stem}'").as_str()),
            None => self.starters.contains(word),
        }
    }

    /// Whether `word` is a verb of saying.
    pub(crate) fn is_speech(&self, word: &str) -> bool {
        with_lower(word, |lower| self.speech.contains(lower))
    }
}

/// The kinds of abbreviations in one map. An entry of two lists is of the kind of the later.
fn abbreviations(
    titles: impl Iterator<Item = &'static str>,
    finals: impl Iterator<Item = &'static str>,
    numbers: impl Iterator<Item = &'static str>,
    capitals: impl Iterator<Item = &'static str>,
) -> FxHashMap<&'static str, Abbreviation> {
    titles
        .map(|word| (word, Abbreviation::Title))
        .chain(finals.map(|word| (word, Abbreviation::Final)))
        .chain(numbers.map(|word| (word, Abbreviation::Number)))
        .chain(capitals.map(|word| (word, Abbreviation::Capital)))
        .collect()
}

impl English {
    pub(crate) fn new() -> Self {
        Self {
            prefixes: words!("en/prefixes.txt").collect(),
            contractions: words!("en/contractions.txt").map(|parts| (parts.replace('|', ""), parts)).collect(),
            clitics: words!("en/clitics.txt").collect(),
            apostrophe_words: words!("en/apostrophe_words.txt").collect(),
            units: words!("en/units.txt").collect(),
            dollars: words!("en/dollars.txt").collect(),
            slashed_words: words!("en/slashed_words.txt").collect(),
        }
    }
}

impl French {
    pub(crate) fn new() -> Self {
        Self {
            elisions: words!("fr/elisions.txt").collect(),
            whole_words: words!("fr/whole_words.txt").collect(),
            enclitics: words!("fr/enclitics.txt").collect(),
            compounds: words!("fr/compounds.txt").collect(),
            units: words!("fr/units.txt").collect(),
        }
    }
}

/// The entries of a data file, one a line; lines that start with `# ` are comments.
fn entries(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.starts_with("# "))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn every_data_file_is_sorted_without_duplicates_and_blanks() {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        for language in ["any", "en", "fr"] {
            for file in std::fs::read_dir(data.join(language)).unwrap() {
                let path = file.unwrap().path();
                let text = std::fs::read_to_string(&path).unwrap();
                let lines: Vec<_> = text.lines().filter(|line| !line.starts_with("# ")).collect();
                assert!(lines.is_sorted_by(|a, b| a < b), "{}", path.display());
                assert!(lines.iter().all(|line| !line.trim().is_empty() && line.trim() == *line), "{}", path.display());
            }
        }
    }
}
