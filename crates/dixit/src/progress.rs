//! How far a run is: a bar on a terminal, else a plain line now and then.

use std::time::{Duration, Instant};

use dixit_runner::Progress;
use indicatif::{HumanDuration, ProgressBar, ProgressStyle};

use crate::messages::Messages;
use crate::summary::{megabytes, thousands};

/// How often a plain line is printed.
const INTERVAL: Duration = Duration::from_secs(10);

/// Shows the progress of a run.
pub(crate) struct ProgressView {
    messages: Messages,
    bar: Option<ProgressBar>,
    total: Option<u64>,
    /// When the first article was written, and how many documents and bytes it was then: those before are of an earlier run.
    start: Option<(Instant, u64, u64)>,
    printed: Instant,
}

impl ProgressView {
    /// `total`: the bytes of all inputs, if they are known.
    pub(crate) fn new(messages: Messages, total: Option<u64>) -> Self {
        let bar = messages.shows_bar().then(|| {
            let (bar, template) = match total {
                Some(total) => (ProgressBar::new(total), "{bar:30} {percent:>3} %  {msg}  {eta} left"),
                None => (ProgressBar::new_spinner(), "{spinner} {msg}"),
            };
            bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        });
        Self { messages, bar, total, start: None, printed: Instant::now() }
    }

    pub(crate) fn show(&mut self, progress: Progress<'_>) {
        let (start, documents, bytes) =
            *self.start.get_or_insert_with(|| (Instant::now(), progress.counts.documents, progress.bytes_read));
        let done = Done {
            seconds: start.elapsed().as_secs_f64().max(0.001),
            documents: progress.counts.documents - documents,
            bytes: progress.bytes_read.saturating_sub(bytes),
        };
        if let Some(bar) = &self.bar {
            bar.set_position(progress.bytes_read);
            bar.set_message(done.rates(progress));
        } else if self.messages.shows_lines() && self.printed.elapsed() >= INTERVAL {
            self.printed = Instant::now();
            let to_do = self.total.map(|total| total.saturating_sub(progress.bytes_read));
            let left = to_do.and_then(|to_do| done.left(to_do)).map(|left| format!(", {} left", HumanDuration(left)));
            self.messages.info(format_args!("{}{}", done.rates(progress), left.unwrap_or_default()));
        }
    }

    /// Prints `print` without tearing the bar.
    pub(crate) fn suspend(&self, print: impl FnOnce()) {
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }

    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// What was done since the first article.
struct Done {
    seconds: f64,
    documents: u64,
    bytes: u64,
}

impl Done {
    fn rates(&self, progress: Progress<'_>) -> String {
        let documents = self.documents as f64 / self.seconds;
        let speed = megabytes(self.bytes) / self.seconds;
        format!("{} documents, {documents:.0}/s, {speed:.1} MB/s", thousands(progress.counts.documents))
    }

    /// How long it takes to read `to_do` bytes more.
    fn left(&self, to_do: u64) -> Option<Duration> {
        (self.bytes > 0).then(|| Duration::from_secs_f64(self.seconds * to_do as f64 / self.bytes as f64))
    }
}

/// Shows that something goes on of which nobody knows the end.
pub(crate) struct Task {
    messages: Messages,
    bar: Option<ProgressBar>,
    printed: Instant,
}

impl Task {
    pub(crate) fn new(messages: Messages) -> Self {
        let bar = messages.shows_bar().then(|| {
            let bar = ProgressBar::new_spinner();
            bar.enable_steady_tick(Duration::from_millis(200));
            bar.set_style(
                ProgressStyle::with_template("{spinner} {msg}, {elapsed}")
                    .unwrap_or_else(|_| ProgressStyle::default_spinner()),
            );
            bar
        });
        Self { messages, bar, printed: Instant::now() }
    }

    /// Shows how far it is: on a terminal at once, else a line now and then.
    pub(crate) fn show(&mut self, message: impl Fn() -> String) {
        if let Some(bar) = &self.bar {
            bar.set_message(message());
        } else if self.messages.shows_lines() && self.printed.elapsed() >= INTERVAL {
            self.printed = Instant::now();
            self.messages.info(message());
        }
    }

    /// Shows what begins now.
    pub(crate) fn begin(&mut self, message: String) {
        match &self.bar {
            Some(bar) => bar.set_message(message),
            None if self.messages.shows_lines() => self.messages.info(message),
            None => {}
        }
    }

    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
