//! A text cut wherever a mark begins or ends: the one model of marked-up text, for terminals and pages.

use dixit_record::{EntityRecord, ParagraphRecord, QuoteRecord, Record, Stretch};
use dixit_text::{OffsetMap, Unit};

use crate::Selection;

/// What a stretch of text is to an item of a record. In the order in which marks over the same text are nested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What a quote attributes.
    Content,
    /// The mention of who is quoted.
    Source,
    /// The words that attribute.
    Cue,
    /// The words that tell a stance.
    Evidence,
    /// A named entity.
    Entity,
}

/// A stretch of text that belongs to an item. Offsets are code points, end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The first code point.
    pub start: u32,
    /// The code point after the last.
    pub end: u32,
    /// What it is to the item.
    pub part: Part,
    /// The index of the item: of an entity for [`Part::Entity`], else of a quote.
    pub item: usize,
}

/// A stretch of text over which the same marks lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run<'t> {
    /// The first code point.
    pub start: u32,
    /// The code point after the last.
    pub end: u32,
    /// The text.
    pub text: &'t str,
    /// The marks over it, the outermost first.
    pub marks: Vec<Mark>,
}

impl Mark {
    /// The quote that it is of; `None` for the mark of an entity.
    pub(crate) fn quote<'r>(&self, record: &'r Record<'_>) -> Option<&'r QuoteRecord<'r>> {
        record.quotes.as_ref()?.get(self.item).filter(|_| self.part != Part::Entity)
    }

    /// The entity that it is of; `None` for the mark of a quote.
    pub(crate) fn entity<'r>(&self, record: &'r Record<'_>) -> Option<&'r EntityRecord<'r>> {
        record.entities.as_ref()?.get(self.item).filter(|_| self.part == Part::Entity)
    }
}

impl Run<'_> {
    /// The marks that begin with this run, the outermost first.
    pub fn opening(&self) -> impl Iterator<Item = &Mark> {
        self.marks.iter().filter(|mark| mark.start == self.start)
    }

    /// The marks that end with this run, the innermost first.
    pub fn closing(&self) -> impl Iterator<Item = &Mark> {
        self.marks.iter().rev().filter(|mark| mark.end == self.end)
    }

    /// The innermost mark that is such a part.
    pub fn mark_of(&self, part: Part) -> Option<&Mark> {
        self.marks.iter().rev().find(|mark| mark.part == part)
    }
}

/// The marks of what is selected of a record, in no order.
pub fn marks(record: &Record<'_>, selection: &Selection) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (item, quote) in selection.quotes_of(record) {
        let mut add = |part, stretch: &Stretch<'_>| {
            marks.push(Mark { start: stretch.start, end: stretch.end, part, item });
        };
        quote.content.iter().for_each(|stretch| add(Part::Content, stretch));
        quote.source.iter().for_each(|stretch| add(Part::Source, stretch));
        quote.cue.iter().for_each(|stretch| add(Part::Cue, stretch));
        let evidence = quote.positions.iter().flatten().flat_map(|position| &position.evidence);
        evidence.for_each(|stretch| add(Part::Evidence, stretch));
    }
    for (item, entity) in selection.entities_of(record) {
        marks.push(Mark { start: entity.start, end: entity.end, part: Part::Entity, item });
    }
    marks
}

