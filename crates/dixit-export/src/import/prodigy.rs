//! Prodigy's `db-out`: JSON lines with `spans`, `relations` and `answer`.

use serde_json::Value;

use crate::import::Reviews;
use crate::import::reviewed::{Reviewed, ReviewedLink, ReviewedMark, ReviewedRole};

pub(super) fn read(reviews: &mut Reviews, place: &str, content: &str) {
    for (number, line) in content.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = format!("{place}:{}", number + 1);
        match serde_json::from_str::<Value>(line) {
            Err(error) => reviews.refuse(&place, format!("not JSON: {error}")),
            Ok(task) if matches!(task["answer"].as_str(), Some("reject" | "ignore")) => reviews.passed_over += 1,
            Ok(task) => match id(&task) {
                Some(id) => reviews.add(id, reviewed(&place, &task)),
                None => reviews.refuse(&place, "no `meta.doc_id` says which article it is of"),
            },
        }
    }
}

fn id(task: &Value) -> Option<String> {
    task["meta"]["doc_id"].as_str().map(str::to_owned)
}

fn reviewed(place: &str, task: &Value) -> Reviewed {
    let mut reviewed = Reviewed {
        place: place.to_owned(),
        text: task["text"].as_str().unwrap_or_default().to_owned(),
        links: task["relations"].is_array().then(Vec::new),
        ..Reviewed::default()
    };
    for (number, span) in task["spans"].as_array().into_iter().flatten().enumerate() {
        let name = format!("span {}", number + 1);
        match mark(span, &name) {
            Some(mark) => reviewed.marks.push(mark),
            None => reviewed.refusals.push((name, "`start`, `end` and `label` are wanted".to_owned())),
        }
    }
    for (number, relation) in task["relations"].as_array().into_iter().flatten().enumerate() {
        let name = format!("relation {}", number + 1);
        match link(relation, &name, &reviewed.marks) {
            Ok(link) => reviewed.links.get_or_insert_default().push(link),
            Err(what) => reviewed.refusals.push((name, what)),
        }
    }
    reviewed
}

fn mark(span: &Value, name: &str) -> Option<ReviewedMark> {
    Some(ReviewedMark {
        name: name.to_owned(),
        id: span["id"].as_str().map(str::to_owned),
        label: span["label"].as_str()?.to_owned(),
        stretches: vec![(point(&span["start"])?, point(&span["end"])?)],
        said: None,
    })
}

fn link(relation: &Value, name: &str, marks: &[ReviewedMark]) -> Result<ReviewedLink, String> {
    let find = |end: &str| {
        let wanted = mark(&relation[end], name).ok_or_else(|| format!("`{end}` is no span"))?;
        let same = |mark: &&ReviewedMark| mark.label == wanted.label && mark.stretches == wanted.stretches;
        let mut found = marks.iter().enumerate().filter(|(_, mark)| same(mark)).peekable();
        let first = found.peek().map(|&(index, _)| index);
        let by_id = found.find(|(_, mark)| mark.id.is_some() && mark.id == wanted.id).map(|(index, _)| index);
        by_id.or(first).ok_or_else(|| format!("`{end}` is none of the spans"))
    };
    let (from, to) = (find("head_span")?, find("child_span")?);
    let label = relation["label"].as_str().unwrap_or_default();
    let role = ReviewedRole::from_name(label).ok_or_else(|| format!("unknown label `{label}`"))?;
    Ok(ReviewedLink { name: name.to_owned(), from, to, role })
}

/// An offset.
pub(super) fn point(value: &Value) -> Option<usize> {
    value.as_u64().and_then(|value| usize::try_from(value).ok())
}
