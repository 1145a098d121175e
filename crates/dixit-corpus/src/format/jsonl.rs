//! JSON lines: one article a line. Blank lines are passed over.

use std::io;

use dixit_record::Article;

use crate::format::{Articles, Item};
use crate::lines::{Line, read_line};
use crate::reader::Context;
use crate::source::Bytes;

pub(crate) struct JsonLines {
    context: Context,
    input: Bytes,
    line: u64,
    offset: u64,
}

impl JsonLines {
    pub(crate) fn new(context: Context, input: Bytes, offset: u64) -> Self {
        Self { context, input, line: 0, offset }
    }
}

impl Articles for JsonLines {
    fn next(&mut self) -> io::Result<Option<Item>> {
        loop {
            let mut raw = Vec::new();
            let (found, taken) = read_line(&mut *self.input, &mut raw, self.context.limit)?;
            let offset = self.offset;
            self.offset += taken;
            self.line += 1;
            let (article, raw) = match found {
                Line::End => return Ok(None),
                Line::Whole if raw.trim_ascii().is_empty() => continue,
                Line::Whole => (self.context.json(&raw, self.line), Some(raw)),
                Line::TooLong(bytes) => (Err(self.context.too_long(bytes)), None),
            };
            return Ok(Some(Item { line: Some(self.line), offset, raw, article }));
        }
    }
}

impl Context {
    /// The article of a line of JSON in the encoding of the input.
    pub(crate) fn json(&self, raw: &[u8], line: u64) -> Result<Article, crate::ReadError> {
        let id = format!("{}:{line}", self.name);
        Ok(Article::from_json(&self.decode(raw, 0)?, &self.fields, self.source(Some(line)), id)?)
    }
}
