//! Reads articles one at a time, in the order of the inputs.

use std::borrow::Cow;
use std::io::{self, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dixit_record::{ArticleError, Failure, Fields, Origin, Position, Reading, Source};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::decode::{DETECTED_BYTES, Utf16Reader, decode, name_of};
use crate::format::delimited::Delimited;
use crate::format::jsonl::JsonLines;
use crate::format::parquet::ParquetRows;
use crate::format::text::WholeFile;
use crate::format::warc::Warc;
use crate::format::{Articles, Item};
use crate::input_log::Meter;
use crate::source::{Bytes, decompressed, open};
use crate::{DecodeError, EncodingChoice, Format, Input, InputLog, InputSummary};

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
    /// It is no Parquet file, or a torn one.
    #[error("not Parquet, or torn")]
    Parquet(#[from] parquet::errors::ParquetError),
    /// Parquet cannot be read from the beginning to the end.
    #[error("Parquet is read from a file that is not compressed, not from standard input")]
    NotAFile,
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
    /// The bytes of the next input, where they are there already.
    content: Option<Box<dyn Read + Send>>,
    current: Option<Current>,
    position: Position,
    meter: Arc<Meter>,
    log: InputLog,
}

struct Current {
    path: Option<PathBuf>,
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
            content: None,
            current: None,
            position: Position::default(),
            meter: Arc::default(),
            log: InputLog::default(),
        }
    }

    /// A reader of one input whose bytes, compressed or not, are `content`: its path is not opened.
    pub fn of_content(input: Input, content: impl Read + Send + 'static, options: ReadOptions) -> Self {
        Self { content: Some(Box::new(content)), ..Self::new(vec![input], options) }
    }

    /// Goes to `position`: whole inputs are not opened, articles are read and left.
    pub fn skip_to(&mut self, position: Position) {
        for _ in 0..position.inputs {
            let Some(input) = self.inputs.next() else { break };
            self.meter.pass_over(input.bytes.unwrap_or(0));
        }
        self.position.inputs = position.inputs;
        while self.position.inputs == position.inputs && self.position.articles < position.articles {
            if self.next().is_none() {
                break;
            }
        }
    }

    /// Where the reader tells what it has read of each input.
    pub fn log(&self) -> InputLog {
        self.log.clone()
    }

    fn context(&self, input: &Input, encoding: &'static Encoding, given: &'static Encoding) -> Context {
        let (fields, limit) = (self.options.fields.clone(), self.options.max_document_bytes);
        Context { name: input.name.clone(), encoding, given, fields, limit }
    }

    fn open(&mut self, input: &Input) -> Result<Current, ReadError> {
        let content = self.content.take();
        if input.format == Some(Format::Parquet) && content.is_none() {
            let context = self.context(input, UTF_8, UTF_8);
            let articles = Box::new(ParquetRows::open(context.clone(), input.path.as_deref())?);
            return Ok(Current { path: input.path.clone(), articles, context, format: Format::Parquet });
        }
        let bytes = match content {
            Some(content) => decompressed(content)?,
            None => open(input.path.as_deref(), Arc::clone(&self.meter))?,
        };
        self.start(input, bytes)
    }

    fn start(&self, input: &Input, file: Bytes) -> Result<Current, ReadError> {
        let choice = if input.encoding == EncodingChoice::Utf8 { self.options.encoding } else { input.encoding };
        let (encoding, format, mark, file) = start(file, choice, input.format)?;
        if format == Format::Parquet {
            return Err(ReadError::NotAFile);
        }
        let transcoded = needs_lines(format) && (encoding == UTF_16LE || encoding == UTF_16BE);
        let (given, file): (_, Bytes) = if transcoded {
            (UTF_8, Box::new(BufReader::with_capacity(1 << 18, Utf16Reader::new(encoding, file))))
        } else {
            (encoding, file)
        };
        let context = self.context(input, encoding, given);
        let articles = room(format, context.clone(), file, mark);
        Ok(Current { path: input.path.clone(), articles, context, format })
    }

    /// The next article of the current input; `None` at its end.
    fn next_of_current(&mut self) -> Option<Reading> {
        let current = self.current.as_mut()?;
        match current.articles.next() {
            Ok(Some(item)) => {
                self.position.articles += 1;
                let (position, bytes_read) = (self.position, self.meter.total());
                Some(current.reading(item, position, bytes_read))
            }
            Ok(None) => {
                self.end_of_current();
                None
            }
            Err(error) => {
                let name = current.context.name.clone();
                self.end_of_current();
                Some(self.failed(name, &ReadError::Io(error)))
            }
        }
    }

    fn end_of_current(&mut self) {
        if let Some(Current { path, articles, context, .. }) = self.current.take() {
            self.end(context.name, path.as_deref(), articles.passed_over());
        }
    }

    fn end(&mut self, name: String, path: Option<&Path>, passed_over: u64) {
        let (bytes, sha256) = self.meter.end_of_input(path);
        self.log.push(self.position.inputs, InputSummary { path: name, bytes, sha256, passed_over });
        self.position = Position { inputs: self.position.inputs + 1, articles: 0 };
    }

    fn failed(&self, path: String, error: &ReadError) -> Reading {
        let origin = Origin { path, ..Origin::default() };
        let (position, bytes_read) = (self.position, self.meter.total());
        Reading { origin, article: Err(Failure::cause_of(error)), position, bytes_read }
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
                    self.end(input.name.clone(), input.path.as_deref(), 0);
                    return Some(self.failed(input.name, &error));
                }
            }
        }
    }
}

impl Current {
    fn reading(&self, item: Item, position: Position, bytes_read: u64) -> Reading {
        let context = &self.context;
        // What a failure holds of a row of Parquet is a line of JSON.
        let format = if self.format == Format::Parquet && item.raw.is_some() { Format::JsonLines } else { self.format };
        let origin = Origin {
            path: context.name.clone(),
            line: item.line,
            offset: Some(item.offset),
            format: Some(format.name()),
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
    if matches!(start.trim_ascii_start().first(), Some(b'<' | b'W' | b'P')) {
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
    // Behind the sign comes a quotation mark, if the declaration is whole.
    let label = declaration.get(at + 10..).and_then(|rest| rest.split(|byte| matches!(byte, b'"' | b'\'')).next());
    let label = label.unwrap_or_default();
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
