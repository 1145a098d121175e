//! Interrupts: the first asks the run to stop, the second ends the program at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize};

use anyhow::Context as _;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use crate::ExitStatus;

const SIGNALS: [(i32, ExitStatus); 2] = [(SIGINT, ExitStatus::Interrupted), (SIGTERM, ExitStatus::Terminated)];

/// From now on a signal sets what this gives to its number.
pub(super) fn listen() -> anyhow::Result<Arc<AtomicUsize>> {
    let (stop, again) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
    for (signal, status) in SIGNALS {
        let number = usize::try_from(signal).unwrap_or(1);
        flag::register_conditional_shutdown(signal, status as i32, Arc::clone(&again))
            .and_then(|_| flag::register(signal, Arc::clone(&again)))
            .and_then(|_| flag::register_usize(signal, Arc::clone(&stop), number))
            .context("could not listen for interrupts")?;
    }
    Ok(stop)
}

/// How a run ends that was stopped by `signal`; `None` for zero, no signal.
pub(super) fn status(signal: usize) -> Option<ExitStatus> {
    let is = |number: &i32| usize::try_from(*number) == Ok(signal);
    SIGNALS.iter().find(|(number, _)| is(number)).map(|&(_, status)| status)
}
