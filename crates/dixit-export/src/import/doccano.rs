//! doccano's JSON lines: of a project of relations with `entities` and `relations`, of sequence labelling with `label`. Its ids are its own.

use std::collections::HashMap;

use serde_json::Value;

use crate::import::Reviews;
use crate::import::prodigy::point;
use crate::import::reviewed::{Reviewed, ReviewedLink, ReviewedMark, ReviewedRole};

pub(super) fn read(reviews: &mut Reviews, place: &str, content: &str) {
    for (number, line) in content.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = format!("{place}:{}", number + 1);
        match serde_json::from_str::<Value>(line) {
            Err(error) => reviews.refuse(&place, format!("not JSON: {error}")),
            Ok(row) => match row["doc_id"].as_str() {
                Some(id) => reviews.add(id.to_owned(), reviewed(&place, &row)),
                None => reviews.refuse(&place, "no `doc_id` says which article it is of"),
            },
        }
    }
}

fn reviewed(place: &str, row: &Value) -> Reviewed {
    let mut reviewed = Reviewed {
        place: place.to_owned(),
        text: row["text"].as_str().unwrap_or_default().to_owned(),
        links: row["relations"].is_array().then(Vec::new),
        ..Reviewed::default()
    };
    let mut places = HashMap::new();
    let triples = row["label"].as_array().into_iter().flatten().map(|it| [&it[0], &it[1], &it[2], &Value::Null]);
    let entities = row["entities"].as_array().into_iter().flatten();
    let entities = entities.map(|it| [&it["start_offset"], &it["end_offset"], &it["label"], &it["id"]]);
    for (number, [start, end, label, id]) in triples.chain(entities).enumerate() {
        let name = format!("span {}", number + 1);
        let (Some(start), Some(end), Some(label)) = (point(start), point(end), label.as_str()) else {
            reviewed.refusals.push((name, "start, end and label are wanted".to_owned()));
            continue;
        };
        places.insert(id.to_string(), reviewed.marks.len());
        let label = label.to_owned();
        reviewed.marks.push(ReviewedMark { name, label, stretches: vec![(start, end)], ..ReviewedMark::default() });
    }
    for (number, relation) in row["relations"].as_array().into_iter().flatten().enumerate() {
        let name = format!("relation {}", number + 1);
        match link(relation, &name, &places) {
            Ok(link) => reviewed.links.get_or_insert_default().push(link),
            Err(what) => reviewed.refusals.push((name, what)),
        }
    }
    reviewed
}

fn link(relation: &Value, name: &str, places: &HashMap<String, usize>) -> Result<ReviewedLink, String> {
    let end = |field: &str| {
        let id = relation[field].to_string();
        places.get(&id).copied().ok_or_else(|| format!("`{field}` is {id}, which is none of the spans"))
    };
    let (from, to) = (end("from_id")?, end("to_id")?);
    let label = relation["type"].as_str().unwrap_or_default();
    let role = ReviewedRole::from_name(label).ok_or_else(|| format!("unknown type `{label}`"))?;
    Ok(ReviewedLink { name: name.to_owned(), from, to, role })
}
