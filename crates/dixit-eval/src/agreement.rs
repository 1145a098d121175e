//! How far two annotators of the same texts agree, beyond what chance would give.

use serde::Serialize;

use crate::Corpus;
use crate::align::align;
use crate::coefficients::{cohen, krippendorff};
use crate::entities::{Labelled, overlapping};
use crate::evaluate::{EvalError, Pair};
use crate::quotes::{OVERLAP, same};
use crate::text::{Text, jaccard, ratio, shared};
use dixit_record::{GoldDocument, GoldQuote, GoldSpan};

/// What a quote without a stance counts as.
const NO_STANCE: &str = "none";

/// How far two annotators agree.
#[derive(Debug, Serialize)]
pub struct Agreement {
    /// The documents that both annotated.
    pub documents: usize,
    /// Documents that only the left one has; they are passed over.
    pub only_left: usize,
    /// Documents that only the right one has; they are passed over.
    pub only_right: usize,
    /// The figures, in the order in which they are told.
    pub figures: Vec<AgreementFigure>,
}

/// One figure of agreement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AgreementFigure {
    /// What it is of.
    pub layer: &'static str,
    /// What it is: `exact-f1`, `overlap-f1`, `kappa-labels` …
    pub name: &'static str,
    /// The value; `None` where there is nothing to compare, or where chance alone would give full agreement.
    pub value: Option<f64>,
    /// How many units it is over: items of both for F1, pairs for the others.
    pub units: usize,
}

/// What is counted over all documents.
#[derive(Default)]
struct Counts {
    entities: [usize; 4],
    quotes: [usize; 4],
    labels: Vec<(String, String)>,
    types: Vec<(String, String)>,
    stances: Vec<(String, String)>,
    speakers: [usize; 2],
}

/// Compares two annotations of the same texts; neither is the gold. `topic`: of the stances.
///
/// # Errors
/// [`EvalError`] if they have no document in common, or one with two texts.
pub fn agreement(left: &Corpus, right: &Corpus, topic: &str) -> Result<Agreement, EvalError> {
    let pairs: Vec<_> =
        left.documents.iter().filter_map(|document| Some((document, right.get(&document.id)?))).collect();
    if pairs.is_empty() {
        let first = |corpus: &Corpus| corpus.documents.first().map_or(String::new(), |document| document.id.clone());
        return Err(EvalError::NothingInBoth { left: first(left), right: first(right) });
    }
    let mut counts = Counts::default();
    for &(left, right) in &pairs {
        Pair { gold: left, predicted: Some(right) }.check()?;
        counts.add(left, right, topic);
    }
    let documents = pairs.len();
    let (only_left, only_right) = (left.len() - documents, right.len() - documents);
    Ok(Agreement { documents, only_left, only_right, figures: counts.figures() })
}

impl Counts {
    fn add(&mut self, left: &GoldDocument, right: &GoldDocument, topic: &str) {
        let text = Text::new(&left.text);
        self.add_entities(&text, left, right);
        let (left, right) = (left.quotes.as_deref().unwrap_or_default(), right.quotes.as_deref().unwrap_or_default());
        self.add_quotes(&text, left, right, topic);
    }

    fn add_entities(&mut self, text: &Text, left: &GoldDocument, right: &GoldDocument) {
        let [left, right] = [left, right].map(|document| {
            let entities = document.entities.iter().flatten().filter(|entity| !entity.nested);
            let mut entities: Vec<Labelled<'_>> = entities
                .map(|entity| (text.trimmed(GoldSpan { start: entity.start, end: entity.end }), entity.label.as_str()))
                .collect();
            entities.sort_unstable();
            entities.dedup();
            entities
        });
        let overlapping = overlapping(&left, &right);
        sum(&mut self.entities, [shared(&left, &right), overlapping, left.len(), right.len()]);
        for (span, label) in &left {
            let other = right.iter().find(|(other, _)| other == span);
            self.labels.extend(other.map(|(_, other)| ((*label).to_owned(), (*other).to_owned())));
        }
    }

    fn add_quotes(&mut self, text: &Text, left: &[GoldQuote], right: &[GoldQuote], topic: &str) {
        let trimmed = |quote: &GoldQuote| quote.content.iter().map(|&span| text.trimmed(span)).collect::<Vec<_>>();
        let aligned = align(text, left, right, OVERLAP, jaccard);
        let exact = aligned.iter().filter(|&&(one, other)| trimmed(&left[one]) == trimmed(&right[other])).count();
        sum(&mut self.quotes, [exact, aligned.len(), left.len(), right.len()]);
        for (one, other) in aligned {
            let (one, other) = (&left[one], &right[other]);
            let stance = |quote: &GoldQuote| quote.stance(topic).unwrap_or(NO_STANCE).to_owned();
            self.stances.push((stance(one), stance(other)));
            if let (Some(one), Some(other)) = (&one.kind, &other.kind) {
                self.types.push((one.clone(), other.clone()));
            }
            let nobody = one.speaker.is_none() && other.speaker.is_none();
            sum(&mut self.speakers, [usize::from(nobody || same(one, other)), 1]);
        }
    }

