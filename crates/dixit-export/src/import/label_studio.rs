//! Label Studio's export `JSON`: tasks with annotations, each a list of regions, what is said of them, and relations. Regions keep our ids.

use std::collections::HashMap;

use serde_json::Value;

use crate::import::Reviews;
use crate::import::json::point;
use crate::import::reviewed::{Fact, Reviewed, ReviewedLink, ReviewedMark, ReviewedRole};

pub(super) fn read(reviews: &mut Reviews, place: &str, content: &str) {
    let tasks: Vec<Value> = match serde_json::from_str(content) {
        Ok(tasks) => tasks,
        Err(error) => return reviews.refuse(place, format!("not a list of tasks in JSON: {error}")),
    };
    for (number, task) in tasks.iter().enumerate() {
        let place = format!("{place}, task {}", number + 1);
        let Some(id) = task["data"]["doc_id"].as_str() else {
            reviews.refuse(&place, "no `data.doc_id` says which article it is of");
            continue;
        };
        let Some(result) = result(task) else {
            reviews.passed_over += 1;
            continue;
        };
        let text = task["data"]["text"].as_str().unwrap_or_default();
        reviews.add(id.to_owned(), reviewed(&place, text, result));
    }
}

/// The last annotation that was not skipped; without annotations at all, as in what we export, the prediction.
fn result(task: &Value) -> Option<&[Value]> {
    let annotations = match task["annotations"].as_array() {
        Some(annotations) => annotations,
        None => task["predictions"].as_array()?,
    };
    let submitted = annotations.iter().rfind(|annotation| annotation["was_cancelled"] != true)?;
    submitted["result"].as_array().map(Vec::as_slice)
}

fn reviewed(place: &str, text: &str, result: &[Value]) -> Reviewed {
    let mut reviewed =
        Reviewed { place: place.to_owned(), text: text.to_owned(), links: Some(Vec::new()), ..Reviewed::default() };
    let mut places = HashMap::new();
    for region in result.iter().filter(|region| region["type"] == "labels") {
        let id = region["id"].as_str().unwrap_or_default();
        let name = format!("region `{id}`");
        match mark(region, &name) {
            Some(mark) => {
                places.insert(id, reviewed.marks.len());
                reviewed.marks.push(mark);
            }
            None => reviewed.refusals.push((name, "`start`, `end` and one of `labels` are wanted".to_owned())),
        }
    }
    for item in result.iter().filter(|item| item["type"] != "labels") {
        if item["type"] == "relation" {
            let name = format!("relation of `{}` to `{}`", item["from_id"], item["to_id"]).replace('"', "");
            match link(item, &name, &places) {
                Ok(link) => reviewed.links.get_or_insert_default().push(link),
                Err(what) => reviewed.refusals.push((name, what)),
            }
        } else if let Some(&place) = item["id"].as_str().and_then(|id| places.get(id)) {
            reviewed.facts.extend(facts(item).into_iter().map(|fact| (place, fact)));
        }
    }
    reviewed
}

fn mark(region: &Value, name: &str) -> Option<ReviewedMark> {
    let value = &region["value"];
    Some(ReviewedMark {
        name: name.to_owned(),
        id: region["id"].as_str().map(str::to_owned),
        label: value["labels"][0].as_str()?.to_owned(),
        stretches: vec![(point(&value["start"])?, point(&value["end"])?)],
        said: value["text"].as_str().map(str::to_owned),
    })
}

/// What an item says of its region.
fn facts(item: &Value) -> Vec<Fact> {
    let values = |field: &str| {
        let values = item["value"][field].as_array().into_iter().flatten().filter_map(Value::as_str);
        values.collect::<Vec<_>>()
    };
    match item["from_name"].as_str() {
        Some("type") => values("choices").into_iter().map(|kind| Fact::Kind(kind.to_owned())).collect(),
        Some("speaker") => values("text").into_iter().map(|name| Fact::Speaker(name.to_owned())).collect(),
        Some("position") => {
            let pairs = values("choices").into_iter().filter_map(|choice| choice.rsplit_once(':'));
            pairs.map(|(topic, stance)| Fact::Position(topic.to_owned(), stance.to_owned())).collect()
        }
        _ => Vec::new(),
    }
}

fn link(relation: &Value, name: &str, places: &HashMap<&str, usize>) -> Result<ReviewedLink, String> {
    let end = |field: &str| {
        let id = relation[field].as_str().unwrap_or_default();
        places.get(id).copied().ok_or_else(|| format!("`{id}` is no region"))
    };
    let (mut from, mut to) = (end("from_id")?, end("to_id")?);
    if relation["direction"] == "left" {
        (from, to) = (to, from);
    }
    let label = relation["labels"][0].as_str().unwrap_or_default();
    let role = match label.split_once(':') {
        Some(("evidence", topic)) => Some(ReviewedRole::Evidence(topic.to_owned(), None)),
        Some(_) => None,
        None => ReviewedRole::from_name(label),
    };
    let role = role.ok_or_else(|| format!("unknown label `{label}`"))?;
    Ok(ReviewedLink { name: name.to_owned(), from, to, role })
}
