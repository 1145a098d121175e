//! What is seen of a quote on a topic: its features, and where each was seen.

use std::ops::Range;

use dixit_document::{MissingLayer, QuoteType};
use dixit_text::Span;

use crate::class::{Class, Zone};
use crate::feature::{Feature, Form, Shape};
use crate::lexicon::{Hit, Mark};
use crate::reading::Reading;
use crate::topic::{Entry, Scope};
use crate::word_features::{Vocabulary, for_each_word};

/// How many words before an expression a negation reaches it.
const NEGATION_REACH: usize = 3;

/// How many words before an expression a longer one that covers it is looked for.
const LONGEST_PATTERN: usize = 8;

/// How many words from a term an expression is near it.
const NEAR: usize = 9;

/// A feature of a quote, and the words that show it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    pub(crate) feature: Feature,
    pub(crate) span: Option<Span>,
}

/// What an article as a whole says of a topic.
pub(crate) struct About {
    topic: u16,
    terms: usize,
    dense: bool,
    headline: bool,
    /// Hints in a thousand words.
    hints: usize,
}

impl About {
    /// What the article says of the topic with this index.
    pub(crate) fn new(reading: &Reading<'_>, topic: u16) -> Result<Self, MissingLayer> {
        let lookalikes = lookalikes(&reading.hits, topic);
        let is_term = |hit: &&Hit| hit.mark == Mark::Topic(topic, Entry::Term) && !covered(hit, &lookalikes);
        let terms = reading.hits.iter().filter(is_term).count();
        let is_hint = |hit: &&Hit| hit.mark == Mark::Topic(topic, Entry::Hint) && !covered(hit, &lookalikes);
        let hints = reading.hits.iter().filter(is_hint).count() * 1000 / reading.words.len().max(1);
        let headline = match reading.document.paragraphs()?.first() {
            Some(first) => reading.hits_in(&reading.words_in(first.span)).iter().any(|hit| is_term(&hit)),
            None => false,
        };
        Ok(Self { topic, terms, dense: terms * 60 >= reading.words.len(), headline, hints })
    }

    fn shapes(&self) -> impl Iterator<Item = Shape> {
        let some = (1..3).contains(&self.terms).then_some(Shape::ArticleSome);
        let much = (self.terms >= 3).then_some(Shape::ArticleMuch);
        let dense = (self.dense && self.terms > 0).then_some(Shape::ArticleDense);
        let hints = match self.hints {
            0..10 => Shape::HintsRare,
            10..20 => Shape::HintsSome,
            20..35 => Shape::HintsMany,
            _ => Shape::HintsDense,
        };
        std::iter::once(hints).chain(some).chain(much).chain(dense).chain(self.headline.then_some(Shape::Headline))
    }
}

/// The features of the quote with this index, in the order of their numbers, each once.
pub(crate) fn features(reading: &Reading<'_>, about: &About, vocabulary: &Vocabulary, quote: usize) -> Vec<Seen> {
    let mut found = Found { reading, seen: Vec::with_capacity(64), weak: about.terms < 3 };
    for_each_word(reading, quote, |key| {
        found.seen.extend(vocabulary.get(key).map(|&feature| Seen { feature, span: None }));
    });
    for zone in Zone::ALL {
        for words in reading.zone(quote, zone) {
            found.add_zone(zone, &words, about.topic);
        }
    }
    found.add_form(quote);
    for shape in about.shapes() {
        found.add_shape(shape, None);
    }
    let words = reading.zone(quote, Zone::Content).iter().map(Range::len).sum();
    found.add_combinations(words);
    let mut seen = found.seen;
    seen.sort_by_key(|seen| (seen.feature, seen.span));
    seen.dedup_by_key(|seen| seen.feature);
    seen
}

struct Found<'r, 'd> {
    reading: &'r Reading<'d>,
    seen: Vec<Seen>,
    /// Whether the article hardly names the topic.
    weak: bool,
}

