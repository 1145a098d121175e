//! Quotations: what was said, the words that say so, by whom.
//!
//! What counts as a quotation, and where it begins and ends, follows the project's annotation guide (which is near PARC 3 and
//! PolNeAR: content, cue, source). The way of a paragraph: `words` classes each word once, by data; `marks` pairs quotation
//! marks and `incises` cuts French attributions out of them; `cues` finds the verbs that attribute; `sources` finds who;
//! `clauses`, `parentheticals` and `sourcings` find what, without marks, within `boundaries`, and `direct` with them; `names`
//! groups the names of a document and `speakers` then says who each source is, and `attribution` does so for a document. What the rules find is what a trained model judges:
//! `items` are the positions that it reads, `heads` what it is asked about, `features` what it sees, `model` what it answers; `settle`
//! chooses among answers, and `signatures` reads names under quotations. A new cue, role or preposition is a line in
//! `data/<language>/`.

mod attribution;
mod boundaries;
mod clauses;
mod cues;
mod direct;
mod features;
mod finder;
mod heads;
mod incises;
mod items;
mod lessons;
mod lexicon;
mod marks;
mod model;
mod names;
mod parentheticals;
mod settle;
mod signatures;
mod sources;
mod sourcings;
mod speakers;
mod words;

pub use crate::attribution::{Attributed, LessonCandidate, SpeakerLesson, Teacher};
pub use crate::finder::{QuoteFinder, QuoteLexicons};
pub use crate::lessons::{GoldQuote, Lessons};
pub use crate::model::{QuoteModelError, tag_set};
pub use crate::speakers::speaker_weights;
