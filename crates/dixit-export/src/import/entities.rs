//! Entities as a reviewer left them.

use std::collections::{HashMap, HashSet};

use dixit_record::{EntityRecord, Named, Record};
use dixit_text::{OffsetMap, Span, Unit};

use crate::import::form::{EntityForm, Form, are_same};

/// Changes the entities of a record; gives the ids of the entities by where they stand.
pub(super) fn apply(record: &mut Record<'_>, before: &Form, after: &Form, by: &str) -> HashMap<Span, String> {
    let text = record.text.to_string();
    let points = OffsetMap::new(&text, Unit::CodePoint);
    let (was, is) = (&before.entities, &after.entities);
    if !are_same(was, is, EntityForm::is_same) {
        let old = record.entities.take().unwrap_or_default();
        let entities = changed(old, was, is, &points, |span| (span.of(&text).to_owned(), by.to_owned()));
        let known: HashSet<&str> = entities.iter().map(|entity| &*entity.id).collect();
        for speaker in record.speakers.iter_mut().flatten() {
            speaker.mentions.retain(|id| known.contains(&**id));
        }
        record.entities = Some(entities);
    }
    record.entities.iter().flatten().map(|entity| (form(entity, &points).span, entity.id.to_string())).collect()
}

/// The entities after the change; `surface` gives what stands at a span, and what changed it.
fn changed<'a>(
    old: Vec<EntityRecord<'a>>,
    was: &[EntityForm],
    is: &[EntityForm],
    points: &OffsetMap<'_>,
    surface: impl Fn(Span) -> (String, String),
) -> Vec<EntityRecord<'a>> {
    let known: Vec<_> = old.iter().map(|entity| form(entity, points)).collect();
    let of_record = pairs(&known, was, &ENTITY_PASSES);
    let of_was = pairs(was, is, &ENTITY_PASSES);
    let mut fresh = FreshIds::new("e", old.iter().map(|entity| &*entity.id));
    let mut entities = Vec::new();
    for (entity, &matched) in is.iter().zip(&of_was) {
        let known = matched.and_then(|index| Some((&was[index], &old[of_record[index]?])));
        if let Some((_, old)) = known.filter(|(was, _)| was.is_same(entity)) {
            entities.push(old.clone());
            continue;
        }
        let id = known.map_or_else(|| fresh.next(), |(_, old)| old.id.to_string());
        let (start, end) = points.units(entity.span);
        let (text, by) = surface(entity.span);
        let (start, end, label) = (start as u32, end as u32, Named(entity.label));
        entities.push(EntityRecord { id: id.into(), start, end, text: text.into(), label, score: 1.0, by: by.into() });
    }
    // What the tool could not hold was not reviewed.
    entities.extend(unnamed(old, &of_record));
    entities.sort_by_key(|entity| (entity.start, entity.end));
    entities
}

fn form(entity: &EntityRecord<'_>, points: &OffsetMap<'_>) -> EntityForm {
    let span = points.span(entity.start as usize, entity.end as usize).unwrap_or_default();
    EntityForm { id: Some(entity.id.to_string()), span, label: entity.label.0 }
}

/// A way in which two things are one.
pub(super) type Pass<T> = fn(&T, &T) -> bool;

const ENTITY_PASSES: [Pass<EntityForm>; 3] = [
    |left, right| left.span == right.span,
    |left, right| left.id.is_some() && left.id == right.id,
    |left, right| left.span.overlaps(right.span),
];

/// For each of `after` the index of what it was in `before`, each used once; the first pass goes over all before the next.
///
/// A search begins where the last one ended, since both are in the order of the text: what nobody changed is found at once.
pub(super) fn pairs<T>(before: &[T], after: &[T], passes: &[Pass<T>]) -> Vec<Option<usize>> {
    let (mut used, mut found) = (vec![false; before.len()], vec![None; after.len()]);
    for pass in passes {
        let mut next = 0;
        for (item, found) in after.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
            let mut places = (next..before.len()).chain(0..next);
            if let Some(place) = places.find(|&place| !used[place] && pass(&before[place], item)) {
                used[place] = true;
                *found = Some(place);
                next = place + 1;
            }
        }
    }
    found
}

/// The items that no index names.
pub(super) fn unnamed<T>(items: Vec<T>, named: &[Option<usize>]) -> impl Iterator<Item = T> {
    let mut free = vec![true; items.len()];
    for &place in named.iter().flatten() {
        free[place] = false;
    }
    items.into_iter().zip(free).filter(|(_, free)| *free).map(|(item, _)| item)
}

/// Ids of a letter and a number that nothing has yet.
pub(super) struct FreshIds {
    letter: &'static str,
    last: u64,
}

impl FreshIds {
    pub(super) fn new<'i>(letter: &'static str, known: impl Iterator<Item = &'i str>) -> Self {
        let number = known.filter_map(|id| id.strip_prefix(letter)?.parse::<u64>().ok()).max();
        Self { letter, last: number.unwrap_or_default() }
    }

    pub(super) fn next(&mut self) -> String {
        self.last += 1;
        format!("{}{}", self.letter, self.last)
    }
}
