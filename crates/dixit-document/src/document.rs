//! The document: a text, verbatim, and its layers.

use dixit_text::Span;

use crate::{Entity, Language, LanguageCode, Layer, Paragraph, Position, ProfileLine, Quote, Speaker, Subwords};

/// A text and what is known about it.
///
/// The text never changes, so every span stays right. A layer that did not run is absent, which is not the same as empty:
/// reading one that is absent is a [`MissingLayer`].
#[derive(Clone, Debug)]
pub struct Document {
    id: String,
    text: String,
    paragraphs: Option<Vec<Paragraph>>,
    language: Option<Language>,
    sentences: Option<Vec<Span>>,
    tokens: Option<Vec<Span>>,
    subwords: Option<Subwords>,
    entities: Option<Vec<Entity>>,
    speakers: Option<Vec<Speaker>>,
    quotes: Option<Vec<Quote>>,
    positions: Option<Vec<Position>>,
    profile: Option<Vec<ProfileLine>>,
}

/// A layer was read that no stage before has added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the layer `{0}` is missing: no earlier stage has added it")]
pub struct MissingLayer(pub Layer);

/// A text of 4 GiB or more, which 32-bit offsets cannot address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text of `{id}` has {bytes} bytes; a document must be under 4 GiB")]
pub struct DocumentTooLong {
    /// The document's id.
    pub id: String,
    /// The length of its text.
    pub bytes: usize,
}

impl Document {
    /// A document without layers.
    ///
    /// # Errors
    /// [`DocumentTooLong`] if the text has 4 GiB or more.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Result<Self, DocumentTooLong> {
        let (id, text) = (id.into(), text.into());
        if u32::try_from(text.len()).is_err() {
            return Err(DocumentTooLong { id, bytes: text.len() });
        }
        Ok(Self {
            id,
            text,
            paragraphs: None,
            language: None,
            sentences: None,
            tokens: None,
            subwords: None,
            entities: None,
            speakers: None,
            quotes: None,
            positions: None,
            profile: None,
        })
    }

    /// The id, as the input gave it.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The whole text, verbatim.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of `span`.
    ///
    /// # Panics
    /// If the span is not one of this document's.
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// The language of the paragraph in which the byte at `offset` lies; between paragraphs, that of the next one.
    ///
    /// # Errors
    /// [`MissingLayer`] without paragraphs or language.
    pub fn language_at(&self, offset: usize) -> Result<LanguageCode, MissingLayer> {
        let language = self.language()?;
        let index = self.paragraphs()?.partition_point(|paragraph| paragraph.span.end() <= offset);
        Ok(language.paragraphs.get(index).copied().unwrap_or(language.code))
    }

    /// Whether `layer` has been added.
    pub fn has(&self, layer: Layer) -> bool {
        match layer {
            Layer::Paragraphs => self.paragraphs.is_some(),
            Layer::Language => self.language.is_some(),
            Layer::Sentences => self.sentences.is_some(),
            Layer::Tokens => self.tokens.is_some(),
            Layer::Subwords => self.subwords.is_some(),
            Layer::Entities => self.entities.is_some(),
            Layer::Speakers => self.speakers.is_some(),
            Layer::Quotes => self.quotes.is_some(),
            Layer::Positions => self.positions.is_some(),
            Layer::Profile => self.profile.is_some(),
        }
    }
}

/// Declares for each layer the method that reads it and the one that adds it.
macro_rules! layers {
    ($($(#[$doc:meta])* $read:ident, $add:ident: $field:ty => $view:ty, $layer:ident;)+) => {
        impl Document {
            $(
                $(#[$doc])*
                ///
                /// # Errors
                /// [`MissingLayer`] if no stage has added it.
                pub fn $read(&self) -> Result<&$view, MissingLayer> {
                    self.$read.as_ref().map(|layer| layer as &$view).ok_or(MissingLayer(Layer::$layer))
                }

                #[doc = concat!("Adds the layer that [`Document::", stringify!($read), "`] reads, in place of what was there.")]
                pub fn $add(&mut self, layer: $field) {
                    self.$read = Some(layer);
                }
            )+
        }
    };
}

layers! {
    /// The paragraphs, in the order of the text.
    paragraphs, set_paragraphs: Vec<Paragraph> => [Paragraph], Paragraphs;
    /// The language of the document and of each paragraph.
    language, set_language: Language => Language, Language;
    /// The sentences, in the order of the text; none crosses a paragraph.
    sentences, set_sentences: Vec<Span> => [Span], Sentences;
    /// The words and punctuation marks, in the order of the text; none crosses a sentence.
    tokens, set_tokens: Vec<Span> => [Span], Tokens;
    /// The pieces of a subword tokenizer.
    subwords, set_subwords: Subwords => Subwords, Subwords;
    /// The named entities, in the order of the text, without overlaps.
    entities, set_entities: Vec<Entity> => [Entity], Entities;
    /// Who is quoted, in the order in which they first speak.
    speakers, set_speakers: Vec<Speaker> => [Speaker], Speakers;
    /// The quotes, in the order of the text.
    quotes, set_quotes: Vec<Quote> => [Quote], Quotes;
    /// The positions, in the order of their quotes.
    positions, set_positions: Vec<Position> => [Position], Positions;
    /// Where each speaker stands, a line a speaker and topic, in the order in which they first take a position.
    profile, set_profile: Vec<ProfileLine> => [ProfileLine], Profile;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ParagraphKind, Vocabulary};

    #[test]
    fn a_layer_that_did_not_run_is_missing_and_not_empty() {
        let mut document = Document::new("a", "Talks.").expect("short");
        assert_eq!(document.tokens(), Err(MissingLayer(Layer::Tokens)));
        document.set_tokens(Vec::new());
        assert_eq!(document.tokens(), Ok(&[][..]));
        assert!(Layer::ALL.iter().all(|&layer| document.has(layer) == (layer == Layer::Tokens)));
    }

    #[test]
    fn knows_the_language_at_an_offset() {
        let mut document = Document::new("a", "Oui.\n\nYes.").expect("short");
        let paragraph = |start, end| Paragraph { span: Span::new(start, end), kind: ParagraphKind::Body };
        document.set_paragraphs(vec![paragraph(0, 4), paragraph(6, 10)]);
        let paragraphs = vec![LanguageCode::Fr, LanguageCode::En];
        document.set_language(Language { code: LanguageCode::Fr, confidence: 0.9, paragraphs });
        assert_eq!(document.language_at(3), Ok(LanguageCode::Fr));
        assert_eq!(document.language_at(4), Ok(LanguageCode::En));
        assert_eq!(document.language_at(10), Ok(LanguageCode::Fr));
    }
}
