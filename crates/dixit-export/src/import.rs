//! Reviewed work of other tools, back to records: by id, each offset checked against the text.
//!
//! What a reviewer changed is what differs from the export of the same record, read by the same reader. So whatever a tool cannot hold stays as
//! it was, and work that nobody touched gives the very same record.

mod brat;
mod doccano;
mod entities;
mod form;
mod json;
mod kind;
mod label_studio;
mod prodigy;
mod quotes;
mod reviewed;
mod speakers;

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use dixit_document::Vocabulary;
use dixit_record::Record;

use crate::format::names::file_name;
use crate::import::form::Form;
use crate::import::reviewed::Reviewed;
use crate::{Export, Files, Format, Options};

/// A tool that reviewed work comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// Prodigy: JSON lines of `prodigy db-out`.
    Prodigy,
    /// Label Studio: an export as `JSON`.
    LabelStudio,
    /// doccano: an export as JSON lines.
    Doccano,
    /// brat: a folder of `.txt` and `.ann`.
    Brat,
}

/// Something in reviewed work that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {what}")]
pub struct Refusal {
    /// The file and line, or task, and what in it: `a.jsonl:3, span 2`.
    pub place: String,
    /// Why.
    pub what: String,
}

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nobody reviewed it.
    NotReviewed,
    /// The reviewer left it as it was, or what was done could not be taken.
    Unchanged,
    /// The reviewer changed something.
    Changed,
}

/// Reviewed work, by article.
#[derive(Debug)]
pub struct Reviews {
    tool: Tool,
    /// By the id of the article; of brat by the name of its files.
    articles: BTreeMap<String, Reviewed>,
    taken: BTreeSet<String>,
    refusals: Vec<Refusal>,
    /// Tasks that reviewers rejected, skipped or have not seen.
    passed_over: u64,
}

impl Vocabulary for Tool {
    const WHAT: &'static str = "tool";
    const ALL: &'static [Self] = &[Self::Prodigy, Self::LabelStudio, Self::Doccano, Self::Brat];

    fn name(self) -> &'static str {
        self.format().name()
    }
}

impl Tool {
    /// The format that the tool reads and writes.
    pub const fn format(self) -> Format {
        match self {
            Self::Prodigy => Format::Prodigy,
            Self::LabelStudio => Format::LabelStudio,
            Self::Doccano => Format::Doccano,
            Self::Brat => Format::Brat,
        }
    }
}

impl Reviews {
    /// No reviews as yet.
    pub fn new(tool: Tool) -> Self {
        Self { tool, articles: BTreeMap::new(), taken: BTreeSet::new(), refusals: Vec::new(), passed_over: 0 }
    }

    /// The tool.
    pub fn tool(&self) -> Tool {
        self.tool
    }

    /// Reads a file of the tool: of brat an `.ann` beside whose text it stands; `place` names it.
    pub fn read(&mut self, place: &str, content: &str, text: Option<&str>) {
        match self.tool {
            Tool::Prodigy => prodigy::read(self, place, content),
            Tool::LabelStudio => label_studio::read(self, place, content),
            Tool::Doccano => doccano::read(self, place, content),
            Tool::Brat => brat::read(self, place, content, text.unwrap_or_default()),
        }
    }

    /// Changes a record as its reviewer did.
    pub fn apply(&mut self, record: &mut Record<'_>) -> Outcome {
        let key = self.key(&record.id);
        let Some(reviewed) = self.articles.get(&key) else { return Outcome::NotReviewed };
        if !self.taken.insert(key) {
            let what = format!("the id `{}` is there twice: only the first record was changed", record.id);
            self.refusals.push(Refusal { place: reviewed.place.clone(), what });
            return Outcome::Unchanged;
        }
        let place = reviewed.place.clone();
        let refuse = |what: String| Refusal { place: place.clone(), what };
        let (changed, refusals) = match self.changed(reviewed, record) {
            Ok((changed, refusals)) => (changed, refusals),
            Err(what) => (None, vec![refuse(what)]),
        };
        self.refusals.extend(refusals);
        let Some(changed) = changed else { return Outcome::Unchanged };
        if let Some(problem) = changed.check().into_iter().next() {
            self.refusals.push(refuse(format!("what was reviewed makes no valid record: {problem}")));
            return Outcome::Unchanged;
        }
        *record = changed;
        Outcome::Changed
    }

