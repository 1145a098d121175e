//! Quotations: what was said, the words that say so, by whom.
//!
//! What counts as a quotation, and where it begins and ends, follows the project's annotation guide (which is near PARC 3 and
//! PolNeAR: content, cue, source). The way of a paragraph: `words` classes each word once, by data; `marks` pairs quotation
//! marks and `incises` cuts French attributions out of them; `cues` finds the verbs that attribute; `sources` finds who;
//! `clauses`, `parentheticals` and `sourcings` find what, without marks, within `boundaries`, and `direct` with them; `names`
//! groups the names of a document, `speakers` then says who each source is, and `attribution` does so for a document. A new cue, role or preposition is a line in
//! `data/<language>/`.

mod attribution;
mod boundaries;
mod clauses;
mod cues;
mod direct;
mod finder;
mod incises;
mod lexicon;
mod marks;
mod names;
mod parentheticals;
mod sources;
mod sourcings;
mod speakers;
mod words;

pub use crate::attribution::{Attributed, LessonCandidate, SpeakerLesson, Teacher};
pub use crate::finder::QuoteFinder;
