//! He or she, as far as given names, titles and the words beside a name tell.

use dixit_document::EntityLabel;
use rustc_hash::FxHashMap;

use super::Names;
use super::words::fold;

const FEMININE: &str = include_str!("../../data/any/feminine_names.txt");
const MASCULINE: &str = include_str!("../../data/any/masculine_names.txt");

/// He or she.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    Feminine,
    Masculine,
}

/// The given names whose gender is known.
pub(crate) struct Genders {
    of: FxHashMap<String, Option<Gender>>,
}

impl Genders {
    /// Reads the lists. A name in both, once folded, tells nothing.
    pub(crate) fn new() -> Self {
        let mut of: FxHashMap<String, Option<Gender>> = FxHashMap::default();
        let all = FEMININE.lines().map(|name| (name, Gender::Feminine));
        for (name, gender) in all.chain(MASCULINE.lines().map(|name| (name, Gender::Masculine))) {
            of.entry(fold(name))
                .and_modify(|known| *known = known.filter(|&known| known == gender))
                .or_insert(Some(gender));
        }
        Self { of }
    }

    fn of_name(&self, words: &[String]) -> Option<Gender> {
        words.iter().filter(|word| word.len() > 2).take(2).find_map(|word| self.of.get(word).copied().flatten())
    }
}

/// The gender that a title tells.
pub(crate) fn of_title(word: &str) -> Option<Gender> {
    match word {
        "mme" | "mrs" | "ms" | "miss" | "madame" | "sister" | "lady" | "mlle" | "dame" => Some(Gender::Feminine),
        "mr" | "m" | "sir" | "monsieur" | "brother" | "lord" | "imam" | "pope" | "pape" => Some(Gender::Masculine),
        _ => None,
    }
}

/// The gender that a noun tells by itself: `spokeswoman`, `directrice`.
pub(crate) fn of_noun(word: &str) -> Option<Gender> {
    let feminine = ["woman", "women", "trice", "euse", "esse", "ière", "ienne"].iter().any(|end| word.ends_with(end))
        || matches!(
            word,
            "actress"
                | "aunt"
                | "avocate"
                | "daughter"
                | "députée"
                | "femme"
                | "fille"
                | "girl"
                | "grandmother"
                | "mother"
                | "mère"
                | "niece"
                | "nièce"
                | "présidente"
                | "queen"
                | "sister"
                | "sœur"
                | "widow"
                | "wife"
                | "épouse"
                | "élue"
                | "adjointe"
        );
    let masculine = word.ends_with("man") && word != "woman" && !word.ends_with("woman")
        || matches!(
            word,
            "avocat"
                | "bishop"
                | "boy"
                | "brother"
                | "directeur"
                | "father"
                | "frère"
                | "garçon"
                | "grandfather"
                | "homme"
                | "husband"
                | "imam"
                | "king"
                | "mari"
                | "prince"
                | "président"
                | "père"
                | "roi"
                | "son"
                | "uncle"
                | "évêque"
                | "procureur"
                | "adjoint"
        );
    match (feminine, masculine) {
        (true, false) => Some(Gender::Feminine),
        (false, true) => Some(Gender::Masculine),
        _ => None,
    }
}

/// The gender of a French determiner.
pub(crate) fn of_determiner(word: &str) -> Option<Gender> {
    match word {
        "la" | "une" | "cette" | "ma" | "sa" | "celle" => Some(Gender::Feminine),
        "le" | "un" | "ce" | "cet" | "celui" => Some(Gender::Masculine),
        _ => None,
    }
}

impl Names<'_> {
    /// Tells from given names whether people are she or he.
    pub(super) fn tell_genders(&mut self, genders: &Genders) {
        for group in self.groups.iter_mut().filter(|group| group.label == EntityLabel::Person) {
            group.gender = genders.of_name(&group.words);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_given_names_in_any_spelling() {
        let genders = Genders::new();
        let of = |name: &str| genders.of_name(&super::super::name_words(name));
        assert_eq!(of("Aïcha Diallo"), Some(Gender::Feminine));
        assert_eq!(of("Jean-Marc Rochat"), Some(Gender::Masculine));
        assert_eq!(of("Xyzzy"), None);
        assert_eq!((of_noun("spokeswoman"), of_noun("chairman")), (Some(Gender::Feminine), Some(Gender::Masculine)));
    }
}
