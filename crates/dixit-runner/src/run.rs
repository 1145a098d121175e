//! A whole run: one thread reads ahead, a pool annotates, the caller's thread writes.

use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use dixit_pipeline::Pipeline;
use dixit_record::{Annotator, Article, Failure};
use rayon::prelude::*;

use crate::{Annotated, Counts, annotate};

/// Batches that wait between two threads: enough to keep all busy, few enough to bound memory.
const WAITING: usize = 2;

/// How a run goes.
#[derive(Clone, Copy, Debug)]
pub struct RunOptions {
    /// How many threads annotate; 0 for one a core.
    pub jobs: usize,
    /// How many bytes of text make a batch.
    pub batch_bytes: usize,
    /// How many articles make a batch at most.
    pub batch_articles: usize,
}

impl Default for RunOptions {
    /// One thread a core; batches of 1 MiB or 512 articles.
    fn default() -> Self {
        Self { jobs: 0, batch_bytes: 1 << 20, batch_articles: 512 }
    }
}

/// Where results go, in input order.
pub trait Sink {
    /// Takes a record: a line of JSON with its line end.
    ///
    /// # Errors
    /// If it cannot be written; the run stops.
    fn record(&mut self, line: &[u8]) -> io::Result<()>;

    /// Takes a failure.
    ///
    /// # Errors
    /// If it cannot be written; the run stops.
    fn failure(&mut self, failure: &Failure) -> io::Result<()>;

    /// Hears how far the run is, after each batch.
    fn progress(&mut self, progress: Progress<'_>);
}

/// How far a run is.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'r> {
    /// The counts so far.
    pub counts: &'r Counts,
    /// The bytes of the inputs read so far, up to the last article that was written.
    pub bytes_read: u64,
}

/// Articles that were read, with the ones that could not be in their places.
#[derive(Debug, Default)]
pub struct Batch {
    /// What was read.
    pub articles: Vec<Result<Article, Failure>>,
    /// The bytes of the inputs read so far, this batch included.
    pub bytes_read: u64,
}

/// Why a run stopped before its end.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The threads cannot be started.
    #[error("could not start the threads")]
    Threads(#[from] rayon::ThreadPoolBuildError),
    /// A result cannot be written.
    #[error("could not write the output")]
    Write(#[from] io::Error),
}

/// Annotates what `read` yields until it yields nothing: `read` is called with the options and gives a batch.
///
/// # Errors
/// [`RunError`]; what was written until then stays with the sink.
pub fn run(
    pipeline: &Pipeline,
    annotator: &Annotator,
    options: RunOptions,
    read: impl FnMut() -> Option<Batch> + Send,
    sink: &mut dyn Sink,
) -> Result<Counts, RunError> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.jobs).build()?;
    let (to_annotate, batches) = sync_channel(WAITING);
    let (to_write, annotated) = sync_channel(WAITING);
    thread::scope(|scope| {
        scope.spawn(move || read_all(read, &to_annotate));
        scope.spawn(move || pool.install(|| annotate_all(pipeline, annotator, batches, &to_write)));
        write_all(annotated, sink)
    })
}

type Results = (Vec<Result<Annotated, Failure>>, u64);

/// Sends batches until there are none or nobody takes them.
fn read_all(mut read: impl FnMut() -> Option<Batch>, to_annotate: &SyncSender<Batch>) {
    while let Some(batch) = read() {
        if to_annotate.send(batch).is_err() {
            return;
        }
    }
}

fn annotate_all(pipeline: &Pipeline, annotator: &Annotator, batches: Receiver<Batch>, to_write: &SyncSender<Results>) {
    for batch in batches {
        let annotate = |article: Result<Article, Failure>| annotate(pipeline, annotator, article?);
        let results = batch.articles.into_par_iter().with_max_len(1).map(annotate).collect();
        if to_write.send((results, batch.bytes_read)).is_err() {
            return;
        }
    }
}

fn write_all(annotated: Receiver<Results>, sink: &mut dyn Sink) -> Result<Counts, RunError> {
    let mut counts = Counts::default();
    for (results, bytes_read) in annotated {
        for result in results {
            match result {
                Ok(annotated) => {
                    sink.record(&annotated.line)?;
                    counts.add(&annotated.counts);
                }
                Err(failure) => {
                    sink.failure(&failure)?;
                    counts.failures += 1;
                }
            }
        }
        sink.progress(Progress { counts: &counts, bytes_read });
    }
    Ok(counts)
}
