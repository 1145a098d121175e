//! A document as the features see it: words, hits, and the zones of each quote.

use std::ops::Range;

use dixit_document::{Document, LanguageCode, MissingLayer, Quote};
use dixit_text::{Span, starting_within};

use crate::class::Zone;
use crate::lexicon::{Hit, Lexicon};

/// How far from the content a quote's surroundings reach, in bytes: keeps the work linear in a sentence of a thousand
/// quotes.
const REACH: usize = 500;

/// How many words of a quote's content are read.
const LONGEST: usize = 400;

/// The words of a document and what matches on them.
pub(crate) struct Reading<'d> {
    pub(crate) document: &'d Document,
    pub(crate) quotes: &'d [Quote],
    sentences: &'d [Span],
    /// In the order of the text.
    pub(crate) words: Vec<Span>,
    /// In the order of their first words.
    pub(crate) hits: Vec<Hit>,
    /// The content of all quotes, merged, in the order of the text.
    quoted: Vec<Span>,
}

impl<'d> Reading<'d> {
    /// Reads the paragraphs of the article that are in a language that `lexicons` has.
    pub(crate) fn new(document: &'d Document, lexicons: &[(LanguageCode, Lexicon)]) -> Result<Self, MissingLayer> {
        let languages = &document.language()?.paragraphs;
        let (mut words, mut hits) = (Vec::new(), Vec::new());
        for (paragraph, language) in document.paragraphs()?.iter().zip(languages) {
            let lexicon = lexicons.iter().find(|(code, _)| code == language);
            if let (true, Some((_, lexicon))) = (paragraph.kind.is_article(), lexicon) {
                lexicon.read(document.text(), paragraph.span, &mut words, &mut hits);
            }
        }
        let quotes = document.quotes()?;
        let quoted = merged(quotes.iter().flat_map(|quote| quote.content.iter().copied()).collect());
        Ok(Self { document, quotes, sentences: document.sentences()?, words, hits, quoted })
    }

    /// The indices of the words that start in `span`.
    pub(crate) fn words_in(&self, span: Span) -> Range<usize> {
        starting_within(&self.words, span)
    }

    /// The text from the first to the last word of a hit.
    pub(crate) fn span_of(&self, hit: &Hit) -> Span {
        self.words[hit.first].to(self.words[hit.end - 1])
    }

    /// The hits that start in `words`.
    pub(crate) fn hits_in(&self, words: &Range<usize>) -> &[Hit] {
        let first = self.hits.partition_point(|hit| hit.first < words.start);
        let count = self.hits[first..].partition_point(|hit| hit.first < words.end);
        &self.hits[first..first + count]
    }

    /// The words of each zone of a quote; those of one zone lie in one list of ranges.
    pub(crate) fn zone(&self, index: usize, zone: Zone) -> Vec<Range<usize>> {
        let quote = &self.quotes[index];
        match zone {
            Zone::Content => self.content(quote),
            Zone::Cue => quote.cue.iter().map(|&span| self.words_in(span)).collect(),
            Zone::Frame => self.frame(quote).map_or_else(Vec::new, |frame| self.unquoted(frame)),
            Zone::Before => self.before(quote).map_or_else(Vec::new, |before| self.unquoted(before)),
            Zone::Previous => {
                self.previous(index).map_or_else(Vec::new, |previous| self.content(&self.quotes[previous]))
            }
        }
    }

    fn content(&self, quote: &Quote) -> Vec<Range<usize>> {
        let mut left = LONGEST;
        let words = quote.content.iter().map(|&span| self.words_in(span));
        let cut = words.map(|range| {
            let count = range.len().min(left);
            left -= count;
            range.start..range.start + count
        });
        cut.take_while(|range| !range.is_empty()).collect()
    }

    /// The sentences in which the quote stands, with its cue and its source; at most [`REACH`] bytes to either side.
    fn frame(&self, quote: &Quote) -> Option<Span> {
        let content = quote.content.iter().copied().reduce(Span::to)?;
        let near = Span::new(content.start().saturating_sub(REACH), content.end() + REACH);
        let parts = quote.cue.iter().chain(&quote.source).copied().filter(|part| near.covers(*part));
        let whole = parts.fold(content, Span::to);
        let frame = self.sentences_around(whole)?;
        Some(Span::new(frame.start().max(near.start()), frame.end().min(near.end())))
    }

    fn sentences_around(&self, whole: Span) -> Option<Span> {
        let first = self.sentences.partition_point(|sentence| sentence.end() <= whole.start());
        let after = self.sentences.partition_point(|sentence| sentence.start() < whole.end());
        self.sentences.get(first..after)?.iter().copied().reduce(Span::to)
    }

    /// The sentence before the frame, if it stands in the same paragraph.
    fn before(&self, quote: &Quote) -> Option<Span> {
        let around = self.sentences_around(*quote.content.first()?)?;
        let index = self.sentences.partition_point(|sentence| sentence.end() <= around.start()).checked_sub(1)?;
        let sentence = self.sentences[index];
        let between = Span::new(sentence.end(), around.start()).get(self.document.text())?;
        let near = Span::new(sentence.end().saturating_sub(REACH).max(sentence.start()), sentence.end());
        (!between.contains('\n')).then_some(near)
    }

    /// The quote before, if it has the same speaker or this one has no cue of its own.
    fn previous(&self, index: usize) -> Option<usize> {
        let (quote, previous) = (&self.quotes[index], index.checked_sub(1)?);
        let speaker = |quote: &Quote| quote.speaker.map(|link| link.speaker);
        let same = speaker(quote).is_some() && speaker(quote) == speaker(&self.quotes[previous]);
        (same || quote.cue.is_none()).then_some(previous)
    }

    /// The words of `span` outside all quotes.
    fn unquoted(&self, span: Span) -> Vec<Range<usize>> {
        let mut ranges = Vec::new();
        let mut start = span.start();
        let first = self.quoted.partition_point(|quoted| quoted.end() <= start);
        for quoted in self.quoted[first..].iter().take_while(|quoted| quoted.start() < span.end()) {
            if start < quoted.start() {
                ranges.push(self.words_in(Span::new(start, quoted.start())));
            }
            start = start.max(quoted.end());
        }
        if start < span.end() {
            ranges.push(self.words_in(Span::new(start, span.end())));
        }
        ranges
    }
}

/// The spans in order, those that overlap made one.
pub(crate) fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start() < last.end() => *last = last.to(span),
            _ => merged.push(span),
        }
    }
    merged
}
