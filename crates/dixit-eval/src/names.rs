//! Whether two names are of the same speaker.

use unicode_normalization::UnicodeNormalization as _;

/// Words that say nothing about who it is, in both languages, sorted.
const EMPTY_WORDS: [&str; 20] = [
    "a", "an", "d", "de", "des", "dr", "du", "l", "la", "le", "les", "m", "mme", "mr", "mrs", "ms", "of", "the", "un",
    "une",
];

/// Whether all words of the shorter name are words of the longer, without accents, case, articles, titles and a possessive `'s`.
pub(crate) fn same_speaker(left: &str, right: &str) -> bool {
    let (left, right) = (words(left), words(right));
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    !short.is_empty() && short.iter().all(|word| long.contains(word))
}

fn words(name: &str) -> Vec<String> {
    let plain: String = name.nfkd().filter(char::is_ascii).map(|c| c.to_ascii_lowercase()).collect();
    let plain = without_possessives(&plain);
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| EMPTY_WORDS.binary_search(word).is_err()).map(str::to_owned).collect()
}

/// The name without each `'s` that ends a word.
fn without_possessives(name: &str) -> String {
    let mut kept = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(at) = rest.find(['\'', '`']) {
        kept.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let ends = |tail: &str| !tail.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        if let Some(tail) = after.strip_prefix('s').filter(|tail| ends(tail)) {
            rest = tail;
        } else {
            kept.push_str(&rest[at..=at]);
            rest = after;
        }
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_its_last_word_are_one_speaker() {
        assert!(same_speaker("Amina Yusuf", "Mrs. Yusuf"));
        assert!(same_speaker("Léa Martin", "MARTIN"));
        assert!(same_speaker("the mayor's office", "mayor office"));
        assert!(same_speaker("l'Union africaine", "Union Africaine"));
    }

    #[test]
    fn other_or_empty_names_are_not() {
        assert!(!same_speaker("Amina Yusuf", "Amina Bello"));
        assert!(!same_speaker("the", "the"));
        assert!(!same_speaker("Анна", "Анна"));
    }

    #[test]
    fn the_empty_words_are_sorted() {
        assert!(EMPTY_WORDS.is_sorted());
    }
}
