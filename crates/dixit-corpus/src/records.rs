//! Records to where nothing can be renamed or cut: standard output, devices, named pipes.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use crate::members::Members;
use crate::output::name;
use crate::{OutputError, OutputFormat};

/// Writes records straight.
pub struct RecordStream(Members<Box<dyn Write>>);

impl RecordStream {
    /// To standard output.
    pub fn stdout(format: OutputFormat) -> Self {
        Self(Members::new(Box::new(io::stdout()), format))
    }

    /// To the device or pipe at `path`.
    ///
    /// # Errors
    /// [`OutputError::Write`] if it cannot be opened.
    pub fn open(path: &Path, format: OutputFormat) -> Result<Self, OutputError> {
        let file = OpenOptions::new().write(true).open(path);
        let file = file.map_err(|source| OutputError::Write { path: name(path), source })?;
        Ok(Self(Members::new(Box::new(file), format)))
    }

    /// Adds a record.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&mut self, line: &[u8]) -> io::Result<()> {
        self.0.write(line)
    }

    /// Writes what is held back.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn finish(mut self) -> io::Result<()> {
        self.0.close()?;
        self.0.sink().flush()
    }
}
