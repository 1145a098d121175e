//! A whole run: one thread reads ahead, workers annotate, the caller's thread writes in input order.
//!
//! A worker that stays too long in one document is left alone with it and another takes its place, since a thread cannot be
//! stopped from outside; its document is a failure.

use std::collections::BTreeMap;
use std::io;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use dixit_pipeline::Pipeline;
use dixit_record::{Annotator, Failure, Position, Reading};

use crate::workers::{Shared, Workers};
use crate::{Annotated, Counts};

/// How a run goes.
#[derive(Clone, Debug)]
pub struct RunOptions {
    /// How many threads annotate; 0 for one a core.
    pub jobs: usize,
    /// How many bytes of articles are held at once, between reader and writer; one article may be more.
    pub held_bytes: usize,
    /// How long one document may take; `None` for as long as it wants.
    pub document_timeout: Option<Duration>,
    /// How many failures the run goes on with; `None` for any number.
    pub max_failures: Option<u64>,
    /// Ends the run early once it is not zero: what is in flight is finished, what is read ahead is left.
    pub stop: Arc<AtomicUsize>,
}

impl Default for RunOptions {
    /// One thread a core, 4 MiB of articles, no limit of time or failures.
    fn default() -> Self {
        Self { jobs: 0, held_bytes: 4 << 20, document_timeout: None, max_failures: None, stop: Arc::default() }
    }
}

/// Where results go, in input order.
pub trait Sink {
    /// Takes a record.
    ///
    /// # Errors
    /// If it cannot be written; the run stops.
    fn record(&mut self, annotated: &Annotated) -> io::Result<()>;

    /// Takes a failure.
    ///
    /// # Errors
    /// If it cannot be written; the run stops.
    fn failure(&mut self, failure: &Failure) -> io::Result<()>;

    /// Hears after each article how far the run is.
    ///
    /// # Errors
    /// If what must be kept of it cannot be written; the run stops.
    fn progress(&mut self, progress: Progress<'_>) -> io::Result<()>;
}

/// How far a run is.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'r> {
    /// The counts so far.
    pub counts: &'r Counts,
    /// The bytes of the inputs read up to the last article that was written.
    pub bytes_read: u64,
    /// The inputs and articles up to there.
    pub position: Position,
}

/// Why a run stopped before its end.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// A thread cannot be started.
    #[error("could not start the threads")]
    Threads(#[source] io::Error),
    /// A result cannot be written.
    #[error("could not write the output")]
    Write(#[from] io::Error),
    /// More failed than the run may go on with.
    #[error("more than {limit} articles failed; `--max-failures` sets how many may")]
    Failures {
        /// The limit.
        limit: u64,
    },
}

/// What becomes of one article.
pub(crate) struct Outcome {
    pub(crate) result: Result<Annotated, Failure>,
    pub(crate) position: Position,
    pub(crate) bytes_read: u64,
    pub(crate) size: usize,
}

/// Annotates what `read` yields until it yields nothing, and adds to `counts`, which are those of the run so far.
///
/// # Errors
/// [`RunError`]; what was written until then stays with the sink.
///
/// # Panics
/// If `read` does.
pub fn run(
    pipeline: &Arc<Pipeline>,
    annotator: &Arc<Annotator>,
    options: &RunOptions,
    counts: &mut Counts,
    read: impl FnMut() -> Option<Reading> + Send + 'static,
    sink: &mut dyn Sink,
) -> Result<(), RunError> {
    let (to_annotate, readings) = channel();
    let (to_write, outcomes) = channel();
    let shared = Shared::new(pipeline, annotator, &options.stop, readings, to_write);
    let mut workers = Workers::start(shared, options).map_err(RunError::Threads)?;
    let gate = Arc::new(Gate::default());
    let reader = {
        let (gate, held_bytes) = (Arc::clone(&gate), options.held_bytes);
        let work = move || read_all(read, &to_annotate, &gate, held_bytes);
        thread::Builder::new().name("read".to_owned()).spawn(work).map_err(RunError::Threads)?
    };
    let mut writer = Writer { counts, sink, max_failures: options.max_failures };
    let result = write_all(&outcomes, &mut workers, &mut writer, &gate);
    gate.close();
    workers.stop();
    // A reader that still waits for its input, of a run that ends early, is left alone: it can be stuck there for ever.
    if result.is_ok() && (reader.is_finished() || options.stop.load(Ordering::Relaxed) == 0) {
        reader.join().unwrap_or_else(|panic| resume_unwind(panic));
    }
    result
}

/// Lets the reader run ahead of the writer by so many bytes.
#[derive(Default)]
struct Gate {
    held: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    bytes: usize,
    /// Nobody takes any more.
    closed: bool,
}

impl Gate {
    fn state(&self) -> MutexGuard<'_, State> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for room; gives whether the run goes on.
    fn enter(&self, bytes: usize, limit: usize) -> bool {
        let full = |state: &mut State| !state.closed && state.bytes > 0 && state.bytes + bytes > limit;
        let mut state = self.changed.wait_while(self.state(), full).unwrap_or_else(PoisonError::into_inner);
        state.bytes += bytes;
        !state.closed
    }

    fn leave(&self, bytes: usize) {
        self.state().bytes -= bytes;
        self.changed.notify_one();
    }

    fn close(&self) {
        self.state().closed = true;
        self.changed.notify_one();
    }
}

/// Sends articles with their numbers until there are none or nobody takes them.
fn read_all(
    mut read: impl FnMut() -> Option<Reading>,
    to_annotate: &Sender<(u64, Reading, usize)>,
    gate: &Gate,
    limit: usize,
) {
    let mut number = 0;
    while let Some(reading) = read() {
        let size = size(&reading);
        if !gate.enter(size, limit) || to_annotate.send((number, reading, size)).is_err() {
            return;
        }
        number += 1;
    }
}

/// About what an article holds until it is written: its bytes, its text, and an overhead for the rest.
fn size(reading: &Reading) -> usize {
    let text = reading.article.as_ref().map_or(0, |article| article.text.len());
    reading.origin.raw.as_ref().map_or(0, Vec::len) + text + 1000
}

fn write_all(
    outcomes: &Receiver<(u64, Outcome)>,
    workers: &mut Workers,
    writer: &mut Writer<'_>,
    gate: &Gate,
) -> Result<(), RunError> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    loop {
        let (number, outcome) = match outcomes.recv_timeout(workers.patience()) {
            Ok(outcome) => outcome,
            Err(RecvTimeoutError::Timeout) => {
                workers.watch().map_err(RunError::Threads)?;
                continue;
            }
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        };
        early.insert(number, outcome);
        while let Some(outcome) = early.remove(&next) {
            next += 1;
            let size = outcome.size;
            writer.write(outcome)?;
            gate.leave(size);
        }
    }
}

/// Writes and counts.
struct Writer<'r> {
    counts: &'r mut Counts,
    sink: &'r mut dyn Sink,
    max_failures: Option<u64>,
}

impl Writer<'_> {
    fn write(&mut self, outcome: Outcome) -> Result<(), RunError> {
        let Outcome { result, position, bytes_read, .. } = outcome;
        match result {
            Ok(annotated) => {
                self.sink.record(&annotated)?;
                self.counts.add(&annotated.counts);
            }
            Err(failure) => {
                self.counts.failures += 1;
                self.sink.failure(&failure)?;
            }
        }
        self.sink.progress(Progress { counts: self.counts, bytes_read, position })?;
        match self.max_failures.filter(|&limit| self.counts.failures > limit) {
            Some(limit) => Err(RunError::Failures { limit }),
            None => Ok(()),
        }
    }
}
