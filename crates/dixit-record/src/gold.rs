//! What people have marked in documents of corpora: to learn from, and to measure by. Annotated records are read in the same way.

use serde::{Deserialize, Deserializer};

use dixit_text::{OffsetMap, Span, Unit};

/// A document of a corpus, or a record read as one. Offsets are code points, end exclusive. An absent layer is `None`.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct GoldDocument {
    /// The id; a number in JSON is taken as its digits.
    #[serde(deserialize_with = "id")]
    pub id: String,
    /// The language that a corpus gives, `en` or `fr`.
    pub lang: Option<String>,
    /// The text.
    pub text: String,
    /// Whether the corpus knows no labels besides PER, LOC, ORG and MISC.
    #[serde(default)]
    pub four_class: bool,
    /// The entities.
    pub entities: Option<Vec<GoldEntity>>,
    /// The quotes.
    pub quotes: Option<Vec<GoldQuote>>,
    /// Attributions that say nothing about who speaks.
    pub attributions: Option<Vec<GoldQuote>>,
    /// The words and punctuation marks.
    pub tokens: Option<Vec<GoldSpan>>,
    /// The sentences.
    pub sentences: Option<Vec<GoldSpan>>,
    /// The paragraphs.
    pub paragraphs: Option<Vec<GoldParagraph>>,
    /// The language that a record gives.
    pub language: Option<GoldLanguage>,
}

/// An entity of a corpus.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldEntity {
    /// The first code point.
    pub start: u32,
    /// The code point after the last.
    pub end: u32,
    /// The corpus's own name of the label.
    pub label: String,
    /// Whether it stands inside another.
    #[serde(default)]
    pub nested: bool,
    /// The probability that a program gives it.
    pub score: Option<f32>,
}

/// A paragraph.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldParagraph {
    /// The first code point.
    pub start: u32,
    /// The code point after the last.
    pub end: u32,
    /// What it is to the article.
    pub kind: String,
}

/// A quote or an attribution of a corpus.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct GoldQuote {
    /// What is attributed.
    #[serde(default, alias = "spans")]
    pub content: Vec<GoldSpan>,
    /// The words that attribute, in one stretch or more.
    #[serde(default, deserialize_with = "mention")]
    pub cue: Vec<GoldSpan>,
    /// The mention of who is quoted, in one stretch or more.
    #[serde(default, deserialize_with = "mention")]
    pub source: Vec<GoldSpan>,
    /// Who that is.
    pub speaker: Option<GoldSpeaker>,
    /// `direct`, `indirect` or `mixed`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// The stance on dialogue, in corpora that have this topic only.
    pub position: Option<String>,
    /// The stances by topic.
    pub positions: Option<Vec<GoldPosition>>,
    /// The probability that a program gives it.
    pub score: Option<f32>,
}

/// A stance on a topic.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldPosition {
    /// The topic's name.
    pub topic: String,
    /// The stance's name.
    pub stance: String,
}

/// A span in code points, end exclusive: `[start, end]` or `{"start": …, "end": …}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(from = "SpanForm")]
pub struct GoldSpan {
    /// The first code point.
    pub start: u32,
    /// The code point after the last.
    pub end: u32,
}

/// Who speaks: a name, or an object with one.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "SpeakerForm")]
pub struct GoldSpeaker {
    /// The name.
    pub name: String,
    /// The probability that a program gives it.
    pub score: Option<f32>,
}

