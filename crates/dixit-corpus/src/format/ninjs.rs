//! ninjs: one news item in JSON. The text is the headline, the byline and the body, separated by blank lines.

use dixit_record::{NewsBody, NewsItem};

use crate::ReadError;
use crate::format::{Parts, xml};

/// The article of a file.
pub(crate) fn article(json: &str) -> Result<Parts, ReadError> {
    let item = NewsItem::from_json(json)?;
    let mut paragraphs = item.head;
    match item.body {
        Some(NewsBody::Text(text)) => paragraphs.push(text),
        Some(NewsBody::Markup(markup)) => paragraphs.extend(xml::paragraphs(&markup)?),
        None => {}
    }
    Ok(Parts { id: item.id, text: paragraphs.join("\n\n"), meta: item.meta })
}
