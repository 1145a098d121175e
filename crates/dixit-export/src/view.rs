//! A record as the formats see it: its text, and what is marked in it, in bytes.

use std::collections::HashMap;
use std::ops::Range;

use dixit_document::{EntityLabel, Stance, Vocabulary as _};
use dixit_record::{Pair, Problem, QuoteRecord, Record, Stretch};
use dixit_text::{OffsetMap, Span, Unit};

/// A record with its spans in bytes, and all that is marked in one list.
#[derive(Debug)]
pub(crate) struct View<'r> {
    /// The record.
    pub(crate) record: &'r Record<'r>,
    /// The words and punctuation marks; `None` if the layer did not run.
    pub(crate) tokens: Option<Vec<Span>>,
    /// The sentences; `None` if the layer did not run.
    pub(crate) sentences: Option<Vec<Span>>,
    /// What is marked: the entities, then for each quote its content and what belongs to it.
    pub(crate) marks: Vec<Mark>,
    /// What belongs to what.
    pub(crate) links: Vec<Link>,
    /// The quotes, each with the index of the mark of its content.
    pub(crate) quotes: Vec<(usize, &'r QuoteRecord<'r>)>,
    points: OffsetMap<'r>,
}

/// A labelled stretch of the text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mark {
    /// The id of the entity or quote; what belongs to a quote adds its role: `q1-cue`.
    pub(crate) id: String,
    /// What it is.
    pub(crate) label: Label,
    /// Where it stands: one span, more for content that is interrupted.
    pub(crate) stretches: Vec<Span>,
    /// The probability of the entity or quote.
    pub(crate) score: Option<f32>,
}

/// What a mark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Label {
    /// A named entity.
    Entity(EntityLabel),
    /// What is quoted.
    Content,
    /// The words that attribute.
    Cue,
    /// The mention of who is quoted.
    Source,
    /// The words that tell a position.
    Evidence,
}

/// A mark that belongs to the content of a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    /// The index of the mark of the content.
    pub(crate) content: usize,
    /// The index of the mark that belongs to it.
    pub(crate) other: usize,
    /// As what.
    pub(crate) role: Role,
}

/// As what a mark belongs to a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The words that attribute.
    Cue,
    /// The mention of who is quoted.
    Source,
    /// An entity that names the speaker.
    Speaker,
    /// A further stretch of its content.
    Part,
    /// The words that tell its position.
    Evidence {
        /// The topic.
        topic: String,
        /// Where the speaker stands.
        stance: Stance,
    },
}

/// Why a record cannot be exported.
#[derive(Debug, thiserror::Error)]
#[error("the record `{id}` is not valid: {problem}; see `dixit validate`")]
pub struct ViewError {
    /// The record.
    pub id: String,
    /// The first thing in it that cannot be right.
    pub problem: Problem,
}

impl Label {
    /// The labels of quotes.
    pub(crate) const QUOTES: [Self; 4] = [Self::Content, Self::Cue, Self::Source, Self::Evidence];

    /// The name that the formats write.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Entity(label) => label.name(),
            Self::Content => "CONTENT",
            Self::Cue => "CUE",
            Self::Source => "SOURCE",
            Self::Evidence => "EVIDENCE",
        }
    }

    /// All labels: of entities, then of quotes.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        EntityLabel::ALL.iter().map(|&label| Self::Entity(label)).chain(Self::QUOTES)
    }

    /// Whether it is of an entity.
    pub(crate) fn is_entity(self) -> bool {
        matches!(self, Self::Entity(_))
    }
}

impl Role {
    /// The name that formats write where the stance has no other place: `cue`, `dialogue:support`.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Cue => "cue".to_owned(),
            Self::Source => "source".to_owned(),
            Self::Speaker => "speaker".to_owned(),
            Self::Part => "part".to_owned(),
            Self::Evidence { topic, stance } => format!("{topic}:{stance}"),
        }
    }
}

impl Mark {
    /// From the first byte of the first stretch to the last of the last.
    pub(crate) fn extent(&self) -> Span {
        self.stretches.iter().copied().reduce(Span::to).unwrap_or_default()
    }
}