/// A language: a code, or an object with one.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "LanguageForm")]
pub struct GoldLanguage {
    /// The code.
    pub code: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum SpanForm {
    Pair([u32; 2]),
    Fields { start: u32, end: u32 },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum SpeakerForm {
    Name(String),
    Fields { name: String, score: Option<f32> },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum LanguageForm {
    Code(String),
    Fields { code: String },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum MentionForm {
    One(GoldSpan),
    Stretches(Vec<GoldSpan>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum IdForm {
    Text(String),
    Number(serde_json::Number),
}

impl From<SpanForm> for GoldSpan {
    fn from(form: SpanForm) -> Self {
        match form {
            SpanForm::Pair([start, end]) | SpanForm::Fields { start, end } => Self { start, end },
        }
    }
}

impl From<SpeakerForm> for GoldSpeaker {
    fn from(form: SpeakerForm) -> Self {
        match form {
            SpeakerForm::Name(name) => Self { name, score: None },
            SpeakerForm::Fields { name, score } => Self { name, score },
        }
    }
}

impl From<LanguageForm> for GoldLanguage {
    fn from(form: LanguageForm) -> Self {
        match form {
            LanguageForm::Code(code) | LanguageForm::Fields { code } => Self { code },
        }
    }
}

fn mention<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<GoldSpan>, D::Error> {
    Ok(match Option::<MentionForm>::deserialize(deserializer)? {
        Some(MentionForm::One(span)) => vec![span],
        Some(MentionForm::Stretches(spans)) => spans,
        None => Vec::new(),
    })
}

fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(match IdForm::deserialize(deserializer)? {
        IdForm::Text(id) => id,
        IdForm::Number(id) => id.to_string(),
    })
}

/// Content, cue and source of an attribution, in bytes, each in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttributionSpans {
    /// What is attributed.
    pub content: Vec<Span>,
    /// The words that attribute.
    pub cue: Vec<Span>,
    /// The mention of who is quoted.
    pub source: Vec<Span>,
}

/// Why a line is no document of a corpus.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// It is not of the form.
    #[error("not a document of a corpus: {0}")]
    Json(#[from] serde_json::Error),
    /// It stands off its text, which is not known.
    #[error("`{id}` has no field `text`, and no file of texts has it")]
    NoText {
        /// The document.
        id: String,
    },
    /// It has no entities to learn from.
    #[error("`{id}` has no field `entities`")]
    NoEntities {
        /// The document.
        id: String,
    },
    /// Something is not in the text.
    #[error("the {what} {start}..{end} of `{id}` is not a span of its text")]
    OutsideText {
        /// What was marked, e.g. `entity`.
        what: &'static str,
        /// The document.
        id: String,
        /// The start, in code points.
        start: u32,
        /// The end, in code points.
        end: u32,
    },
}

impl GoldDocument {
    /// The document of a line of JSON; other fields are passed over.
    ///
    /// # Errors
    /// [`GoldError::Json`] if it is not of the form.
    pub fn from_json(line: &str) -> Result<Self, GoldError> {
        Ok(serde_json::from_str(line)?)
    }

    /// The language, as the corpus or the record says it.
    pub fn language_code(&self) -> Option<&str> {
        self.lang.as_deref().or(self.language.as_ref().map(|language| language.code.as_str()))
    }

    /// The entities that stand in no other, in the order of the text, as spans of bytes with their labels.
    ///
    /// # Errors
    /// [`GoldError::NoEntities`], [`GoldError::OutsideText`].
    pub fn spans(&self) -> Result<Vec<(Span, &str)>, GoldError> {
        let offsets = OffsetMap::new(&self.text, Unit::CodePoint);
        let entities = self.entities.as_ref().ok_or_else(|| GoldError::NoEntities { id: self.id.clone() })?;
        let outer = entities.iter().filter(|entity| !entity.nested);
        let spans = outer.map(|entity| {
            let span = offsets.span(entity.start as usize, entity.end as usize);
            let span = span.ok_or_else(|| self.outside("entity", GoldSpan { start: entity.start, end: entity.end }))?;
            Ok((span, entity.label.as_str()))
        });
        let mut spans = spans.collect::<Result<Vec<_>, GoldError>>()?;
        spans.sort_by_key(|&(span, _)| span);
        Ok(spans)
    }

    /// Whether the quotes follow another guide than the project's: they are in the field `attributions`.
    pub fn is_foreign(&self) -> bool {
        self.attributions.is_some()
    }

    /// The quotes, or the attributions, as spans of bytes.
    ///
    /// # Errors
    /// [`GoldError::OutsideText`].
    pub fn attribution_spans(&self) -> Result<Vec<AttributionSpans>, GoldError> {
        let offsets = OffsetMap::new(&self.text, Unit::CodePoint);
        let spans = |what: &'static str, stretches: &[GoldSpan]| {
            let span = |span: &GoldSpan| {
                let ordered = (span.start <= span.end).then(|| offsets.span(span.start as usize, span.end as usize));
                ordered.flatten().ok_or_else(|| self.outside(what, *span))
            };
            let mut spans = stretches.iter().map(span).collect::<Result<Vec<_>, _>>()?;
            spans.sort_unstable();
            Ok::<_, GoldError>(spans)
        };
        let quotes = self.attributions.as_ref().or(self.quotes.as_ref());
        let one = |quote: &GoldQuote| {
            let content = spans("content", &quote.content)?;
            Ok(AttributionSpans { content, cue: spans("cue", &quote.cue)?, source: spans("source", &quote.source)? })
        };
        quotes.into_iter().flatten().map(one).collect()
    }

    /// Checks that all that is marked is a span of the text.
    ///
    /// # Errors
    /// [`GoldError::OutsideText`] for the first that is not.
    pub fn check(&self) -> Result<(), GoldError> {
        let length = OffsetMap::new(&self.text, Unit::CodePoint).len();
        let wrong = |span: &GoldSpan| span.start > span.end || span.end as usize > length;
        let layers = [("token", &self.tokens), ("sentence", &self.sentences)];
        let layers = layers.into_iter().flat_map(|(what, layer)| layer.iter().flatten().map(move |&span| (what, span)));
        let paragraphs = self.paragraphs.iter().flatten();
        let paragraphs = paragraphs.map(|it| ("paragraph", GoldSpan { start: it.start, end: it.end }));
        let entities = self.entities.iter().flatten();
        let entities = entities.map(|entity| ("entity", GoldSpan { start: entity.start, end: entity.end }));
        let quotes = self.quotes.iter().chain(&self.attributions).flatten().flat_map(|quote| {
            let content = quote.content.iter().map(|&span| ("content", span));
            let cue = quote.cue.iter().map(|&span| ("cue", span));
            content.chain(cue).chain(quote.source.iter().map(|&span| ("source", span)))
        });
        match layers.chain(paragraphs).chain(entities).chain(quotes).find(|(_, span)| wrong(span)) {
            Some((what, span)) => Err(self.outside(what, span)),
            None => Ok(()),
        }
    }

    fn outside(&self, what: &'static str, span: GoldSpan) -> GoldError {
        GoldError::OutsideText { what, id: self.id.clone(), start: span.start, end: span.end }
    }
}

impl GoldQuote {
    /// The name of the stance on `topic`; `position` counts for `dialogue`.
    pub fn stance(&self, topic: &str) -> Option<&str> {
        let listed = self.positions.iter().flatten().find(|position| position.topic == topic);
        let alone = self.position.as_deref().filter(|_| topic == "dialogue");
        listed.map(|position| position.stance.as_str()).or(alone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_entities_in_order_and_leaves_out_nested_ones() {
        let line = r#"{"id":"a","lang":"fr","text":"é Mali, Léa","entities":[{"start":8,"end":11,"label":"PER"},
            {"start":2,"end":6,"label":"LOC"},{"start":8,"end":9,"label":"PER","nested":true}],"more":1}"#;
        let document = GoldDocument::from_json(line).unwrap();
        assert_eq!(document.spans().unwrap(), [(Span::new(3, 7), "LOC"), (Span::new(9, 13), "PER")]);
    }

    #[test]
    fn refuses_what_is_outside_the_text() {
        let line = r#"{"id":"a","lang":"fr","text":"Oui","entities":[{"start":2,"end":9,"label":"PER"}]}"#;
        let document = GoldDocument::from_json(line).unwrap();
        let message = "the entity 2..9 of `a` is not a span of its text";
        assert_eq!(document.spans().unwrap_err().to_string(), message);
        assert_eq!(document.check().unwrap_err().to_string(), message);
        let document =
            GoldDocument::from_json(r#"{"id":1,"text":"Oui","quotes":[{"content":[[0,3]],"cue":[3,2]}]}"#).unwrap();
        assert_eq!(document.check().unwrap_err().to_string(), "the cue 3..2 of `1` is not a span of its text");
    }

    #[test]
    fn reads_attributions_of_another_guide_in_bytes() {
        let line = r#"{"id":"a","lang":"fr","text":"é dit non","attributions":[
            {"content":[[6,9]],"cue":[2,5],"source":null},{"content":[[6,9]],"cue":[[2,5]],"source":[]}]}"#;
        let document = GoldDocument::from_json(line).unwrap();
        let wanted =
            AttributionSpans { content: vec![Span::new(7, 10)], cue: vec![Span::new(3, 6)], source: Vec::new() };
        assert_eq!(document.attribution_spans().unwrap(), [wanted.clone(), wanted]);
        assert!(document.is_foreign());
    }

    #[test]
    fn tells_a_document_without_entities_from_one_with_none() {
        let document = GoldDocument::from_json(r#"{"id":"a","text":"Oui"}"#).unwrap();
        assert_eq!(document.spans().unwrap_err().to_string(), "`a` has no field `entities`");
        let document = GoldDocument::from_json(r#"{"id":"a","text":"Oui","entities":[]}"#).unwrap();
        assert_eq!(document.spans().unwrap(), []);
    }

    #[test]
    fn reads_quotes_of_corpora_and_of_records_alike() {
        let corpus = r#"{"id":"a","text":"abcdef","quotes":[{"content":[[0,2]],"cue":[[2,3],[4,5]],"source":[],
            "speaker":"Léa","type":"direct","position":"oppose"}]}"#;
        let record = r#"{"id":"a","text":"abcdef","language":{"code":"fr","confidence":1},"quotes":[{"type":"direct",
            "content":[{"start":0,"end":2,"text":"ab"}],"cue":{"start":2,"end":3,"text":"c"},"source":null,
            "speaker":{"id":"s1","name":"Léa","score":0.5},"positions":[{"topic":"dialogue","stance":"oppose"}]}]}"#;
        for line in [corpus, record] {
            let document = GoldDocument::from_json(line).unwrap();
            let quote = &document.quotes.as_ref().unwrap()[0];
            assert_eq!(quote.content, [GoldSpan { start: 0, end: 2 }]);
            assert_eq!((quote.cue.first(), quote.source.len()), (Some(&GoldSpan { start: 2, end: 3 }), 0));
            assert_eq!(quote.speaker.as_ref().unwrap().name, "Léa");
            assert_eq!((quote.stance("dialogue"), quote.stance("ceasefire")), (Some("oppose"), None));
        }
    }
}
