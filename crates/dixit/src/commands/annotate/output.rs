//! Takes the results of a run: writes records and failures, shows progress, keeps checkpoints.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use dixit_corpus::{
    AtomicFile, Committed, Found, InputLog, Opened, OutputError, RecordStream, Resumed, RunDescription, RunOutput,
    is_stream,
};
use dixit_record::{Failure, Position};
use dixit_runner::{Annotated, Counts, Progress, RunError, Sink};

use super::target::Target;
use crate::messages::{Messages, Stopped};
use crate::progress::ProgressView;
use crate::summary::counted;

/// How many failures are printed one by one; the rest is in the failures file.
const PRINTED_FAILURES: u64 = 10;

pub(super) struct Output {
    records: Records,
    printed: u64,
    messages: Messages,
    view: ProgressView,
}

#[expect(clippy::large_enum_variant, reason = "there is one of it")]
enum Records {
    Files { output: Box<RunOutput>, can_resume: bool },
    Stream { records: RecordStream, failures: FailuresFile, log: InputLog, passed_over: u64 },
}

/// Where a run begins.
#[expect(clippy::large_enum_variant, reason = "there is one of it")]
pub(super) enum Start {
    At {
        output: Output,
        /// What was counted before.
        counts: Counts,
        position: Position,
    },
    /// All was written, and is in its place now.
    Finished { counts: Counts, committed: Committed },
}

impl Output {
    pub(super) fn open(
        target: Target,
        run: RunDescription,
        log: InputLog,
        found: &Found,
        messages: Messages,
    ) -> anyhow::Result<Start> {
        let (records, resumed) = match target {
            Target::Files { options, resume } => {
                let can_resume = options.resumable;
                let (output, resumed) = match RunOutput::open(&options, run, log, resume)? {
                    Opened::New(output) => (output, None),
                    Opened::Again(output, resumed) => (output, Some(resumed)),
                    Opened::Finished(resumed, committed) => {
                        return Ok(Start::Finished { counts: counts_of(&resumed)?, committed });
                    }
                };
                (Records::Files { output: Box::new(output), can_resume }, resumed)
            }
            Target::Stream { path, format, failures, overwrite } => {
                let records = match path {
                    Some(path) => RecordStream::open(&path, format)?,
                    None => RecordStream::stdout(format),
                };
                let failures = FailuresFile::new(failures, overwrite)?;
                (Records::Stream { records, failures, log, passed_over: 0 }, None)
            }
        };
        // Of failures that are tried again, nobody knows how much there is.
        let total = match &found.inputs[..] {
            [] => None,
            inputs => inputs.iter().map(|input| input.bytes).sum(),
        };
        let view = ProgressView::new(messages, total);
        let mut output = Self { records, printed: 0, messages, view };
        let (counts, position) = match resumed {
            Some(resumed) => {
                let counts = counts_of(&resumed)?;
                messages.info(format_args!("goes on after {}", counted(counts.documents, "document")));
                (counts, resumed.position)
            }
            None => (output.begin(found)?, Position::default()),
        };
        Ok(Start::At { output, counts, position })
    }

    /// Tells of the inputs that cannot be read at all.
    fn begin(&mut self, found: &Found) -> io::Result<Counts> {
        for error in &found.errors {
            self.failure(&Failure::of_input(error.name(), error))?;
        }
        Ok(Counts { failures: found.errors.len() as u64, ..Counts::default() })
    }

    pub(super) fn finish_view(&self) {
        self.view.finish();
    }

    /// Leaves the run over `name` that ended by an error. What is counted is kept: in a checkpoint, or where it was written straight.
    pub(super) fn abort(self, counts: &Counts, name: &str, source: RunError) -> Stopped {
        let after_whole_article = !matches!(source, RunError::Write(_));
        match self.records {
            Records::Files { mut output, can_resume } => {
                if can_resume && after_whole_article {
                    // What cannot be written now is in the checkpoint before.
                    let _ = output.checkpoint(counts);
                }
                Stopped { output: Some(name.to_owned()), can_resume, source }
            }
            Records::Stream { records, failures, .. } => {
                let warn =
                    |error: &dyn Display| self.messages.warning(format_args!("what is done is not kept: {error}"));
                if after_whole_article {
                    records.finish().unwrap_or_else(|error| warn(&error));
                }
                match failures.keep() {
                    Ok(Some(path)) => self.messages.info(failures_are_in(&path)),
                    Ok(None) => {}
                    Err(error) => warn(&error),
                }
                Stopped { output: None, can_resume: false, source }
            }
        }
    }

