//! The language of documents and paragraphs: English, French or neither.
