//! Where each record of a big file stands, kept beside the file, so that any article opens at once.

use std::collections::HashSet;
use std::fs::{File, Metadata};
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use dixit_corpus::AtomicFile;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

/// What an index file begins with; another number for another form.
const MAGIC: &[u8; 16] = b"dixit index  1\n\0";
/// How many bytes an entry takes in the file.
const ENTRY: usize = 24;
/// How much of the file's beginning and end its hash is over.
const SAMPLE: u64 = 1 << 16;

/// Where a record stands, and what the queue needs to know of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// Its first byte.
    pub offset: u64,
    /// Its bytes, without the line end.
    pub length: u32,
    /// Its lowest score, of entities, quotes, speakers and positions; 1 where it has none.
    pub doubt: f32,
    /// The first eight bytes of the SHA-256 of its id.
    pub id: u64,
}

/// The entries of a file, in its order.
#[derive(Clone, Debug, PartialEq)]
pub struct Index {
    /// A record each.
    pub entries: Vec<Entry>,
}

/// Why a file cannot be indexed.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// It cannot be read.
    #[error("could not read `{path}`")]
    Io {
        /// The path of the file.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// A line is no record.
    #[error("could not read `{path}`, line {line}")]
    Record {
        /// The path of the file.
        path: String,
        /// The line, from 1.
        line: u64,
        /// What is wrong there.
        source: serde_json::Error,
    },
    /// Two records have one id.
    #[error(
        "`{path}` has the id `{id}` twice, also in line {line}: decisions are kept by id, so give each record its own"
    )]
    RepeatedId {
        /// The path of the file.
        path: String,
        /// The second line of that id, from 1.
        line: u64,
        /// The id.
        id: String,
    },
}

impl Index {
    /// The index of a file: the one that is kept beside it, else a new one, which is kept there if the folder may be written.
    ///
    /// `progress` is told the bytes that are read, and how many there are.
    ///
    /// # Errors
    /// [`IndexError`].
    pub fn of_file(path: &Path, mut progress: impl FnMut(u64, u64)) -> Result<Self, IndexError> {
        let refused = |source| IndexError::Io { path: path.display().to_string(), source };
        let mut file = File::open(path).map_err(refused)?;
        let stamp = stamp(&mut file).map_err(refused)?;
        if let Some(index) = read(&index_path(path), &stamp) {
            return Ok(index);
        }
        file.rewind().map_err(refused)?;
        let size = file.metadata().map_err(refused)?.len();
        let index = build(path, file, |bytes| progress(bytes, size))?;
        // Where it cannot be kept it is made anew the next time.
        keep(&index, &index_path(path), &stamp).ok();
        Ok(index)
    }
}

/// What an index keeps of an id.
pub(crate) fn id_key(id: &str) -> u64 {
    let digest = Sha256::digest(id);
    u64::from_le_bytes(std::array::from_fn(|place| digest[place]))
}

/// Where the index of a file is kept: beside it, `FILE.index`.
pub fn index_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".index");
    PathBuf::from(name)
}

/// Size, time of the last change, and a hash over the beginning and the end: 48 bytes.
fn stamp(file: &mut File) -> io::Result<Vec<u8>> {
    let metadata = file.metadata()?;
    let size = metadata.len();
    let mut hasher = Sha256::new();
    let mut sample = Vec::new();
    for start in [0, size.saturating_sub(SAMPLE)] {
        sample.clear();
        file.seek(SeekFrom::Start(start))?;
        io::Read::by_ref(file).take(SAMPLE).read_to_end(&mut sample)?;
        hasher.update(&sample);
    }
    let mut stamp = size.to_le_bytes().to_vec();
    stamp.extend(modified(&metadata).to_le_bytes());
    stamp.extend(hasher.finalize());
    Ok(stamp)
}

/// Nanoseconds since 1970, as far as the system tells.
fn modified(metadata: &Metadata) -> u64 {
    let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.map_or(0, |since| since.as_nanos() as u64)
}

/// The index that is kept at `path`; `None` if there is none, or it is of another state of the file.
fn read(path: &Path, stamp: &[u8]) -> Option<Index> {
    let mut bytes = Vec::new();
    File::open(path).ok()?.read_to_end(&mut bytes).ok()?;
    let entries = bytes.strip_prefix(MAGIC)?.strip_prefix(stamp)?;
    let entry = |bytes: &[u8; ENTRY]| {
        let (offset, rest) = bytes.split_first_chunk::<8>()?;
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let (doubt, id) = rest.split_first_chunk::<4>()?;
        Some(Entry {
            offset: u64::from_le_bytes(*offset),
            length: u32::from_le_bytes(*length),
            doubt: f32::from_le_bytes(*doubt),
            id: u64::from_le_bytes(id.try_into().ok()?),
        })
    };
    let (entries, rest) = entries.as_chunks::<ENTRY>();
    rest.is_empty().then(|| entries.iter().map(entry).collect::<Option<_>>())?.map(|entries| Index { entries })
}

