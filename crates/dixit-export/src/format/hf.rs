//! Hugging Face token classification: JSON lines, and a dataset card that tells the features.
//!
//! On tokens, tags are names; the card makes them class labels. On subwords they are numbers, −100 where no label counts. A long article is
//! several rows if windows are asked for; else it is one, and nothing is ever cut off.

use std::fmt::Write as _;
use std::ops::Range;

use dixit_record::SubwordsRecord;
use serde_json::{Value, json};

use crate::format::{ExportError, Exporter, Labels, Output, Windows, missing, tokens, words};
use crate::losses::{INSIDE_WORDS, LINKS, NESTED};
use crate::tags::{Ends, Scheme, Tag, all, inside_tokens, name, tags};
use crate::view::{Label, View};
use crate::windows::windows as cut;

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
        for (part, range) in cut(tokens.len(), self.windows).into_iter().enumerate() {
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
        let Around { front, inner, behind } = Around::of(subwords);
        let windows = self.inner_windows(front.len() + behind.len())?;
        for (part, window) in cut(inner.len(), windows).into_iter().enumerate() {
            let window = inner.start + window.start..inner.start + window.end;
            let pieces: Vec<usize> = front.clone().chain(window).chain(behind.clone()).collect();
            let mut row = head(view, part);
            row["tokenizer"] = (*subwords.tokenizer).into();
            row["input_ids"] = pieces.iter().map(|&piece| subwords.ids[piece]).collect();
            row["offsets"] = pieces.iter().map(|&piece| json!(subwords.offsets[piece])).collect();
            row["word_ids"] = pieces.iter().map(|&piece| json!(words[piece])).collect();
            let special = |piece: usize| u8::from(front.contains(&piece) || behind.contains(&piece));
            row["special_tokens_mask"] = pieces.iter().map(|&piece| special(piece)).collect();
            let numbers = |tags: &[Tag], known: &[Label]| {
                pieces.iter().map(|&piece| number(words, piece, tags, known, labels)).collect::<Vec<_>>()
            };
            row["labels"] = numbers(&tagged.entities, &entity_labels()).into();
            row["quote_labels"] = numbers(&tagged.quotes, &Label::QUOTES[..3]).into();
            output.line("data.jsonl", &row)?;
        }
        Ok(())
    }

    /// The windows less what stands around each, so that with it they are as long as was asked.
    fn inner_windows(&self, around: usize) -> Result<Option<Windows>, ExportError> {
        let Some(Windows { length, overlap }) = self.windows else { return Ok(None) };
        match length.checked_sub(around) {
            Some(inner) if overlap < inner => Ok(Some(Windows { length: inner, overlap })),
            _ => Err(ExportError::Windows { length: length.saturating_sub(around), overlap }),
        }
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
            feature("special_tokens_mask", "sequence: int64");
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

/// Which pieces of an article stand around its text, as `[CLS]`, and which are of it.
struct Around {
    front: Range<usize>,
    inner: Range<usize>,
    behind: Range<usize>,
}

impl Around {
    fn of(subwords: &SubwordsRecord<'_>) -> Self {
        let mask = subwords.special_tokens_mask.as_deref().unwrap_or_default();
        let front = mask.iter().take_while(|&&special| special == 1).count();
        let behind = mask[front..].iter().rev().take_while(|&&special| special == 1).count();
        let (start, end) = (front, subwords.ids.len() - behind);
        Self { front: 0..start, inner: start..end, behind: end..subwords.ids.len() }
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
