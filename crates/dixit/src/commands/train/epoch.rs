//! One epoch of `dixit train entities` and `dixit train quotes`: a bar while it learns, a line behind it.

use dixit_training::EpochReport;
use indicatif::ProgressBar;

use crate::messages::Messages;

/// Learns from `sequences` sequences by `learn`, which is given what to tell of each that is done; tells how the epoch went.
pub(super) fn epoch<E>(
    (number, sequences): (usize, usize),
    messages: Messages,
    learn: impl FnOnce(&dyn Fn(usize)) -> Result<EpochReport, E>,
) -> Result<EpochReport, E> {
    let bar = if messages.shows_bar() { ProgressBar::new(sequences as u64) } else { ProgressBar::hidden() };
    let report = learn(&|done| bar.set_position(done as u64))?;
    bar.finish_and_clear();
    let (loss, (precision, recall, f1)) = (report.loss, report.scores);
    let best = if report.is_best { ", the best so far" } else { "" };
    messages.info(format_args!("epoch {number}: loss {loss:.3}, dev P {precision:.4} R {recall:.4} F1 {f1:.4}{best}"));
    Ok(report)
}
