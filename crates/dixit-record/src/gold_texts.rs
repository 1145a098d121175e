//! Joins gold that stands off its texts with them: annotation may be shared where articles may not.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::GoldError;

/// Texts by the id of their document.
#[derive(Debug, Default)]
pub struct GoldTexts {
    texts: HashMap<String, Value>,
}

impl GoldTexts {
    /// Notes the text of a line of JSON with `id` and `text`; other fields are passed over.
    ///
    /// # Errors
    /// [`GoldError::Json`] if it is no object in JSON.
    pub fn add(&mut self, line: &str) -> Result<(), GoldError> {
        let mut document: Map<String, Value> = serde_json::from_str(line)?;
        if let (Some(id), Some(text)) = (document.get("id").map(name), document.remove("text")) {
            self.texts.insert(id, text);
        }
        Ok(())
    }

    /// The line, with the text that is known for its id if it has none.
    ///
    /// # Errors
    /// [`GoldError::Json`] if it is no object in JSON, [`GoldError::NoText`] if it has no text and none is known.
    pub fn complete<'l>(&self, line: &'l str) -> Result<Cow<'l, str>, GoldError> {
        let mut document: Map<String, Value> = serde_json::from_str(line)?;
        if document.contains_key("text") {
            return Ok(Cow::Borrowed(line));
        }
        let id = document.get("id").map(name).unwrap_or_default();
        let text = self.texts.get(&id).ok_or(GoldError::NoText { id })?;
        document.insert("text".to_owned(), text.clone());
        Ok(Cow::Owned(Value::Object(document).to_string()))
    }
}

/// An id as text, also where it is a number.
fn name(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::GoldDocument;

    #[test]
    fn gives_standoff_gold_its_text() {
        let mut texts = GoldTexts::default();
        texts.add(r#"{"id":7,"text":"Léa dit non","lang":"fr","more":[]}"#).unwrap();
        let line = r#"{"id":"7","lang":"fr","quotes":[{"content":[[8,11]]}]}"#;
        let document = GoldDocument::from_json(&texts.complete(line).unwrap()).unwrap();
        assert_eq!(document.attribution_spans().unwrap()[0].content[0].of(&document.text), "non");
    }

    #[test]
    fn leaves_a_line_with_a_text_as_it_is_and_names_what_is_not_known() {
        let texts = GoldTexts::default();
        let line = r#"{"id":"a","text":"Oui"}"#;
        assert_eq!(texts.complete(line).unwrap(), line);
        let error = texts.complete(r#"{"id":"a"}"#).unwrap_err().to_string();
        assert_eq!(error, "`a` has no field `text`, and no file of texts has it");
    }
}
