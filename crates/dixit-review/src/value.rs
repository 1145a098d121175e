//! What an item of a record says, without what the program thinks of it: the thing that a person decides on.

use dixit_corpus::hexadecimal;
use dixit_document::{EntityLabel, QuoteType, Stance};
use dixit_record::{EntityRecord, Named, PositionRecord, QuoteRecord, Record, Stretch};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// An entity or a quote as it stands in the text, less ids, scores and what found it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    /// A named entity.
    Entity(EntityValue),
    /// An attribution.
    Quote(QuoteValue),
}

/// A named entity: where it stands and what it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntityValue {
    /// The span, with its text.
    pub span: StretchValue,
    /// What it is.
    pub label: Named<EntityLabel>,
}

/// An attribution: what is attributed, by which words, to whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuoteValue {
    /// How much of the content stands inside quotation marks.
    #[serde(rename = "type")]
    pub kind: Named<QuoteType>,
    /// What is attributed: at least one stretch, in the order of the text.
    pub content: Vec<StretchValue>,
    /// The words that attribute.
    pub cue: Option<StretchValue>,
    /// The mention of who is quoted.
    pub source: Option<StretchValue>,
    /// The name of who that is.
    pub speaker: Option<String>,
    /// Where the speaker stands; a topic has one.
    pub positions: Vec<PositionValue>,
}

/// A stance on a topic, with the words that tell it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PositionValue {
    /// The topic's name.
    pub topic: String,
    /// Where the speaker stands.
    pub stance: Named<Stance>,
    /// The words that tell.
    pub evidence: Vec<StretchValue>,
}

/// A span with the text that stands there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StretchValue {
    /// The first code point.
    pub start: u32,
    /// The code point after the last.
    pub end: u32,
    /// The text from `start` to `end`.
    pub text: String,
}

impl From<&Stretch<'_>> for StretchValue {
    fn from(stretch: &Stretch<'_>) -> Self {
        Self { start: stretch.start, end: stretch.end, text: stretch.text.to_string() }
    }
}

impl From<StretchValue> for Stretch<'_> {
    fn from(StretchValue { start, end, text }: StretchValue) -> Self {
        Stretch { start, end, text: text.into() }
    }
}

impl Value {
    /// What the entity says.
    pub fn of_entity(entity: &EntityRecord<'_>) -> Self {
        let span = StretchValue { start: entity.start, end: entity.end, text: entity.text.to_string() };
        Self::Entity(EntityValue { span, label: entity.label })
    }

    /// What the quote says.
    pub fn of_quote(quote: &QuoteRecord<'_>) -> Self {
        let position = |position: &PositionRecord<'_>| PositionValue {
            topic: position.topic.to_string(),
            stance: position.stance,
            evidence: position.evidence.iter().map(StretchValue::from).collect(),
        };
        Self::Quote(QuoteValue {
            kind: quote.kind,
            content: quote.content.iter().map(StretchValue::from).collect(),
            cue: quote.cue.as_ref().map(StretchValue::from),
            source: quote.source.as_ref().map(StretchValue::from),
            speaker: quote.speaker.as_ref().map(|speaker| speaker.name.to_string()),
            positions: quote.positions.iter().flatten().map(position).collect(),
        })
    }

    /// The SHA-256 of what it says, as 64 hexadecimal digits.
    ///
    /// # Panics
    /// Never: a value is always JSON.
    pub fn hash(&self) -> String {
        let json = serde_json::to_vec(self).expect("a value is always JSON");
        hexadecimal(Sha256::new_with_prefix(json))
    }

    /// The first code point of what it marks first.
    pub fn start(&self) -> u32 {
        match self {
            Self::Entity(entity) => entity.span.start,
            Self::Quote(quote) => quote.content.first().map_or(0, |stretch| stretch.start),
        }
    }

    /// All the stretches of text that it names.
    pub fn stretches(&self) -> Vec<&StretchValue> {
        match self {
            Self::Entity(entity) => vec![&entity.span],
            Self::Quote(quote) => {
                let evidence = quote.positions.iter().flat_map(|position| &position.evidence);
                quote.content.iter().chain(&quote.cue).chain(&quote.source).chain(evidence).collect()
            }
        }
    }
}

/// A text as code points, to cut stretches of.
pub struct CodePoints(Vec<char>);

impl CodePoints {
    /// The code points of a text.
    pub fn new(text: &str) -> Self {
        Self(text.chars().collect())
    }

    /// The characters of the text.
    pub(crate) fn characters(&self) -> &[char] {
        &self.0
    }

    /// The stretch from `start` to `end`; `None` where that is empty or beyond the text.
    pub fn cut(&self, start: u32, end: u32) -> Option<StretchValue> {
        let characters = self.0.get(start as usize..end as usize).filter(|characters| !characters.is_empty())?;
        Some(StretchValue { start, end, text: characters.iter().collect() })
    }

    /// Whether every stretch of the value is what stands in the text there.
    pub fn fit(&self, value: &Value) -> bool {
        let fits = |stretch: &&StretchValue| {
            let characters = self.0.get(stretch.start as usize..stretch.end as usize);
            characters.is_some_and(|characters| characters.iter().copied().eq(stretch.text.chars()))
        };
        value.stretches().iter().all(fits) && !matches!(value, Value::Quote(quote) if quote.content.is_empty())
    }
}

/// The SHA-256 of a text.
pub(crate) fn text_hash(text: &str) -> String {
    hexadecimal(Sha256::new_with_prefix(text))
}

/// The SHA-256 of an article: its text and all that its items say. Scores and ids are no part of it.
pub(crate) fn article_hash(record: &Record<'_>) -> String {
    let mut hasher = Sha256::new();
    hasher.update(text_hash(&record.text));
    for entity in record.entities.iter().flatten() {
        hasher.update(Value::of_entity(entity).hash());
    }
    for quote in record.quotes.iter().flatten() {
        hasher.update(Value::of_quote(quote).hash());
    }
    hexadecimal(hasher)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::{ENGLISH, FRENCH};

    #[test]
    fn the_hash_is_of_what_an_item_says_and_not_of_its_score_or_id() {
        let record = Record::from_json(&ENGLISH).unwrap();
        let mut entity = record.entities.as_ref().unwrap()[0].clone();
        let before = Value::of_entity(&entity).hash();
        (entity.score, entity.id, entity.by) = (0.1, "e9".into(), "rule".into());
        assert_eq!(Value::of_entity(&entity).hash(), before);
        entity.end -= 1;
        assert_ne!(Value::of_entity(&entity).hash(), before);
    }

    #[test]
    fn values_fit_their_own_text_and_no_other() {
        let (english, french) = (Record::from_json(&ENGLISH).unwrap(), Record::from_json(&FRENCH).unwrap());
        let value = Value::of_quote(&french.quotes.as_ref().unwrap()[0]);
        assert!(CodePoints::new(&french.text).fit(&value));
        assert!(!CodePoints::new(&english.text).fit(&value));
        assert_eq!(value, serde_json::from_str(&serde_json::to_string(&value).unwrap()).unwrap());
    }

    #[test]
    fn cuts_by_code_points_and_never_beyond_the_text() {
        let stretches = CodePoints::new("🤝 été");
        assert_eq!(stretches.cut(2, 4).unwrap().text, "ét");
        assert!(stretches.cut(2, 2).is_none() && stretches.cut(3, 2).is_none() && stretches.cut(0, 9).is_none());
    }
}
