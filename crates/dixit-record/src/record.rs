//! The types of the record: one line of annotated JSONL.

use std::borrow::Cow;

use dixit_document::{EntityLabel, LanguageCode, ParagraphKind, QuoteType, SpeakerKind, Stance};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

use crate::{Meta, Named, Source};

/// A `[start, end]` pair of offsets, end exclusive.
pub type Pair = [u32; 2];

/// One article as one line of JSON.
///
/// Offsets are Unicode code points of `text`, end exclusive. A layer that did not run is absent; one that ran and found
/// nothing is empty.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "A record of Dixit")]
pub struct Record<'a> {
    /// The version of this form.
    pub schema: SchemaVersion,
    /// The input's own id, else one made of its path and line.
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    /// Where the article was read.
    pub source: Cow<'a, Source>,
    /// The fields of the input besides id and text, untouched.
    pub meta: Cow<'a, Meta>,
    /// What all offsets count.
    pub offsets: OffsetUnit,
    /// The text of the input, character for character.
    #[serde(borrow)]
    pub text: Cow<'a, str>,
    /// The language of most of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<LanguageRecord>,
    /// The paragraphs, in the order of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraphs: Option<Vec<ParagraphRecord>>,
    /// The sentences, in the order of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sentences: Option<Vec<Pair>>,
    /// The words and punctuation marks, in the order of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokens: Option<Vec<Pair>>,
    /// The pieces of a subword tokenizer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subwords: Option<SubwordsRecord<'a>>,
    /// The named entities, in the order of the text, without overlaps.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub entities: Option<Vec<EntityRecord<'a>>>,
    /// Who is quoted, in the order in which they first speak.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speakers: Option<Vec<SpeakerRecord<'a>>>,
    /// The quotes, in the order of the text.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub quotes: Option<Vec<QuoteRecord<'a>>>,
    /// Where each speaker stands, a line a speaker and topic; absent if the positions layer did not run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<Vec<ProfileRecord<'a>>>,
    /// What wrote this.
    pub annotator: Cow<'a, Annotator>,
}

/// The version of the record's form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum SchemaVersion {
    /// The first.
    #[serde(rename = "dixit/1")]
    V1,
}

/// What offsets count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum OffsetUnit {
    /// Unicode code points, as Python's `str` counts.
    Codepoint,
}

/// The program, the pipeline and its configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Annotator {
    /// The program.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The pipeline's name.
    pub pipeline: String,
    /// A hash over the pipeline file and all that it names.
    pub config: String,
}

/// The language of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LanguageRecord {
    /// `en`, `fr`, or `und` for another or none.
    pub code: Named<LanguageCode>,
    /// The probability that `code` is right.
    #[serde(serialize_with = "score")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub confidence: f32,
}

/// A paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ParagraphRecord {
    /// The first code point.
    pub start: u32,
    /// The code point after the last.
    pub end: u32,
    /// What it is to the article.
    pub kind: Named<ParagraphKind>,
    /// Its language; absent if the language layer did not run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Named<LanguageCode>>,
}

/// A span with the text that stands there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stretch<'a> {
    /// The first code point.
    pub start: u32,
    /// The code point after the last.
    pub end: u32,
    /// The text from `start` to `end`.
    #[serde(borrow)]
    pub text: Cow<'a, str>,
}

/// The pieces of a subword tokenizer: parallel lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubwordsRecord<'a> {
    /// The name of the tokenizer.
    pub tokenizer: Cow<'a, str>,
    /// The ids in its vocabulary.
    pub ids: Cow<'a, [u32]>,
    /// Where each piece stands.
    pub offsets: Vec<Pair>,
    /// The index of the token in which each piece starts; null outside all tokens.
    pub words: Cow<'a, [Option<u32>]>,
    /// 1 for a piece that a model wants around a text, as `[CLS]`, else 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(inner(range(min = 0, max = 1)))]
    pub special_tokens_mask: Option<Vec<u8>>,
}

/// A named entity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EntityRecord<'a> {
    /// `e1`, `e2`, … in the order of the text.
    pub id: Cow<'a, str>,
    /// The first code point.
    pub start: u32,
    /// The code point after the last.
    pub end: u32,
    /// The text from `start` to `end`.
    #[serde(borrow)]
    pub text: Cow<'a, str>,
    /// What it is.
    pub label: Named<EntityLabel>,
    /// The probability that span and label are right.
    #[serde(serialize_with = "score")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub score: f32,
    /// What found it.
    pub by: Cow<'a, str>,
}

