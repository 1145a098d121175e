//! The annotator of the layer `entities`.

use dixit_document::{AnnotateError, Annotator, Document, Entity, LanguageCode, Layer};
use dixit_text::within;

use crate::lexicon::Lexicon;
use crate::names::{Memory, name_at};
use crate::quantities::quantity;
use crate::words::Words;

/// How often a document is read: the second time with what the first has found.
const PASSES: usize = 2;

/// Finds named entities by rule and list, in two passes: the second knows what the first has found elsewhere in the document.
///
/// Paragraphs that are neither English nor French have none.
pub struct EntityTagger {
    english: Lexicon,
    french: Lexicon,
}

impl EntityTagger {
    /// The tagger with its data loaded.
    pub fn new() -> Self {
        Self { english: Lexicon::english(), french: Lexicon::french() }
    }

    /// The sentences of a document, in the languages that are tagged.
    fn sentences<'d>(&'d self, document: &'d Document) -> Result<Vec<Words<'d>>, AnnotateError> {
        let (tokens, sentences) = (document.tokens()?, document.sentences()?);
        let mut all = Vec::with_capacity(sentences.len());
        for (paragraph, &language) in document.paragraphs()?.iter().zip(&document.language()?.paragraphs) {
            let lexicon = match language {
                LanguageCode::En => &self.english,
                LanguageCode::Fr => &self.french,
                LanguageCode::Und => continue,
            };
            for sentence in &sentences[within(sentences, paragraph.span)] {
                let spans = &tokens[within(tokens, *sentence)];
                all.push(Words::new(document.text(), spans, language, lexicon));
            }
        }
        Ok(all)
    }
}

impl Default for EntityTagger {
    fn default() -> Self {
        Self::new()
    }
}

impl Annotator for EntityTagger {
    fn requires(&self) -> &'static [Layer] {
        &[Layer::Paragraphs, Layer::Language, Layer::Sentences, Layer::Tokens]
    }

    fn provides(&self) -> &'static [Layer] {
        &[Layer::Entities]
    }

    fn annotate(&self, document: &mut Document) -> Result<(), AnnotateError> {
        let sentences = self.sentences(document)?;
        let mut memory = Memory::default();
        for words in &sentences {
            memory.note_case(words, is_shouting(words));
        }
        let mut entities = Vec::new();
        for _ in 0..PASSES {
            entities.clear();
            for words in &sentences {
                tag(words, &mut memory, &mut entities);
            }
        }
        document.set_entities(entities);
        Ok(())
    }
}

/// Adds the entities of a sentence to `entities`, and what it says of names to `memory`.
fn tag(words: &Words<'_>, memory: &mut Memory, entities: &mut Vec<Entity>) {
    let shouting = is_shouting(words);
    let mut index = 0;
    while index < words.len() {
        if let Some((entity, end)) = quantity(words, index) {
            entities.push(entity);
            index = end;
        } else if let Some(name) = name_at(words, index, memory, shouting) {
            index = name.words.end;
            memory.note(words, &name);
            entities.push(name.into_entity(words));
        } else {
            index += 1;
        }
    }
}

/// Whether a sentence is in title case or in capitals, so that capitals say little.
fn is_shouting(words: &Words<'_>) -> bool {
    let letters = (0..words.len()).filter(|&index| words.surface(index).chars().count() > 3);
    let (all, capitals) =
        letters.fold((0, 0), |(all, capitals), index| (all + 1, capitals + usize::from(words.is_capital(index))));
    all >= 4 && capitals * 10 >= all * 7
}

#[cfg(test)]
mod tests {
    use dixit_document::{Language, Paragraph, ParagraphKind, Vocabulary};
    use dixit_text::Span;

    use super::*;

    /// Tags words that are separated by spaces, one sentence.
    fn tags(language: LanguageCode, text: &str) -> Vec<String> {
        let mut document = Document::new("a", text).unwrap();
        let whole = Span::new(0, text.len());
        document.set_paragraphs(vec![Paragraph { span: whole, kind: ParagraphKind::Body }]);
        document.set_language(Language { code: language, confidence: 1.0, paragraphs: vec![language] });
        document.set_sentences(vec![whole]);
        let mut start = 0;
        let tokens = text.split(' ').map(|word| {
            let span = Span::new(start, start + word.len());
            start += word.len() + 1;
            span
        });
        document.set_tokens(tokens.collect());
        EntityTagger::new().annotate(&mut document).unwrap();
        let entities = document.entities().unwrap();
        entities.iter().map(|entity| format!("{} {}", entity.label.name(), entity.span.of(text))).collect()
    }

    #[test]
    fn finds_names_of_every_sort() {
        let text = "On Monday President Tobias Amadi of Nigeria met the Ministry of Defence in Abuja , and Amadi spoke to French soldiers .";
        let wanted = [
            "DATE Monday",
            "PERSON Tobias Amadi",
            "LOC Nigeria",
            "ORG Ministry of Defence",
            "LOC Abuja",
            "PERSON Amadi",
            "NORP French",
        ];
        assert_eq!(tags(LanguageCode::En, text), wanted);
    }

    #[test]
    fn trouve_les_noms_de_toute_sorte() {
        let text = "Le ministre Jean-Marc Diallo a quitté le ministère de l' Intérieur à Bamako avec des soldats du Mali , selon l' ONU .";
        let wanted = ["PERSON Jean-Marc Diallo", "ORG ministère de l' Intérieur", "LOC Bamako", "LOC Mali", "ORG ONU"];
        assert_eq!(tags(LanguageCode::Fr, text), wanted);
    }

    #[test]
    fn finds_dates_times_money_and_percentages() {
        let text =
            "On 3 March 2021 at 5 p.m. it paid $ 1.5 billion , or 3.5 % of 20 million euros , to 2000 soldiers .";
        assert_eq!(
            tags(LanguageCode::En, text),
            ["DATE 3 March 2021", "TIME 5 p.m.", "MONEY $ 1.5 billion", "PERCENT 3.5 %", "MONEY 20 million euros"]
        );
        let texte = "Le samedi 1er mai 2021 à 14h30 , il coûte 18,50 € , soit 12 pour cent de 10 millions d' euros .";
        assert_eq!(
            tags(LanguageCode::Fr, texte),
            [
                "DATE samedi 1er mai 2021",
                "TIME 14h30",
                "MONEY 18,50 €",
                "PERCENT 12 pour cent",
                "MONEY 10 millions d' euros"
            ]
        );
    }

    #[test]
    fn a_foreign_paragraph_has_no_entities() {
        assert!(tags(LanguageCode::Und, "El presidente de México habló el lunes .").is_empty());
    }
}
