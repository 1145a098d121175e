//! Formats that are one file an article, or a few: plain text, and the news formats. The whole file is read, since its markup
//! or its length is known only at its end; the limit on an article bounds it.

use std::io::{self, Read};

use dixit_record::{Article, Meta};
use encoding_rs::{Encoding, UTF_16BE};

use crate::ReadError;
use crate::format::{Articles, Format, Item, Parts, newsml, ninjs, nitf};
use crate::reader::Context;
use crate::source::Bytes;

pub(crate) struct WholeFile {
    context: Context,
    input: Option<Bytes>,
    mark: u64,
    format: Format,
    items: std::vec::IntoIter<Item>,
}

impl WholeFile {
    pub(crate) fn new(context: Context, input: Bytes, mark: u64, format: Format) -> Self {
        Self { context, input: Some(input), mark, format, items: Vec::new().into_iter() }
    }

    fn read(&mut self, mut input: Bytes) -> io::Result<Vec<Item>> {
        let mut raw = Vec::new();
        let limit = self.context.limit;
        input.by_ref().take(limit.saturating_add(1)).read_to_end(&mut raw)?;
        let item = |raw, article| Item { line: None, offset: self.mark, raw, article };
        if raw.len() as u64 > limit {
            let bytes = raw.len() as u64 + io::copy(&mut input, &mut io::sink())?;
            return Ok(vec![item(None, Err(self.context.too_long(bytes)))]);
        }
        let mark = usize::try_from(self.mark).unwrap_or(0);
        let read = self.context.decode(&raw, mark).map_err(ReadError::from).and_then(|text| self.parts(&text));
        // With its mark, the file is read again as it was, also where its text begins with what could be another.
        let raw = [mark_of(self.context.encoding, self.mark), &raw].concat();
        let articles = match read {
            Ok(parts) => parts,
            Err(error) => return Ok(vec![item(Some(raw), Err(error))]),
        };
        let several = articles.len() > 1;
        let named = articles.into_iter().enumerate().map(|(index, parts)| {
            let name = &self.context.name;
            let default = if several { format!("{name}:{}", index + 1) } else { name.clone() };
            let id = parts.id.unwrap_or(default);
            Article { id, source: self.context.source(None), meta: parts.meta, text: parts.text }
        });
        // Of several articles in one file, none has bytes of its own: a retry finds it in the file again.
        let raw = (!several).then_some(raw);
        Ok(named.map(|article| item(raw.clone(), Ok(article))).collect())
    }

    fn parts(&self, text: &str) -> Result<Vec<Parts>, ReadError> {
        match self.format {
            Format::Ninjs => ninjs::article(text).map(|parts| vec![parts]),
            Format::Nitf => nitf::articles(text),
            Format::Xml if nitf::is_root(text) => nitf::articles(text),
            Format::NewsMl | Format::Xml => newsml::articles(text),
            _ => Ok(vec![Parts { id: None, text: text.to_owned(), meta: Meta::default() }]),
        }
    }
}

/// The mark of `length` that an input in `encoding` begins with.
fn mark_of(encoding: &'static Encoding, length: u64) -> &'static [u8] {
    match length {
        0 => &[],
        3 => b"\xEF\xBB\xBF",
        _ if encoding == UTF_16BE => b"\xFE\xFF",
        _ => b"\xFF\xFE",
    }
}

impl Articles for WholeFile {
    fn next(&mut self) -> io::Result<Option<Item>> {
        if let Some(input) = self.input.take() {
            self.items = self.read(input)?.into_iter();
        }
        Ok(self.items.next())
    }
}
