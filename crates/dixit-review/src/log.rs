//! The file of decisions, open for more: what is told to be saved is on the disk, and nobody else writes there.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use dixit_corpus::sync_folder_of;

use crate::decisions::parse_all;
use crate::{Decision, DecisionError, Decisions};

/// How long a lock is waited for.
const PATIENCE: Duration = Duration::from_millis(500);

/// Why a file of decisions cannot be opened or written.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// It is open elsewhere.
    #[error("`{path}` is open in another review: end that one first")]
    Locked {
        /// The path of the file.
        path: String,
    },
    /// A line is no decision.
    #[error("could not read `{path}`")]
    Read {
        /// The path of the file.
        path: String,
        /// What is wrong.
        source: DecisionError,
    },
    /// The system refuses.
    #[error("could not read or write `{path}`")]
    Io {
        /// The path of the file.
        path: String,
        /// What the system says.
        source: io::Error,
    },
}

/// A change that can be undone: what was decided on a subject before and after.
#[derive(Clone, Debug)]
struct Change {
    before: Decision,
    after: Decision,
}

/// A file of decisions that is locked for as long as this lives.
///
/// Every decision is appended and flushed to the disk before [`DecisionLog::append`] returns. Undoing appends as well: nothing that was written
/// is ever changed.
#[derive(Debug)]
pub struct DecisionLog {
    path: PathBuf,
    file: File,
    decisions: Decisions,
    changes: Vec<Change>,
    /// How many of the changes are done; those behind can be redone.
    done: usize,
    /// The bytes of a last line that had been cut off, and were taken away.
    repaired: usize,
}

impl DecisionLog {
    /// Opens the file, makes it where it is not there, and reads what was decided.
    ///
    /// A last line that a kill cut off is taken away; [`DecisionLog::repaired`] tells.
    ///
    /// # Errors
    /// [`LogError`].
    pub fn open(path: &Path) -> Result<Self, LogError> {
        let name = path.display().to_string();
        let refused = |source| LogError::Io { path: name.clone(), source };
        let mut options = OpenOptions::new();
        let mut file = options.read(true).append(true).create(true).open(path).map_err(refused)?;
        lock(&file).map_err(|error| match error {
            TryLockError::WouldBlock => LogError::Locked { path: name.clone() },
            TryLockError::Error(source) => refused(source),
        })?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(refused)?;
        let mut log = Self {
            path: path.to_owned(),
            file,
            decisions: Decisions::default(),
            changes: Vec::new(),
            done: 0,
            repaired: 0,
        };
        log.replay(&bytes)?;
        // So that a file that is new is still there after the power fails. Where the system cannot, it does without.
        sync_folder_of(path).ok();
        Ok(log)
    }

    /// What is decided.
    pub fn decisions(&self) -> &Decisions {
        &self.decisions
    }

    /// The path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many bytes of a line that had been cut off were taken away when the file was opened.
    pub fn repaired(&self) -> usize {
        self.repaired
    }

    /// Writes a decision to the disk; then it counts.
    ///
    /// # Errors
    /// [`LogError::Io`]; the decision does not count, and the file is as it was.
    pub fn append(&mut self, decision: Decision) -> Result<(), LogError> {
        self.write(&decision)?;
        self.changes.truncate(self.done);
        self.count(decision);
        Ok(())
    }

    /// Whether there is something to undo.
    pub fn can_undo(&self) -> bool {
        self.done > 0
    }

    /// Whether there is something to redo.
    pub fn can_redo(&self) -> bool {
        self.done < self.changes.len()
    }

    /// Takes the last change back; gives what it was on, or `None` if there is none.
    ///
    /// # Errors
    /// [`LogError::Io`]; nothing is changed.
    pub fn undo(&mut self) -> Result<Option<&Decision>, LogError> {
        let Some(place) = self.done.checked_sub(1) else { return Ok(None) };
        let before = self.changes[place].before.clone();
        self.write(&before)?;
        self.decisions.put(before);
        self.done = place;
        Ok(Some(&self.changes[place].after))
    }

    /// Does again what was undone last; gives it, or `None` if there is none.
    ///
    /// # Errors
    /// [`LogError::Io`]; nothing is changed.
    pub fn redo(&mut self) -> Result<Option<&Decision>, LogError> {
        let Some(after) = self.changes.get(self.done).map(|change| change.after.clone()) else { return Ok(None) };
        self.write(&after)?;
        self.decisions.put(after);
        self.done += 1;
        Ok(Some(&self.changes[self.done - 1].after))
    }

    fn count(&mut self, after: Decision) {
        let none = Decision::none(&after.id, after.subject.clone());
        let before = self.decisions.put(after.clone()).unwrap_or(none);
        self.changes.push(Change { before, after });
        self.done = self.changes.len();
    }

