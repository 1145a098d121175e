//! Bytes to code points and UTF-16 units, and back.

use crate::Span;

/// Bytes between two entries of the table: a conversion counts at most this many.
const BLOCK: usize = 64;

/// What an offset counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Unicode code points (scalar values), as Python's `str`, spaCy, Prodigy and brat count.
    CodePoint,
    /// UTF-16 code units, as JavaScript, Java and UIMA CAS count.
    Utf16,
    /// UTF-8 bytes, as Rust counts.
    Byte,
}

impl Unit {
    /// How many units the character that starts with `byte` takes; 0 for a byte inside a character.
    const fn width(self, byte: u8) -> usize {
        let inside = byte & 0xC0 == 0x80;
        match self {
            Self::Byte => 1,
            Self::CodePoint => !inside as usize,
            Self::Utf16 => !inside as usize + (byte >= 0xF0) as usize,
        }
    }
}

/// The offsets of one text in two units at once: bytes, and the [`Unit`] it was made for.
///
/// Building takes one pass over the text and 4 bytes for each 64 of it; nothing at all for ASCII. A conversion is a table
/// look-up and a count over less than 64 bytes.
#[derive(Debug)]
pub struct OffsetMap<'t> {
    text: &'t str,
    unit: Unit,
    /// Units before the byte `index * BLOCK`; empty where bytes and units are the same.
    blocks: Vec<u32>,
    length: usize,
}

impl<'t> OffsetMap<'t> {
    /// The map of `text` between bytes and `unit`.
    ///
    /// # Panics
    /// If the text is 4 GiB or longer.
    pub fn new(text: &'t str, unit: Unit) -> Self {
        assert!(u32::try_from(text.len()).is_ok(), "a text is shorter than 4 GiB");
        if unit == Unit::Byte || text.is_ascii() {
            return Self { text, unit, blocks: Vec::new(), length: text.len() };
        }
        let mut blocks = Vec::with_capacity(text.len() / BLOCK + 1);
        let mut units = 0;
        for block in text.as_bytes().chunks(BLOCK) {
            blocks.push(units as u32);
            units += count(block, unit);
        }
        Self { text, unit, blocks, length: units }
    }

    /// The length of the text in units.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The number of units before the byte at `byte`.
    ///
    /// A byte inside a character counts as its end.
    ///
    /// # Panics
    /// If `byte` is beyond the end of the text.
    pub fn unit_at(&self, byte: usize) -> usize {
        if self.blocks.is_empty() {
            assert!(byte <= self.text.len(), "offset {byte} is beyond the text");
            return byte;
        }
        let block = (byte / BLOCK).min(self.blocks.len() - 1);
        self.blocks[block] as usize + count(&self.text.as_bytes()[block * BLOCK..byte], self.unit)
    }

    /// The byte at which the unit number `unit` starts; `None` beyond the end or inside a character.
    pub fn byte_at(&self, unit: usize) -> Option<usize> {
        if unit >= self.length {
            return (unit == self.length).then_some(self.text.len());
        }
        if self.blocks.is_empty() {
            return self.text.is_char_boundary(unit).then_some(unit);
        }
        let block = self.blocks.partition_point(|&before| before as usize <= unit) - 1;
        let mut units = self.blocks[block] as usize;
        for (offset, &byte) in self.text.as_bytes()[block * BLOCK..].iter().enumerate() {
            let width = self.unit.width(byte);
            if width > 0 && units == unit {
                return Some(block * BLOCK + offset);
            }
            units += width;
            if units > unit {
                return None;
            }
        }
        None
    }

    /// `span` in units: its start and end.
    ///
    /// # Panics
    /// If the span reaches beyond the text.
    pub fn units(&self, span: Span) -> (usize, usize) {
        (self.unit_at(span.start()), self.unit_at(span.end()))
    }

    /// The span in bytes of the units `start..end`; `None` where an end is beyond the text, inside a character, or before the start.
    pub fn span(&self, start: usize, end: usize) -> Option<Span> {
        let (start, end) = (self.byte_at(start)?, self.byte_at(end)?);
        (start <= end).then(|| Span::new(start, end))
    }
}

fn count(bytes: &[u8], unit: Unit) -> usize {
    bytes.iter().map(|&byte| unit.width(byte)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "🤝 « Nous sommes prêts à dialoguer si le texte est retiré », a déclaré Léa Martin, présidente de l’Union.";

    #[test]
    fn counts_the_example_of_three_units() {
        let content = TEXT.find("Nous").expect("it is there")..TEXT.find(" »").expect("it is there");
        let span = Span::from(content);
        assert_eq!(span.range(), 8..63);
        assert_eq!(OffsetMap::new(TEXT, Unit::CodePoint).units(span), (4, 56));
        assert_eq!(OffsetMap::new(TEXT, Unit::Utf16).units(span), (5, 57));
        assert_eq!(OffsetMap::new(TEXT, Unit::Byte).units(span), (8, 63));
    }

    #[test]
    fn agrees_with_counting_characters_everywhere() {
        let text = format!("{TEXT}\r\n{TEXT}e\u{301}\0{TEXT}");
        let map = OffsetMap::new(&text, Unit::CodePoint);
        for (code_point, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(map.unit_at(byte), code_point);
            assert_eq!(map.byte_at(code_point), Some(byte));
        }
        assert_eq!(map.len(), text.chars().count());
        assert_eq!(map.byte_at(map.len()), Some(text.len()));
        assert_eq!(map.byte_at(map.len() + 1), None);
    }

    #[test]
    fn agrees_with_encode_utf16_everywhere() {
        let map = OffsetMap::new(TEXT, Unit::Utf16);
        for (byte, _) in TEXT.char_indices() {
            let units = TEXT[..byte].encode_utf16().count();
            assert_eq!(map.unit_at(byte), units);
            assert_eq!(map.byte_at(units), Some(byte));
        }
        assert_eq!(map.byte_at(1), None, "the second half of a surrogate pair");
    }

    #[test]
    fn ascii_needs_no_table() {
        let map = OffsetMap::new("talks", Unit::CodePoint);
        assert_eq!(map.span(0, 5), Some(Span::new(0, 5)));
        assert_eq!(map.span(3, 2), None);
        assert_eq!(map.span(0, 6), None);
        assert!(OffsetMap::new("", Unit::CodePoint).is_empty());
    }
}
