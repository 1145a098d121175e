//! `MinHash` signatures of texts.

use std::collections::VecDeque;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The words of a shingle.
const WORDS: usize = 5;
/// The bands of a signature: articles that agree in one whole band are compared.
pub(crate) const BANDS: usize = 32;
/// The hashes of a band.
pub(crate) const ROWS: usize = 3;
const HASHES: usize = BANDS * ROWS;

/// The least value of each of 96 hashes over the shingles of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Signature(Box<[u32; HASHES]>);

impl Signature {
    /// The signature of a text; `None` if it has no word. A text of fewer than five words is one shingle.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let mut least = [u32::MAX; HASHES];
        let mut window = VecDeque::with_capacity(WORDS);
        let mut full = false;
        for_each_word(text, |word| {
            if window.len() == WORDS {
                window.pop_front();
            }
            window.push_back(word);
            if window.len() == WORDS {
                full = true;
                lower(&mut least, shingle(&window));
            }
        });
        if !full && !window.is_empty() {
            lower(&mut least, shingle(&window));
        }
        (!window.is_empty()).then(|| Self(Box::new(least)))
    }

    /// A hash of a band.
    pub(crate) fn band(&self, band: usize) -> u64 {
        self.0[band * ROWS..(band + 1) * ROWS].iter().fold(band as u64, |hash, &value| mix(hash ^ u64::from(value)))
    }

    /// The share of hashes that agree: what share of all shingles of the two texts are in both, estimated.
    pub(crate) fn similarity(&self, other: &Self) -> f64 {
        let same = self.0.iter().zip(other.0.iter()).filter(|(left, right)| left == right).count();
        same as f64 / HASHES as f64
    }
}

fn shingle(words: &VecDeque<u64>) -> u64 {
    words.iter().fold(0, |hash, &word| mix(hash ^ word))
}

fn lower(least: &mut [u32; HASHES], shingle: u64) {
    let mut seed = 0_u64;
    for least in least {
        seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let hash = (shingle ^ seed).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        *least = (*least).min(((hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93) >> 32) as u32);
    }
}

/// Hands the hash of each run of letters and digits to `take`, without case and accents.
fn for_each_word(text: &str, mut take: impl FnMut(u64)) {
    let mut word = Hash::default();
    let mut empty = true;
    let mut each = |character: char| {
        if character.is_alphanumeric() {
            empty = false;
            for lower in character.to_lowercase() {
                word.add(lower as u64);
            }
        } else if !std::mem::replace(&mut empty, true) {
            take(std::mem::take(&mut word).finish());
        }
    };
    if text.is_ascii() {
        text.chars().for_each(&mut each);
    } else {
        text.nfd().filter(|&character| !is_combining_mark(character)).for_each(&mut each);
    }
    each(' ');
}

/// The hash of a text, the same everywhere and forever: FNV-1a (Fowler, Noll & Vo), then mixed.
pub(crate) fn hash(text: &str) -> u64 {
    let mut hash = Hash::default();
    text.bytes().for_each(|byte| hash.add(u64::from(byte)));
    hash.finish()
}

struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    fn add(&mut self, value: u64) {
        self.0 = (self.0 ^ value).wrapping_mul(0x0100_0000_01b3);
    }

    fn finish(self) -> u64 {
        mix(self.0)
    }
}

/// The finalizer of `SplitMix64` (Steele, Lea & Flood 2014): every bit of the input changes about half of the output.
pub(crate) fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mixed = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn text(words: impl Iterator<Item = usize>) -> String {
        words.map(|word| format!("w{word}")).collect::<Vec<_>>().join(" ")
    }

    /// The share of runs of five words that two lists of words have in common, counted.
    fn jaccard(left: &[usize], right: &[usize]) -> f64 {
        let shingles = |words: &[usize]| words.windows(WORDS).map(<[_]>::to_vec).collect::<BTreeSet<_>>();
        let (left, right) = (shingles(left), shingles(right));
        left.intersection(&right).count() as f64 / left.union(&right).count() as f64
    }

    #[test]
    fn the_estimate_is_near_the_share_that_is_counted() {
        for kept in [0, 100, 200, 300, 350, 400] {
            let left: Vec<_> = (0..400).collect();
            let right: Vec<_> = (0..kept).chain(1000..1400 - kept).collect();
            let of = |words: &[usize]| Signature::new(&text(words.iter().copied())).unwrap();
            let estimate = of(&left).similarity(&of(&right));
            let counted = jaccard(&left, &right);
            assert!((estimate - counted).abs() < 0.16, "{estimate} is not {counted}");
        }
    }

    #[test]
    fn case_accents_marks_and_line_ends_make_no_difference() {
        let signature = Signature::new("« L’été, le dialogue continue à Bamako »").unwrap();
        let other = Signature::new("L'E\u{301}TE\u{301} : le\r\ndialogue continue a\u{300} BAMAKO !").unwrap();
        assert_eq!(signature, other);
    }

    #[test]
    fn short_texts_are_one_shingle_and_empty_ones_none() {
        assert_eq!(Signature::new("Oui."), Signature::new("oui"));
        assert_ne!(Signature::new("oui"), Signature::new("non"));
        assert_eq!(Signature::new(" … »\n"), None);
    }

    #[test]
    fn hashes_are_the_same_forever() {
        assert_eq!(hash("news/a.jsonl:12"), HASH_OF_AN_ID);
        assert_ne!(hash("a"), hash("b"));
    }

    /// As the first version of this file gave it: another value would move every article of everybody.
    const HASH_OF_AN_ID: u64 = 3_766_955_101_442_805_359;
}
