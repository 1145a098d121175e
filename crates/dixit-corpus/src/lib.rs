//! Finds inputs and reads articles from them; writes outputs whole or not at all.
//!
//! [`find_inputs`] turns what the user named into a list of files, [`Reader`] reads these one article at a time, and
//! [`AtomicFile`] writes beside its target and renames at the end. Bytes come from a source (a file, standard input,
//! decompressed or not), a room of its own for each format makes articles of them. What cannot be read is a
//! [`dixit_record::Reading`] with its cause, in the place where the article would have been: nothing is lost, nothing shifts.
//! [`RunOutput`] takes what a run writes, with checkpoints from which a run that was cut off goes on.

mod decode;
mod description;
mod folder;
mod format;
mod input_log;
mod inputs;
mod lines;
mod manifest;
mod members;
mod output;
mod output_format;
mod parts;
mod place;
mod reader;
mod records;
mod retry;
mod run_output;
mod shred;
mod source;
mod table;

pub use crate::decode::{DecodeError, EncodingChoice};
pub use crate::description::{Changes, InputState, RunDescription};
pub use crate::folder::AtomicFolder;
pub use crate::format::Format;
pub use crate::input_log::{InputLog, InputSummary, hexadecimal};
pub use crate::inputs::{Found, Input, InputError, find_inputs};
pub use crate::output::{AtomicFile, OutputError, is_stream};
pub use crate::output_format::OutputFormat;
pub use crate::parts::Part;
pub use crate::place::{OutputOptions, sync_folder_of};
pub use crate::reader::{ReadError, ReadOptions, Reader};
pub use crate::records::RecordStream;
pub use crate::retry::{Retry, RetryError};
pub use crate::run_output::{Committed, Opened, Resumed, RunOutput};
