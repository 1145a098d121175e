//! Hugging Face token classification: JSON lines, and a dataset card that tells the features.
//!
//! On tokens, tags are names; the card makes them class labels. On subwords they are numbers, −100 where no label counts. A long article is
//! several rows if windows are asked for; else it is one, and nothing is ever cut off.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::format::{ExportError, Exporter, Labels, Output, Windows, missing, tokens, words};
use crate::losses::{INSIDE_WORDS, LINKS, NESTED};
use crate::tags::{Ends, Scheme, Tag, all, inside_tokens, name, tags};
use crate::view::{Label, View};
use crate::windows::windows;

/// The number of a piece whose label does not count, as `PyTorch` passes it over.
const IGNORED: i64 = -100;

pub(super) struct Hf {
    pub(super) subwords: Option<Labels>,
    pub(super) windows: Option<Windows>,
}

/// The tags of the tokens of an article, by layer.
struct Tagged {
    entities: Vec<Tag>,
    quotes: Vec<Tag>,
}

impl Exporter for Hf {
    fn add(&mut self, view: &View<'_>, output: &mut Output<'_>) -> Result<(), ExportError> {
        let tokens = tokens(view, "hf")?;
        let of = |entities: bool| {
            let marks = view.marks.iter().enumerate();
            marks.filter(move |(_, mark)| mark.label != Label::Evidence && mark.label.is_entity() == entities)
        };
        let (entities, _) = tags(tokens, &of(true).collect::<Vec<_>>());
        let (quotes, left_out) = tags(tokens, &of(false).collect::<Vec<_>>());
        output.losses.add(NESTED, left_out.len());
        output.losses.add(LINKS, view.quotes.len());
        output.losses.add("positions", view.positions());
        output.losses.add("speakers", view.speakers());
        let marks = view.marks.iter().filter(|mark| mark.label != Label::Evidence);
        output.losses.add(INSIDE_WORDS, inside_tokens(tokens, marks));
        let tagged = Tagged { entities, quotes };
        match self.subwords {
            None => self.token_rows(view, &tagged, output),
            Some(labels) => self.subword_rows(view, &tagged, labels, output),
        }
    }

    fn finish(&mut self, output: &mut Output<'_>) -> Result<(), ExportError> {
        output.files.append("data.jsonl", b"")?;
        output.files.put("README.md", self.card().as_bytes())?;
        Ok(())
    }
}

impl Hf {
    fn token_rows(&self, view: &View<'_>, tagged: &Tagged, output: &mut Output<'_>) -> Result<(), ExportError> {
        let tokens = tokens(view, "hf")?;
        for (part, range) in windows(tokens.len(), self.windows).into_iter().enumerate() {
            let names = |tags: &[Tag]| tags.iter().map(|&tag| name(tag, Scheme::Iob2)).collect::<Vec<_>>();
            let mut row = head(view, part);
            row["tokens"] = words(view.text(), &tokens[range.clone()]).collect();
            row["offsets"] = tokens[range.clone()].iter().map(|&token| json!(view.pair(token))).collect();
            row["ner_tags"] = names(&begun(&tagged.entities[range.clone()])).into();
            row["quote_tags"] = names(&begun(&tagged.quotes[range])).into();
            output.line("data.jsonl", &row)?;
        }
        Ok(())
    }

    fn subword_rows(
        &self,
        view: &View<'_>,
        tagged: &Tagged,
        labels: Labels,
        output: &mut Output<'_>,
    ) -> Result<(), ExportError> {
        let subwords = view.record.subwords.as_ref().ok_or_else(|| missing(view, "subwords", "hf", "training"))?;
        let words = &subwords.words;
        for (part, range) in windows(subwords.ids.len(), self.windows).into_iter().enumerate() {
            let mut row = head(view, part);
            row["tokenizer"] = (*subwords.tokenizer).into();
            row["input_ids"] = subwords.ids[range.clone()].into();
            row["offsets"] = subwords.offsets[range.clone()].iter().map(|&pair| json!(pair)).collect();
            row["word_ids"] = words[range.clone()].iter().map(|&word| json!(word)).collect();
            let numbers = |tags: &[Tag], known: &[Label]| {
                let all = range.clone().map(|piece| number(words, piece, tags, known, labels));
                all.collect::<Vec<_>>()
            };
            row["labels"] = numbers(&tagged.entities, &entity_labels()).into();
            row["quote_labels"] = numbers(&tagged.quotes, &Label::QUOTES[..3]).into();
            output.line("data.jsonl", &row)?;
        }
        Ok(())
    }

