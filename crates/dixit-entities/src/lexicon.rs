//! What is known about words, from the data files.

use dixit_document::LanguageCode;
use rustc_hash::FxHashMap;

/// The lists that a word, or the beginning of a longer name, is in: a bit set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lists(u32);

impl Lists {
    pub(crate) const GIVEN_NAME: Self = Self(1);
    pub(crate) const PLACE: Self = Self(1 << 1);
    pub(crate) const DEMONYM: Self = Self(1 << 2);
    pub(crate) const ORGANIZATION: Self = Self(1 << 3);
    pub(crate) const TITLE: Self = Self(1 << 4);
    pub(crate) const ORGANIZATION_WORD: Self = Self(1 << 5);
    pub(crate) const PLACE_WORD: Self = Self(1 << 6);
    pub(crate) const FACILITY_WORD: Self = Self(1 << 7);
    pub(crate) const CONNECTOR: Self = Self(1 << 8);
    pub(crate) const MONTH: Self = Self(1 << 9);
    pub(crate) const WEEKDAY: Self = Self(1 << 10);
    pub(crate) const CURRENCY: Self = Self(1 << 11);
    pub(crate) const CURRENCY_MARK: Self = Self(1 << 12);
    pub(crate) const NUMBER: Self = Self(1 << 13);
    /// Begins sentences and is no name; listed in lower case.
    pub(crate) const STARTER: Self = Self(1 << 14);

    pub(crate) const FAMILY_NAME: Self = Self(1 << 15);
    pub(crate) const FACILITY: Self = Self(1 << 16);
    pub(crate) const EVENT: Self = Self(1 << 17);

    pub(crate) const NONE: Self = Self(0);

    /// The number of each list.
    pub(crate) fn numbers(self) -> impl Iterator<Item = u64> {
        (0..u64::from(u32::BITS)).filter(move |number| self.0 >> number & 1 == 1)
    }

    /// Whether it is in any of the lists of `other`.
    pub(crate) fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// The bits.
    pub(crate) fn bits(self) -> u64 {
        u64::from(self.0)
    }

    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The lists of one language, with those of both.
pub(crate) struct Lexicon {
    /// Words as written.
    words: FxHashMap<&'static str, Lists>,
    /// Names of several words: by their first word, the rest.
    phrases: FxHashMap<&'static str, Vec<(Vec<&'static str>, Lists)>>,
}

macro_rules! lists {
    ($($file:literal => $list:expr),+ $(,)?) => {
        [$((include_str!(concat!("../data/", $file)), $list)),+]
    };
}

impl Lexicon {
    pub(crate) fn english() -> Self {
        Self::new(&lists!(
            "en/connectors.txt" => Lists::CONNECTOR, "en/countries.txt" => Lists::PLACE, "en/currencies.txt" => Lists::CURRENCY,
            "en/demonyms.txt" => Lists::DEMONYM, "en/facility_words.txt" => Lists::FACILITY_WORD, "en/months.txt" => Lists::MONTH,
            "en/numbers.txt" => Lists::NUMBER, "en/organization_words.txt" => Lists::ORGANIZATION_WORD,
            "en/place_words.txt" => Lists::PLACE_WORD, "en/starters.txt" => Lists::STARTER, "en/titles.txt" => Lists::TITLE, "en/weekdays.txt" => Lists::WEEKDAY,
        ))
    }

    pub(crate) fn french() -> Self {
        Self::new(&lists!(
            "fr/connectors.txt" => Lists::CONNECTOR, "fr/countries.txt" => Lists::PLACE, "fr/currencies.txt" => Lists::CURRENCY,
            "fr/demonyms.txt" => Lists::DEMONYM, "fr/facility_words.txt" => Lists::FACILITY_WORD, "fr/months.txt" => Lists::MONTH,
            "fr/numbers.txt" => Lists::NUMBER, "fr/organization_words.txt" => Lists::ORGANIZATION_WORD,
            "fr/place_words.txt" => Lists::PLACE_WORD, "fr/starters.txt" => Lists::STARTER, "fr/titles.txt" => Lists::TITLE, "fr/weekdays.txt" => Lists::WEEKDAY,
        ))
    }

