//! Words as features: stems of the content and of the cue, and pairs of them in the content.

use rustc_hash::FxHashMap;

use crate::class::Zone;
use crate::feature::Feature;
use crate::reading::Reading;
use crate::words::push_lower_case;

/// How many letters of a word make its stem.
const STEM: usize = 6;

/// The words that have weights, by their keys.
pub(crate) type Vocabulary = FxHashMap<String, Feature>;

/// Calls `found` with the key of each word and each pair of words: `content=talk`, `content=not talk`, `cue=refuse`.
///
/// A pair that opens the content begins with `^`.
pub(crate) fn for_each_word(reading: &Reading<'_>, quote: usize, mut found: impl FnMut(&str)) {
    let text = reading.document.text();
    for zone in [Zone::Content, Zone::Cue] {
        let (mut key, mut stem, mut before) = (String::new(), String::new(), "^".to_owned());
        for word in reading.zone(quote, zone).into_iter().flatten() {
            stem.clear();
            push_lower_case(reading.words[word].of(text), &mut stem);
            if !stem.chars().any(char::is_alphanumeric) {
                continue;
            }
            if let Some((end, _)) = stem.char_indices().nth(STEM) {
                stem.truncate(end);
            }
            join(&mut key, &[zone.name(), "=", &stem]);
            found(&key);
            if zone == Zone::Content {
                join(&mut key, &[zone.name(), "=", &before, " ", &stem]);
                found(&key);
            }
            std::mem::swap(&mut before, &mut stem);
        }
    }
}

fn join(key: &mut String, parts: &[&str]) {
    key.clear();
    key.extend(parts.iter().copied());
}
