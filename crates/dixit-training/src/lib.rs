//! Trains the embedded models from corpora: reads gold, makes lessons of it, and keeps the best model by its score on other gold.

mod corpus;
mod entities;
mod speakers;

pub use dixit_tagger::Settings;

pub use crate::corpus::{CorpusError, EntityCorpus};
pub use crate::entities::{EntityReport, EntityTraining, TrainError};
pub use crate::speakers::{SpeakerCorpus, SpeakerCorpusError, SpeakerReport};
