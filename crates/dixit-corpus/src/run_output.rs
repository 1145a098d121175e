//! What a run writes: records, failures, what it read, and checkpoints of all three, so that a run that is cut off at any moment can go
//! on and end with the same bytes.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use dixit_record::{Failure, Position};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::manifest::write_manifest;
use crate::output::name;
use crate::parts::{Layout, Parts, PartsState};
use crate::place::{Place, sync_folder_of};
use crate::{InputLog, InputSummary, OutputError, OutputOptions, RunDescription};

/// The output of a run, beside its place until [`RunOutput::commit`].
pub struct RunOutput {
    place: Place,
    layout: Layout,
    description: RunDescription,
    log: InputLog,
    parts: Parts,
    failures: Appended,
    inputs: Appended,
    position: Position,
    resumable: bool,
    interval: Duration,
    last_checkpoint: Instant,
    is_finished: bool,
    /// Held as long as this writes.
    _lock: File,
}

/// An output that is open, or was all but in its place.
pub enum Opened {
    /// The output of a run that begins.
    New(RunOutput),
    /// The output of a run that was cut off, and how far it was.
    Again(RunOutput, Resumed),
    /// A run that was cut off when all was written: it is in its place now.
    Finished(Resumed, Committed),
}

/// How far a run was that was cut off.
#[derive(Clone, Debug)]
pub struct Resumed {
    /// The inputs and articles that it had read.
    pub position: Position,
    /// The counts up to there.
    pub counts: Value,
}

/// What came to its place.
#[derive(Clone, Debug)]
pub struct Committed {
    /// Where the failures are; `None` if there are none.
    pub failures: Option<PathBuf>,
    /// How many records of WARC files were passed over, since they are no plain text.
    pub passed_over: u64,
}

/// What `run.json` holds.
#[derive(Debug, Serialize, Deserialize)]
struct RunFile {
    overwrite: bool,
    run: RunDescription,
}

/// The first line of `checkpoint`.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Checkpoint {
    position: Position,
    counts: Value,
    parts: PartsState,
    failures_bytes: u64,
    inputs_bytes: u64,
    is_finished: bool,
}

impl RunOutput {
    /// Begins, or with `resume` goes on with what a run like this has left; where it left nothing, this begins as well. `log` is
    /// the one that the reader fills.
    ///
    /// # Errors
    /// [`OutputError`] if something would be replaced unasked, another run writes there, what was left is of another run or
    /// torn, or the system refuses.
    pub fn open(
        options: &OutputOptions,
        description: RunDescription,
        log: InputLog,
        resume: bool,
    ) -> Result<Opened, OutputError> {
        let mut place = Place::new(options);
        let left = if resume { Left::read(&place, &description)? } else { None };
        let (left, resumed) = match left {
            Some(left) => {
                place.overwrite = left.overwrite;
                let Checkpoint { position, counts, is_finished, .. } = &left.checkpoint;
                let resumed = Resumed { position: *position, counts: counts.clone() };
                if *is_finished {
                    return Ok(Opened::Finished(resumed, commit(&place)?));
                }
                place.check()?;
                (left, Some(resumed))
            }
            None => (begin(&place, &description, resume)?, None),
        };
        let output = Self::at(place, left, options, description, log)?;
        Ok(match resumed {
            Some(resumed) => Opened::Again(output, resumed),
            None => Opened::New(output),
        })
    }

    /// The output of a run that is as far as `left` says.
    fn at(
        place: Place,
        left: Left,
        options: &OutputOptions,
        description: RunDescription,
        log: InputLog,
    ) -> Result<Self, OutputError> {
        let layout = Layout { format: options.format, part_bytes: options.part_bytes };
        let torn = |source| OutputError::Torn { path: place.given_partial(), source };
        let parts = Parts::new(place.join("output"), place.join("rows"), layout);
        let Left { lock, checkpoint, open, .. } = left;
        let appended = |name: &str, length| Appended::open(&place.join(name), length).map_err(torn);
        Ok(Self {
            layout,
            description,
            log,
            parts: parts.again(checkpoint.parts, open).map_err(torn)?,
            failures: appended("failed.jsonl", checkpoint.failures_bytes)?,
            inputs: appended("inputs.jsonl", checkpoint.inputs_bytes)?,
            position: checkpoint.position,
            resumable: options.resumable,
            interval: options.interval,
            last_checkpoint: Instant::now(),
            is_finished: false,
            _lock: lock,
            place,
        })
    }

    /// Adds a record, a line with its end.
    ///
    /// # Errors
    /// If the system refuses; the run can go on from the last checkpoint.
    pub fn record(&mut self, line: &[u8]) -> io::Result<()> {
        self.parts.write(line)
    }

    /// Adds a failure.
    ///
    /// # Errors
    /// As [`RunOutput::record`].
    pub fn failure(&mut self, failure: &Failure) -> io::Result<()> {
        self.failures.write(&failure.to_line())
    }

