//! Quotes as a reviewer left them.

use std::collections::HashMap;

use dixit_record::{Named, PositionRecord, QuoteRecord, Record, Stretch};
use dixit_text::{OffsetMap, Span, Unit};

use crate::import::entities::{FreshIds, Pass, pairs, unnamed};
use crate::import::form::{Form, PositionForm, QuoteForm, are_same};
use crate::import::kind::kind;
use crate::import::speakers;

const QUOTE_PASSES: [Pass<QuoteForm>; 3] = [
    |left, right| left.id.is_some() && left.id == right.id,
    |left, right| left.content == right.content,
    |left, right| left.content.iter().any(|&span| right.content.iter().any(|&other| span.overlaps(other))),
];

/// Changes the quotes of a record; `entities` are the ids of its entities by where they stand.
///
/// The profile, which is made of the quotes, is left out where these change.
pub(super) fn apply(record: &mut Record<'_>, before: &Form, after: &Form, entities: &HashMap<Span, String>, by: &str) {
    let (Some(before), Some(after)) = (&before.quotes, &after.quotes) else { return };
    if are_same(before, after, QuoteForm::is_same) {
        return;
    }
    let text = record.text.to_string();
    let points = OffsetMap::new(&text, Unit::CodePoint);
    let old = record.quotes.take().unwrap_or_default();
    let known: Vec<_> = old.iter().map(|quote| form(quote, &points)).collect();
    let of_record = pairs(&known, before, &QUOTE_PASSES);
    let of_before = pairs(before, after, &QUOTE_PASSES);
    let mut fresh = FreshIds::new("q", old.iter().map(|quote| &*quote.id));
    let patch = Patch { text: &text, points: &points, entities, by };
    let spoke = speakers::quoted(&old);
    let mut quotes = Vec::new();
    for (quote, &matched) in after.iter().zip(&of_before) {
        let place = matched.and_then(|index| of_record[index]);
        let mut changed = match place {
            Some(place) => old[place].clone(),
            None => patch.new_quote(quote, fresh.next()),
        };
        let was = matched.map(|index| &before[index]);
        if !was.is_some_and(|was| was.is_same(quote)) {
            patch.apply(record, &mut changed, was.unwrap_or(&QuoteForm::default()), quote);
        }
        quotes.push(changed);
    }
    // What the tool could not hold was not reviewed.
    quotes.extend(unnamed(old, &of_record));
    quotes.sort_by_key(|quote| quote.content.first().map(|stretch| stretch.start));
    speakers::retain(record, &spoke, &quotes);
    record.quotes = Some(quotes);
    record.profile = None;
}

fn form(quote: &QuoteRecord<'_>, points: &OffsetMap<'_>) -> QuoteForm {
    let span = |it: &Stretch<'_>| points.span(it.start as usize, it.end as usize).unwrap_or_default();
    let content = quote.content.iter().map(span).collect();
    QuoteForm { id: Some(quote.id.to_string()), content, ..QuoteForm::default() }
}

struct Patch<'p> {
    text: &'p str,
    points: &'p OffsetMap<'p>,
    entities: &'p HashMap<Span, String>,
    by: &'p str,
}

impl Patch<'_> {
    fn stretch<'a>(&self, span: Span) -> Stretch<'a> {
        let (start, end) = self.points.units(span);
        Stretch { start: start as u32, end: end as u32, text: span.of(self.text).to_owned().into() }
    }

    /// A quote of nothing but its id, to be filled.
    fn new_quote<'a>(&self, quote: &QuoteForm, id: String) -> QuoteRecord<'a> {
        QuoteRecord {
            id: id.into(),
            kind: Named(kind(self.text, &quote.content)),
            content: Vec::new(),
            cue: None,
            source: None,
            speaker: None,
            positions: None,
            score: 1.0,
            by: self.by.to_owned().into(),
        }
    }

    /// Changes what differs between what the quote was and what it is.
    fn apply(&self, record: &mut Record<'_>, quote: &mut QuoteRecord<'_>, was: &QuoteForm, is: &QuoteForm) {
        if was.content != is.content {
            quote.content = is.content.iter().map(|&span| self.stretch(span)).collect();
        }
        if was.content != is.content || was.kind != is.kind {
            quote.kind = Named(is.kind.unwrap_or_else(|| kind(self.text, &is.content)));
        }
        if was.cue != is.cue {
            quote.cue = is.cue.map(|span| self.stretch(span));
        }
        if was.source != is.source {
            quote.source = is.source.map(|span| self.stretch(span));
        }
        if was.speaker != is.speaker {
            quote.speaker =
                is.speaker.as_ref().map(|speaker| speakers::speaker(record, speaker, self.entities, self.text));
        }
        self.positions(quote, was, is);
        quote.score = 1.0;
        quote.by = self.by.to_owned().into();
    }

    /// Changes the positions on the topics where what was said differs.
    fn positions(&self, quote: &mut QuoteRecord<'_>, was: &QuoteForm, is: &QuoteForm) {
        for topic in was.positions.keys().filter(|topic| !is.positions.contains_key(*topic)) {
            quote.positions.iter_mut().for_each(|positions| positions.retain(|position| position.topic != *topic));
        }
        for (topic, PositionForm { stance, evidence }) in &is.positions {
            if was.positions.get(topic).is_some_and(|was| was.stance == *stance && was.evidence == *evidence) {
                continue;
            }
            let Some(stance) = *stance else { continue };
            let evidence = evidence.iter().map(|&span| self.stretch(span)).collect();
            let by = self.by.to_owned().into();
            let changed =
                PositionRecord { topic: topic.clone().into(), stance: Named(stance), score: 1.0, evidence, by };
            let positions = quote.positions.get_or_insert_default();
            match positions.iter_mut().find(|position| position.topic == *topic) {
                Some(position) => *position = changed,
                None => positions.push(changed),
            }
        }
    }
}
