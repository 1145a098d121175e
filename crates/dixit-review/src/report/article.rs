//! An article of the report, marked up, and its rows in the table of who said what.

use std::collections::BTreeSet;

use dixit_document::{ParagraphKind, Vocabulary as _};
use dixit_record::{ParagraphRecord, QuoteRecord, Record};
use maud::{Markup, PreEscaped, html};

use crate::{Mark, Part, Run, Selection, blocks, marks, segments};

/// An article as HTML, and what it says by whom.
pub(super) struct ReportArticle {
    pub(super) markup: Markup,
    rows: Vec<Markup>,
}

impl ReportArticle {
    /// `number`: from 1, of the whole report.
    pub(super) fn new(number: usize, record: &Record<'_>, selection: &Selection) -> Self {
        let rows = selection.quotes_of(record).map(|(index, quote)| row(number, index, quote, record)).collect();
        Self { markup: markup(number, record, selection), rows }
    }
}

/// Who said what in the articles of a page.
pub(super) fn said_table(articles: &[ReportArticle]) -> Markup {
    let rows = articles.iter().flat_map(|article| &article.rows);
    html! {
        @if articles.iter().any(|article| !article.rows.is_empty()) {
            div.wide tabindex="0" role="region" aria-label="Who said what on this page" {
                table.said {
                    caption { "Who said what" }
                    thead { tr { th scope="col" { "Speaker" } th scope="col" { "Stance" } th scope="col" { "Words" } th scope="col" { "Article" } } }
                    tbody { @for row in rows { (row) } }
                }
            }
        }
    }
}

fn row(number: usize, index: usize, quote: &QuoteRecord<'_>, record: &Record<'_>) -> Markup {
    let positions = quote.positions.as_deref().unwrap_or_default();
    html! {
        tr data-article={ "a" (number) } {
            th scope="row" { @match &quote.speaker { Some(speaker) => (speaker.name), None => "not known" } }
            td {
                @for (place, position) in positions.iter().enumerate() {
                    @if place > 0 { br; }
                    span.{ "stance " (position.stance.0.name()) } { (position.stance.0.name()) } " (" (position.topic) ")"
                }
            }
            td.words lang=[language(record)] {
                @for (place, stretch) in quote.content.iter().enumerate() { @if place > 0 { " … " } (stretch.text) }
            }
            td { a href={ "#a" (number) "q" (index + 1) } aria-label={ "Article " (number) ", " (quote.id) } { (number) } }
        }
    }
}

fn markup(number: usize, record: &Record<'_>, selection: &Selection) -> Markup {
    let (entities, quotes) =
        (record.entities.as_deref().unwrap_or_default(), record.quotes.as_deref().unwrap_or_default());
    let labels: BTreeSet<&str> = entities.iter().map(|entity| entity.label.0.name()).collect();
    let speakers: BTreeSet<&str> =
        quotes.iter().filter_map(|quote| quote.speaker.as_ref()).map(|speaker| &*speaker.name).collect();
    let stances: BTreeSet<&str> =
        quotes.iter().flat_map(|quote| quote.positions.iter().flatten()).map(|it| it.stance.0.name()).collect();
    let lines = |set: BTreeSet<&str>| set.into_iter().collect::<Vec<_>>().join("\n");
    html! {
        article id={ "a" (number) } lang=[language(record)] aria-label={ "Article " (number) }
            data-language=(record.language.as_ref().map_or("", |language| language.code.0.name()))
            data-labels=(lines(labels)) data-speakers=(lines(speakers)) data-stances=(lines(stances)) {
            (body(number, record, selection))
            p.facts lang="en" { (number) " · " (record.id) @if let Some(language) = &record.language { " · " (language.code.0) } }
        }
    }
}

fn body(number: usize, record: &Record<'_>, selection: &Selection) -> Markup {
    let paragraphs = record.paragraphs.as_deref().unwrap_or_default();
    let cuts = paragraphs.iter().flat_map(|paragraph| [paragraph.start, paragraph.end]);
    let runs = segments(&record.text, &marks(record, selection), cuts);
    html! {
        @for (place, (paragraph, runs)) in blocks(paragraphs, &runs).into_iter().enumerate() { (block(place, paragraph, &words(number, runs, record))) }
    }
}

fn block(place: usize, paragraph: Option<&ParagraphRecord>, words: &Markup) -> Markup {
    let kind = paragraph.map(|paragraph| paragraph.kind.0);
    let language =
        paragraph.and_then(|paragraph| paragraph.language).map(|code| code.0.name()).filter(|code| *code != "und");
    html! {
        @match kind {
            Some(ParagraphKind::Headline) if place == 0 => h3 lang=[language] { (words) },
            Some(ParagraphKind::Headline) => h4 lang=[language] { (words) },
            Some(kind) => p.(kind.name()) lang=[language] { (words) },
            None => p { (words) },
        }
    }
}

fn words(number: usize, runs: &[Run<'_>], record: &Record<'_>) -> Markup {
    html! { @for run in runs { (words_of(number, run, record)) } }
}

/// A run: tags of the quotes that open with it, the text with its marks, labels of the entities that close.
fn words_of(number: usize, run: &Run<'_>, record: &Record<'_>) -> Markup {
    if run.marks.is_empty() {
        return html! { (run.text) };
    }
    let opening = run.opening().filter(|mark| mark.part == Part::Content);
    let anchor = run.mark_of(Part::Content).filter(|mark| is_first(record, mark, run));
    html! {
        @for mark in opening { (tag(record, mark)) }
        span.(classes(run, record)) id=[anchor.map(|mark| format!("a{number}q{}", mark.item + 1))] { (run.text) }
        @for mark in run.closing().filter(|mark| mark.part == Part::Entity) {
            @if let Some(entity) = mark.entity(record) {
                small.label lang="en" { (entity.label.0.name()) }
            }
        }
    }
}

/// Who says what begins here, and where they stand.
fn tag(record: &Record<'_>, mark: &Mark) -> Markup {
    let Some(quote) = mark.quote(record) else { return PreEscaped(String::new()) };
    let stance = quote.positions.iter().flatten().next().map(|position| position.stance.0.name());
    html! {
        span.{ "tag " (stance.unwrap_or_default()) } lang="en" {
            (quote.id) " " @match &quote.speaker { Some(speaker) => (speaker.name), None => "not known" }
            @if let Some(stance) = stance { ": " (stance) }
        }
    }
}

/// Whether the quote of a mark begins with this run.
fn is_first(record: &Record<'_>, mark: &Mark, run: &Run<'_>) -> bool {
    mark.start == run.start
        && mark.quote(record).is_some_and(|quote| quote.content.first().is_some_and(|it| it.start == run.start))
}

fn classes(run: &Run<'_>, record: &Record<'_>) -> String {
    let mut classes: Vec<&str> = Vec::new();
    for (part, class) in
        [(Part::Content, "content"), (Part::Source, "source"), (Part::Cue, "cue"), (Part::Evidence, "evidence")]
    {
        classes.extend(run.mark_of(part).map(|_| class));
    }
    let quote = run.mark_of(Part::Content).and_then(|mark| mark.quote(record));
    let position = quote.and_then(|quote| quote.positions.as_ref()?.first());
    classes.extend(position.map(|position| position.stance.0.name()));
    let entity = run.mark_of(Part::Entity).and_then(|mark| mark.entity(record));
    classes.extend(entity.into_iter().flat_map(|entity| ["entity", entity.label.0.name()]));
    classes.join(" ")
}

fn language(record: &Record<'_>) -> Option<&'static str> {
    record.language.as_ref().map(|language| language.code.0.name()).filter(|code| *code != "und")
}