    /// Takes note that everything up to `position` is written; writes a checkpoint when it is time.
    ///
    /// # Errors
    /// As [`RunOutput::record`].
    pub fn progress(&mut self, position: Position, counts: &impl Serialize) -> io::Result<()> {
        self.position = position;
        self.take_inputs(position.inputs)?;
        if self.resumable && self.last_checkpoint.elapsed() >= self.interval { self.checkpoint(counts) } else { Ok(()) }
    }

    /// Writes a checkpoint of the last position.
    ///
    /// # Errors
    /// As [`RunOutput::record`].
    pub fn checkpoint(&mut self, counts: &impl Serialize) -> io::Result<()> {
        let counts = serde_json::to_value(counts)?;
        self.write_checkpoint(counts)?;
        self.last_checkpoint = Instant::now();
        Ok(())
    }

    fn write_checkpoint(&mut self, counts: Value) -> io::Result<()> {
        let (failures_bytes, inputs_bytes) = (self.failures.sync()?, self.inputs.sync()?);
        let (position, is_finished) = (self.position, self.is_finished);
        let (parts, open) = self.parts.state()?;
        let checkpoint = Checkpoint { position, counts, parts, failures_bytes, inputs_bytes, is_finished };
        let mut bytes = serde_json::to_vec(&checkpoint)?;
        bytes.push(b'\n');
        bytes.extend_from_slice(open);
        let (new, path) = (self.place.join("checkpoint.new"), self.place.join("checkpoint"));
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(&new)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        fs::rename(new, &path)?;
        sync_folder_of(&path)?;
        self.parts.tidy()
    }

    fn take_inputs(&mut self, inputs: u64) -> io::Result<()> {
        for summary in self.log.take(inputs) {
            let mut line = serde_json::to_vec(&summary)?;
            line.push(b'\n');
            self.inputs.write(&line)?;
        }
        Ok(())
    }

    /// Ends the files, writes the manifest and the card of a folder, and brings all to its place.
    ///
    /// # Errors
    /// [`OutputError`] if the system refuses.
    pub fn commit(mut self, counts: &impl Serialize) -> Result<Committed, OutputError> {
        let path = self.place.given();
        self.finish_files(counts).map_err(|source| OutputError::Write { path, source })?;
        let committed = commit(&self.place)?;
        self.resumable = true;
        Ok(committed)
    }

    fn finish_files(&mut self, counts: &impl Serialize) -> io::Result<()> {
        self.take_inputs(u64::MAX)?;
        self.failures.sync()?;
        self.inputs.sync()?;
        let counts = serde_json::to_value(counts)?;
        let outputs = self.parts.finish()?.to_vec();
        if self.layout.part_bytes.is_some() {
            let inputs = read_summaries(&self.place.join("inputs.jsonl"))?;
            let folder = self.place.join("output");
            write_manifest(&folder, &self.description, self.layout.format, &counts, &inputs, &outputs)?;
        }
        self.is_finished = true;
        self.write_checkpoint(counts)
    }
}

impl Drop for RunOutput {
    fn drop(&mut self) {
        if !self.resumable {
            let _ = fs::remove_dir_all(self.place.partial());
        }
    }
}

/// Brings a run of which all is written to its place.
fn commit(place: &Place) -> Result<Committed, OutputError> {
    let error = |source| OutputError::Torn { path: place.given_partial(), source };
    let summaries = read_summaries(&place.join("inputs.jsonl")).map_err(error)?;
    let passed_over = summaries.iter().map(|summary| summary.passed_over).sum();
    Ok(Committed { failures: place.finish()?, passed_over })
}

/// Makes the folder of a run, and its file, which it locks. With `resume`, what is there was left before the first checkpoint or after
/// all came to its place.
fn begin(place: &Place, description: &RunDescription, resume: bool) -> Result<Left, OutputError> {
    if resume {
        place.clear()?;
    }
    place.check()?;
    if place.overwrite {
        place.clear()?;
    }
    place.make()?;
    let path = place.join("run.json");
    let run = RunFile { overwrite: place.overwrite, run: description.clone() };
    let error = |source| OutputError::Write { path: name(&path), source };
    let file = File::create_new(&path).map_err(error)?;
    let mut file = place.locked(file)?;
    let written = serde_json::to_vec(&run).map_err(io::Error::from).and_then(|json| file.write_all(&json));
    written.and_then(|()| file.sync_all()).and_then(|()| sync_folder_of(&path)).map_err(error)?;
    Ok(Left { lock: file, checkpoint: Checkpoint::default(), open: Vec::new(), overwrite: place.overwrite })
}

/// What a run has left that was cut off after its first checkpoint; of one that begins, nothing.
struct Left {
    lock: File,
    checkpoint: Checkpoint,
    /// The bytes of the records that are not yet in a file.
    open: Vec<u8>,
    overwrite: bool,
}

