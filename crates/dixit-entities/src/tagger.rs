//! The annotator of the layer `entities`.

use std::panic::resume_unwind;
use std::thread;

use dixit_document::{AnnotateError, Annotator, Document, Entity, EntityLabel, LanguageCode, Layer};
use dixit_text::{Span, within};
use rustc_hash::FxHashMap;

use crate::clusters::Clusters;
use crate::features::Memory;
use crate::lexicon::Lexicon;
use crate::model::{EntityModelError, LANGUAGES, Lessons, NameModel};
use crate::quantities::quantity;
use crate::words::Words;

/// How much more the votes for another label must weigh than those for a mention's own.
const MAJORITY: f32 = 1.5;

/// The lists of both languages: what sentences are described by, to learn from and to tag.
pub struct EntityLexicons([Lexicon; 2]);

/// Finds named entities: names by a trained model of the paragraph's language, and by their form the dates, times, amounts and
/// percentages that it leaves.
///
/// Paragraphs that are neither English nor French have none, nor have those of a language without a model.
pub struct EntityTagger {
    lexicons: EntityLexicons,
    models: [Option<NameModel>; 2],
}

impl EntityLexicons {
    /// The lists, loaded.
    pub fn new() -> Self {
        Self([Lexicon::english(), Lexicon::french()])
    }

    /// Adds the sentences of `document` to `lessons`; `gold` are its entities, in order, `labels` those that are learned, and
    /// `clusters` those of the language.
    ///
    /// # Errors
    /// If a layer is missing that [`EntityTagger`] requires.
    pub fn teach(
        &self,
        document: &Document,
        gold: &[(Span, EntityLabel)],
        labels: &[EntityLabel],
        clusters: &Clusters,
        lessons: &mut Lessons,
    ) -> Result<(), AnnotateError> {
        let sentences: Vec<Words<'_>> = self.sentences(document)?.into_iter().map(|(_, words)| words).collect();
        lessons.add(&sentences, &memory_of(sentences.iter()), clusters, gold, labels);
        Ok(())
    }

    /// The sentences of a document in our languages, each with the number of its language.
    fn sentences<'d>(&'d self, document: &'d Document) -> Result<Vec<(usize, Words<'d>)>, AnnotateError> {
        let (tokens, sentences) = (document.tokens()?, document.sentences()?);
        let mut all = Vec::with_capacity(sentences.len());
        for (paragraph, &language) in document.paragraphs()?.iter().zip(&document.language()?.paragraphs) {
            let Some(number) = LANGUAGES.iter().position(|&known| known == language) else { continue };
            for sentence in &sentences[within(sentences, paragraph.span)] {
                let spans = &tokens[within(tokens, *sentence)];
                all.push((number, Words::new(document.text(), spans, language, &self.0[number])));
            }
        }
        Ok(all)
    }
}

impl Default for EntityLexicons {
    fn default() -> Self {
        Self::new()
    }
}

impl EntityTagger {
    /// The tagger with the bytes of a model for each language.
    ///
    /// # Errors
    /// [`EntityModelError`] if the bytes are no model of entities.
    pub fn new(english: &[u8], french: &[u8]) -> Result<Self, EntityModelError> {
        thread::scope(|scope| {
            let french = scope.spawn(|| NameModel::from_bytes(french));
            let english = NameModel::from_bytes(english)?;
            let lexicons = EntityLexicons::new();
            let french = french.join().unwrap_or_else(|panic| resume_unwind(panic))?;
            Ok(Self { lexicons, models: [Some(english), Some(french)] })
        })
    }

    /// The tagger of one language alone.
    ///
    /// # Errors
    /// [`EntityModelError`] if the bytes are no model of entities.
    pub fn of_language(language: LanguageCode, model: &[u8]) -> Result<Self, EntityModelError> {
        let mut models = [None, None];
        if let Some(number) = LANGUAGES.iter().position(|&known| known == language) {
            models[number] = Some(NameModel::from_bytes(model)?);
        }
        Ok(Self { lexicons: EntityLexicons::new(), models })
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
        let sentences = self.lexicons.sentences(document)?;
        let memory = memory_of(sentences.iter().map(|(_, words)| words));
        let mut buffers =
            self.models.each_ref().map(|model| model.as_ref().map(NameModel::buffers).unwrap_or_default());
        let mut entities = Vec::new();
        for (number, words) in &sentences {
            let Some(model) = &self.models[*number] else { continue };
            let first = entities.len();
            model.tag(words, &memory, &mut buffers[*number], &mut entities);
            add_quantities(words, first, &mut entities);
        }
        for (model, buffers) in self.models.iter().zip(buffers) {
            if let Some(model) = model {
                model.give_back(buffers);
            }
        }
        agree(document.text(), &mut entities);
        document.set_entities(entities);
        Ok(())
    }
}

