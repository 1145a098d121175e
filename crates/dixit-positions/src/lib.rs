//! The position that each speaker takes on a topic: support, conditional, oppose or neutral, with the words that tell
//! it.
//!
//! A [`Topic`] is data: a TOML file (`pipelines/topics/README.md` describes it) of what names the topic and of cues to
//! stances. What any topic needs of a language is data of this crate: classes of expressions, an entry a line, in
//! `data/<language>/<class>.txt`. [`PositionFinder`] looks for both in and around each quote; what it sees are
//! features; a linear model says from them whether the quote is about the topic, and which stance it takes. The model
//! starts from rules set by hand (`data/any/rules.tsv`), which [`rules`] describes with examples, and adds what
//! [`train()`] learned (`data/any/weights.tsv`).
//!
//! The weights were learned by `dixit train positions`; their card, `dixit-models/cards/positions.md`, says from what,
//! besides the crate's own examples, `data/<language>/examples.tsv`.
//!
//! Cost: each word is looked up once for all topics together, and each quote reads its own surroundings, which are
//! bounded; the work grows linearly with the text and the number of quotes and topics.

mod class;
mod error;
mod examples;
mod feature;
mod features;
mod finder;
mod lexicon;
mod model;
mod pattern;
mod profile;
mod reading;
pub mod rules;
mod topic;
mod topic_file;
mod train;
mod word_features;
mod words;

pub use crate::error::{PatternFault, TopicError};
pub use crate::finder::PositionFinder;
pub use crate::profile::profile;
pub use crate::topic::Topic;
pub use crate::train::{Example, TrainingSettings, train};
