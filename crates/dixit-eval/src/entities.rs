//! Entities: labels made alike, then spans compared.

use std::collections::BTreeSet;

use dixit_record::{GoldDocument, GoldEntity, GoldSpan};

use crate::evaluate::{LayerReport, Pair};
use crate::figures::{Bootstrap, Counts, Kind, Table};
use crate::matrix::Confusion;
use crate::reliability::Reliability;
use crate::text::{Text, shared};

/// What corpora call labels that records call otherwise, sorted.
const SYNONYMS: [(&str, &str); 11] = [
    ("Date", "DATE"),
    ("Event", "EVENT"),
    ("Facility", "FAC"),
    ("Hour", "TIME"),
    ("Location", "LOC"),
    ("Misc", "MISC"),
    ("Money", "MONEY"),
    ("Organization", "ORG"),
    ("PER", "PERSON"),
    ("Person", "PERSON"),
    ("Product", "PRODUCT"),
];

const CORE: [&str; 3] = ["LOC", "ORG", "PERSON"];

/// A trimmed span and its label.
pub(crate) type Labelled<'d> = (GoldSpan, &'d str);

/// Which labels of a document count as others.
#[derive(Clone, Copy)]
struct Folding {
    /// FAC is LOC; NORP, PRODUCT and EVENT are MISC: the corpus knows four.
    four_classes: bool,
    /// FAC is LOC: the French corpora know none.
    french: bool,
}

struct Row<'d> {
    gold: BTreeSet<Labelled<'d>>,
    predicted: BTreeSet<Labelled<'d>>,
    scores: Vec<(Labelled<'d>, f32)>,
}

pub(crate) fn evaluate(pairs: &[Pair<'_>], bootstrap: Option<Bootstrap>) -> LayerReport {
    let rows: Vec<_> = pairs.iter().map(Row::new).collect();
    let labels: BTreeSet<_> = rows.iter().flat_map(|row| row.gold.iter().map(|&(_, label)| label)).collect();
    let mut names: Vec<_> = labels.iter().map(|&label| (label.to_owned(), Kind::F1)).collect();
    for name in ["all", "all-boundary", "all-overlap", "core-unlabelled", "core"] {
        names.push((name.to_owned(), Kind::F1));
    }
    let documents = rows.iter().map(|row| row.counts(&labels)).collect();
    let (mut confusion, mut reliability) = (Confusion::default(), Reliability::default());
    for row in &rows {
        row.confuse(&mut confusion);
        for ((span, label), score) in row.scores.iter().filter(|((_, label), _)| labels.contains(label)) {
            reliability.add(*score, row.gold.contains(&(*span, *label)));
        }
    }
    LayerReport {
        figures: Table { names, documents }.figures(bootstrap),
        confusion: Some(confusion),
        reliability: vec![("entities".to_owned(), reliability)],
    }
}

impl<'d> Row<'d> {
    fn new(pair: &Pair<'d>) -> Self {
        let folding = Folding::of(pair.gold);
        let text = Text::new(&pair.gold.text);
        let labelled = |entity: &'d GoldEntity| {
            let span = text.trimmed(GoldSpan { start: entity.start, end: entity.end });
            (span, folding.label(&entity.label))
        };
        let outer = |document: Option<&'d GoldDocument>| {
            document
                .and_then(|document| document.entities.as_ref())
                .into_iter()
                .flatten()
                .filter(|entity| !entity.nested)
        };
        let scores = outer(pair.predicted).filter_map(|entity| Some((labelled(entity), entity.score?)));
        Self {
            gold: outer(Some(pair.gold)).map(labelled).collect(),
            predicted: outer(pair.predicted).map(labelled).collect(),
            scores: scores.collect(),
        }
    }

    fn counts(&self, labels: &BTreeSet<&str>) -> Vec<Counts> {
        let of = |keep: &dyn Fn(&str) -> bool| {
            let kept = |set: &BTreeSet<Labelled<'d>>| set.iter().copied().filter(|e| keep(e.1)).collect::<Vec<_>>();
            (kept(&self.gold), kept(&self.predicted))
        };
        let exact = |(gold, predicted): (Vec<Labelled<'_>>, Vec<Labelled<'_>>)| {
            Counts::new(shared(&gold, &predicted), predicted.len(), gold.len())
        };
        let all = || of(&|label| labels.contains(label));
        let core = || of(&|label| CORE.contains(&label));
        let mut counts: Vec<_> = labels.iter().map(|&one| exact(of(&|label| label == one))).collect();
        counts.extend([exact(all()), boundaries(all()), overlaps(&all()), boundaries(core()), exact(core())]);
        counts
    }

    /// Counts the labels of the same spans, and of spans that one side has alone.
    fn confuse(&self, confusion: &mut Confusion) {
        let mut open: Vec<_> = self.predicted.difference(&self.gold).copied().collect();
        for &(_, label) in self.gold.intersection(&self.predicted) {
            confusion.add(Some(label), Some(label));
        }
        for &(span, label) in self.gold.difference(&self.predicted) {
            let place = open.iter().position(|&(other, _)| other == span);
            confusion.add(Some(label), place.map(|place| open.remove(place).1));
        }
        for (_, label) in open {
            confusion.add(None, Some(label));
        }
    }
}

