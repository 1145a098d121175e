//! Trains the weights that say who a source is.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use dixit_document::{AnnotateError, Document, Quote, QuoteType};
use dixit_pipeline::{Pipeline, StageError};
use dixit_quotes::{Attributed, QuoteLexicons, SpeakerLesson};
use dixit_record::{GoldDocument, GoldError, GoldSpan};
use dixit_text::{OffsetMap, Span, Unit};

use crate::content::is_same_content;

/// How strongly weights are drawn to zero.
const DECAY: f64 = 0.4;
/// How many times all lessons are gone through.
const ROUNDS: usize = 250;

/// Articles whose quotes people have marked.
pub struct SpeakerCorpus {
    pipeline: Pipeline,
    articles: Vec<(Document, Vec<Known>)>,
}

/// Why an article cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SpeakerCorpusError {
    /// It is not of the form.
    #[error(transparent)]
    Gold(#[from] GoldError),
    /// The text is too long.
    #[error(transparent)]
    TooLong(#[from] dixit_document::DocumentTooLong),
    /// A stage before the speakers fails.
    #[error(transparent)]
    Stage(#[from] StageError),
}

/// How many quotes have the right speaker.
#[derive(Clone, Debug, Default)]
pub struct SpeakerReport {
    /// By kind of source: right, all.
    pub kinds: BTreeMap<&'static str, (usize, usize)>,
    /// By tenth of the score: right, all.
    pub tenths: [(usize, usize); 10],
}

impl SpeakerCorpus {
    /// An empty corpus, whose articles `pipeline` annotates up to their quotes.
    pub fn new(pipeline: Pipeline) -> Self {
        Self { pipeline, articles: Vec::new() }
    }

    /// Adds the article of a line of JSON.
    ///
    /// # Errors
    /// [`SpeakerCorpusError`].
    pub fn add(&mut self, line: &str) -> Result<(), SpeakerCorpusError> {
        let gold = GoldDocument::from_json(line)?;
        gold.check()?;
        let quotes = given_quotes(&gold);
        let mut document = Document::new(gold.id, gold.text)?;
        self.pipeline.annotate(&mut document)?;
        self.articles.push((document, quotes));
        Ok(())
    }

    /// The number of articles.
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// Whether there is no article.
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// Learns weights from gold quotes and from those that the finder finds: lines of `kind.feature`, tab, weight, sorted.
    ///
    /// # Errors
    /// [`AnnotateError`] if the pipeline leaves out a layer.
    pub fn train(&self) -> Result<String, AnnotateError> {
        let mut lessons = Lessons::default();
        for (document, gold) in &self.articles {
            let lexicons = QuoteLexicons::new();
            let found = found_quotes(document, gold)?;
            for quotes in [gold, &found] {
                let asked: Vec<Attributed> = quotes.iter().map(|(asked, _)| asked.clone()).collect();
                let mut teach = |lesson: SpeakerLesson| {
                    let right = right_ones(&lesson, quotes[lesson.quote].1.as_ref()?.as_deref());
                    let first = right.first().copied();
                    lessons.add(&lesson, &right);
                    first
                };
                lexicons.speakers(document, &asked, Some(&mut teach))?;
            }
        }
        Ok(lessons.learn())
    }

    /// How well the embedded weights do, on gold quotes or on the quotes that the finder finds.
    ///
    /// # Errors
    /// [`AnnotateError`] if the pipeline leaves out a layer.
    pub fn report(&self, gold_spans: bool) -> Result<SpeakerReport, AnnotateError> {
        let lexicons = QuoteLexicons::new();
        let mut report = SpeakerReport::default();
        for (document, gold) in &self.articles {
            let quotes = if gold_spans { gold.clone() } else { found_quotes(document, gold)? };
            let asked: Vec<Attributed> = quotes.iter().map(|(asked, _)| asked.clone()).collect();
            let mut kinds = vec!["name"; quotes.len()];
            let mut look = |lesson: SpeakerLesson| {
                let features = lesson.candidates.first().and_then(|one| one.features.first());
                kinds[lesson.quote] = features.map_or("name", |&(kind, ..)| kind);
                None
            };
            let (links, layer) = lexicons.speakers(document, &asked, Some(&mut look))?;
            for ((link, (_, speaker)), kind) in links.iter().zip(&quotes).zip(kinds) {
                let Some(speaker) = speaker else { continue };
                let name = link.map(|link| layer[link.speaker].name.as_str());
                report.count(kind, is_same(speaker.as_deref(), name), link.map(|link| link.score));
            }
        }
        Ok(report)
    }
}

impl SpeakerReport {
    fn count(&mut self, kind: &'static str, right: bool, score: Option<f32>) {
        let count = |(rights, all): &mut (usize, usize)| {
            *rights += usize::from(right);
            *all += 1;
        };
        count(self.kinds.entry(kind).or_default());
        if let Some(score) = score {
            let tenth = (1..10).rposition(|tenth| score * 10.0 >= tenth as f32).map_or(0, |before| before + 1);
            count(&mut self.tenths[tenth]);
        }
    }
}

/// A quote, with its gold speaker where it is known whose it is; `Some(None)` is nobody's.
type Known = (Attributed, Option<Option<String>>);

/// The quotes of a corpus whose spans are known to be in its text, in the order of the text.
fn given_quotes(gold: &GoldDocument) -> Vec<Known> {
    let offsets = OffsetMap::new(&gold.text, Unit::CodePoint);
    let span = |span: GoldSpan| offsets.span(span.start as usize, span.end as usize);
    let quotes = gold.quotes.iter().flatten().map(|quote| {
        let mut content: Vec<Span> = quote.content.iter().copied().filter_map(span).collect();
        content.sort_unstable();
        let direct = quote.kind.as_deref() == Some("direct");
        let (cue, source) = (quote.cue.first().copied().and_then(span), quote.source.first().copied().and_then(span));
        (Attributed { content, cue, source, direct }, Some(quote.speaker.as_ref().map(|speaker| speaker.name.clone())))
    });
    let mut quotes: Vec<Known> = quotes.filter(|(asked, _)| !asked.content.is_empty()).collect();
    quotes.sort_by_key(|(asked, _)| asked.content[0]);
    quotes
}

/// The quotes of the finder, with the speakers of the gold quotes that they share content with.
fn found_quotes(document: &Document, gold: &[Known]) -> Result<Vec<Known>, AnnotateError> {
    let known = |quote: &Quote| {
        let shared = |(gold, _): &&Known| is_same_content(&gold.content, &quote.content);
        let speaker = gold.iter().find(shared).and_then(|(_, speaker)| speaker.clone());
        let direct = quote.kind == QuoteType::Direct;
        (Attributed { content: quote.content.clone(), cue: quote.cue, source: quote.source, direct }, speaker)
    };
    Ok(document.quotes()?.iter().map(known).collect())
}

fn right_ones(lesson: &SpeakerLesson, speaker: Option<&str>) -> Vec<usize> {
    let candidates = lesson.candidates.iter().enumerate();
    let right = candidates.filter(|(_, candidate)| is_same(speaker, candidate.name.as_deref()));
    right.map(|(index, _)| index).collect()
}

/// Whether two names are of the same speaker: all words of one in the other, but for articles and titles.
fn is_same(gold: Option<&str>, found: Option<&str>) -> bool {
    const PASSED_OVER: &str = " the a an le la les l un une de du des d of mr mrs ms dr m mme s ";
    let words = |name: &str| -> Vec<String> {
        let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase);
        words.filter(|word| !PASSED_OVER.contains(&format!(" {word} "))).collect()
    };
    match (gold.map(words), found.map(words)) {
        (None, None) => true,
        (Some(a), Some(b)) => {
            let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
            !short.is_empty() && short.iter().all(|word| long.contains(word))
        }
        _ => false,
    }
}

/// What is learned from: of each choice the features of every candidate, and which are right.
#[derive(Default)]
struct Lessons {
    numbers: BTreeMap<String, usize>,
    choices: Vec<(Vec<Vec<usize>>, Vec<bool>)>,
    /// Of each pair of a kind's feature and its family's.
    pairs: BTreeSet<(&'static str, &'static str, &'static str)>,
}

impl Lessons {
    fn add(&mut self, lesson: &SpeakerLesson, right: &[usize]) {
        if right.is_empty() {
            return;
        }
        let mut candidates = Vec::with_capacity(lesson.candidates.len());
        for candidate in &lesson.candidates {
            let mut features = Vec::with_capacity(2 * candidate.features.len());
            for &(kind, family, feature) in &candidate.features {
                self.pairs.insert((kind, family, feature));
                for name in [format!("{kind}.{feature}"), format!("{family}:{feature}")] {
                    let next = self.numbers.len();
                    features.push(*self.numbers.entry(name).or_insert(next));
                }
            }
            candidates.push(features);
        }
        let marks = (0..candidates.len()).map(|index| right.contains(&index)).collect();
        self.choices.push((candidates, marks));
    }

    /// Maximises the likelihood that one of the right candidates is taken, by adaptive steps over all lessons.
    fn learn(&self) -> String {
        let mut weights = vec![0.0_f64; self.numbers.len()];
        let mut squares = vec![1e-6_f64; self.numbers.len()];
        for _ in 0..ROUNDS {
            let mut gradient: Vec<f64> = weights.iter().map(|weight| -DECAY * weight).collect();
            for (candidates, right) in &self.choices {
                add_gradient(candidates, right, &weights, &mut gradient);
            }
            for ((weight, square), slope) in weights.iter_mut().zip(&mut squares).zip(gradient) {
                *square += slope * slope;
                *weight += 0.3 * slope / square.sqrt();
            }
        }
        self.write(&weights)
    }

    fn write(&self, weights: &[f64]) -> String {
        let weight = |name: String| self.numbers.get(&name).map_or(0.0, |&number| weights[number]);
        let mut lines: Vec<String> = Vec::new();
        for (kind, family, feature) in &self.pairs {
            let sum = weight(format!("{kind}.{feature}")) + weight(format!("{family}:{feature}"));
            if sum.abs() >= 0.005 {
                let mut line = format!("{kind}.{feature}");
                let _ = writeln!(line, "\t{sum:.2}");
                lines.push(line);
            }
        }
        lines.sort();
        lines.concat()
    }
}

/// Adds the slope of one choice: how often the right candidates have a feature, less how often it is expected.
fn add_gradient(candidates: &[Vec<usize>], right: &[bool], weights: &[f64], gradient: &mut [f64]) {
    let scores: Vec<f64> = candidates.iter().map(|all| all.iter().map(|&number| weights[number]).sum()).collect();
    let most = scores.iter().copied().fold(f64::MIN, f64::max);
    let shares: Vec<f64> = scores.iter().map(|score| (score - most).exp()).collect();
    let all: f64 = shares.iter().sum();
    let good: f64 = shares.iter().zip(right).filter(|(_, right)| **right).map(|(share, _)| share).sum();
    for ((features, share), right) in candidates.iter().zip(shares).zip(right) {
        let slope = if *right { share / good.max(1e-12) } else { 0.0 } - share / all;
        for &number in features {
            gradient[number] += slope;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_names_without_articles_and_titles() {
        assert!(is_same(Some("ministère de la Défense"), Some("le ministère de la Défense russe")));
        assert!(is_same(Some("Mr Smith"), Some("John Smith")) && is_same(None, None));
        assert!(!is_same(Some("John Smith"), Some("Jane Smith")) && !is_same(None, Some("police")));
    }

    #[test]
    fn learns_what_tells_right_from_wrong() {
        let candidate = |name: &str, feature| dixit_quotes::LessonCandidate {
            name: Some(name.to_owned()),
            features: vec![("he", "pronoun", feature)],
        };
        let lesson =
            SpeakerLesson { quote: 0, candidates: vec![candidate("a", "nearest"), candidate("b", "last")], best: 0 };
        let mut lessons = Lessons::default();
        lessons.add(&lesson, &[1]);
        let weights = lessons.learn();
        let of = |name: &str| weights.lines().find_map(|line| line.strip_prefix(name)?.trim().parse::<f32>().ok());
        assert!(of("he.last\t").unwrap() > 0.1 && of("he.nearest\t").unwrap() < -0.1, "{weights}");
    }
}
