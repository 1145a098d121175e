//! What a tool gives back of an article, checked against the record: entities and quotes in bytes of its text.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use dixit_document::{EntityLabel, QuoteType, Stance, Vocabulary as _};
use dixit_record::Record;
use dixit_text::{OffsetMap, Span, Unit};

use crate::format::names::identifier;
use crate::import::Refusal;
use crate::import::reviewed::{Fact, Reviewed, ReviewedMark, ReviewedRole};
use crate::line_ends::LineEnds;
use crate::view::Label;

/// Entities and quotes, each in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Form {
    pub(super) entities: Vec<EntityForm>,
    /// `None` if the tool did not say what belongs to what.
    pub(super) quotes: Option<Vec<QuoteForm>>,
}

/// An entity.
#[derive(Clone, Debug)]
pub(super) struct EntityForm {
    pub(super) id: Option<String>,
    pub(super) span: Span,
    pub(super) label: EntityLabel,
}

/// A quote as far as the tool tells it.
#[derive(Clone, Debug, Default)]
pub(super) struct QuoteForm {
    pub(super) id: Option<String>,
    pub(super) content: Vec<Span>,
    pub(super) cue: Option<Span>,
    pub(super) source: Option<Span>,
    pub(super) kind: Option<QuoteType>,
    pub(super) speaker: Option<SpeakerForm>,
    /// By topic.
    pub(super) positions: BTreeMap<String, PositionForm>,
}

/// Who speaks: the entity that stands at a span, or a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SpeakerForm {
    Entity(Span),
    Name(String),
}

/// A position on a topic; no stance where words are marked and nothing else is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PositionForm {
    pub(super) stance: Option<Stance>,
    pub(super) evidence: Vec<Span>,
}

impl EntityForm {
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.span == other.span && self.label == other.label
    }
}

impl QuoteForm {
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let rest = |quote: &Self| (quote.cue, quote.source, quote.kind, quote.speaker.clone());
        self.content == other.content && rest(self) == rest(other) && self.positions == other.positions
    }
}

impl Form {
    /// What was reviewed, in terms of the record; and what of it cannot be taken.
    ///
    /// # Errors
    /// What is wrong with the whole: another text.
    pub(super) fn new(reviewed: &Reviewed, record: &Record<'_>) -> Result<(Self, Vec<Refusal>), String> {
        let mut builder = Builder::new(reviewed, record)?;
        let marks: Vec<_> = reviewed.marks.iter().map(|mark| builder.mark(mark)).collect();
        let entities = builder.entities(&marks);
        let quotes = reviewed.links.is_some().then(|| builder.quotes(&marks));
        Ok((Self { entities, quotes }, builder.refusals))
    }

    /// Whether a reviewer changed something.
    pub(super) fn differs(&self, after: &Self) -> bool {
        let both = self.quotes.as_ref().zip(after.quotes.as_ref());
        !are_same(&self.entities, &after.entities, EntityForm::is_same)
            || both.is_some_and(|(before, after)| !are_same(before, after, QuoteForm::is_same))
    }
}

/// Whether both have the same, one by one.
pub(super) fn are_same<T>(left: &[T], right: &[T], is_same: fn(&T, &T) -> bool) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(left, right)| is_same(left, right))
}

/// A mark that is good.
struct Checked {
    label: Label,
    stretches: Vec<Span>,
}

struct Builder<'f> {
    reviewed: &'f Reviewed,
    record: &'f Record<'f>,
    /// The text of the tool, if its line ends are not the record's.
    ends: Option<LineEnds<'f>>,
    points: OffsetMap<'f>,
    refusals: Vec<Refusal>,
}

impl<'f> Builder<'f> {
    fn new(reviewed: &'f Reviewed, record: &'f Record<'f>) -> Result<Self, String> {
        let ends = (reviewed.text != record.text).then(|| LineEnds::new(&record.text));
        let wanted = ends.as_ref().map_or(&*record.text, |ends| &*ends.text);
        if wanted != reviewed.text {
            let at = wanted.chars().zip(reviewed.text.chars()).take_while(|(left, right)| left == right).count();
            return Err(format!("the text is not that of the record `{}`: it differs from code point {at}", record.id));
        }
        let refuse = |(name, what): &(String, String)| refusal(&reviewed.place, name, what.clone());
        let refusals = reviewed.refusals.iter().map(refuse).collect();
        Ok(Self { reviewed, record, ends, points: OffsetMap::new(&reviewed.text, Unit::CodePoint), refusals })
    }

