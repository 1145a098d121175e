//! NITF: one news item in XML.

use crate::ReadError;
use crate::format::Parts;
use crate::format::xml::{self, Role};

/// Whether the root element is `nitf`.
pub(crate) fn is_root(text: &str) -> bool {
    xml::root(text).is_some_and(|root| root == "nitf")
}

/// The article of a file.
pub(crate) fn articles(text: &str) -> Result<Vec<Parts>, ReadError> {
    xml::articles(text, "nitf", role)
}

/// What an element of NITF is to the article.
fn role(name: &str) -> Role {
    match name {
        "nitf" => Role::Item(""),
        "doc-id" => Role::Id("id-string"),
        "hedline" | "byline" => Role::Head,
        "dateline" => Role::Meta,
        "body.content" => Role::Content,
        "media" | "script" | "style" | "table" => Role::Skip,
        _ => Role::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARTICLE: &str = r#"<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf.dtd"><nitf><head><title>no</title><docdata>
        <doc-id id-string="n1"/></docdata></head><body><body.head><hedline><hl1>Talks &amp; hope</hl1></hedline>
        <byline>By <person>Amina Yusuf</person></byline><dateline><location>Geneva</location></dateline></body.head>
        <body.content><p>“We  talk,” she
        said.</p><media><media-caption>no</media-caption></media><p>Fin&#160;!</p></body.content></body></nitf>"#;

    #[test]
    fn reads_headline_byline_and_paragraphs() {
        let parts = &articles(ARTICLE).unwrap()[0];
        assert_eq!(parts.id.as_deref(), Some("n1"));
        assert_eq!(parts.text, "Talks & hope\n\nBy Amina Yusuf\n\n“We talk,” she said.\n\nFin\u{a0}!");
        assert_eq!(parts.meta.get("dateline"), Some("\"Geneva\""));
    }

    #[test]
    fn expands_no_entity_that_the_document_declares() {
        let bomb = r#"<!DOCTYPE nitf [<!ENTITY a SYSTEM "file:///etc/passwd">]><nitf><body.content><p>&a;</p></body.content></nitf>"#;
        assert_eq!(articles(bomb).unwrap_err().to_string(), "not news in XML: the entity `a` is not expanded");
    }
}