/// Somebody who is quoted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpeakerRecord<'a> {
    /// `s1`, `s2`, … in the order in which they first speak.
    pub id: Cow<'a, str>,
    /// The fullest name in the article, or a description.
    pub name: Cow<'a, str>,
    /// What it is.
    pub kind: Named<SpeakerKind>,
    /// The ids of the entities that name them.
    pub mentions: Vec<Cow<'a, str>>,
}

/// One attribution.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteRecord<'a> {
    /// `q1`, `q2`, … in the order of the text.
    pub id: Cow<'a, str>,
    /// How much of the content stands inside quotation marks.
    #[serde(rename = "type")]
    pub kind: Named<QuoteType>,
    /// What is attributed: one stretch, or more where it is interrupted.
    #[serde(borrow)]
    #[schemars(length(min = 1))]
    pub content: Vec<Stretch<'a>>,
    /// The words that signal the attribution.
    #[serde(borrow)]
    pub cue: Option<Stretch<'a>>,
    /// The mention of who is quoted, nearest to the content.
    #[serde(borrow)]
    pub source: Option<Stretch<'a>>,
    /// Who that is.
    pub speaker: Option<QuoteSpeaker<'a>>,
    /// Where the speaker stands; absent if the positions layer did not run.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub positions: Option<Vec<PositionRecord<'a>>>,
    /// The probability that this is a quote with this content.
    #[serde(serialize_with = "score")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub score: f32,
    /// What found it.
    pub by: Cow<'a, str>,
}

/// Who a quote is by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteSpeaker<'a> {
    /// The id in `speakers`.
    pub id: Cow<'a, str>,
    /// The name there.
    pub name: Cow<'a, str>,
    /// The probability that it is this speaker.
    #[serde(serialize_with = "score")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub score: f32,
}

/// Where a speaker stands on a topic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PositionRecord<'a> {
    /// The topic's name.
    pub topic: Cow<'a, str>,
    /// Where the speaker stands.
    pub stance: Named<Stance>,
    /// The probability that the stance is right.
    #[serde(serialize_with = "score")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub score: f32,
    /// The words that tell.
    #[serde(borrow)]
    pub evidence: Vec<Stretch<'a>>,
    /// What decided.
    pub by: Cow<'a, str>,
}

/// Where a speaker stands on a topic in the article as a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileRecord<'a> {
    /// Who.
    pub speaker: ProfileSpeaker<'a>,
    /// The topic's name.
    pub topic: Cow<'a, str>,
    /// Where the speaker stands, all their quotes on the topic taken together.
    pub stance: Named<Stance>,
    /// The probability that the strongest of these quotes takes that stance.
    #[serde(serialize_with = "score")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub score: f32,
    /// How many of their quotes take a position on the topic, whatever it is.
    #[schemars(range(min = 1))]
    pub quotes: u32,
    /// The id of the quote that tells the stance most surely.
    pub strongest: Cow<'a, str>,
}

/// The speaker of a line of the profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileSpeaker<'a> {
    /// The id in `speakers`.
    pub id: Cow<'a, str>,
    /// The name there.
    pub name: Cow<'a, str>,
}

/// Why a line is no record.
#[derive(Debug, thiserror::Error)]
#[error("`{path}`: {source}")]
pub struct RecordError {
    /// The path inside the record, e.g. `quotes[2].cue.start`; `.` for the whole.
    pub path: String,
    /// What is wrong there.
    pub source: serde_json::Error,
}

impl<'a> Record<'a> {
    /// The record of a line of JSON. Its offsets are not checked: see [`Record::check`].
    ///
    /// # Errors
    /// [`RecordError`] if the line is not JSON or not of the schema, with where in it.
    pub fn from_json(line: &'a str) -> Result<Self, RecordError> {
        let mut deserializer = serde_json::Deserializer::from_str(line);
        let record = serde_path_to_error::deserialize(&mut deserializer)
            .map_err(|error| RecordError { path: error.path().to_string(), source: error.into_inner() })?;
        deserializer.end().map_err(|source| RecordError { path: ".".to_owned(), source })?;
        Ok(record)
    }

    /// Writes the record at the end of `line`, as JSON with a line end.
    ///
    /// # Panics
    /// Never: a record is always JSON, and a vector takes every byte.
    pub fn write_line(&self, line: &mut Vec<u8>) {
        serde_json::to_writer(&mut *line, self).expect("a record is always JSON, and a vector takes every byte");
        line.push(b'\n');
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes by reference")]
/// Writes a probability with three decimals, without the noise of `f32`.
fn score<S: Serializer>(score: &f32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((f64::from(*score) * 1000.0).round() / 1000.0)
}
