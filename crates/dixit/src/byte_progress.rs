//! How far a file is read: a bar on a terminal, else nothing, since it takes seconds.

use indicatif::{ProgressBar, ProgressStyle};

use crate::messages::Messages;

/// Shows how many bytes of a file are read, once it takes long enough to be worth it.
pub(crate) struct ByteProgress {
    bar: ProgressBar,
}

impl ByteProgress {
    /// `what` is being done.
    pub(crate) fn new(messages: Messages, what: &str) -> Self {
        let bar = if messages.shows_bar() { ProgressBar::new(0) } else { ProgressBar::hidden() };
        let template = format!("{what} {{bar:30}} {{bytes}} of {{total_bytes}}, {{eta}} left");
        bar.set_style(ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar }
    }

    /// Bytes that are read, and how many there are.
    pub(crate) fn show(&self, bytes: u64, total: u64) {
        if self.bar.length() != Some(total) {
            self.bar.set_length(total);
        }
        self.bar.set_position(bytes);
    }
}

impl Drop for ByteProgress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
