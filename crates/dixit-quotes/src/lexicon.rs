//! What is known about words that matter to quotations, from the data files.

use rustc_hash::FxHashMap;

/// The classes of a word: a bit set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Class(u32);

impl Class {
    /// May take direct speech: `said`.
    pub(crate) const SPEECH: Self = Self(1);
    /// May take a clause: `said that`.
    pub(crate) const CLAUSE: Self = Self(1 << 1);
    /// May take an infinitive: `vowed to`, `refuse de`.
    pub(crate) const INFINITIVE: Self = Self(1 << 2);
    /// May take a noun phrase: `condemned`.
    pub(crate) const PHRASE: Self = Self(1 << 3);
    /// Takes `à` and what is called for: `appelle`.
    pub(crate) const CALL: Self = Self(1 << 4);
    /// Takes a person and `de` and what is said of them: `accuse`.
    pub(crate) const ASCRIPTION: Self = Self(1 << 5);
    /// A finite form, present or past.
    pub(crate) const FINITE: Self = Self(1 << 6);
    /// An `-ing` form or a French present participle.
    pub(crate) const GERUND: Self = Self(1 << 7);
    /// A past participle that is no finite form.
    pub(crate) const PARTICIPLE: Self = Self(1 << 8);
    /// The base form or infinitive.
    pub(crate) const BASE: Self = Self(1 << 9);
    pub(crate) const AUXILIARY: Self = Self(1 << 10);
    pub(crate) const ADVERB: Self = Self(1 << 11);
    pub(crate) const PRONOUN: Self = Self(1 << 12);
    pub(crate) const RELATIVE: Self = Self(1 << 13);
    pub(crate) const COMPLEMENTIZER: Self = Self(1 << 14);
    pub(crate) const DETERMINER: Self = Self(1 << 15);
    pub(crate) const PREPOSITION: Self = Self(1 << 16);
    pub(crate) const SUBORDINATOR: Self = Self(1 << 17);
    /// A noun that can speak: `minister`, `rapport`.
    pub(crate) const ROLE: Self = Self(1 << 18);
    /// A word before titles, nicknames and terms: `film`, `dits`.
    pub(crate) const TITLE_WORD: Self = Self(1 << 19);
    /// Not a word: punctuation.
    pub(crate) const MARK: Self = Self(1 << 20);
    /// Begins with a capital.
    pub(crate) const CAPITAL: Self = Self(1 << 21);
    /// Stands inside quotation marks.
    pub(crate) const QUOTED: Self = Self(1 << 22);
    /// The first word of what names a source without a verb: `according to`, `selon`.
    pub(crate) const SOURCING: Self = Self(1 << 23);
    /// A noun for a body that speaks: `company`, `syndicat`.
    pub(crate) const BODY: Self = Self(1 << 24);
    /// Takes a clause without `that` readily: `said`.
    pub(crate) const BARE: Self = Self(1 << 25);
    /// A noun that takes a clause: `claim`, `promesse`.
    pub(crate) const NOUN_CUE: Self = Self(1 << 26);
    /// Attributes now and then, which only the model can tell: `backed`, `revendique`.
    pub(crate) const TRIGGER: Self = Self(1 << 27);
    /// Any form of a verb that attributes.
    pub(crate) const CUE: Self = Self(0b11_1111);

    /// The classes as a number, to make features of.
    pub(crate) const fn bits(self) -> u32 {
        self.0
    }

    /// Whether it has any of the classes of `other`.
    pub(crate) fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    #[must_use]
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The words of one language with their classes.
pub(crate) struct Lexicon {
    classes: FxHashMap<&'static str, Class>,
}

macro_rules! lists {
    ($language:literal: $($file:literal => $class:expr),+ $(,)?) => {
        [$((include_str!(concat!("../data/", $language, "/", $file)), $class)),+]
    };
}

impl Lexicon {
    pub(crate) fn english() -> Self {
        Self::new(
            include_str!("../data/en/cues.tsv"),
            &lists!("en": "adverbs.txt" => Class::ADVERB, "auxiliaries.txt" => Class::AUXILIARY, "complementizers.txt" => Class::COMPLEMENTIZER,
                "determiners.txt" => Class::DETERMINER, "prepositions.txt" => Class::PREPOSITION, "pronouns.txt" => Class::PRONOUN,
                "relatives.txt" => Class::RELATIVE, "roles.txt" => Class::ROLE, "subordinators.txt" => Class::SUBORDINATOR,
                "title_words.txt" => Class::TITLE_WORD, "sourcings.txt" => Class::SOURCING, "body_nouns.txt" => Class::BODY, "noun_cues.txt" => Class::NOUN_CUE, "triggers.txt" => Class::TRIGGER),
        )
    }

