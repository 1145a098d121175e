//! What corpora give to learn from: documents whose entities people have marked.

use serde::Deserialize;

use dixit_text::{OffsetMap, Span, Unit};

/// A document of a corpus. Offsets are code points, end exclusive.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldDocument {
    /// The id.
    pub id: String,
    /// The language, `en` or `fr`.
    pub lang: String,
    /// The text.
    pub text: String,
    /// The entities.
    pub entities: Vec<GoldEntity>,
}

/// An entity of a corpus.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldEntity {
    /// The first code point.
    pub start: u32,
    /// The code point after the last.
    pub end: u32,
    /// The corpus's own name of the label.
    pub label: String,
    /// Whether it stands inside another.
    #[serde(default)]
    pub nested: bool,
}

/// Why a line is no document of a corpus.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// It is not of the form.
    #[error("not a document of a corpus: {0}")]
    Json(#[from] serde_json::Error),
    /// An entity is not in the text.
    #[error("the entity {start}..{end} of `{id}` is not a span of its text")]
    OutsideText {
        /// The document.
        id: String,
        /// The start, in code points.
        start: u32,
        /// The end, in code points.
        end: u32,
    },
}

impl GoldDocument {
    /// The document of a line of JSON; other fields are passed over.
    ///
    /// # Errors
    /// [`GoldError::Json`] if it is not of the form.
    pub fn from_json(line: &str) -> Result<Self, GoldError> {
        Ok(serde_json::from_str(line)?)
    }

    /// The entities that stand in no other, in the order of the text, as spans of bytes with their labels.
    ///
    /// # Errors
    /// [`GoldError::OutsideText`].
    pub fn spans(&self) -> Result<Vec<(Span, &str)>, GoldError> {
        let offsets = OffsetMap::new(&self.text, Unit::CodePoint);
        let span = |entity: &GoldEntity| offsets.span(entity.start as usize, entity.end as usize);
        let outside =
            |entity: &GoldEntity| GoldError::OutsideText { id: self.id.clone(), start: entity.start, end: entity.end };
        let outer = self.entities.iter().filter(|entity| !entity.nested);
        let spans = outer.map(|entity| Ok((span(entity).ok_or_else(|| outside(entity))?, entity.label.as_str())));
        let mut spans = spans.collect::<Result<Vec<_>, GoldError>>()?;
        spans.sort_by_key(|&(span, _)| span);
        Ok(spans)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_entities_in_order_and_leaves_out_nested_ones() {
        let line = r#"{"id":"a","lang":"fr","text":"é Mali, Léa","entities":[{"start":8,"end":11,"label":"PER"},
            {"start":2,"end":6,"label":"LOC"},{"start":8,"end":9,"label":"PER","nested":true}],"more":1}"#;
        let document = GoldDocument::from_json(line).unwrap();
        assert_eq!(document.spans().unwrap(), [(Span::new(3, 7), "LOC"), (Span::new(9, 13), "PER")]);
    }

    #[test]
    fn refuses_an_entity_outside_the_text() {
        let line = r#"{"id":"a","lang":"fr","text":"Oui","entities":[{"start":2,"end":9,"label":"PER"}]}"#;
        let error = GoldDocument::from_json(line).unwrap().spans().unwrap_err().to_string();
        assert_eq!(error, "the entity 2..9 of `a` is not a span of its text");
    }
}
