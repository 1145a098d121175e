//! Where a run writes, and how what it wrote comes to its place.
//!
//! All of it lies in one folder beside its place, `OUT.partial`, until the run is done:
//!
//! | name | what it is |
//! |---|---|
//! | `run.json` | what the run is made of; locked as long as somebody writes |
//! | `checkpoint` | how far it is: a line of JSON, then the records that are not yet in a file |
//! | `output` | the file or the folder of records |
//! | `failed.jsonl`, `inputs.jsonl` | the failures, and what was read of each input |
//! | `rows` | the records of a Parquet file that is not full, as JSON lines |
//! | `old` | the folder that is replaced, for a moment |

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::output::{is_stream, name, with_partial};
use crate::{AtomicFile, OutputError, OutputFormat};

/// What a folder of records holds.
const FOLDER: [&str; 4] = ["README.md", "data", "failed.jsonl", "manifest.json"];

/// What the folder of an unfinished run holds.
const PARTIAL: [&str; 8] =
    ["checkpoint", "checkpoint.new", "failed.jsonl", "inputs.jsonl", "old", "output", "rows", "run.json"];

/// Where and how a run writes.
#[derive(Clone, Debug)]
pub struct OutputOptions {
    /// The file of the records, or the folder of their parts.
    pub target: PathBuf,
    /// The bytes of records, before compression, with which a part is full; `None` for one file.
    pub part_bytes: Option<u64>,
    /// The format of the records.
    pub format: OutputFormat,
    /// Where failures go; `None` for `OUT.failed.jsonl` beside a file `OUT.jsonl`, and `failed.jsonl` in a folder.
    pub failures: Option<PathBuf>,
    /// Whether what is there is replaced.
    pub overwrite: bool,
    /// Whether the run can go on from where it was cut off; what it wrote is removed otherwise.
    pub resumable: bool,
    /// How much time passes between two checkpoints.
    pub interval: Duration,
}

impl OutputOptions {
    /// What the run writes or may write: the target and the failures.
    pub fn paths(&self) -> Vec<PathBuf> {
        vec![self.target.clone(), self.failures_path()]
    }

    /// Where failures go.
    pub fn failures_path(&self) -> PathBuf {
        match (&self.failures, self.part_bytes) {
            (Some(failures), _) => failures.clone(),
            (None, Some(_)) => self.target.join("failed.jsonl"),
            (None, None) => beside(&self.target),
        }
    }
}

/// `out.failed.jsonl` for `out.jsonl`, also if that is compressed.
fn beside(records: &Path) -> PathBuf {
    let mut stem = records.to_owned();
    for extensions in [&["gz", "zst"][..], &["jsonl", "ndjson", "parquet"]] {
        if stem.extension().is_some_and(|extension| extensions.iter().any(|known| extension == *known)) {
            stem.set_extension("");
        }
    }
    let mut name = stem.into_os_string();
    name.push(".failed.jsonl");
    PathBuf::from(name)
}

/// Whether `path` is the folder of an unfinished run.
pub(crate) fn is_partial(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "partial") && path.join("run.json").is_file()
}

/// The paths of a run.
#[derive(Debug)]
pub(crate) struct Place {
    /// The target as it was named, for messages.
    given: PathBuf,
    target: PathBuf,
    is_folder: bool,
    partial: PathBuf,
    failures: PathBuf,
    /// Whether the failures lie in the folder of the records.
    failures_inside: bool,
    pub(crate) overwrite: bool,
}

impl Place {
    /// A link is followed: the file that it names is replaced, not the link.
    pub(crate) fn new(options: &OutputOptions) -> Self {
        let given = options.target.components().as_path();
        let (target, partial) = with_partial(given);
        let is_folder = options.part_bytes.is_some();
        let failures_inside = is_folder && options.failures.is_none();
        let failures = if failures_inside { target.join("failed.jsonl") } else { options.failures_path() };
        let overwrite = options.overwrite;
        Self { given: given.to_owned(), target, is_folder, partial, failures, failures_inside, overwrite }
    }

    /// The target as it was named.
    pub(crate) fn given(&self) -> String {
        name(&self.given)
    }

    /// The folder of the unfinished run, as the target was named.
    pub(crate) fn given_partial(&self) -> String {
        self.given() + ".partial"
    }

    /// The folder of the unfinished run.
    pub(crate) fn partial(&self) -> &Path {
        &self.partial
    }

