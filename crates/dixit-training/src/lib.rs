//! Trains the embedded models from corpora: reads gold, makes lessons of it, and keeps the best model by its score on other gold.

mod clusters;
mod content;
mod corpus;
mod entities;
mod epoch;
mod groups;
mod positions;
mod quotes;
mod random;
mod skip_gram;
mod speakers;

pub use dixit_entities::Clusters;
pub use dixit_positions::{TrainingSettings, train as train_positions};
pub use dixit_tagger::Settings;

pub use crate::clusters::ClusterTraining;
pub use crate::corpus::{CorpusError, EntityCorpus};
pub use crate::entities::{EntityCorpora, EntityTraining, TrainError};
pub use crate::epoch::EpochReport;
pub use crate::positions::{BINS, PositionScores, dialogue, position_example};
pub use crate::quotes::{QuoteCorpus, QuoteTrainError, QuoteTraining};
pub use crate::speakers::{SpeakerCorpus, SpeakerCorpusError, SpeakerReport};
