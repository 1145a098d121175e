//! Named entities of English and French news: the layer `entities`.
//!
//! Two rooms: `quantities` finds dates, times, money and percentages by their form; `names` finds runs of capitalised words
//! and says what they name by lists (`data/`, an entry a line) and by what the document says elsewhere about the same name. Each
//! word is looked up once (`lexicon`).

mod lexicon;
mod names;
mod quantities;
mod tagger;
mod words;

pub use crate::tagger::EntityTagger;
