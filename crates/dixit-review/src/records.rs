//! Records of a file, a line at a time.

use std::io::{self, BufRead};

use dixit_record::{Record, RecordError};

/// Why a record cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("could not read `{path}`, line {line}")]
pub struct ReadError {
    /// The path of the file as it was named.
    pub path: String,
    /// The line, from 1.
    pub line: u64,
    /// What is wrong there.
    pub source: ReadCause,
}

/// What is wrong with a line.
#[derive(Debug, thiserror::Error)]
pub enum ReadCause {
    /// The file cannot be read on, or the line is not UTF-8.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The line is no record.
    #[error(transparent)]
    Record(#[from] RecordError),
}

/// Reads the records of one file in order; empty lines are passed over. Holds one line.
pub struct Records<R> {
    input: R,
    path: String,
    line: u64,
    buffer: String,
}

impl<R: BufRead> Records<R> {
    /// `path`: what the file is called in errors.
    pub fn new(input: R, path: impl Into<String>) -> Self {
        Self { input, path: path.into(), line: 0, buffer: String::new() }
    }

    /// The next record; `None` at the end.
    ///
    /// # Errors
    /// [`ReadError`]; the line after it can still be read if it is no record.
    #[expect(clippy::should_implement_trait, reason = "the record borrows from the reader")]
    pub fn next(&mut self) -> Result<Option<Record<'_>>, ReadError> {
        loop {
            self.buffer.clear();
            self.line += 1;
            match self.input.read_line(&mut self.buffer) {
                Ok(0) => return Ok(None),
                Ok(_) if self.buffer.trim().is_empty() => {}
                Ok(_) => break,
                Err(error) => return Err(self.failed(error.into())),
            }
        }
        Record::from_json(&self.buffer).map(Some).map_err(|error| self.failed(error.into()))
    }

    fn failed(&self, source: ReadCause) -> ReadError {
        ReadError { path: self.path.clone(), line: self.line, source }
    }
}