fn keep(index: &Index, path: &Path, stamp: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
    let mut file = AtomicFile::create(path, true)?;
    file.write_all(MAGIC)?;
    file.write_all(stamp)?;
    for entry in &index.entries {
        file.write_all(&entry.offset.to_le_bytes())?;
        file.write_all(&entry.length.to_le_bytes())?;
        file.write_all(&entry.doubt.to_le_bytes())?;
        file.write_all(&entry.id.to_le_bytes())?;
    }
    Ok(file.commit()?)
}

fn build(path: &Path, file: File, mut progress: impl FnMut(u64)) -> Result<Index, IndexError> {
    let name = || path.display().to_string();
    let mut input = BufReader::with_capacity(1 << 20, file);
    let (mut entries, mut ids, mut buffer) = (Vec::new(), HashSet::new(), Vec::new());
    let mut offset = 0;
    for line in 1.. {
        buffer.clear();
        let read = input.read_until(b'\n', &mut buffer).map_err(|source| IndexError::Io { path: name(), source })?;
        if read == 0 {
            break;
        }
        let bytes = buffer.trim_ascii_end();
        if !bytes.is_empty() {
            let glance: Glance<'_> =
                serde_json::from_slice(bytes).map_err(|source| IndexError::Record { path: name(), line, source })?;
            let id = id_key(&glance.id);
            if !ids.insert(id) {
                return Err(IndexError::RepeatedId { path: name(), line, id: glance.id.into_owned() });
            }
            entries.push(Entry { offset, length: bytes.len() as u32, doubt: glance.doubt(), id });
        }
        offset += read as u64;
        progress(offset);
    }
    Ok(Index { entries })
}

/// As much of a record as the index needs.
#[derive(Deserialize)]
struct Glance<'a> {
    #[serde(borrow)]
    id: std::borrow::Cow<'a, str>,
    #[serde(default)]
    entities: Option<Vec<Scored>>,
    #[serde(default)]
    quotes: Option<Vec<GlancedQuote>>,
}

#[derive(Deserialize)]
struct Scored {
    score: f32,
}

#[derive(Deserialize)]
struct GlancedQuote {
    score: f32,
    speaker: Option<Scored>,
    #[serde(default)]
    positions: Option<Vec<Scored>>,
}

impl Glance<'_> {
    fn doubt(&self) -> f32 {
        let of_quote = |quote: &GlancedQuote| {
            let inside = quote.speaker.iter().chain(quote.positions.iter().flatten());
            inside.map(|scored| scored.score).fold(quote.score, f32::min)
        };
        let entities = self.entities.iter().flatten().map(|scored| scored.score);
        entities.chain(self.quotes.iter().flatten().map(of_quote)).fold(1.0, f32::min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::{ENGLISH, FRENCH};

    fn write(path: &Path, text: &str) {
        let mut file = File::options().write(true).create(true).truncate(true).open(path).unwrap();
        file.write_all(text.as_bytes()).unwrap();
    }

    fn index(path: &Path) -> (Index, bool) {
        let mut built = false;
        let index = Index::of_file(path, |_, _| built = true).unwrap();
        (index, built)
    }

    #[test]
    fn finds_every_record_and_its_doubt() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        write(&path, &format!("{}\r\n\n{}", *ENGLISH, *FRENCH));
        let (index, _) = index(&path);
        let [first, second] = index.entries[..] else { panic!("two records") };
        assert_eq!((first.offset, first.length as usize, first.doubt), (0, ENGLISH.len(), 0.4));
        assert_eq!((second.offset as usize, second.doubt), (ENGLISH.len() + 3, 0.8));
        assert_eq!(second.id, id_key("pourparlers"));
    }

    #[test]
    fn is_kept_and_made_anew_when_the_file_changes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        write(&path, &ENGLISH);
        let (first, built) = index(&path);
        assert!(built);
        assert_eq!(index(&path), (first.clone(), false));
        write(&path, &FRENCH);
        let (second, built) = index(&path);
        assert!(built && first != second);
        write(&index_path(&path), "dixit index  1\n\0 and nonsense");
        assert_eq!(index(&path), (second, true));
    }

    #[test]
    fn names_the_line_of_what_is_no_record_and_of_an_id_that_comes_twice() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        let error = |text: &str| {
            write(&path, text);
            Index::of_file(&path, |_, _| {}).unwrap_err().to_string()
        };
        assert!(error(&format!("{}\n\n[]\n", *ENGLISH)).ends_with("a.jsonl`, line 3"));
        assert!(error(&format!("{}\n{}\n", *ENGLISH, *ENGLISH)).contains("has the id `bamako` twice, also in line 2"));
    }
}
