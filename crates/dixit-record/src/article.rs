//! What comes in: an article, and how it is read from a JSON line.

use std::fmt;

use schemars::JsonSchema;
use serde::de::{DeserializeSeed, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use crate::Meta;

/// A text with what is known of where it came from.
#[derive(Clone, Debug)]
pub struct Article {
    /// The id: the input's own, else one made of its path and line.
    pub id: String,
    /// Where it was read.
    pub source: Source,
    /// The fields of the input besides id and text.
    pub meta: Meta,
    /// The text, verbatim.
    pub text: String,
}

/// Where an article was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The path of the file as it was named, with `/` between its parts; `-` for standard input.
    pub path: String,
    /// The line, from 1, in a file of one article a line; else null.
    pub line: Option<u64>,
    /// The character encoding of the file.
    pub encoding: String,
}

/// Which fields of a JSON line hold what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields {
    /// The field of the text.
    pub text: String,
    /// The field of the id.
    pub id: String,
    /// A field whose text stands before the text as its headline; `None` if the text has its own.
    pub headline: Option<String>,
    /// Whether an article without an id is refused; else it is given one.
    pub id_required: bool,
}

impl Default for Fields {
    /// `text` and `id`; an article may lack the id.
    fn default() -> Self {
        Self { text: "text".to_owned(), id: "id".to_owned(), headline: None, id_required: false }
    }
}

/// Why a JSON line is no article.
#[derive(Debug, thiserror::Error)]
pub enum ArticleError {
    /// It is not JSON, not an object, or a field has the wrong type.
    #[error("not an article in JSON: {0}")]
    Json(#[source] serde_json::Error),
    /// The field of the text is not there.
    #[error("missing field `{field}`: {known}")]
    MissingField {
        /// The field that is missing.
        field: String,
        /// A clause that names the fields that are there.
        known: String,
    },
}

impl Article {
    /// The article of one JSON line; without an id of its own it gets `default_id`.
    ///
    /// # Errors
    /// [`ArticleError`], also where a field comes twice, since one of the two would be lost.
    pub fn from_json(line: &str, fields: &Fields, source: Source, default_id: String) -> Result<Self, ArticleError> {
        let mut deserializer = serde_json::Deserializer::from_str(line);
        let parts = PartsSeed(fields).deserialize(&mut deserializer).map_err(ArticleError::Json)?;
        deserializer.end().map_err(ArticleError::Json)?;
        let missing = |field: &str| ArticleError::MissingField { field: field.to_owned(), known: parts.names() };
        if fields.id_required && parts.id.is_none() {
            return Err(missing(&fields.id));
        }
        let Some(text) = parts.text else { return Err(missing(&fields.text)) };
        let text = match parts.headline {
            Some(headline) if !headline.trim().is_empty() => format!("{headline}\n\n{text}"),
            _ => text,
        };
        Ok(Self { id: parts.id.unwrap_or(default_id), source, meta: parts.meta, text })
    }

    /// The JSON of a row of named fields, as [`Article::from_json`] reads it; each value is a string.
    pub fn row_to_json<'v>(row: impl Iterator<Item = (&'v str, &'v str)>) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let fields: Vec<_> = row.map(|(name, value)| format!("{}:{}", quoted(name), quoted(value))).collect();
        format!("{{{}}}", fields.join(","))
    }
}

#[derive(Default)]
struct Parts {
    id: Option<String>,
    text: Option<String>,
    headline: Option<String>,
    meta: Meta,
}

impl Parts {
    fn names(&self) -> String {
        let names: Vec<_> = self.meta.iter().map(|(name, _)| format!("`{name}`")).collect();
        if names.is_empty() {
            "the record has no other fields".to_owned()
        } else {
            format!("the other fields are {}", names.join(", "))
        }
    }
}

struct PartsSeed<'f>(&'f Fields);

impl<'de> DeserializeSeed<'de> for PartsSeed<'_> {
    type Value = Parts;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Parts, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for PartsSeed<'_> {
    type Value = Parts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with the field `{}`", self.0.text)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Parts, A::Error> {
        let mut parts = Parts::default();
        let mut seen = std::collections::HashSet::new();
        while let Some(name) = map.next_key::<String>()? {
            if !seen.insert(name.clone()) {
                return Err(A::Error::custom(format_args!("the field `{name}` comes twice")));
            }
            if name == self.0.text {
                parts.text = Some(map.next_value()?);
            } else if name == self.0.id {
                parts.id = map.next_value::<Option<Id>>()?.map(|id| id.0);
            } else if self.0.headline.as_ref() == Some(&name) {
                parts.headline = map.next_value()?;
            } else {
                parts.meta.push(name, map.next_value::<Box<RawValue>>()?);
            }
        }
        Ok(parts)
    }
}

/// An id: a string, or a number as it is written.
struct Id(String);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let json = raw.get();
        match json.as_bytes().first() {
            Some(b'"') => serde_json::from_str(json).map(Self).map_err(D::Error::custom),
            Some(b'-' | b'0'..=b'9') => Ok(Self(json.to_owned())),
            _ => Err(D::Error::custom("an id must be a string or a number")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Article, ArticleError> {
        let source = Source { path: "a.jsonl".to_owned(), line: Some(1), encoding: "utf-8".to_owned() };
        Article::from_json(line, &Fields::default(), source, "a.jsonl:1".to_owned())
    }

    #[test]
    fn keeps_unknown_fields_untouched() {
        let article = parse(r#"{"url":"x","text":"Oui.","n":1.0,"id":7}"#).unwrap();
        assert_eq!((article.id.as_str(), article.text.as_str()), ("7", "Oui."));
        assert_eq!(article.meta.iter().collect::<Vec<_>>(), [("url", "\"x\""), ("n", "1.0")]);
    }

    #[test]
    fn makes_an_id_where_there_is_none() {
        assert_eq!(parse(r#"{"text":""}"#).unwrap().id, "a.jsonl:1");
        assert_eq!(parse(r#"{"text":"","id":null}"#).unwrap().id, "a.jsonl:1");
    }

    #[test]
    fn names_the_fields_that_are_there_when_the_text_is_not() {
        let message = parse(r#"{"id":"1","body":"Oui."}"#).unwrap_err().to_string();
        assert_eq!(message, "missing field `text`: the other fields are `body`");
    }

    #[test]
    fn puts_the_headline_before_the_text() {
        let source = Source { path: "a.jsonl".to_owned(), line: Some(1), encoding: "utf-8".to_owned() };
        let fields = Fields { headline: Some("titre".to_owned()), ..Fields::default() };
        let article = Article::from_json(r#"{"titre":"Oui","text":"Non."}"#, &fields, source, String::new()).unwrap();
        assert_eq!((article.text.as_str(), article.meta.is_empty()), ("Oui\n\nNon.", true));
    }

    #[test]
    fn refuses_what_would_lose_something() {
        for line in [
            "",
            "[]",
            "{",
            r#"{"text":"a"} x"#,
            r#"{"text":"a","text":"b"}"#,
            r#"{"text":null}"#,
            r#"{"text":"\ud800"}"#,
        ] {
            assert!(parse(line).is_err(), "{line}");
        }
        assert!(parse(r#"{"text":"a","id":["b"]}"#).is_err());
    }
}