impl Found<'_, '_> {
    fn add_zone(&mut self, zone: Zone, words: &Range<usize>, topic: u16) {
        let inside = |hit: &&Hit| hit.end <= words.end;
        let hits: Vec<Hit> = self.reading.hits_in(words).iter().filter(inside).copied().collect();
        let hits = longest(&hits, topic);
        let lookalikes = lookalikes(&hits, topic);
        let names = |hit: &Hit| {
            matches!(hit.mark, Mark::Topic(of, Entry::Term | Entry::Hint) if of == topic) && !covered(hit, &lookalikes)
        };
        let terms: Vec<Range<usize>> = hits.iter().filter(|hit| names(hit)).map(|hit| hit.first..hit.end).collect();
        let mut hint_count = 0;
        for hit in &hits {
            let near = || is_near(hit, &terms);
            let class = match hit.mark {
                Mark::General(class) => class.is_in(zone).then_some(class),
                Mark::Topic(of, _) if of != topic => None,
                Mark::Topic(_, Entry::Cue(_, scope)) if !scope.is_in(zone) => None,
                Mark::Topic(_, Entry::Cue(_, Scope::Term)) if !near() => None,
                Mark::Topic(_, Entry::Term | Entry::Hint) if !names(hit) => None,
                Mark::Topic(_, entry) => Class::of(entry),
            };
            let Some(class) = class else { continue };
            hint_count += usize::from(class == Class::Hint && zone == Zone::Content);
            self.add_hit(zone, class, hit, &hits, near());
        }
        if hint_count >= 2 {
            self.add_shape(Shape::Hints, None);
        }
    }

    fn add_hit(&mut self, zone: Zone, class: Class, hit: &Hit, hits: &[Hit], near: bool) {
        let span = Some(self.reading.span_of(hit));
        let negated = class.turns() && is_negated(hit, hits);
        let weak = class == Class::Hint && self.weak;
        let form = if negated {
            Form::Negated
        } else if weak {
            Form::Weak
        } else {
            Form::Plain
        };
        self.seen.push(Seen { feature: Feature::of_class(zone, class, form), span });
        let pairs = matches!(
            class,
            Class::Favour
                | Class::Against
                | Class::Condition
                | Class::Negation
                | Class::Derision
                | Class::If
                | Class::When
                | Class::Before
                | Class::Only
                | Class::Future
                | Class::Finality
        );
        if near && pairs && !negated && zone == Zone::Content {
            self.seen.push(Seen { feature: Feature::of_class(zone, class, Form::Near), span });
        }
    }

    fn add_shape(&mut self, shape: Shape, span: Option<Span>) {
        self.seen.push(Seen { feature: Feature::of_shape(shape), span });
    }

    /// What the quote looks like.
    fn add_form(&mut self, index: usize) {
        let quote = &self.reading.quotes[index];
        let content = quote.content.iter().map(|span| span.of(self.reading.document.text()));
        let words: usize = self.reading.zone(index, Zone::Content).iter().map(Range::len).sum();
        let has = |test: fn(char) -> bool| content.clone().any(|text| text.chars().take(2000).any(test));
        let whole = quote.content.iter().copied().reduce(Span::to).unwrap_or_default();
        let neighbours = [index.checked_sub(1), Some(index + 1)].into_iter().flatten();
        let neighbours = neighbours.filter_map(|other| self.reading.quotes.get(other));
        let others: Vec<Span> = neighbours.filter_map(|other| other.content.iter().copied().reduce(Span::to)).collect();
        let first = self.reading.document.paragraphs().ok().and_then(|paragraphs| paragraphs.first());
        let shapes = [
            (true, Shape::Bias),
            (quote.kind == QuoteType::Direct, Shape::Direct),
            (quote.kind == QuoteType::Mixed, Shape::Mixed),
            (has(|character| character == '?'), Shape::QuestionMark),
            (has(|character| character == '!'), Shape::ExclamationMark),
            (has(|character| character.is_ascii_digit()), Shape::Number),
            (words <= 4, Shape::Tiny),
            (words <= 10, Shape::Short),
            (words > 25, Shape::Long),
            (quote.cue.is_none(), Shape::NoCue),
            (quote.source.is_none(), Shape::NoSource),
            (others.iter().any(|other| other.covers(whole)), Shape::Inner),
            (others.iter().any(|other| whole.covers(*other)), Shape::Outer),
            (first.is_some_and(|first| first.span.covers(whole)), Shape::InHeadline),
        ];
        for (_, shape) in shapes.into_iter().filter(|(holds, _)| *holds) {
            self.add_shape(shape, None);
        }
    }

