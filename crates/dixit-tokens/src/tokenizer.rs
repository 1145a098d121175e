//! The annotator of the layers `tokens` and `sentences`.

use dixit_document::{AnnotateError, Annotator, Document, LanguageCode, Layer};

use crate::english::EnglishWords;
use crate::french::FrenchWords;
use crate::lexicon::{English, French, Lexicon};
use crate::neutral::NeutralWords;
use crate::scanner::{Dialect, scan};
use crate::sentences::Paragraph;

/// Cuts each paragraph into words and sentences by the rules of its language.
///
/// A paragraph that is neither English nor French is cut at white space and marks, and knows no abbreviations but initials.
///
/// Tokens hold no white space, but for the spaces inside a French number (`10 000`); every other character of a paragraph stands
/// in exactly one token. Tokens do not cross sentences, nor sentences paragraphs.
pub struct Tokenizer {
    english_lexicon: Lexicon,
    english: English,
    french_lexicon: Lexicon,
    french: French,
    neutral_lexicon: Lexicon,
}

impl Tokenizer {
    /// The tokenizer with its data loaded.
    pub fn new() -> Self {
        Self {
            english_lexicon: Lexicon::english(),
            english: English::new(),
            french_lexicon: Lexicon::french(),
            french: French::new(),
            neutral_lexicon: Lexicon::default(),
        }
    }
}

impl Default for Tokenizer {
    fn default() -> Self {
        Self::new()
    }
}

impl Annotator for Tokenizer {
    fn requires(&self) -> &'static [Layer] {
        &[Layer::Paragraphs, Layer::Language]
    }

    fn provides(&self) -> &'static [Layer] {
        &[Layer::Sentences, Layer::Tokens]
    }

    fn annotate(&self, document: &mut Document) -> Result<(), AnnotateError> {
        let english = EnglishWords { lexicon: &self.english_lexicon, english: &self.english };
        let french = FrenchWords { lexicon: &self.french_lexicon, french: &self.french };
        let neutral = NeutralWords { lexicon: &self.neutral_lexicon };
        let text = document.text();
        let languages = document.language()?;
        let mut tokens = Vec::with_capacity(text.len() / 5);
        let mut sentences = Vec::with_capacity(text.len() / 100);
        for (index, paragraph) in document.paragraphs()?.iter().enumerate() {
            let language = languages.paragraphs.get(index).copied().unwrap_or(languages.code);
            let dialect: &dyn Dialect = match language {
                LanguageCode::En => &english,
                LanguageCode::Fr => &french,
                LanguageCode::Und => &neutral,
            };
            let first = tokens.len();
            scan(text, paragraph.span, dialect, &mut tokens);
            let (span, lexicon) = (paragraph.span, dialect.lexicon());
            Paragraph { text, span, tokens: &tokens[first..], lexicon, language }.cut(&mut sentences);
        }
        document.set_tokens(tokens);
        document.set_sentences(sentences);
        Ok(())
    }
}
