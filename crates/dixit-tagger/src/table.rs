//! The weights of features, found by their hashes.

use std::hint::black_box;

use crate::Features;
use crate::features::{HASH_BITS, HASHES};

/// The weights of features: an open hash table from a feature's hash to its row, a weight for each tag.
///
/// A slot keeps the lower 32 of the 40 bits of a feature's hash; the upper ones are in its place, so that features in the order of their
/// hashes are added one behind the other.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Table {
    /// For each slot the check bits and the number of the row: `EMPTY` in a free slot.
    slots: Vec<(u32, u32)>,
    /// The rows, of `stride` weights each, in steps of `scale`; the first one is of zeros, for features that have none.
    rows: Vec<i8>,
    /// The number of tags, and of zeros behind them so that rows can be added some at a time.
    stride: usize,
    tags: usize,
    /// A bit for some bits of each feature's hash: most features of unseen text are unknown, and this says so from the near cache.
    present: Vec<u64>,
    pub(crate) scale: f32,
}

/// How many weights are added at a time.
const LANES: usize = 16;

const EMPTY: u32 = u32::MAX;

/// The number of bits of [`Table::present`]: 256 KiB.
const PRESENT: usize = 1 << 21;

fn present_bit(hash: u64) -> usize {
    (hash >> (HASH_BITS - PRESENT.trailing_zeros())) as usize
}

fn check_of(hash: u64) -> u32 {
    hash as u32
}

/// Buffers of look-ups, to be used again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lookups {
    /// The hashes that may have rows, and behind them what is to be written over.
    known: Vec<u64>,
    /// Where those of each position end.
    ends: Vec<usize>,
    /// What stands in the first slot that is looked at for each.
    slots: Vec<(u32, u32)>,
    rows: Vec<u32>,
    sums: Vec<i16>,
}

impl Table {
    /// A table for this many rows, which are then [added](Self::insert).
    pub(crate) fn with_capacity(rows: usize, tags: usize, scale: f32) -> Self {
        let stride = tags.next_multiple_of(LANES);
        let mut weights = Vec::with_capacity((rows + 1) * stride);
        weights.resize(stride, 0);
        let slots = vec![(0, EMPTY); (rows * 2).next_power_of_two().max(2)];
        Self { slots, rows: weights, stride, tags, present: vec![0; PRESENT / 64], scale }
    }

    /// Adds the row of a feature: pairs of tag and weight.
    pub(crate) fn insert(&mut self, hash: u64, row: impl Iterator<Item = (u8, i8)>) {
        let bit = present_bit(hash);
        self.present[bit / 64] |= 1 << (bit % 64);
        let mask = self.slots.len() - 1;
        let mut slot = self.slot_of(hash);
        while self.slots[slot].1 != EMPTY {
            slot = (slot + 1) & mask;
        }
        let start = self.rows.len();
        self.slots[slot] = (check_of(hash), (start / self.stride) as u32);
        self.rows.resize(start + self.stride, 0);
        for (tag, weight) in row {
            self.rows[start + usize::from(tag)] = weight;
        }
    }

    /// The number of weights.
    pub(crate) fn weights(&self) -> usize {
        self.rows.iter().filter(|weight| **weight != 0).count()
    }

    /// Adds up the weights of each position's features: `emissions[position * tags + tag]`.
    ///
    /// Most look-ups miss the near caches. So they are made in rounds, in which none waits for another, nor for a guess of what comes
    /// of it: the processor then fetches many at once.
    pub(crate) fn emissions(&self, features: &Features, lookups: &mut Lookups, emissions: &mut Vec<f32>) {
        self.find(features, lookups);
        let Lookups { ends, rows, sums, .. } = lookups;
        emissions.clear();
        let mut from = 0;
        let mut given = features.sums.chunks_exact(self.stride);
        for &end in &*ends {
            sums.clear();
            match given.next() {
                Some(given) => sums.extend_from_slice(given),
                None => sums.resize(self.stride, 0),
            }
            rows[from..end].iter().for_each(|&row| self.add(row, sums));
            emissions.extend(sums[..self.tags].iter().map(|&sum| f32::from(sum) * self.scale));
            from = end;
        }
    }

