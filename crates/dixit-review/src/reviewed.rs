//! Records of a file as people decided that they are: what training, measuring and exporting take.

use std::io::BufRead;

use crate::{Applied, ApplyError, Decisions, ReadError, Records};

/// Why a reviewed record cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum ReviewedError {
    /// The record cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The decisions on it cannot all be.
    #[error(transparent)]
    Apply(#[from] ApplyError),
}

/// Reads the records of a file in order, each with the decisions on it. Holds one record.
pub struct Reviewed<R> {
    records: Records<R>,
    decisions: Decisions,
}

impl<R: BufRead> Reviewed<R> {
    /// `path`: what the file is called in errors. Without decisions records are what they are.
    pub fn new(input: R, path: impl Into<String>, decisions: Decisions) -> Self {
        Self { records: Records::new(input, path), decisions }
    }

    /// The next record with the decisions on it; `None` at the end.
    ///
    /// # Errors
    /// [`ReviewedError`].
    #[expect(clippy::should_implement_trait, reason = "the record borrows from the reader")]
    pub fn next(&mut self) -> Result<Option<Applied<'_>>, ReviewedError> {
        let Some(record) = self.records.next()? else { return Ok(None) };
        Ok(Some(self.decisions.apply(record)?))
    }
}
