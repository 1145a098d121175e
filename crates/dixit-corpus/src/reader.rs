//! Reads articles one at a time, in the order of the inputs.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};

use dixit_record::{Article, ArticleError, Failure, Fields, Source};

use crate::decode::Encoding;
use crate::lines::{Line, read_line};
use crate::{DecodeError, Format, Input};

/// How articles are read.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// The fields of JSON lines.
    pub fields: Fields,
    /// The longest article that is read, in bytes of the file: a line, or a whole text file.
    pub max_document_bytes: u64,
}

impl Default for ReadOptions {
    /// The default fields, and 16 MiB an article.
    fn default() -> Self {
        Self { fields: Fields::default(), max_document_bytes: 16 << 20 }
    }
}

/// Why an article or a whole input cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The system refuses.
    #[error("could not read the file")]
    Io(#[from] io::Error),
    /// The bytes are no text.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// The line is no article.
    #[error(transparent)]
    Article(#[from] ArticleError),
    /// The article is longer than allowed.
    #[error("the article has {bytes} bytes, over the limit of {limit}; `--max-document-bytes` sets it")]
    TooLong {
        /// The bytes of the article, as far as they are known.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
}

/// The articles of a list of inputs, each read or a [`Failure`] in its place.
pub struct Reader {
    options: ReadOptions,
    inputs: std::vec::IntoIter<Input>,
    current: Option<Lines>,
    bytes: u64,
}

/// The JSON lines of one input.
struct Lines {
    name: String,
    encoding: Encoding,
    input: Box<dyn BufRead + Send>,
    line: u64,
    buffer: Vec<u8>,
}

impl Reader {
    /// A reader of `inputs`; no file is opened before its turn.
    pub fn new(inputs: Vec<Input>, options: ReadOptions) -> Self {
        Self { options, inputs: inputs.into_iter(), current: None, bytes: 0 }
    }

    /// The bytes read so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Opens the next input: one article of text at once, or lines for [`Reader::next_line`].
    fn open(&mut self, input: Input) -> Result<Option<Article>, ReadError> {
        let file: Box<dyn Read + Send> = match &input.path {
            Some(path) => Box::new(File::open(path)?),
            None => Box::new(io::stdin()),
        };
        let mut file = BufReader::with_capacity(1 << 18, file);
        let mut start = Vec::new();
        file.by_ref().take(3).read_to_end(&mut start)?;
        let (encoding, mark) = Encoding::sniff(&start);
        start.drain(..mark);
        self.bytes += mark as u64;
        let format = match input.format {
            Some(format) => format,
            None if encoding == Encoding::Utf8 => format_of(&mut start, &mut file)?,
            None => Format::Text,
        };
        let mut file = Cursor::new(start).chain(file);
        if format == Format::Text {
            return self.text(input, file, encoding, mark).map(Some);
        }
        let file: Box<dyn BufRead + Send> = if encoding == Encoding::Utf8 {
            Box::new(file)
        } else {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            Box::new(Cursor::new(encoding.decode(bytes, mark)?))
        };
        self.current = Some(Lines::new(input.name, encoding, file));
        Ok(None)
    }

    fn text(&mut self, input: Input, file: impl Read, encoding: Encoding, mark: usize) -> Result<Article, ReadError> {
        let limit = self.options.max_document_bytes;
        let mut bytes = Vec::new();
        file.take(limit + 1).read_to_end(&mut bytes)?;
        self.bytes += bytes.len() as u64;
        if bytes.len() as u64 > limit {
            return Err(ReadError::TooLong { bytes: input.bytes.unwrap_or(bytes.len() as u64), limit });
        }
        let source = Source { path: input.name.clone(), line: None, encoding: encoding.name().to_owned() };
        let text = encoding.decode(bytes, mark)?;
        Ok(Article { id: input.name, source, meta: dixit_record::Meta::default(), text })
    }

    /// The next line of the current input that is not blank; `None` at its end.
    fn next_line(&mut self) -> Option<Result<Article, Failure>> {
        let lines = self.current.as_mut()?;
        let limit = self.options.max_document_bytes;
        let read = lines.next(limit, &mut self.bytes);
        let line = lines.line;
        let result = match read {
            Ok(Line::End) => {
                self.current = None;
                return None;
            }
            Ok(Line::TooLong(bytes)) => Err(ReadError::TooLong { bytes, limit }),
            Ok(Line::Whole) => lines.article(&self.options.fields),
            Err(error) => {
                let failure = failure(&lines.name, None, &ReadError::Io(error));
                self.current = None;
                return Some(Err(failure));
            }
        };
        Some(result.map_err(|error| failure(&lines.name, Some(line), &error)))
    }
}

impl Iterator for Reader {
    type Item = Result<Article, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.next_line() {
                return Some(item);
            }
            let input = self.inputs.next()?;
            let name = input.name.clone();
            match self.open(input) {
                Ok(Some(article)) => return Some(Ok(article)),
                Ok(None) => {}
                Err(error) => return Some(Err(failure(&name, None, &error))),
            }
        }
    }
}

impl Lines {
    fn new(name: String, encoding: Encoding, input: Box<dyn BufRead + Send>) -> Self {
        Self { name, encoding, input, line: 0, buffer: Vec::new() }
    }

    /// Reads up to the next line that is not blank.
    fn next(&mut self, limit: u64, bytes: &mut u64) -> io::Result<Line> {
        loop {
            let line = read_line(&mut *self.input, &mut self.buffer, limit)?;
            self.line += 1;
            *bytes += match line {
                Line::Whole => self.buffer.len() as u64 + 1,
                Line::TooLong(length) => length + 1,
                Line::End => 0,
            };
            if line != Line::Whole || !self.buffer.trim_ascii().is_empty() {
                return Ok(line);
            }
        }
    }

    fn article(&mut self, fields: &Fields) -> Result<Article, ReadError> {
        let text = Encoding::Utf8.decode(std::mem::take(&mut self.buffer), 0)?;
        let source =
            Source { path: self.name.clone(), line: Some(self.line), encoding: self.encoding.name().to_owned() };
        let id = format!("{}:{}", self.name, self.line);
        let article = Article::from_json(&text, fields, source, id);
        self.buffer = text.into_bytes();
        Ok(article?)
    }
}

fn failure(path: &str, line: Option<u64>, error: &ReadError) -> Failure {
    Failure { path: path.to_owned(), line, id: None, stage: "read".to_owned(), cause: Failure::cause_of(error) }
}

/// The format of an input without a name, of which `start` is already read; reads on to the first character that tells.
fn format_of(start: &mut Vec<u8>, file: &mut impl BufRead) -> io::Result<Format> {
    while start.trim_ascii().is_empty() {
        if file.take(1).read_to_end(start)? == 0 {
            break;
        }
    }
    Ok(Format::of_content(start))
}
