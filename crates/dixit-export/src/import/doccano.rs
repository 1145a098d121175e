//! doccano's JSON lines: of a project of relations with `entities` and `relations`, of sequence labelling with `label`. Its ids are its own.

use std::collections::HashMap;

use serde_json::Value;

use crate::import::Reviews;
use crate::import::json::{add_links, article, each_line, point};
use crate::import::reviewed::{Reviewed, ReviewedLink, ReviewedMark, ReviewedRole};

pub(super) fn read(reviews: &mut Reviews, place: &str, content: &str) {
    each_line(reviews, place, content, |reviews, place, row| match row["doc_id"].as_str() {
        Some(id) => reviews.add(id.to_owned(), reviewed(place, row)),
        None => reviews.refuse(place, "no `doc_id` says which article it is of"),
    });
}

fn reviewed(place: &str, row: &Value) -> Reviewed {
    let mut reviewed = article(place, row);
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
    add_links(&mut reviewed, row, |relation, name, _| link(relation, name, &places));
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
