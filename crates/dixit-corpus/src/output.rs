//! Files that are written whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::Changes;

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
    /// A run that writes there was cut off.
    #[error("`{path}` is there already: a run was cut off")]
    Unfinished {
        /// The folder of the unfinished run.
        path: String,
    },
    /// A run writes there now.
    #[error("another run writes `{path}`")]
    Busy {
        /// The path of the output.
        path: String,
    },
    /// The run that was cut off was another.
    #[error("`{path}` was begun otherwise")]
    Changed {
        /// The folder of the unfinished run.
        path: String,
        /// What differs.
        source: Changes,
    },
    /// What a run has left cannot be read, or is not as it left it.
    #[error("`{path}` cannot be gone on with")]
    Torn {
        /// The folder of the unfinished run.
        path: String,
        /// What is wrong.
        source: io::Error,
    },
    /// The folder holds what no run wrote.
    #[error("`{path}` is not replaced: it holds `{name}`, which no run wrote")]
    Foreign {
        /// The folder.
        path: String,
        /// What it holds.
        name: String,
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
/// Until then what stood at `NAME` stays as it was. Dropped without a commit, the partial file is removed. A link is followed:
/// the file that it names is replaced, not the link. What is no file (a device such as `/dev/null`, a named pipe) is written
/// straight, since a rename would put a file in its place.
#[derive(Debug)]
pub struct AtomicFile {
    target: PathBuf,
    /// `None` for what is written straight.
    partial: Option<PathBuf>,
    file: Option<BufWriter<File>>,
}

impl AtomicFile {
    /// Opens the partial file beside `target`.
    ///
    /// # Errors
    /// [`OutputError::Exists`] if `target` is there and may not be overwritten; [`OutputError::PartialExists`] likewise for the
    /// partial file; [`OutputError::Write`] if the system refuses.
    pub fn create(target: &Path, overwrite: bool) -> Result<Self, OutputError> {
        if is_stream(target) {
            let opened = OpenOptions::new().write(true).open(target);
            let file = opened.map_err(|source| OutputError::Write { path: name(target), source })?;
            return Ok(Self { target: target.to_owned(), partial: None, file: Some(buffered(file)) });
        }
        if !overwrite && target.exists() {
            return Err(OutputError::Exists { path: name(target) });
        }
        let (target, partial) = with_partial(target);
        let mut options = OpenOptions::new();
        options.write(true).truncate(overwrite).create(overwrite).create_new(!overwrite);
        let file = options.open(&partial).map_err(|source| match source.kind() {
            io::ErrorKind::AlreadyExists => OutputError::PartialExists { path: name(&partial) },
            _ => OutputError::Write { path: name(&partial), source },
        })?;
        Ok(Self { target, partial: Some(partial), file: Some(buffered(file)) })
    }

    /// Writes out what is buffered, to the disk, and renames the file to its target.
    ///
    /// # Errors
    /// [`OutputError::Write`] if the system refuses; the partial file is removed.
    pub fn commit(mut self) -> Result<(), OutputError> {
        let Some(file) = self.file.take() else { return Ok(()) };
        let flushed = file.into_inner().map_err(io::IntoInnerError::into_error);
        let written = flushed.and_then(|file| match &self.partial {
            Some(partial) => file.sync_all().and_then(|()| fs::rename(partial, &self.target)),
            None => Ok(()),
        });
        written.map_err(|source| {
            self.remove_partial();
            OutputError::Write { path: name(&self.target), source }
        })
    }

    fn remove_partial(&self) {
        if let Some(partial) = &self.partial {
            let _ = fs::remove_file(partial);
        }
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
            self.remove_partial();
        }
    }
}

/// Whether `path` is a device, a named pipe or the like: what is written there cannot be renamed, cut or read again.
pub fn is_stream(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir())
}

fn buffered(file: File) -> BufWriter<File> {
    BufWriter::with_capacity(1 << 18, file)
}

/// Where `path` leads, links followed, and what is written beside that until it is done.
pub(crate) fn with_partial(path: &Path) -> (PathBuf, PathBuf) {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut partial = target.clone().into_os_string();
    partial.push(".partial");
    (target, PathBuf::from(partial))
}

pub(crate) fn name(path: &Path) -> String {
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

    #[cfg(unix)]
    #[test]
    fn a_device_stays_a_device() {
        use std::os::unix::fs::FileTypeExt;
        let mut file = AtomicFile::create(Path::new("/dev/null"), true).unwrap();
        file.write_all(b"{}\n").unwrap();
        file.commit().unwrap();
        assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
        assert!(!Path::new("/dev/null.partial").exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("out.jsonl"), folder.path().join("link.jsonl"));
        fs::File::create_new(&target).unwrap().write_all(b"old").unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        let mut file = AtomicFile::create(&link, true).unwrap();
        file.write_all(b"new").unwrap();
        file.commit().unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&target).unwrap(), b"new");
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
