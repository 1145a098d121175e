//! Quotes and attributions: content, cue, source and speaker.

use std::collections::BTreeSet;

use dixit_record::{GoldQuote, GoldSpan};

use crate::align::align;
use crate::evaluate::{LayerReport, Pair};
use crate::figures::{Bootstrap, Counts, Kind, Table};
use crate::matrix::Confusion;
use crate::names::same_speaker;
use crate::reliability::Reliability;
use crate::spans::boundaries;
use crate::text::{Text, covered, jaccard, shared};

/// The share of words from which two spans are the same.
pub(crate) const OVERLAP: f64 = 0.5;

const NAMES: [(&str, Kind); 16] = [
    ("ggt-0.3", Kind::F1),
    ("ggt-0.3-speaker", Kind::Share),
    ("ggt-0.3-verb", Kind::Share),
    ("ggt-0.8", Kind::F1),
    ("ggt-0.8-speaker", Kind::Share),
    ("ggt-0.8-verb", Kind::Share),
    ("token-begin-content", Kind::F1),
    ("token-exact-content", Kind::F1),
    ("token-exact-cue", Kind::F1),
    ("token-exact-source", Kind::F1),
    ("content-boundary", Kind::F1),
    ("content-exact", Kind::F1),
    ("content-overlap", Kind::F1),
    ("cue", Kind::F1),
    ("source", Kind::F1),
    ("type-accuracy", Kind::Share),
];

/// Measures the quotes that `of` gives of the gold against those of the predictions; speakers only `with_speakers`.
pub(crate) fn evaluate<'d>(
    pairs: &[Pair<'d>],
    of: fn(&Pair<'d>) -> &'d [GoldQuote],
    with_speakers: bool,
    bootstrap: Option<Bootstrap>,
) -> LayerReport {
    let types: BTreeSet<_> = pairs.iter().flat_map(|pair| of(pair).iter().map(kind)).collect();
    let mut names: Vec<_> = types.iter().map(|kind| (format!("recall-{kind}"), Kind::Share)).collect();
    names.extend(NAMES.map(|(name, kind)| (name.to_owned(), kind)));
    if with_speakers {
        names.push(("who-said-what".to_owned(), Kind::F1));
    }
    let mut confusion = Confusion::default();
    let (mut quotes, mut speakers) = (Reliability::default(), Reliability::default());
    let documents = pairs.iter().map(|pair| {
        let document = Document::new(&pair.gold.text, of(pair), pair.predicted_quotes());
        document.rate(&mut quotes, &mut speakers);
        document.confuse(&mut confusion);
        let mut counts: Vec<_> = types.iter().map(|kind| document.recall(kind)).collect();
        counts.extend(document.contents());
        counts.extend(document.mentions());
        counts.extend(with_speakers.then(|| document.speakers()));
        counts
    });
    let table = Table { names, documents: documents.collect() };
    let mut reliability = vec![("quotes".to_owned(), quotes)];
    if with_speakers {
        reliability.push(("speakers".to_owned(), speakers));
    }
    LayerReport { figures: table.figures(bootstrap), confusion: Some(confusion), reliability }
}

fn kind(quote: &GoldQuote) -> &str {
    quote.kind.as_deref().unwrap_or("None")
}

struct Document<'d> {
    text: Text,
    gold: &'d [GoldQuote],
    predicted: &'d [GoldQuote],
    aligned: Vec<(usize, usize)>,
}

impl<'d> Document<'d> {
    fn new(text: &str, gold: &'d [GoldQuote], predicted: &'d [GoldQuote]) -> Self {
        let text = Text::new(text);
        let aligned = align(&text, gold, predicted, OVERLAP, jaccard);
        Self { text, gold, predicted, aligned }
    }

    fn pairs(&self) -> impl Iterator<Item = (&'d GoldQuote, &'d GoldQuote)> {
        self.aligned.iter().map(|&(gold, predicted)| (&self.gold[gold], &self.predicted[predicted]))
    }

    /// Counts the types of paired quotes, and of those that one side has alone.
    fn confuse(&self, confusion: &mut Confusion) {
        for (gold, predicted) in self.pairs() {
            confusion.add(Some(kind(gold)), Some(kind(predicted)));
        }
        let alone =
            |index: usize, paired: fn(&(usize, usize)) -> usize| !self.aligned.iter().any(|pair| paired(pair) == index);
        for (_, gold) in self.gold.iter().enumerate().filter(|&(index, _)| alone(index, |pair| pair.0)) {
            confusion.add(Some(kind(gold)), None);
        }
        for (_, predicted) in self.predicted.iter().enumerate().filter(|&(index, _)| alone(index, |pair| pair.1)) {
            confusion.add(None, Some(kind(predicted)));
        }
    }

    fn recall(&self, name: &str) -> Counts {
        let of = |quote: &&GoldQuote| kind(quote) == name;
        let found = self.pairs().filter(|(gold, _)| of(gold)).count();
        Counts::new(found, 0, self.gold.iter().filter(of).count())
    }

    /// The counts of the content, in the order of [`NAMES`].
    fn contents(&self) -> Vec<Counts> {
        let counts = |right| Counts::new(right, self.predicted.len(), self.gold.len());
        let trimmed = |quote: &GoldQuote| quote.content.iter().map(|&span| self.text.trimmed(span)).collect::<Vec<_>>();
        let mut figures = self.tracker(0.3);
        figures.extend(self.tracker(0.8));
        figures.extend([
            self.token_begin(),
            self.token_exact(|quote| quote.content.clone()),
            self.token_exact(|quote| first(&quote.cue).into_iter().collect()),
            self.token_exact(|quote| first(&quote.source).into_iter().collect()),
            boundaries(&self.stretches(self.gold), &self.stretches(self.predicted)),
            counts(self.pairs().filter(|(gold, predicted)| trimmed(gold) == trimmed(predicted)).count()),
            counts(self.aligned.len()),
        ]);
        figures
    }