impl<'r> View<'r> {
    /// The view of a record whose offsets are right.
    ///
    /// # Errors
    /// [`ViewError`] if [`Record::check`] finds a problem.
    pub(crate) fn new(record: &'r Record<'r>) -> Result<Self, ViewError> {
        if let Some(problem) = record.check().into_iter().next() {
            return Err(ViewError { id: record.id.to_string(), problem });
        }
        let points = OffsetMap::new(&record.text, Unit::CodePoint);
        let span = |[start, end]: Pair| points.span(start as usize, end as usize).unwrap_or_default();
        let spans = |pairs: &Vec<Pair>| pairs.iter().map(|&pair| span(pair)).collect();
        let (tokens, sentences) = (record.tokens.as_ref().map(spans), record.sentences.as_ref().map(spans));
        let mut marker = Marker::new(record, &points);
        marker.entities();
        let quotes = record.quotes.iter().flatten().map(|quote| (marker.quote(quote), quote)).collect();
        let (marks, links) = (marker.marks, marker.links);
        Ok(Self { record, tokens, sentences, marks, links, quotes, points })
    }

    /// The text.
    pub(crate) fn text(&self) -> &'r str {
        &self.record.text
    }

    /// Start and end of a span in code points.
    pub(crate) fn pair(&self, span: Span) -> [usize; 2] {
        let (start, end) = self.points.units(span);
        [start, end]
    }

    /// The tokens of each sentence, less sentences without tokens; a token between sentences counts to the one before. `None` without sentences.
    pub(crate) fn sentence_ranges(&self, tokens: &[Span]) -> Option<Vec<Range<usize>>> {
        let starts = self.sentences.as_ref()?.iter().skip(1);
        let starts = starts.map(|sentence| tokens.partition_point(|token| token.start() < sentence.start()));
        let mut before = 0;
        let ranges = starts.chain([tokens.len()]).map(|end| std::mem::replace(&mut before, end)..end);
        Some(ranges.filter(|range| !range.is_empty()).collect())
    }

    /// The marks and links with one stretch a mark, for tools that know no other: further stretches are marks of their own, linked as parts.
    pub(crate) fn flat(&self) -> (Vec<Mark>, Vec<Link>) {
        let (mut marks, mut links) = (self.marks.clone(), self.links.clone());
        for (index, mark) in self.marks.iter().enumerate() {
            for (number, &stretch) in mark.stretches.iter().enumerate().skip(1) {
                links.push(Link { content: index, other: marks.len(), role: Role::Part });
                let id = format!("{}-part-{}", mark.id, number + 1);
                marks.push(Mark { id, stretches: vec![stretch], ..mark.clone() });
            }
            marks[index].stretches.truncate(1);
        }
        (marks, links)
    }

    /// The quote whose content is the mark of that index.
    pub(crate) fn quote_of(&self, mark: usize) -> Option<&'r QuoteRecord<'r>> {
        let place = self.quotes.binary_search_by_key(&mark, |&(content, _)| content).ok()?;
        Some(self.quotes[place].1)
    }

    /// The number of positions.
    pub(crate) fn positions(&self) -> usize {
        self.quotes.iter().map(|(_, quote)| quote.positions.iter().flatten().count()).sum()
    }

    /// The number of positions that no words tell.
    pub(crate) fn positions_without_evidence(&self) -> usize {
        let positions = self.quotes.iter().flat_map(|(_, quote)| quote.positions.iter().flatten());
        positions.filter(|position| position.evidence.is_empty()).count()
    }

    /// The number of quotes whose speaker is known.
    pub(crate) fn speakers(&self) -> usize {
        self.quotes.iter().filter(|(_, quote)| quote.speaker.is_some()).count()
    }

    /// The number of quotes whose speaker no entity names.
    pub(crate) fn speakers_without_entity(&self) -> usize {
        self.speakers() - self.links.iter().filter(|link| link.role == Role::Speaker).count()
    }
}