    /// What was not taken so far.
    pub fn refusals(&self) -> &[Refusal] {
        &self.refusals
    }

    /// Whether no article was reviewed.
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// The number of tasks that reviewers rejected, skipped or have not seen.
    pub fn passed_over(&self) -> u64 {
        self.passed_over
    }

    /// The places of reviewed articles of which no record came by.
    pub fn without_record(&self) -> impl Iterator<Item = &str> {
        let left = self.articles.iter().filter(|(key, _)| !self.taken.contains(*key));
        left.map(|(_, reviewed)| reviewed.place.as_str())
    }

    fn key(&self, id: &str) -> String {
        if self.tool == Tool::Brat { file_name(id) } else { id.to_owned() }
    }

    fn add(&mut self, key: String, reviewed: Reviewed) {
        if let Some(first) = self.articles.get(&key) {
            let what = format!("the article `{key}` is reviewed already at {}: only that counts", first.place);
            return self.refuse(&reviewed.place, what);
        }
        self.articles.insert(key, reviewed);
    }

    fn refuse(&mut self, place: &str, what: impl Into<String>) {
        self.refusals.push(Refusal { place: place.to_owned(), what: what.into() });
    }

    /// The record as the reviewer left it, `None` if nothing differs; and what could not be taken.
    fn changed<'r>(
        &self,
        reviewed: &Reviewed,
        record: &Record<'r>,
    ) -> Result<(Option<Record<'r>>, Vec<Refusal>), String> {
        let untouched = self.untouched(record)?;
        let untouched = untouched.of_same_kind(reviewed);
        let (before, _) = Form::new(untouched, record)?;
        let (after, refusals) = Form::new(reviewed, record)?;
        let by = format!("review:{}", self.tool.name());
        let changed = before.differs(&after).then(|| {
            let mut changed = record.clone();
            let places = entities::apply(&mut changed, &before, &after, &by);
            quotes::apply(&mut changed, &before, &after, &places, &by);
            changed
        });
        Ok((changed, refusals))
    }

    /// The record as the tool would give it back untouched.
    fn untouched(&self, record: &Record<'_>) -> Result<Untouched, String> {
        let mut files = MemoryFiles::default();
        let mut export = Export::new(self.tool.format(), &Options::default()).map_err(|error| error.to_string())?;
        export.add(record, &mut files).map_err(|error| error.to_string())?;
        export.finish(&mut files).map_err(|error| error.to_string())?;
        let key = self.key(&record.id);
        let read = |name: &str, text: Option<&str>| {
            let mut reviews = Self::new(self.tool);
            reviews.read(name, files.0.get(name).map_or("", String::as_str), text);
            reviews.articles.remove(&key).ok_or_else(|| format!("the record `{}` cannot be exported", record.id))
        };
        let reviews = match self.tool {
            Tool::Prodigy => vec![read("tasks.jsonl", None)?],
            Tool::LabelStudio => vec![read("tasks.json", None)?],
            Tool::Doccano => vec![read("relations.jsonl", None)?, read("sequence.jsonl", None)?],
            Tool::Brat => {
                vec![read(&format!("{key}.ann"), files.0.get(&format!("{key}.txt")).map(String::as_str))?]
            }
        };
        Ok(Untouched(reviews))
    }
}

/// The forms in which a tool would give a record back untouched: with links, and, of doccano, without.
struct Untouched(Vec<Reviewed>);

impl Untouched {
    /// The one that holds as much as `reviewed` does.
    fn of_same_kind(&self, reviewed: &Reviewed) -> &Reviewed {
        let same = self.0.iter().find(|untouched| untouched.links.is_some() == reviewed.links.is_some());
        same.unwrap_or(&self.0[0])
    }
}

/// Files in memory.
#[derive(Default)]
struct MemoryFiles(BTreeMap<String, String>);

impl Files for MemoryFiles {
    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let text = std::str::from_utf8(bytes).map_err(io::Error::other)?;
        self.0.entry(name.to_owned()).or_default().push_str(text);
        Ok(())
    }

    fn put(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.append(name, bytes)
    }
}