/// The whole text as runs, cut also at `cuts`. Marks that do not fit the text, and empty ones, are left out.
pub fn segments<'t>(text: &'t str, marks: &[Mark], cuts: impl IntoIterator<Item = u32>) -> Vec<Run<'t>> {
    let offsets = OffsetMap::new(text, Unit::CodePoint);
    let length = offsets.len() as u32;
    let mut marks: Vec<Mark> =
        marks.iter().copied().filter(|mark| mark.start < mark.end && mark.end <= length).collect();
    marks.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end), mark.part, mark.item));
    let ends = marks.iter().flat_map(|mark| [mark.start, mark.end]);
    let mut points: Vec<u32> = ends.chain(cuts.into_iter().filter(|&cut| cut < length)).chain([0, length]).collect();
    points.sort_unstable();
    points.dedup();
    let mut waiting = marks.into_iter().peekable();
    let mut open: Vec<Mark> = Vec::new();
    let mut runs = Vec::with_capacity(points.len());
    for pair in points.windows(2) {
        let (start, end) = (pair[0], pair[1]);
        open.retain(|mark| mark.end > start);
        while let Some(mark) = waiting.next_if(|mark| mark.start == start) {
            open.push(mark);
        }
        let span = offsets.span(start as usize, end as usize);
        runs.extend(span.map(|span| Run { start, end, text: span.of(text), marks: open.clone() }));
    }
    runs
}

/// Paragraphs with their runs, in order, and what stands between them if that is more than white space. The runs must be cut
/// where paragraphs begin and end.
pub fn blocks<'p, 'r, 't>(
    paragraphs: &'p [ParagraphRecord],
    runs: &'r [Run<'t>],
) -> Vec<(Option<&'p ParagraphRecord>, &'r [Run<'t>])> {
    let mut rest = runs;
    let mut blocks = Vec::new();
    for paragraph in paragraphs {
        let before = rest.iter().take_while(|run| run.end <= paragraph.start).count();
        blocks.push((None, &rest[..before]));
        let within = rest[before..].iter().take_while(|run| run.end <= paragraph.end).count();
        blocks.push((Some(paragraph), &rest[before..before + within]));
        rest = &rest[before + within..];
    }
    blocks.push((None, rest));
    blocks.retain(|(_, runs)| runs.iter().any(|run| !run.text.trim().is_empty()));
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: u32, end: u32, part: Part, item: usize) -> Mark {
        Mark { start, end, part, item }
    }

    fn told(runs: &[Run<'_>]) -> Vec<(String, Vec<usize>)> {
        runs.iter().map(|run| (run.text.to_owned(), run.marks.iter().map(|mark| mark.item).collect())).collect()
    }

    #[test]
    fn cuts_at_every_end_and_counts_code_points() {
        let marks = [mark(2, 6, Part::Content, 0), mark(4, 8, Part::Entity, 1)];
        let runs = segments("🤝 été là.", &marks, [7]);
        let wanted =
            [("🤝 ", vec![]), ("ét", vec![0]), ("é ", vec![0, 1]), ("l", vec![1]), ("à", vec![1]), (".", vec![])];
        assert_eq!(told(&runs), wanted.map(|(text, items)| (text.to_owned(), items)));
        assert_eq!(runs[2].closing().map(|mark| mark.item).collect::<Vec<_>>(), [0]);
        assert_eq!(runs[2].opening().map(|mark| mark.item).collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn the_longest_mark_is_the_outermost() {
        let marks = [mark(0, 2, Part::Entity, 1), mark(0, 4, Part::Content, 0), mark(0, 2, Part::Source, 2)];
        assert_eq!(told(&segments("oui.", &marks, []))[0].1, [0, 2, 1]);
    }

    #[test]
    fn leaves_out_what_does_not_fit_the_text() {
        let marks = [mark(0, 9, Part::Entity, 0), mark(2, 2, Part::Entity, 1), mark(3, 1, Part::Entity, 2)];
        assert_eq!(told(&segments("oui", &marks, [99])), [("oui".to_owned(), vec![])]);
        assert_eq!(segments("", &marks, []), []);
    }

    #[test]
    fn the_runs_together_are_the_text() {
        let text = "« Oui »,\r\ndit\0 Léa \u{1f91d} e\u{301}";
        let marks: Vec<Mark> = (0..20).map(|at| mark(at, at * 7 % 23, Part::Entity, at as usize)).collect();
        let joined: String = segments(text, &marks, [3, 5]).iter().map(|run| run.text).collect();
        assert_eq!(joined, text);
    }
}
