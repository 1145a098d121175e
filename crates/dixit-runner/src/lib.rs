//! Runs a pipeline over articles on all cores, and keeps their order.
//!
//! [`annotate()`] is the pure function of one article, for engines that bring their own threads; [`annotate_batch`] is the same over
//! a batch, on rayon's threads; [`run()`] is a whole run: it reads ahead in bounded memory, annotates on its own
//! threads, writes in input order and counts. A panic inside one document, or too long a stay in it, is that document's failure.

mod annotate;
mod counts;
mod panics;
mod run;
mod workers;

pub use crate::annotate::{Annotated, annotate, annotate_batch, annotator_of};
pub use crate::counts::Counts;
pub use crate::run::{Progress, RunError, RunOptions, Sink, run};
