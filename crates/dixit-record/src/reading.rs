//! What a reader gives: an article or why there is none, with the bytes it was read from.

use crate::{Article, Failure};

/// Where an article was read, and from which bytes.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The path of the file as it was named; `-` for standard input.
    pub path: String,
    /// The line or row, from 1, where the file has one article a line or row.
    pub line: Option<u64>,
    /// The first byte of the article in the file, after decompression; for a row of Parquet, how many rows stand before it;
    /// `None` for the whole input.
    pub offset: Option<u64>,
    /// The format in which `raw` is one article.
    pub format: Option<&'static str>,
    /// The character encoding of `raw`.
    pub encoding: Option<String>,
    /// The bytes of the article; `None` where it was too long to be held.
    pub raw: Option<Vec<u8>>,
}

/// How far inputs are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Position {
    /// How many inputs are read to their end.
    pub inputs: u64,
    /// How many articles, good and bad, were read of the next one.
    pub articles: u64,
}

/// One article that was read, or the cause why it could not be.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Where it was read.
    pub origin: Origin,
    /// The article, or the cause.
    pub article: Result<Article, String>,
    /// How far the inputs are read with it.
    pub position: Position,
    /// The bytes of the inputs read so far.
    pub bytes_read: u64,
}

impl Origin {
    /// The failure of this article at `stage`.
    pub fn failure(self, id: Option<String>, stage: &str, cause: String) -> Failure {
        Failure {
            path: self.path,
            line: self.line,
            offset: self.offset,
            id,
            stage: stage.to_owned(),
            cause,
            format: self.format.map(str::to_owned),
            encoding: self.encoding,
            raw: self.raw.as_deref().map(Failure::encode_raw),
        }
    }
}

impl Reading {
    /// The article, or its failure.
    ///
    /// # Errors
    /// The failure to read it.
    pub fn into_result(self) -> Result<Article, Box<Failure>> {
        let origin = self.origin;
        self.article.map_err(|cause| Box::new(origin.failure(None, "read", cause)))
    }
}