    /// The dataset card: <https://huggingface.co/docs/hub/datasets-cards>.
    fn card(&self) -> String {
        let mut card = String::from(CARD_HEAD);
        let mut feature = |name: &str, dtype: &str| {
            let _ = write!(card, "  - name: {name}\n    {dtype}\n");
        };
        feature("id", "dtype: string");
        feature("part", "dtype: int64");
        feature("language", "dtype: string");
        let entity_tags = all(entity_labels().into_iter());
        let quote_tags = all(Label::QUOTES[..3].iter().copied());
        if self.subwords.is_some() {
            feature("tokenizer", "dtype: string");
            feature("input_ids", "sequence: int64");
            feature("offsets", "sequence:\n      sequence: int64");
            feature("word_ids", "sequence: int64");
            feature("labels", "sequence: int64");
            feature("quote_labels", "sequence: int64");
        } else {
            feature("tokens", "sequence: string");
            feature("offsets", "sequence:\n      sequence: int64");
            feature("ner_tags", &class_labels(&entity_tags));
            feature("quote_tags", &class_labels(&quote_tags));
        }
        card.push_str(CARD_TEXT);
        for (column, tags) in [("ner_tags, labels", entity_tags), ("quote_tags, quote_labels", quote_tags)] {
            let numbered = tags.iter().enumerate().map(|(number, tag)| format!("{number} {tag}"));
            let _ = writeln!(card, "- {column}: {}", numbered.collect::<Vec<_>>().join(", "));
        }
        card
    }
}

const CARD_HEAD: &str = "---
language:
- en
- fr
task_categories:
- token-classification
configs:
- config_name: default
  data_files:
  - split: train
    path: data.jsonl
dataset_info:
  features:
";

const CARD_TEXT: &str = "---
# News annotated by Dixit

A row is an article, or a window of one: `part` counts them, and neighbours overlap. `offsets` are code points of the article's text, end
exclusive. Tags are IOB2; −100 is a subword whose label does not count. The numbers of the tags:

";

/// A feature of class labels, in the YAML of a card.
fn class_labels(tags: &[String]) -> String {
    let names = tags.iter().enumerate().map(|(number, tag)| format!("          '{number}': {tag}"));
    format!("sequence:\n      class_label:\n        names:\n{}", names.collect::<Vec<_>>().join("\n"))
}

fn entity_labels() -> Vec<Label> {
    Label::all().filter(|label| label.is_entity()).collect()
}

fn head(view: &View<'_>, part: usize) -> Value {
    let language = view.record.language.as_ref().map_or("und", |language| {
        use dixit_document::Vocabulary as _;
        language.code.0.name()
    });
    json!({ "id": view.record.id, "part": part, "language": language })
}

/// The tags of a window: what goes on from before it begins with it, as IOB2 wants.
fn begun(tags: &[Tag]) -> Vec<Tag> {
    let mut tags = tags.to_vec();
    if let Some(Some((_, ends))) = tags.first_mut() {
        ends.first = true;
    }
    tags
}

/// The number of the label of a piece.
fn number(words: &[Option<u32>], piece: usize, tags: &[Tag], known: &[Label], labels: Labels) -> i64 {
    let Some(word) = words[piece] else { return IGNORED };
    let goes_on = piece > 0 && words[piece - 1] == Some(word);
    if goes_on && labels == Labels::FirstPiece {
        return IGNORED;
    }
    let Some((label, Ends { first, .. })) = tags[word as usize] else { return 0 };
    let place = known.iter().zip(0..).find(|&(&other, _)| other == label).map_or(0, |(_, place)| place);
    1 + 2 * place + i64::from(goes_on || !first)
}
