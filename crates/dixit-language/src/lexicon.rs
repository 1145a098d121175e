//! Function words and letters, from the data files.

use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::FxHashMap;

use crate::tongue::Tongue;

/// What is known about the words and letters of all tongues.
pub(crate) struct Lexicon {
    words: FxHashMap<&'static str, u8>,
    letters: AhoCorasick,
    letter_tongues: Vec<Tongue>,
}

const WORDS: [&str; Tongue::COUNT] = [
    include_str!("../data/function_words/en.txt"),
    include_str!("../data/function_words/fr.txt"),
    include_str!("../data/function_words/es.txt"),
    include_str!("../data/function_words/nl.txt"),
    include_str!("../data/function_words/de.txt"),
    include_str!("../data/function_words/it.txt"),
    include_str!("../data/function_words/pt.txt"),
];
const LETTERS: &str = include_str!("../data/letters.tsv");

impl Lexicon {
    pub(crate) fn new() -> Self {
        let mut words: FxHashMap<&str, u8> = FxHashMap::default();
        for (file, tongue) in WORDS.iter().zip(Tongue::ALL) {
            for word in file.lines() {
                *words.entry(word).or_default() |= 1 << tongue as u8;
            }
        }
        let entries = LETTERS.lines().filter_map(|line| line.split_once('\t'));
        let (patterns, tongues): (Vec<_>, Vec<_>) = entries
            .filter_map(|(letters, iso)| Some((letters, Tongue::ALL.into_iter().find(|tongue| tongue.iso() == iso)?)))
            .unzip();
        let letters = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns);
        let letters = letters.unwrap_or_else(|error| unreachable!("the patterns are few and short: {error}"));
        Self { words, letters, letter_tongues: tongues }
    }

    /// The tongues that have `word`, in lower case, as a bit set by [`Tongue`].
    pub(crate) fn tongues_of(&self, word: &str) -> u8 {
        self.words.get(word).copied().unwrap_or(0)
    }

    /// The tongue of each group of letters in `text`, in lower case.
    pub(crate) fn letters_in(&self, text: &str) -> impl Iterator<Item = Tongue> {
        self.letters.find_iter(text.as_bytes()).map(|found| self.letter_tongues[found.pattern().as_usize()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_data_file_is_sorted_without_duplicates() {
        for file in WORDS.iter().chain([&LETTERS]) {
            assert!(file.lines().is_sorted_by(|a, b| a < b), "{}", &file[..20]);
        }
    }

    #[test]
    fn knows_the_tongues_of_a_word() {
        let lexicon = Lexicon::new();
        assert_eq!(lexicon.tongues_of("the"), 1);
        assert_eq!(lexicon.tongues_of("dans"), 2);
        assert_eq!(lexicon.letters_in("straße ijs").collect::<Vec<_>>(), [Tongue::German, Tongue::Dutch]);
    }
}