    /// Counts every line of the file, and mends its end.
    fn replay(&mut self, bytes: &[u8]) -> Result<(), LogError> {
        let path = self.path.display().to_string();
        let good = parse_all(bytes, |decision| self.count(decision));
        let good = good.map_err(|source| LogError::Read { path, source })?;
        self.repaired = bytes.len() - good;
        let mended = if self.repaired > 0 {
            self.file.set_len(good as u64).and_then(|()| self.file.sync_all())
        } else if !bytes.is_empty() && !bytes.ends_with(b"\n") {
            self.file.write_all(b"\n").and_then(|()| self.file.sync_all())
        } else {
            Ok(())
        };
        mended.map_err(|source| self.refused(source))
    }

    /// Appends a line and waits until the disk has it. What was written of a line that failed is taken away.
    fn write(&mut self, decision: &Decision) -> Result<(), LogError> {
        let mut line = serde_json::to_vec(decision).map_err(|error| self.refused(error.into()))?;
        line.push(b'\n');
        let length = self.file.seek(SeekFrom::End(0)).map_err(|source| self.refused(source))?;
        let written = self.file.write_all(&line).and_then(|()| self.file.sync_data());
        written.map_err(|source| {
            self.file.set_len(length).ok();
            self.refused(source)
        })
    }

    fn refused(&self, source: io::Error) -> LogError {
        LogError::Io { path: self.path.display().to_string(), source }
    }
}

/// Where the decisions on a file are kept: beside it, `FILE.decisions.jsonl`.
pub fn decisions_path(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".decisions.jsonl");
    PathBuf::from(name)
}

/// Locks `file`; one that has just been let go of may still be held for a moment, by a process that is ending or being started.
fn lock(file: &File) -> Result<(), TryLockError> {
    let begun = Instant::now();
    loop {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) if begun.elapsed() < PATIENCE => std::thread::sleep(PATIENCE / 20),
            result => return result,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::{Subject, Verdict};

    fn decision(on: &str, verdict: Verdict) -> Decision {
        Decision { verdict: Some(verdict), ..Decision::none("a", Subject::Item(on.to_owned())) }
    }

    fn verdict(log: &DecisionLog, on: &str) -> Option<Verdict> {
        log.decisions().get("a", &Subject::Item(on.to_owned())).and_then(|decision| decision.verdict)
    }

    #[test]
    fn undoes_and_redoes_also_after_it_was_opened_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.decisions.jsonl");
        let mut log = DecisionLog::open(&path).unwrap();
        log.append(decision("x", Verdict::Accept)).unwrap();
        log.append(decision("x", Verdict::Reject)).unwrap();
        log.undo().unwrap();
        assert_eq!((verdict(&log, "x"), log.can_redo()), (Some(Verdict::Accept), true));
        log.redo().unwrap();
        assert_eq!(verdict(&log, "x"), Some(Verdict::Reject));
        drop(log);
        let mut log = DecisionLog::open(&path).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 4);
        assert_eq!(verdict(&log, "x"), Some(Verdict::Reject));
        log.undo().unwrap();
        assert_eq!(verdict(&log, "x"), Some(Verdict::Accept));
        log.append(decision("y", Verdict::Accept)).unwrap();
        assert!(!log.can_redo());
    }

    #[test]
    fn undoing_everything_leaves_nothing_decided() {
        let folder = tempfile::tempdir().unwrap();
        let mut log = DecisionLog::open(&folder.path().join("x")).unwrap();
        assert!(log.undo().unwrap().is_none() && log.redo().unwrap().is_none());
        log.append(decision("x", Verdict::Accept)).unwrap();
        assert_eq!(log.undo().unwrap().unwrap().subject, Subject::Item("x".to_owned()));
        assert!(log.decisions().is_empty() && !log.can_undo());
    }

    #[test]
    fn mends_a_line_that_was_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        let mut log = DecisionLog::open(&path).unwrap();
        log.append(decision("x", Verdict::Accept)).unwrap();
        let first = fs::read(&path).unwrap().len();
        log.append(Decision { note: Some("é".to_owned()), ..decision("y", Verdict::Accept) }).unwrap();
        drop(log);
        let whole = fs::read(&path).unwrap();
        for cut in first..whole.len() {
            let copy = folder.path().join(format!("{cut}"));
            File::create_new(&copy).unwrap().write_all(&whole[..cut]).unwrap();
            let mut log = DecisionLog::open(&copy).unwrap();
            assert_eq!(verdict(&log, "x"), Some(Verdict::Accept));
            assert_eq!(log.repaired() > 0, verdict(&log, "y").is_none() && cut > first, "{cut}");
            log.append(decision("z", Verdict::Reject)).unwrap();
            drop(log);
            let again = DecisionLog::open(&copy).unwrap();
            assert_eq!((verdict(&again, "z"), again.repaired()), (Some(Verdict::Reject), 0));
        }
    }

    #[test]
    fn refuses_to_open_a_file_twice() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        let first = DecisionLog::open(&path).unwrap();
        assert!(matches!(DecisionLog::open(&path), Err(LogError::Locked { .. })));
        drop(first);
        assert!(DecisionLog::open(&path).is_ok());
    }
}