/// Collects marks; what two quotes share, as a cue of both, is one mark.
struct Marker<'m, 'r> {
    record: &'r Record<'r>,
    points: &'m OffsetMap<'r>,
    marks: Vec<Mark>,
    links: Vec<Link>,
    known: HashMap<(Label, Span), usize>,
    /// The indices of the entities that name each speaker, by the id of the speaker.
    mentions: HashMap<&'r str, Vec<usize>>,
}

impl<'m, 'r> Marker<'m, 'r> {
    fn new(record: &'r Record<'r>, points: &'m OffsetMap<'r>) -> Self {
        let entities = record.entities.iter().flatten().enumerate();
        let entities: HashMap<&str, usize> = entities.map(|(index, entity)| (&*entity.id, index)).collect();
        let mentions = record.speakers.iter().flatten().map(|speaker| {
            let mut indices: Vec<_> = speaker.mentions.iter().filter_map(|id| entities.get(&**id).copied()).collect();
            indices.sort_unstable();
            (&*speaker.id, indices)
        });
        let mentions = mentions.collect();
        Self { record, points, marks: Vec::new(), links: Vec::new(), known: HashMap::new(), mentions }
    }

    fn span(&self, start: u32, end: u32) -> Span {
        self.points.span(start as usize, end as usize).unwrap_or_default()
    }

    fn entities(&mut self) {
        for entity in self.record.entities.iter().flatten() {
            let stretches = vec![self.span(entity.start, entity.end)];
            let (id, label) = (entity.id.to_string(), Label::Entity(entity.label.0));
            self.marks.push(Mark { id, label, stretches, score: Some(entity.score) });
        }
    }

    /// Marks a quote and what belongs to it; gives the index of its content.
    fn quote(&mut self, quote: &'r QuoteRecord<'r>) -> usize {
        let content = self.marks.len();
        let stretches = quote.content.iter().map(|stretch| self.span(stretch.start, stretch.end)).collect();
        let (id, score) = (quote.id.to_string(), Some(quote.score));
        self.marks.push(Mark { id, label: Label::Content, stretches, score });
        if let Some(cue) = &quote.cue {
            self.link(content, Role::Cue, (Label::Cue, 1), cue);
        }
        if let Some(source) = &quote.source {
            self.link(content, Role::Source, (Label::Source, 1), source);
        }
        if let Some(other) = self.speaker(quote) {
            self.links.push(Link { content, other, role: Role::Speaker });
        }
        let mut number = 0;
        for position in quote.positions.iter().flatten() {
            let role = Role::Evidence { topic: position.topic.to_string(), stance: position.stance.0 };
            for stretch in &position.evidence {
                number += 1;
                self.link(content, role.clone(), (Label::Evidence, number), stretch);
            }
        }
        content
    }

    /// Links a mark to a content; `number` counts those of its label.
    fn link(&mut self, content: usize, role: Role, (label, number): (Label, usize), stretch: &Stretch<'_>) {
        let span = self.span(stretch.start, stretch.end);
        let other = *self.known.entry((label, span)).or_insert(self.marks.len());
        if other == self.marks.len() {
            let (quote, name) = (&self.marks[content].id, label.name().to_lowercase());
            let id = if number > 1 { format!("{quote}-{name}-{number}") } else { format!("{quote}-{name}") };
            self.marks.push(Mark { id, label, stretches: vec![span], score: None });
        }
        self.links.push(Link { content, other, role });
    }

    /// The entity that names the speaker: the one in the source, else the first in the article.
    fn speaker(&self, quote: &QuoteRecord<'_>) -> Option<usize> {
        let mentions = self.mentions.get(&*quote.speaker.as_ref()?.id)?;
        let entities = self.record.entities.as_deref().unwrap_or_default();
        let inside = |source: &Stretch<'_>, index: usize| {
            source.start <= entities[index].start && entities[index].end <= source.end
        };
        let source = quote.source.as_ref();
        let in_source = source.and_then(|source| mentions.iter().copied().find(|&index| inside(source, index)));
        in_source.or(mentions.first().copied())
    }
}
