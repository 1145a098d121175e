//! Trains a model of named entities.

use dixit_document::{AnnotateError, Annotator as _, EntityLabel, LanguageCode};
use dixit_entities::{Clusters, EntityLexicons, EntityModelError, EntityTagger, Lessons, model_bytes, tag_set};
use dixit_tagger::{Settings, Trainer, TrainingState};

use crate::EntityCorpus;
use crate::epoch::{EpochReport, scores};

/// The labels of names that are the same in both languages.
const CROSSING: [EntityLabel; 3] = [EntityLabel::Person, EntityLabel::Organization, EntityLabel::Location];

/// How many epochs of a run are too rough to be remembered.
const WARM_UP: usize = 2;

/// A model of named entities in training.
pub struct EntityTraining {
    language: LanguageCode,
    trainer: Trainer,
    state: TrainingState,
    lessons: usize,
    misfits: usize,
    clusters: Clusters,
    dev: EntityCorpus,
    best: Option<(f64, Vec<u8>)>,
    /// The epochs of this run.
    epochs: usize,
}

/// What a model of named entities learns from, and what it is judged on.
#[derive(Default)]
pub struct EntityCorpora {
    /// Documents of the language.
    pub train: EntityCorpus,
    /// How many times each of them counts.
    pub emphasis: usize,
    /// Documents of another language, for the names of people, places and organisations, which cross languages; each counts once.
    pub also: EntityCorpus,
    /// Documents of the language to judge by.
    pub dev: EntityCorpus,
}

/// Why a model cannot be trained.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    /// Words are missing.
    #[error("could not read the words of a document")]
    Words(#[from] AnnotateError),
    /// The model that was trained cannot be read.
    #[error("the trained model cannot be used")]
    Model(#[from] EntityModelError),
}

impl EntityTraining {
    /// A training on corpora, with the clusters of the language's words.
    ///
    /// # Errors
    /// [`TrainError::Words`] if a document was not cut into words.
    pub fn new(
        language: LanguageCode,
        corpora: EntityCorpora,
        clusters: Clusters,
        settings: Settings,
    ) -> Result<Self, TrainError> {
        let lexicons = EntityLexicons::new();
        let labels = corpora.train.labels();
        let (mut own, mut also) = (Lessons::default(), Lessons::default());
        for (document, gold) in &corpora.train.documents {
            lexicons.teach(document, gold, &labels, &clusters, &mut own)?;
        }
        for (document, gold) in &corpora.also.documents {
            let names: Vec<_> = gold.iter().filter(|(_, label)| CROSSING.contains(label)).copied().collect();
            lexicons.teach(document, &names, &labels, &clusters, &mut also)?;
        }
        let repeated = (0..corpora.emphasis).flat_map(|_| &own.sequences);
        let trainer = Trainer::new(tag_set(&labels), repeated.chain(&also.sequences), settings);
        let lessons = own.sequences.len() * corpora.emphasis + also.sequences.len();
        let (misfits, dev) = (own.misfits + also.misfits, corpora.dev);
        Ok(Self {
            language,
            trainer,
            state: TrainingState::default(),
            lessons,
            misfits,
            clusters,
            dev,
            best: None,
            epochs: 0,
        })
    }

    /// The number of sentences that an epoch learns from.
    pub fn sentences(&self) -> usize {
        self.lessons
    }

    /// The number of features.
    pub fn features(&self) -> usize {
        self.trainer.features()
    }

    /// Entities that do not fit the words, which are not learned.
    pub fn misfits(&self) -> usize {
        self.misfits
    }

    /// Begins another run: from nothing, in other orders. The model is the mean of all runs, which is better than any of them.
    pub fn restart(&mut self) {
        self.trainer.restart();
        self.state = TrainingState::default();
        self.epochs = 0;
    }

    /// Learns from each sentence once and judges the mean of all epochs but the first two of each run. `progress` hears of each sentence
    /// and says whether to go on.
    ///
    /// # Errors
    /// [`TrainError`].
    pub fn epoch(&mut self, progress: impl FnMut(usize) -> bool) -> Result<EpochReport, TrainError> {
        let loss = self.trainer.epoch(&mut self.state, progress);
        self.epochs += 1;
        let counts = self.epochs > WARM_UP;
        if counts {
            self.trainer.remember();
        }
        let model = model_bytes(&self.clusters, &self.trainer.model());
        let scores = self.judge(&model)?;
        let is_best = self.best.as_ref().is_none_or(|(best, _)| scores.2 > *best);
        if is_best {
            self.best = Some((scores.2, model));
        }
        Ok(EpochReport { loss, scores, is_best, counts })
    }

    /// The best model so far.
    pub fn best(&self) -> Option<&[u8]> {
        self.best.as_ref().map(|(_, model)| model.as_slice())
    }

    /// Precision, recall and F1 of exact spans and labels on the dev corpus.
    fn judge(&self, model: &[u8]) -> Result<(f64, f64, f64), TrainError> {
        let tagger = EntityTagger::of_language(self.language, model)?;
        let (mut right, mut found, mut wanted) = (0, 0, 0);
        for (document, gold) in &self.dev.documents {
            let mut document = document.clone();
            tagger.annotate(&mut document)?;
            let entities = document.entities().map_err(AnnotateError::from)?;
            let of_model = entities.iter().filter(|entity| entity.by == "model");
            let own: Vec<_> = of_model.map(|entity| (entity.span, entity.label)).collect();
            right += own
                .iter()
                .filter(|entity| {
                    gold.binary_search_by_key(&entity.0, |gold| gold.0).is_ok_and(|at| gold[at].1 == entity.1)
                })
                .count();
            found += own.len();
            wanted += gold.len();
        }
        Ok(scores(right, found, wanted))
    }
}
