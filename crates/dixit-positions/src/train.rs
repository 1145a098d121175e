//! Learning weights from quotes whose stances are known.
//!
//! Logistic regression, one model for being about the topic and one for the stance of what is, by gradient descent
//! over all cases at once for a fixed number of steps, with a step of its own for each weight (`AdaGrad`; Duchi, Hazan
//! and Singer, JMLR 12, 2011). The weights are drawn not to zero but to those of the rules, so that what is rare in
//! the examples keeps the meaning that the rules give it. Nothing is random: the same examples give the same weights.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use dixit_document::{AnnotateError, Document, LanguageCode, MissingLayer, Stance};

use crate::Topic;
use crate::class::Class;
use crate::examples::examples as own_examples;
use crate::feature::Feature;
use crate::features::{About, features};
use crate::lexicon::Lexicon;
use crate::model::{BIAS, Row, Weights};
use crate::reading::Reading;
use crate::word_features::for_each_word;

/// An article whose stances on one topic are known.
#[derive(Clone, Debug)]
pub struct Example {
    /// The article, with every layer that [`PositionFinder`](crate::PositionFinder) requires.
    pub document: Document,
    /// For each of its quotes, the stance; `None` where it is not about the topic.
    pub stances: Vec<Option<Stance>>,
    /// Whether stances were marked. Where they were not, a quote that names the topic is not learned from, and another
    /// counts as being about something else.
    pub marked: bool,
    /// How much its quotes count, 1 as a rule.
    pub weight: f32,
}

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub struct TrainingSettings {
    /// How many times all examples are gone through.
    pub steps: usize,
    /// How strongly the weights of being about the topic are drawn to those of the rules.
    pub about_decay: f32,
    /// How strongly the weights of stances are drawn to those of the rules.
    pub stance_decay: f32,
    /// How much each of the crate's own examples counts; 0 leaves them out.
    pub own_weight: f32,
}

impl Default for TrainingSettings {
    fn default() -> Self {
        Self { steps: 400, about_decay: 4.0, stance_decay: 6.0, own_weight: 0.6 }
    }
}

/// How far a weight moves at the first step.
const RATE: f32 = 0.3;

/// In how many articles a word stands at least to be learned.
const FEWEST: u32 = 2;

/// A smaller weight of a word is left out.
const SMALLEST: f32 = 0.02;

/// One quote to learn from.
struct Case {
    features: Vec<Feature>,
    stance: Option<Stance>,
    weight: f32,
}

/// Learns weights on the topic of dialogue, and returns them as the file `data/any/weights.tsv` holds them: what is to
/// be added to the weights of the rules.
///
/// # Errors
/// [`AnnotateError`] if an example lacks a layer.
pub fn train(topic: &Topic, examples: &[Example], settings: TrainingSettings) -> Result<String, AnnotateError> {
    let mut examples = examples.to_vec();
    if settings.own_weight > 0.0 {
        for (document, stance) in own_examples()? {
            examples.push(Example { document, stances: vec![stance], marked: true, weight: settings.own_weight });
        }
    }
    let mut rules = Weights::rules();
    let cases = cases(topic, &examples, &mut rules)?;
    Ok(written(&descend(&cases, &rules, settings), &rules))
}

/// All quotes of the examples; the vocabulary becomes that of `weights`.
fn cases(topic: &Topic, examples: &[Example], weights: &mut Weights) -> Result<Vec<Case>, MissingLayer> {
    let topics = std::slice::from_ref(topic);
    let languages = [LanguageCode::En, LanguageCode::Fr];
    let lexicons = languages.map(|language| (language, Lexicon::new(language, topics)));
    let patterns = count(examples, &lexicons, weights)?;
    let mut cases = Vec::new();
    for example in examples {
        let mut reading = Reading::new(&example.document, &lexicons)?;
        let language = example.document.language()?.code;
        reading.hits.retain(|hit| patterns.get(&(language, hit.pattern)) != Some(&1));
        let about = About::new(&reading, 0)?;
        for (index, &stance) in example.stances.iter().enumerate() {
            let seen = features(&reading, &about, &weights.vocabulary, index);
            if !example.marked && seen.iter().any(|seen| seen.feature.class() == Some(Class::Term)) {
                continue;
            }
            let features = seen.iter().map(|seen| seen.feature).collect();
            cases.push(Case { features, stance, weight: example.weight });
        }
    }
    Ok(cases)
}

