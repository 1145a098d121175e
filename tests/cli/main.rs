//! Black-box tests of the program: what it reads, writes, prints and ends with.
#![allow(clippy::unwrap_used, missing_docs)]

mod annotate;
mod archives;
mod bad_input;
mod eval;
mod export;
mod import;
mod positions;
mod properties;
mod report;
mod run;
mod stats;
mod train;
mod validate;
mod view;