    fn figures(&self) -> Vec<AgreementFigure> {
        let f1 = |layer, name, right: usize, [_, _, left_count, right_count]: [usize; 4]| {
            let units = left_count + right_count;
            AgreementFigure { layer, name, value: (units > 0).then(|| ratio(2 * right, units)), units }
        };
        let pairs =
            |layer, name, value, pairs: &[(String, String)]| AgreementFigure { layer, name, value, units: pairs.len() };
        let units: Vec<Vec<&str>> =
            self.stances.iter().map(|(one, other)| vec![one.as_str(), other.as_str()]).collect();
        let [same, paired] = self.speakers;
        let speakers = (paired > 0).then(|| ratio(same, paired));
        vec![
            f1("entities", "exact-f1", self.entities[0], self.entities),
            f1("entities", "overlap-f1", self.entities[1], self.entities),
            pairs("entities", "kappa-labels", cohen(&self.labels), &self.labels),
            f1("quotes", "exact-f1", self.quotes[0], self.quotes),
            f1("quotes", "overlap-f1", self.quotes[1], self.quotes),
            pairs("quotes", "kappa-types", cohen(&self.types), &self.types),
            AgreementFigure { layer: "quotes", name: "same-speaker", value: speakers, units: paired },
            pairs("positions", "kappa-stances", cohen(&self.stances), &self.stances),
            pairs("positions", "alpha-stances", krippendorff(&units), &self.stances),
        ]
    }
}

fn sum<const N: usize>(sums: &mut [usize; N], more: [usize; N]) {
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum += more;
    }
}

impl Agreement {
    /// The figures as a line of JSON.
    ///
    /// # Panics
    /// Never: figures are always JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("figures are always JSON") + "\n"
    }

    /// The figures as aligned columns.
    pub fn to_table(&self) -> String {
        let head = ["", "agreement", "value", "units"].map(str::to_owned).to_vec();
        let row = |figure: &AgreementFigure| {
            let value = figure.value.map_or("-".to_owned(), |value| format!("{value:.4}"));
            vec![figure.layer.to_owned(), figure.name.to_owned(), value, figure.units.to_string()]
        };
        let rows: Vec<_> = std::iter::once(head).chain(self.figures.iter().map(row)).collect();
        let mut out = String::new();
        crate::print::write_rows(&mut out, &rows);
        out.pop();
        out
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn corpus(lines: &str) -> Corpus {
        Corpus::read(Path::new("a.jsonl"), lines.as_bytes()).unwrap()
    }

    fn value(agreement: &Agreement, layer: &str, name: &str) -> (Option<f64>, usize) {
        let found = agreement.figures.iter().find(|figure| (figure.layer, figure.name) == (layer, name)).unwrap();
        (found.value.map(|value| (value * 10_000.0).round() / 10_000.0), found.units)
    }

    const LEFT: &str = r#"{"id":"a","text":"Léa et Bamako, oui, dit Léa.","entities":[{"start":0,"end":3,"label":"PERSON"},{"start":7,"end":13,"label":"LOC"}],
        "quotes":[{"content":[[15,18]],"type":"direct","speaker":"Léa","positions":[{"topic":"dialogue","stance":"support"}]}]}"#;

    fn left() -> Corpus {
        corpus(&LEFT.replace('\n', " "))
    }

    #[test]
    fn an_annotator_agrees_with_themselves() {
        let agreement = agreement(&left(), &left(), "dialogue").unwrap();
        for (layer, name) in [
            ("entities", "exact-f1"),
            ("entities", "overlap-f1"),
            ("entities", "kappa-labels"),
            ("quotes", "exact-f1"),
            ("quotes", "same-speaker"),
        ] {
            assert_eq!(value(&agreement, layer, name).0, Some(1.0), "{layer} {name}");
        }
        assert_eq!(
            value(&agreement, "positions", "kappa-stances"),
            (None, 1),
            "one stance alone: chance would do as well"
        );
    }

    #[test]
    fn is_the_same_whoever_is_named_first() {
        let other = LEFT
            .replace('\n', " ")
            .replace(r#""end":13,"label":"LOC"#, r#""end":12,"label":"LOC"#)
            .replace("support", "oppose");
        let other = corpus(&other.replace(r#"{"start":0,"end":3,"label":"PERSON"},"#, ""));
        let (there, back) =
            (agreement(&left(), &other, "dialogue").unwrap(), agreement(&other, &left(), "dialogue").unwrap());
        assert_eq!(there.figures, back.figures);
        assert_eq!(value(&there, "entities", "exact-f1"), (Some(0.0), 3));
        assert_eq!(value(&there, "entities", "overlap-f1"), (Some(0.6667), 3));
        assert_eq!(value(&there, "positions", "alpha-stances"), (Some(0.0), 1));
    }

    #[test]
    fn texts_that_differ_or_have_no_id_in_common_are_refused() {
        let other = corpus(r#"{"id":"a","text":"Léo"}"#);
        assert!(matches!(agreement(&left(), &other, "dialogue"), Err(EvalError::OtherText { .. })));
        let other = corpus(r#"{"id":"b","text":"Léo"}"#);
        assert!(matches!(agreement(&left(), &other, "dialogue"), Err(EvalError::NothingInBoth { .. })));
    }
}
