//! The trained models, one a language, and what they learn from.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use dixit_document::{Entity, EntityLabel, LanguageCode, Vocabulary as _};
use dixit_tagger::{Features, LabelSpan, Model, ModelError, Scratch, Sequence, TagSet};
use dixit_text::Span;

use crate::clusters::{Clusters, ClustersError};
use crate::features::{Memory, describe};
use crate::vocabulary::{Known, Vocabulary};
use crate::words::Words;

/// A model that tags the sentences of one language.
///
/// Its bytes are the length of [`Clusters`] in bytes (u32, little-endian), the clusters, and the [`Model`].
pub(crate) struct NameModel {
    clusters: Clusters,
    model: Model,
    labels: Vec<EntityLabel>,
    /// What is known of words, as many times as there were threads at once: some 5 MB each.
    known: Mutex<Vec<Known>>,
}

/// Why a model cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntityModelError {
    /// The bytes end within the clusters.
    #[error("not a model of entities, or one that is cut off at byte {at}")]
    Truncated {
        /// The number of bytes that there are.
        at: usize,
    },
    /// The clusters of words that the model begins with cannot be used.
    #[error(transparent)]
    Clusters(#[from] ClustersError),
    /// What follows is no model of the tagger.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The model has a label that there is not.
    #[error("the model is not one of entities")]
    Label(#[from] dixit_document::UnknownName),
}

impl NameModel {
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, EntityModelError> {
        let cut_off = EntityModelError::Truncated { at: bytes.len() };
        let (length, rest) = bytes.split_first_chunk().ok_or(cut_off.clone())?;
        let (clusters, model) = rest.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or(cut_off)?;
        let (clusters, model) = (Clusters::from_bytes(clusters)?, Model::from_bytes(model)?);
        let labels = model.labels().iter().map(|label| EntityLabel::from_name(label)).collect::<Result<_, _>>()?;
        Ok(Self { clusters, model, labels, known: Mutex::default() })
    }

    /// Buffers for a document, to be [given back](Self::give_back).
    pub(crate) fn buffers(&self) -> Buffers {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        Buffers { known, ..Buffers::default() }
    }

    /// Keeps what is known of words for the next document, unless a sentence beyond all measure made too much of it.
    pub(crate) fn give_back(&self, buffers: Buffers) {
        if buffers.known.is_usual() {
            self.known.lock().unwrap_or_else(PoisonError::into_inner).push(buffers.known);
        }
    }

    /// Adds the entities of a sentence to `entities`. The buffers are from [`Self::buffers`].
    pub(crate) fn tag(&self, words: &Words<'_>, memory: &Memory, buffers: &mut Buffers, entities: &mut Vec<Entity>) {
        let vocabulary =
            &mut Vocabulary { known: &mut buffers.known, clusters: &self.clusters, model: Some(&self.model) };
        describe(words, memory, vocabulary, &mut buffers.features);
        self.model.label(&buffers.features, &mut buffers.scratch, |span, score| {
            let label = self.labels[span.label];
            entities.push(words.entity(&trimmed(words, span.positions, label), label, score, "model"));
        });
    }
}

/// The words of a person or a place without the marks and pictures behind them.
fn trimmed(words: &Words<'_>, mut positions: Range<usize>, label: EntityLabel) -> Range<usize> {
    if matches!(label, EntityLabel::Person | EntityLabel::Location) {
        let is_mark = |index: usize| !words.surface(index).contains(char::is_alphanumeric);
        while positions.len() > 1 && is_mark(positions.end - 1) {
            positions.end -= 1;
        }
    }
    positions
}

/// The bytes of a model of entities: the clusters that it describes words by, and what the tagger learned.
pub fn model_bytes(clusters: &Clusters, model: &[u8]) -> Vec<u8> {
    let clusters = clusters.to_bytes();
    let mut bytes = (clusters.len() as u32).to_le_bytes().to_vec();
    bytes.extend(clusters);
    bytes.extend(model);
    bytes
}

/// Buffers for one document.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    known: Known,
    features: Features,
    scratch: Scratch,
}

/// The tags of the entities of a language's corpus.
pub fn tag_set(labels: &[EntityLabel]) -> TagSet {
    TagSet::new(labels.iter().map(|label| label.name().to_owned()).collect())
}

/// Sentences to learn from, and how many entities do not fit the words.
#[derive(Debug, Default)]
pub struct Lessons {
    /// The sentences.
    pub sequences: Vec<Sequence>,
    /// Entities that begin or end inside a word, cross a sentence, or share a word with one before them: they are not learned.
    pub misfits: usize,
}

impl Lessons {
    /// Adds the sentences of a document, of which the words are `sentences` and the entities `gold`, in order.
    pub(crate) fn add(
        &mut self,
        sentences: &[Words<'_>],
        memory: &Memory,
        clusters: &Clusters,
        gold: &[(Span, EntityLabel)],
        labels: &[EntityLabel],
    ) {
        let mut fitted = 0;
        let vocabulary = &mut Vocabulary { known: &mut Known::default(), clusters, model: None };
        for words in sentences {
            let mut features = Features::default();
            describe(words, memory, vocabulary, &mut features);
            let mut spans: Vec<LabelSpan> = Vec::new();
            for fitting in gold.iter().filter_map(|&(span, label)| fit(words, span, label, labels)) {
                if spans.last().is_none_or(|last| last.positions.end <= fitting.positions.start) {
                    spans.push(fitting);
                }
            }
            fitted += spans.len();
            self.sequences.push(Sequence { features, spans });
        }
        self.misfits += gold.len() - fitted;
    }
}

/// The words of the sentence that `span` is, but for marks at its ends: corpora differ on whether the last point of `U.S.` is in.
fn fit(words: &Words<'_>, span: Span, label: EntityLabel, labels: &[EntityLabel]) -> Option<LabelSpan> {
    let start = words.spans.partition_point(|word| word.end() <= span.start());
    let end = words.spans.partition_point(|word| word.start() < span.end());
    let label = labels.iter().position(|&known| known == label)?;
    let same = |a: usize, b: usize| !words.text[a.min(b)..a.max(b)].contains(char::is_alphanumeric);
    let fits =
        start < end && same(words.spans[start].start(), span.start()) && same(words.spans[end - 1].end(), span.end());
    fits.then_some(LabelSpan { positions: start..end, label })
}

/// The languages that there are models for.
pub(crate) const LANGUAGES: [LanguageCode; 2] = [LanguageCode::En, LanguageCode::Fr];
