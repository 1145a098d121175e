//! Clusters of words that stand in the same places of texts, learned without annotation, and the bytes that hold them.
//!
//! All numbers are little-endian. Magic `DXWC`, version (u16), CRC-32 of all that follows (u32); the number of fine clusters (u16) and
//! for each its middle (u16) and coarse (u8) cluster; the number of words (u32) and for each, in order, how much its hash (u32) is over
//! the one before it (a LEB128 number), and its fine cluster (u16).

use rustc_hash::FxHashMap;

const MAGIC: &[u8; 4] = b"DXWC";
const VERSION: u16 = 1;
const HEADER: usize = 10;

/// For words, by [their hash](crate::word_hash), a cluster in three sizes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clusters {
    words: FxHashMap<u32, u16>,
    /// For each fine cluster the middle and the coarse one that it is part of.
    sizes: Vec<(u16, u8)>,
}

/// The clusters of a word, fine, middle and coarse, each counted from 1; 0 is that the word has none.
pub(crate) type WordClusters = [u64; 3];

/// Why bytes are no clusters.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClustersError {
    /// They do not begin as clusters do.
    #[error("not clusters of words: they do not begin with `DXWC`")]
    NotClusters,
    /// They are of another version.
    #[error("clusters of version {found}; this program reads version {VERSION}: train them anew")]
    OtherVersion {
        /// The version that they say.
        found: u16,
    },
    /// They end too early.
    #[error("the clusters are cut off at byte {at}")]
    Truncated {
        /// The number of bytes that there are.
        at: usize,
    },
    /// They were changed.
    #[error("the clusters are damaged: their checksum is {found:08x} and should be {wanted:08x}")]
    Checksum {
        /// The checksum of the bytes.
        found: u32,
        /// The checksum in the header.
        wanted: u32,
    },
}

impl Clusters {
    /// Clusters from the fine one of each word and, for each fine one, the middle and the coarse one.
    ///
    /// Of words whose hashes share their upper halves, the last counts.
    pub fn new(words: Vec<(u64, u16)>, sizes: Vec<(u16, u8)>) -> Self {
        Self { words: words.into_iter().map(|(hash, cluster)| (key(hash), cluster)).collect(), sizes }
    }

    /// The number of words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether no word has a cluster.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    pub(crate) fn of(&self, hash: u64) -> WordClusters {
        let Some(&fine) = self.words.get(&key(hash)) else { return [0; 3] };
        let (middle, coarse) = self.sizes.get(usize::from(fine)).copied().unwrap_or_default();
        [u64::from(fine) + 1, u64::from(middle) + 1, u64::from(coarse) + 1]
    }

    /// The clusters as bytes; the same clusters give the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = (self.sizes.len() as u16).to_le_bytes().to_vec();
        for &(middle, coarse) in &self.sizes {
            body.extend(middle.to_le_bytes());
            body.push(coarse);
        }
        let mut words: Vec<(u32, u16)> = self.words.iter().map(|(&hash, &cluster)| (hash, cluster)).collect();
        words.sort_unstable();
        body.extend((words.len() as u32).to_le_bytes());
        let mut before = 0;
        for (hash, cluster) in words {
            let mut rest = hash - before;
            while rest >= 0x80 {
                body.push(rest as u8 | 0x80);
                rest >>= 7;
            }
            body.push(rest as u8);
            body.extend(cluster.to_le_bytes());
            before = hash;
        }
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(crc32fast::hash(&body).to_le_bytes());
        bytes.append(&mut body);
        bytes
    }

    /// Reads clusters.
    ///
    /// # Errors
    /// [`ClustersError`], which says what is wrong.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ClustersError> {
        if !bytes.starts_with(MAGIC) {
            return Err(ClustersError::NotClusters);
        }
        let mut reader = Reader { bytes, at: MAGIC.len() };
        let found = u16::from_le_bytes(reader.take()?);
        if found != VERSION {
            return Err(ClustersError::OtherVersion { found });
        }
        let wanted = u32::from_le_bytes(reader.take()?);
        let found = crc32fast::hash(&bytes[HEADER..]);
        if found != wanted {
            return Err(ClustersError::Checksum { found, wanted });
        }
        let mut clusters = Self::default();
        for _ in 0..u16::from_le_bytes(reader.take()?) {
            let middle = u16::from_le_bytes(reader.take()?);
            clusters.sizes.push((middle, reader.take::<1>()?[0]));
        }
        let count = u32::from_le_bytes(reader.take()?) as usize;
        clusters.words.reserve(count.min(bytes.len()));
        let mut hash = 0_u32;
        for _ in 0..count {
            hash = hash.wrapping_add(reader.number()?);
            clusters.words.insert(hash, u16::from_le_bytes(reader.take()?));
        }
        Ok(clusters)
    }
}

/// The part of a word's hash that it is known by.
fn key(hash: u64) -> u32 {
    (hash >> 32) as u32
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], ClustersError> {
        let taken = self.bytes.get(self.at..self.at + N).and_then(|taken| taken.try_into().ok());
        self.at += N;
        taken.ok_or(ClustersError::Truncated { at: self.bytes.len() })
    }

    /// A LEB128 number.
    fn number(&mut self) -> Result<u32, ClustersError> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let [byte] = self.take()?;
            number |= u32::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                break;
            }
        }
        Ok(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clusters() -> Clusters {
        let words = [3, 900, 70_000, 4_000_000_000].map(|hash: u64| (hash << 32, (hash % 2) as u16));
        Clusters::new(words.to_vec(), vec![(7, 1), (8, 2)])
    }

    #[test]
    fn reads_what_it_writes() {
        let read = Clusters::from_bytes(&clusters().to_bytes()).unwrap();
        assert_eq!(read, clusters());
        assert_eq!((read.of(3 << 32), read.of(900 << 32), read.of(4 << 32)), ([2, 9, 3], [1, 8, 2], [0, 0, 0]));
    }

    #[test]
    fn every_kind_of_damage_is_refused_by_name() {
        let bytes = clusters().to_bytes();
        assert_eq!(Clusters::from_bytes(b"PK\x03\x04"), Err(ClustersError::NotClusters));
        assert_eq!(Clusters::from_bytes(&bytes[..7]), Err(ClustersError::Truncated { at: 7 }));
        assert!(matches!(Clusters::from_bytes(&bytes[..20]), Err(ClustersError::Checksum { .. })));
        let mut other = bytes.clone();
        other[4] = 9;
        assert_eq!(Clusters::from_bytes(&other), Err(ClustersError::OtherVersion { found: 9 }));
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x55;
            assert!(Clusters::from_bytes(&damaged).is_err(), "byte {at}");
        }
    }
}
