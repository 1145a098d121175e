//! From features to a stance: a linear model whose starting point are rules.

use dixit_document::{Stance, Vocabulary as _};
use rustc_hash::FxHashMap;

use crate::feature::{COUNT, Feature, Shape};
use crate::features::Seen;
use crate::word_features::Vocabulary;

/// What a feature says for being about the topic, and for each stance: log-odds.
pub(crate) type Row = [f32; 5];

/// What is known before anything is learned.
pub(crate) const RULES: &str = include_str!("../data/any/rules.tsv");

/// What was learned, to be added to the rules.
pub(crate) const LEARNED: &str = include_str!("../data/any/weights.tsv");

/// The weights of all features.
#[derive(Clone)]
pub(crate) struct Weights {
    pub(crate) rows: Vec<Row>,
    pub(crate) vocabulary: Vocabulary,
}

/// What a model says of a quote.
pub(crate) struct Judgement {
    /// The probability that it is about the topic.
    pub(crate) about: f32,
    /// The probability of each stance, given that it is.
    pub(crate) stances: [f32; 4],
}

impl Weights {
    /// The weights of the rules alone.
    pub(crate) fn rules() -> Self {
        let mut weights = Self { rows: vec![[0.0; 5]; COUNT], vocabulary: Vocabulary::default() };
        weights.add(RULES);
        weights
    }

    /// The embedded model: the rules, and what was learned upon them.
    pub(crate) fn embedded() -> Self {
        let mut weights = Self::rules();
        weights.add(LEARNED);
        weights
    }

    /// Adds the weights of a file: lines of a feature and five numbers, separated by tabs. A name with `=` is a word's;
    /// other names that are not known are left out.
    pub(crate) fn add(&mut self, tsv: &str) {
        let names: FxHashMap<String, Feature> = Feature::all().map(|feature| (feature.name(), feature)).collect();
        for line in tsv.lines().filter(|line| !line.starts_with("# ")) {
            let mut columns = line.split('\t');
            let Some(name) = columns.next() else { continue };
            let feature = if name.contains('=') { Some(self.word(name)) } else { names.get(name).copied() };
            let Some(feature) = feature else { continue };
            for (weight, column) in self.rows[feature.index()].iter_mut().zip(columns) {
                *weight += column.parse().unwrap_or(0.0);
            }
        }
    }

    /// The feature of a word, with a weight of zero where it is new.
    pub(crate) fn word(&mut self, key: &str) -> Feature {
        if let Some(&feature) = self.vocabulary.get(key) {
            return feature;
        }
        let feature = Feature::of_word(self.vocabulary.len());
        self.vocabulary.insert(key.to_owned(), feature);
        self.rows.push([0.0; 5]);
        feature
    }

    /// What the model says of these features.
    pub(crate) fn judge(&self, features: impl Iterator<Item = Feature>) -> Judgement {
        let mut sums = [0.0; 5];
        for feature in features {
            for (sum, weight) in sums.iter_mut().zip(self.rows[feature.index()]) {
                *sum += weight;
            }
        }
        let [about, stances @ ..] = sums;
        Judgement { about: 1.0 / (1.0 + (-about).exp()), stances: softmax(stances) }
    }

    /// How much more a feature says for `stance` than for the others on average.
    pub(crate) fn says(&self, seen: &Seen, stance: Stance) -> f32 {
        let [_, stances @ ..] = self.rows[seen.feature.index()];
        let total: f32 = stances.iter().sum();
        let own = stances[stance as usize];
        own - (total - own) / 3.0
    }
}

impl Judgement {
    /// The likeliest stance and its probability, given that the quote is about the topic.
    pub(crate) fn stance(&self) -> (Stance, f32) {
        let mut best = (Stance::Support, self.stances[0]);
        for (&stance, &probability) in Stance::ALL.iter().zip(&self.stances).skip(1) {
            if probability > best.1 {
                best = (stance, probability);
            }
        }
        best
    }
}

/// The probabilities that belong to log-odds.
fn softmax(sums: [f32; 4]) -> [f32; 4] {
    let highest = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers = sums.map(|sum| (sum - highest).exp());
    let total: f32 = powers.iter().sum();
    powers.map(|power| power / total)
}

/// The bias, which is in every quote.
pub(crate) const BIAS: Feature = Feature::of_shape(Shape::Bias);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_weights_is_read_and_in_order() {
        let names: FxHashMap<String, Feature> = Feature::all().map(|feature| (feature.name(), feature)).collect();
        for file in [RULES, LEARNED] {
            let lines: Vec<&str> = file.lines().filter(|line| !line.starts_with("# ")).collect();
            assert!(lines.windows(2).all(|pair| pair[0] < pair[1]));
            for line in lines {
                let columns: Vec<&str> = line.split('\t').collect();
                assert!(columns[0].contains('=') || names.contains_key(columns[0]), "{line}");
                assert_eq!(columns.len(), 6, "{line}");
                assert!(columns[1..].iter().all(|column| column.parse::<f32>().is_ok()), "{line}");
            }
        }
    }

    #[test]
    fn without_features_nothing_is_likelier() {
        let judgement = Weights::rules().judge(std::iter::empty());
        assert_eq!((judgement.about, judgement.stances), (0.5, [0.25; 4]));
    }
}
