//! Reads articles one at a time, in the order of the inputs.

use std::borrow::Cow;
use std::io::{self, BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use dixit_record::{ArticleError, Failure, Fields, Origin, Position, Reading, Source};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::decode::{DETECTED_BYTES, Utf16Reader, decode, name_of};
use crate::format::delimited::Delimited;
use crate::format::jsonl::JsonLines;
use crate::format::text::WholeFile;
use crate::format::warc::Warc;
use crate::format::{Articles, Item};
use crate::source::{Bytes, open};
use crate::{DecodeError, EncodingChoice, Format, Input};

/// How articles are read.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// The fields of formats that have some.
    pub fields: Fields,
    /// The longest article that is read, in bytes of the file: a line, a row, a record, or a whole text or XML file.
    pub max_document_bytes: u64,
    /// The character encoding of inputs without a mark.
    pub encoding: EncodingChoice,
}

impl Default for ReadOptions {
    /// The default fields, 16 MiB an article, UTF-8.
    fn default() -> Self {
        Self { fields: Fields::default(), max_document_bytes: 16 << 20, encoding: EncodingChoice::Utf8 }
    }
}

/// Why an article or a whole input cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The system refuses, or the file is torn.
    #[error("could not read the file")]
    Io(#[from] io::Error),
    /// The bytes are no text.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// The line is no article.
    #[error(transparent)]
    Article(#[from] ArticleError),
    /// The row is no row.
    #[error("not a row of fields")]
    Row(#[from] csv::Error),
    /// There is no row with the names of the fields.
    #[error("no row names the fields")]
    NoHeader,
    /// The row has not as many fields as there are names.
    #[error("the row has {found} fields, the first row names {wanted}")]
    Fields {
        /// The fields of the row.
        found: usize,
        /// The names.
        wanted: usize,
    },
    /// It is not news in XML.
    #[error("not news in XML: {0}")]
    Xml(String),
    /// The article is longer than allowed.
    #[error("the article has {bytes} bytes, over the limit of {limit}; `--max-document-bytes` sets it")]
    TooLong {
        /// The bytes of the article, as far as they are known.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
}

/// What the room of a format knows of its input.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    pub(crate) name: String,
    pub(crate) encoding: &'static Encoding,
    /// The encoding of the bytes that the room gets, if it is another.
    pub(crate) given: &'static Encoding,
    pub(crate) fields: Fields,
    pub(crate) limit: u64,
}

impl Context {
    pub(crate) fn source(&self, line: Option<u64>) -> Source {
        Source { path: self.name.clone(), line, encoding: name_of(self.encoding) }
    }

    pub(crate) fn decode<'b>(&self, bytes: &'b [u8], base: usize) -> Result<Cow<'b, str>, DecodeError> {
        decode(self.given, bytes, base)
    }

    pub(crate) fn too_long(&self, bytes: u64) -> ReadError {
        ReadError::TooLong { bytes, limit: self.limit }
    }
}

/// The articles of a list of inputs, each with its origin, the ones that cannot be read in their places.
pub struct Reader {
    options: ReadOptions,
    inputs: std::vec::IntoIter<Input>,
    current: Option<Current>,
    position: Position,
    bytes: Arc<AtomicU64>,
    passed_over: u64,
}

struct Current {
    articles: Box<dyn Articles>,
    context: Context,
    format: Format,
}

impl Reader {
    /// A reader of `inputs`; no file is opened before its turn.
    pub fn new(inputs: Vec<Input>, options: ReadOptions) -> Self {
        Self {
            options,
            inputs: inputs.into_iter(),
            current: None,
            position: Position::default(),
            bytes: Arc::default(),
            passed_over: 0,
        }
    }

    /// A reader of an input of which the bytes are there already.
    pub(crate) fn of_bytes(input: Input, bytes: Bytes, options: ReadOptions) -> Self {
        let mut reader = Self::new(Vec::new(), options);
        match reader.start(&input, bytes) {
            Ok(current) => reader.current = Some(current),
            Err(_) => reader.inputs = vec![input].into_iter(),
        }
        reader
    }

    /// Goes to `position`: whole inputs are not opened, articles are read and left.
    pub fn skip_to(&mut self, position: Position) {
        for _ in 0..position.inputs {
            let Some(input) = self.inputs.next() else { break };
            self.bytes.fetch_add(input.bytes.unwrap_or(0), Ordering::Relaxed);
        }
        self.position.inputs = position.inputs;
        while self.position.inputs == position.inputs && self.position.articles < position.articles {
            if self.next().is_none() {
                break;
            }
        }
    }

    /// The bytes read so far, before decompression.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// How many records of WARC files were passed over, since they are no plain text.
    pub fn passed_over(&self) -> u64 {
        self.passed_over
    }

    fn context(&self, input: &Input, encoding: &'static Encoding, given: &'static Encoding) -> Context {
        let (fields, limit) = (self.options.fields.clone(), self.options.max_document_bytes);
        Context { name: input.name.clone(), encoding, given, fields, limit }
    }

    fn open(&self, input: &Input) -> Result<Current, ReadError> {
        self.start(input, open(input.path.as_deref(), Arc::clone(&self.bytes))?)
    }

