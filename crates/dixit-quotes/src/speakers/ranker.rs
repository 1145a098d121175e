//! A log-linear ranker: how much the facts about a candidate speak for it, by weights that were learned.

use super::features::{Feature, Features};

const WEIGHTS: &str = include_str!("../../data/any/speaker_weights.tsv");

/// The file of the embedded weights that tell who speaks.
pub fn speaker_weights() -> &'static str {
    WEIGHTS
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal, $family:literal;)+) => {
        /// What a source is. Each has its own weights.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Kind { $($(#[$doc])* $kind,)+ }

        impl Kind {
            const ALL: &'static [Self] = &[$(Self::$kind,)+];

            /// The name, as files write it.
            pub(crate) fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)+ }
            }

            /// What the kind shares weights with while it is learned.
            pub(crate) fn family(self) -> &'static str {
                match self { $(Self::$kind => $family,)+ }
            }
        }
    };
}

kinds! {
    /// `he`.
    He = "he", "pronoun";
    /// `she`.
    She = "she", "pronoun";
    /// French `il`, of people and things.
    Il = "il", "pronoun";
    /// French `elle`.
    Elle = "elle", "pronoun";
    /// `it`, `on`.
    It = "it", "pronoun";
    /// `they`, `ils`.
    They = "they", "pronoun";
    /// `who`, `lui`.
    Anyone = "anyone", "pronoun";
    /// `I`, `nous`.
    Speaking = "speaking", "pronoun";
    /// `the minister`.
    Person = "person", "description";
    /// `witnesses`.
    People = "people", "description";
    /// `the company`.
    Body = "body", "description";
    /// `un communiqué`.
    Document = "document", "description";
    /// What no data tells.
    Thing = "thing", "description";
    /// No source, with a cue.
    Unnamed = "unnamed", "none";
    /// No source and no cue.
    Unsaid = "unsaid", "none";
}

impl Kind {
    /// The kind of that name.
    ///
    /// # Panics
    /// If there is none: the data files are part of the program, and tests read them whole.
    pub(crate) fn from_name(name: &str) -> Self {
        let known = Self::ALL.iter().copied().find(|kind| kind.name() == name);
        known.unwrap_or_else(|| unreachable!("a test reads every kind of the data: {name}"))
    }

    pub(crate) fn is_description(self) -> bool {
        self.family() == "description"
    }
}

/// The weights of all features, by kind.
pub(crate) struct Ranker {
    weights: Vec<f32>,
}

impl Ranker {
    /// The ranker with the weights of the data file: `kind`, `feature` and weight a line.
    pub(crate) fn new() -> Self {
        Self::from_tsv(WEIGHTS)
    }

    fn from_tsv(tsv: &str) -> Self {
        let mut weights = vec![0.0; Kind::ALL.len() * Feature::NAMES.len()];
        for line in tsv.lines() {
            let (name, weight) = line.split_once('\t').unwrap_or((line, "0"));
            let (kind, feature) = name.split_once('.').unwrap_or((name, ""));
            let feature = Feature::NAMES.iter().position(|&known| known == feature);
            // Weights of features that are gone mean nothing.
            if let (Some(feature), Ok(weight)) = (feature, weight.parse::<f32>()) {
                weights[index(Kind::from_name(kind), feature)] = weight;
            }
        }
        Self { weights }
    }

    /// How much speaks for a candidate with these features.
    pub(crate) fn score(&self, kind: Kind, features: Features) -> f32 {
        features.iter().map(|feature| self.weights[index(kind, feature)]).sum()
    }
}

fn index(kind: Kind, feature: usize) -> usize {
    kind as usize * Feature::NAMES.len() + feature
}

/// The names of a candidate's features, for the trainer: `he.nearest`, and of the family, `pronoun.nearest`.
pub(crate) fn feature_names(kind: Kind, features: Features) -> Vec<(&'static str, &'static str, &'static str)> {
    features.iter().map(|feature| (kind.name(), kind.family(), Feature::NAMES[feature])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_is_of_a_known_kind_and_feature() {
        for line in WEIGHTS.lines() {
            let (name, weight) = line.split_once('\t').unwrap();
            let (kind, feature) = name.split_once('.').unwrap();
            assert!(Kind::ALL.iter().any(|known| known.name() == kind) && Feature::NAMES.contains(&feature), "{line}");
            assert!(weight.parse::<f32>().unwrap().is_finite(), "{line}");
        }
    }

    #[test]
    fn sums_the_weights_of_a_kind() {
        let ranker = Ranker::from_tsv("he.last\t1.5\nhe.person\t0.5\nshe.last\t9");
        let mut features = Features::default();
        features.add(Feature::Last);
        features.add(Feature::Person);
        assert!((ranker.score(Kind::He, features) - 2.0).abs() < 1e-6);
    }
}
