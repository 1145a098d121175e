//! The language of documents and paragraphs: English, French, or neither.
//!
//! Evidence is gathered in one pass: function words of both languages and of those that they are taken for, then letters that
//! are typical of one (`data/`, an entry a line). Only where these leave doubt is whatlang asked, over the same languages; it is
//! slower than the rest together. The only crate that uses whatlang.

mod detector;
mod evidence;
mod lexicon;
mod tongue;

pub use crate::detector::LanguageDetector;