/// Gives every mention of the same words the label that most of them have, weighed by their scores: one sense per discourse (Gale et
/// al. 1992).
fn agree(text: &str, entities: &mut [Entity]) {
    let mut votes: FxHashMap<&str, Vec<(EntityLabel, f32)>> = FxHashMap::default();
    for entity in entities.iter() {
        let votes = votes.entry(entity.span.of(text)).or_default();
        match votes.iter_mut().find(|(label, _)| *label == entity.label) {
            Some((_, sum)) => *sum += entity.score,
            None => votes.push((entity.label, entity.score)),
        }
    }
    for entity in entities {
        let votes = &votes[entity.span.of(text)];
        let own = votes.iter().find(|(label, _)| *label == entity.label).map_or(0.0, |(_, sum)| *sum);
        if let Some(&(label, _)) = votes.iter().find(|(_, sum)| *sum > MAJORITY * own) {
            entity.label = label;
        }
    }
}

fn memory_of<'w, 'd: 'w>(sentences: impl Iterator<Item = &'w Words<'d>>) -> Memory {
    let mut memory = Memory::default();
    for words in sentences {
        memory.note(words, is_shouting(words));
    }
    memory
}

/// Adds the quantities of a sentence that no entity from `first` on overlaps, and puts these in order.
fn add_quantities(words: &Words<'_>, first: usize, entities: &mut Vec<Entity>) {
    let names = entities.len();
    let mut next = first;
    let mut index = 0;
    while index < words.len() {
        let Some((entity, end)) = quantity(words, index).filter(|(entity, _)| adds(words.language, entity.label))
        else {
            index += 1;
            continue;
        };
        while next < names && entities[next].span.end() <= entity.span.start() {
            next += 1;
        }
        // `US$40m` is an amount, whatever the model takes its `US$` for.
        let part = entities[next..names].iter().take_while(|name| name.span.overlaps(entity.span));
        let is_amount = entity.label == EntityLabel::Money
            && part.clone().count() == 1
            && part.clone().all(|name| name.label != EntityLabel::Money && entity.span.covers(name.span));
        if is_amount {
            entities[next] = entity;
            index = end;
            continue;
        }
        if next == names || !entities[next].span.overlaps(entity.span) {
            entities.push(entity);
        }
        index = end;
    }
    entities[first..].sort_by_key(|entity| entity.span);
}

/// Whether the rule of a label finds what the model of the language misses, more often than it is wrong. The French corpus leaves
/// days of the week alone, and its model knows dates as the corpus has them.
fn adds(language: LanguageCode, label: EntityLabel) -> bool {
    language != LanguageCode::Fr || label != EntityLabel::Date
}

/// Whether a sentence is in title case or in capitals, so that capitals say little.
pub(crate) fn is_shouting(words: &Words<'_>) -> bool {
    let letters = (0..words.len()).filter(|&index| words.surface(index).chars().count() > 3);
    let (all, capitals) =
        letters.fold((0, 0), |(all, capitals), index| (all + 1, capitals + usize::from(words.is_capital(index))));
    all >= 4 && capitals * 10 >= all * 7
}

#[cfg(test)]
mod tests {
    use dixit_document::{Language, Paragraph, ParagraphKind, Vocabulary as _};
    use dixit_tagger::{Settings, Trainer, TrainingState};

    use super::*;
    use crate::{model_bytes, tag_set};

    const LABELS: [EntityLabel; 2] = [EntityLabel::Person, EntityLabel::Location];

    /// A document of one sentence, whose words spaces separate.
    fn document(language: LanguageCode, text: &str) -> Document {
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
        document
    }

    /// A model that knows two people and two places.
    fn model() -> Vec<u8> {
        let (lexicons, mut lessons) = (EntityLexicons::new(), Lessons::default());
        for (person, place) in [("Tobias Amadi", "Abuja"), ("Grace Okon", "Lagos")] {
            for text in
                [format!("President {person} spoke in {place} today ."), format!("In {place} , {person} said no .")]
            {
                let at = |part: &str| Span::new(text.find(part).unwrap(), text.find(part).unwrap() + part.len());
                let mut gold = vec![(at(person), LABELS[0]), (at(place), LABELS[1])];
                gold.sort_by_key(|&(span, _)| span);
                lexicons
                    .teach(&document(LanguageCode::En, &text), &gold, &LABELS, &Clusters::default(), &mut lessons)
                    .unwrap();
            }
        }
        assert_eq!(lessons.misfits, 0);
        let settings = Settings { dropout: 0.0, minimum_count: 1, ..Settings::default() };
        let mut trainer = Trainer::new(tag_set(&LABELS), &lessons.sequences, settings);
        let mut state = TrainingState::default();
        for _ in 0..20 {
            trainer.epoch(&mut state, |_| true);
        }
        model_bytes(&Clusters::default(), &trainer.model())
    }

