//! The trained models, one a language, and what they learn from.

use dixit_document::{Entity, EntityLabel, LanguageCode, Vocabulary};
use dixit_tagger::{Features, LabelSpan, Model, ModelError, Scratch, Sequence, TagSet};
use dixit_text::Span;

use crate::features::{Memory, describe};
use crate::tagger::is_shouting;
use crate::words::Words;

/// A model that tags the sentences of one language.
pub(crate) struct NameModel {
    model: Model,
    labels: Vec<EntityLabel>,
}

/// Why a model cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntityModelError {
    /// The bytes are no model.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The model has a label that there is not.
    #[error("the model is not one of entities")]
    Label(#[from] dixit_document::UnknownName),
}

impl NameModel {
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, EntityModelError> {
        let model = Model::from_bytes(bytes)?;
        let labels = model.labels().iter().map(|label| EntityLabel::from_name(label)).collect::<Result<_, _>>()?;
        Ok(Self { model, labels })
    }

    /// Adds the entities of a sentence to `entities`.
    pub(crate) fn tag(&self, words: &Words<'_>, memory: &Memory, buffers: &mut Buffers, entities: &mut Vec<Entity>) {
        describe(words, memory, is_shouting(words), &mut buffers.features);
        self.model.label(&buffers.features, &mut buffers.scratch, |span, score| {
            entities.push(words.entity(&span.positions, self.labels[span.label], score, "model"));
        });
    }
}

/// Buffers for one document.
#[derive(Default)]
pub(crate) struct Buffers {
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
    /// Entities that begin or end inside a word, or cross a sentence: they are not learned.
    pub misfits: usize,
}

impl Lessons {
    /// Adds the sentences of a document, of which the words are `sentences` and the entities `gold`, in order.
    pub(crate) fn add(
        &mut self,
        sentences: &[Words<'_>],
        memory: &Memory,
        gold: &[(Span, EntityLabel)],
        labels: &[EntityLabel],
    ) {
        let mut fitted = 0;
        for words in sentences {
            let mut features = Features::default();
            describe(words, memory, is_shouting(words), &mut features);
            let spans: Vec<_> = gold.iter().filter_map(|&(span, label)| fit(words, span, label, labels)).collect();
            fitted += spans.len();
            self.sequences.push(Sequence { features, spans });
        }
        self.misfits += gold.len() - fitted;
    }
}

/// The words of the sentence that `span` is, to the character.
fn fit(words: &Words<'_>, span: Span, label: EntityLabel, labels: &[EntityLabel]) -> Option<LabelSpan> {
    let positions = dixit_text::within(words.spans, span);
    let label = labels.iter().position(|&known| known == label)?;
    let exact = !positions.is_empty()
        && words.spans[positions.start].start() == span.start()
        && words.spans[positions.end - 1].end() == span.end();
    exact.then_some(LabelSpan { positions, label })
}

/// The languages that there are models for.
pub(crate) const LANGUAGES: [LanguageCode; 2] = [LanguageCode::En, LanguageCode::Fr];
