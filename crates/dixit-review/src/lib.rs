//! Annotated files as people read and correct them: in the terminal, as a report, on a local page.
//!
//! A [`Filter`] chooses what of a record is shown, [`segments()`] cuts its text wherever a mark begins or ends, and each way of
//! showing prints these runs: a [`Terminal`], a [`Report`], the page.
//!
//! A review is a [`Session`]: a file with its [`Index`], the queue, and a [`DecisionLog`] beside the file. A [`Server`] shows it on a
//! page of this machine. What was decided is a line of JSON each, a [`Decision`]; [`Decisions::apply`] makes gold of a record, [`Reviewed`] of a
//! file, and [`merge()`] makes one record of two reviewers'.

mod apply;
mod decisions;
mod edit;
#[cfg(test)]
mod examples;
mod filter;
mod guard;
mod index;
mod item;
mod log;
mod merge;
mod page;
mod records;
mod report;
mod reviewed;
mod segments;
mod server;
mod session;
mod state;
mod terminal;
mod value;
mod wrap;

pub use crate::apply::{Applied, ApplyError, BY};
pub use crate::decisions::{Decision, DecisionError, Decisions, ReadDecisionsError, Subject, Verdict};
pub use crate::edit::{Direction, Edge, Edit, EditError, Place, QuotePart, StepUnit};
pub use crate::filter::{Filter, Selection};
pub use crate::index::{Entry, Index, IndexError, index_path};
pub use crate::log::{DecisionLog, LogError, decisions_path};
pub use crate::merge::{DISPUTED, MergeError, Merged, merge, open_disputes};
pub use crate::page::Page;
pub use crate::records::{ReadCause, ReadError, Records};
pub use crate::report::Report;
pub use crate::reviewed::{Reviewed, ReviewedError};
pub use crate::segments::{Mark, Part, Run, blocks, marks, segments};
pub use crate::server::{Server, ServerError, Stopper};
pub use crate::session::{Action, Order, Queue, Request, Session, SessionError};
pub use crate::state::{ArticleState, Standing};
pub use crate::terminal::Terminal;
pub use crate::value::{CodePoints, EntityValue, PositionValue, QuoteValue, StretchValue, Value};