    fn new(own: &[(&'static str, Lists)]) -> Self {
        let shared = lists!(
            "any/currency_marks.txt" => Lists::CURRENCY_MARK, "any/events.txt" => Lists::EVENT,
            "any/facilities.txt" => Lists::FACILITY, "any/family_names.txt" => Lists::FAMILY_NAME, "any/given_names.txt" => Lists::GIVEN_NAME,
            "any/organizations.txt" => Lists::ORGANIZATION, "any/places.txt" => Lists::PLACE,
        );
        let mut lexicon = Self { words: FxHashMap::default(), phrases: FxHashMap::default() };
        for &(file, list) in own.iter().chain(&shared) {
            for entry in file.lines() {
                lexicon.insert(entry, list);
            }
        }
        lexicon
    }

    fn insert(&mut self, entry: &'static str, list: Lists) {
        let mut words = entry.split(' ');
        let first = words.next().unwrap_or(entry);
        let rest: Vec<_> = words.collect();
        if rest.is_empty() {
            self.words.entry(first).or_default().add(list);
        } else {
            self.phrases.entry(first).or_default().push((rest, list));
        }
    }

    /// The lists that `word` is in, as it is written.
    pub(crate) fn lists(&self, word: &str) -> Lists {
        self.words.get(word).copied().unwrap_or_default()
    }

    /// The lists that a word is in; of one in capitals also those of its usual form, and in French also those of the lower case that head
    /// names: `l'Union des pêcheurs`.
    pub(crate) fn lists_of_name(&self, word: &str, language: LanguageCode) -> Lists {
        let mut lists = self.lists(word);
        if lists == Lists::default() && is_shouted(word) {
            let mut letters = word.chars();
            let usual: String = letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect();
            lists = self.lists(&usual);
        }
        if language == LanguageCode::Fr && word.starts_with(char::is_uppercase) {
            let heads = Lists::ORGANIZATION_WORD.or(Lists::FACILITY_WORD).or(Lists::PLACE_WORD);
            lists.add(Lists(self.lists(&word.to_lowercase()).0 & heads.0));
        }
        lists
    }

    /// The longest listed name of several words that begins with `first`: how many words, and its lists. `next` gives the words behind.
    pub(crate) fn phrase<'w>(&self, first: &str, next: impl Fn(usize) -> Option<&'w str>) -> Option<(usize, Lists)> {
        let candidates = self.phrases.get(first)?;
        let fits = |rest: &[&str]| rest.iter().enumerate().all(|(offset, word)| next(offset + 1) == Some(word));
        let longest = candidates.iter().filter(|(rest, _)| fits(rest)).max_by_key(|(rest, _)| rest.len())?;
        Some((longest.0.len() + 1, longest.1))
    }
}

/// Whether a word is written in capitals, and too long to be one of the acronyms that always are.
fn is_shouted(word: &str) -> bool {
    word.len() > 4 && word.chars().all(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_data_file_is_sorted_without_duplicates() {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        for folder in ["any", "en", "fr"] {
            for file in std::fs::read_dir(data.join(folder)).unwrap() {
                let path = file.unwrap().path();
                let text = std::fs::read_to_string(&path).unwrap();
                assert!(text.lines().is_sorted_by(|a, b| a < b), "{}", path.display());
            }
        }
    }

    #[test]
    fn a_word_in_capitals_is_in_the_lists_of_its_usual_form() {
        let lexicon = Lexicon::english();
        assert!(lexicon.lists_of_name("ABIDJAN", LanguageCode::En).is(Lists::PLACE));
        assert!(!lexicon.lists_of_name("ABA", LanguageCode::En).is(Lists::PLACE));
    }

    #[test]
    fn finds_the_longest_name_of_several_words() {
        let lexicon = Lexicon::english();
        let words = ["New", "York", "City", "Hall"];
        assert_eq!(lexicon.phrase("New", |offset| words.get(offset).copied()).unwrap().0, 3);
        assert!(lexicon.phrase("Newt", |_| None).is_none());
        assert!(lexicon.lists("Monday").is(Lists::WEEKDAY));
    }
}
