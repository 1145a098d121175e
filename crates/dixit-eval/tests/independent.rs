//! The papers' metrics and the boundaries, against a second computation that shares nothing with the first: sets of positions, the best pair picked
//! again and again.
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeSet;
use std::path::Path;

use dixit_eval::{Corpus, Figure, Layer, Options, evaluate};
use proptest::prelude::*;
use serde_json::{Value, json};

type Range = (usize, usize);
type Part = fn(&Quote) -> Vec<Range>;

/// A quote: stretches of content, cue, source.
#[derive(Clone, Debug)]
struct Quote {
    content: Vec<Range>,
    cue: Option<Range>,
    source: Option<Range>,
}

fn json_of(text: &str, quotes: &[Quote], entities: &[(Range, &str)]) -> String {
    let quotes: Vec<Value> =
        quotes.iter().map(|it| json!({"content": it.content, "cue": it.cue, "source": it.source})).collect();
    let entities: Vec<Value> =
        entities.iter().map(|((start, end), label)| json!({"start": start, "end": end, "label": label})).collect();
    json!({"id": "a", "text": text, "quotes": quotes, "entities": entities}).to_string()
}

fn figures(gold: &str, predicted: &str, layer: Layer) -> Vec<Figure> {
    let corpus = |line: &str| Corpus::read(Path::new("a.jsonl"), line.as_bytes()).unwrap();
    let options = Options { layers: vec![layer], topic: "dialogue".to_owned(), bootstrap: None };
    let mut report = evaluate(&corpus(gold), &corpus(predicted), &options).unwrap();
    report.layers.remove(&layer).unwrap().figures
}

/// Right, predicted and gold of a figure; predicted is 0 where it is not counted.
fn counts(figures: &[Figure], name: &str) -> [usize; 3] {
    let figure = figures.iter().find(|figure| figure.name == name).unwrap_or_else(|| panic!("no figure `{name}`"));
    [figure.right.unwrap(), figure.predicted.unwrap_or_default(), figure.gold.unwrap()]
}

/// The positions at which the words in some stretches start.
fn words(text: &[char], stretches: &[Range]) -> BTreeSet<usize> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let all = stretches.iter().flat_map(|&(start, end)| (start..end).map(move |at| (start, at)));
    all.filter(|&(start, at)| is_word(text[at]) && (at == start || !is_word(text[at - 1]))).map(|(_, at)| at).collect()
}

/// One to one, best first; of equals the later.
fn pairs(text: &[char], gold: &[Quote], predicted: &[Quote], level: f64) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    loop {
        let free = |&(left, right): &(usize, usize)| pairs.iter().all(|&(a, b)| a != left && b != right);
        let score = |&(left, right): &(usize, usize)| {
            let (gold, other) = (words(text, &gold[left].content), words(text, &predicted[right].content));
            if gold.is_empty() { 0.0 } else { gold.intersection(&other).count() as f64 / gold.len() as f64 }
        };
        let all = (0..gold.len()).flat_map(|left| (0..predicted.len()).map(move |right| (left, right)));
        let good = all.filter(free).filter(|pair| score(pair) >= level);
        match good.max_by(|a, b| score(a).total_cmp(&score(b)).then(a.cmp(b))) {
            Some(best) => pairs.push(best),
            None => return pairs,
        }
    }
}

/// The positions of a stretch that are not outside its first and last character that counts.
fn inner(text: &[char], (start, end): Range, counted: fn(char) -> bool) -> BTreeSet<usize> {
    let kept: Vec<usize> = (start..end).filter(|&at| counted(text[at])).collect();
    match (kept.first(), kept.last()) {
        (Some(&first), Some(&last)) => (first..=last).collect(),
        _ => BTreeSet::new(),
    }
}

fn shared<T: Ord>(gold: &BTreeSet<T>, predicted: &BTreeSet<T>) -> [usize; 3] {
    [gold.intersection(predicted).count(), predicted.len(), gold.len()]
}

fn quote() -> impl Strategy<Value = Quote> {
    let range = || (0..34_usize, 1..12_usize).prop_map(|(start, length)| (start, (start + length).min(40)));
    let content = proptest::collection::vec(range(), 1..3);
    (content, proptest::option::of(range()), proptest::option::of(range())).prop_map(|(content, cue, source)| Quote {
        content,
        cue,
        source,
    })
}

