//! Pipelines: the files that define them, the check of their order, and the run over one document.
//!
//! A pipeline file lists stages and their options (see [`PipelineFile`]). [`Pipeline::load`] builds the annotators once; the
//! pipeline is then shared by all threads. Nothing here reads articles or writes records.

mod builtin;
mod error;
mod file;
mod pipeline;
mod stage;

pub use crate::builtin::builtin_names;
pub use crate::error::PipelineError;
pub use crate::file::{InputFile, PipelineFile, StageFile};
pub use crate::pipeline::{Pipeline, StageError};