    /// What follows from what was seen together.
    fn add_combinations(&mut self, words: usize) {
        let condition = self.first(Zone::Content, &[Class::Condition, Class::Conditional]);
        let against = self.first(Zone::Content, &[Class::Against, Class::Oppose, Class::Finality, Class::Derision]);
        let favour = self.first(Zone::Content, &[Class::Favour, Class::Support, Class::Call, Class::Patience]);
        let report = self.first(Zone::Content, &[Class::Schedule, Class::Neutral]);
        let named = self.first(Zone::Content, &[Class::Term, Class::Hint]);
        let around = [Zone::Cue, Zone::Frame, Zone::Before, Zone::Previous];
        let around = around.iter().find_map(|&zone| self.first(zone, &[Class::Term]));
        let beside = self.first(Zone::Cue, &[Class::Term]).or(self.first(Zone::Frame, &[Class::Term]));
        let anaphora = self.first(Zone::Content, &[Class::Anaphora]);
        let elsewhere = self.first(Zone::Content, &[Class::Elsewhere]);
        let inherited = if named.is_none() { around } else { None };
        let opening = self.first(Zone::Content, &[Class::If, Class::When, Class::Before, Class::Only]);
        let action = self.first(Zone::Content, &[Class::Future, Class::Modality, Class::Term, Class::Hint]);
        let refusing = self.first(Zone::Cue, &[Class::Against, Class::Oppose]);
        let combinations = [
            (refusing.filter(|_| condition.is_none()), Shape::RefusingCue),
            (opening.filter(|_| favour.is_some()), Shape::OpeningWithFavour),
            (opening.filter(|_| against.is_some()), Shape::OpeningWithRefusal),
            (opening.filter(|_| action.is_some()), Shape::OpeningWithAction),
            (condition.filter(|_| against.is_none()), Shape::OpenCondition),
            (condition.filter(|_| against.is_some()), Shape::RefusalWithCondition),
            (favour.filter(|_| condition.is_none() && against.is_none()), Shape::PlainFavour),
            (against.filter(|_| condition.is_none()), Shape::PlainRefusal),
            (report.filter(|_| favour.is_none() && against.is_none()), Shape::PlainReport),
            (inherited, Shape::Inherited),
            (beside.filter(|_| anaphora.is_some() && named.is_none() && words <= 6), Shape::Referred),
            (elsewhere.filter(|_| named.is_none()), Shape::PlainElsewhere),
        ];
        for (span, shape) in combinations {
            if span.is_some() {
                self.add_shape(shape, span);
            }
        }
        if named.is_none() {
            self.add_shape(Shape::Nothing, None);
        }
        if condition.or(against).or(favour).is_none() {
            self.add_shape(Shape::NoStance, None);
        }
    }

    /// Where one of the classes stands in the zone, not negated.
    fn first(&self, zone: Zone, classes: &[Class]) -> Option<Span> {
        let wanted = |feature| classes.iter().any(|&class| feature == Feature::of_class(zone, class, Form::Plain));
        self.seen.iter().find(|seen| wanted(seen.feature)).and_then(|seen| seen.span)
    }
}

/// The hits without those that are part of a longer expression: in `no alternative to`, `no` says nothing of its own.
///
/// Names of the topic stay, and take nothing away.
fn longest(hits: &[Hit], topic: u16) -> Vec<Hit> {
    let speaks = |hit: &Hit| match hit.mark {
        Mark::General(_) => true,
        Mark::Topic(of, entry) => of == topic && matches!(entry, Entry::Cue(..)),
    };
    let is_part = |index: usize, hit: &Hit| {
        let before = hits[..index].iter().rev().take_while(|other| other.first + LONGEST_PATTERN > hit.first);
        let after = hits[index..].iter().take_while(|other| other.first == hit.first);
        let mut around = before.chain(after);
        around.any(|other| speaks(other) && hit.end <= other.end && other.end - other.first > hit.end - hit.first)
    };
    hits.iter().enumerate().filter(|(index, hit)| !speaks(hit) || !is_part(*index, hit)).map(|(_, hit)| *hit).collect()
}

fn lookalikes(hits: &[Hit], topic: u16) -> Vec<Range<usize>> {
    hits.iter().filter(|hit| hit.mark == Mark::Topic(topic, Entry::Lookalike)).map(|hit| hit.first..hit.end).collect()
}

/// Whether one of the ranges, in the order of their starts, covers the hit.
fn covered(hit: &Hit, ranges: &[Range<usize>]) -> bool {
    let after = ranges.partition_point(|range| range.start <= hit.first);
    ranges[..after].iter().rev().take(4).any(|range| hit.end <= range.end)
}

fn is_near(hit: &Hit, terms: &[Range<usize>]) -> bool {
    let first = terms.partition_point(|term| term.start + NEAR < hit.first);
    let near = terms[first..].iter().take_while(|term| term.start < hit.end + NEAR);
    near.take(2 * NEAR).any(|term| term.start >= hit.end || term.end <= hit.first)
}

/// Whether a negation stands at most [`NEGATION_REACH`] words before the hit.
fn is_negated(hit: &Hit, hits: &[Hit]) -> bool {
    let first = hits.partition_point(|other| other.first + NEGATION_REACH + 2 < hit.first);
    let before = hits[first..].iter().take_while(|other| other.first < hit.first);
    before
        .filter(|other| other.mark == Mark::General(Class::Negation))
        .any(|other| other.end <= hit.first && hit.first - other.end < NEGATION_REACH)
}
