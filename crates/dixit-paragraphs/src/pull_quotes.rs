//! Finds pull quotes: sentences of the body that stand a second time as paragraphs of their own.
//!
//! A paragraph of at least [`LEAST`] words is one if its words stand in the same order in one longer paragraph: all of them in a
//! row, or, where an editor has shortened the sentence, from its first words to its last with few left out. Case, quotation
//! marks and punctuation do not count. Takes linear time: runs of three words are looked up by their hash.

use dixit_text::Span;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};

/// The fewest words of a pull quote.
const LEAST: usize = 6;
/// The most words of a pull quote.
const MOST: usize = 60;
/// Words in a run.
const RUN: usize = 3;
/// How many paragraphs are kept for each run; one that stands in more says little.
const KEPT: usize = 4;
/// The longest paragraph that a shortened pull quote is looked for in, in words.
const SOURCE: usize = 400;
/// The share of its runs that a shortened pull quote has in common with the paragraph that it is from.
const SHORTENED: f64 = 0.6;

/// The indices of the pull quotes.
pub(crate) fn find_pull_quotes(text: &str, spans: &[Span]) -> Vec<usize> {
    let hashes: Vec<Vec<u64>> = spans.iter().map(|span| words(span.of(text))).collect();
    let mut places: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    for (paragraph, words) in hashes.iter().enumerate() {
        for run in words.windows(RUN) {
            let places = places.entry(hash(run)).or_default();
            if places.len() < KEPT && places.last() != Some(&(paragraph as u32)) {
                places.push(paragraph as u32);
            }
        }
    }
    (1..spans.len()).filter(|&index| repeats(index, spans[index].of(text), &hashes, &places)).collect()
}

/// Whether the paragraph at `index` repeats words of a longer one.
fn repeats(index: usize, surface: &str, hashes: &[Vec<u64>], places: &FxHashMap<u64, Vec<u32>>) -> bool {
    let words = &hashes[index];
    if !(LEAST..=MOST).contains(&words.len()) {
        return false;
    }
    let mut shared: [(u32, usize); KEPT] = [(u32::MAX, 0); KEPT];
    for run in words.windows(RUN) {
        for &place in places.get(&hash(run)).into_iter().flatten().filter(|&&place| place as usize != index) {
            if let Some(slot) = shared.iter_mut().find(|slot| slot.0 == place || slot.0 == u32::MAX) {
                *slot = (place, slot.1 + 1);
            }
        }
    }
    let Some(&(place, count)) = shared.iter().filter(|slot| slot.0 != u32::MAX).max_by_key(|slot| slot.1) else {
        return false;
    };
    let whole = &hashes[place as usize];
    let runs = words.len() + 1 - RUN;
    let longer = whole.len() > words.len() || whole.len() == words.len() && (place as usize) < index;
    let open = !surface.ends_with(['.', '!', '?']);
    let shortened = open
        && whole.len() <= SOURCE
        && count as f64 >= SHORTENED * runs as f64
        && starts_in(words, whole)
        && in_order(words, whole);
    longer && (count == runs || shortened)
}

/// Whether `whole` has the first run of `words`.
fn starts_in(words: &[u64], whole: &[u64]) -> bool {
    whole.windows(RUN).any(|run| run == &words[..RUN])
}

/// Whether nearly all `words` stand in `whole` in their order.
fn in_order(words: &[u64], whole: &[u64]) -> bool {
    let mut rest = whole.iter();
    let found = words
        .iter()
        .filter(|word| rest.clone().any(|other| other == *word) && rest.any(|other| other == *word))
        .count();
    found * 10 >= words.len() * 9
}

/// The hash of each word, in lower case.
fn words(text: &str) -> Vec<u64> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words
        .map(|word| {
            let mut hasher = FxHasher::default();
            word.chars().flat_map(char::to_lowercase).for_each(|c| c.hash(&mut hasher));
            hasher.finish()
        })
        .collect()
}

fn hash(run: &[u64]) -> u64 {
    let mut hasher = FxHasher::default();
    run.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::split::split;

    fn found(text: &str) -> Vec<usize> {
        find_pull_quotes(text, &split(text))
    }

    #[test]
    fn finds_a_sentence_that_stands_again() {
        let text = "Talks\n\nThe mayor spoke. Talks with the rebels are the only way out of this war, he said.\n\n“Talks with the rebels are the only way out of this war”";
        assert_eq!(found(text), [2]);
    }

    #[test]
    fn finds_a_shortened_sentence() {
        let text = "Talks\n\nDialogue must not be an end in itself but rather a continuous effort alongside security-military options and development in their responses to violent extremism.\n\nDialogue must not be an end in itself but rather a continuous effort alongside all responses to violent extremism";
        assert_eq!(found(text), [2]);
    }

    #[test]
    fn trouve_une_phrase_mise_en_exergue() {
        let text = "Mali\n\n« Le dialogue n'est pas une fin en soi, mais un effort continu », écrit l'auteur.\n\nLe dialogue n'est pas une fin en soi, mais un effort continu";
        assert_eq!(found(text), [2]);
    }

    #[test]
    fn leaves_alone_what_shares_a_few_words() {
        assert!(found("A\n\nThe government of Mali said on Monday that it would talk.\n\nThe government of Mali said on Tuesday that it would not come").is_empty());
        assert!(found("A\n\nYes, he said again.\n\nYes, he said").is_empty());
    }
}
