//! Named entities of English and French news: the layer `entities`.
//!
//! Names are found by a trained model of each language (`model`), which sees of each word its form, its neighbours, the lists that
//! it is in (`lexicon`, `data/`), and what the document says of it elsewhere (`features`). Dates, times, money and percentages that the
//! model leaves are found by their form (`quantities`).

mod clusters;
mod features;
mod lexicon;
mod model;
mod quantities;
mod tagger;
mod vocabulary;
mod words;

pub use crate::clusters::{Clusters, ClustersError};
pub use crate::model::{EntityModelError, Lessons, model_bytes, tag_set};
pub use crate::tagger::{EntityLexicons, EntityTagger};
pub use crate::vocabulary::word_hash;