/// In how many articles each pattern matches; the words that stand in enough of them go into the vocabulary.
///
/// A pattern that matches in a single article may have been written for it: what is learned of it would hold for no
/// other, so it is left out of what is learned from.
fn count(
    examples: &[Example],
    lexicons: &[(LanguageCode, Lexicon)],
    weights: &mut Weights,
) -> Result<BTreeMap<(LanguageCode, u32), u32>, MissingLayer> {
    let mut patterns = BTreeMap::new();
    let mut words: BTreeMap<String, u32> = BTreeMap::new();
    for example in examples {
        let reading = Reading::new(&example.document, lexicons)?;
        let language = example.document.language()?.code;
        for pattern in reading.hits.iter().map(|hit| hit.pattern).collect::<BTreeSet<u32>>() {
            *patterns.entry((language, pattern)).or_default() += 1;
        }
        let mut keys = BTreeSet::new();
        for quote in 0..reading.quotes.len() {
            for_each_word(&reading, quote, |key| {
                keys.insert(key.to_owned());
            });
        }
        for key in keys {
            *words.entry(key).or_default() += 1;
        }
    }
    for (key, _) in words.iter().filter(|(_, articles)| **articles >= FEWEST) {
        weights.word(key);
    }
    Ok(patterns)
}

fn descend(cases: &[Case], rules: &Weights, settings: TrainingSettings) -> Weights {
    let mut weights = rules.clone();
    let mut squares: Vec<Row> = vec![[0.0; 5]; rules.rows.len()];
    for _ in 0..settings.steps {
        let mut gradient: Vec<Row> = vec![[0.0; 5]; rules.rows.len()];
        for case in cases {
            add_gradient(case, &weights, &mut gradient);
        }
        for (index, row) in weights.rows.iter_mut().enumerate() {
            for (column, weight) in row.iter_mut().enumerate() {
                let decay = if column == 0 { settings.about_decay } else { settings.stance_decay };
                let decay = if index == BIAS.index() { 0.0 } else { decay };
                let slope = gradient[index][column] + decay * (*weight - rules.rows[index][column]);
                let square = &mut squares[index][column];
                *square += slope * slope;
                if *square > 0.0 {
                    *weight -= RATE * slope / square.sqrt();
                }
            }
        }
    }
    weights
}

fn add_gradient(case: &Case, weights: &Weights, gradient: &mut [Row]) {
    let judgement = weights.judge(case.features.iter().copied());
    let truth = |holds: bool| f32::from(u8::from(holds));
    let mut errors = [judgement.about - truth(case.stance.is_some()), 0.0, 0.0, 0.0, 0.0];
    if let Some(stance) = case.stance {
        for (index, probability) in judgement.stances.into_iter().enumerate() {
            errors[index + 1] = probability - truth(index == stance as usize);
        }
    }
    for feature in &case.features {
        for (slope, error) in gradient[feature.index()].iter_mut().zip(errors) {
            *slope += case.weight * error;
        }
    }
}

/// The weights less those of the rules, as lines in the order of the names.
fn written(weights: &Weights, rules: &Weights) -> String {
    let named = Feature::all().map(|feature| (feature.name(), feature, 0.005));
    let mut words: Vec<(&String, Feature)> = weights.vocabulary.iter().map(|(key, &feature)| (key, feature)).collect();
    words.sort_unstable();
    let words = words.into_iter().map(|(key, feature)| (key.clone(), feature, SMALLEST));
    let mut lines = Vec::new();
    for (name, feature, smallest) in named.chain(words) {
        let pairs = weights.rows[feature.index()].into_iter().zip(rules.rows[feature.index()]);
        let learned: Vec<f32> = pairs.map(|(weight, rule)| weight - rule).collect();
        if learned.iter().any(|weight| weight.abs() >= smallest) {
            let mut line = name;
            for weight in learned {
                let _ = write!(line, "\t{:.2}", weight + 0.0);
            }
            lines.push(line.replace("-0.00", "0.00"));
        }
    }
    lines.sort_unstable();
    let header = "# feature\tabout\tsupport\tconditional\toppose\tneutral: learned, to be added to rules.tsv\n";
    format!("{header}{}\n", lines.join("\n"))
}
