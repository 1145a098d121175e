//! News in JSON (ninjs), of its versions 1 to 3: headline, byline and body of one item.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{ArticleError, Meta};

/// A news item, before its body is text.
#[derive(Clone, Debug, Default)]
pub struct NewsItem {
    /// The item's own id: `uri`.
    pub id: Option<String>,
    /// The headline and the byline, as far as they are there.
    pub head: Vec<String>,
    /// The body.
    pub body: Option<NewsBody>,
    /// All other fields.
    pub meta: Meta,
}

/// The body of a news item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewsBody {
    /// Plain text.
    Text(String),
    /// Markup, of which the text is to be taken.
    Markup(String),
}

#[derive(Deserialize)]
struct Headline {
    value: String,
}

#[derive(Deserialize)]
struct Body {
    #[serde(rename = "contentType", alias = "contenttype")]
    content_type: Option<String>,
    value: Option<String>,
}

impl NewsItem {
    /// The item of a JSON object.
    ///
    /// # Errors
    /// [`ArticleError`] if it is no object, a field has the wrong type, or there is neither headline nor body.
    pub fn from_json(json: &str) -> Result<Self, ArticleError> {
        let fields: Meta = serde_json::from_str(json).map_err(ArticleError::Json)?;
        let mut item = Self::default();
        let mut heads: [Option<String>; 2] = [None, None];
        for (name, value) in fields.iter() {
            match name {
                "uri" => item.id = Some(field(value)?),
                "headline" => heads[0] = Some(field(value)?),
                "headlines" => {
                    let first = field::<Vec<Headline>>(value)?.into_iter().next();
                    heads[0] = heads[0].take().or(first.map(|headline| headline.value));
                }
                "byline" | "by" => heads[1] = Some(field(value)?),
                "body_text" => item.body = Some(NewsBody::Text(field(value)?)),
                "body_xhtml" | "body_html" => {
                    let markup = NewsBody::Markup(field(value)?);
                    item.body = item.body.take().or(Some(markup));
                }
                "bodies" => item.body = item.body.take().or(best(field(value)?)),
                _ => item.meta.push(name.to_owned(), field::<Box<RawValue>>(value)?),
            }
        }
        item.head = heads.into_iter().flatten().collect();
        if item.body.is_none() && item.head.is_empty() {
            let known = "a news item has `headline`, `body_text`, `body_xhtml` or `bodies`".to_owned();
            return Err(ArticleError::MissingField { field: "body_text".to_owned(), known });
        }
        Ok(item)
    }
}

fn field<'j, T: Deserialize<'j>>(json: &'j str) -> Result<T, ArticleError> {
    serde_json::from_str(json).map_err(ArticleError::Json)
}

/// The first body of plain text, else the first of markup.
fn best(bodies: Vec<Body>) -> Option<NewsBody> {
    let mut markup = None;
    for Body { content_type, value } in bodies {
        match (content_type.as_deref(), value) {
            (None | Some("text/plain"), Some(value)) => return Some(NewsBody::Text(value)),
            (Some(kind), Some(value)) if kind.contains("html") || kind.contains("xml") => {
                markup = markup.or(Some(NewsBody::Markup(value)));
            }
            _ => {}
        }
    }
    markup
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_fields_of_all_versions() {
        let one = NewsItem::from_json(r#"{"uri":"u1","headline":"H","byline":"B","body_text":"T","urgency":3}"#);
        let one = one.unwrap();
        assert_eq!(
            (one.id.as_deref(), one.head, one.meta.get("urgency")),
            (Some("u1"), vec!["H".into(), "B".into()], Some("3"))
        );
        let three = r#"{"uri":"u3","headlines":[{"role":"main","value":"Titre"}],"by":"Léa","bodies":[
            {"contentType":"text/html","value":"<p>a</p>"},{"contentType":"text/plain","value":"a"}]}"#;
        let three = NewsItem::from_json(three).unwrap();
        assert_eq!((three.head[0].as_str(), three.body), ("Titre", Some(NewsBody::Text("a".to_owned()))));
    }

    #[test]
    fn refuses_what_is_no_news() {
        assert!(NewsItem::from_json("[]").is_err());
        assert!(NewsItem::from_json(r#"{"name":"left-pad"}"#).is_err());
    }
}
