//! A review in progress: a file, the queue of its articles, and the decisions on them. Knows nothing of HTTP.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use dixit_document::EntityLabel;
use dixit_record::{Named, Record, RecordError};
use serde::Deserialize;

use crate::edit::{Edit, EditError, type_of};
use crate::index::{Entry, Index, IndexError, id_key};
use crate::item::{Item, items};
use crate::state::{ArticleState, Standing};
use crate::value::{CodePoints, EntityValue, QuoteValue, Value, article_hash, text_hash};
use crate::{Decision, DecisionLog, Filter, LogError, Subject, Verdict};

/// In which order articles are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The lowest scores first.
    #[default]
    Doubt,
    /// As in the file.
    File,
}

/// Which articles are shown, and in which order.
#[derive(Clone, Copy, Debug)]
pub struct Queue<'f> {
    /// The order.
    pub order: Order,
    /// What is shown.
    pub filter: &'f Filter,
}

/// What a reviewer does.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The place of the article in the queue, from 0.
    pub place: usize,
    /// The id of the article that the reviewer sees there.
    pub id: String,
    /// The item that it is about; `None` for the article.
    #[serde(default)]
    pub item: Option<Subject>,
    /// What is done.
    pub action: Action,
}

/// What is done to an item or an article.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Action {
    /// The item is right.
    Accept,
    /// There is no such item.
    Reject,
    /// What was decided is taken back.
    Clear,
    /// The item is right so.
    Edit(Edit),
    /// A note beside it; an empty one is none.
    Note(String),
    /// A new entity.
    AddEntity {
        /// The first code point.
        start: u32,
        /// The code point after the last.
        end: u32,
        /// What it is.
        label: Named<EntityLabel>,
    },
    /// A new quote with this content.
    AddQuote {
        /// The first code point.
        start: u32,
        /// The code point after the last.
        end: u32,
    },
    /// All items of the article are right as they are.
    Sign,
    /// The article is left for later.
    Skip,
}

/// Why something cannot be done.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The file cannot be indexed.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The decisions cannot be read or kept.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The file cannot be read.
    #[error("could not read `{path}`")]
    Io {
        /// The path of the file.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// The file is not what it was.
    #[error("`{path}` has changed since the review began: end it and begin anew")]
    Changed {
        /// The path of the file.
        path: String,
    },
    /// What stands at a place is no record.
    #[error("number {number} of `{path}` is no record")]
    Record {
        /// The path of the file.
        path: String,
        /// Which record, from 1.
        number: usize,
        /// What is wrong.
        source: Box<RecordError>,
    },
    /// There is no such place in the queue.
    #[error("the queue has {length} articles, and none at place {place}")]
    NoPlace {
        /// The place, from 1.
        place: usize,
        /// How many there are.
        length: usize,
    },
    /// At the place stands another article.
    #[error("at this place stands `{found}`, not `{wanted}`: load the page again")]
    OtherArticle {
        /// The id that was named.
        wanted: String,
        /// The id that stands there.
        found: String,
    },
    /// There is no such item in the article.
    #[error("there is no such item in the article any more: load the page again")]
    NoItem,
    /// The item cannot be changed so.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// Another entity stands there.
    #[error("the entity would overlap `{text}`: reject that first")]
    Overlap {
        /// The text of the other.
        text: String,
    },
}

/// A review in progress.
pub struct Session {
    path: PathBuf,
    file: File,
    state: (u64, Option<SystemTime>),
    entries: Vec<Entry>,
    /// Numbers of records, from 0, in the order in which they are shown.
    queue: Vec<usize>,
    log: DecisionLog,
    /// Keys of the ids of the articles that are signed off or skipped.
    settled: HashSet<u64>,
}

