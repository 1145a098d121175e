//! Counts of what is right, the figures made of them, and how far these may be off.

use serde::Serialize;

/// What is right, what was predicted and what the gold has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) right: usize,
    pub(crate) predicted: usize,
    pub(crate) gold: usize,
}

impl Counts {
    pub(crate) fn new(right: usize, predicted: usize, gold: usize) -> Self {
        Self { right, predicted, gold }
    }

    fn f1(self) -> f64 {
        let (precision, recall) = (share(self.right, self.predicted), share(self.right, self.gold));
        if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    crate::text::ratio(part, whole)
}

/// How a figure is made of counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Precision, recall and F1.
    F1,
    /// The share of the gold that is right.
    Share,
    /// The mean F1 of as many figures at the start of the table, less those that the gold does not have.
    MeanF1(usize),
}

/// The counts of one layer: a row a document, a column a figure.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) names: Vec<(String, Kind)>,
    pub(crate) documents: Vec<Vec<Counts>>,
}

/// A figure. Of `Share`, `right` of `gold` are right, and precision and recall are not told.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// What is measured.
    pub name: String,
    /// `right / predicted`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub precision: Option<f64>,
    /// `right / gold`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recall: Option<f64>,
    /// F1, or the share that is right.
    pub value: f64,
    /// `f1` or `share`.
    pub unit: &'static str,
    /// What is right; absent for means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub right: Option<usize>,
    /// What was predicted; absent for shares and means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub predicted: Option<usize>,
    /// What the gold has; absent for means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gold: Option<usize>,
    /// The 2.5th and 97.5th percentile of `value` over resampled documents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<[f64; 2]>,
}

/// How often documents are drawn anew, and from which start.
#[derive(Clone, Copy, Debug)]
pub struct Bootstrap {
    /// The number of samples.
    pub samples: usize,
    /// Where the drawing starts from; the same seed draws the same.
    pub seed: u64,
}

impl Table {
    /// All figures, with intervals if they are asked for.
    pub(crate) fn figures(&self, bootstrap: Option<Bootstrap>) -> Vec<Figure> {
        let all: Vec<_> = (0..self.documents.len()).collect();
        let counts = self.sum(&all);
        let intervals = bootstrap.filter(|_| !all.is_empty()).map(|bootstrap| self.intervals(bootstrap));
        (0..self.names.len())
            .map(|column| {
                let mut figure = self.figure(column, &counts);
                figure.interval = intervals.as_ref().and_then(|intervals| intervals.get(column).copied());
                figure
            })
            .collect()
    }

    fn sum(&self, documents: &[usize]) -> Vec<Counts> {
        let mut sum = vec![Counts::default(); self.names.len()];
        for &document in documents {
            for (sum, counts) in sum.iter_mut().zip(&self.documents[document]) {
                sum.right += counts.right;
                sum.predicted += counts.predicted;
                sum.gold += counts.gold;
            }
        }
        sum
    }

    fn value(&self, column: usize, counts: &[Counts]) -> f64 {
        match self.names[column].1 {
            Kind::F1 => counts[column].f1(),
            Kind::Share => share(counts[column].right, counts[column].gold),
            Kind::MeanF1(columns) => {
                let known: Vec<_> = counts[..columns].iter().filter(|counts| counts.gold > 0).collect();
                known.iter().fold(0.0, |sum, counts| sum + counts.f1()) / known.len().max(1) as f64
            }
        }
    }

    fn figure(&self, column: usize, sums: &[Counts]) -> Figure {
        let (name, kind) = &self.names[column];
        let Counts { right, predicted, gold } = sums[column];
        let (f1, counted) = (*kind == Kind::F1, !matches!(kind, Kind::MeanF1(_)));
        Figure {
            name: name.clone(),
            precision: f1.then(|| share(right, predicted)),
            recall: f1.then(|| share(right, gold)),
            value: self.value(column, sums),
            unit: if *kind == Kind::Share { "share" } else { "f1" },
            right: counted.then_some(right),
            predicted: f1.then_some(predicted),
            gold: counted.then_some(gold),
            interval: None,
        }
    }

    /// The percentile bootstrap (Efron 1979) over documents.
    fn intervals(&self, Bootstrap { samples, seed }: Bootstrap) -> Vec<[f64; 2]> {
        let mut random = SplitMix64(seed);
        let count = self.documents.len();
        let mut values = vec![Vec::with_capacity(samples); self.names.len()];
        for _ in 0..samples {
            let drawn: Vec<_> = (0..count).map(|_| random.below(count)).collect();
            let sums = self.sum(&drawn);
            for (column, values) in values.iter_mut().enumerate() {
                values.push(self.value(column, &sums));
            }
        }
        let percentile = |values: &mut Vec<f64>| {
            values.sort_by(f64::total_cmp);
            let cut = values.len() / 40;
            Some([*values.get(cut)?, *values.get(values.len() - 1 - cut)?])
        };
        values.iter_mut().filter_map(percentile).collect()
    }
}

/// Steele, Lea & Flood 2014: small, and the same everywhere.
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        ((u128::from(self.next()) * limit as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let names = vec![("a".to_owned(), Kind::F1), ("b".to_owned(), Kind::F1), ("macro".to_owned(), Kind::MeanF1(2))];
        let row = |right| vec![Counts::new(right, 4, 2), Counts::new(0, 1, 0), Counts::default()];
        Table { names, documents: vec![row(2), row(1), row(0), row(2)] }
    }

    #[test]
    fn a_mean_leaves_out_what_the_gold_does_not_have() {
        let figures = table().figures(None);
        assert!((figures[0].value - 2.0 * 0.3125 * 0.625 / 0.9375).abs() < 1e-12);
        assert!((figures[2].value - figures[0].value).abs() < 1e-12);
    }

    #[test]
    fn the_same_seed_gives_the_same_interval_around_the_figure() {
        let bootstrap = Some(Bootstrap { samples: 200, seed: 3 });
        let (first, second) = (table().figures(bootstrap), table().figures(bootstrap));
        let [low, high] = first[0].interval.unwrap();
        assert_eq!(first[0].interval, second[0].interval);
        assert!(low < first[0].value && first[0].value < high);
        let other = table().figures(Some(Bootstrap { samples: 3, seed: 4 }));
        assert_ne!(first[0].interval, other[0].interval);
    }
}