    /// Leaves a run that was interrupted; gives what there is to say about it.
    pub(super) fn stop(self, counts: &Counts) -> anyhow::Result<&'static str> {
        match self.records {
            Records::Files { mut output, can_resume: true } => {
                output.checkpoint(counts).context("could not write the checkpoint")?;
                Ok("; the same command with `--resume` goes on")
            }
            Records::Files { .. } => Ok("; nothing is kept, since the input can be read only once"),
            Records::Stream { records, failures, .. } => {
                records.finish().context("could not write the output")?;
                failures.commit()?;
                Ok("")
            }
        }
    }

    /// Brings everything to its place.
    pub(super) fn commit(self, counts: &Counts) -> anyhow::Result<Committed> {
        match self.records {
            Records::Files { output, .. } => Ok(output.commit(counts)?),
            Records::Stream { records, failures, log, passed_over } => {
                records.finish().context("could not write the output")?;
                let rest = log.take(u64::MAX).iter().map(|input| input.passed_over).sum::<u64>();
                Ok(Committed { failures: failures.commit()?, passed_over: passed_over + rest })
            }
        }
    }
}

impl Sink for Output {
    fn record(&mut self, annotated: &Annotated) -> io::Result<()> {
        match &mut self.records {
            Records::Files { output, .. } => output.record(&annotated.line),
            Records::Stream { records, .. } => records.write(&annotated.line),
        }
    }

    fn failure(&mut self, failure: &Failure) -> io::Result<()> {
        self.printed += 1;
        if self.printed <= PRINTED_FAILURES || self.messages.is_verbose() {
            self.view.suspend(|| self.messages.failure(failure));
        }
        match &mut self.records {
            Records::Files { output, .. } => output.failure(failure),
            Records::Stream { failures, .. } => failures.write(failure),
        }
    }

    fn progress(&mut self, progress: Progress<'_>) -> io::Result<()> {
        self.view.show(progress);
        match &mut self.records {
            Records::Files { output, .. } => output.progress(progress.position, progress.counts),
            Records::Stream { log, passed_over, .. } => {
                *passed_over += log.take(progress.position.inputs).iter().map(|input| input.passed_over).sum::<u64>();
                Ok(())
            }
        }
    }
}

/// Where to look for failures.
pub(super) fn failures_are_in(path: &Path) -> String {
    format!("what failed, and why, is in `{}`", path.display())
}

/// The counts of a checkpoint.
fn counts_of(resumed: &Resumed) -> anyhow::Result<Counts> {
    let counts = serde_json::from_value(resumed.counts.clone());
    counts.context("the counts of the checkpoint are torn; `--overwrite` begins anew")
}

/// A file that is made with the first failure. A run without failures leaves none, not even one of an earlier run.
struct FailuresFile {
    path: Option<PathBuf>,
    overwrite: bool,
    file: Option<AtomicFile>,
}

impl FailuresFile {
    fn new(path: Option<PathBuf>, overwrite: bool) -> anyhow::Result<Self> {
        if let Some(path) = path.as_deref().filter(|path| !overwrite && path.exists() && !is_stream(path)) {
            return Err(OutputError::Exists { path: path.display().to_string() }.into());
        }
        Ok(Self { path, overwrite, file: None })
    }

    fn write(&mut self, failure: &Failure) -> io::Result<()> {
        let Some(path) = &self.path else { return Ok(()) };
        let file = match &mut self.file {
            Some(file) => file,
            None => self.file.insert(AtomicFile::create(path, self.overwrite).map_err(io::Error::other)?),
        };
        file.write_all(&failure.to_line())
    }

    /// Brings what there is to its place; gives the path, if there is something.
    fn keep(self) -> Result<Option<PathBuf>, OutputError> {
        let Some(file) = self.file else { return Ok(None) };
        file.commit().map(|()| self.path)
    }

    /// As [`FailuresFile::keep`], of a run that is done: without failures, the file of an earlier run is removed.
    fn commit(self) -> anyhow::Result<Option<PathBuf>> {
        if let Some(old) = self.path.as_deref().filter(|path| self.file.is_none() && path.is_file()) {
            std::fs::remove_file(old).with_context(|| format!("could not remove the old `{}`", old.display()))?;
        }
        Ok(self.keep()?)
    }
}
