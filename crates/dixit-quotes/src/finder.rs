//! The annotator of the layers `quotes` and `speakers`.

use std::ops::Range;

use dixit_document::{AnnotateError, Annotator, Document, LanguageCode, Layer, ParagraphKind, Quote, QuoteType};
use dixit_text::{Span, starting_within, within};

use crate::attribution::Attributed;
use crate::clauses::{under_cue, under_noun};
use crate::cues::find_cues;
use crate::direct::{Direct, Found};
use crate::heads::Reading;
use crate::incises::cut_incises;
use crate::lexicon::{Class, Lexicon};
use crate::marks::{Marked, pair};
use crate::model::{Buffers, QuoteModel, QuoteModelError};
use crate::settle::{add_direct, end_before_others, settle};
use crate::signatures::sign;
use crate::sourcings::according_to;
use crate::speakers::SpeakerData;
use crate::words::Words;

/// Finds quotes and says who speaks.
///
/// Paragraphs that are not the article's ([`dixit_document::ParagraphKind::is_article`]) or neither English nor French are passed over.
pub struct QuoteFinder {
    lexicons: QuoteLexicons,
    model: QuoteModel,
}

/// What is known of words, in both languages.
pub struct QuoteLexicons {
    pub(crate) english: Lexicon,
    pub(crate) french: Lexicon,
    pub(crate) speaker_data: SpeakerData,
}

/// A quote whose speaker is not known yet.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) kind: QuoteType,
    pub(crate) content: Vec<Span>,
    pub(crate) cue: Option<Span>,
    pub(crate) source: Option<Span>,
    pub(crate) score: f32,
    pub(crate) by: &'static str,
}

/// How many of the quotes that a rule finds are right, about, on the training parts of the corpora.
fn share_right(by: &str) -> f32 {
    match by {
        "rule:that-clause" | "rule:according-to" => 0.86,
        "rule:bare-clause" | "rule:call" => 0.8,
        "rule:accused" | "rule:infinitive" => 0.7,
        "rule:clause-before-cue" => 0.65,
        _ => 0.5,
    }
}

impl Draft {
    /// A draft of words; `None` if the content is empty or nothing but marks.
    pub(crate) fn of(
        words: &Words<'_>,
        content: Range<usize>,
        cue: Option<Range<usize>>,
        source: Option<Range<usize>>,
        by: &'static str,
    ) -> Option<Self> {
        let spoken = content.clone().filter(|&word| !words.is(word, Class::MARK));
        let (all, quoted) =
            spoken.fold((0, 0), |(all, quoted), word| (all + 1, quoted + usize::from(words.is(word, Class::QUOTED))));
        if all == 0 {
            return None;
        }
        let kind = match quoted {
            0 => QuoteType::Indirect,
            quoted if quoted == all => QuoteType::Direct,
            _ => QuoteType::Mixed,
        };
        let score = share_right(by) - if source.is_some() { 0.0 } else { 0.1 };
        let span_of = |range: Range<usize>| words.span_of(&range);
        Some(Self {
            kind,
            content: vec![span_of(content)],
            cue: cue.map(span_of),
            source: source.map(|range| words.source_span(&range)),
            score,
            by,
        })
    }
}

impl Draft {
    /// Adds a stretch of content behind the first.
    pub(crate) fn push(&mut self, words: &Words<'_>, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let quoted = range.clone().any(|word| words.is(word, Class::QUOTED));
        if quoted != (self.kind == QuoteType::Direct) {
            self.kind = QuoteType::Mixed;
        }
        self.content.push(words.span_of(&range));
    }
}

impl QuoteLexicons {
    /// The lexicons with their data loaded.
    pub fn new() -> Self {
        Self { english: Lexicon::english(), french: Lexicon::french(), speaker_data: SpeakerData::new() }
    }

    /// Calls `each` with every paragraph in which quotes are looked for, the words of the quotation that goes on from the paragraph
    /// before, and whether its last quotation is open.
    pub(crate) fn read(
        &self,
        document: &Document,
        mut each: impl FnMut(&Reading<'_, '_>, Range<usize>, bool),
    ) -> Result<(), AnnotateError> {
        let languages = &document.language()?.paragraphs;
        let (tokens, sentences, entities) = (document.tokens()?, document.sentences()?, document.entities()?);
        let entity_spans: Vec<Span> = entities.iter().map(|entity| entity.span).collect();
        let mut open = false;
        for (paragraph, &language) in document.paragraphs()?.iter().zip(languages) {
            let lexicon = match language {
                LanguageCode::En => &self.english,
                LanguageCode::Fr => &self.french,
                LanguageCode::Und => continue,
            };
            if !paragraph.kind.is_article() {
                continue;
            }
            let mut words = Words {
                text: document.text(),
                language,
                spans: &tokens[within(tokens, paragraph.span)],
                classes: Vec::new(),
                hashes: Vec::new(),
                quote_ends: Vec::new(),
                entities: &entities[starting_within(&entity_spans, paragraph.span)],
                sentences: &sentences[within(sentences, paragraph.span)],
            };
            words.classify(lexicon);
            let marked = cut_incises(&words, pair(words.text, paragraph.span));
            words.mark_quoted(&marked);
            let goes_on = open && marked.first().is_some_and(|first| first.span.start() == paragraph.span.start());
            let continued = if goes_on { words.within(marked[0].span) } else { 0..0 };
            open = marked.last().is_some_and(|last| !last.closed);
            let rules = by_rules(&words, &marked[usize::from(goes_on)..]);
            let headline = paragraph.kind == ParagraphKind::Headline;
            each(&Reading::new(&words, &marked, &rules, headline), continued, open);
        }
        Ok(())
    }
}

