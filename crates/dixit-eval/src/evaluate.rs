//! Pairs the documents of two corpora and measures the layers that are asked for.

use std::collections::BTreeMap;
use std::fmt;

use dixit_record::{GoldDocument, GoldQuote};
use serde::Serialize;

use crate::{Bootstrap, Confusion, Corpus, Figure, Reliability};
use crate::{entities, positions, quotes, spans};

/// A layer that can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Layer {
    /// Named entities.
    Entities,
    /// Quotes with their speakers.
    Quotes,
    /// Attributions without speakers.
    Attributions,
    /// Stances on a topic.
    Positions,
    /// Words and punctuation marks.
    Tokens,
    /// Sentences.
    Sentences,
    /// Paragraphs and their kinds.
    Paragraphs,
    /// Languages of whole documents.
    Language,
}

/// What to measure.
#[derive(Clone, Debug)]
pub struct Options {
    /// The layers; none for all that the gold has.
    pub layers: Vec<Layer>,
    /// The topic of the positions.
    pub topic: String,
    /// Whether to draw documents anew for intervals.
    pub bootstrap: Option<Bootstrap>,
}

/// What was measured.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The documents of the gold.
    pub documents: usize,
    /// Those of them that are not predicted: all that they hold counts as missed.
    pub missing: usize,
    /// Predicted documents that the gold does not have; they are passed over.
    pub extra: usize,
    /// The layers in their order.
    pub layers: BTreeMap<Layer, LayerReport>,
}

/// What was measured of a layer.
#[derive(Debug, Serialize)]
pub struct LayerReport {
    /// The figures; the last is the headline.
    pub figures: Vec<Figure>,
    /// What was taken for what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confusion: Option<Confusion>,
    /// Scores against what is right, each with what they are of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reliability: Vec<(String, Reliability)>,
}

/// Why two corpora cannot be compared.
#[derive(Debug, thiserror::Error)]
pub enum EvalError {
    /// The two have no id in common.
    #[error("no document of the gold is predicted: its first id is `{gold}`, the first predicted one `{predicted}`")]
    NothingInCommon {
        /// The first id of the gold; empty if it has none.
        gold: String,
        /// The first id of the predictions; empty if there are none.
        predicted: String,
    },
    /// No document is annotated by both of whom neither is the gold.
    #[error("no document is in both: the first id of the one is `{left}`, of the other `{right}`")]
    NothingInBoth {
        /// The first id of the left one; empty if it has none.
        left: String,
        /// The first id of the right one; empty if it has none.
        right: String,
    },
    /// A document has two texts.
    #[error("the texts of `{id}` differ from code point {at}: offsets into one mean nothing in the other")]
    OtherText {
        /// The document.
        id: String,
        /// The first code point that differs.
        at: usize,
    },
    /// The gold has no layer to measure.
    #[error("the gold has nothing to measure: known layers are {}", Layer::names())]
    NoLayer,
    /// The gold does not have a layer that was asked for.
    #[error("the gold has no {0}")]
    NotInGold(Layer),
}

/// A document of the gold and its prediction.
pub(crate) struct Pair<'d> {
    pub(crate) gold: &'d GoldDocument,
    pub(crate) predicted: Option<&'d GoldDocument>,
}

/// Measures `predicted` by `gold`.
///
/// # Errors
/// [`EvalError`] if they cannot be compared.
pub fn evaluate(gold: &Corpus, predicted: &Corpus, options: &Options) -> Result<Report, EvalError> {
    let pairs: Vec<_> = gold.documents.iter().map(|gold| Pair { gold, predicted: predicted.get(&gold.id) }).collect();
    let missing = pairs.iter().filter(|pair| pair.predicted.is_none()).count();
    if missing == pairs.len() {
        let first = |corpus: &Corpus| corpus.documents.first().map_or(String::new(), |document| document.id.clone());
        return Err(EvalError::NothingInCommon { gold: first(gold), predicted: first(predicted) });
    }
    pairs.iter().try_for_each(Pair::check)?;
    let has = |layer: Layer| pairs.iter().any(|pair| layer.is_in(pair.gold, &options.topic));
    let layers = match &options.layers[..] {
        [] => Layer::ALL.iter().copied().filter(|&layer| has(layer)).collect(),
        layers => layers.to_vec(),
    };
    if layers.is_empty() {
        return Err(EvalError::NoLayer);
    }
    if let Some(&layer) = layers.iter().find(|&&layer| !has(layer)) {
        return Err(EvalError::NotInGold(layer));
    }
    let layers = layers.into_iter().map(|layer| (layer, layer.evaluate(&pairs, options))).collect();
    let extra = predicted.len() - (pairs.len() - missing);
    Ok(Report { documents: pairs.len(), missing, extra, layers })
}