    /// As the Gender Gap Tracker counts: what is found at a level, and of that the speakers and verbs that share a code point with the gold's.
    fn tracker(&self, level: f64) -> Vec<Counts> {
        let pairs = align(&self.text, self.gold, self.predicted, level, covered);
        let share = |of: fn(&GoldQuote) -> &[GoldSpan]| {
            let told = pairs.iter().filter(|&&(gold, _)| !of(&self.gold[gold]).is_empty());
            let right = told.clone().filter(|&&(gold, other)| meet(of(&self.gold[gold]), of(&self.predicted[other])));
            Counts::new(right.count(), 0, told.count())
        };
        let found = Counts::new(pairs.len(), self.predicted.len(), self.gold.len());
        vec![found, share(|quote| &quote.source), share(|quote| &quote.cue)]
    }

    /// The stretches of all contents, trimmed.
    fn stretches(&self, quotes: &[GoldQuote]) -> Vec<GoldSpan> {
        let stretches = quotes.iter().flat_map(|quote| &quote.content);
        stretches.map(|&span| self.text.trimmed(span)).filter(|span| span.start < span.end).collect()
    }

    /// The same first tokens of stretches, whichever quote they are of.
    fn token_begin(&self) -> Counts {
        let all = |quotes: &[GoldQuote]| {
            let stretches = quotes.iter().flat_map(|quote| &quote.content);
            let starts: BTreeSet<u32> = stretches.map(|&span| self.text.without_space(span).start).collect();
            starts
        };
        let (gold, predicted) = (all(self.gold), all(self.predicted));
        Counts::new(gold.intersection(&predicted).count(), predicted.len(), gold.len())
    }

    /// The same tokens, punctuation marks among them, whichever quote they are of.
    fn token_exact(&self, spans: fn(&GoldQuote) -> Vec<GoldSpan>) -> Counts {
        let all = |quotes: &[GoldQuote]| {
            let mut all: Vec<_> = quotes.iter().flat_map(spans).map(|span| self.text.without_space(span)).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        let (gold, predicted) = (all(self.gold), all(self.predicted));
        Counts::new(shared(&gold, &predicted), predicted.len(), gold.len())
    }

    /// The counts of cue, source and type.
    fn mentions(&self) -> Vec<Counts> {
        let number =
            |quotes: &[GoldQuote], has: fn(&GoldQuote) -> bool| quotes.iter().filter(|quote| has(quote)).count();
        let alike = |a, b| jaccard(&self.text.words(&[a]), &self.text.words(&[b])) >= OVERLAP;
        let cues = self.pairs().filter_map(|(gold, predicted)| first(&gold.cue).zip(first(&predicted.cue)));
        let cues = cues.filter(|&(a, b)| self.text.trimmed(a) == self.text.trimmed(b) || alike(a, b)).count();
        let sources = self.pairs().filter_map(|(gold, predicted)| first(&gold.source).zip(first(&predicted.source)));
        let sources = sources.filter(|&(a, b)| alike(a, b)).count();
        let types = self.pairs().filter(|(gold, predicted)| gold.kind == predicted.kind).count();
        let of = |right, has| Counts::new(right, number(self.predicted, has), number(self.gold, has));
        vec![
            of(cues, |quote| !quote.cue.is_empty()),
            of(sources, |quote| !quote.source.is_empty()),
            Counts::new(types, 0, self.aligned.len()),
        ]
    }

    /// Who said what: content that overlaps, of the same speaker. Found content that the gold gives to nobody does not count.
    fn speakers(&self) -> Counts {
        let nobody = self.pairs().filter(|(gold, _)| speaker(gold).is_none()).count();
        let right = self.pairs().filter(|(gold, predicted)| same(gold, predicted)).count();
        let gold = self.gold.iter().filter(|quote| speaker(quote).is_some()).count();
        Counts::new(right, self.predicted.len() - nobody, gold)
    }

    /// Sets the scores of quotes against found content, and those of speakers in found content against who it is.
    fn rate(&self, quotes: &mut Reliability, speakers: &mut Reliability) {
        for (index, quote) in self.predicted.iter().enumerate() {
            let Some(score) = quote.score else { continue };
            quotes.add(score, self.aligned.iter().any(|&(_, predicted)| predicted == index));
        }
        for (gold, predicted) in self.pairs().filter(|(gold, _)| speaker(gold).is_some()) {
            if let Some(score) = predicted.speaker.as_ref().and_then(|speaker| speaker.score) {
                speakers.add(score, same(gold, predicted));
            }
        }
    }
}

fn speaker(quote: &GoldQuote) -> Option<&str> {
    quote.speaker.as_ref().map(|speaker| speaker.name.as_str()).filter(|name| !name.is_empty())
}

/// Whether both are by the same speaker, whom both name.
pub(crate) fn same(gold: &GoldQuote, predicted: &GoldQuote) -> bool {
    speaker(gold).zip(speaker(predicted)).is_some_and(|(left, right)| same_speaker(left, right))
}

/// Whether two mentions share a code point.
fn meet(left: &[GoldSpan], right: &[GoldSpan]) -> bool {
    left.iter().any(|a| right.iter().any(|b| a.start < b.end && b.start < a.end))
}

/// The stretch that counts of a cue or a source.
fn first(stretches: &[GoldSpan]) -> Option<GoldSpan> {
    stretches.first().copied()
}
