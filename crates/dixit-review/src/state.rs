//! An article as the page shows it, as JSON: its text in runs, its items, and where it stands in the queue.

use dixit_document::Vocabulary as _;
use dixit_record::Record;
use serde::Serialize;

use crate::item::{Item, items};
use crate::value::{StretchValue, Value, article_hash};
use crate::{Decisions, Mark, Part, Run, Subject, Verdict, blocks, segments};

/// An article and the decisions on it.
#[derive(Debug, Serialize)]
pub struct ArticleState {
    /// The id of the record.
    pub id: String,
    /// `en`, `fr`, or nothing.
    pub language: Option<&'static str>,
    /// Its place in the queue and what can be done there.
    #[serde(flatten)]
    pub standing: Standing,
    /// What is decided on the article as a whole.
    pub verdict: Option<Verdict>,
    /// The note on the article.
    pub note: Option<String>,
    /// How many earlier decisions do not apply any more.
    pub stale: usize,
    /// The names of those who are quoted, and of persons and organisations in the article.
    pub names: Vec<String>,
    /// The paragraphs in their order.
    blocks: Vec<Block>,
    /// The items in the order of the text.
    items: Vec<ItemState>,
}

/// Where an article stands in the queue.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Standing {
    /// Its place, from 0.
    pub place: usize,
    /// The length of the queue.
    pub length: usize,
    /// How many articles of the queue are signed off or skipped.
    pub settled: usize,
    /// The next place that is not.
    pub next: Option<usize>,
    /// Whether there is something to undo.
    pub can_undo: bool,
    /// Whether there is something to redo.
    pub can_redo: bool,
}

/// A paragraph, or what stands between two.
#[derive(Debug, Serialize)]
struct Block {
    kind: &'static str,
    runs: Vec<RunState>,
}

#[derive(Debug, Serialize)]
struct RunState {
    /// The first code point.
    start: u32,
    text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    marks: Vec<MarkState>,
}

/// A mark over a run: of which item, by its index, which part, and whether it begins and ends with the run.
#[derive(Debug, Serialize)]
struct MarkState {
    item: usize,
    part: &'static str,
    opens: bool,
    closes: bool,
}

#[derive(Debug, Serialize)]
struct ItemState {
    subject: Subject,
    id: String,
    score: f32,
    by: String,
    verdict: Option<Verdict>,
    note: Option<String>,
    #[serde(flatten)]
    value: Value,
}

impl ArticleState {
    pub(crate) fn new(record: &Record<'_>, decisions: &Decisions, standing: Standing) -> Self {
        let items = items(record, decisions);
        let paragraphs = record.paragraphs.as_deref().unwrap_or_default();
        let cuts = paragraphs.iter().flat_map(|paragraph| [paragraph.start, paragraph.end]);
        let runs = segments(&record.text, &marks(&items), cuts);
        let blocks = blocks(paragraphs, &runs).into_iter().map(|(paragraph, runs)| Block {
            kind: paragraph.map_or("body", |paragraph| paragraph.kind.0.name()),
            runs: runs.iter().map(RunState::new).collect(),
        });
        let article = Subject::Article(article_hash(record));
        let on_article = decisions.get(&record.id, &article);
        let applied = items.iter().filter(|item| item.decision.is_some()).count() + usize::from(on_article.is_some());
        Self {
            id: record.id.to_string(),
            language: record.language.as_ref().map(|language| language.code.0.name()).filter(|code| *code != "und"),
            standing,
            verdict: on_article.and_then(|decision| decision.verdict),
            note: on_article.and_then(|decision| decision.note.clone()),
            stale: decisions.of_record(&record.id).count() - applied,
            names: names(record),
            blocks: blocks.collect(),
            items: items.into_iter().map(ItemState::new).collect(),
        }
    }
}

impl ItemState {
    fn new(item: Item) -> Self {
        let (value, verdict) = (item.current().clone(), item.verdict());
        let note = item.decision.and_then(|decision| decision.note);
        Self { subject: item.subject, id: item.id, score: item.score, by: item.by, verdict, note, value }
    }
}

impl RunState {
    fn new(run: &Run<'_>) -> Self {
        let mark = |mark: &Mark| MarkState {
            item: mark.item,
            part: match mark.part {
                Part::Content => "content",
                Part::Source => "source",
                Part::Cue => "cue",
                Part::Evidence => "evidence",
                Part::Entity => "entity",
            },
            opens: mark.start == run.start,
            closes: mark.end == run.end,
        };
        Self { start: run.start, text: run.text.to_owned(), marks: run.marks.iter().map(mark).collect() }
    }
}

/// The marks of the items that are not rejected.
fn marks(items: &[Item]) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (item, it) in items.iter().enumerate().filter(|(_, it)| !it.is_rejected()) {
        let mut add = |part, stretch: &StretchValue| {
            marks.push(Mark { start: stretch.start, end: stretch.end, part, item });
        };
        match it.current() {
            Value::Entity(entity) => add(Part::Entity, &entity.span),
            Value::Quote(quote) => {
                quote.content.iter().for_each(|stretch| add(Part::Content, stretch));
                quote.source.iter().for_each(|stretch| add(Part::Source, stretch));
                quote.cue.iter().for_each(|stretch| add(Part::Cue, stretch));
                let evidence = quote.positions.iter().flat_map(|position| &position.evidence);
                evidence.for_each(|stretch| add(Part::Evidence, stretch));
            }
        }
    }
    marks
}

/// Those whom a quote may be by: speakers first, then names in the order of the text.
fn names(record: &Record<'_>) -> Vec<String> {
    let speakers = record.speakers.iter().flatten().map(|speaker| speaker.name.to_string());
    let named =
        record.entities.iter().flatten().filter(|entity| matches!(entity.label.0.name(), "PERSON" | "ORG" | "NORP"));
    let mut names: Vec<String> = Vec::new();
    for name in speakers.chain(named.map(|entity| entity.text.to_string())) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