impl Left {
    /// `None` if there is nothing to go on with.
    fn read(place: &Place, now: &RunDescription) -> Result<Option<Self>, OutputError> {
        let path = || place.given_partial();
        let Some(lock) = place.lock()? else { return Ok(None) };
        let Ok(RunFile { overwrite, run }) = serde_json::from_reader(BufReader::new(&lock)) else { return Ok(None) };
        if let Some(source) = run.changes(now) {
            return Err(OutputError::Changed { path: path(), source });
        }
        let bytes = match fs::read(place.join("checkpoint")) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(OutputError::Torn { path: path(), source }),
        };
        let end = bytes.iter().position(|&byte| byte == b'\n').unwrap_or(bytes.len());
        let checkpoint = serde_json::from_slice(&bytes[..end])
            .map_err(|error| OutputError::Torn { path: path(), source: error.into() })?;
        let open = bytes.get(end + 1..).unwrap_or_default().to_vec();
        Ok(Some(Self { lock, checkpoint, open, overwrite }))
    }
}

/// A file that lines are added to.
struct Appended {
    file: BufWriter<File>,
    length: u64,
}

impl Appended {
    /// Opens the file, cut to `length`.
    fn open(path: &Path, length: u64) -> io::Result<Self> {
        let mut file = OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
        let found = file.metadata()?.len();
        if found < length {
            let message = format!("`{}` has {found} bytes, the checkpoint knows of {length}", name(path));
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, message));
        }
        file.set_len(length)?;
        file.seek(SeekFrom::End(0))?;
        Ok(Self { file: BufWriter::new(file), length })
    }

    fn write(&mut self, line: &[u8]) -> io::Result<()> {
        self.file.write_all(line)?;
        self.length += line.len() as u64;
        Ok(())
    }

    /// Puts all lines on the disk; gives the length of the file.
    fn sync(&mut self) -> io::Result<u64> {
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        Ok(self.length)
    }
}

fn read_summaries(path: &Path) -> io::Result<Vec<InputSummary>> {
    let content = fs::read(path)?;
    serde_json::Deserializer::from_slice(&content).into_iter().collect::<Result<_, _>>().map_err(io::Error::from)
}

#[cfg(test)]
mod tests {
    use dixit_record::Failure;

    use super::*;
    use crate::OutputFormat;

    fn options(folder: &Path, part_bytes: Option<u64>) -> OutputOptions {
        OutputOptions {
            target: folder.join("out"),
            part_bytes,
            format: OutputFormat::Zstd,
            failures: None,
            overwrite: false,
            resumable: true,
            interval: Duration::ZERO,
        }
    }

    fn open(options: &OutputOptions, resume: bool) -> Result<Opened, OutputError> {
        RunOutput::open(options, RunDescription::default(), InputLog::default(), resume)
    }

    fn new(options: &OutputOptions) -> RunOutput {
        let Opened::New(output) = open(options, false).unwrap() else { panic!("nothing was there") };
        output
    }

    #[test]
    fn a_run_that_was_cut_off_before_it_came_to_its_place_is_only_brought_there() {
        for part_bytes in [None, Some(10)] {
            let folder = tempfile::tempdir().unwrap();
            let options = options(folder.path(), part_bytes);
            let mut output = new(&options);
            output.record(b"{\"n\":1}\n").unwrap();
            output.failure(&Failure::of_input("a", &io::Error::other("torn"))).unwrap();
            output.finish_files(&7).unwrap();
            drop(output);
            assert!(!options.target.exists());
            let Opened::Finished(resumed, committed) = open(&options, true).unwrap() else { panic!("it was finished") };
            assert_eq!(resumed.counts, 7);
            assert!(options.target.exists() && committed.failures.unwrap().exists());
            assert!(!folder.path().join("out.partial").exists());
            assert!(matches!(open(&options, true), Err(OutputError::Exists { .. })));
        }
    }

    #[test]
    fn what_was_left_before_the_first_checkpoint_or_torn_is_no_run() {
        let folder = tempfile::tempdir().unwrap();
        let options = options(folder.path(), None);
        drop(new(&options));
        assert!(matches!(open(&options, false), Err(OutputError::Unfinished { .. })));
        assert!(matches!(open(&options, true), Ok(Opened::New(_))));
        let Opened::New(mut output) = open(&options, true).unwrap() else { panic!("there was no checkpoint") };
        output.failure(&Failure::of_input("a", &io::Error::other("torn"))).unwrap();
        output.checkpoint(&0).unwrap();
        drop(output);
        OpenOptions::new()
            .write(true)
            .open(folder.path().join("out.partial/failed.jsonl"))
            .unwrap()
            .set_len(1)
            .unwrap();
        let error = open(&options, true).map(|_| ()).unwrap_err();
        let source = std::error::Error::source(&error).unwrap().to_string();
        assert!(source.contains("failed.jsonl` has 1 bytes, the checkpoint knows of 1"), "{source}");
    }

    #[test]
    fn a_folder_that_holds_something_else_is_not_removed() {
        let folder = tempfile::tempdir().unwrap();
        let options = OutputOptions { overwrite: true, ..options(folder.path(), None) };
        drop(new(&options));
        File::create_new(folder.path().join("out.partial/precious")).unwrap();
        assert!(matches!(open(&options, false), Err(OutputError::Foreign { name, .. }) if name == "precious"));
    }
}
