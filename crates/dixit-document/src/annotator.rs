//! The trait of what adds a layer.

use std::error::Error;

use crate::{Document, Layer, MissingLayer};

/// Reads some layers of a document and adds others.
///
/// One annotator serves all threads: it is built once and keeps no state between documents, so that a document's layers depend
/// on nothing but its text.
pub trait Annotator: Send + Sync {
    /// The layers that must be there before.
    fn requires(&self) -> &'static [Layer];

    /// The layers that are there afterwards, found or empty.
    fn provides(&self) -> &'static [Layer];

    /// Adds the layers.
    ///
    /// # Errors
    /// [`AnnotateError`], which fails this document and no other.
    fn annotate(&self, document: &mut Document) -> Result<(), AnnotateError>;
}

/// Why an annotator failed on a document.
#[derive(Debug, thiserror::Error)]
pub enum AnnotateError {
    /// A layer that it reads is not there.
    #[error(transparent)]
    MissingLayer(#[from] MissingLayer),
    /// What it calls failed.
    #[error("the annotator failed")]
    Failed(#[source] Box<dyn Error + Send + Sync>),
}