/// Forty characters: words, spaces, marks, and one that is two units in UTF-16.
fn text() -> impl Strategy<Value = Vec<char>> {
    proptest::collection::vec(
        proptest::sample::select(vec!['a', 'é', 'b', '_', '1', ' ', '\u{a0}', '“', ',', '🤝']),
        40,
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn quotes_by_the_papers_metrics(text in text(), gold in proptest::collection::vec(quote(), 0..6), predicted in proptest::collection::vec(quote(), 0..6)) {
        let string: String = text.iter().collect();
        let figures = figures(&json_of(&string, &gold, &[]), &json_of(&string, &predicted, &[]), Layer::Quotes);
        for (level, name) in [(0.3, "ggt-0.3"), (0.8, "ggt-0.8")] {
            let pairs = pairs(&text, &gold, &predicted, level);
            prop_assert_eq!(counts(&figures, name), [pairs.len(), predicted.len(), gold.len()], "{}", name);
            let meet = |a: Option<Range>, b: Option<Range>| {
                let points = |range: Option<Range>| range.map_or(BTreeSet::new(), |(start, end)| (start..end).collect::<BTreeSet<_>>());
                !points(a).is_disjoint(&points(b))
            };
            let told = pairs.iter().filter(|&&(left, _)| gold[left].source.is_some());
            let right = told.clone().filter(|&&(left, right)| meet(gold[left].source, predicted[right].source)).count();
            prop_assert_eq!(counts(&figures, &format!("{name}-speaker")), [right, 0, told.count()], "{}", name);
            let told = pairs.iter().filter(|&&(left, _)| gold[left].cue.is_some());
            let right = told.clone().filter(|&&(left, right)| meet(gold[left].cue, predicted[right].cue)).count();
            prop_assert_eq!(counts(&figures, &format!("{name}-verb")), [right, 0, told.count()], "{}", name);
        }
        let not_space: fn(char) -> bool = |c| !c.is_whitespace();
        let parts: [(&str, Part); 3] = [
            ("content", |quote| quote.content.clone()),
            ("cue", |quote| quote.cue.into_iter().collect()),
            ("source", |quote| quote.source.into_iter().collect()),
        ];
        for (name, part) in parts {
            // A stretch of nothing but space is where it ends, with nothing in it.
            let all = |quotes: &[Quote]| quotes.iter().flat_map(part).map(|range| {
                let points = inner(&text, range, not_space);
                if points.is_empty() { (range.1, BTreeSet::new()) } else { (0, points) }
            }).collect::<BTreeSet<_>>();
            prop_assert_eq!(counts(&figures, &format!("token-exact-{name}")), shared(&all(&gold), &all(&predicted)), "{}", name);
        }
        let firsts = |quotes: &[Quote]| quotes.iter().flat_map(|quote| quote.content.clone()).map(|range| {
            inner(&text, range, not_space).first().copied().unwrap_or(range.1)
        }).collect::<BTreeSet<_>>();
        prop_assert_eq!(counts(&figures, "token-begin-content"), shared(&firsts(&gold), &firsts(&predicted)));
        let ends = |quotes: &[Quote]| {
            let inner = quotes.iter().flat_map(|quote| quote.content.clone()).map(|range| inner(&text, range, char::is_alphanumeric));
            inner.filter(|points| !points.is_empty()).flat_map(|points| [("first", *points.first().unwrap()), ("last", *points.last().unwrap())]).collect::<BTreeSet<_>>()
        };
        prop_assert_eq!(counts(&figures, "content-boundary"), shared(&ends(&gold), &ends(&predicted)));
    }

    #[test]
    fn entities_exact_and_by_their_bounds(
        text in text(),
        gold in proptest::collection::vec(((0..36_usize, 1..5_usize), proptest::bool::ANY), 0..8),
        predicted in proptest::collection::vec(((0..36_usize, 1..5_usize), proptest::bool::ANY), 0..8),
    ) {
        let string: String = text.iter().collect();
        let entity = |&((start, length), person): &(Range, bool)| ((start, (start + length).min(40)), if person { "PERSON" } else { "ORG" });
        let (gold, predicted): (Vec<_>, Vec<_>) = (gold.iter().map(entity).collect(), predicted.iter().map(entity).collect());
        let figures = figures(&json_of(&string, &[], &gold), &json_of(&string, &[], &predicted), Layer::Entities);
        let known: BTreeSet<&str> = gold.iter().map(|&(_, label)| label).collect();
        let alphanumeric: fn(char) -> bool = char::is_alphanumeric;
        let labelled = |entities: &[(Range, &'static str)]| entities.iter().filter(|(_, label)| known.contains(label)).map(|&(range, label)| {
            let points = inner(&text, range, alphanumeric);
            (if points.is_empty() { BTreeSet::from([1000 + range.1]) } else { points }, label)
        }).collect::<BTreeSet<_>>();
        let (gold, predicted) = (labelled(&gold), labelled(&predicted));
        prop_assert_eq!(counts(&figures, "all"), shared(&gold, &predicted));
        let spans = |side: &BTreeSet<(BTreeSet<usize>, &str)>| side.iter().map(|(points, _)| points.clone()).collect::<BTreeSet<_>>();
        prop_assert_eq!(counts(&figures, "all-boundary"), shared(&spans(&gold), &spans(&predicted)));
    }
}
