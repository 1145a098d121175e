//! A document, the layers that annotators add to it, and the trait of what adds one.
//!
//! A [`Document`] owns a text, verbatim, and its layers. Each [`Annotator`] reads some layers and adds others, and says which.
//! All spans are UTF-8 bytes of the document's text. Nothing here knows a file format.

mod annotator;
mod document;
mod layers;
mod quotes;
mod vocabulary;

pub use crate::annotator::{AnnotateError, Annotator};
pub use crate::document::{Document, DocumentTooLong, MissingLayer};
pub use crate::layers::{Entity, EntityLabel, Language, LanguageCode, Layer, Paragraph, ParagraphKind, Subwords};
pub use crate::quotes::{Position, ProfileLine, Quote, QuoteType, Speaker, SpeakerKind, SpeakerLink, Stance};
pub use crate::vocabulary::{UnknownName, Vocabulary};
