//! What tells articles apart, of a line of JSON: a record, or a document of a corpus.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::Value;

use crate::{Article, ArticleError, Fields, Meta, Source, date_of};

/// Id, text, source and date of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// The id.
    pub id: String,
    /// The text.
    pub text: String,
    /// Where it is from: the path that a record tells, or what the field says that was named.
    pub source: Option<String>,
    /// The date, as [`date_of`] finds it among the fields of the meta and of the line.
    pub date: Option<String>,
}

impl Outline {
    /// The outline of a line of JSON with `id` and `text`; `source` and `date` name the fields that hold these.
    ///
    /// # Errors
    /// [`ArticleError`] if it is no object in JSON with an id and a text.
    pub fn from_json(line: &str, source: Option<&str>, date: Option<&str>) -> Result<Self, ArticleError> {
        let fields = Fields { id_required: true, ..Fields::default() };
        let nowhere = Source { path: String::new(), line: None, encoding: String::new() };
        let Article { id, text, meta: outer, .. } = Article::from_json(line, &fields, nowhere, String::new())?;
        let inner = outer.get("meta").and_then(|json| serde_json::from_str::<Meta>(json).ok()).unwrap_or_default();
        let named = |field: &str| inner.get(field).or_else(|| outer.get(field)).and_then(plain);
        let source = match source {
            Some(field) => named(field),
            None => outer.get("source").and_then(path),
        };
        let date = date_of(&inner, date).or_else(|| date_of(&outer, date));
        Ok(Self { id, text, source, date })
    }
}

/// A value as text: a string without its quotation marks, else its JSON; `None` for `null`.
fn plain(json: &str) -> Option<String> {
    match serde_json::from_str(json).ok()? {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

/// The path of a record's source, or a source that is text.
fn path(json: &str) -> Option<String> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Form<'j> {
        Record {
            #[serde(borrow)]
            path: Cow<'j, str>,
        },
        #[serde(borrow)]
        Text(Cow<'j, str>),
    }
    match serde_json::from_str(json).ok()? {
        Form::Record { path: text } | Form::Text(text) => Some(text.into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_records_and_corpora_alike() {
        let record = r#"{"id":"a","text":"Oui","source":{"path":"x.txt","line":null},"meta":{"date":"2020-03-08","outlet":"Le Jour"}}"#;
        let outline = Outline::from_json(record, None, None).unwrap();
        assert_eq!((outline.source.as_deref(), outline.date.as_deref()), (Some("x.txt"), Some("2020-03-08")));
        assert_eq!(Outline::from_json(record, Some("outlet"), None).unwrap().source.as_deref(), Some("Le Jour"));
        let corpus = r#"{"id":7,"text":"Oui","source":"AFP","published":"2020/03/08","day":"2021-01"}"#;
        let outline = Outline::from_json(corpus, None, None).unwrap();
        assert_eq!((outline.id.as_str(), outline.source.as_deref()), ("7", Some("AFP")));
        assert_eq!(outline.date.as_deref(), Some("2020-03-08"));
        assert_eq!(Outline::from_json(corpus, None, Some("day")).unwrap().date.as_deref(), Some("2021-01"));
        assert!(Outline::from_json(r#"{"text":"Oui"}"#, None, None).is_err());
    }
}