/// The same spans, whatever their labels.
fn boundaries((gold, predicted): (Vec<Labelled<'_>>, Vec<Labelled<'_>>)) -> Counts {
    let spans = |entities: Vec<Labelled<'_>>| {
        let mut spans: Vec<_> = entities.into_iter().map(|(span, _)| span).collect();
        spans.dedup();
        spans
    };
    let (gold, predicted) = (spans(gold), spans(predicted));
    Counts::new(shared(&gold, &predicted), predicted.len(), gold.len())
}

/// The same labels on spans that share a code point.
fn overlaps((gold, predicted): &(Vec<Labelled<'_>>, Vec<Labelled<'_>>)) -> Counts {
    Counts::new(overlapping(gold, predicted), predicted.len(), gold.len())
}

/// How many of the left entities share a label and a code point with one of the right, each of which counts once.
pub(crate) fn overlapping(left: &[Labelled<'_>], right: &[Labelled<'_>]) -> usize {
    let mut open: Vec<_> = right.iter().collect();
    let found = left.iter().filter(|(span, label)| {
        let meets = |(other, same): &&Labelled<'_>| same == label && span.start < other.end && other.start < span.end;
        open.iter().position(meets).map(|place| open.remove(place)).is_some()
    });
    found.count()
}

impl Folding {
    fn of(gold: &GoldDocument) -> Self {
        let four = |entity: &GoldEntity| matches!(entity.label.as_str(), "PER" | "MISC");
        let record = gold.language.is_some();
        Self {
            four_classes: gold.four_class || (!record && gold.entities.iter().flatten().any(four)),
            french: gold.language_code() == Some("fr"),
        }
    }

    fn label(self, name: &str) -> &str {
        let place = SYNONYMS.binary_search_by_key(&name, |&(known, _)| known);
        match place.map_or(name, |place| SYNONYMS[place].1) {
            "FAC" if self.four_classes || self.french => "LOC",
            "EVENT" | "NORP" | "PRODUCT" if self.four_classes => "MISC",
            label => label,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_synonyms_are_sorted() {
        assert!(SYNONYMS.is_sorted());
    }

    #[test]
    fn overlaps_count_a_prediction_once() {
        let span = |start, end| GoldSpan { start, end };
        let gold = vec![(span(0, 4), "LOC"), (span(5, 9), "LOC")];
        assert_eq!(overlaps(&(gold.clone(), vec![(span(0, 9), "LOC")])), Counts::new(1, 1, 2));
        assert_eq!(overlaps(&(gold, vec![(span(4, 5), "LOC"), (span(5, 9), "ORG")])), Counts::new(0, 2, 2));
    }
}
