//! The threads that annotate, and the watch over what takes them too long.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use dixit_pipeline::Pipeline;
use dixit_record::{Annotator, Origin, Position, Reading};

use crate::annotate::{Annotated, staged};
use crate::run::{Outcome, RunOptions};

/// How often the watch looks, at most, and how often a worker without an article looks whether the run is to stop.
const WATCH: Duration = Duration::from_millis(50);

/// How long the writer waits where there is no watch: it is woken by every outcome and by the end.
const LONG: Duration = Duration::from_hours(1);

type Numbered = (u64, Reading, usize);

/// What all workers share.
pub(crate) struct Shared {
    pipeline: Arc<Pipeline>,
    annotator: Arc<Annotator>,
    stop: Arc<AtomicUsize>,
    readings: Mutex<Receiver<Numbered>>,
    to_write: Mutex<Option<Sender<(u64, Outcome)>>>,
}

impl Shared {
    pub(crate) fn new(
        pipeline: &Arc<Pipeline>,
        annotator: &Arc<Annotator>,
        stop: &Arc<AtomicUsize>,
        readings: Receiver<Numbered>,
        to_write: Sender<(u64, Outcome)>,
    ) -> Self {
        Self {
            pipeline: Arc::clone(pipeline),
            annotator: Arc::clone(annotator),
            stop: Arc::clone(stop),
            readings: Mutex::new(readings),
            to_write: Mutex::new(Some(to_write)),
        }
    }

    /// The next article; `None` if there is none, or the run is to stop.
    fn receive(&self) -> Option<Numbered> {
        loop {
            let readings = lock(&self.readings);
            if self.stop.load(Ordering::Relaxed) != 0 {
                return None;
            }
            match readings.recv_timeout(WATCH) {
                Ok(numbered) => return Some(numbered),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    /// Sends an outcome to the writer; gives whether it still takes some.
    fn send(&self, number: u64, outcome: Outcome) -> bool {
        lock(&self.to_write).as_ref().is_some_and(|to_write| to_write.send((number, outcome)).is_ok())
    }
}

/// What a worker is at.
struct Task {
    since: Instant,
    number: u64,
    origin: Origin,
    id: Option<String>,
    position: Position,
    bytes_read: u64,
    size: usize,
}

impl Task {
    /// What becomes of it: an error is the stage and the cause.
    fn outcome(self, result: Result<Annotated, (&'static str, String)>) -> Outcome {
        let Self { origin, id, position, bytes_read, size, .. } = self;
        let result = result.map_err(|(stage, cause)| origin.failure(id, stage, cause));
        Outcome { result, position, bytes_read, size }
    }
}

/// A place for one worker: its task while it has one.
#[derive(Default)]
struct Desk {
    task: Option<Task>,
    /// The worker has nothing more to do.
    done: bool,
}

/// The workers of a run.
pub(crate) struct Workers {
    shared: Option<Arc<Shared>>,
    desks: Vec<Arc<Mutex<Desk>>>,
    timeout: Option<Duration>,
}

impl Workers {
    pub(crate) fn start(shared: Shared, options: &RunOptions) -> io::Result<Self> {
        let jobs = match options.jobs {
            0 => thread::available_parallelism().map_or(1, usize::from),
            jobs => jobs,
        };
        let desks = (0..jobs).map(|_| Arc::default()).collect();
        let mut workers = Self { shared: Some(Arc::new(shared)), desks, timeout: options.document_timeout };
        for desk in &workers.desks {
            workers.spawn(Arc::clone(desk))?;
        }
        if workers.timeout.is_none() {
            // Then nobody is replaced, and the end of the last worker is the end of the outcomes.
            workers.shared = None;
        }
        Ok(workers)
    }

    fn spawn(&self, desk: Arc<Mutex<Desk>>) -> io::Result<()> {
        let Some(shared) = self.shared.clone() else { return Ok(()) };
        thread::Builder::new().name("annotate".to_owned()).spawn(move || work(&shared, &desk)).map(|_| ())
    }

    /// How long the writer may wait before [`Workers::watch`].
    pub(crate) fn patience(&self) -> Duration {
        self.timeout.map_or(LONG, |timeout| timeout.min(WATCH))
    }

    /// Fails the documents that take too long, and puts new workers at new desks for those who are stuck with them. When all are
    /// done, lets the outcomes end.
    pub(crate) fn watch(&mut self) -> io::Result<()> {
        let (Some(timeout), Some(shared)) = (self.timeout, self.shared.clone()) else { return Ok(()) };
        if self.desks.iter().all(|desk| lock(desk).done) {
            // A stuck worker holds the rest of what is shared, but not this.
            *lock(&shared.to_write) = None;
            return Ok(());
        }
        for index in 0..self.desks.len() {
            let mut desk = lock(&self.desks[index]);
            let Some(task) = desk.task.take_if(|task| task.since.elapsed() > timeout) else { continue };
            drop(desk);
            let cause = format!("not done after {} s; `--document-timeout` sets it", timeout.as_secs_f64());
            shared.send(task.number, task.outcome(Err(("time", cause))));
            let fresh = Arc::default();
            self.spawn(Arc::clone(&fresh))?;
            self.desks[index] = fresh;
        }
        Ok(())
    }

    /// Lets go of what new workers would need.
    pub(crate) fn stop(&mut self) {
        self.shared = None;
    }
}

/// Takes articles until there are none, or until the desk was cleared for another worker.
fn work(shared: &Shared, desk: &Mutex<Desk>) {
    while let Some((number, reading, size)) = shared.receive() {
        let Reading { origin, article, position, bytes_read } = reading;
        let id = article.as_ref().ok().map(|article| article.id.clone());
        let since = Instant::now();
        lock(desk).task = Some(Task { since, number, origin, id, position, bytes_read, size });
        let result = article.map_err(|cause| ("read", cause));
        let result = result.and_then(|article| staged(&shared.pipeline, &shared.annotator, article));
        let Some(task) = lock(desk).task.take() else { return };
        if !shared.send(number, task.outcome(result)) {
            break;
        }
    }
    lock(desk).done = true;
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