    fn start(&self, input: &Input, file: Bytes) -> Result<Current, ReadError> {
        let choice = if input.encoding == EncodingChoice::Utf8 { self.options.encoding } else { input.encoding };
        let (encoding, format, mark, file) = start(file, choice, input.format)?;
        let transcoded = needs_lines(format) && (encoding == UTF_16LE || encoding == UTF_16BE);
        let (given, file): (_, Bytes) = if transcoded {
            (UTF_8, Box::new(BufReader::with_capacity(1 << 18, Utf16Reader::new(encoding, file))))
        } else {
            (encoding, file)
        };
        let context = self.context(input, encoding, given);
        let articles = room(format, context.clone(), file, mark);
        Ok(Current { articles, context, format })
    }

    /// The next article of the current input; `None` at its end.
    fn next_of_current(&mut self) -> Option<Reading> {
        let current = self.current.as_mut()?;
        match current.articles.next() {
            Ok(Some(item)) => {
                self.position.articles += 1;
                let (position, bytes_read) = (self.position, self.bytes.load(Ordering::Relaxed));
                Some(current.reading(item, position, bytes_read))
            }
            Ok(None) => {
                self.end();
                None
            }
            Err(error) => {
                let name = current.context.name.clone();
                self.end();
                Some(self.failed(name, &ReadError::Io(error)))
            }
        }
    }

    fn end(&mut self) {
        self.passed_over += self.current.take().map_or(0, |current| current.articles.passed_over());
        self.position = Position { inputs: self.position.inputs + 1, articles: 0 };
    }

    fn failed(&self, path: String, error: &ReadError) -> Reading {
        let origin = Origin { path, ..Origin::default() };
        Reading { origin, article: Err(Failure::cause_of(error)), position: self.position, bytes_read: self.bytes() }
    }
}

impl Iterator for Reader {
    type Item = Reading;

    fn next(&mut self) -> Option<Reading> {
        loop {
            if let Some(reading) = self.next_of_current() {
                return Some(reading);
            }
            let input = self.inputs.next()?;
            match self.open(&input) {
                Ok(current) => self.current = Some(current),
                Err(error) => {
                    self.end();
                    return Some(self.failed(input.name, &error));
                }
            }
        }
    }
}

impl Current {
    fn reading(&self, item: Item, position: Position, bytes_read: u64) -> Reading {
        let context = &self.context;
        let origin = Origin {
            path: context.name.clone(),
            line: item.line,
            offset: Some(item.offset),
            format: Some(self.format.name()),
            encoding: Some(name_of(context.given)),
            raw: item.raw,
        };
        let article = item.article.map_err(|error| Failure::cause_of(&error));
        Reading { origin, article, position, bytes_read }
    }
}

/// Looks at the first bytes of `file`: its encoding, format, the length of its mark, and the file after the mark.
fn start(
    mut file: Bytes,
    choice: EncodingChoice,
    format: Option<Format>,
) -> io::Result<(&'static Encoding, Format, usize, Bytes)> {
    let mut start = Vec::new();
    let looked_at = if choice == EncodingChoice::Detected { DETECTED_BYTES } else { 3 };
    file.by_ref().take(looked_at).read_to_end(&mut start)?;
    let (encoding, mark) = choice.of_start(&start);
    start.drain(..mark);
    let format = match format {
        Some(format) => format,
        None => format_of(&mut start, &mut file)?,
    };
    let encoding = match xml_encoding(&mut start, &mut file, format)? {
        Some(declared) if mark == 0 && choice == EncodingChoice::Utf8 => declared,
        _ => encoding,
    };
    Ok((encoding, format, mark, Box::new(Cursor::new(start).chain(file))))
}

/// The format of an input without a name, of which `start` is already read; reads on to the characters that tell.
fn format_of(start: &mut Vec<u8>, file: &mut Bytes) -> io::Result<Format> {
    while start.trim_ascii().is_empty() {
        if file.take(1).read_to_end(start)? == 0 {
            break;
        }
    }
    if matches!(start.trim_ascii_start().first(), Some(b'<' | b'W')) {
        file.take(12).read_to_end(start)?;
    }
    Ok(Format::of_content(start))
}

/// The encoding that the declaration of an XML file names.
fn xml_encoding(start: &mut Vec<u8>, file: &mut Bytes, format: Format) -> io::Result<Option<&'static Encoding>> {
    if !matches!(format, Format::Xml | Format::Nitf | Format::NewsMl) {
        return Ok(None);
    }
    file.take(200).read_to_end(start)?;
    let declaration = start.split(|&byte| byte == b'>').next().unwrap_or(&[]);
    let Some(at) = memchr::memmem::find(declaration, b"encoding=") else { return Ok(None) };
    let label = declaration[at + 10..].split(|byte| matches!(byte, b'"' | b'\'')).next().unwrap_or(&[]);
    Ok(Encoding::for_label_no_replacement(label).filter(|encoding| encoding.is_ascii_compatible()))
}

/// Whether articles are found by line ends, which UTF-16 has not as single bytes.
fn needs_lines(format: Format) -> bool {
    matches!(format, Format::JsonLines | Format::Csv | Format::Tsv)
}

fn room(format: Format, context: Context, file: Bytes, mark: usize) -> Box<dyn Articles> {
    let mark = mark as u64;
    match format {
        Format::JsonLines => Box::new(JsonLines::new(context, file, mark)),
        Format::Csv => Box::new(Delimited::new(context, file, mark, b',')),
        Format::Tsv => Box::new(Delimited::new(context, file, mark, b'\t')),
        Format::Warc => Box::new(Warc::new(context, file, mark)),
        _ => Box::new(WholeFile::new(context, file, mark, format)),
    }
}
