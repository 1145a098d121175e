//! What the readers of tools share that write JSON.

use serde_json::Value;

use crate::import::Reviews;
use crate::import::reviewed::{Reviewed, ReviewedLink, ReviewedMark};

/// Gives `take` the value of each line, with its place; empty lines are passed over.
pub(super) fn each_line(reviews: &mut Reviews, place: &str, content: &str, take: impl Fn(&mut Reviews, &str, &Value)) {
    for (number, line) in content.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = format!("{place}:{}", number + 1);
        match serde_json::from_str(line) {
            Ok(value) => take(reviews, &place, &value),
            Err(error) => reviews.refuse(&place, format!("not JSON: {error}")),
        }
    }
}

/// An article of a line, without marks as yet; it has links if the line has `relations`.
pub(super) fn article(place: &str, line: &Value) -> Reviewed {
    Reviewed {
        place: place.to_owned(),
        text: line["text"].as_str().unwrap_or_default().to_owned(),
        links: line["relations"].is_array().then(Vec::new),
        ..Reviewed::default()
    }
}

/// Adds the `relations` of a line; `link` reads one by its name, among the marks that are there.
pub(super) fn add_links(
    reviewed: &mut Reviewed,
    line: &Value,
    link: impl Fn(&Value, &str, &[ReviewedMark]) -> Result<ReviewedLink, String>,
) {
    for (number, relation) in line["relations"].as_array().into_iter().flatten().enumerate() {
        let name = format!("relation {}", number + 1);
        match link(relation, &name, &reviewed.marks) {
            Ok(link) => reviewed.links.get_or_insert_default().push(link),
            Err(what) => reviewed.refusals.push((name, what)),
        }
    }
}

/// An offset.
pub(super) fn point(value: &Value) -> Option<usize> {
    value.as_u64().and_then(|value| usize::try_from(value).ok())
}
