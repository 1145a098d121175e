//! Documents with gold entities, cut into words as the pipeline does.

use dixit_document::{AnnotateError, Annotator as _, Document, EntityLabel, Language, LanguageCode, Vocabulary as _};
use dixit_paragraphs::ParagraphSplitter;
use dixit_record::{GoldDocument, GoldError};
use dixit_text::Span;
use dixit_tokens::Tokenizer;

/// What corpora call labels that we call otherwise.
const SYNONYMS: [(&str, EntityLabel); 11] = [
    ("Date", EntityLabel::Date),
    ("Event", EntityLabel::Event),
    ("Facility", EntityLabel::Facility),
    ("Hour", EntityLabel::Time),
    ("Location", EntityLabel::Location),
    ("Misc", EntityLabel::Misc),
    ("Money", EntityLabel::Money),
    ("Organization", EntityLabel::Organization),
    ("PER", EntityLabel::Person),
    ("Person", EntityLabel::Person),
    ("Product", EntityLabel::Product),
];

/// Documents of one language with their entities.
#[derive(Default)]
pub struct EntityCorpus {
    pub(crate) documents: Vec<(Document, Vec<(Span, EntityLabel)>)>,
}

/// Why a line of a corpus cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// It is not of the form.
    #[error(transparent)]
    Gold(#[from] GoldError),
    /// A label that is not known.
    #[error("the label `{0}` is not known")]
    Label(String),
    /// A language that is not known.
    #[error(transparent)]
    Language(#[from] dixit_document::UnknownName),
    /// The text cannot be cut into words.
    #[error("could not cut the text into words")]
    Words(#[from] AnnotateError),
    /// The text is too long.
    #[error(transparent)]
    TooLong(#[from] dixit_document::DocumentTooLong),
}

impl EntityCorpus {
    /// Adds the document of a line of JSON if it is of `language`.
    ///
    /// # Errors
    /// [`CorpusError`].
    pub fn add(&mut self, line: &str, language: LanguageCode) -> Result<(), CorpusError> {
        let gold = GoldDocument::from_json(line)?;
        if gold.lang.as_deref() == Some(language.name()) { self.add_as(gold, language) } else { Ok(()) }
    }

    /// Adds the document of a line of JSON if it is of another language, cut into words as if it were of `language`.
    ///
    /// # Errors
    /// [`CorpusError`].
    pub fn add_other(&mut self, line: &str, language: LanguageCode) -> Result<(), CorpusError> {
        let gold = GoldDocument::from_json(line)?;
        if gold.lang.as_deref() == Some(language.name()) { Ok(()) } else { self.add_as(gold, language) }
    }

    fn add_as(&mut self, gold: GoldDocument, language: LanguageCode) -> Result<(), CorpusError> {
        let spans = gold.spans()?.into_iter().map(|(span, label)| Ok((span, label_of(label)?)));
        let spans = spans.collect::<Result<Vec<_>, CorpusError>>()?;
        let mut document = Document::new(gold.id, gold.text)?;
        ParagraphSplitter::new().annotate(&mut document)?;
        let paragraphs = vec![language; document.paragraphs().map_or(0, <[_]>::len)];
        document.set_language(Language { code: language, confidence: 1.0, paragraphs });
        Tokenizer::new().annotate(&mut document)?;
        self.documents.push((document, spans));
        Ok(())
    }

    /// The number of documents.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether there is no document.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// The labels that are used, in the order of the vocabulary.
    pub(crate) fn labels(&self) -> Vec<EntityLabel> {
        let used =
            |label: &EntityLabel| self.documents.iter().flat_map(|(_, gold)| gold).any(|(_, other)| other == label);
        EntityLabel::ALL.iter().copied().filter(used).collect()
    }
}

fn label_of(name: &str) -> Result<EntityLabel, CorpusError> {
    let synonym = SYNONYMS.iter().find(|(known, _)| *known == name).map(|&(_, label)| label);
    synonym.or_else(|| EntityLabel::from_name(name).ok()).ok_or_else(|| CorpusError::Label(name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_labels_of_every_corpus_and_passes_over_other_languages() {
        let mut corpus = EntityCorpus::default();
        let line = |lang, label| {
            format!(
                r#"{{"id":"a","lang":"{lang}","text":"Mali","entities":[{{"start":0,"end":4,"label":"{label}"}}]}}"#
            )
        };
        corpus.add(&line("en", "Location"), LanguageCode::En).unwrap();
        corpus.add(&line("en", "PER"), LanguageCode::En).unwrap();
        corpus.add(&line("fr", "Hour"), LanguageCode::En).unwrap();
        assert_eq!((corpus.len(), corpus.labels()), (2, vec![EntityLabel::Person, EntityLabel::Location]));
        let error = corpus.add(&line("en", "Planet"), LanguageCode::En).unwrap_err().to_string();
        assert_eq!(error, "the label `Planet` is not known");
    }
}
