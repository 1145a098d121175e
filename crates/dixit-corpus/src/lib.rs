//! Finds inputs and reads articles from them; writes outputs whole or not at all.
//!
//! [`find_inputs`] turns what the user named into a list of files, [`Reader`] reads these one article at a time, and
//! [`AtomicFile`] writes beside its target and renames at the end. Bytes come from a source (a file, standard input,
//! decompressed or not), a room of its own for each format makes articles of them. What cannot be read is a
//! [`dixit_record::Reading`] with its cause, in the place where the article would have been: nothing is lost, nothing shifts.

mod decode;
mod folder;
mod format;
mod inputs;
mod lines;
mod output;
mod reader;
mod retry;
mod source;

pub use crate::decode::{DecodeError, EncodingChoice};
pub use crate::folder::AtomicFolder;
pub use crate::format::Format;
pub use crate::inputs::{Found, Input, InputError, find_inputs};
pub use crate::output::{AtomicFile, OutputError};
pub use crate::reader::{ReadError, ReadOptions, Reader};
pub use crate::retry::{Retry, RetryError};
