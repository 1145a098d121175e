//! Paragraphs, sentences and words of English and French.
