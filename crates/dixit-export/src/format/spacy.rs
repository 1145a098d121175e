//! spaCy: JSON lines with offsets, and the script that makes a `DocBin` of them.

use serde_json::json;

use crate::format::{ExportError, Exporter, Output};
use crate::losses::INSIDE_WORDS;
use crate::tags::inside_tokens;
use crate::view::{Link, Mark, View};

/// Makes a `.spacy` file of the articles; the format itself is spaCy's own, so spaCy writes it.
const SCRIPT: &str = include_str!("spacy/to_docbin.py");

pub(super) struct Spacy;

impl Exporter for Spacy {
    fn add(&mut self, view: &View<'_>, output: &mut Output<'_>) -> Result<(), ExportError> {
        let (marks, links) = view.flat();
        let (entities, spans): (Vec<_>, Vec<_>) = marks.iter().partition(|mark| mark.label.is_entity());
        let triple = |mark: &&Mark| {
            let [start, end] = view.pair(mark.stretches[0]);
            json!([start, end, mark.label.name()])
        };
        let relation = |link: &Link| json!({ "from": marks[link.content].id, "to": marks[link.other].id, "label": link.role.name() });
        let ids = |marks: &[&Mark]| marks.iter().map(|mark| json!(mark.id)).collect::<Vec<_>>();
        let pairs = |spans: &Option<Vec<_>>| {
            spans.as_ref().map(|spans: &Vec<_>| spans.iter().map(|&s| view.pair(s)).collect::<Vec<_>>())
        };
        let positions = view.quotes.iter().flat_map(|&(mark, quote)| {
            let id = &view.marks[mark].id;
            quote
                .positions
                .iter()
                .flatten()
                .map(move |position| json!({ "quote": id, "topic": position.topic, "stance": position.stance }))
        });
        let speakers = view.quotes.iter().filter_map(|&(mark, quote)| {
            Some(json!({ "quote": view.marks[mark].id, "name": quote.speaker.as_ref()?.name, "type": quote.kind }))
        });
        let line = json!({
            "text": view.text(),
            "id": view.record.id,
            "language": view.record.language.as_ref().map(|language| language.code),
            "tokens": pairs(&view.tokens),
            "sentences": pairs(&view.sentences),
            "entities": entities.iter().map(triple).collect::<Vec<_>>(),
            "entity_ids": ids(&entities),
            "spans": { "quotes": spans.iter().map(triple).collect::<Vec<_>>() },
            "span_ids": ids(&spans),
            "relations": links.iter().map(relation).collect::<Vec<_>>(),
            "positions": positions.collect::<Vec<_>>(),
            "speakers": speakers.collect::<Vec<_>>(),
        });
        output.line("articles.jsonl", &line)?;
        let tokens = view.tokens.as_deref().unwrap_or_default();
        output.losses.add(INSIDE_WORDS, inside_tokens(tokens, marks.iter()));
        Ok(())
    }

    fn finish(&mut self, output: &mut Output<'_>) -> Result<(), ExportError> {
        output.files.append("articles.jsonl", b"")?;
        output.files.put("to_docbin.py", SCRIPT.as_bytes())?;
        Ok(())
    }
}
