//! The decisions on quotes, with their positions.

use dixit_record::{PositionRecord, QuoteRecord, QuoteSpeaker, Record, SpeakerRecord, Stretch};

use super::{BY, Ruling, Rulings};
use crate::value::{QuoteValue, StretchValue, Value};

/// Applies the decisions on quotes. Speakers that are new have an empty id.
pub(super) fn quotes(record: &mut Record<'_>, rulings: &mut Rulings<'_>, speakers: &[SpeakerRecord<'_>]) {
    let with_positions = record.profile.is_some() || record.quotes.iter().flatten().any(|it| it.positions.is_some());
    let make = |value: QuoteValue, by: Option<&QuoteSpeaker<'_>>| quote_of(value, by, speakers, with_positions);
    let added = rulings.added().into_iter().filter_map(|value| match value {
        Value::Quote(value) => Some(make(value, None)),
        Value::Entity(_) => None,
    });
    let added: Vec<_> = added.collect();
    let before = record.quotes.take();
    let has_layer = before.is_some() || !added.is_empty();
    let mut kept = Vec::new();
    for quote in before.into_iter().flatten() {
        match rulings.on(&Value::of_quote(&quote)) {
            Ruling::Accept => kept.push(accepted(quote)),
            Ruling::Replace(Value::Quote(value)) => kept.push(make(value, quote.speaker.as_ref())),
            Ruling::Drop => {}
            Ruling::Keep | Ruling::Replace(Value::Entity(_)) => kept.push(quote),
        }
    }
    kept.extend(added);
    kept.sort_by_key(|quote| quote.content.first().map_or((0, 0), |stretch| (stretch.start, stretch.end)));
    for (number, quote) in (1..).zip(&mut kept) {
        quote.id = format!("q{number}").into();
    }
    record.quotes = has_layer.then_some(kept);
}

fn accepted(mut quote: QuoteRecord<'_>) -> QuoteRecord<'_> {
    (quote.score, quote.by) = (1.0, BY.into());
    if let Some(speaker) = &mut quote.speaker {
        speaker.score = 1.0;
    }
    for position in quote.positions.iter_mut().flatten() {
        (position.score, position.by) = (1.0, BY.into());
    }
    quote
}

fn quote_of(
    value: QuoteValue,
    before: Option<&QuoteSpeaker<'_>>,
    speakers: &[SpeakerRecord<'_>],
    with_positions: bool,
) -> QuoteRecord<'static> {
    let speaker = value.speaker.map(|name| {
        let same = before.filter(|speaker| speaker.name == name.as_str()).map(|speaker| speaker.id.to_string());
        let known =
            || speakers.iter().find(|speaker| speaker.name == name.as_str()).map(|speaker| speaker.id.to_string());
        QuoteSpeaker { id: same.or_else(known).unwrap_or_default().into(), name: name.into(), score: 1.0 }
    });
    let positions = value.positions.into_iter().map(|position| PositionRecord {
        topic: position.topic.into(),
        stance: position.stance,
        score: 1.0,
        evidence: stretches(position.evidence),
        by: BY.into(),
    });
    let positions: Vec<_> = positions.collect();
    QuoteRecord {
        id: "".into(),
        kind: value.kind,
        content: stretches(value.content),
        cue: value.cue.map(Stretch::from),
        source: value.source.map(Stretch::from),
        speaker,
        positions: (with_positions || !positions.is_empty()).then_some(positions),
        score: 1.0,
        by: BY.into(),
    }
}

fn stretches(values: Vec<StretchValue>) -> Vec<Stretch<'static>> {
    values.into_iter().map(Stretch::from).collect()
}
