//! What a reviewer does to an item, and what the item says then.

use dixit_document::{EntityLabel, QuoteType, Stance};
use dixit_record::Named;
use serde::Deserialize;

use crate::value::{CodePoints, EntityValue, PositionValue, QuoteValue, StretchValue, Value};

/// A change of what an item says.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Edit {
    /// Another label of an entity.
    Label(Named<EntityLabel>),
    /// Another type of a quote.
    Type(Named<QuoteType>),
    /// Another speaker of a quote, by name; `None` for nobody known.
    Speaker(Option<String>),
    /// Where a quote stands on a topic; `None` for nowhere.
    Stance {
        /// The topic's name.
        topic: String,
        /// The stance.
        stance: Option<Named<Stance>>,
    },
    /// An end of a stretch, moved.
    Move {
        /// Which stretch.
        part: Place,
        /// Which end of it.
        edge: Edge,
        /// How far at once.
        unit: StepUnit,
        /// In which direction.
        direction: Direction,
    },
    /// A stretch of text for a part of a quote: one more for the content, else the one.
    Take {
        /// Which part.
        part: QuotePart,
        /// The first code point.
        start: u32,
        /// The code point after the last.
        end: u32,
    },
    /// A part of a quote that is no part of it.
    Leave(Place),
}

/// A stretch of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The span of an entity.
    Span,
    /// A stretch of a quote's content, from 0.
    Content(usize),
    /// A quote's cue.
    Cue,
    /// A quote's source.
    Source,
}

/// A part of a quote that text is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuotePart {
    /// What is attributed.
    Content,
    /// The words that attribute.
    Cue,
    /// The mention of who is quoted.
    Source,
}

/// An end of a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edge {
    /// Where it starts.
    Start,
    /// Where it ends.
    End,
}

/// How far an end moves at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepUnit {
    /// To the next place where a word or a mark begins or ends.
    Word,
    /// By a code point.
    Character,
}

/// Where an end moves to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// To the beginning of the text.
    Back,
    /// To the end of the text.
    Forward,
}

/// Why an edit cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The item is of another kind.
    #[error("an entity has a span and a label; a quote has content, cue, source, speaker, type and stances")]
    OtherKind,
    /// The quote has no such part.
    #[error("the quote has no such part")]
    NoPart,
    /// The stretch would be empty, or beyond the text.
    #[error("it cannot go further")]
    NoRoom,
    /// Two stretches of the content would overlap.
    #[error("the stretches of the content would overlap")]
    ContentOverlaps,
    /// The last stretch of the content cannot be left.
    #[error("a quote has content: reject the quote instead")]
    LastContent,
}

impl Edit {
    /// What the item says after the edit.
    ///
    /// # Errors
    /// [`EditError`]; nothing is changed.
    pub fn of(&self, value: &Value, text: &CodePoints) -> Result<Value, EditError> {
        match value {
            Value::Entity(entity) => self.of_entity(entity.clone(), text).map(Value::Entity),
            Value::Quote(quote) => self.of_quote(quote.clone(), text).map(Value::Quote),
        }
    }

    fn of_entity(&self, mut entity: EntityValue, text: &CodePoints) -> Result<EntityValue, EditError> {
        match self {
            Self::Label(label) => entity.label = *label,
            Self::Move { part: Place::Span, edge, unit, direction } => {
                entity.span = moved(&entity.span, *edge, *unit, *direction, text)?;
            }
            _ => return Err(EditError::OtherKind),
        }
        Ok(entity)
    }

    fn of_quote(&self, mut quote: QuoteValue, text: &CodePoints) -> Result<QuoteValue, EditError> {
        match self {
            Self::Type(kind) => quote.kind = *kind,
            Self::Speaker(name) => {
                quote.speaker = name.as_deref().map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
            }
            Self::Stance { topic, stance } => take_stance(&mut quote.positions, topic, *stance),
            Self::Move { part, edge, unit, direction } => {
                let stretch = stretch_of(&mut quote, *part)?;
                *stretch = moved(stretch, *edge, *unit, *direction, text)?;
            }
            Self::Take { part, start, end } => {
                let stretch = text.cut(*start, *end).ok_or(EditError::NoRoom)?;
                match part {
                    QuotePart::Content => quote.content.push(stretch),
                    QuotePart::Cue => quote.cue = Some(stretch),
                    QuotePart::Source => quote.source = Some(stretch),
                }
            }
            Self::Leave(part) => leave(&mut quote, *part)?,
            Self::Label(_) => return Err(EditError::OtherKind),
        }
        settle(quote)
    }
}

