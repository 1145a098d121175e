//! The files of records: one, or a folder of parts of a size. A part of Parquet is written as JSON lines elsewhere until it is full, since
//! a Parquet file that was cut off cannot be written on.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::OutputFormat;
use crate::input_log::hash_of;
use crate::members::Members;
use crate::table::write_table;

/// A file of records that is finished.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its path in the folder of the output; empty for an output that is one file.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// How many records it holds.
    pub records: u64,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// How records are laid out in files.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout {
    pub(crate) format: OutputFormat,
    /// The bytes of records, before compression, with which a part is full; `None` for one file.
    pub(crate) part_bytes: Option<u64>,
}

/// How far the files of records are, as a checkpoint keeps it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct PartsState {
    done: Vec<Part>,
    open: Option<OpenState>,
}

/// How far the part is that is not finished.
#[derive(Debug, Serialize, Deserialize)]
struct OpenState {
    /// The bytes of its file.
    written: u64,
    /// The bytes of its records, before compression.
    bytes: u64,
    records: u64,
}

/// Writes records into files below `root`, and what is to become Parquet into files below `rows` first.
pub(crate) struct Parts {
    root: PathBuf,
    rows: PathBuf,
    layout: Layout,
    done: Vec<Part>,
    open: Option<Open>,
}

struct Open {
    members: Members<File>,
    bytes: u64,
    records: u64,
}

impl Parts {
    pub(crate) fn new(root: PathBuf, rows: PathBuf, layout: Layout) -> Self {
        Self { root, rows, layout, done: Vec::new(), open: None }
    }

    /// Goes on from a checkpoint: the open file is cut to what `state` says of it, files behind it are removed. `open` are the
    /// bytes of its open piece.
    pub(crate) fn again(mut self, state: PartsState, open: Vec<u8>) -> io::Result<Self> {
        self.done = state.done;
        let layout = self.layout;
        if layout.part_bytes.is_some() {
            self.remove_from(self.done.len() + usize::from(state.open.is_some()))?;
        }
        if let Some(OpenState { written, bytes, records }) = state.open {
            let (file, hash) = cut(&self.written_path(self.done.len()), written)?;
            let members = Members::again(file, layout.format, (written, hash), open);
            self.open = Some(Open { members, bytes, records });
        }
        Ok(self)
    }

    /// Removes the parts from number `part` on.
    fn remove_from(&self, part: usize) -> io::Result<()> {
        for part in part.. {
            match fs::remove_file(self.path(part)) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => break,
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// The path of part number `part` below the root; empty where there is one file.
    fn name(&self, part: usize) -> String {
        match self.layout.part_bytes {
            Some(_) => format!("data/part-{part:05}.{}", self.layout.format.name()),
            None => String::new(),
        }
    }

    fn path(&self, part: usize) -> PathBuf {
        match self.layout.part_bytes {
            Some(_) => self.root.join(self.name(part)),
            None => self.root.clone(),
        }
    }

    /// Where part number `part` is written until it is full.
    fn written_path(&self, part: usize) -> PathBuf {
        match self.layout.format {
            OutputFormat::Parquet => self.rows.join(format!("{part}.jsonl")),
            _ => self.path(part),
        }
    }

    /// Adds a record.
    pub(crate) fn write(&mut self, line: &[u8]) -> io::Result<()> {
        if self.open.is_none() {
            self.open = Some(self.begin()?);
        }
        let Some(open) = &mut self.open else { return Ok(()) };
        open.members.write(line)?;
        open.bytes += line.len() as u64;
        open.records += 1;
        if self.layout.part_bytes.is_some_and(|full| open.bytes >= full) { self.end() } else { Ok(()) }
    }

    fn begin(&self) -> io::Result<Open> {
        let part = self.done.len();
        let path = self.written_path(part);
        for folder in [&path, &self.path(part)].into_iter().filter_map(|path| path.parent()) {
            fs::create_dir_all(folder)?;
        }
        let file = OpenOptions::new().write(true).create(true).truncate(true).open(path)?;
        Ok(Open { members: Members::new(file, self.layout.format), bytes: 0, records: 0 })
    }

    /// Ends the open part.
    fn end(&mut self) -> io::Result<()> {
        let Some(mut open) = self.open.take() else { return Ok(()) };
        open.members.close()?;
        open.members.sink().sync_all()?;
        let part = self.done.len();
        let (bytes, sha256) = if self.layout.format == OutputFormat::Parquet {
            write_table(&self.written_path(part), &self.path(part))?;
            hash_of(&self.path(part))?
        } else {
            open.members.finish()
        };
        let path = self.name(part);
        self.done.push(Part { path, bytes, records: open.records, sha256 });
        Ok(())
    }

    /// Puts what is written on the disk; gives how far the files are, and the bytes of the open piece.
    pub(crate) fn state(&mut self) -> io::Result<(PartsState, &[u8])> {
        let done = self.done.clone();
        let Some(Open { members, bytes, records }) = &mut self.open else {
            return Ok((PartsState { done, open: None }, &[]));
        };
        members.sink().sync_all()?;
        let open = OpenState { written: members.written(), bytes: *bytes, records: *records };
        Ok((PartsState { done, open: Some(open) }, members.open()))
    }

    /// Removes what no checkpoint needs any more: the lines of parts that are Parquet by now.
    pub(crate) fn tidy(&self) -> io::Result<()> {
        let lines = (0..self.done.len()).rev().map(|part| self.written_path(part));
        match self.layout.format {
            OutputFormat::Parquet => lines.take_while(|path| path.exists()).try_for_each(fs::remove_file),
            _ => Ok(()),
        }
    }

    /// Ends the last part; without any record there is one that is empty.
    pub(crate) fn finish(&mut self) -> io::Result<&[Part]> {
        if self.done.is_empty() && self.open.is_none() {
            self.open = Some(self.begin()?);
        }
        self.end()?;
        Ok(&self.done)
    }
}

/// Cuts a file to `length`, to be written on; gives the hash of what it holds.
fn cut(path: &Path, length: u64) -> io::Result<(File, Sha256)> {
    let mut file = OpenOptions::new().read(true).write(true).open(path)?;
    let found = file.metadata()?.len();
    if found < length {
        let message = format!("it has {found} bytes, the checkpoint knows of {length}");
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, message));
    }
    file.set_len(length)?;
    let mut hash = HashWriter(Sha256::new());
    io::copy(&mut file, &mut hash)?;
    file.seek(SeekFrom::Start(length))?;
    Ok((file, hash.0))
}

struct HashWriter(Sha256);

impl io::Write for HashWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
