//! Prodigy: a task a line, with tokens, spans and relations. Token ends are inclusive, and relations name the last token of a span.

use serde_json::{Value, json};

use crate::format::{ExportError, Exporter, Output, tokens};
use crate::losses::{INSIDE_WORDS, NAMELESS, UNTOLD};
use crate::tags::{inside_tokens, touched};
use crate::view::{Mark, View};

pub(super) struct Prodigy;

impl Exporter for Prodigy {
    fn add(&mut self, view: &View<'_>, output: &mut Output<'_>) -> Result<(), ExportError> {
        let words = tokens(view, "prodigy")?;
        let (marks, links) = view.flat();
        let spans: Vec<Option<Value>> = marks.iter().map(|mark| span(view, words, mark)).collect();
        let end = |index: usize| spans[index].as_ref().map(|span| span["token_end"].clone());
        let relations = links.iter().filter_map(|link| {
            let (head_span, child_span) = (spans[link.content].as_ref()?, spans[link.other].as_ref()?);
            Some(json!({
                "head": end(link.content), "child": end(link.other), "label": link.role.name(),
                "head_span": head_span, "child_span": child_span,
            }))
        });
        let mut spaces = words.iter().skip(1).map(|word| word.start()).chain([view.text().len()]);
        let tokens = words.iter().enumerate().map(|(id, &word)| {
            let [start, end] = view.pair(word);
            let ws = spaces.next().is_some_and(|next| next > word.end());
            json!({ "text": word.of(view.text()), "start": start, "end": end, "id": id, "ws": ws })
        });
        let line = json!({
            "text": view.text(),
            "meta": {
                "doc_id": view.record.id,
                "lang": view.record.language.as_ref().map(|language| language.code),
            },
            "tokens": tokens.collect::<Vec<_>>(),
            "spans": spans.iter().flatten().collect::<Vec<_>>(),
            "relations": relations.collect::<Vec<_>>(),
        });
        output.line("tasks.jsonl", &line)?;
        output.losses.add("marks that no token is part of", spans.iter().filter(|span| span.is_none()).count());
        output.losses.add(INSIDE_WORDS, inside_tokens(words, marks.iter()));
        output.losses.add("types of quotes", view.quotes.len());
        output.losses.add(UNTOLD, view.positions_without_evidence());
        output.losses.add(NAMELESS, view.speakers_without_entity());
        Ok(())
    }
}

/// A span of a task; `None` if no token is part of it.
fn span(view: &View<'_>, words: &[dixit_text::Span], mark: &Mark) -> Option<Value> {
    let [start, end] = view.pair(mark.stretches[0]);
    let range = touched(words, mark.stretches[0]);
    let last = range.end.checked_sub(1).filter(|&last| last >= range.start)?;
    Some(json!({
        "start": start, "end": end, "token_start": range.start, "token_end": last,
        "label": mark.label.name(), "id": mark.id,
    }))
}
