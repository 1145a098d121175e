//! Annotated files as people read and correct them: in the terminal, as a report, on a local page.
//!
//! A [`Filter`] chooses what of a record is shown, [`segments()`] cuts its text wherever a mark begins or ends, and each way of
//! showing prints these runs: a [`Terminal`], a [`Report`].

#[cfg(test)]
mod examples;
mod filter;
mod records;
mod report;
mod segments;
mod terminal;
mod wrap;

pub use crate::filter::{Filter, Selection};
pub use crate::records::{ReadCause, ReadError, Records};
pub use crate::report::Report;
pub use crate::segments::{Mark, Part, Run, marks, segments};
pub use crate::terminal::Terminal;
