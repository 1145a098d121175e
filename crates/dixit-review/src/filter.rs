//! Which articles are shown, and what of them: one filter for the terminal, the report and the page.

use dixit_document::{EntityLabel, LanguageCode, Stance};
use dixit_record::{EntityRecord, QuoteRecord, Record};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// What the user wants to see. An empty list lets everything pass.
///
/// An article is shown if every filter that is given finds something in it. Labels choose among its entities, speakers and
/// stances among its quotes, scores among both.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Languages of articles.
    pub languages: Vec<LanguageCode>,
    /// Ids of articles.
    pub ids: Vec<String>,
    /// Words that the text must have, whatever their case and accents.
    pub grep: Option<String>,
    /// Labels of entities.
    pub labels: Vec<EntityLabel>,
    /// Parts of speakers' names, whatever their case and accents.
    pub speakers: Vec<String>,
    /// Stances that a quote takes on any topic.
    pub stances: Vec<Stance>,
    /// The lowest score of an entity or quote.
    pub min_score: Option<f32>,
    /// The highest score of an entity or quote.
    pub max_score: Option<f32>,
}

/// What of a record passed a filter: indices into its layers, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Into `entities`.
    pub entities: Vec<usize>,
    /// Into `quotes`.
    pub quotes: Vec<usize>,
}

impl Selection {
    /// The chosen entities, each with its index.
    pub(crate) fn entities_of<'r>(
        &self,
        record: &'r Record<'_>,
    ) -> impl Iterator<Item = (usize, &'r EntityRecord<'r>)> {
        self.entities.iter().filter_map(|&index| Some((index, record.entities.as_ref()?.get(index)?)))
    }

    /// The chosen quotes, each with its index.
    pub(crate) fn quotes_of<'r>(&self, record: &'r Record<'_>) -> impl Iterator<Item = (usize, &'r QuoteRecord<'r>)> {
        self.quotes.iter().filter_map(|&index| Some((index, record.quotes.as_ref()?.get(index)?)))
    }
}

impl Filter {
    /// What of the record is shown; `None` if the record is not.
    pub fn select(&self, record: &Record<'_>) -> Option<Selection> {
        if !self.takes_article(record) {
            return None;
        }
        let chosen = Selection {
            entities: indices(record.entities.as_deref(), |entity| self.takes_entity(entity)),
            quotes: indices(record.quotes.as_deref(), |quote| self.takes_quote(quote)),
        };
        let lacks_entity = !self.labels.is_empty() && chosen.entities.is_empty();
        let lacks_quote = !(self.speakers.is_empty() && self.stances.is_empty()) && chosen.quotes.is_empty();
        let by_score = self.min_score.is_some() || self.max_score.is_some();
        let lacks_score = by_score && chosen.entities.is_empty() && chosen.quotes.is_empty();
        (!lacks_entity && !lacks_quote && !lacks_score).then_some(chosen)
    }

    fn takes_article(&self, record: &Record<'_>) -> bool {
        let language = record.language.as_ref().map(|language| language.code.0);
        (self.languages.is_empty() || language.is_some_and(|code| self.languages.contains(&code)))
            && (self.ids.is_empty() || self.ids.iter().any(|id| *id == record.id))
            && self.grep.as_ref().is_none_or(|words| folded(&record.text).contains(&folded(words)))
    }

    fn takes_entity(&self, entity: &EntityRecord<'_>) -> bool {
        (self.labels.is_empty() || self.labels.contains(&entity.label.0)) && self.takes_score(entity.score)
    }

    fn takes_quote(&self, quote: &QuoteRecord<'_>) -> bool {
        let name = quote.speaker.as_ref().map(|speaker| folded(&speaker.name));
        let is_by = |part: &String| name.as_ref().is_some_and(|name| name.contains(&folded(part)));
        let mut stances = quote.positions.iter().flatten().map(|position| position.stance.0);
        (self.speakers.is_empty() || self.speakers.iter().any(is_by))
            && (self.stances.is_empty() || stances.any(|stance| self.stances.contains(&stance)))
            && self.takes_score(quote.score)
    }

    fn takes_score(&self, score: f32) -> bool {
        self.min_score.is_none_or(|lowest| score >= lowest) && self.max_score.is_none_or(|highest| score <= highest)
    }
}

fn indices<T>(items: Option<&[T]>, takes: impl Fn(&T) -> bool) -> Vec<usize> {
    items.into_iter().flatten().enumerate().filter(|(_, item)| takes(item)).map(|(index, _)| index).collect()
}

/// The text in lower case and without accents, to compare what people type.
fn folded(text: &str) -> String {
    text.nfd().filter(|&character| !is_combining_mark(character)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::{ENGLISH, FRENCH};

    fn chosen(filter: &Filter, line: &str) -> Option<(Vec<usize>, Vec<usize>)> {
        let record = Record::from_json(line).unwrap();
        filter.select(&record).map(|selection| (selection.entities, selection.quotes))
    }

    #[test]
    fn without_filters_everything_is_shown() {
        assert_eq!(chosen(&Filter::default(), &ENGLISH), Some((vec![0, 1], vec![0, 1])));
    }

    #[test]
    fn a_label_chooses_entities_and_leaves_quotes() {
        let filter = Filter { labels: vec![EntityLabel::Location], ..Filter::default() };
        assert_eq!(chosen(&filter, &ENGLISH), Some((vec![1], vec![0, 1])));
        assert_eq!(chosen(&filter, &FRENCH), None);
    }

    #[test]
    fn speakers_and_text_are_found_whatever_their_accents() {
        let by = |name: &str| Filter { speakers: vec![name.to_owned()], ..Filter::default() };
        assert_eq!(chosen(&by("lea martin"), &FRENCH), Some((vec![0], vec![0])));
        assert_eq!(chosen(&by("LÉA"), &ENGLISH), None);
        let with = |words: &str| Filter { grep: Some(words.to_owned()), ..Filter::default() };
        assert!(chosen(&with("prets A dialoguer"), &FRENCH).is_some());
        assert!(chosen(&with("prets A dialoguer"), &ENGLISH).is_none());
    }

    #[test]
    fn stances_scores_languages_and_ids_each_must_find_something() {
        let filter = |stance, max_score| Filter { stances: vec![stance], max_score, ..Filter::default() };
        assert_eq!(chosen(&filter(Stance::Support, None), &ENGLISH), Some((vec![0, 1], vec![0])));
        assert_eq!(chosen(&filter(Stance::Oppose, None), &ENGLISH), None);
        assert_eq!(chosen(&filter(Stance::Support, Some(0.5)), &ENGLISH), None);
        let low = Filter { max_score: Some(0.5), ..Filter::default() };
        assert_eq!(chosen(&low, &ENGLISH), Some((vec![1], vec![])));
        let french =
            Filter { languages: vec![LanguageCode::Fr], ids: vec!["pourparlers".to_owned()], ..Filter::default() };
        assert!(chosen(&french, &FRENCH).is_some() && chosen(&french, &ENGLISH).is_none());
    }
}
