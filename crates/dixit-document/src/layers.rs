//! The layers that describe the text itself: language, paragraphs, words, entities.

use dixit_text::Span;

use crate::vocabulary::vocabulary;

vocabulary! {
    /// What can be known about a document. Each layer is added whole, by one annotator.
    Layer, "layer" {
        /// Paragraphs and their kinds.
        Paragraphs = "paragraphs",
        /// The language of the document and of each paragraph.
        Language = "language",
        /// Sentences.
        Sentences = "sentences",
        /// Words and punctuation.
        Tokens = "tokens",
        /// The pieces of a subword tokenizer.
        Subwords = "subwords",
        /// Named entities.
        Entities = "entities",
        /// Who speaks.
        Speakers = "speakers",
        /// What is said.
        Quotes = "quotes",
        /// Where speakers stand.
        Positions = "positions",
        /// Where each speaker stands in the whole article.
        Profile = "profile",
    }
}

vocabulary! {
    /// A language that Dixit annotates, or neither.
    LanguageCode, "language" {
        /// English.
        En = "en",
        /// French.
        Fr = "fr",
        /// Another language, or nothing to tell it by (ISO 639-2 `und`).
        Und = "und",
    }
}

/// The language layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Language {
    /// The language of most of the document.
    pub code: LanguageCode,
    /// The probability that `code` is right, 0 to 1.
    pub confidence: f32,
    /// The language of each paragraph, in the order of the paragraphs layer.
    pub paragraphs: Vec<LanguageCode>,
}

vocabulary! {
    /// What a paragraph is to the article.
    ParagraphKind, "paragraph kind" {
        /// The title, or a title within.
        Headline = "headline",
        /// Who wrote it, and where and when.
        Byline = "byline",
        /// The article.
        Body = "body",
        /// A sentence of the body, set apart again.
        PullQuote = "pull_quote",
        /// What is not the article: republishing and funding notices, lists of related content.
        Boilerplate = "boilerplate",
    }
}

impl ParagraphKind {
    /// Whether what is said here counts: not in what repeats the article or is none of it.
    pub fn is_article(self) -> bool {
        !matches!(self, Self::PullQuote | Self::Boilerplate)
    }
}

/// A paragraph, without the line ends around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: ParagraphKind,
}

vocabulary! {
    /// What a named entity is, after OntoNotes 5.
    EntityLabel, "entity label" {
        /// A person.
        Person = "PERSON",
        /// A company, agency, party, armed group, institution.
        Organization = "ORG",
        /// A country, city, region, mountain, water.
        Location = "LOC",
        /// A building, airport, road, bridge.
        Facility = "FAC",
        /// A nationality, religious, political or ethnic group.
        Norp = "NORP",
        /// A named event: war, summit, cup, festival.
        Event = "EVENT",
        /// A product, vehicle, work.
        Product = "PRODUCT",
        /// A date or a stretch of days or longer.
        Date = "DATE",
        /// A time of day.
        Time = "TIME",
        /// An amount of money, with its unit.
        Money = "MONEY",
        /// A percentage.
        Percent = "PERCENT",
        /// Another name.
        Misc = "MISC",
    }
}

/// A named entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub label: EntityLabel,
    /// The probability that span and label are right, 0 to 1.
    pub score: f32,
    /// What found it, e.g. `rule:date` or `model`.
    pub by: &'static str,
}

/// The subwords layer: parallel lists, one entry a subword.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Subwords {
    /// The name of the tokenizer.
    pub tokenizer: String,
    /// The ids of the subwords in the tokenizer's vocabulary.
    pub ids: Vec<u32>,
    /// Where each stands in the text; empty for what stands for no text.
    pub spans: Vec<Span>,
    /// The index of the token in which each starts; `None` outside all tokens, and for what stands for no text.
    pub words: Vec<Option<u32>>,
    /// Whether each is one that a model wants around a text, as `[CLS]`.
    pub special: Vec<bool>,
}
