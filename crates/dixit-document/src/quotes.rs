//! The layers of what is said: quotes, speakers, positions.

use dixit_text::Span;

use crate::vocabulary::vocabulary;

vocabulary! {
    /// How much of a quote's content stands inside quotation marks.
    QuoteType, "quote type" {
        /// All of it.
        Direct = "direct",
        /// Part of it.
        Mixed = "mixed",
        /// None of it.
        Indirect = "indirect",
    }
}

/// One attribution: a stretch of text that the article presents as somebody's words or thoughts.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// How much of it stands inside quotation marks.
    pub kind: QuoteType,
    /// What is attributed: one span, or more where it is interrupted. Never empty; in the order of the text.
    pub content: Vec<Span>,
    /// The words that signal the attribution (`said`, `selon`).
    pub cue: Option<Span>,
    /// The mention of who is quoted, nearest to the content.
    pub source: Option<Span>,
    /// Who that is.
    pub speaker: Option<SpeakerLink>,
    /// The probability that this is a quote with this content, 0 to 1.
    pub score: f32,
    /// What found it, e.g. `rule:quote-cue-source`.
    pub by: &'static str,
}

/// Who a quote is by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpeakerLink {
    /// The index in the speakers layer.
    pub speaker: usize,
    /// The probability that it is this speaker, 0 to 1.
    pub score: f32,
}

vocabulary! {
    /// What a speaker is.
    SpeakerKind, "speaker kind" {
        /// A person with a name.
        Person = "person",
        /// An organisation, country or group with a name.
        Organization = "organization",
        /// Somebody of whom the article gives no name: `a police spokesman`.
        Description = "description",
    }
}

/// Somebody who is quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The fullest name in the article, or a description where it gives no name.
    pub name: String,
    /// What it is.
    pub kind: SpeakerKind,
    /// The indices in the entities layer of the mentions of the name.
    pub mentions: Vec<usize>,
}

vocabulary! {
    /// Where a speaker stands on a topic.
    Stance, "stance" {
        /// For it.
        Support = "support",
        /// For it under a stated condition, or with some parties only.
        Conditional = "conditional",
        /// Against it.
        Oppose = "oppose",
        /// Speaks of it and takes no side.
        Neutral = "neutral",
    }
}

/// The position that a quote takes on a topic.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    /// The index in the quotes layer.
    pub quote: usize,
    /// The topic's name, e.g. `dialogue`.
    pub topic: String,
    /// Where the speaker stands.
    pub stance: Stance,
    /// The probability that the stance is right, 0 to 1.
    pub score: f32,
    /// The words that tell, in the order of the text. They may stand outside the content.
    pub evidence: Vec<Span>,
    /// What decided, e.g. `rule:refusal`.
    pub by: &'static str,
}

/// Where a speaker stands on a topic in the article as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfileLine {
    /// The index in the speakers layer.
    pub speaker: usize,
    /// The topic's name.
    pub topic: String,
    /// Where the speaker stands, all their quotes on the topic taken together.
    pub stance: Stance,
    /// The probability that the strongest of these quotes takes that stance, 0 to 1.
    pub score: f32,
    /// How many of their quotes take a position on the topic, whatever it is; at least one.
    pub quotes: usize,
    /// The index in the quotes layer of the one that tells the stance most surely.
    pub strongest: usize,
}
