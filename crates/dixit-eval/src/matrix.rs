//! What was taken for what.

use std::collections::BTreeMap;

use serde::Serialize;

/// How often each name of the gold was predicted as each name; `none` where one side has nothing.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Confusion(BTreeMap<String, BTreeMap<String, usize>>);

const NONE: &str = "none";

impl Confusion {
    pub(crate) fn add(&mut self, gold: Option<&str>, predicted: Option<&str>) {
        let row = self.0.entry(gold.unwrap_or(NONE).to_owned()).or_default();
        *row.entry(predicted.unwrap_or(NONE).to_owned()).or_default() += 1;
    }

    /// The rows as cells of text: a head with the predicted names, then the gold's names with their counts.
    pub(crate) fn cells(&self) -> Vec<Vec<String>> {
        let mut names: Vec<&String> = self.0.values().flat_map(BTreeMap::keys).collect();
        names.sort();
        names.dedup();
        let head = std::iter::once("gold \\ predicted".to_owned()).chain(names.iter().map(ToString::to_string));
        let row = |(gold, row): (&String, &BTreeMap<String, usize>)| {
            let counts = names.iter().map(|&name| row.get(name).copied().unwrap_or_default().to_string());
            std::iter::once(gold.clone()).chain(counts).collect()
        };
        std::iter::once(head.collect()).chain(self.0.iter().map(row)).collect()
    }
}
