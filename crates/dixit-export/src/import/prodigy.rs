//! Prodigy's `db-out`: JSON lines with `spans`, `relations` and `answer`.

use std::collections::HashMap;

use serde_json::Value;

use crate::import::Reviews;
use crate::import::json::{add_links, article, each_line, point};
use crate::import::reviewed::{Reviewed, ReviewedLink, ReviewedMark, ReviewedRole};

pub(super) fn read(reviews: &mut Reviews, place: &str, content: &str) {
    each_line(reviews, place, content, |reviews, place, task| match task["meta"]["doc_id"].as_str() {
        _ if matches!(task["answer"].as_str(), Some("reject" | "ignore")) => reviews.passed_over += 1,
        Some(id) => reviews.add(id.to_owned(), reviewed(place, task)),
        None => reviews.refuse(place, "no `meta.doc_id` says which article it is of"),
    });
}

fn reviewed(place: &str, task: &Value) -> Reviewed {
    let mut reviewed = article(place, task);
    for (number, span) in task["spans"].as_array().into_iter().flatten().enumerate() {
        let name = format!("span {}", number + 1);
        match mark(span, &name) {
            Some(mark) => reviewed.marks.push(mark),
            None => reviewed.refusals.push((name, "`start`, `end` and `label` are wanted".to_owned())),
        }
    }
    let places = Places::new(&reviewed.marks);
    add_links(&mut reviewed, task, |relation, name, marks| link(relation, name, marks, &places));
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

/// Where the spans of a task are, by what a relation says of its ends.
struct Places {
    by_id: HashMap<String, usize>,
    by_span: HashMap<(String, Vec<(usize, usize)>), usize>,
}

impl Places {
    /// Of two spans that are the same the first counts, unless their ids tell them apart.
    fn new(marks: &[ReviewedMark]) -> Self {
        let mut places = Self { by_id: HashMap::new(), by_span: HashMap::new() };
        for (index, mark) in marks.iter().enumerate() {
            places.by_span.entry((mark.label.clone(), mark.stretches.clone())).or_insert(index);
            if let Some(id) = &mark.id {
                places.by_id.entry(id.clone()).or_insert(index);
            }
        }
        places
    }

    fn find(&self, wanted: &ReviewedMark, marks: &[ReviewedMark]) -> Option<usize> {
        let same = |&&index: &&usize| marks[index].label == wanted.label && marks[index].stretches == wanted.stretches;
        let by_id = wanted.id.as_ref().and_then(|id| self.by_id.get(id)).filter(same);
        by_id.or_else(|| self.by_span.get(&(wanted.label.clone(), wanted.stretches.clone()))).copied()
    }
}

fn link(relation: &Value, name: &str, marks: &[ReviewedMark], places: &Places) -> Result<ReviewedLink, String> {
    let find = |end: &str| {
        let wanted = mark(&relation[end], name).ok_or_else(|| format!("`{end}` is no span"))?;
        places.find(&wanted, marks).ok_or_else(|| format!("`{end}` is none of the spans"))
    };
    let (from, to) = (find("head_span")?, find("child_span")?);
    let label = relation["label"].as_str().unwrap_or_default();
    let role = ReviewedRole::from_name(label).ok_or_else(|| format!("unknown label `{label}`"))?;
    Ok(ReviewedLink { name: name.to_owned(), from, to, role })
}
