//! A trained model: which weights each feature gives to each tag, and how tags follow each other.

use crate::chain::{Paths, Sums, Transitions, Weighed, viterbi};
use crate::table::{Lookups, Table};
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

/// The score of a tag that may not be.
const BARRED: f32 = -1e6;

/// Buffers for labelling, to be used again.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    lookups: Lookups,
    emissions: Vec<f32>,
    paths: Paths,
    sums: Sums,
}

impl Model {
    /// The labels that spans are given, by index.
    pub fn labels(&self) -> &[String] {
        self.tags.labels()
    }

    /// The number of weights.
    pub fn weights(&self) -> usize {
        self.table.weights()
    }

    /// Appends to `sums` what `features`, that always come together, say of each tag, for [`Features::add_sums`]. It is the same number of
    /// sums every time.
    pub fn sums(&self, features: &[u64], sums: &mut Vec<i16>) {
        self.table.sum(features, sums);
    }

    /// Calls `found` with each span of the most probable labelling, in order, and the probability of the span.
    pub fn label(&self, features: &Features, scratch: &mut Scratch, mut found: impl FnMut(LabelSpan, f32)) {
        self.table.emissions(features, &mut scratch.lookups, &mut scratch.emissions);
        viterbi(&self.transitions, &self.weighed, &scratch.emissions, &mut scratch.paths);
        if scratch.paths.best.iter().all(|&tag| tag == OUTSIDE) {
            return;
        }
        scratch.sums.compute(&self.transitions, &self.weighed, &scratch.emissions);
        for span in self.tags.decode(&scratch.paths.best) {
            let sequence = &scratch.paths.best[span.positions.clone()];
            let score = scratch.sums.span(&self.transitions, span.positions.start, sequence);
            found(span, score);
        }
    }

    /// How much more the features of `position` alone speak for a tag of `label` than for any other, in logarithms of odds.
    pub fn leaning(&self, features: &Features, (position, label): (usize, usize), scratch: &mut Scratch) -> f32 {
        let tags = self.tags.len();
        self.table.emissions(features, &mut scratch.lookups, &mut scratch.emissions);
        let own = self.tags.of_label(label);
        let scores = scratch.emissions[position * tags..(position + 1) * tags].iter().copied().enumerate();
        let highest = |wanted: bool| {
            let tags = scores.clone().filter(|(tag, _)| own.contains(tag) == wanted);
            tags.map(|(_, score)| score).fold(f32::NEG_INFINITY, f32::max)
        };
        highest(true) - highest(false)
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
        self.table.emissions(features, &mut scratch.lookups, &mut scratch.emissions);
        scratch.sums.compute(&self.transitions, &self.weighed, &scratch.emissions);
        let own = self.tags.of_label(label);
        let probability = own.iter().map(|&tag| scratch.sums.tag(tags, position, tag)).sum::<f32>().clamp(0.0, 1.0);
        if wanted(probability) {
            let emissions = &mut scratch.emissions[position * tags..(position + 1) * tags];
            emissions
                .iter_mut()
                .enumerate()
                .filter(|(tag, _)| !own.contains(tag))
                .for_each(|(_, score)| *score = BARRED);
            viterbi(&self.transitions, &self.weighed, &scratch.emissions, &mut scratch.paths);
            self.tags.decode(&scratch.paths.best).into_iter().for_each(&mut found);
        }
        probability
    }
}
