//! Where a command writes one file: to the file, whole or not at all, or for `-` to standard output.

use std::io::{self, Stdout, Write, stdout};
use std::path::Path;

use dixit_corpus::{AtomicFile, OutputError};

/// A file that is being written, or standard output.
pub(super) enum Destination {
    Stdout(Stdout),
    File(AtomicFile),
}

impl Destination {
    /// Opens what `path` names; what cannot be written is told at once.
    pub(super) fn create(path: &Path, overwrite: bool) -> Result<Self, OutputError> {
        if path.as_os_str() == "-" {
            return Ok(Self::Stdout(stdout()));
        }
        AtomicFile::create(path, overwrite).map(Self::File)
    }

    /// Ends what was written: the file is in its place.
    pub(super) fn commit(self) -> anyhow::Result<()> {
        match self {
            Self::Stdout(mut stdout) => stdout.flush()?,
            Self::File(file) => file.commit()?,
        }
        Ok(())
    }
}

impl Write for Destination {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(stdout) => stdout.write(bytes),
            Self::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(stdout) => stdout.flush(),
            Self::File(file) => file.flush(),
        }
    }
}
