//! W3C Web Annotation (Recommendation of 23 February 2017): one annotation a line, in JSON-LD. A target is told by its offsets, in code points,
//! and by its text with what stands around it, so that it is found again in another copy of the article.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::format::{ExportError, Exporter, Output};
use crate::view::{Mark, View};

/// The characters around a target that are told.
const AROUND: usize = 32;

pub(super) struct W3c;

impl Exporter for W3c {
    fn add(&mut self, view: &View<'_>, output: &mut Output<'_>) -> Result<(), ExportError> {
        let document = format!("urn:dixit:{}", encoded(&view.record.id));
        let id = |mark: &Mark| format!("{document}:{}", encoded(&mark.id));
        let mut links = vec![Vec::new(); view.marks.len()];
        for link in &view.links {
            links[link.other].push(link);
        }
        for (index, mark) in view.marks.iter().enumerate() {
            let mut body = vec![textual("tagging", mark.label.name())];
            if let Some(quote) = view.quote_of(index) {
                body.push(textual("classifying", &quote.kind.0.to_string()));
                body.extend(quote.speaker.as_ref().map(|speaker| textual("identifying", &speaker.name)));
                let positions = quote.positions.iter().flatten();
                body.extend(positions.map(|it| textual("assessing", &format!("{}:{}", it.topic, it.stance.0))));
            }
            body.extend(links[index].iter().map(|link| {
                let source = id(&view.marks[link.content]);
                json!({ "type": "SpecificResource", "purpose": "linking", "source": source, "dixit:role": link.role.name() })
            }));
            let target: Vec<_> = mark.stretches.iter().map(|&stretch| target(view, &document, stretch)).collect();
            let line = json!({
                "@context": ["http://www.w3.org/ns/anno.jsonld", { "dixit": "urn:dixit:" }],
                "id": id(mark),
                "type": "Annotation",
                "motivation": if mark.label.is_entity() { "tagging" } else { "highlighting" },
                "body": body,
                "target": if target.len() == 1 { target[0].clone() } else { target.into() },
            });
            output.line("annotations.jsonl", &line)?;
        }
        Ok(())
    }
}

fn textual(purpose: &str, value: &str) -> Value {
    json!({ "type": "TextualBody", "purpose": purpose, "value": value })
}

fn target(view: &View<'_>, document: &str, stretch: dixit_text::Span) -> Value {
    let text = view.text();
    let (before, after) = (&text[..stretch.start()], &text[stretch.end()..]);
    let prefix = before.char_indices().rev().take(AROUND).last().map_or("", |(start, _)| &before[start..]);
    let suffix = after.char_indices().nth(AROUND).map_or(after, |(end, _)| &after[..end]);
    let [start, end] = view.pair(stretch);
    json!({
        "source": document,
        "selector": [
            { "type": "TextQuoteSelector", "exact": stretch.of(text), "prefix": prefix, "suffix": suffix },
            { "type": "TextPositionSelector", "start": start, "end": end },
        ],
    })
}

/// A part of a URN (RFC 8141): what is neither an ASCII letter nor a digit, `-`, `.` nor `_` is percent-encoded.
fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
