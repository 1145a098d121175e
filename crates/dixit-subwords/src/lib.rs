//! Subwords: the pieces of a Hugging Face tokenizer, with offsets in our text and the words that they start in.
//!
//! The only crate that uses `tokenizers`. Whatever the tokenizer's normaliser does to the text, offsets are of the text as it is.

mod tokenizer;
mod train;

pub use crate::tokenizer::{SubwordError, SubwordTokenizer};
pub use crate::train::{Kind, train};
