//! What kind of mention a source is: a pronoun, a description of whom, or none.

use rustc_hash::FxHashMap;

use super::ranker::Kind;
use crate::lexicon::Class;
use crate::names::{Gender, gender_of_determiner, gender_of_noun, name_words};

const PRONOUNS: &str = include_str!("../../data/any/speaker_pronouns.tsv");
const HEADS: &str = include_str!("../../data/any/heads.tsv");

/// The words that tell what a source is.
pub(crate) struct References {
    pronouns: FxHashMap<&'static str, Kind>,
    heads: FxHashMap<&'static str, Kind>,
}

/// A description: what it is of, he or she, one or many.
#[derive(Clone, Debug)]
pub(crate) struct Description {
    pub(crate) kind: Kind,
    pub(crate) words: Vec<String>,
    /// Where in `words` its head is.
    pub(crate) head: Option<usize>,
    pub(crate) gender: Option<Gender>,
    pub(crate) plural: bool,
    pub(crate) definite: bool,
    pub(crate) possessive: bool,
}

impl References {
    pub(crate) fn new() -> Self {
        let read = |data: &'static str| {
            data.lines().filter_map(|line| line.split_once('\t')).map(|(word, kind)| (word, Kind::from_name(kind)))
        };
        Self { pronouns: read(PRONOUNS).collect(), heads: read(HEADS).collect() }
    }

    /// The kind of a pronoun, in lower case with ASCII apostrophes.
    pub(crate) fn pronoun(&self, word: &str) -> Option<Kind> {
        self.pronouns.get(word).copied()
    }

    /// What a source in lower case describes; `class_of` tells the roles that `heads.tsv` does not list.
    pub(crate) fn describe(&self, lowered: &str, class_of: &dyn Fn(&str) -> Class) -> Description {
        let parts: Vec<&str> =
            lowered.split(|c: char| c.is_whitespace() || c == '\'').filter(|part| !part.is_empty()).collect();
        let first = parts.first().copied().unwrap_or("");
        let trimmed = |part: &str| part.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        let stop = parts.iter().skip(1).position(|part| is_stop(part)).map_or(parts.len(), |stop| stop + 1);
        let known = |part: &str| {
            let word = trimmed(part);
            let listed = self.heads.get(word.as_str()).copied();
            listed.or_else(|| class_of(&word).is(Class::ROLE.or(Class::BODY)).then(|| by_number(&word)))
        };
        // The head is the last noun in front of the first preposition: `a police spokesman for the region`.
        let headed = (0..stop).rev().find_map(|index| Some((index, known(parts[index])?)));
        let plural = is_plural_determiner(first)
            || headed.is_some_and(|(_, kind)| kind == Kind::People)
            || headed.is_none()
                && stop > 0
                && trimmed(parts[stop - 1]).ends_with('s')
                && gender_of_determiner(first).is_none();
        let kind = match headed {
            Some((_, Kind::Person)) | None if plural => Kind::People,
            Some((_, kind)) => kind,
            None => Kind::Thing,
        };
        let words = name_words(lowered);
        let head_word = headed.map(|(index, _)| name_words(parts[index]));
        let head = head_word.and_then(|head| words.iter().position(|word| Some(word) == head.last()));
        let noun = headed.and_then(|(index, _)| gender_of_noun(&trimmed(parts[index])));
        Description {
            kind,
            words,
            head,
            gender: noun.or_else(|| gender_of_determiner(first)),
            plural,
            definite: is_definite(first),
            possessive: matches!(first, "his" | "her" | "its" | "their" | "son" | "sa" | "ses" | "leur" | "leurs"),
        }
    }
}

/// Whether a word that ends so is of one or many.
fn by_number(word: &str) -> Kind {
    if word.ends_with('s') && !word.ends_with("ss") { Kind::People } else { Kind::Person }
}

/// Whether the head of a noun phrase stands before `word`.
fn is_stop(word: &str) -> bool {
    matches!(
        word,
        "of" | "for"
            | "from"
            | "in"
            | "at"
            | "on"
            | "with"
            | "to"
            | "who"
            | "which"
            | "that"
            | "by"
            | "close"
            | "among"
            | "near"
            | "and"
            | "de"
            | "d"
            | "du"
            | "des"
            | "en"
            | "au"
            | "aux"
            | "à"
            | "qui"
            | "pour"
            | "chez"
            | "sur"
            | "par"
            | "et"
            | "proche"
            | "proches"
    )
}

fn is_plural_determiner(word: &str) -> bool {
    matches!(
        word,
        "les"
            | "des"
            | "ces"
            | "ses"
            | "leurs"
            | "plusieurs"
            | "certains"
            | "certaines"
            | "nombreux"
            | "quelques"
            | "d"
            | "these"
            | "those"
            | "some"
            | "several"
            | "many"
            | "most"
            | "both"
            | "two"
            | "three"
            | "deux"
            | "trois"
            | "few"
    )
}

fn is_definite(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "le"
            | "la"
            | "les"
            | "l"
            | "this"
            | "these"
            | "that"
            | "those"
            | "ce"
            | "cette"
            | "cet"
            | "ces"
            | "his"
            | "her"
            | "its"
            | "their"
            | "son"
            | "sa"
            | "ses"
            | "leur"
            | "leurs"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    fn describe(text: &str) -> Description {
        let (english, french) = (Lexicon::english(), Lexicon::french());
        References::new().describe(text, &|word| english.class(word).or(french.class(word)))
    }

    #[test]
    fn tells_what_a_description_is_of() {
        assert_eq!(describe("a police spokesman").kind, Kind::Person);
        assert_eq!(describe("the minister of defence").kind, Kind::Person);
        assert_eq!(describe("les proches des victimes").kind, Kind::People);
        assert_eq!(describe("l'organisation").kind, Kind::Body);
        assert_eq!(describe("un communiqué de l'armée").kind, Kind::Document);
        assert_eq!(describe("la directrice de l'école").gender, Some(Gender::Feminine));
        assert!(describe("le ministre").definite && !describe("un ministre").definite);
    }

    #[test]
    fn knows_pronouns_in_both_languages() {
        let references = References::new();
        assert_eq!((references.pronoun("she"), references.pronoun("elle")), (Some(Kind::She), Some(Kind::Elle)));
        assert_eq!(references.pronoun("police"), None);
    }
}
