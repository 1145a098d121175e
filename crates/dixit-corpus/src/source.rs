//! The bytes of an input: from a file or standard input, decompressed where their first bytes say so, counted and hashed.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use flate2::bufread::MultiGzDecoder;

use crate::input_log::Meter;

/// Bytes that can be moved to another thread.
pub(crate) type Bytes = Box<dyn BufRead + Send>;

const BUFFER: usize = 1 << 18;

/// Opens the file, or standard input for `None`. A gzip file may have many members, a zstd file many frames. `meter` sees
/// the bytes before decompression.
pub(crate) fn open(path: Option<&Path>, meter: Arc<Meter>) -> io::Result<Bytes> {
    let file: Box<dyn Read + Send> = match path {
        Some(path) => Box::new(File::open(path)?),
        None => Box::new(io::stdin()),
    };
    decompressed(Metered { input: file, meter })
}

/// What `input` holds, decompressed where it is gzip or zstd.
pub(crate) fn decompressed(mut input: impl Read + Send + 'static) -> io::Result<Bytes> {
    let mut start = Vec::new();
    input.by_ref().take(4).read_to_end(&mut start)?;
    let (gzip, zstd) = (start.starts_with(b"\x1F\x8B"), start == b"\x28\xB5\x2F\xFD");
    let input = BufReader::with_capacity(BUFFER, Cursor::new(start).chain(input));
    Ok(if gzip {
        Box::new(BufReader::with_capacity(BUFFER, MultiGzDecoder::new(input)))
    } else if zstd {
        Box::new(BufReader::with_capacity(BUFFER, zstd::stream::read::Decoder::with_buffer(input)?))
    } else {
        Box::new(input)
    })
}

struct Metered<R> {
    input: R,
    meter: Arc<Meter>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.meter.see(&buffer[..read]);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn text(bytes: Vec<u8>) -> io::Result<String> {
        let mut text = String::new();
        decompressed(Cursor::new(bytes))?.read_to_string(&mut text).map(|_| text)
    }

    fn gzip(text: &str) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn reads_every_member_and_every_frame() {
        assert_eq!(text([gzip("Oui, "), gzip(""), gzip("non.")].concat()).unwrap(), "Oui, non.");
        let frame = |text: &str| zstd::encode_all(text.as_bytes(), 1).unwrap();
        assert_eq!(text([frame("Yes, "), frame("no.")].concat()).unwrap(), "Yes, no.");
        assert_eq!(text(b"plain".to_vec()).unwrap(), "plain");
        assert_eq!(text(Vec::new()).unwrap(), "");
    }

    #[test]
    fn a_file_that_was_cut_off_is_an_error() {
        let whole = gzip(&"The talks began. ".repeat(100));
        assert!(text(whole[..whole.len() - 9].to_vec()).is_err());
        let whole = zstd::encode_all(&[b'a'; 5000][..], 1).unwrap();
        assert!(text(whole[..whole.len() - 3].to_vec()).is_err());
    }
}
