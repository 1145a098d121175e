//! spaCy: JSON lines with offsets, and the script that makes a `DocBin` of them.

use dixit_record::QuoteRecord;
use dixit_text::Span;
use serde_json::{Value, json};

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
        let relation = |link: &Link| {
            let (from, to) = (&marks[link.content].id, &marks[link.other].id);
            json!({ "from": from, "to": to, "label": link.role.name() })
        };
        let ids = |marks: &[&Mark]| marks.iter().map(|mark| json!(mark.id)).collect::<Vec<_>>();
        let pairs = |spans: &[Span]| spans.iter().map(|&span| view.pair(span)).collect::<Vec<_>>();
        let line = json!({
            "text": view.text(),
            "id": view.record.id,
            "language": view.record.language.as_ref().map(|language| language.code),
            "tokens": view.tokens.as_deref().map(pairs),
            "sentences": view.sentences.as_deref().map(pairs),
            "entities": entities.iter().map(triple).collect::<Vec<_>>(),
            "entity_ids": ids(&entities),
            "spans": { "quotes": spans.iter().map(triple).collect::<Vec<_>>() },
            "span_ids": ids(&spans),
            "relations": links.iter().map(relation).collect::<Vec<_>>(),
            "quotes": view.quotes.iter().map(|(_, quote)| told(quote)).collect::<Vec<_>>(),
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

/// What spans do not say of a quote.
fn told(quote: &QuoteRecord<'_>) -> Value {
    let positions = quote.positions.iter().flatten();
    let positions = positions.map(|position| json!({ "topic": position.topic, "stance": position.stance }));
    let speaker = quote.speaker.as_ref().map(|speaker| &speaker.name);
    json!({ "id": quote.id, "type": quote.kind, "speaker": speaker, "positions": positions.collect::<Vec<_>>() })
}