/// Puts the content in the order of the text.
fn settle(mut quote: QuoteValue) -> Result<QuoteValue, EditError> {
    quote.content.sort_by_key(|stretch| stretch.start);
    let overlap = quote.content.windows(2).any(|pair| pair[1].start < pair[0].end);
    if overlap { Err(EditError::ContentOverlaps) } else { Ok(quote) }
}

fn stretch_of(quote: &mut QuoteValue, part: Place) -> Result<&mut StretchValue, EditError> {
    let stretch = match part {
        Place::Span => return Err(EditError::OtherKind),
        Place::Content(index) => quote.content.get_mut(index),
        Place::Cue => quote.cue.as_mut(),
        Place::Source => quote.source.as_mut(),
    };
    stretch.ok_or(EditError::NoPart)
}

fn leave(quote: &mut QuoteValue, part: Place) -> Result<(), EditError> {
    match part {
        Place::Span => Err(EditError::OtherKind),
        Place::Content(_) if quote.content.len() == 1 => Err(EditError::LastContent),
        Place::Content(index) if index >= quote.content.len() => Err(EditError::NoPart),
        Place::Content(index) => {
            quote.content.remove(index);
            Ok(())
        }
        Place::Cue => quote.cue.take().map(|_| ()).ok_or(EditError::NoPart),
        Place::Source => quote.source.take().map(|_| ()).ok_or(EditError::NoPart),
    }
}

fn take_stance(positions: &mut Vec<PositionValue>, topic: &str, stance: Option<Named<Stance>>) {
    let place = positions.iter().position(|position| position.topic == topic);
    match (place, stance) {
        (Some(place), Some(stance)) => positions[place].stance = stance,
        (Some(place), None) => {
            positions.remove(place);
        }
        (None, Some(stance)) => {
            positions.push(PositionValue { topic: topic.to_owned(), stance, evidence: Vec::new() });
        }
        (None, None) => {}
    }
}

fn moved(
    stretch: &StretchValue,
    edge: Edge,
    unit: StepUnit,
    direction: Direction,
    text: &CodePoints,
) -> Result<StretchValue, EditError> {
    let step = |at: u32| match (unit, direction) {
        (StepUnit::Character, Direction::Back) => at.checked_sub(1),
        (StepUnit::Character, Direction::Forward) => Some(at + 1),
        (StepUnit::Word, _) => word_end(text.characters(), at as usize, edge, direction).map(|at| at as u32),
    };
    let (start, end) = match edge {
        Edge::Start => (step(stretch.start), Some(stretch.end)),
        Edge::End => (Some(stretch.start), step(stretch.end)),
    };
    let (Some(start), Some(end)) = (start, end) else { return Err(EditError::NoRoom) };
    text.cut(start, end).ok_or(EditError::NoRoom)
}

/// The next place, from `at`, where a word or mark starts (for a start) or ends (for an end).
fn word_end(text: &[char], at: usize, edge: Edge, direction: Direction) -> Option<usize> {
    let is_end = |place: &usize| {
        let (before, after) = (place.checked_sub(1).map(|before| text[before]), text.get(*place).copied());
        match edge {
            Edge::Start => after.is_some_and(|after| !after.is_whitespace()) && parts(before, after),
            Edge::End => before.is_some_and(|before| !before.is_whitespace()) && parts(before, after),
        }
    };
    match direction {
        Direction::Back => (0..at).rev().find(is_end),
        Direction::Forward => (at + 1..=text.len()).find(is_end),
    }
}

/// Whether a word or a mark ends between two characters. A combining mark belongs to the letter before it.
fn parts(before: Option<char>, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return true };
    let in_word = |character: char| character.is_alphanumeric() || character == '_' || is_mark(character);
    let within = in_word(before) && in_word(after);
    !is_mark(after) && !within
}

fn is_mark(character: char) -> bool {
    unicode_normalization::char::is_combining_mark(character)
}

