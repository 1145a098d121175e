//! What the XML formats share: paragraphs out of elements. White space inside a paragraph is one space, as XML means it. No
//! external or declared entity is ever expanded.

use quick_xml::Reader;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::ReadError;
use crate::format::Parts;

/// What an element is to the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The article; its id is in the attribute.
    Item(&'static str),
    /// Holds the id in an attribute.
    Id(&'static str),
    /// A paragraph before the body.
    Head,
    /// A field that is kept.
    Meta,
    /// The body.
    Content,
    /// Nothing of the article, with all that is inside.
    Skip,
    /// Inside a body, a paragraph or a part of one; elsewhere nothing.
    Other,
}

/// Elements of a body that are paragraphs, in NITF and HTML.
const BLOCKS: [&str; 20] = [
    "article",
    "blockquote",
    "body",
    "dd",
    "div",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hl1",
    "hl2",
    "li",
    "p",
    "pre",
    "section",
    "td",
    "tr",
];

/// The name of the root element.
pub(crate) fn root(text: &str) -> Option<String> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) => return Some(local(&start)),
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// The articles of `text`, each an element `item`.
pub(crate) fn articles(text: &str, item: &str, role: fn(&str) -> Role) -> Result<Vec<Parts>, ReadError> {
    let mut walk = Walk::new(role);
    walk.read(Reader::from_str(text))?;
    if walk.done.is_empty() {
        let root = root(text).unwrap_or_default();
        return Err(ReadError::Xml(format!("no element `{item}`; the root is `{root}`")));
    }
    Ok(walk.done)
}

/// The paragraphs of a piece of HTML, which need not be well-formed.
pub(crate) fn paragraphs(markup: &str) -> Result<Vec<String>, ReadError> {
    let mut reader = Reader::from_str(markup);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut walk = Walk::new(|name| if matches!(name, "script" | "style") { Role::Skip } else { Role::Other });
    walk.loose = true;
    walk.stack.push(Role::Content);
    walk.read(reader)?;
    walk.end_paragraph();
    Ok(walk.paragraphs)
}

struct Walk {
    role: fn(&str) -> Role,
    /// The roles of the elements that are open.
    stack: Vec<Role>,
    /// How many of them are skipped.
    skipped: usize,
    /// Elements may be open at the end.
    loose: bool,
    item: Parts,
    paragraphs: Vec<String>,
    paragraph: String,
    done: Vec<Parts>,
}

impl Walk {
    fn new(role: fn(&str) -> Role) -> Self {
        Self {
            role,
            stack: Vec::new(),
            skipped: 0,
            loose: false,
            item: Parts::default(),
            paragraphs: Vec::new(),
            paragraph: String::new(),
            done: Vec::new(),
        }
    }

    fn read(&mut self, mut reader: Reader<&[u8]>) -> Result<(), ReadError> {
        loop {
            let event = reader.read_event().map_err(|error| ReadError::Xml(error.to_string()))?;
            match event {
                Event::Start(start) => self.start(&start),
                Event::Empty(start) => {
                    self.start(&start);
                    self.end(&local(&start));
                }
                Event::End(end) => self.end(end.local_name().as_ref()),
                Event::Text(text) => self.text(&text.xml10_content()),
                Event::CData(text) => self.text(&text.xml10_content()),
                Event::GeneralRef(reference) => self.text(&expand(&reference)?),
                Event::Eof if !self.loose && !self.stack.is_empty() => {
                    return Err(ReadError::Xml("it ends inside an element".to_owned()));
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) {
        let name = local(start);
        let role = (self.role)(&name);
        match role {
            Role::Skip => self.skipped += 1,
            Role::Item(attribute) => self.item.id = value(start, attribute),
            Role::Id(attribute) => self.item.id = value(start, attribute).or(self.item.id.take()),
            Role::Head | Role::Meta | Role::Content => self.end_paragraph(),
            Role::Other if self.is_block(&name) => self.end_paragraph(),
            Role::Other if name == "br" => self.paragraph.push(' '),
            Role::Other => {}
        }
        self.stack.push(role);
    }

    fn end(&mut self, name: &str) {
        if self.loose && self.stack.len() == 1 {
            return;
        }
        match self.stack.pop() {
            Some(Role::Skip) => self.skipped -= 1,
            Some(Role::Head | Role::Content) => self.end_paragraph(),
            Some(Role::Meta) => {
                let text = collapse(&std::mem::take(&mut self.paragraph));
                if !text.is_empty() && self.item.meta.get(name).is_none() {
                    self.item.meta.push_text(name.to_owned(), &text);
                }
            }
            Some(Role::Item(_)) => {
                self.end_paragraph();
                self.item.text = std::mem::take(&mut self.paragraphs).join("\n\n");
                self.done.push(std::mem::take(&mut self.item));
            }
            Some(Role::Other) if self.is_block(name) => self.end_paragraph(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let wanted = |role: &Role| matches!(role, Role::Head | Role::Meta | Role::Content);
        if self.skipped == 0 && self.stack.iter().any(wanted) {
            self.paragraph.push_str(text);
        }
    }

    fn end_paragraph(&mut self) {
        let paragraph = collapse(&std::mem::take(&mut self.paragraph));
        if !paragraph.is_empty() {
            self.paragraphs.push(paragraph);
        }
    }

    fn is_block(&self, name: &str) -> bool {
        BLOCKS.binary_search(&name).is_ok() && self.stack.iter().any(|role| matches!(role, Role::Content | Role::Head))
    }
}

fn local(start: &BytesStart<'_>) -> String {
    start.local_name().as_ref().to_owned()
}

fn value(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = start.attributes().flatten().find(|attribute| attribute.key.as_ref() == name)?;
    Some(attribute.value.into_owned())
}

fn expand(reference: &BytesRef<'_>) -> Result<String, ReadError> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Ok(character.to_string());
    }
    let name = reference.xml10_content();
    let known = resolve_html5_entity(&name).map(str::to_owned);
    known.ok_or_else(|| ReadError::Xml(format!("the entity `{name}` is not expanded")))
}

/// The words with one space between them; no-break spaces stay.
fn collapse(text: &str) -> String {
    text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_paragraphs_from_loose_html() {
        let html = "<div>Un<br>deux</b> &eacute;t&eacute;<p>« Oui »<p>Non<script>x()</script></div>";
        assert_eq!(paragraphs(html).unwrap(), ["Un deux été", "« Oui »", "Non"]);
        assert!(BLOCKS.is_sorted());
    }
}
