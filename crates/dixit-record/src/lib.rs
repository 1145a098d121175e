//! The JSONL record: what Dixit writes of an article, its JSON Schema, and the checks on it.
//!
//! The only crate that knows the JSON of articles, records and failures. An [`Article`] is what comes in, a [`Record`] is what
//! goes out, a [`Failure`] is what could not be done. Reading files and writing them is not done here.

mod article;
mod check;
mod columns;
mod convert;
mod date;
mod failure;
mod gold;
mod gold_texts;
mod meta;
mod names;
mod ninjs;
mod outline;
mod reading;
mod record;
mod schema;
mod stats;

pub use crate::article::{Article, ArticleError, Fields, Source};
pub use crate::check::Problem;
pub use crate::columns::{COLUMNS, Column, ColumnKind, features_yaml};
pub use crate::convert::{ConvertError, Envelope};
pub use crate::date::date_of;
pub use crate::failure::{Failure, FailureError};
pub use crate::gold::{
    AttributionSpans, GoldDocument, GoldEntity, GoldError, GoldLanguage, GoldParagraph, GoldPosition, GoldQuote,
    GoldSpan, GoldSpeaker,
};
pub use crate::gold_texts::GoldTexts;
pub use crate::meta::Meta;
pub use crate::names::Named;
pub use crate::ninjs::{NewsBody, NewsItem};
pub use crate::outline::Outline;
pub use crate::reading::{Origin, Position, Reading};
pub use crate::record::{
    Annotator, EntityRecord, LanguageRecord, OffsetUnit, Pair, ParagraphRecord, PositionRecord, ProfileRecord,
    ProfileSpeaker, QuoteRecord, QuoteSpeaker, Record, RecordError, SchemaVersion, SpeakerRecord, Stretch,
    SubwordsRecord,
};
pub use crate::schema::json_schema;
pub use crate::stats::{PositionCount, StanceCounts, Stats};
