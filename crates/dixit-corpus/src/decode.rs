//! From bytes to text: UTF-8, what a byte-order mark says, and what the user names or asks to detect. Nothing is replaced or
//! dropped.

use std::borrow::Cow;
use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Why bytes are no text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Bytes that are not UTF-8.
    #[error("not UTF-8: byte {offset} is 0x{byte:02X}")]
    NotUtf8 {
        /// The offset of the first bad byte.
        offset: usize,
        /// That byte.
        byte: u8,
    },
    /// Half of a surrogate pair, or half of a code unit, in UTF-16.
    #[error("not UTF-16: the code unit at byte {offset} is half of a character")]
    NotUtf16 {
        /// The offset of the code unit in bytes.
        offset: usize,
    },
    /// Bytes that stand for nothing in the encoding of the input.
    #[error("not {encoding}: some bytes stand for nothing in it")]
    NotNamed {
        /// The encoding.
        encoding: String,
    },
}

/// How the character encoding of an input is found. A byte-order mark always counts before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EncodingChoice {
    /// UTF-8; what is not is refused.
    #[default]
    Utf8,
    /// The one that was named.
    Named(&'static Encoding),
    /// The one that the first 64 KiB look like.
    Detected,
}

impl EncodingChoice {
    /// The choice of that name: `detect`, or a label of the WHATWG encoding standard, e.g. `windows-1252`, `iso-8859-15`.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "detect" => Some(Self::Detected),
            _ => Encoding::for_label_no_replacement(name.as_bytes()).map(Self::Named),
        }
    }

    /// The encoding of an input that starts with `start`, and the length of the mark that says so.
    pub(crate) fn of_start(self, start: &[u8]) -> (&'static Encoding, usize) {
        Encoding::for_bom(start).unwrap_or_else(|| match self {
            Self::Utf8 => (UTF_8, 0),
            Self::Named(encoding) => (encoding, 0),
            Self::Detected => (detect(start), 0),
        })
    }
}

/// How many bytes [`EncodingChoice::Detected`] looks at.
pub(crate) const DETECTED_BYTES: u64 = 1 << 16;

fn detect(start: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(start, start.len() < DETECTED_BYTES as usize);
    detector.guess(None, Utf8Detection::Allow)
}

/// The name of an encoding in records.
pub(crate) fn name_of(encoding: &'static Encoding) -> String {
    encoding.name().to_ascii_lowercase()
}

/// The text of `bytes`, which have no mark any more. Offsets in errors count from `base`.
pub(crate) fn decode<'b>(
    encoding: &'static Encoding,
    bytes: &'b [u8],
    base: usize,
) -> Result<Cow<'b, str>, DecodeError> {
    if encoding == UTF_8 {
        return std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| {
            let valid = error.valid_up_to();
            DecodeError::NotUtf8 { offset: base + valid, byte: bytes[valid] }
        });
    }
    if encoding == UTF_16LE {
        return decode_utf16(bytes, base, u16::from_le_bytes).map(Cow::Owned);
    }
    if encoding == UTF_16BE {
        return decode_utf16(bytes, base, u16::from_be_bytes).map(Cow::Owned);
    }
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.ok_or_else(|| DecodeError::NotNamed { encoding: name_of(encoding) })
}

/// A UTF-16 stream as UTF-8, so that lines can be found in it.
pub(crate) struct Utf16Reader<R> {
    input: R,
    decoder: encoding_rs::Decoder,
    bytes: Vec<u8>,
    text: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> Utf16Reader<R> {
    pub(crate) fn new(encoding: &'static Encoding, input: R) -> Self {
        let decoder = encoding.new_decoder_without_bom_handling();
        Self { input, decoder, bytes: vec![0; 1 << 16], text: Vec::new(), given: 0, ended: false }
    }

    fn fill(&mut self) -> io::Result<()> {
        let read = self.input.read(&mut self.bytes)?;
        self.ended = read == 0;
        let bytes = &self.bytes[..read];
        let room = self.decoder.max_utf8_buffer_length_without_replacement(read).unwrap_or(4 * read + 16);
        self.text.resize(room, 0);
        let (result, _, written) = self.decoder.decode_to_utf8_without_replacement(bytes, &mut self.text, self.ended);
        if let DecoderResult::Malformed(..) = result {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "not UTF-16: half of a character"));
        }
        self.text.truncate(written);
        self.given = 0;
        Ok(())
    }
}

impl<R: Read> Read for Utf16Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.ended {
            self.fill()?;
        }
        let taken = buffer.len().min(self.text.len() - self.given);
        buffer[..taken].copy_from_slice(&self.text[self.given..self.given + taken]);
        self.given += taken;
        Ok(taken)
    }
}

fn decode_utf16(bytes: &[u8], base: usize, unit: fn([u8; 2]) -> u16) -> Result<String, DecodeError> {
    let pairs = bytes.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return Err(DecodeError::NotUtf16 { offset: base + bytes.len() - 1 });
    }
    let mut text = String::with_capacity(bytes.len());
    let mut offset = base;
    for character in char::decode_utf16(pairs.map(|pair| unit([pair[0], pair[1]]))) {
        let character = character.map_err(|_| DecodeError::NotUtf16 { offset })?;
        text.push(character);
        offset += character.len_utf16() * 2;
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_utf16_of_both_orders() {
        for (encoding, bytes) in [
            (UTF_16LE, "é🤝".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()),
            (UTF_16BE, "é🤝".encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ] {
            assert_eq!(decode(encoding, &bytes, 2).as_deref(), Ok("é🤝"));
            let mut text = String::new();
            Utf16Reader::new(encoding, &bytes[..]).read_to_string(&mut text).unwrap();
            assert_eq!(text, "é🤝");
        }
    }

    #[test]
    fn says_where_the_first_bad_byte_is() {
        let error = decode(UTF_8, b"caf\xE9 noir", 3);
        assert_eq!(error, Err(DecodeError::NotUtf8 { offset: 6, byte: 0xE9 }));
        let error = decode(UTF_16LE, &[b'a', 0, 0x00, 0xD8, b'b', 0], 2);
        assert_eq!(error, Err(DecodeError::NotUtf16 { offset: 4 }));
        let error = decode(UTF_16LE, &[b'a', 0, b'b'], 2);
        assert_eq!(error, Err(DecodeError::NotUtf16 { offset: 4 }));
    }

    #[test]
    fn a_mark_counts_before_what_is_named_and_nothing_is_guessed_unasked() {
        let latin9 = EncodingChoice::from_name("iso-8859-15").unwrap();
        assert_eq!(latin9.of_start(b"\xFF\xFEa\0"), (UTF_16LE, 2));
        let (encoding, _) = latin9.of_start(b"\xA4");
        assert_eq!(decode(encoding, b"3 \xA4", 0).as_deref(), Ok("3 €"));
        let french = b"Les d\xE9bats ont repris \xE0 Gen\xE8ve, a d\xE9clar\xE9 le m\xE9diateur.";
        assert_eq!(EncodingChoice::Utf8.of_start(french), (UTF_8, 0));
        assert_eq!(EncodingChoice::Detected.of_start(french), (encoding_rs::WINDOWS_1252, 0));
        assert_eq!(EncodingChoice::from_name("latin-99"), None);
    }
}