impl Session {
    /// Opens a file of records and the decisions on it at `decisions`. `progress` is told bytes read and bytes in all while the
    /// file is indexed, and again while it is filtered.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn open(
        path: &Path,
        decisions: &Path,
        queue: Queue<'_>,
        mut progress: impl FnMut(u64, u64),
    ) -> Result<Self, SessionError> {
        let refused = |source| SessionError::Io { path: path.display().to_string(), source };
        // First, so that no decisions are made for a file that is not there.
        let file = File::open(path).map_err(refused)?;
        let state = state_of(&file).map_err(refused)?;
        let log = DecisionLog::open(decisions)?;
        let entries = Index::of_file(path, &mut progress)?.entries;
        let mut session = Self {
            path: path.to_owned(),
            file,
            state,
            queue: (0..entries.len()).collect(),
            entries,
            log,
            settled: HashSet::new(),
        };
        if *queue.filter != Filter::default() {
            session.filter(queue.filter, progress)?;
        }
        if queue.order == Order::Doubt {
            let entries = &session.entries;
            session.queue.sort_by(|&left, &right| entries[left].doubt.total_cmp(&entries[right].doubt));
        }
        let decisions = session.log.decisions();
        session.settled = decisions.ids().filter(|id| decisions.is_settled(id)).map(id_key).collect();
        Ok(session)
    }

    /// How many articles are in the queue.
    pub fn len(&self) -> usize {
        self.queue.len()
    }

    /// Whether the queue is empty.
    pub fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }

    /// The decisions.
    pub fn log(&self) -> &DecisionLog {
        &self.log
    }

    /// How many articles of the queue are signed off or skipped.
    pub fn settled(&self) -> usize {
        self.queue.iter().filter(|&&number| self.settled.contains(&self.entries[number].id)).count()
    }

    /// The first place that is neither signed off nor skipped; 0 if all are.
    pub fn first(&self) -> usize {
        self.open_from(0).unwrap_or(0)
    }

    /// The article at a place of the queue, from 0.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn article(&mut self, place: usize) -> Result<ArticleState, SessionError> {
        let line = self.line(place)?;
        let record = self.record(place, &line)?;
        let standing = Standing {
            place,
            length: self.queue.len(),
            settled: self.settled(),
            next: self.open_from(place + 1),
            can_undo: self.log.can_undo(),
            can_redo: self.log.can_redo(),
        };
        Ok(ArticleState::new(&record, self.log.decisions(), standing))
    }

    /// Does what the reviewer does, and gives the article as it then is. The decision is on the disk.
    ///
    /// # Errors
    /// [`SessionError`]; nothing is changed.
    pub fn act(&mut self, request: &Request) -> Result<ArticleState, SessionError> {
        let line = self.line(request.place)?;
        let record = self.record(request.place, &line)?;
        if record.id != request.id.as_str() {
            let (wanted, found) = (request.id.clone(), record.id.into_owned());
            return Err(SessionError::OtherArticle { wanted, found });
        }
        let items = items(&record, self.log.decisions());
        let decision = match &request.item {
            Some(subject) => {
                let item = items.iter().find(|item| item.subject == *subject).ok_or(SessionError::NoItem)?;
                on_item(&record, &items, item, &request.action)?
            }
            None => self.on_article(&record, &items, &request.action)?,
        };
        self.log.append(decision)?;
        self.settle(&request.id);
        self.article(request.place)
    }

    /// Takes the last change back; gives the article it was on, or the one at `place` if there is nothing to undo.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn undo(&mut self, place: usize) -> Result<ArticleState, SessionError> {
        let id = self.log.undo()?.map(|decision| decision.id.clone());
        self.after_change(id, place)
    }

    /// Does again what was undone last; as [`Session::undo`].
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn redo(&mut self, place: usize) -> Result<ArticleState, SessionError> {
        let id = self.log.redo()?.map(|decision| decision.id.clone());
        self.after_change(id, place)
    }

    fn on_article(&self, record: &Record<'_>, items: &[Item], action: &Action) -> Result<Decision, SessionError> {
        let before = |subject: Subject| {
            let none = Decision::none(&record.id, subject.clone());
            self.log.decisions().get(&record.id, &subject).cloned().unwrap_or(none)
        };
        let article = || before(Subject::Article(article_hash(record)));
        let text = CodePoints::new(&record.text);
        let value = match action {
            Action::Sign => return Ok(Decision { verdict: Some(Verdict::Sign), ..article() }),
            Action::Skip => return Ok(Decision { verdict: Some(Verdict::Skip), ..article() }),
            Action::Clear => return Ok(Decision { verdict: None, ..article() }),
            Action::Note(note) => return Ok(Decision { note: noted(note), ..article() }),
            Action::AddEntity { start, end, label } => {
                let span = text.cut(*start, *end).ok_or(EditError::NoRoom)?;
                let value = Value::Entity(EntityValue { span, label: *label });
                overlap(items, None, &value)?;
                value
            }
            Action::AddQuote { start, end } => {
                let stretch = text.cut(*start, *end).ok_or(EditError::NoRoom)?;
                let kind = Named(type_of(&stretch.text));
                let content = vec![stretch];
                Value::Quote(QuoteValue {
                    kind,
                    content,
                    cue: None,
                    source: None,
                    speaker: None,
                    positions: Vec::new(),
                })
            }
            Action::Accept | Action::Reject | Action::Edit(_) => return Err(SessionError::NoItem),
        };
        let hash = text_hash(&record.text);
        let numbers = self.log.decisions().of_record(&record.id).filter_map(|decision| match decision.subject {
            Subject::Added(_, number) => Some(number),
            _ => None,
        });
        let subject = Subject::Added(hash, numbers.max().unwrap_or(0) + 1);
        Ok(Decision { verdict: Some(Verdict::Correct), value: Some(value), ..Decision::none(&record.id, subject) })
    }

    fn line(&mut self, place: usize) -> Result<String, SessionError> {
        let length = self.queue.len();
        let number = *self.queue.get(place).ok_or(SessionError::NoPlace { place: place + 1, length })?;
        self.line_of(number)
    }

    fn line_of(&mut self, number: usize) -> Result<String, SessionError> {
        let path = || self.path.display().to_string();
        let refused = |source| SessionError::Io { path: path(), source };
        if state_of(&self.file).map_err(refused)? != self.state {
            return Err(SessionError::Changed { path: path() });
        }
        let entry = self.entries[number];
        let mut bytes = vec![0; entry.length as usize];
        self.file.seek(SeekFrom::Start(entry.offset)).map_err(refused)?;
        self.file.read_exact(&mut bytes).map_err(refused)?;
        String::from_utf8(bytes).map_err(|error| refused(io::Error::new(io::ErrorKind::InvalidData, error)))
    }

    fn record<'l>(&self, place: usize, line: &'l str) -> Result<Record<'l>, SessionError> {
        self.record_of(self.queue[place], line)
    }

    fn record_of<'l>(&self, number: usize, line: &'l str) -> Result<Record<'l>, SessionError> {
        let path = || self.path.display().to_string();
        Record::from_json(line).map_err(|error| SessionError::Record {
            path: path(),
            number: number + 1,
            source: Box::new(error),
        })
    }

    /// Keeps in the queue what passes the filter.
    fn filter(&mut self, filter: &Filter, mut progress: impl FnMut(u64, u64)) -> Result<(), SessionError> {
        let mut passing = Vec::new();
        for number in 0..self.entries.len() {
            let line = self.line_of(number)?;
            if filter.select(&self.record_of(number, &line)?).is_some() {
                passing.push(number);
            }
            progress(self.entries[number].offset + line.len() as u64, self.state.0);
        }
        self.queue = passing;
        Ok(())
    }

    fn settle(&mut self, id: &str) {
        if self.log.decisions().is_settled(id) {
            self.settled.insert(id_key(id));
        } else {
            self.settled.remove(&id_key(id));
        }
    }

    /// The article that a change was on, or the one at `place` if there was none.
    fn after_change(&mut self, id: Option<String>, place: usize) -> Result<ArticleState, SessionError> {
        let Some(id) = id else { return self.article(place) };
        self.settle(&id);
        self.article(self.place_of(id_key(&id)).unwrap_or(place))
    }

    fn open_from(&self, place: usize) -> Option<usize> {
        let rest = self.queue.get(place..)?;
        Some(place + rest.iter().position(|&number| !self.settled.contains(&self.entries[number].id))?)
    }

    fn place_of(&self, id: u64) -> Option<usize> {
        self.queue.iter().position(|&number| self.entries[number].id == id)
    }
}

