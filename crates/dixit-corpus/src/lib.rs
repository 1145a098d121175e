//! Finds inputs and reads articles from them; writes outputs whole or not at all.
//!
//! [`find_inputs`] turns what the user named into a list of files, [`Reader`] reads these one article at a time in constant
//! memory, and [`AtomicFile`] writes beside its target and renames at the end. What cannot be read is a
//! [`dixit_record::Failure`] in the place where the article would have been, so nothing is lost and nothing shifts.

mod decode;
mod format;
mod inputs;
mod lines;
mod output;
mod reader;

pub use crate::decode::DecodeError;
pub use crate::format::Format;
pub use crate::inputs::{Found, Input, InputError, find_inputs};
pub use crate::output::{AtomicFile, OutputError};
pub use crate::reader::{ReadError, ReadOptions, Reader};
