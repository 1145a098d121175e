//! brat standoff: lines of text-bound annotations (`T`), relations (`R`) and attributes (`A`); notes and others are passed over.

use std::collections::HashMap;

use crate::import::Reviews;
use crate::import::reviewed::{Fact, Reviewed, ReviewedLink, ReviewedMark, ReviewedRole};

/// Reads an `.ann`; `place` is its path, whose stem is the name of the article.
pub(super) fn read(reviews: &mut Reviews, place: &str, content: &str, text: &str) {
    let file = place.rsplit(['/', '\\']).next().unwrap_or(place);
    let key = file.strip_suffix(".ann").unwrap_or(file).to_owned();
    let mut reviewed =
        Reviewed { place: place.to_owned(), text: text.to_owned(), links: Some(Vec::new()), ..Reviewed::default() };
    let mut places = HashMap::new();
    let lines = || content.split('\n').map(|line| line.trim_end_matches('\r')).enumerate();
    for (number, line) in lines().filter(|(_, line)| line.starts_with('T')) {
        let name = format!("line {}", number + 1);
        match mark(line, &name) {
            Some((id, mark)) => {
                places.insert(id, reviewed.marks.len());
                reviewed.marks.push(mark);
            }
            None => reviewed.refusals.push((name, "`ID<tab>TYPE START END<tab>TEXT` is wanted".to_owned())),
        }
    }
    for (number, line) in lines() {
        let name = format!("line {}", number + 1);
        match line.chars().next() {
            Some('R') => match link(line, &name, &places) {
                Ok(link) => reviewed.links.get_or_insert_default().push(link),
                Err(what) => reviewed.refusals.push((name, what)),
            },
            Some('A') => match fact(line, &places) {
                Ok(fact) => reviewed.facts.extend(fact),
                Err(what) => reviewed.refusals.push((name, what)),
            },
            _ => {}
        }
    }
    reviews.add(key, reviewed);
}

fn mark<'l>(line: &'l str, name: &str) -> Option<(&'l str, ReviewedMark)> {
    let mut columns = line.splitn(3, '\t');
    let (id, data) = (columns.next()?, columns.next()?);
    let (label, offsets) = data.split_once(' ')?;
    let stretches = offsets.split(';').map(|pair| {
        let (start, end) = pair.split_once(' ')?;
        Some((start.parse().ok()?, end.trim_end().parse().ok()?))
    });
    let stretches = stretches.collect::<Option<Vec<_>>>()?;
    let said = columns.next().map(str::to_owned);
    Some((id, ReviewedMark { name: name.to_owned(), id: None, label: label.to_owned(), stretches, said }))
}

fn link(line: &str, name: &str, places: &HashMap<&str, usize>) -> Result<ReviewedLink, String> {
    let data = line.split('\t').nth(1).unwrap_or_default();
    let mut parts = data.split(' ').filter(|part| !part.is_empty());
    let kind = parts.next().unwrap_or_default();
    let mut end = |argument: &str| {
        let part = parts.next().and_then(|part| part.strip_prefix(argument)).unwrap_or_default();
        places.get(part).copied().ok_or_else(|| format!("`{argument}{part}` is none of the lines"))
    };
    let (from, to) = (end("Arg1:")?, end("Arg2:")?);
    let role = match kind.strip_prefix("evidence-") {
        Some(topic) => Some(ReviewedRole::Evidence(topic.to_owned(), None)),
        None => ReviewedRole::from_name(kind),
    };
    Ok(ReviewedLink { name: name.to_owned(), from, to, role: role.ok_or_else(|| format!("unknown type `{kind}`"))? })
}

fn fact(line: &str, places: &HashMap<&str, usize>) -> Result<Option<(usize, Fact)>, String> {
    let data = line.split('\t').nth(1).unwrap_or_default();
    let mut parts = data.split(' ');
    let (kind, target, value) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default(), parts.next());
    let &place = places.get(target).ok_or_else(|| format!("`{target}` is none of the lines"))?;
    let value = value.unwrap_or_default().to_owned();
    Ok(match kind.strip_prefix("position-") {
        Some(topic) => Some((place, Fact::Position(topic.to_owned(), value))),
        None if kind == "type" => Some((place, Fact::Kind(value))),
        None => None,
    })
}
