//! Trains the model of quotes.

use dixit_document::{AnnotateError, Annotator as _, Document, Language, LanguageCode, Vocabulary as _};
use dixit_entities::{EntityModelError, EntityTagger};
use dixit_paragraphs::ParagraphSplitter;
use dixit_quotes::{GoldQuote, Lessons, QuoteFinder, QuoteLexicons, QuoteModelError, tag_set};
use dixit_record::{AttributionSpans, GoldDocument};
use dixit_tagger::{Settings, Trainer, TrainingState};
use dixit_text::Span;
use dixit_tokens::Tokenizer;

use crate::CorpusError;
use crate::content::is_same_content;
use crate::epoch::{EpochReport, scores};

/// Documents with their attributions.
pub struct QuoteCorpus {
    entities: EntityTagger,
    documents: Vec<QuoteDocument>,
}

struct QuoteDocument {
    document: Document,
    quotes: Vec<GoldQuote>,
    foreign: bool,
}

/// A model of quotes in training.
pub struct QuoteTraining {
    trainer: Trainer,
    state: TrainingState,
    heads: usize,
    missed: usize,
    dev: QuoteCorpus,
    best: Option<(f64, Vec<u8>)>,
}

/// Why a model of quotes cannot be trained.
#[derive(Debug, thiserror::Error)]
pub enum QuoteTrainError {
    /// A layer is missing.
    #[error("could not read the layers of a document")]
    Layers(#[from] AnnotateError),
    /// The model that was trained cannot be read.
    #[error("the trained model cannot be used")]
    Model(#[from] QuoteModelError),
}

impl QuoteCorpus {
    /// A corpus without documents, whose entities the embedded models will find.
    ///
    /// # Errors
    /// [`EntityModelError`] if the embedded models cannot be read.
    pub fn new() -> Result<Self, EntityModelError> {
        let entities = EntityTagger::new(&dixit_models::entities_en(), &dixit_models::entities_fr())?;
        Ok(Self { entities, documents: Vec::new() })
    }

    /// Adds the document of a line of JSON.
    ///
    /// # Errors
    /// [`CorpusError`].
    pub fn add(&mut self, line: &str) -> Result<(), CorpusError> {
        let gold = GoldDocument::from_json(line)?;
        let language = LanguageCode::from_name(gold.language_code().unwrap_or_default())?;
        let of = |spans: AttributionSpans| GoldQuote { content: spans.content, cue: spans.cue, source: spans.source };
        let (quotes, foreign) = (gold.attribution_spans()?.into_iter().map(of).collect(), gold.is_foreign());
        let mut document = Document::new(gold.id, gold.text)?;
        ParagraphSplitter::new().annotate(&mut document)?;
        let paragraphs = vec![language; document.paragraphs().map_or(0, <[_]>::len)];
        document.set_language(Language { code: language, confidence: 1.0, paragraphs });
        Tokenizer::new().annotate(&mut document)?;
        self.entities.annotate(&mut document)?;
        self.documents.push(QuoteDocument { document, quotes, foreign });
        Ok(())
    }

    /// The number of documents.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether there is no document.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }
}

impl QuoteTraining {
    /// A training on `train`, judged on `dev`. Documents that follow the project's own guide are learned from `emphasis` times.
    ///
    /// # Errors
    /// [`QuoteTrainError::Layers`] if a document lacks a layer.
    pub fn new(
        train: &QuoteCorpus,
        dev: QuoteCorpus,
        emphasis: usize,
        settings: Settings,
    ) -> Result<Self, QuoteTrainError> {
        let lexicons = QuoteLexicons::new();
        let (mut lessons, mut missed) = (Lessons::default(), 0);
        for QuoteDocument { document, quotes, foreign } in &train.documents {
            let first = lessons.sequences.len();
            lexicons.teach(document, quotes, *foreign, &mut lessons)?;
            missed += std::mem::take(&mut lessons.missed);
            let own = lessons.sequences[first..].to_vec();
            for _ in 1..if *foreign { 1 } else { emphasis } {
                lessons.sequences.extend_from_slice(&own);
            }
        }
        let trainer = Trainer::new(tag_set(), &lessons.sequences, settings);
        let heads = lessons.sequences.len();
        Ok(Self { trainer, state: TrainingState::default(), heads, missed, dev, best: None })
    }

    /// The number of heads that an epoch learns from.
    pub fn heads(&self) -> usize {
        self.heads
    }

    /// The number of features.
    pub fn features(&self) -> usize {
        self.trainer.features()
    }

    /// Attributions that hang on no head, which are not learned.
    pub fn missed(&self) -> usize {
        self.missed
    }

    /// Learns from each head once and judges the mean of all epochs but the first. `progress` hears of each head and says whether to
    /// go on.
    ///
    /// # Errors
    /// [`QuoteTrainError`].
    pub fn epoch(
        &mut self,
        number: usize,
        progress: impl FnMut(usize) -> bool,
    ) -> Result<EpochReport, QuoteTrainError> {
        let loss = self.trainer.epoch(&mut self.state, progress);
        if number > 1 {
            self.trainer.remember();
        }
        let model = self.trainer.model();
        let scores = self.judge(&model)?;
        let is_best = self.best.as_ref().is_none_or(|(best, _)| scores.2 > *best);
        if is_best {
            self.best = Some((scores.2, model));
        }
        Ok(EpochReport { loss, scores, is_best, counts: true })
    }

    /// The best model so far.
    pub fn best(&self) -> Option<&[u8]> {
        self.best.as_ref().map(|(_, model)| model.as_slice())
    }

    /// Precision, recall and F1 of contents that share at least half of their bytes on the dev corpus.
    fn judge(&self, model: &[u8]) -> Result<(f64, f64, f64), QuoteTrainError> {
        let finder = QuoteFinder::new(model)?;
        let (mut right, mut found, mut wanted) = (0, 0, 0);
        for QuoteDocument { document, quotes, .. } in &self.dev.documents {
            let mut document = document.clone();
            finder.annotate(&mut document)?;
            let mut own: Vec<&[Span]> =
                document.quotes().map_err(AnnotateError::from)?.iter().map(|quote| quote.content.as_slice()).collect();
            found += own.len();
            wanted += quotes.len();
            for gold in quotes {
                if let Some(at) = own.iter().position(|content| is_same_content(content, &gold.content)) {
                    own.swap_remove(at);
                    right += 1;
                }
            }
        }
        Ok(scores(right, found, wanted))
    }
}
