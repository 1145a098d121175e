//! The decisions on entities.

use std::collections::BTreeMap;

use dixit_record::{EntityRecord, Record};

use super::{ApplyError, BY, Ruling, Rulings};
use crate::value::{EntityValue, Value};

/// Applies the decisions on entities; gives the new id of each old one that is still there.
pub(super) fn entities(record: &mut Record<'_>, rulings: &mut Rulings<'_>) -> BTreeMap<String, String> {
    let added = rulings.added().into_iter().filter_map(|value| match value {
        Value::Entity(value) => Some(entity_of(value, String::new())),
        Value::Quote(_) => None,
    });
    let added: Vec<_> = added.collect();
    let before = record.entities.take();
    let has_layer = before.is_some() || !added.is_empty();
    let mut kept = Vec::new();
    for entity in before.into_iter().flatten() {
        match rulings.on(&Value::of_entity(&entity)) {
            Ruling::Accept => kept.push(EntityRecord { score: 1.0, by: BY.into(), ..entity }),
            Ruling::Replace(Value::Entity(value)) => kept.push(entity_of(value, entity.id.to_string())),
            Ruling::Drop => {}
            Ruling::Keep | Ruling::Replace(Value::Quote(_)) => kept.push(entity),
        }
    }
    kept.extend(added);
    kept.sort_by_key(|entity| (entity.start, entity.end));
    let mut ids = BTreeMap::new();
    for (number, entity) in (1..).zip(&mut kept) {
        let old = std::mem::replace(&mut entity.id, format!("e{number}").into());
        ids.insert(old.into_owned(), entity.id.to_string());
    }
    record.entities = has_layer.then_some(kept);
    ids
}

pub(super) fn check_overlaps(id: &str, entities: &[EntityRecord<'_>]) -> Result<(), ApplyError> {
    match entities.windows(2).find(|pair| pair[1].start < pair[0].end) {
        None => Ok(()),
        Some(pair) => {
            let (left, right) = (pair[0].text.to_string(), pair[1].text.to_string());
            Err(ApplyError::Overlap { id: id.to_owned(), left, right, start: pair[1].start })
        }
    }
}

fn entity_of(value: EntityValue, id: String) -> EntityRecord<'static> {
    let EntityValue { span, label } = value;
    EntityRecord {
        id: id.into(),
        start: span.start,
        end: span.end,
        text: span.text.into(),
        label,
        score: 1.0,
        by: BY.into(),
    }
}