    fn refuse(&mut self, name: &str, what: impl Into<String>) {
        self.refusals.push(refusal(&self.reviewed.place, name, what.into()));
    }

    /// A mark in bytes of the record's text; `None` if it is refused.
    fn mark(&mut self, mark: &ReviewedMark) -> Option<Checked> {
        let checked = self.check(mark);
        checked.map_err(|what| self.refuse(&mark.name, what)).ok()
    }

    fn check(&self, mark: &ReviewedMark) -> Result<Checked, String> {
        let known = || Label::all().map(|label| format!("`{}`", label.name())).collect::<Vec<_>>().join(", ");
        let label = Label::all().find(|label| label.name() == mark.label);
        let label = label.ok_or_else(|| format!("unknown label `{}`: known are {}", mark.label, known()))?;
        let mut stretches = Vec::new();
        for &(start, end) in &mark.stretches {
            let span = self.points.span(start, end).filter(|span| !span.is_empty());
            let length = self.points.len();
            stretches.push(span.ok_or_else(|| format!("{start}..{end} is no span of a text of {length} code points"))?);
        }
        let found: Vec<_> = stretches.iter().map(|span| span.of(&self.reviewed.text)).collect();
        let found = found.join(" ");
        if mark.said.as_ref().is_some_and(|said| *said != found) {
            let said = mark.said.as_deref().unwrap_or_default();
            return Err(format!("the tool says `{said}`, but at its offsets stands `{found}`"));
        }
        if let Some(ends) = &self.ends {
            stretches = stretches.into_iter().map(|span| ends.original_span(span)).collect();
        }
        stretches.sort_unstable();
        Ok(Checked { label, stretches })
    }

    /// The entities; of two that overlap only the first is taken.
    fn entities(&mut self, marks: &[Option<Checked>]) -> Vec<EntityForm> {
        let of = |(index, mark): (usize, &Option<Checked>)| {
            let Checked { label: Label::Entity(label), stretches } = mark.as_ref()? else { return None };
            let span = stretches.iter().copied().reduce(Span::to)?;
            Some((index, EntityForm { id: self.reviewed.marks[index].id.clone(), span, label: *label }))
        };
        let mut found: Vec<_> = marks.iter().enumerate().filter_map(of).collect();
        found.sort_by_key(|(_, entity)| entity.span);
        let mut entities: Vec<EntityForm> = Vec::new();
        for (index, entity) in found {
            if entities.last().is_some_and(|last| last.span.overlaps(entity.span)) {
                let name = self.reviewed.marks[index].name.clone();
                self.refuse(&name, "the entity overlaps another; entities stand side by side");
            } else {
                entities.push(entity);
            }
        }
        entities
    }

    fn quotes(&mut self, marks: &[Option<Checked>]) -> Vec<QuoteForm> {
        let reviewed = self.reviewed;
        let links = reviewed.links.as_deref().unwrap_or_default();
        let parts: BTreeSet<usize> = links.iter().filter(|it| it.role == ReviewedRole::Part).map(|it| it.to).collect();
        let mut quotes: BTreeMap<usize, QuoteForm> = BTreeMap::new();
        for (index, mark) in marks.iter().enumerate().filter(|(index, _)| !parts.contains(index)) {
            if let Some(mark) = mark.as_ref().filter(|mark| mark.label == Label::Content) {
                let (id, content) = (reviewed.marks[index].id.clone(), mark.stretches.clone());
                quotes.insert(index, QuoteForm { id, content, ..QuoteForm::default() });
            }
        }
        let mut linked = vec![false; marks.len()];
        for link in links {
            let (Some(quote), Some(other)) = (quotes.get_mut(&link.from), &marks[link.to]) else {
                self.refuse(&link.name, "it must lead from the content of a quote to a mark");
                continue;
            };
            match add(quote, &link.role, other) {
                Ok(()) => linked[link.to] = true,
                Err(what) => self.refuse(&link.name, what),
            }
        }
        for (index, mark) in marks.iter().enumerate() {
            let loose = mark.as_ref().filter(|mark| matches!(mark.label, Label::Cue | Label::Source | Label::Evidence));
            if let Some(mark) = loose.filter(|_| !linked[index]) {
                let what = format!("the {} is linked to no quote", mark.label.name().to_lowercase());
                self.refuse(&reviewed.marks[index].name, what);
            }
        }
        for (index, fact) in &reviewed.facts {
            let name = &reviewed.marks[*index].name;
            match quotes.get_mut(index) {
                None => self.refuse(name, "only what is quoted has a type, a speaker and positions"),
                Some(quote) => self.fact(quote, fact, name),
            }
        }
        self.ordered(quotes)
    }

