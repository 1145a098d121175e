//! Files that are written whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Why an output cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// There is something already.
    #[error("`{path}` is there already")]
    Exists {
        /// The path of the output.
        path: String,
    },
    /// Something is written there at the same time, or was left by a run that was cut off.
    #[error("`{path}` is there already: another run writes it, or one was cut off")]
    PartialExists {
        /// The path of the partial file.
        path: String,
    },
    /// It could not be written.
    #[error("could not write `{path}`")]
    Write {
        /// The path.
        path: String,
        /// What the system says.
        source: io::Error,
    },
}

/// A file that is written as `NAME.partial` and renamed to `NAME` by [`AtomicFile::commit`].
///
/// Until then what stood at `NAME` stays as it was. Dropped without a commit, the partial file is removed.
#[derive(Debug)]
pub struct AtomicFile {
    target: PathBuf,
    partial: PathBuf,
    file: Option<BufWriter<File>>,
}

impl AtomicFile {
    /// Opens the partial file beside `target`.
    ///
    /// # Errors
    /// [`OutputError::Exists`] if `target` is there and may not be overwritten; [`OutputError::PartialExists`] likewise for the
    /// partial file; [`OutputError::Write`] if the system refuses.
    pub fn create(target: &Path, overwrite: bool) -> Result<Self, OutputError> {
        if !overwrite && target.exists() {
            return Err(OutputError::Exists { path: name(target) });
        }
        let mut partial = target.as_os_str().to_owned();
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        let mut options = OpenOptions::new();
        options.write(true).truncate(overwrite).create(overwrite).create_new(!overwrite);
        let file = options.open(&partial).map_err(|source| match source.kind() {
            io::ErrorKind::AlreadyExists => OutputError::PartialExists { path: name(&partial) },
            _ => OutputError::Write { path: name(&partial), source },
        })?;
        Ok(Self { target: target.to_owned(), partial, file: Some(BufWriter::with_capacity(1 << 18, file)) })
    }

    /// Where the file will be.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Writes out what is buffered, to the disk, and renames the file to its target.
    ///
    /// # Errors
    /// [`OutputError::Write`] if the system refuses; the partial file is removed.
    pub fn commit(mut self) -> Result<(), OutputError> {
        let Some(file) = self.file.take() else { return Ok(()) };
        let flushed = file.into_inner().map_err(io::IntoInnerError::into_error);
        let renamed = flushed.and_then(|file| file.sync_all()).and_then(|()| fs::rename(&self.partial, &self.target));
        renamed.map_err(|source| {
            let _ = fs::remove_file(&self.partial);
            OutputError::Write { path: name(&self.target), source }
        })
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.file {
            Some(file) => file.write(bytes),
            None => Ok(0),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            let _ = fs::remove_file(&self.partial);
        }
    }
}

fn name(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_at_the_target_before_the_commit() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("out.jsonl");
        let mut file = AtomicFile::create(&target, false).unwrap();
        file.write_all(b"{}\n").unwrap();
        assert!(!target.exists());
        file.commit().unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"{}\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn an_unfinished_file_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("out.jsonl");
        AtomicFile::create(&target, false).unwrap().commit().unwrap();
        let mut file = AtomicFile::create(&target, true).unwrap();
        file.write_all(b"half").unwrap();
        drop(file);
        assert_eq!(fs::read(&target).unwrap(), b"");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn refuses_to_overwrite_unasked() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("out.jsonl");
        AtomicFile::create(&target, false).unwrap().commit().unwrap();
        assert!(matches!(AtomicFile::create(&target, false), Err(OutputError::Exists { .. })));
        let other = folder.path().join("other.jsonl");
        let first = AtomicFile::create(&other, false).unwrap();
        assert!(matches!(AtomicFile::create(&other, false), Err(OutputError::PartialExists { .. })));
        drop(first);
    }
}
