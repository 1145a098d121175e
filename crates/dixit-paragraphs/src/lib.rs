//! Paragraphs, and what each is to the article: headline, byline, body, pull quote or boilerplate.
//!
//! It runs before the language is known, so what it knows of words (`data/*.txt`, an entry a line) holds both languages.
//! Quotes are not taken from pull quotes and boilerplate, so both are called so on good grounds only.

mod kinds;
mod pull_quotes;
mod split;

use dixit_document::{AnnotateError, Annotator, Document, Layer, Paragraph};

use crate::kinds::Kinds;

/// Adds the layer `paragraphs`.
pub struct ParagraphSplitter {
    kinds: Kinds,
}

impl ParagraphSplitter {
    /// The splitter with its data loaded.
    pub fn new() -> Self {
        Self { kinds: Kinds::new() }
    }
}

impl Default for ParagraphSplitter {
    fn default() -> Self {
        Self::new()
    }
}

impl Annotator for ParagraphSplitter {
    fn requires(&self) -> &'static [Layer] {
        &[]
    }

    fn provides(&self) -> &'static [Layer] {
        &[Layer::Paragraphs]
    }

    fn annotate(&self, document: &mut Document) -> Result<(), AnnotateError> {
        let text = document.text();
        let spans = split::split(text);
        let kinds = self.kinds.of(text, &spans);
        let paragraphs = spans.into_iter().zip(kinds).map(|(span, kind)| Paragraph { span, kind }).collect();
        document.set_paragraphs(paragraphs);
        Ok(())
    }
}