fn on_item(record: &Record<'_>, items: &[Item], item: &Item, action: &Action) -> Result<Decision, SessionError> {
    let none = || Decision::none(&record.id, item.subject.clone());
    let before = item.decision.clone().unwrap_or_else(none);
    let is_added = matches!(item.subject, Subject::Added(..));
    Ok(match action {
        Action::Accept if item.is_changed() => Decision { verdict: Some(Verdict::Correct), ..before },
        Action::Accept => Decision { verdict: Some(Verdict::Accept), ..before },
        Action::Reject | Action::Clear if is_added => none(),
        Action::Reject => Decision { verdict: Some(Verdict::Reject), value: None, ..before },
        Action::Clear => Decision { verdict: None, value: None, ..before },
        Action::Note(note) => Decision { note: noted(note), ..before },
        Action::Edit(edit) => {
            let value = edit.of(item.current(), &CodePoints::new(&record.text))?;
            overlap(items, Some(&item.subject), &value)?;
            if !is_added && value == item.original {
                Decision { verdict: Some(Verdict::Accept), value: None, ..before }
            } else {
                Decision { verdict: Some(Verdict::Correct), value: Some(value), ..before }
            }
        }
        _ => return Err(SessionError::NoItem),
    })
}

/// Refuses an entity that would stand over another that is not rejected.
fn overlap(items: &[Item], of: Option<&Subject>, value: &Value) -> Result<(), SessionError> {
    let Value::Entity(entity) = value else { return Ok(()) };
    let others = items.iter().filter(|item| Some(&item.subject) != of && !item.is_rejected());
    for other in others {
        if let Value::Entity(other) = other.current()
            && other.span.start < entity.span.end
            && entity.span.start < other.span.end
        {
            return Err(SessionError::Overlap { text: other.span.text.clone() });
        }
    }
    Ok(())
}

fn noted(note: &str) -> Option<String> {
    Some(note.trim()).filter(|note| !note.is_empty()).map(str::to_owned)
}

fn state_of(file: &File) -> io::Result<(u64, Option<SystemTime>)> {
    let metadata = file.metadata()?;
    Ok((metadata.len(), metadata.modified().ok()))
}