    fn fact(&mut self, quote: &mut QuoteForm, fact: &Fact, name: &str) {
        match fact {
            Fact::Kind(kind) => match QuoteType::from_name(kind) {
                Ok(kind) => quote.kind = Some(kind),
                Err(error) => self.refuse(name, error.to_string()),
            },
            Fact::Speaker(speaker) => {
                let speaker = speaker.trim();
                quote.speaker = (!speaker.is_empty()).then(|| SpeakerForm::Name(speaker.to_owned()));
            }
            Fact::Position(topic, stance) => match Stance::from_name(stance) {
                Ok(stance) => quote.positions.entry(topic.clone()).or_default().stance = Some(stance),
                Err(error) => self.refuse(name, error.to_string()),
            },
        }
    }

    /// The quotes in the order of the text, topics by their own names. A position without a stance is refused.
    fn ordered(&mut self, quotes: BTreeMap<usize, QuoteForm>) -> Vec<QuoteForm> {
        let topics = self.topics();
        let mut ordered = Vec::new();
        for (index, mut quote) in quotes {
            let mut positions = BTreeMap::new();
            for (topic, mut position) in std::mem::take(&mut quote.positions) {
                if position.stance.is_none() {
                    let name = self.reviewed.marks[index].name.clone();
                    self.refuse(&name, format!("words tell its position on `{topic}`, but which one is not said"));
                    continue;
                }
                position.evidence.sort_unstable();
                positions.insert(topics.get(&topic).cloned().unwrap_or(topic), position);
            }
            quote.positions = positions;
            quote.content.sort_unstable();
            ordered.push(quote);
        }
        ordered.sort_by(|a, b| (&a.content, a.cue, a.source).cmp(&(&b.content, b.cue, b.source)));
        ordered
    }

    /// The topics of the record by what a tool may have had to write for them.
    fn topics(&self) -> HashMap<String, String> {
        let positions = self.record.quotes.iter().flatten().flat_map(|quote| quote.positions.iter().flatten());
        let topics: BTreeSet<&str> = positions.map(|position| &*position.topic).collect();
        topics.into_iter().map(|topic| (identifier(topic), topic.to_owned())).collect()
    }
}

/// Adds what is linked to a quote.
fn add(quote: &mut QuoteForm, role: &ReviewedRole, other: &Checked) -> Result<(), String> {
    let span = other.stretches.iter().copied().reduce(Span::to).unwrap_or_default();
    match role {
        ReviewedRole::Part if other.label == Label::Content => quote.content.extend(&other.stretches),
        ReviewedRole::Part => return Err("a part of a quote is content".to_owned()),
        ReviewedRole::Cue if quote.cue.is_some() => return Err("the quote has another cue".to_owned()),
        ReviewedRole::Cue => quote.cue = Some(span),
        ReviewedRole::Source if quote.source.is_some() => return Err("the quote has another source".to_owned()),
        ReviewedRole::Source => quote.source = Some(span),
        ReviewedRole::Speaker if !other.label.is_entity() => return Err("a speaker is an entity".to_owned()),
        ReviewedRole::Speaker if quote.speaker.is_some() => return Err("the quote has another speaker".to_owned()),
        ReviewedRole::Speaker => quote.speaker = Some(SpeakerForm::Entity(span)),
        ReviewedRole::Evidence(topic, stance) => {
            let stance = stance.as_deref().map(Stance::from_name).transpose().map_err(|error| error.to_string())?;
            let position = quote.positions.entry(topic.clone()).or_default();
            if position.stance.is_some() && stance.is_some() && position.stance != stance {
                return Err(format!("the quote has another stance on `{topic}`"));
            }
            position.stance = position.stance.or(stance);
            position.evidence.extend(&other.stretches);
        }
    }
    Ok(())
}

fn refusal(place: &str, name: &str, what: String) -> Refusal {
    Refusal { place: format!("{place}, {name}"), what }
}