impl Default for QuoteLexicons {
    fn default() -> Self {
        Self::new()
    }
}

impl QuoteFinder {
    /// The finder with the bytes of a model.
    ///
    /// # Errors
    /// [`QuoteModelError`] if the bytes are no model of quotes.
    pub fn new(model: &[u8]) -> Result<Self, QuoteModelError> {
        Ok(Self { lexicons: QuoteLexicons::new(), model: QuoteModel::from_bytes(model)? })
    }

    fn drafts(&self, document: &Document) -> Result<Vec<Draft>, AnnotateError> {
        let mut buffers = Buffers::default();
        let mut drafts: Vec<Draft> = Vec::new();
        let mut open: Option<usize> = None;
        self.lexicons.read(document, |reading, continued, stays_open| {
            let heads = reading.heads(&continued);
            if let Some(quote) = open.filter(|_| !continued.is_empty()) {
                drafts[quote].content.push(reading.words.span_of(&continued));
            } else {
                open = None;
            }
            let mut found = Vec::new();
            for head in &heads {
                self.model.judge(reading, head, &mut buffers, &mut found);
            }
            let first = drafts.len();
            let mut settled = settle(found);
            end_before_others(reading.words.text, &mut settled, reading.rules);
            add_direct(&mut settled, reading.rules);
            drafts.append(&mut settled);
            let last = reading.outer.items.iter().rfind(|item| item.quoted).filter(|_| stays_open);
            let Some(last) = last.filter(|last| last.words != continued) else {
                open = open.filter(|_| stays_open);
                return;
            };
            let end = reading.words.spans[last.words.end - 1].end();
            open =
                (first..drafts.len()).find(|&index| drafts[index].content.last().is_some_and(|span| span.end() == end));
        })?;
        Ok(drafts)
    }
}

/// The quotes that the rules find in a paragraph.
fn by_rules(words: &Words<'_>, marked: &[Marked]) -> Vec<Draft> {
    let cues = find_cues(words);
    let mut found = Direct { words, cues: &cues, marked }.find();
    let mut clauses: Vec<Draft> = Vec::new();
    let mut taken = vec![false; cues.len()];
    let mut shared = vec![false; cues.len()];
    for (cue, shares) in found.iter().filter_map(|direct| direct.cue.map(|cue| (cue, direct.shares))) {
        taken[cue] = true;
        shared[cue] = shares;
    }
    for (index, cue) in cues.iter().enumerate().filter(|&(index, _)| !taken[index] || shared[index]) {
        clauses.extend(under_cue(words, cue).filter(|draft| !shared[index] || draft.by != "rule:bare-clause"));
    }
    clauses
        .extend((0..words.len()).filter_map(|index| according_to(words, index).or_else(|| under_noun(words, index))));
    clauses.sort_by_key(|clause| clause.content[0].start());
    let reach = Reach::of(&clauses);
    found.retain(|direct| direct.cue.is_some() || !reach.covers(marked[direct.first].span));
    clauses.retain(|clause| !overlaps_any(clause.content[0], &found));
    let mut all: Vec<Draft> = found.into_iter().map(|direct| direct.draft).chain(clauses).collect();
    all.sort_by_key(|draft| (draft.content[0].start(), draft.content[0].end()));
    all.dedup_by(|later, earlier| later.content == earlier.content);
    all
}

/// How far the clauses reach that begin at or before each, to ask in logarithmic time whether one covers a span.
struct Reach {
    starts: Vec<usize>,
    ends: Vec<usize>,
}

impl Reach {
    /// Of clauses in the order of their starts.
    fn of(clauses: &[Draft]) -> Self {
        let starts = clauses.iter().map(|clause| clause.content[0].start()).collect();
        let ends = clauses.iter().scan(0, |reach, clause| {
            *reach = clause.content[0].end().max(*reach);
            Some(*reach)
        });
        Self { starts, ends: ends.collect() }
    }

    fn covers(&self, span: Span) -> bool {
        let before = self.starts.partition_point(|&start| start <= span.start());
        before > 0 && self.ends[before - 1] >= span.end()
    }
}

/// Whether a clause cuts into a direct quote, or is part of one.
fn overlaps_any(clause: Span, found: &[Found]) -> bool {
    let first = found.partition_point(|direct| direct.draft.content[0].end() <= clause.start());
    let near =
        found[first..].iter().map(|direct| direct.draft.content[0]).take_while(|direct| direct.start() < clause.end());
    near.into_iter().any(|direct| clause.overlaps(direct) && !clause.covers(direct) || direct.covers(clause))
}

impl Annotator for QuoteFinder {
    fn requires(&self) -> &'static [Layer] {
        &[Layer::Paragraphs, Layer::Language, Layer::Sentences, Layer::Tokens, Layer::Entities]
    }

    fn provides(&self) -> &'static [Layer] {
        &[Layer::Quotes, Layer::Speakers]
    }

    fn annotate(&self, document: &mut Document) -> Result<(), AnnotateError> {
        let mut drafts = self.drafts(document)?;
        sign(document, &mut drafts)?;
        let attributed: Vec<Attributed> = drafts.iter().map(Attributed::from).collect();
        let (links, layer) = self.lexicons.speakers(document, &attributed, None)?;
        let quotes = drafts.into_iter().zip(links).map(|(draft, speaker)| {
            let Draft { kind, content, cue, source, score, by } = draft;
            Quote { kind, content, cue, source, speaker, score, by }
        });
        let quotes: Vec<Quote> = quotes.collect();
        document.set_quotes(quotes);
        document.set_speakers(layer);
        Ok(())
    }
}
