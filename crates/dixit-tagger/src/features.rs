//! What is seen at each position: features by their hash.

use std::hash::Hasher as _;

use rustc_hash::FxHasher;

/// The hash of a piece of text, to make features of.
pub fn text_hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.write_u8(0xFF);
    hasher.finish()
}

/// The hash of a feature, of 40 bits: a template's number and what fills it, hashes of texts or plain numbers.
///
/// With half a million features known, an unknown one is taken for one of them once in two million times; in exchange a model has
/// about half the size.
pub fn feature(template: u8, parts: &[u64]) -> u64 {
    let start = u64::from(template).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let hash = parts.iter().fold(start, |hash, part| (hash ^ part).wrapping_mul(0xA24B_AED4_963E_E407).rotate_left(29));
    mix(hash) & HASHES
}

/// The hashes that there are.
pub(crate) const HASHES: u64 = (1 << HASH_BITS) - 1;

/// How many bits a feature's hash has.
pub(crate) const HASH_BITS: u32 = 40;

/// Spreads a hash over all its bits (the finaliser of `MurmurHash3`), since tables use the low and the high ones.
fn mix(mut hash: u64) -> u64 {
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    hash ^ (hash >> 33)
}

/// The features of the positions of a sequence; a buffer to be used again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Features {
    hashes: Vec<u64>,
    /// Where the features of each position end.
    ends: Vec<u32>,
    /// The sums that are known of each position already, one behind the other; empty where none are.
    pub(crate) sums: Vec<i16>,
}

impl Features {
    /// Forgets all positions.
    pub fn clear(&mut self) {
        self.hashes.clear();
        self.ends.clear();
        self.sums.clear();
    }

    /// Adds a feature to the position that is being described.
    pub fn push(&mut self, hash: u64) {
        self.hashes.push(hash & HASHES);
    }

    /// Adds features of the position that is being described by their [sums](crate::Model::sums), one of each of `parts`. Either every
    /// position has sums or none has.
    pub fn add_sums<'p>(&mut self, parts: impl IntoIterator<Item = &'p [i16]>) {
        let start = self.sums.len();
        for part in parts {
            self.sums.resize(start + part.len(), 0);
            self.sums[start..].iter_mut().zip(part).for_each(|(sum, own)| *sum = sum.saturating_add(*own));
        }
    }

    /// Ends the description of a position.
    pub fn end_position(&mut self) {
        self.ends.push(self.hashes.len() as u32);
    }

    /// The number of positions.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no position.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The features of all positions.
    pub(crate) fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// The features of a position.
    ///
    /// # Panics
    /// If there is no such position.
    pub fn at(&self, position: usize) -> &[u64] {
        let start = if position == 0 { 0 } else { self.ends[position - 1] as usize };
        &self.hashes[start..self.ends[position] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_templates_and_parts_apart() {
        let [a, b] = ["a", "b"].map(text_hash);
        assert_ne!(feature(1, &[a]), feature(2, &[a]));
        assert_ne!(feature(1, &[a, b]), feature(1, &[b, a]));
        assert_eq!(feature(1, &[a, b]), feature(1, &[a, b]));
    }

    #[test]
    fn keeps_positions_apart() {
        let mut features = Features::default();
        features.push(1);
        features.push(2);
        features.end_position();
        features.end_position();
        assert_eq!((features.len(), features.at(0), features.at(1)), (2, &[1, 2][..], &[][..]));
    }
}
