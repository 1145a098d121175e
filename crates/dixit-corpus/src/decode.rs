//! From bytes to text: UTF-8, and UTF-16 where a byte-order mark says so. Nothing is replaced or dropped.

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
}

/// A character encoding that a byte-order mark announces, or UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
}

impl Encoding {
    /// The encoding of bytes that start with `start`, and the length of the mark that says so.
    pub(crate) fn sniff(start: &[u8]) -> (Self, usize) {
        match start {
            [0xEF, 0xBB, 0xBF, ..] => (Self::Utf8, 3),
            [0xFF, 0xFE, ..] => (Self::Utf16Le, 2),
            [0xFE, 0xFF, ..] => (Self::Utf16Be, 2),
            _ => (Self::Utf8, 0),
        }
    }

    /// The name in the record.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
        }
    }

    /// The text of `bytes`, which have no mark any more. Offsets in errors count from `base`.
    pub(crate) fn decode(self, bytes: Vec<u8>, base: usize) -> Result<String, DecodeError> {
        match self {
            Self::Utf8 => String::from_utf8(bytes).map_err(|error| {
                let valid = error.utf8_error().valid_up_to();
                DecodeError::NotUtf8 { offset: base + valid, byte: error.as_bytes()[valid] }
            }),
            Self::Utf16Le => decode_utf16(&bytes, base, u16::from_le_bytes),
            Self::Utf16Be => decode_utf16(&bytes, base, u16::from_be_bytes),
        }
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
            (Encoding::Utf16Le, "é🤝".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()),
            (Encoding::Utf16Be, "é🤝".encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ] {
            assert_eq!(encoding.decode(bytes, 2).as_deref(), Ok("é🤝"));
        }
    }

    #[test]
    fn says_where_the_first_bad_byte_is() {
        let error = Encoding::Utf8.decode(b"caf\xE9 noir".to_vec(), 3);
        assert_eq!(error, Err(DecodeError::NotUtf8 { offset: 6, byte: 0xE9 }));
        let error = Encoding::Utf16Le.decode(vec![b'a', 0, 0x00, 0xD8, b'b', 0], 2);
        assert_eq!(error, Err(DecodeError::NotUtf16 { offset: 4 }));
        let error = Encoding::Utf16Le.decode(vec![b'a', 0, b'b'], 2);
        assert_eq!(error, Err(DecodeError::NotUtf16 { offset: 4 }));
    }

    #[test]
    fn tells_an_encoding_by_its_mark() {
        assert_eq!(Encoding::sniff(b"\xEF\xBB\xBFa"), (Encoding::Utf8, 3));
        assert_eq!(Encoding::sniff(b"\xFF\xFEa\0"), (Encoding::Utf16Le, 2));
        assert_eq!(Encoding::sniff(b"\xFE"), (Encoding::Utf8, 0));
    }
}
