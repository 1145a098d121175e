//! The speakers and the profile of a record, made anew of its quotes.

use std::collections::BTreeMap;

use dixit_document::{EntityLabel, SpeakerKind};
use dixit_positions::profile;
use dixit_record::{EntityRecord, Named, ProfileRecord, ProfileSpeaker, QuoteRecord, Record, SpeakerRecord};

use super::BY;

/// Makes the speakers of the quotes: in the order in which they speak, with the mentions that are still there.
pub(super) fn speakers<'a>(
    record: &mut Record<'a>,
    before: Option<Vec<SpeakerRecord<'a>>>,
    entities: &BTreeMap<String, String>,
) {
    let has_layer = before.is_some();
    let mut before = before.unwrap_or_default();
    let mut made: Vec<(String, SpeakerRecord<'a>)> = Vec::new();
    for quote in record.quotes.iter_mut().flatten() {
        let Some(link) = &mut quote.speaker else { continue };
        let key = if link.id.is_empty() { format!("+{}", link.name) } else { link.id.to_string() };
        let place = made.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
            let old = before.iter().position(|speaker| speaker.id == link.id).map(|place| before.remove(place));
            let mut speaker = old.unwrap_or_else(|| new_speaker(link.name.to_string(), record.entities.as_deref()));
            if !link.id.is_empty() {
                let mentions = speaker.mentions.iter().filter_map(|mention| entities.get(&**mention));
                speaker.mentions = mentions.map(|mention| mention.clone().into()).collect();
            }
            speaker.id = format!("s{}", made.len() + 1).into();
            made.push((key, speaker));
            made.len() - 1
        });
        link.id.clone_from(&made[place].1.id);
        link.name.clone_from(&made[place].1.name);
    }
    record.speakers = (has_layer || !made.is_empty()).then(|| made.into_iter().map(|(_, speaker)| speaker).collect());
}

/// A speaker whom a person named: what it is, an entity of the same name tells.
fn new_speaker<'a>(name: String, entities: Option<&[EntityRecord<'_>]>) -> SpeakerRecord<'a> {
    let named: Vec<_> = entities.into_iter().flatten().filter(|entity| entity.text == name.as_str()).collect();
    let kind = match named.first().map(|entity| entity.label.0) {
        Some(EntityLabel::Person) => SpeakerKind::Person,
        Some(EntityLabel::Organization | EntityLabel::Norp | EntityLabel::Location) => SpeakerKind::Organization,
        _ => SpeakerKind::Description,
    };
    let mentions = named.iter().map(|entity| entity.id.to_string().into()).collect();
    SpeakerRecord { id: "".into(), name: name.into(), kind: Named(kind), mentions }
}

/// The profile, by the rules of the pipeline.
pub(super) fn profile_of<'a>(record: &Record<'a>) -> Vec<ProfileRecord<'a>> {
    let quotes = record.quotes.as_deref().unwrap_or_default();
    let speakers = record.speakers.as_deref().unwrap_or_default();
    let speaker_of = |quote: &QuoteRecord<'_>| {
        let link = quote.speaker.as_ref()?;
        speakers.iter().position(|speaker| speaker.id == link.id)
    };
    let stands = quotes.iter().enumerate().flat_map(|(index, quote)| {
        quote.positions.iter().flatten().map(move |position| dixit_document::Position {
            quote: index,
            topic: position.topic.to_string(),
            stance: position.stance.0,
            score: position.score,
            evidence: Vec::new(),
            by: BY,
        })
    });
    let stands: Vec<_> = stands.collect();
    let linked: Vec<_> = quotes.iter().map(speaker_of).collect();
    let lines = profile(&stands, |quote| linked.get(quote).copied().flatten());
    let line = |line: dixit_document::ProfileLine| ProfileRecord {
        speaker: ProfileSpeaker { id: speakers[line.speaker].id.clone(), name: speakers[line.speaker].name.clone() },
        topic: line.topic.into(),
        stance: Named(line.stance),
        score: line.score,
        quotes: line.quotes as u32,
        strongest: quotes[line.strongest].id.clone(),
    };
    lines.into_iter().map(line).collect()
}