    fn tags(language: LanguageCode, text: &str) -> Vec<String> {
        let mut document = document(language, text);
        let model = model();
        EntityTagger::new(&model, &model).unwrap().annotate(&mut document).unwrap();
        let entities = document.entities().unwrap();
        entities
            .iter()
            .map(|entity| format!("{} {} {}", entity.by, entity.label.name(), entity.span.of(text)))
            .collect()
    }

    #[test]
    fn finds_names_by_the_model_and_quantities_by_rule() {
        let found = tags(LanguageCode::En, "President Tobias Amadi spoke in Lagos on 3 March 2021 .");
        assert_eq!(found, ["model PERSON Tobias Amadi", "model LOC Lagos", "rule:date DATE 3 March 2021"]);
    }

    #[test]
    fn trouve_les_montants_mais_pas_les_dates_que_le_modele_laisse() {
        let found = tags(LanguageCode::Fr, "Le samedi 1er mai 2021 , cela coûte 18,50 € .");
        assert!(found.contains(&"rule:money MONEY 18,50 €".to_owned()), "{found:?}");
        assert!(!found.iter().any(|entity| entity.starts_with("rule:date")), "{found:?}");
    }

    #[test]
    fn a_foreign_paragraph_has_no_entities() {
        assert!(tags(LanguageCode::Und, "El presidente Tobias Amadi .").is_empty());
    }

    #[test]
    fn an_entity_inside_a_word_is_counted_and_not_learned() {
        let mut lessons = Lessons::default();
        let gold = [(Span::new(0, 3), LABELS[1])];
        EntityLexicons::new()
            .teach(&document(LanguageCode::En, "Abuja spoke ."), &gold, &LABELS, &Clusters::default(), &mut lessons)
            .unwrap();
        assert_eq!((lessons.misfits, lessons.sequences[0].spans.len()), (1, 0));
    }

    #[test]
    fn an_entity_without_the_last_point_of_its_word_is_learned() {
        let mut lessons = Lessons::default();
        let gold = [(Span::new(0, 3), LABELS[1])];
        let document = document(LanguageCode::En, "U.S. troops left");
        EntityLexicons::new().teach(&document, &gold, &LABELS, &Clusters::default(), &mut lessons).unwrap();
        assert_eq!((lessons.misfits, lessons.sequences[0].spans.len()), (0, 1));
    }

    #[test]
    fn mentions_of_the_same_words_agree() {
        let text = "Mali Mali Mali";
        let entity = |start, label, score| Entity { span: Span::new(start, start + 4), label, score, by: "model" };
        let mut entities = vec![
            entity(0, EntityLabel::Location, 0.9),
            entity(5, EntityLabel::Organization, 0.4),
            entity(10, EntityLabel::Location, 0.8),
        ];
        agree(text, &mut entities);
        assert!(entities.iter().all(|entity| entity.label == EntityLabel::Location));
    }

    #[test]
    fn a_word_says_the_same_whenever_it_is_met() {
        let model = model();
        let tagger = EntityTagger::of_language(LanguageCode::En, &model).unwrap();
        let text = "President Tobias Amadi spoke in Lagos today .";
        let tags = || {
            let mut document = document(LanguageCode::En, text);
            tagger.annotate(&mut document).unwrap();
            let entities = document.entities().unwrap();
            entities.iter().map(|entity| (entity.span, entity.label, entity.score)).collect::<Vec<_>>()
        };
        let first = tags();
        assert_eq!(first.len(), 2);
        assert_eq!(tags(), first);
        let many: Vec<String> = (0..20_000).map(|number| format!("w{number:x}")).collect();
        tagger.annotate(&mut document(LanguageCode::En, &many.join(" "))).unwrap();
        assert_eq!(tags(), first);
    }

    #[test]
    fn refuses_what_is_no_model() {
        let error = EntityTagger::new(b"PK", b"PK").map(|_| ()).unwrap_err().to_string();
        assert_eq!(error, "not a model of entities, or one that is cut off at byte 2");
    }
}
