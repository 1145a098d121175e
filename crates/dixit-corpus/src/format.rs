//! The formats of inputs: their names, and a room for each that reads its articles.

pub(crate) mod delimited;
pub(crate) mod jsonl;
pub(crate) mod newsml;
pub(crate) mod ninjs;
pub(crate) mod nitf;
pub(crate) mod parquet;
pub(crate) mod text;
pub(crate) mod warc;
pub(crate) mod xml;

use std::io;
use std::path::Path;

use dixit_record::{Article, Meta};

use crate::ReadError;

/// How the articles of an input are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One article: the headline first, paragraphs separated by blank lines.
    Text,
    /// One article a line, as a JSON object.
    JsonLines,
    /// One article a row, with the names of the fields in the first, separated by commas.
    Csv,
    /// As [`Format::Csv`], separated by tabs.
    Tsv,
    /// News XML of the kind that its root element says.
    Xml,
    /// One article in NITF.
    Nitf,
    /// One or more articles in NewsML-G2.
    NewsMl,
    /// One article in JSON as ninjs has it.
    Ninjs,
    /// The records of plain text in WARC or WET.
    Warc,
    /// One article a row.
    Parquet,
}

const ALL: [(Format, &str, &[&str]); 10] = [
    (Format::Text, "txt", &["txt"]),
    (Format::JsonLines, "jsonl", &["jsonl", "ndjson"]),
    (Format::Csv, "csv", &["csv"]),
    (Format::Tsv, "tsv", &["tsv"]),
    (Format::Xml, "xml", &["xml"]),
    (Format::Nitf, "nitf", &["nitf"]),
    (Format::NewsMl, "newsml-g2", &[]),
    (Format::Ninjs, "ninjs", &["json", "ninjs"]),
    (Format::Warc, "warc", &["warc", "wet"]),
    (Format::Parquet, "parquet", &["parquet"]),
];

impl Format {
    /// The format that the extension of `path` stands for; `.gz` and `.zst` behind it do not count.
    pub fn of_path(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let name = [".gz", ".zst"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
        let (_, extension) = name.rsplit_once('.')?;
        ALL.iter().find(|(_, _, extensions)| extensions.contains(&extension)).map(|&(format, ..)| format)
    }

    /// The format of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        ALL.iter().find(|(_, known, _)| *known == name).map(|&(format, ..)| format)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        ALL.iter().find(|&&(format, ..)| format == self).map_or("", |&(_, name, _)| name)
    }

    /// The names of all formats, for messages.
    pub fn names() -> String {
        ALL.map(|(_, name, _)| format!("`{name}`")).join(", ")
    }

    /// The format of content without a name: by its first characters, else text.
    pub fn of_content(start: &[u8]) -> Self {
        let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
        if start.starts_with(b"{") {
            Self::JsonLines
        } else if start.starts_with(b"WARC/") {
            Self::Warc
        } else if start.starts_with(b"PAR1") {
            Self::Parquet
        } else if [&b"<?xml"[..], b"<nitf", b"<newsItem", b"<newsMessage"].iter().any(|tag| start.starts_with(tag)) {
            Self::Xml
        } else {
            Self::Text
        }
    }

    /// The extensions of all formats, for messages: `.txt, .jsonl, …`.
    pub fn extensions() -> String {
        let all = ALL.iter().flat_map(|(_, _, extensions)| extensions.iter());
        all.map(|extension| format!(".{extension}")).collect::<Vec<_>>().join(", ")
    }
}

/// One article of an input, or why it cannot be read, with its place.
pub(crate) struct Item {
    pub(crate) line: Option<u64>,
    pub(crate) offset: u64,
    /// The bytes that are the article alone; `None` if they are too many to be held.
    pub(crate) raw: Option<Vec<u8>>,
    pub(crate) article: Result<Article, ReadError>,
}

/// The articles of one input.
pub(crate) trait Articles: Send {
    /// The next article; `None` at the end.
    fn next(&mut self) -> io::Result<Option<Item>>;

    /// How many records were no articles and are meant to be passed over.
    fn passed_over(&self) -> u64 {
        0
    }
}

/// An article of a format that has no fields to name: what its markup says.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub(crate) id: Option<String>,
    pub(crate) text: String,
    pub(crate) meta: Meta,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_files_by_their_extension_whatever_its_case() {
        assert_eq!(Format::of_path(Path::new("a/B.TXT")), Some(Format::Text));
        assert_eq!(Format::of_path(Path::new("a.ndjson")), Some(Format::JsonLines));
        assert_eq!(Format::of_path(Path::new("a.jsonl.GZ")), Some(Format::JsonLines));
        assert_eq!(Format::of_path(Path::new("a.warc.wet.gz")), Some(Format::Warc));
        assert_eq!(Format::of_path(Path::new("a.pdf")), None);
        assert_eq!(Format::of_path(Path::new("a.gz")), None);
        assert_eq!(Format::of_path(Path::new("jsonl")), None);
    }

    #[test]
    fn tells_a_format_by_the_first_characters() {
        assert_eq!(Format::of_content(b"\xEF\xBB\xBF\n {\"text\":1}"), Format::JsonLines);
        assert_eq!(Format::of_content(b"WARC/1.0\r\n"), Format::Warc);
        assert_eq!(Format::of_content(b"<?xml version"), Format::Xml);
        assert_eq!(Format::of_content(b"<b>Talks"), Format::Text);
        assert_eq!(Format::of_content(b"Talks {resume}"), Format::Text);
        assert_eq!(Format::of_content(b""), Format::Text);
    }
}