    pub(crate) fn french() -> Self {
        Self::new(
            include_str!("../data/fr/cues.tsv"),
            &lists!("fr": "adverbs.txt" => Class::ADVERB, "auxiliaries.txt" => Class::AUXILIARY, "complementizers.txt" => Class::COMPLEMENTIZER,
                "determiners.txt" => Class::DETERMINER, "prepositions.txt" => Class::PREPOSITION, "pronouns.txt" => Class::PRONOUN,
                "relatives.txt" => Class::RELATIVE, "roles.txt" => Class::ROLE, "subordinators.txt" => Class::SUBORDINATOR,
                "title_words.txt" => Class::TITLE_WORD, "sourcings.txt" => Class::SOURCING, "body_nouns.txt" => Class::BODY, "noun_cues.txt" => Class::NOUN_CUE, "triggers.txt" => Class::TRIGGER),
        )
    }

    fn new(cues: &'static str, lists: &[(&'static str, Class)]) -> Self {
        let mut classes: FxHashMap<&str, Class> = FxHashMap::default();
        for line in cues.lines() {
            let mut fields = line.split('\t');
            let (Some(form), Some(takes), Some(mood)) = (fields.next(), fields.next(), fields.next()) else { continue };
            let class = classes.entry(form).or_default();
            for letter in takes.chars().chain(mood.chars().map(|c| c.to_ascii_uppercase())) {
                class.add(class_of(letter));
            }
        }
        for (file, class) in lists {
            for line in file.lines() {
                // Of what has several words the first is looked up.
                let word = if *class == Class::SOURCING { line.split(' ').next().unwrap_or(line) } else { line };
                classes.entry(word).or_default().add(*class);
            }
        }
        Self { classes }
    }

    /// The classes of `word`, in lower case with ASCII apostrophes.
    pub(crate) fn class(&self, word: &str) -> Class {
        self.classes.get(word).copied().unwrap_or_default()
    }
}

/// What a letter in `cues.tsv` means: in the second column what the cue takes, in the third its form.
fn class_of(letter: char) -> Class {
    match letter {
        'q' => Class::SPEECH,
        'c' => Class::CLAUSE,
        'v' => Class::INFINITIVE,
        'n' => Class::PHRASE,
        'a' => Class::CALL,
        's' => Class::ASCRIPTION,
        'o' => Class::BARE,
        'F' => Class::FINITE,
        'G' => Class::GERUND,
        'P' => Class::PARTICIPLE,
        'B' => Class::BASE,
        _ => unreachable!("a test reads every letter of the data"),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_data_file_is_sorted_without_duplicates() {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        for language in ["any", "en", "fr"] {
            for file in std::fs::read_dir(data.join(language)).unwrap() {
                let path = file.unwrap().path();
                let text = std::fs::read_to_string(&path).unwrap();
                let key = |line: &str| line.split('\t').next().map(str::to_owned);
                let keys: Vec<_> = text.lines().map(key).collect();
                assert!(keys.is_sorted_by(|a, b| a < b), "{}", path.display());
            }
        }
    }

    #[test]
    fn knows_what_a_cue_takes() {
        let said = Lexicon::english().class("said");
        assert!(said.is(Class::SPEECH) && said.is(Class::CLAUSE) && said.is(Class::FINITE) && !said.is(Class::PHRASE));
        let refusant = Lexicon::french().class("refusant");
        assert!(refusant.is(Class::INFINITIVE) && refusant.is(Class::GERUND));
    }
}
