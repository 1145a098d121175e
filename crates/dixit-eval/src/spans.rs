//! Tokens, sentences and languages: what is the same is right.

use std::collections::BTreeSet;

use dixit_record::{GoldDocument, GoldSpan};

use crate::evaluate::{LayerReport, Pair};
use crate::figures::{Bootstrap, Counts, Kind, Table};
use crate::matrix::Confusion;
use crate::text::shared;

/// Measures a layer of spans, each of which is right only if both its ends are.
pub(crate) fn evaluate(
    pairs: &[Pair<'_>],
    name: &str,
    of: fn(&GoldDocument) -> Option<&Vec<GoldSpan>>,
    bootstrap: Option<Bootstrap>,
) -> LayerReport {
    let sorted = |document: Option<&GoldDocument>| {
        let mut spans = document.and_then(of).cloned().unwrap_or_default();
        spans.sort_unstable();
        spans.dedup();
        spans
    };
    let documents = pairs.iter().map(|pair| {
        let (gold, predicted) = (sorted(Some(pair.gold)), sorted(pair.predicted));
        vec![Counts::new(shared(&gold, &predicted), predicted.len(), gold.len())]
    });
    let table = Table { names: vec![(name.to_owned(), Kind::F1)], documents: documents.collect() };
    LayerReport { figures: table.figures(bootstrap), confusion: None, reliability: Vec::new() }
}

/// Measures languages: English, French, or another.
pub(crate) fn languages(pairs: &[Pair<'_>], bootstrap: Option<Bootstrap>) -> LayerReport {
    let class = |document: &GoldDocument| match document.language_code() {
        Some("en") => "en",
        Some("fr") => "fr",
        _ => "other",
    };
    let classes: BTreeSet<_> = pairs.iter().map(|pair| class(pair.gold)).collect();
    let mut confusion = Confusion::default();
    let documents = pairs.iter().map(|pair| {
        let (want, got) = (class(pair.gold), pair.predicted.map_or("other", class));
        confusion.add(Some(want), Some(got));
        let right = usize::from(want == got);
        let mut counts: Vec<_> = classes
            .iter()
            .map(|&name| if name == want { Counts::new(right, 0, 1) } else { Counts::default() })
            .collect();
        counts.push(Counts::new(right, 0, 1));
        counts
    });
    let documents = documents.collect();
    let names = classes.iter().chain([&"accuracy"]).map(|&name| (name.to_owned(), Kind::Share)).collect();
    LayerReport {
        figures: Table { names, documents }.figures(bootstrap),
        confusion: Some(confusion),
        reliability: Vec::new(),
    }
}
