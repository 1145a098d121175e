//! doccano: JSON lines for its projects of sequence labelling and of relation extraction. Both must allow overlapping spans: without
//! that doccano drops them without a word.

use serde_json::json;

use crate::format::{ExportError, Exporter, Output};
use crate::losses::{NAMELESS, UNTOLD};
use crate::view::View;

pub(super) struct Doccano;

impl Exporter for Doccano {
    fn add(&mut self, view: &View<'_>, output: &mut Output<'_>) -> Result<(), ExportError> {
        let (marks, links) = view.flat();
        let labels = marks.iter().map(|mark| {
            let [start, end] = view.pair(mark.stretches[0]);
            json!([start, end, mark.label.name()])
        });
        let sequence = json!({ "text": view.text(), "label": labels.collect::<Vec<_>>(), "doc_id": view.record.id });
        output.line("sequence.jsonl", &sequence)?;
        let entities = marks.iter().enumerate().map(|(id, mark)| {
            let [start, end] = view.pair(mark.stretches[0]);
            json!({ "id": id, "start_offset": start, "end_offset": end, "label": mark.label.name() })
        });
        let relations = links.iter().enumerate().map(
            |(id, link)| json!({ "id": id, "from_id": link.content, "to_id": link.other, "type": link.role.name() }),
        );
        let relations = json!({
            "text": view.text(),
            "entities": entities.collect::<Vec<_>>(),
            "relations": relations.collect::<Vec<_>>(),
            "doc_id": view.record.id,
        });
        output.line("relations.jsonl", &relations)?;
        output.losses.add("types of quotes", view.quotes.len());
        output.losses.add(UNTOLD, view.positions_without_evidence());
        output.losses.add(NAMELESS, view.speakers_without_entity());
        Ok(())
    }
}