impl<'d> Pair<'d> {
    /// The predicted quotes; attributions where there are none.
    pub(crate) fn predicted_quotes(&self) -> &'d [GoldQuote] {
        let quotes = self.predicted.and_then(|document| document.quotes.as_ref().or(document.attributions.as_ref()));
        quotes.map_or(&[], Vec::as_slice)
    }

    pub(crate) fn check(&self) -> Result<(), EvalError> {
        let Some(predicted) = self.predicted.filter(|predicted| predicted.text != self.gold.text) else {
            return Ok(());
        };
        let same = self.gold.text.chars().zip(predicted.text.chars()).take_while(|(left, right)| left == right);
        Err(EvalError::OtherText { id: self.gold.id.clone(), at: same.count() })
    }
}

impl Layer {
    /// All layers, in the order in which they are told.
    pub const ALL: &'static [Self] = &[
        Self::Entities,
        Self::Quotes,
        Self::Attributions,
        Self::Positions,
        Self::Tokens,
        Self::Sentences,
        Self::Paragraphs,
        Self::Language,
    ];

    /// The name as users write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Entities => "entities",
            Self::Quotes => "quotes",
            Self::Attributions => "attributions",
            Self::Positions => "positions",
            Self::Tokens => "tokens",
            Self::Sentences => "sentences",
            Self::Paragraphs => "paragraphs",
            Self::Language => "language",
        }
    }

    /// The layer of that name.
    ///
    /// # Errors
    /// A message with the known names.
    pub fn from_name(name: &str) -> Result<Self, String> {
        let layer = Self::ALL.iter().copied().find(|layer| layer.name() == name);
        layer.ok_or_else(|| format!("known layers are {}", Self::names()))
    }

    fn names() -> String {
        Self::ALL.iter().map(|layer| format!("`{layer}`")).collect::<Vec<_>>().join(", ")
    }

    fn is_in(self, gold: &GoldDocument, topic: &str) -> bool {
        match self {
            Self::Entities => gold.entities.is_some(),
            Self::Quotes => gold.quotes.is_some(),
            Self::Attributions => gold.attributions.is_some(),
            Self::Positions => gold.quotes.iter().flatten().any(|quote| quote.stance(topic).is_some()),
            Self::Tokens => gold.tokens.is_some(),
            Self::Sentences => gold.sentences.is_some(),
            Self::Paragraphs => gold.paragraphs.is_some(),
            Self::Language => gold.language.is_some(),
        }
    }

    fn evaluate(self, pairs: &[Pair<'_>], options: &Options) -> LayerReport {
        let bootstrap = options.bootstrap;
        match self {
            Self::Entities => entities::evaluate(pairs, bootstrap),
            Self::Quotes => quotes::evaluate(pairs, |p| p.gold.quotes.as_deref().unwrap_or_default(), true, bootstrap),
            Self::Attributions => {
                quotes::evaluate(pairs, |p| p.gold.attributions.as_deref().unwrap_or_default(), false, bootstrap)
            }
            Self::Positions => positions::evaluate(pairs, &options.topic, bootstrap),
            Self::Tokens => spans::evaluate(pairs, "tokens", |document| document.tokens.as_ref(), bootstrap),
            Self::Sentences => spans::evaluate(pairs, "sentences", |document| document.sentences.as_ref(), bootstrap),
            Self::Paragraphs => spans::paragraphs(pairs, bootstrap),
            Self::Language => spans::languages(pairs, bootstrap),
        }
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
