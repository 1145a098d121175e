//! Tokens, sentences, paragraphs and languages: what is the same is right.

use std::collections::BTreeSet;

use dixit_record::{GoldDocument, GoldParagraph, GoldSpan};

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
        let exact = Counts::new(shared(&gold, &predicted), predicted.len(), gold.len());
        vec![
            boundaries(&gold, &predicted),
            Counts::new(overlaps(&gold, &predicted), predicted.len(), gold.len()),
            exact,
        ]
    });
    let names = ["-boundary", "-overlap", ""].map(|figure| (format!("{name}{figure}"), Kind::F1)).to_vec();
    let table = Table { names, documents: documents.collect() };
    LayerReport { figures: table.figures(bootstrap), confusion: None, reliability: Vec::new() }
}

/// The same starts, and the same ends: each counts.
pub(crate) fn boundaries(gold: &[GoldSpan], predicted: &[GoldSpan]) -> Counts {
    let ends = |spans: &[GoldSpan]| {
        let starts = spans.iter().map(|span| (false, span.start));
        starts.chain(spans.iter().map(|span| (true, span.end))).collect::<BTreeSet<_>>()
    };
    let (gold, predicted) = (ends(gold), ends(predicted));
    Counts::new(gold.intersection(&predicted).count(), predicted.len(), gold.len())
}

/// How many spans share a code point with one of the other side, one to one; both sorted, none overlapping another of its side.
fn overlaps(gold: &[GoldSpan], predicted: &[GoldSpan]) -> usize {
    let (mut left, mut right, mut count) = (0, 0, 0);
    while let (Some(a), Some(b)) = (gold.get(left), predicted.get(right)) {
        let meet = a.start < b.end && b.start < a.end;
        count += usize::from(meet);
        left += usize::from(meet || a.end <= b.end);
        right += usize::from(meet || b.end < a.end);
    }
    count
}

/// Measures paragraphs: span and kind, the kinds alone, and their spans whatever the kind.
pub(crate) fn paragraphs(pairs: &[Pair<'_>], bootstrap: Option<Bootstrap>) -> LayerReport {
    let sorted = |document: Option<&GoldDocument>| {
        let paragraphs = document.and_then(|document| document.paragraphs.as_ref()).into_iter().flatten();
        let labelled = |paragraph: &GoldParagraph| {
            (GoldSpan { start: paragraph.start, end: paragraph.end }, paragraph.kind.clone())
        };
        paragraphs.map(labelled).collect::<BTreeSet<_>>()
    };
    let sides: Vec<_> = pairs.iter().map(|pair| (sorted(Some(pair.gold)), sorted(pair.predicted))).collect();
    let kinds: BTreeSet<_> = sides.iter().flat_map(|(gold, _)| gold.iter().map(|(_, kind)| kind.clone())).collect();
    let mut confusion = Confusion::default();
    let documents = sides.iter().map(|(gold, predicted)| {
        let of =
            |side: &BTreeSet<(GoldSpan, String)>, kind: &String| side.iter().filter(|(_, other)| other == kind).count();
        let both = gold.intersection(predicted).cloned().collect::<BTreeSet<_>>();
        let spans = |side: &BTreeSet<(GoldSpan, String)>| side.iter().map(|&(span, _)| span).collect::<Vec<_>>();
        let mut counts: Vec<_> =
            kinds.iter().map(|kind| Counts::new(of(&both, kind), of(predicted, kind), of(gold, kind))).collect();
        let alike = shared(&spans(gold), &spans(predicted));
        counts.push(Counts::new(alike, predicted.len(), gold.len()));
        counts.push(Counts::new(both.len(), predicted.len(), gold.len()));
        for (span, kind) in gold {
            let other = predicted.iter().find(|(other, _)| other == span);
            confusion.add(Some(kind), other.map(|(_, kind)| kind.as_str()));
        }
        for (_, kind) in predicted.iter().filter(|(span, _)| !gold.iter().any(|(other, _)| other == span)) {
            confusion.add(None, Some(kind));
        }
        counts
    });
    let documents = documents.collect();
    let mut names: Vec<_> = kinds.iter().map(|kind| (kind.clone(), Kind::F1)).collect();
    names.extend(["all-boundary", "all"].map(|name| (name.to_owned(), Kind::F1)));
    LayerReport {
        figures: Table { names, documents }.figures(bootstrap),
        confusion: Some(confusion),
        reliability: Vec::new(),
    }
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
