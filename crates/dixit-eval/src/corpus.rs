//! Reads what is compared: JSON lines of a corpus or of records, CoNLL-U, or lines of a language and a text.

use std::collections::HashMap;
use std::io::{self, BufRead};
use std::path::Path;

use dixit_record::{GoldDocument, GoldError, GoldLanguage};

use crate::conllu;

/// Documents in their order, each with another id.
#[derive(Debug, Default)]
pub struct Corpus {
    pub(crate) documents: Vec<GoldDocument>,
    places: HashMap<String, usize>,
}

/// Why a file cannot be compared.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// The system refuses, or the bytes are not UTF-8.
    #[error("could not read line {line}")]
    Read {
        /// The line, from 1.
        line: u64,
        /// The cause.
        source: io::Error,
    },
    /// A line of JSON is no document, or marks what is not in its text.
    #[error("line {line}: {source}")]
    Gold {
        /// The line, from 1.
        line: u64,
        /// The cause.
        source: GoldError,
    },
    /// A line is not of its format.
    #[error("line {line}: {wanted}")]
    Line {
        /// The line, from 1.
        line: u64,
        /// What should stand there.
        wanted: &'static str,
    },
    /// An id that an earlier line has.
    #[error("line {line}: the id `{id}` is there already; give each document its own")]
    RepeatedId {
        /// The line, from 1.
        line: u64,
        /// The id.
        id: String,
    },
}

impl Corpus {
    /// Reads `input`; the extension of `path` tells the form: `.conllu`, `.tsv`, else JSON lines.
    ///
    /// # Errors
    /// [`CorpusError`] at the first line that is not of the form.
    pub fn read(path: &Path, input: impl BufRead) -> Result<Self, CorpusError> {
        let form = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let lines = input.lines().zip(1..).map(|(text, line)| match text {
            Ok(text) => Ok((line, text)),
            Err(source) => Err(CorpusError::Read { line, source }),
        });
        let mut corpus = Self::default();
        match form {
            "conllu" => {
                for document in conllu::read(lines)? {
                    corpus.add(0, document)?;
                }
            }
            "tsv" => lines.into_iter().try_for_each(|line| line.and_then(|line| corpus.add_language(&line)))?,
            _ => lines.into_iter().try_for_each(|line| line.and_then(|line| corpus.add_json(&line)))?,
        }
        Ok(corpus)
    }

    /// The documents' ids and texts, to annotate: JSON lines of `id` and `text`.
    pub fn texts(&self) -> impl Iterator<Item = String> {
        let line = |document: &GoldDocument| serde_json::json!({"id": document.id, "text": document.text}).to_string();
        self.documents.iter().map(line)
    }

    /// The number of documents.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether there is no document.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// The document of that id.
    pub(crate) fn get(&self, id: &str) -> Option<&GoldDocument> {
        self.places.get(id).map(|&place| &self.documents[place])
    }

    fn add_json(&mut self, (line, text): &(u64, String)) -> Result<(), CorpusError> {
        if text.trim().is_empty() {
            return Ok(());
        }
        let document = GoldDocument::from_json(text).and_then(|document| document.check().map(|()| document));
        self.add(*line, document.map_err(|source| CorpusError::Gold { line: *line, source })?)
    }

    /// A code, a tab, a text; the id is the number of the line.
    fn add_language(&mut self, (line, text): &(u64, String)) -> Result<(), CorpusError> {
        let wanted = "a language code, a tab and a text are wanted";
        let (code, text) = text.split_once('\t').ok_or(CorpusError::Line { line: *line, wanted })?;
        let language = Some(GoldLanguage { code: code.to_owned() });
        self.add(
            *line,
            GoldDocument { id: line.to_string(), text: text.to_owned(), language, ..GoldDocument::default() },
        )
    }

    fn add(&mut self, line: u64, document: GoldDocument) -> Result<(), CorpusError> {
        if self.places.insert(document.id.clone(), self.documents.len()).is_some() {
            return Err(CorpusError::RepeatedId { line, id: document.id });
        }
        self.documents.push(document);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(path: &str, text: &str) -> String {
        Corpus::read(Path::new(path), text.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn reads_languages_with_the_line_as_id() {
        let corpus = Corpus::read(Path::new("a.tsv"), "fr\tOui.\nde\tJa.\n".as_bytes()).unwrap();
        assert_eq!((corpus.len(), corpus.get("2").unwrap().text.as_str()), (2, "Ja."));
        assert_eq!(corpus.texts().next().unwrap(), r#"{"id":"1","text":"Oui."}"#);
    }

    #[test]
    fn names_the_line_of_what_is_wrong() {
        assert!(
            error("a.jsonl", "{\"id\":1,\"text\":\"\"}\nno json\n").starts_with("line 2: not a document of a corpus: ")
        );
        assert_eq!(
            error("a.jsonl", r#"{"id":"a","text":"Oui","tokens":[[0,4]]}"#),
            "line 1: the token 0..4 of `a` is not a span of its text"
        );
        let twice = "{\"id\":\"a\",\"text\":\"\"}\n\n{\"id\":\"a\",\"text\":\"\"}";
        assert_eq!(error("a.jsonl", twice), "line 3: the id `a` is there already; give each document its own");
        assert_eq!(error("a.tsv", "fr Oui"), "line 1: a language code, a tab and a text are wanted");
        assert_eq!(error("a.conllu", "1\tOui\n"), "line 1: a word with ten columns is wanted");
    }
}
