//! Folders of files that are written whole or not at all.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use crate::OutputError;
use crate::output::{name, with_partial};
use crate::place::is_partial;

/// A folder that is written as `NAME.partial` and renamed to `NAME` by [`AtomicFolder::commit`].
///
/// Until then what stood at `NAME` stays as it was. Dropped without a commit, the partial folder is removed. Where files may be overwritten,
/// those of the same names are; others in the folder stay, since they may be somebody's.
#[derive(Debug)]
pub struct AtomicFolder {
    target: PathBuf,
    partial: PathBuf,
    /// The files that are added to, by name.
    open: BTreeMap<String, BufWriter<File>>,
    committed: bool,
}

impl AtomicFolder {
    /// Makes the partial folder beside `target`.
    ///
    /// # Errors
    /// [`OutputError::Exists`] if `target` is a file, or a folder with something in it that may not be overwritten;
    /// [`OutputError::PartialExists`] likewise for the partial folder; [`OutputError::Busy`] if that is of a run, which is never removed
    /// here; [`OutputError::Write`] if the system refuses.
    pub fn create(target: &Path, overwrite: bool) -> Result<Self, OutputError> {
        let (target, partial) = with_partial(target.components().as_path());
        let taken = match fs::read_dir(&target) {
            Ok(mut entries) => !overwrite && entries.next().is_some(),
            Err(_) => fs::symlink_metadata(&target).is_ok(),
        };
        if taken {
            return Err(OutputError::Exists { path: name(&target) });
        }
        if is_partial(&partial) {
            return Err(OutputError::Busy { path: name(&target) });
        }
        if overwrite && partial.is_dir() {
            fs::remove_dir_all(&partial).map_err(|source| OutputError::Write { path: name(&partial), source })?;
        }
        fs::create_dir(&partial).map_err(|source| match source.kind() {
            io::ErrorKind::AlreadyExists => OutputError::PartialExists { path: name(&partial) },
            _ => OutputError::Write { path: name(&partial), source },
        })?;
        Ok(Self { target, partial, open: BTreeMap::new(), committed: false })
    }

    /// Adds bytes at the end of the file of that name.
    ///
    /// # Errors
    /// What the system says.
    pub fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        if !self.open.contains_key(name) {
            let file = File::create_new(self.partial.join(name))?;
            self.open.insert(name.to_owned(), BufWriter::with_capacity(1 << 18, file));
        }
        self.open.get_mut(name).map_or(Ok(()), |file| file.write_all(bytes))
    }

    /// Writes a file whole, and closes it.
    ///
    /// # Errors
    /// What the system says; also where a file of that name is written already.
    pub fn put(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        File::create_new(self.partial.join(name))?.write_all(bytes)
    }

    /// Writes out what is buffered and renames the folder to its target.
    ///
    /// # Errors
    /// [`OutputError::Write`] if the system refuses; the partial folder is removed.
    pub fn commit(mut self) -> Result<(), OutputError> {
        let moved = self.flush().and_then(|()| self.rename());
        self.committed = moved.is_ok();
        moved.map_err(|source| OutputError::Write { path: name(&self.target), source })
    }

    fn flush(&mut self) -> io::Result<()> {
        for file in std::mem::take(&mut self.open).into_values() {
            file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        }
        Ok(())
    }

    fn rename(&self) -> io::Result<()> {
        // An empty folder makes room; in one that holds something, files replace those of their names.
        let _ = fs::remove_dir(&self.target);
        if !self.target.is_dir() {
            return fs::rename(&self.partial, &self.target);
        }
        for entry in fs::read_dir(&self.partial)? {
            let entry = entry?;
            fs::rename(entry.path(), self.target.join(entry.file_name()))?;
        }
        fs::remove_dir(&self.partial)
    }
}

impl Drop for AtomicFolder {
    fn drop(&mut self) {
        if !self.committed {
            let _ = fs::remove_dir_all(&self.partial);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_at_the_target_before_the_commit() {
        let room = tempfile::tempdir().unwrap();
        let target = room.path().join("out");
        let mut folder = AtomicFolder::create(&target, false).unwrap();
        folder.append("a.jsonl", b"1\n").unwrap();
        folder.append("a.jsonl", b"2\n").unwrap();
        folder.put("b.txt", b"b").unwrap();
        assert!(folder.put("b.txt", b"c").is_err());
        assert!(!target.exists());
        folder.commit().unwrap();
        assert_eq!(fs::read(target.join("a.jsonl")).unwrap(), b"1\n2\n");
        assert_eq!(fs::read_dir(room.path()).unwrap().count(), 1);
    }

    #[test]
    fn an_unfinished_folder_leaves_what_was_there() {
        let room = tempfile::tempdir().unwrap();
        let target = room.path().join("out");
        fs::create_dir(&target).unwrap();
        File::create_new(target.join("mine.txt")).unwrap().write_all(b"mine").unwrap();
        assert!(matches!(AtomicFolder::create(&target, false), Err(OutputError::Exists { .. })));
        let mut folder = AtomicFolder::create(&target, true).unwrap();
        folder.put("mine.txt", b"yours").unwrap();
        drop(folder);
        assert_eq!(fs::read(target.join("mine.txt")).unwrap(), b"mine");
        let mut folder = AtomicFolder::create(&target, true).unwrap();
        folder.put("new.txt", b"new").unwrap();
        folder.commit().unwrap();
        assert_eq!(fs::read_dir(&target).unwrap().count(), 2);
        assert_eq!(fs::read_dir(room.path()).unwrap().count(), 1);
    }

    #[test]
    fn an_unfinished_run_is_never_removed() {
        let room = tempfile::tempdir().unwrap();
        let partial = room.path().join("out.partial");
        fs::create_dir(&partial).unwrap();
        File::create_new(partial.join("run.json")).unwrap();
        for overwrite in [false, true] {
            let error = AtomicFolder::create(&room.path().join("out"), overwrite).unwrap_err();
            assert!(matches!(error, OutputError::Busy { .. }), "{error}");
        }
        assert!(partial.join("run.json").is_file());
    }

    #[test]
    fn a_name_may_end_like_a_folder() {
        let room = tempfile::tempdir().unwrap();
        AtomicFolder::create(&room.path().join("out/"), false).unwrap().commit().unwrap();
        assert!(room.path().join("out").is_dir());
    }
}
