//! Spans of text and the units that offsets are counted in.
//!
//! Everything inside Dixit counts UTF-8 bytes, since that is what Rust slices by; [`OffsetMap`] turns bytes into the Unicode
//! code points of the record, and into the UTF-16 units of browsers and Java, and back. No layer, label or file format is
//! known here.

mod offsets;
mod span;
mod spans;

pub use crate::offsets::{OffsetMap, Unit};
pub use crate::span::Span;
pub use crate::spans::{containing, starting_within, within};