/// How much of a content stands inside quotation marks.
pub(crate) fn type_of(content: &str) -> QuoteType {
    const OPENING: [char; 8] = ['“', '«', '"', '‘', '„', '‹', '—', '–'];
    const CLOSING: [char; 7] = ['”', '»', '"', '’', '“', '›', '\''];
    let trimmed = content.trim();
    if trimmed.starts_with(OPENING) && trimmed.ends_with(CLOSING) {
        QuoteType::Direct
    } else if trimmed.contains(['“', '”', '«', '»', '"', '„']) {
        QuoteType::Mixed
    } else {
        QuoteType::Indirect
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "“Oui,” a dit l’élue e\u{301}lue 🤝 hier.";

    fn entity(surface: &str) -> Value {
        let start = TEXT[..TEXT.find(surface).unwrap()].chars().count() as u32;
        let span = CodePoints::new(TEXT).cut(start, start + surface.chars().count() as u32).unwrap();
        Value::Entity(EntityValue { span, label: Named(EntityLabel::Person) })
    }

    fn after(value: &Value, edits: &[(Edge, StepUnit, Direction)]) -> Result<String, EditError> {
        let text = CodePoints::new(TEXT);
        let mut value = value.clone();
        for &(edge, unit, direction) in edits {
            value = Edit::Move { part: Place::Span, edge, unit, direction }.of(&value, &text)?;
            assert!(text.fit(&value));
        }
        Ok(value.stretches()[0].text.clone())
    }

    #[test]
    fn ends_move_by_words_and_marks() {
        use {Direction::*, Edge::*, StepUnit::*};
        let value = entity("élue");
        assert_eq!(after(&value, &[(Start, Word, Back)]).unwrap(), "’élue");
        assert_eq!(after(&value, &[(Start, Word, Back), (Start, Word, Back)]).unwrap(), "l’élue");
        assert_eq!(after(&value, &[(End, Word, Forward)]).unwrap(), "élue e\u{301}lue");
        assert_eq!(after(&value, &[(End, Word, Forward), (End, Word, Forward)]).unwrap(), "élue e\u{301}lue 🤝");
        assert_eq!(after(&value, &[(End, Word, Forward), (End, Word, Back)]).unwrap(), "élue");
        assert_eq!(
            after(&entity("Oui"), &[(Start, Word, Back), (End, Word, Forward), (End, Word, Forward)]).unwrap(),
            "“Oui,”"
        );
    }

    #[test]
    fn ends_move_by_characters_and_stop_at_the_ends_of_the_text_and_at_each_other() {
        use {Direction::*, Edge::*, StepUnit::*};
        assert_eq!(after(&entity("élue"), &[(End, Character, Back)]).unwrap(), "élu");
        assert_eq!(after(&entity("“"), &[(Start, Character, Back)]), Err(EditError::NoRoom));
        assert_eq!(after(&entity("“"), &[(Start, Word, Back)]), Err(EditError::NoRoom));
        assert_eq!(after(&entity("."), &[(End, Character, Forward)]), Err(EditError::NoRoom));
        assert_eq!(after(&entity("🤝"), &[(End, Character, Back)]), Err(EditError::NoRoom));
        assert_eq!(after(&entity("hier"), &[(Start, Word, Forward), (Start, Word, Forward)]), Err(EditError::NoRoom));
    }

    #[test]
    fn a_quote_takes_and_leaves_parts() {
        let text = CodePoints::new(TEXT);
        let content = vec![text.cut(0, 6).unwrap()];
        let kind = Named(QuoteType::Direct);
        let quote = QuoteValue { kind, content, cue: None, source: None, speaker: None, positions: Vec::new() };
        let quote = Value::Quote(quote);
        let take = |part, start, end| Edit::Take { part, start, end };
        let with_cue = take(QuotePart::Cue, 7, 12).of(&quote, &text).unwrap();
        assert_eq!(with_cue.stretches()[1].text, "a dit");
        assert_eq!(Edit::Leave(Place::Cue).of(&with_cue, &text).unwrap(), quote);
        assert_eq!(take(QuotePart::Content, 3, 9).of(&quote, &text), Err(EditError::ContentOverlaps));
        assert_eq!(take(QuotePart::Cue, 7, 99).of(&quote, &text), Err(EditError::NoRoom));
        assert_eq!(Edit::Leave(Place::Content(0)).of(&quote, &text), Err(EditError::LastContent));
        assert_eq!(Edit::Leave(Place::Source).of(&quote, &text), Err(EditError::NoPart));
        assert_eq!(Edit::Label(Named(EntityLabel::Misc)).of(&quote, &text), Err(EditError::OtherKind));
        let named = Edit::Speaker(Some("  ".to_owned())).of(&quote, &text).unwrap();
        assert_eq!(named, quote);
    }

    #[test]
    fn a_topic_has_one_stance_or_none() {
        let mut positions = Vec::new();
        take_stance(&mut positions, "dialogue", Some(Named(Stance::Support)));
        take_stance(&mut positions, "dialogue", Some(Named(Stance::Oppose)));
        assert_eq!((positions.len(), positions[0].stance.0), (1, Stance::Oppose));
        take_stance(&mut positions, "dialogue", None);
        assert!(positions.is_empty());
    }

    #[test]
    fn tells_the_type_by_the_marks() {
        assert_eq!(type_of("« Oui. »"), QuoteType::Direct);
        assert_eq!(type_of("que « oui »"), QuoteType::Mixed);
        assert_eq!(type_of("that it is so"), QuoteType::Indirect);
        assert_eq!(type_of(""), QuoteType::Indirect);
    }
}
