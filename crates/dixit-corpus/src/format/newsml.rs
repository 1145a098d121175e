//! NewsML-G2: a news item, or a message of several, in XML. The body is inline XML (NITF or XHTML) or inline text.

use crate::ReadError;
use crate::format::Parts;
use crate::format::xml::{self, Role};

/// The articles of a file.
pub(crate) fn articles(text: &str) -> Result<Vec<Parts>, ReadError> {
    xml::articles(text, "newsItem", role)
}

/// What an element of NewsML-G2 is to the article.
fn role(name: &str) -> Role {
    match name {
        "newsItem" => Role::Item("guid"),
        "headline" | "by" => Role::Head,
        "dateline" | "versionCreated" | "urgency" => Role::Meta,
        "inlineXML" | "inlineData" => Role::Content,
        "head" | "body.head" | "media" | "script" | "style" | "title" => Role::Skip,
        _ => Role::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_item_of_a_message() {
        let message = r#"<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
            <newsItem guid="urn:1"><itemMeta><versionCreated>2024-01-02</versionCreated></itemMeta>
            <contentMeta><headline>Titre</headline><by>Léa Martin</by></contentMeta><contentSet>
            <inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>no</title></head>
            <body><p>« Oui »,<br/>dit-elle.</p><p>Fin.</p></body></html></inlineXML></contentSet></newsItem>
            <newsItem guid="urn:2"><contentMeta><headline>Talks</headline></contentMeta><contentSet>
            <inlineData contenttype="text/plain">They began.</inlineData></contentSet></newsItem></itemSet></newsMessage>"#;
        let all = articles(message).unwrap();
        assert_eq!((all[0].id.as_deref(), all[1].id.as_deref()), (Some("urn:1"), Some("urn:2")));
        assert_eq!(all[0].text, "Titre\n\nLéa Martin\n\n« Oui », dit-elle.\n\nFin.");
        assert_eq!(all[0].meta.get("versionCreated"), Some("\"2024-01-02\""));
        assert_eq!(all[1].text, "Talks\n\nThey began.");
    }

    #[test]
    fn refuses_other_xml_and_xml_that_is_torn() {
        assert_eq!(
            articles("<rss><p>a</p></rss>").unwrap_err().to_string(),
            "not news in XML: no element `newsItem`; the root is `rss`"
        );
        assert!(articles("<newsItem><headline>a</newsItem>").is_err());
        assert!(articles("<newsItem><headline>a").is_err());
    }
}
