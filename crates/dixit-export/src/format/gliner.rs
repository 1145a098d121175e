//! `GLiNER`: a JSON array of passages of words, with entities by the indices of their first and last word. A passage is as long as the model
//! reads: what is longer it would cut off without a word.

use serde_json::{Value, json};

use crate::format::{ExportError, Exporter, Output, Windows, tokens, words};
use crate::losses::INSIDE_WORDS;
use crate::tags::{inside_tokens, touched};
use crate::view::{Label, View};
use crate::windows::windows;
use dixit_document::EntityLabel;

/// The most words that `GLiNER` models read, and an overlap that holds every name.
const WINDOWS: Windows = Windows { length: 384, overlap: 64 };

pub(super) struct Gliner {
    windows: Windows,
    begun: bool,
}

impl Gliner {
    pub(super) fn new(windows: Option<Windows>) -> Self {
        Self { windows: windows.unwrap_or(WINDOWS), begun: false }
    }
}

impl Exporter for Gliner {
    fn add(&mut self, view: &View<'_>, output: &mut Output<'_>) -> Result<(), ExportError> {
        let tokens = tokens(view, "gliner")?;
        let entities = view.marks.iter().filter_map(|mark| match mark.label {
            Label::Entity(label) => Some((touched(tokens, mark.stretches[0]), label)),
            _ => None,
        });
        let entities: Vec<_> = entities.collect();
        let ranges = windows(tokens.len(), Some(self.windows));
        let whole = |(tokens, _): &&(std::ops::Range<usize>, EntityLabel)| {
            !tokens.is_empty() && ranges.iter().any(|range| range.start <= tokens.start && tokens.end <= range.end)
        };
        output
            .losses
            .add("entities that no window holds whole", entities.len() - entities.iter().filter(whole).count());
        for range in ranges.iter().filter(|range| !range.is_empty()) {
            let inside = entities
                .iter()
                .filter(|(tokens, _)| !tokens.is_empty() && range.start <= tokens.start && tokens.end <= range.end);
            let ner: Vec<Value> = inside
                .map(|(tokens, label)| json!([tokens.start - range.start, tokens.end - 1 - range.start, class(*label)]))
                .collect();
            let words: Vec<_> = words(view.text(), &tokens[range.clone()]).collect();
            let passage = json!({ "tokenized_text": words, "ner": ner });
            let before = if std::mem::replace(&mut self.begun, true) { ",\n" } else { "[\n" };
            output.files.append("train.json", format!("{before}{passage}").as_bytes())?;
        }
        let names = view.marks.iter().filter(|mark| mark.label.is_entity());
        output.losses.add(INSIDE_WORDS, inside_tokens(tokens, names));
        output.losses.add("quotes", view.quotes.len());
        output.losses.add("positions", view.positions());
        output.losses.add("speakers", view.speakers());
        Ok(())
    }

    fn finish(&mut self, output: &mut Output<'_>) -> Result<(), ExportError> {
        output.files.append("train.json", if self.begun { b"\n]\n" } else { b"[]\n" })?;
        Ok(())
    }
}

/// The name of a label in words, since the model reads it.
const fn class(label: EntityLabel) -> &'static str {
    match label {
        EntityLabel::Person => "person",
        EntityLabel::Organization => "organization",
        EntityLabel::Location => "location",
        EntityLabel::Facility => "facility",
        EntityLabel::Norp => "nationality, religious or political group",
        EntityLabel::Event => "event",
        EntityLabel::Product => "product",
        EntityLabel::Date => "date",
        EntityLabel::Time => "time",
        EntityLabel::Money => "amount of money",
        EntityLabel::Percent => "percentage",
        EntityLabel::Misc => "other name",
    }
}
