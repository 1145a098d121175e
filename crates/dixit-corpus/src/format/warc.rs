//! WARC and WET: the records of plain text. Other records (pages, requests, the description of the file) are passed over and
//! counted.

use std::io::{self, Read};

use dixit_record::{Article, Meta};

use crate::ReadError;
use crate::format::{Articles, Item};
use crate::lines::{Line, read_line};
use crate::reader::Context;
use crate::source::Bytes;

/// The longest line of a record's header, and the most of them.
const HEADER: (u64, usize) = (1 << 16, 200);

pub(crate) struct Warc {
    context: Context,
    input: Bytes,
    offset: u64,
    passed_over: u64,
}

/// The header of a record: its bytes and fields, names in lower case.
#[derive(Default)]
struct Header {
    raw: Vec<u8>,
    fields: Vec<(String, String)>,
}

impl Header {
    fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether the block is text, or an HTTP response that may hold text.
    fn may_be_text(&self) -> bool {
        let kind = self.get("content-type").unwrap_or("");
        match self.get("warc-type") {
            Some("conversion" | "resource") => kind.starts_with("text/plain"),
            Some("response") => kind.starts_with("application/http"),
            _ => false,
        }
    }
}

impl Warc {
    pub(crate) fn new(context: Context, input: Bytes, offset: u64) -> Self {
        Self { context, input, offset, passed_over: 0 }
    }

    /// The header of the next record; `None` at the end.
    fn header(&mut self) -> io::Result<Option<Header>> {
        let mut header = Header::default();
        let mut line = Vec::new();
        for number in 0..HEADER.1 {
            let (found, taken) = read_line(&mut *self.input, &mut line, HEADER.0)?;
            match found {
                Line::End if header.raw.is_empty() => return Ok(None),
                Line::End | Line::TooLong(_) => return Err(bad("the header of a record is torn")),
                Line::Whole if line.is_empty() && header.raw.is_empty() => {
                    self.offset += taken;
                    continue;
                }
                Line::Whole => {}
            }
            header.raw.extend_from_slice(&line);
            header.raw.extend_from_slice(b"\r\n");
            if line.is_empty() {
                return Ok(Some(header));
            }
            let text = std::str::from_utf8(&line).map_err(|_| bad("the header of a record is not UTF-8"))?;
            self.offset += taken;
            match text.split_once(':') {
                _ if header.fields.is_empty() && text.starts_with("WARC/") => {
                    header.fields.push((String::new(), text.to_owned()));
                }
                Some((name, value)) if !header.fields.is_empty() => {
                    header.fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
                }
                _ if number == 0 => return Err(bad("a record does not begin with `WARC/`")),
                _ => return Err(bad("a line of a header has no `:`")),
            }
        }
        Err(bad("the header of a record has too many lines"))
    }

    fn article(&self, header: &Header, block: &[u8]) -> Result<Option<Article>, ReadError> {
        let response = header.get("warc-type") == Some("response");
        let block = match (response, response.then(|| http_text(block)).flatten()) {
            (true, None) => return Ok(None),
            (true, Some(body)) => body,
            (false, _) => block,
        };
        let text = self.context.decode(block, 0)?.into_owned();
        let mut meta = Meta::default();
        for (name, field) in [("url", "warc-target-uri"), ("date", "warc-date")] {
            if let Some(value) = header.get(field) {
                meta.push_text(name.to_owned(), value);
            }
        }
        let default = || format!("{}:{}", self.context.name, self.offset);
        let id = header.get("warc-record-id").map_or_else(default, |id| id.trim_matches(['<', '>']).to_owned());
        Ok(Some(Article { id, source: self.context.source(None), meta, text }))
    }
}

/// The body of an HTTP response of plain text that is neither compressed nor in chunks.
fn http_text(block: &[u8]) -> Option<&[u8]> {
    let end = memchr::memmem::find(block, b"\r\n\r\n")?;
    let head = std::str::from_utf8(&block[..end]).ok()?.to_ascii_lowercase();
    let plain = head.contains("\r\ncontent-type: text/plain")
        && !head.contains("\r\ncontent-encoding:")
        && !head.contains("\r\ntransfer-encoding:");
    plain.then(|| &block[end + 4..])
}

fn bad(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("not WARC: {message}"))
}

impl Articles for Warc {
    fn next(&mut self) -> io::Result<Option<Item>> {
        loop {
            let Some(header) = self.header()? else { return Ok(None) };
            let offset = self.offset.saturating_sub(header.raw.len() as u64 - 2);
            self.offset += 2;
            let length = header.get("content-length").and_then(|length| length.parse::<u64>().ok());
            let length = length.ok_or_else(|| bad("a record has no `Content-Length`"))?;
            let item = |raw, article| Some(Item { line: None, offset, raw, article });
            if !header.may_be_text() || length > self.context.limit {
                let passed = io::copy(&mut (&mut self.input).take(length), &mut io::sink())?;
                self.offset += passed;
                if passed < length {
                    return Err(bad("a record is torn"));
                }
                if header.may_be_text() {
                    return Ok(item(None, Err(self.context.too_long(length))));
                }
                self.passed_over += 1;
                continue;
            }
            let mut block = Vec::new();
            (&mut self.input).take(length).read_to_end(&mut block)?;
            if (block.len() as u64) < length {
                return Err(bad("a record is torn"));
            }
            let article = self.article(&header, &block);
            self.offset += length;
            match article.transpose() {
                Some(article) => return Ok(item(Some([&header.raw[..], &block].concat()), article)),
                None => self.passed_over += 1,
            }
        }
    }

    fn passed_over(&self) -> u64 {
        self.passed_over
    }
}
