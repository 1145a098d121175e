//! A trained model: which weights each feature gives to each tag, and how tags follow each other.

use crate::chain::{Sums, Transitions, Weighed, viterbi};
use crate::tags::OUTSIDE;
use crate::{Features, LabelSpan, TagSet};

/// A model that labels sequences. It is built once and shared by all threads; each keeps a [`Scratch`] of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    pub(crate) tags: TagSet,
    pub(crate) transitions: Transitions,
    pub(crate) weighed: Weighed,
    pub(crate) table: Table,
}

/// A feature's hash with its row: the tags that it speaks for or against, and how much.
pub(crate) type Row = (u64, Vec<(u8, i8)>);

/// The weights of features: an open hash table from a feature's hash to its row of `(tag, weight)` pairs.
///
/// A slot keeps the upper 32 of the 40 bits of a feature's hash; the lower ones are in its place.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Table {
    /// For each slot the check bits and where the row begins in `entries`: `EMPTY` in a free slot.
    slots: Vec<(u32, u32)>,
    /// For each row its length and a zero, so that a look-up reads no other place for it; then tag and weight, in steps of `scale`.
    entries: Vec<(u8, i8)>,
    rows: usize,
    /// A bit for some bits of each feature's hash: most features of unseen text are unknown, and this says so from the near cache.
    present: Vec<u64>,
    pub(crate) scale: f32,
}

const EMPTY: u32 = u32::MAX;
/// The score of a tag that may not be.
const BARRED: f32 = -1e6;

/// The number of bits of [`Table::present`]: 256 KiB.
const PRESENT: usize = 1 << 21;

fn present_bit(hash: u64) -> usize {
    (hash >> 19) as usize & (PRESENT - 1)
}

fn check_of(hash: u64) -> u32 {
    (hash >> 8) as u32
}

/// Buffers for labelling, to be used again.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    emissions: Vec<f32>,
    back: Vec<u16>,
    best: Vec<usize>,
    sums: Sums,
}

impl Table {
    /// A table of features, by their hashes, and their rows.
    pub(crate) fn new(rows: &[Row], scale: f32) -> Self {
        let capacity = (rows.len() * 2).next_power_of_two().max(2);
        let mut table = Self {
            slots: vec![(0, EMPTY); capacity],
            entries: Vec::new(),
            rows: rows.len(),
            present: vec![0; PRESENT / 64],
            scale,
        };
        for (hash, entries) in rows {
            let bit = present_bit(*hash);
            table.present[bit / 64] |= 1 << (bit % 64);
            let mut slot = *hash as usize & (capacity - 1);
            while table.slots[slot].1 != EMPTY {
                slot = (slot + 1) & (capacity - 1);
            }
            table.slots[slot] = (check_of(*hash), table.entries.len() as u32);
            table.entries.push((entries.len() as u8, 0));
            table.entries.extend_from_slice(entries);
        }
        table
    }

    fn row(&self, hash: u64) -> &[(u8, i8)] {
        let bit = present_bit(hash);
        if self.present.get(bit / 64).is_none_or(|word| word & 1 << (bit % 64) == 0) {
            return &[];
        }
        let mask = self.slots.len() - 1;
        let check = check_of(hash);
        let mut slot = hash as usize & mask;
        loop {
            match self.slots[slot] {
                (_, EMPTY) => return &[],
                (found, start) if found == check => {
                    let start = start as usize;
                    let length = usize::from(self.entries[start].0);
                    return &self.entries[start + 1..start + 1 + length];
                }
                _ => slot = (slot + 1) & mask,
            }
        }
    }
}

impl Model {
    /// The labels that spans are given, by index.
    pub fn labels(&self) -> &[String] {
        self.tags.labels()
    }

    /// The number of weights.
    pub fn weights(&self) -> usize {
        self.table.entries.len() - self.table.rows
    }

    /// Calls `found` with each span of the most probable labelling, in order, and the probability of the span.
    pub fn label(&self, features: &Features, scratch: &mut Scratch, mut found: impl FnMut(LabelSpan, f32)) {
        self.emissions(features, &mut scratch.emissions);
        viterbi(&self.transitions, &scratch.emissions, &mut scratch.back, &mut scratch.best);
        if scratch.best.iter().all(|&tag| tag == OUTSIDE) {
            return;
        }
        scratch.sums.compute(&self.transitions, &self.weighed, &scratch.emissions);
        for span in self.tags.decode(&scratch.best) {
            let sequence = &scratch.best[span.positions.clone()];
            let score = scratch.sums.span(&self.transitions, span.positions.start, sequence);
            found(span, score);
        }
    }

    /// The probability that `position` is part of a span with `label`; then, if `wanted` says so of it, calls `found` with each span of the
    /// most probable labelling in which it is, in order.
    pub fn label_through(
        &self,
        features: &Features,
        (position, label): (usize, usize),
        scratch: &mut Scratch,
        wanted: impl FnOnce(f32) -> bool,
        mut found: impl FnMut(LabelSpan),
    ) -> f32 {
        let tags = self.tags.len();
        self.emissions(features, &mut scratch.emissions);
        scratch.sums.compute(&self.transitions, &self.weighed, &scratch.emissions);
        let own = TagSet::of_label(label);
        let probability = own.clone().map(|tag| scratch.sums.tag(tags, position, tag)).sum::<f32>().clamp(0.0, 1.0);
        if wanted(probability) {
            let emissions = &mut scratch.emissions[position * tags..(position + 1) * tags];
            emissions
                .iter_mut()
                .enumerate()
                .filter(|(tag, _)| !own.contains(tag))
                .for_each(|(_, score)| *score = BARRED);
            viterbi(&self.transitions, &scratch.emissions, &mut scratch.back, &mut scratch.best);
            self.tags.decode(&scratch.best).into_iter().for_each(&mut found);
        }
        probability
    }

    fn emissions(&self, features: &Features, emissions: &mut Vec<f32>) {
        let tags = self.tags.len();
        emissions.clear();
        emissions.resize(features.len() * tags, 0.0);
        for (position, scores) in emissions.chunks_exact_mut(tags).enumerate() {
            for &hash in features.at(position) {
                for &(tag, weight) in self.table.row(hash) {
                    scores[tag as usize] += f32::from(weight);
                }
            }
            for score in scores {
                *score *= self.table.scale;
            }
        }
    }
}
