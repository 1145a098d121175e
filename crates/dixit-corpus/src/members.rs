//! Bytes that are compressed piece by piece, each piece a gzip member or a zstd frame of its own. Where a piece ends depends on
//! the bytes alone, so that a file that was cut at the end of one and written on is the same as one that was written at once.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use crate::OutputFormat;
use crate::input_log::hexadecimal;

/// How many bytes make a piece that is compressed.
const COMPRESSED: usize = 4 << 20;

/// How many bytes are written at once without compression.
const PLAIN: usize = 1 << 18;

/// The level of zstd: its own default.
const ZSTD_LEVEL: i32 = 3;

/// A file of pieces. The last is open: its bytes are held here until there are enough of them.
pub(crate) struct Members<W> {
    sink: W,
    format: OutputFormat,
    open: Vec<u8>,
    /// The bytes of the pieces that are written.
    written: u64,
    hash: Sha256,
}

impl<W: Write> Members<W> {
    /// An empty file.
    pub(crate) fn new(sink: W, format: OutputFormat) -> Self {
        Self { sink, format, open: Vec::new(), written: 0, hash: Sha256::new() }
    }

    /// A file that holds `written` bytes with that hash, with the open piece as it was.
    pub(crate) fn again(sink: W, format: OutputFormat, (written, hash): (u64, Sha256), open: Vec<u8>) -> Self {
        Self { sink, format, open, written, hash }
    }

    /// Adds a line, which stays in one piece.
    pub(crate) fn write(&mut self, line: &[u8]) -> io::Result<()> {
        self.open.extend_from_slice(line);
        let enough = if self.format.is_compressed() { COMPRESSED } else { PLAIN };
        if self.open.len() >= enough { self.close() } else { Ok(()) }
    }

    /// Ends the open piece, if it has bytes or is the only one.
    pub(crate) fn close(&mut self) -> io::Result<()> {
        if self.open.is_empty() && self.written > 0 {
            return Ok(());
        }
        let piece = match self.format {
            OutputFormat::Gzip => gzip(&self.open)?,
            OutputFormat::Zstd => zstd::bulk::compress(&self.open, ZSTD_LEVEL)?,
            OutputFormat::JsonLines | OutputFormat::Parquet => std::mem::take(&mut self.open),
        };
        self.sink.write_all(&piece)?;
        self.hash.update(&piece);
        self.written += piece.len() as u64;
        self.open.clear();
        Ok(())
    }

    pub(crate) fn sink(&mut self) -> &mut W {
        &mut self.sink
    }

    /// The bytes of the pieces that are written.
    pub(crate) fn written(&self) -> u64 {
        self.written
    }

    /// The bytes of the open piece, before compression.
    pub(crate) fn open(&self) -> &[u8] {
        &self.open
    }

    /// The size of the file and its SHA-256, once the last piece is closed.
    pub(crate) fn finish(self) -> (u64, String) {
        (self.written, hexadecimal(self.hash))
    }
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn lines() -> impl Iterator<Item = Vec<u8>> {
        (0..30_000_u32).map(|number| format!("{number} {}\n", "Les débats. ".repeat(number as usize % 40)).into_bytes())
    }

    #[test]
    fn a_file_that_was_left_and_written_on_is_the_same() {
        for format in [OutputFormat::JsonLines, OutputFormat::Gzip, OutputFormat::Zstd] {
            let mut whole = Members::new(Vec::new(), format);
            let mut parted = Members::new(Vec::new(), format);
            for (number, line) in lines().enumerate() {
                whole.write(&line).unwrap();
                parted.write(&line).unwrap();
                if number % 7_000 == 0 {
                    let (written, hash, open) = (parted.written, parted.hash.clone(), parted.open.clone());
                    parted = Members::again(parted.sink, format, (written, hash), open);
                }
            }
            whole.close().unwrap();
            parted.close().unwrap();
            assert!(whole.sink == parted.sink, "{format:?}");
            let bytes = whole.sink.clone();
            assert_eq!(whole.finish(), parted.finish());
            let mut text = Vec::new();
            crate::source::decompressed(io::Cursor::new(bytes)).unwrap().read_to_end(&mut text).unwrap();
            assert!(text == lines().flatten().collect::<Vec<_>>(), "{format:?}");
        }
    }

    #[test]
    fn nothing_is_a_whole_file_too() {
        for (format, empty) in
            [(OutputFormat::JsonLines, true), (OutputFormat::Gzip, false), (OutputFormat::Zstd, false)]
        {
            let mut members = Members::new(Vec::new(), format);
            members.close().unwrap();
            assert_eq!(members.sink.is_empty(), empty);
            let mut text = Vec::new();
            crate::source::decompressed(io::Cursor::new(members.sink)).unwrap().read_to_end(&mut text).unwrap();
            assert_eq!(text, b"");
        }
    }
}
