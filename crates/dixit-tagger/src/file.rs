//! A model as bytes.
//!
//! All numbers are little-endian. Magic `DXTG`, version (u16), CRC-32 of all that follows (u32); then the number of labels (u16) and
//! each as length (u16) and UTF-8; the transitions, starts and ends as `f32`; the scale (`f32`); the number of features (u32); then,
//! for all features in the order of their hashes, how much the hash (of 40 bits) is over the one before it, the lowest byte of all
//! of them first; the lengths of their rows (u8), the tags (u8) and the weights (i8) in them. Like stands by like, so that it compresses.

use crate::chain::{Transitions, Weighed};
use crate::features::HASH_BITS;
use crate::table::Table;
use crate::{Model, TagSet};

const MAGIC: &[u8; 4] = b"DXTG";
const VERSION: u16 = 3;
const HEADER: usize = 10;
/// How many bytes a feature's hash has.
const HASH_BYTES: usize = 5;

/// A feature's hash with its row: the tags that it speaks for or against, and how much.
pub(crate) type Row = (u64, Vec<(u8, i8)>);

/// Why bytes are no model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// They do not begin as a model does.
    #[error("not a model of the tagger: it does not begin with `DXTG`")]
    NotAModel,
    /// They are of another version.
    #[error("a model of version {found}; this program reads version {VERSION}: train it anew")]
    OtherVersion {
        /// The version that they say.
        found: u16,
    },
    /// They end too early.
    #[error("the model is cut off at byte {at}")]
    Truncated {
        /// The number of bytes that there are.
        at: usize,
    },
    /// They were changed.
    #[error("the model is damaged: its checksum is {found:08x} and should be {wanted:08x}")]
    Checksum {
        /// The checksum of the bytes.
        found: u32,
        /// The checksum in the header.
        wanted: u32,
    },
    /// The checksum is right, but what is in them cannot be.
    #[error("the model is damaged: {what} at byte {at}")]
    Malformed {
        /// What cannot be.
        what: &'static str,
        /// Where.
        at: usize,
    },
}

impl Model {
    /// The model as bytes. The same model gives the same bytes; `rows` are its features in the order of their hashes.
    pub(crate) fn write(tags: &TagSet, transitions: &Transitions, rows: &[Row], scale: f32) -> Vec<u8> {
        let mut body = Vec::new();
        body.extend((tags.labels().len() as u16).to_le_bytes());
        for label in tags.labels() {
            body.extend((label.len() as u16).to_le_bytes());
            body.extend(label.as_bytes());
        }
        for score in transitions.scores.iter().chain(&transitions.start).chain(&transitions.end).chain([&scale]) {
            body.extend(score.to_le_bytes());
        }
        body.extend((rows.len() as u32).to_le_bytes());
        let before = std::iter::once(0).chain(rows.iter().map(|(hash, _)| *hash));
        let gaps: Vec<_> = rows.iter().zip(before).map(|((hash, _), before)| (hash - before).to_le_bytes()).collect();
        for byte in 0..HASH_BYTES {
            body.extend(gaps.iter().map(|gap| gap[byte]));
        }
        let entries = || rows.iter().flat_map(|(_, entries)| entries);
        body.extend(rows.iter().map(|(_, entries)| entries.len() as u8));
        body.extend(entries().map(|&(tag, _)| tag));
        body.extend(entries().map(|&(_, weight)| weight.cast_unsigned()));
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(crc32fast::hash(&body).to_le_bytes());
        bytes.append(&mut body);
        bytes
    }

