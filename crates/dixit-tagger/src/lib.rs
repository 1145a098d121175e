//! Sequence labelling for any task: a linear-chain conditional random field (Lafferty et al. 2001) over hashed sparse
//! features.
//!
//! The caller says what it sees at each position ([`Features`]); a [`Model`] says which spans of positions have which label, and how
//! probable each span is; [`Trainer`] learns a model from labelled sequences. What the labels mean is not known here.

mod chain;
mod features;
mod file;
mod model;
mod table;
mod tags;
mod train;

pub use crate::features::{Features, feature, text_hash};
pub use crate::file::ModelError;
pub use crate::model::{Model, Scratch};
pub use crate::tags::{LabelSpan, TagSet};
pub use crate::train::{Sequence, Settings, Trainer, TrainingState};
