//! Label Studio: tasks with predictions, and the labelling configuration that shows them.
//!
//! Regions are spans of the text with `\n` as its line ends, since browsers know no other. A quote's type, speaker and positions are
//! choices and a text of its region; cue, source and evidence are regions of their own, with relations.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use dixit_document::{Stance, Vocabulary as _};
use dixit_text::{OffsetMap, Unit};
use serde_json::{Value, json};

use crate::format::{ExportError, Exporter, Output};
use crate::line_ends::LineEnds;
use crate::view::{Label, Link, Mark, Role, View};

#[derive(Default)]
pub(super) struct LabelStudio {
    begun: bool,
    topics: BTreeSet<String>,
}

impl Exporter for LabelStudio {
    fn add(&mut self, view: &View<'_>, output: &mut Output<'_>) -> Result<(), ExportError> {
        for position in view.quotes.iter().flat_map(|(_, quote)| quote.positions.iter().flatten()) {
            self.topics.insert(position.topic.to_string());
        }
        let ends = LineEnds::new(view.text());
        let task = task(view, &ends);
        let before = if std::mem::replace(&mut self.begun, true) { ",\n" } else { "[\n" };
        output.files.append("tasks.json", format!("{before}{task}").as_bytes())?;
        Ok(())
    }

    fn finish(&mut self, output: &mut Output<'_>) -> Result<(), ExportError> {
        output.files.append("tasks.json", if self.begun { b"\n]\n" } else { b"[]\n" })?;
        output.files.put("config.xml", config(&self.topics).as_bytes())?;
        Ok(())
    }
}

fn task(view: &View<'_>, ends: &LineEnds<'_>) -> Value {
    let (marks, links) = view.flat();
    let ids: Vec<String> = marks.iter().enumerate().map(|(index, mark)| region_id(index, mark)).collect();
    let mut result = regions(view, ends, &marks, &ids);
    result.extend(links.iter().filter(|link| link.role != Role::Speaker).map(|link| relation(link, &ids)));
    let annotator = &view.record.annotator;
    let least = marks.iter().filter_map(|mark| mark.score).fold(1.0, f32::min);
    json!({
        "data": { "text": ends.text, "doc_id": view.record.id, "lang": view.record.language.as_ref().map(|it| it.code) },
        "predictions": [{
            "model_version": format!("{}-{}", annotator.name, annotator.version),
            "score": rounded(least),
            "result": result,
        }],
    })
}

/// A region for each mark, then what is said of the contents of quotes.
fn regions(view: &View<'_>, ends: &LineEnds<'_>, marks: &[Mark], ids: &[String]) -> Vec<Value> {
    let points = OffsetMap::new(&ends.text, Unit::CodePoint);
    let item = |index: usize, name: &str, kind: &str, field: &str, value: Value| {
        let (start, end) = points.units(ends.changed_span(marks[index].stretches[0]));
        let value = json!({ "start": start, "end": end, field: value });
        json!({ "id": ids[index], "from_name": name, "to_name": "text", "type": kind, "value": value })
    };
    let region = |(index, mark): (usize, &Mark)| {
        let mut region = item(index, "label", "labels", "labels", json!([mark.label.name()]));
        region["value"]["text"] = ends.changed_span(mark.stretches[0]).of(&ends.text).into();
        if let Some(score) = mark.score {
            region["score"] = rounded(score);
        }
        region
    };
    let mut regions: Vec<Value> = marks.iter().enumerate().map(region).collect();
    for &(index, quote) in &view.quotes {
        regions.push(item(index, "type", "choices", "choices", json!([quote.kind])));
        if let Some(speaker) = &quote.speaker {
            regions.push(item(index, "speaker", "textarea", "text", json!([speaker.name])));
        }
        let positions = quote.positions.iter().flatten();
        let positions: Vec<_> = positions.map(|position| choice(&position.topic, position.stance.0)).collect();
        if !positions.is_empty() {
            regions.push(item(index, "position", "choices", "choices", json!(positions)));
        }
    }
    regions
}

fn relation(link: &Link, ids: &[String]) -> Value {
    let label = match &link.role {
        Role::Evidence { topic, .. } => format!("evidence:{topic}"),
        role => role.name(),
    };
    let (from, to) = (&ids[link.content], &ids[link.other]);
    json!({ "type": "relation", "from_id": from, "to_id": to, "direction": "right", "labels": [label] })
}

/// The id of a region: that of the mark, where Label Studio takes it.
fn region_id(index: usize, mark: &Mark) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if mark.id.chars().all(plain) && !mark.id.is_empty() { mark.id.clone() } else { format!("mark-{index}") }
}

fn rounded(score: f32) -> Value {
    json!((f64::from(score) * 1000.0).round() / 1000.0)
}

/// The choice of a stance on a topic.
fn choice(topic: &str, stance: Stance) -> String {
    format!("{topic}:{stance}")
}

/// The labelling configuration: <https://labelstud.io/tags/>.
fn config(topics: &BTreeSet<String>) -> String {
    let mut xml = String::from("<View>\n  <Relations>\n");
    let roles = ["cue", "source", "part"].map(str::to_owned);
    for role in roles.into_iter().chain(topics.iter().map(|topic| format!("evidence:{topic}"))) {
        let _ = writeln!(xml, "    <Relation value=\"{}\"/>", escaped(&role));
    }
    xml.push_str("  </Relations>\n  <Labels name=\"label\" toName=\"text\">\n");
    for label in Label::all() {
        let _ = writeln!(xml, "    <Label value=\"{}\"/>", label.name());
    }
    xml.push_str("  </Labels>\n  <Text name=\"text\" value=\"$text\"/>\n");
    let of_content = "toName=\"text\" perRegion=\"true\" visibleWhen=\"region-selected\" whenTagName=\"label\" whenLabelValue=\"CONTENT\"";
    let mut choices = |name: &str, choice: &str, values: &[String]| {
        let _ = writeln!(xml, "  <Choices name=\"{name}\" choice=\"{choice}\" {of_content}>");
        for value in values {
            let _ = writeln!(xml, "    <Choice value=\"{}\"/>", escaped(value));
        }
        xml.push_str("  </Choices>\n");
    };
    choices("type", "single", &["direct", "mixed", "indirect"].map(str::to_owned));
    let stances = topics.iter().flat_map(|topic| Stance::ALL.iter().map(|&stance| choice(topic, stance)));
    let stances: Vec<_> = stances.collect();
    if !stances.is_empty() {
        choices("position", "multiple", &stances);
    }
    let _ =
        writeln!(xml, "  <TextArea name=\"speaker\" maxSubmissions=\"1\" editable=\"true\" {of_content}/>\n</View>");
    xml
}

/// Text in an attribute of XML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
