//! Black-box tests of the program: what it reads, writes, prints and ends with.
#![allow(clippy::unwrap_used, missing_docs)]

mod agreement;
mod annotate;
mod archives;
mod bad_input;
mod eval;
mod export;
mod folders;
mod import;
mod merge;
mod positions;
mod properties;
mod readme;
mod report;
mod resume;
mod review;
mod run;
mod split;
mod stats;
mod train;
mod validate;
mod view;