    /// Reads a model.
    ///
    /// # Errors
    /// [`ModelError`], which says what is wrong; damaged bytes never give a model.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        if bytes.len() < HEADER {
            let begins = MAGIC.starts_with(&bytes[..bytes.len().min(4)]) || bytes.starts_with(MAGIC);
            return Err(if begins { ModelError::Truncated { at: bytes.len() } } else { ModelError::NotAModel });
        }
        if !bytes.starts_with(MAGIC) {
            return Err(ModelError::NotAModel);
        }
        let mut reader = Reader { bytes, at: 4 };
        let found = u16::from_le_bytes(reader.take()?);
        if found != VERSION {
            return Err(ModelError::OtherVersion { found });
        }
        let wanted = u32::from_le_bytes(reader.take()?);
        let found = crc32fast::hash(&bytes[HEADER..]);
        if found != wanted {
            return Err(ModelError::Checksum { found, wanted });
        }
        reader.model()
    }
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        let taken = self.slice(N)?.try_into();
        taken.map_err(|_| ModelError::Truncated { at: self.bytes.len() })
    }

    fn slice(&mut self, length: usize) -> Result<&'b [u8], ModelError> {
        let slice = self
            .bytes
            .get(self.at..self.at.saturating_add(length))
            .ok_or(ModelError::Truncated { at: self.bytes.len() })?;
        self.at += length;
        Ok(slice)
    }

    fn floats(&mut self, count: usize) -> Result<Vec<f32>, ModelError> {
        (0..count).map(|_| self.take().map(f32::from_le_bytes)).collect()
    }

    fn model(&mut self) -> Result<Model, ModelError> {
        let count = u16::from_le_bytes(self.take()?);
        let mut labels = Vec::new();
        for _ in 0..count {
            let length = u16::from_le_bytes(self.take()?) as usize;
            let at = self.at;
            let label = std::str::from_utf8(self.slice(length)?);
            labels.push(label.map_err(|_| ModelError::Malformed { what: "a label is not UTF-8", at })?.to_owned());
        }
        let tags = TagSet::new(labels);
        let number = tags.len();
        if number > 256 {
            return Err(ModelError::Malformed { what: "more than 63 labels", at: self.at });
        }
        let scores = self.floats(number * number)?;
        let (start, end) = (self.floats(number)?, self.floats(number)?);
        let scale = self.floats(1)?[0];
        let sound = |score: &f32| score.is_finite() || *score == f32::NEG_INFINITY;
        if !scale.is_finite() || !scores.iter().chain(&start).chain(&end).all(sound) {
            return Err(ModelError::Malformed { what: "a score that is no number", at: self.at });
        }
        let table = self.table(number, scale)?;
        if self.at != self.bytes.len() {
            return Err(ModelError::Malformed { what: "more bytes than the model has", at: self.at });
        }
        let transitions = Transitions::new(number, scores, start, end);
        let weighed = Weighed::new(&transitions);
        Ok(Model { tags, transitions, weighed, table })
    }

    fn table(&mut self, tags: usize, scale: f32) -> Result<Table, ModelError> {
        let count = u32::from_le_bytes(self.take()?) as usize;
        let planes_at = self.at;
        let planes = self.slice(count.saturating_mul(HASH_BYTES))?;
        let lengths = self.slice(count)?;
        let entries = lengths.iter().map(|&length| usize::from(length)).sum();
        let at = self.at;
        let all_tags = self.slice(entries)?;
        if all_tags.iter().any(|&tag| usize::from(tag) >= tags) {
            return Err(ModelError::Malformed { what: "a tag that there is not", at });
        }
        let weights = self.slice(entries)?;
        let mut table = Table::with_capacity(count, tags, scale);
        let (mut hash, mut start) = (0_u64, 0);
        for (row, &length) in lengths.iter().enumerate() {
            let gap = (0..HASH_BYTES).rev().fold(0, |gap, byte| gap << 8 | u64::from(planes[byte * count + row]));
            hash += gap;
            if gap == 0 && row > 0 {
                return Err(ModelError::Malformed { what: "a feature that stands there twice", at: planes_at });
            }
            if hash >= 1 << HASH_BITS {
                return Err(ModelError::Malformed { what: "a feature's hash of more than 40 bits", at: planes_at });
            }
            let end = start + usize::from(length);
            let weights = weights[start..end].iter().map(|weight| weight.cast_signed());
            table.insert(hash, all_tags[start..end].iter().copied().zip(weights));
            start = end;
        }
        Ok(table)
    }
}
