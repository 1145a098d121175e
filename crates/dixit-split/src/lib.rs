//! Parts of an archive to train, tune and test on. Opens no files.
//!
//! A [`Splitter`] sees each article once and keeps about 0.4 KB of it; [`Splitter::finish`] says which part each belongs to.
//!
//! **Near-duplicates** are articles that share at least half of their runs of five words (Jaccard), and what a chain of such pairs joins: a cluster.
//! They are found by `MinHash` (Broder 1997) of 96 hashes in 32 bands of 3 (Indyk & Motwani 1998), so by chance: a pair that shares exactly half is found
//! 19 times of 20, one that shares 0.6 more than 999 times of 1,000, one that shares two fifths half of the time. Words are compared
//! without case and accents. An article that quotes another at length within more of its own is none.
//!
//! **Parts.** A cluster is never divided.
//!
//! - By id, its part follows from the least hash of its ids, so it does not depend on the order or on the other articles.
//! - By date, it follows from its earliest date: before the first cut it is to train on, before the second to tune on. Cuts that are not given are put
//!   where the shares are met; articles without a date are to train on.
//! - By source, each source follows from the hash of its name and each cluster from the source of its least id; an article whose source and
//!   cluster are on two sides is left out, since it can be on neither.
//!
//! **Stability.** The same articles give the same parts. When articles are added, one that has no near-duplicates keeps its part for good (by date: if the
//! cuts are given). A cluster that gains a member, or is joined to another by one, keeps its part unless the least hash is now another's, one time in the
//! number of its members, and falls into another part. Who needs more than that hands in the parts as they were ([`Splitter::keep`]): then no
//! article moves, new ones follow their near-duplicates, and one that has some on two sides is left out.

mod clusters;
mod parts;
mod signature;
mod splitter;

pub use crate::parts::{Part, Shares, SplitError};
pub use crate::splitter::{By, Split, Splitter};
