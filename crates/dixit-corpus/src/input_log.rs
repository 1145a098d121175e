//! What was read of each input: its bytes, their hash, what was passed over. The reader writes it, the one who writes the records takes
//! it when all records of an input are written.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What was read of an input, once it is read to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputSummary {
    /// The path as it was named; `-` for standard input.
    pub path: String,
    /// Its size in bytes, before decompression.
    pub bytes: u64,
    /// The SHA-256 of these bytes, in hexadecimal; absent for what could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// How many records of a WARC file were passed over, since they are no plain text.
    pub passed_over: u64,
}

/// The summaries of inputs that are read, until they are taken.
#[derive(Clone, Debug, Default)]
pub struct InputLog(Arc<Mutex<VecDeque<(u64, InputSummary)>>>);

impl InputLog {
    /// Takes the summaries of the first `inputs` inputs, in their order, that were not taken before.
    pub fn take(&self, inputs: u64) -> Vec<InputSummary> {
        let mut log = lock(&self.0);
        let ready = log.iter().take_while(|(number, _)| *number < inputs).count();
        log.drain(..ready).map(|(_, summary)| summary).collect()
    }

    /// Adds the summary of input number `number`, from 0.
    pub(crate) fn push(&self, number: u64, summary: InputSummary) {
        lock(&self.0).push_back((number, summary));
    }
}

/// Sees all bytes that are read.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    /// The bytes of all inputs.
    total: AtomicU64,
    /// The bytes of the one that is read, and their hash.
    current: Mutex<(u64, Sha256)>,
}

impl Meter {
    pub(crate) fn see(&self, bytes: &[u8]) {
        self.total.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        let mut current = lock(&self.current);
        current.0 += bytes.len() as u64;
        current.1.update(bytes);
    }

    pub(crate) fn total(&self) -> u64 {
        self.total.load(Ordering::Relaxed)
    }

    /// Counts bytes of inputs that are not read.
    pub(crate) fn pass_over(&self, bytes: u64) {
        self.total.fetch_add(bytes, Ordering::Relaxed);
    }

    /// The bytes of the current input and their hash; the next begins at zero. A file that was not read to its end, as one that
    /// is torn, is hashed anew.
    pub(crate) fn end_of_input(&self, path: Option<&Path>) -> (u64, Option<String>) {
        let (bytes, hash) = std::mem::take(&mut *lock(&self.current));
        let size = path.and_then(|path| path.metadata().ok()).filter(std::fs::Metadata::is_file).map(|file| file.len());
        match (path, size) {
            (Some(path), Some(size)) if size != bytes => {
                hash_of(path).map_or((size, None), |(size, hash)| (size, Some(hash)))
            }
            (Some(_), None) if bytes == 0 => (0, None),
            _ => (bytes, Some(hexadecimal(hash))),
        }
    }
}

/// The size of a file and its SHA-256, in hexadecimal.
pub(crate) fn hash_of(path: &Path) -> io::Result<(u64, String)> {
    let mut file = File::open(path)?;
    let (mut hash, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 18]);
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok((bytes, hexadecimal(hash)));
        }
        bytes += read as u64;
        hash.update(&buffer[..read]);
    }
}

/// A finished hash in hexadecimal.
pub fn hexadecimal(hash: Sha256) -> String {
    hash.finalize().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