    /// Finds the rows of all features that have some.
    fn find(&self, features: &Features, lookups: &mut Lookups) {
        let Lookups { known, ends, slots, rows, .. } = lookups;
        known.resize(known.len().max(features.hashes().len()), 0);
        ends.clear();
        let mut end = 0;
        for position in 0..features.len() {
            for &hash in features.at(position) {
                known[end] = hash;
                end += usize::from(self.may_have(hash));
            }
            ends.push(end);
        }
        slots.clear();
        slots.extend(known[..end].iter().map(|&hash| self.slots[self.slot_of(hash)]));
        rows.clear();
        rows.extend(
            known.iter().zip(&*slots).map(
                |(&hash, &(check, row))| {
                    if check == check_of(hash) && row != EMPTY { row } else { self.row(hash) }
                },
            ),
        );
        let touched = rows.iter().fold(0, |touched, &row| {
            let start = row as usize * self.stride;
            touched ^ self.rows[start] ^ self.rows[start + self.stride - 1]
        });
        black_box(touched);
    }

    /// Adds up the weights of `features`, with zeros behind them, to `sums`.
    pub(crate) fn sum(&self, features: &[u64], sums: &mut Vec<i16>) {
        let start = sums.len();
        sums.resize(start + self.stride, 0);
        for &hash in features {
            self.add(self.row(hash & HASHES), &mut sums[start..]);
        }
    }

    fn add(&self, row: u32, sums: &mut [i16]) {
        let start = row as usize * self.stride;
        add(&self.rows[start..start + self.stride], sums);
    }

    /// Whether a feature may have a row; seldom in vain.
    fn may_have(&self, hash: u64) -> bool {
        let bit = present_bit(hash);
        self.present[bit / 64] & 1 << (bit % 64) != 0
    }

    /// Where the search for a feature's row begins.
    fn slot_of(&self, hash: u64) -> usize {
        (hash >> (HASH_BITS - self.slots.len().trailing_zeros())) as usize
    }

    /// The number of a feature's row; of one without a row, that of the zeros.
    fn row(&self, hash: u64) -> u32 {
        let mask = self.slots.len() - 1;
        let check = check_of(hash);
        let mut slot = self.slot_of(hash);
        loop {
            match self.slots[slot] {
                (_, EMPTY) => return 0,
                (found, row) if found == check => return row,
                _ => slot = (slot + 1) & mask,
            }
        }
    }
}

/// Adds a row to the sums. A position has some dozens of features: sums of 16 bits hold 258 of the greatest weights.
fn add(row: &[i8], sums: &mut [i16]) {
    let (rows, sums) = (row.as_chunks::<LANES>().0, sums.as_chunks_mut::<LANES>().0);
    for (row, sums) in rows.iter().zip(sums) {
        for (sum, &weight) in sums.iter_mut().zip(row) {
            *sum = sum.saturating_add(i16::from(weight));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::with_capacity(2, 3, 0.5);
        table.insert(5, [(1, 4)].into_iter());
        table.insert(5 | 1 << 39, [(0, 127), (2, -6)].into_iter());
        table
    }

    fn emissions(features: &Features) -> Vec<f32> {
        let mut emissions = Vec::new();
        table().emissions(features, &mut Lookups::default(), &mut emissions);
        emissions
    }

    #[test]
    fn a_feature_without_a_row_adds_nothing() {
        let mut features = Features::default();
        for hash in [5, 5 | 1 << 39, 7] {
            features.push(hash);
        }
        features.end_position();
        features.end_position();
        assert_eq!(emissions(&features), [63.5, 2.0, -3.0, 0.0, 0.0, 0.0]);
    }

    #[test]
    fn sums_made_before_count_as_their_features_do() {
        let [mut one_by_one, mut summed] = [Features::default(), Features::default()];
        for hash in [5, 5, 5 | 1 << 39] {
            one_by_one.push(hash);
        }
        let mut sums = Vec::new();
        table().sum(&[5, 5 | 1 << 39], &mut sums);
        summed.add_sums([sums.as_slice()]);
        summed.push(5);
        for features in [&mut one_by_one, &mut summed] {
            features.end_position();
        }
        assert_eq!(emissions(&one_by_one), emissions(&summed));
    }

    #[test]
    fn sums_stay_at_their_greatest() {
        let mut features = Features::default();
        (0..300).for_each(|_| features.push(5 | 1 << 39));
        features.end_position();
        assert_eq!(emissions(&features)[..1], [f32::from(i16::MAX) * 0.5]);
    }
}
