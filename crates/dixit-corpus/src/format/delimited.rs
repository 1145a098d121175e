//! CSV and TSV: the first row names the fields, each row after it is an article. A field in double quotes may hold line ends.

use std::io;
use std::mem::take;

use csv::{ReaderBuilder, StringRecord};
use dixit_record::Article;

use crate::ReadError;
use crate::format::{Articles, Item};
use crate::lines::{Line, read_line};
use crate::reader::Context;
use crate::source::Bytes;

pub(crate) struct Delimited {
    context: Context,
    input: Bytes,
    separator: u8,
    header: Option<(Vec<u8>, StringRecord)>,
    line: u64,
    offset: u64,
}

/// A row of bytes: where it stands, and whether it was too long.
struct Row {
    line: u64,
    offset: u64,
    raw: Vec<u8>,
    too_long: Option<u64>,
}

/// Where in a row a byte stands.
#[derive(Clone, Copy, PartialEq)]
enum State {
    FieldStart,
    Bare,
    Quoted,
    QuoteInQuoted,
}

impl Delimited {
    pub(crate) fn new(context: Context, input: Bytes, offset: u64, separator: u8) -> Self {
        Self { context, input, separator, header: None, line: 0, offset }
    }

    /// The next row that is not blank: lines until no quoted field is open.
    fn row(&mut self) -> io::Result<Option<Row>> {
        loop {
            let mut row = Row { line: self.line + 1, offset: self.offset, raw: Vec::new(), too_long: None };
            let (mut state, mut length) = (State::FieldStart, 0);
            loop {
                let mut line = Vec::new();
                let room = self.context.limit.saturating_sub(row.raw.len() as u64);
                let (found, taken) = read_line(&mut *self.input, &mut line, room)?;
                if found == Line::End {
                    break;
                }
                self.line += 1;
                self.offset += taken;
                length += taken;
                state = line.iter().fold(state, |state, &byte| state.after(byte, self.separator));
                if let Line::TooLong(_) = found {
                    row.too_long = Some(length);
                    row.raw.clear();
                    break;
                }
                row.raw.append(&mut line);
                row.raw.push(b'\n');
                if state != State::Quoted {
                    break;
                }
            }
            if length == 0 {
                return Ok(None);
            }
            if row.too_long.is_some() || !row.raw.trim_ascii().is_empty() {
                return Ok(Some(row));
            }
        }
    }

    fn parse(&self, raw: &[u8]) -> Result<StringRecord, ReadError> {
        let text = self.context.decode(raw, 0)?;
        let mut builder = ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(self.separator);
        let mut record = StringRecord::new();
        builder.from_reader(text.as_bytes()).read_record(&mut record)?;
        Ok(record)
    }

    fn article(&self, row: &Row) -> Result<Article, ReadError> {
        if let Some(bytes) = row.too_long {
            return Err(self.context.too_long(bytes));
        }
        let record = self.parse(&row.raw)?;
        let Some((_, header)) = &self.header else { return Err(ReadError::NoHeader) };
        if record.len() != header.len() {
            return Err(ReadError::Fields { found: record.len(), wanted: header.len() });
        }
        let json = Article::row_to_json(header.iter().zip(&record));
        let id = format!("{}:{}", self.context.name, row.line);
        Ok(Article::from_json(&json, &self.context.fields, self.context.source(Some(row.line)), id)?)
    }
}

impl State {
    fn after(self, byte: u8, separator: u8) -> Self {
        match (self, byte) {
            (Self::Quoted, b'"') => Self::QuoteInQuoted,
            (Self::FieldStart | Self::QuoteInQuoted, b'"') | (Self::Quoted, _) => Self::Quoted,
            (_, byte) if byte == separator => Self::FieldStart,
            _ => Self::Bare,
        }
    }
}

impl Articles for Delimited {
    fn next(&mut self) -> io::Result<Option<Item>> {
        if self.header.is_none() {
            let Some(row) = self.row()? else { return Ok(None) };
            let header = self.parse(&row.raw).map_err(io::Error::other)?;
            self.header = Some((row.raw, header));
        }
        let Some(mut row) = self.row()? else { return Ok(None) };
        let article = self.article(&row);
        let header = self.header.as_ref().map_or(&[][..], |(raw, _)| raw);
        let raw = row.too_long.is_none().then(|| [header, &take(&mut row.raw)].concat());
        Ok(Some(Item { line: Some(row.line), offset: row.offset, raw, article }))
    }
}
