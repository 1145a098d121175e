//! The speaker that a reviewer gives a quote, among those that the record knows, or a new one.

use std::collections::{BTreeSet, HashMap};

use dixit_document::{EntityLabel, SpeakerKind};
use dixit_record::{Named, QuoteRecord, QuoteSpeaker, Record, SpeakerRecord};
use dixit_text::Span;

use crate::import::entities::FreshIds;
use crate::import::form::SpeakerForm;

/// The speaker of that entity or name; one that nobody knows is added to the record.
pub(super) fn speaker<'a>(
    record: &mut Record<'_>,
    form: &SpeakerForm,
    entities: &HashMap<Span, String>,
    text: &str,
) -> QuoteSpeaker<'a> {
    let (name, entity) = match form {
        SpeakerForm::Entity(span) => (span.of(text), entities.get(span).map(String::as_str)),
        SpeakerForm::Name(name) => (name.as_str(), None),
    };
    let known = record.speakers.iter().flatten();
    let mention = |speaker: &&SpeakerRecord<'_>| speaker.mentions.iter().any(|id| Some(&**id) == entity);
    let named = known.clone().find(mention).or_else(|| known.clone().find(|speaker| speaker.name == name));
    let (id, name) = match named {
        Some(speaker) => (speaker.id.to_string(), speaker.name.to_string()),
        None => (add(record, name, entity), name.to_owned()),
    };
    QuoteSpeaker { id: id.into(), name: name.into(), score: 1.0 }
}

/// Adds a speaker with the entities of that name as mentions; gives its id.
fn add(record: &mut Record<'_>, name: &str, entity: Option<&str>) -> String {
    let mentions = record.entities.iter().flatten().filter(|other| other.text == name || Some(&*other.id) == entity);
    let label = mentions.clone().next().map(|entity| entity.label.0);
    let kind = match label {
        None => SpeakerKind::Description,
        Some(EntityLabel::Person) => SpeakerKind::Person,
        Some(_) => SpeakerKind::Organization,
    };
    let mentions = mentions.map(|entity| entity.id.to_string().into()).collect();
    let known = record.speakers.iter().flatten().map(|speaker| &*speaker.id);
    let id = FreshIds::new("s", known).next();
    let speaker = SpeakerRecord { id: id.clone().into(), name: name.to_owned().into(), kind: Named(kind), mentions };
    record.speakers.get_or_insert_default().push(speaker);
    id
}

/// The ids of the speakers of quotes.
pub(super) fn quoted(quotes: &[QuoteRecord<'_>]) -> BTreeSet<String> {
    quotes.iter().filter_map(|quote| quote.speaker.as_ref()).map(|speaker| speaker.id.to_string()).collect()
}

/// Leaves out the speakers that spoke before and have no quote any more.
pub(super) fn retain(record: &mut Record<'_>, spoke: &BTreeSet<String>, quotes: &[QuoteRecord<'_>]) {
    let speak = quoted(quotes);
    let speakers = record.speakers.iter_mut();
    speakers.for_each(|speakers| speakers.retain(|it| speak.contains(&*it.id) || !spoke.contains(&*it.id)));
}