    /// A path in the folder of the unfinished run.
    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.partial.join(name)
    }

    /// Refuses what would replace something unasked, and folders that hold more than a run writes.
    pub(crate) fn check(&self) -> Result<(), OutputError> {
        let exists = |path: String| Err(OutputError::Exists { path });
        if let Ok(entries) = fs::read_dir(&self.target) {
            let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
            let mut names: Vec<_> = names.collect();
            names.sort();
            if !names.is_empty() && !self.overwrite {
                return exists(self.given());
            }
            if let Some(foreign) = names.into_iter().find(|name| !FOLDER.contains(&name.as_str())) {
                return Err(OutputError::Foreign { path: self.given(), name: foreign });
            }
        } else if self.target.exists() && !self.overwrite {
            return exists(self.given());
        }
        if self.failures.exists() && !is_stream(&self.failures) && !self.overwrite {
            return exists(name(&self.failures));
        }
        Ok(())
    }

    /// Makes the folder of the run.
    pub(crate) fn make(&self) -> Result<(), OutputError> {
        match fs::create_dir(&self.partial) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                self.lock()?;
                Err(OutputError::Unfinished { path: self.given_partial() })
            }
            made => made.map_err(|source| self.error(source)),
        }
    }

    /// Removes the folder of an unfinished run, if it is there, nobody writes in it, and it holds nothing else.
    pub(crate) fn clear(&self) -> Result<(), OutputError> {
        let _lock = self.lock()?;
        let entries = match fs::read_dir(&self.partial) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            entries => entries.map_err(|source| self.error(source))?,
        };
        for entry in entries.filter_map(Result::ok) {
            let found = entry.file_name().into_string().unwrap_or_default();
            if !PARTIAL.contains(&found.as_str()) {
                return Err(OutputError::Foreign { path: self.given_partial(), name: found });
            }
        }
        fs::remove_dir_all(&self.partial).map_err(|source| self.error(source))
    }

    /// Locks the run's file, if it is there: nobody else writes as long as the lock is held.
    pub(crate) fn lock(&self) -> Result<Option<File>, OutputError> {
        if self.partial.is_file() {
            return Err(OutputError::PartialExists { path: self.given_partial() });
        }
        match OpenOptions::new().read(true).write(true).open(self.join("run.json")) {
            Ok(file) => self.locked(file).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(OutputError::Torn { path: self.given_partial(), source }),
        }
    }

    pub(crate) fn locked(&self, file: File) -> Result<File, OutputError> {
        match file.try_lock() {
            Err(fs::TryLockError::WouldBlock) => Err(OutputError::Busy { path: self.given() }),
            // Some file systems have no locks; then nobody is told apart.
            Ok(()) | Err(fs::TryLockError::Error(_)) => Ok(file),
        }
    }

    /// Brings everything to its place; gives where the failures are, if there are any. What is there already was brought by
    /// a run that was cut off just then.
    pub(crate) fn finish(&self) -> Result<Option<PathBuf>, OutputError> {
        let failures = self.finish_failures().map_err(|source| write_error(name(&self.failures), source))?;
        self.finish_records().map_err(|source| write_error(self.given(), source))?;
        Ok(failures)
    }

    fn finish_failures(&self) -> io::Result<Option<PathBuf>> {
        let failed = self.join("failed.jsonl");
        match failed.metadata() {
            Ok(file) if file.len() > 0 && self.failures_inside => {
                fs::rename(&failed, self.join("output").join("failed.jsonl"))?;
            }
            Ok(file) if file.len() > 0 => move_file(&failed, &self.failures)?,
            Ok(_) => {
                fs::remove_file(&failed)?;
                if self.overwrite && !self.failures_inside && self.failures.is_file() {
                    fs::remove_file(&self.failures)?;
                }
                return Ok(None);
            }
            Err(_) if !self.failures.exists() => return Ok(None),
            Err(_) => {}
        }
        Ok(Some(self.failures.clone()))
    }

    fn finish_records(&self) -> io::Result<()> {
        let output = self.join("output");
        if output.exists() {
            if self.is_folder && self.target.exists() {
                fs::rename(&self.target, self.join("old"))?;
            }
            fs::rename(&output, &self.target)?;
            sync_folder_of(&self.target)?;
        }
        // What is left without a checkpoint is nothing to go on with.
        match fs::remove_file(self.join("checkpoint")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => fs::remove_dir_all(&self.partial),
        }
    }

    fn error(&self, source: io::Error) -> OutputError {
        write_error(self.given_partial(), source)
    }
}

fn write_error(path: String, source: io::Error) -> OutputError {
    OutputError::Write { path, source }
}

/// Renames a file; copies it where the new place is on another disk, or no file.
fn move_file(from: &Path, to: &Path) -> io::Result<()> {
    if !is_stream(to) {
        match fs::rename(from, to) {
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {}
            renamed => return renamed,
        }
    }
    let mut copy = AtomicFile::create(to, true).map_err(io::Error::other)?;
    io::copy(&mut File::open(from)?, &mut copy)?;
    copy.commit().map_err(io::Error::other)?;
    fs::remove_file(from)
}

/// Puts on the disk which names the folder of `path` holds, where the system knows that.
///
/// # Errors
/// What the system says.
pub fn sync_folder_of(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
