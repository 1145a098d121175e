//! Learns a model: maximum likelihood of the labels by stochastic gradient ascent with adaptive steps (`AdaGrad`, Duchi et al. 2011) and
//! weight decay, one sequence at a time. The same sequences, settings and seed give the same bytes.

use rustc_hash::FxHashMap;

use crate::chain::{Sums, Transitions, Weighed};
use crate::{Features, LabelSpan, Model, TagSet};

/// A gradient under this is not worth a step.
const NEGLIGIBLE: f32 = 1e-3;

/// A labelled sequence to learn from.
#[derive(Clone, Debug)]
pub struct Sequence {
    /// What is seen at each position.
    pub features: Features,
    /// The spans that are labelled, without overlaps.
    pub spans: Vec<LabelSpan>,
}

/// How a model is learned.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Features that are seen less often are left out.
    pub minimum_count: u32,
    /// The size of a step.
    pub rate: f32,
    /// How much of a weight is lost with each step that changes it.
    pub decay: f32,
    /// The share of features that are passed over, at random, each time that a sequence is learned from (Srivastava et al. 2014).
    pub dropout: f32,
    /// Weights below this, in absolute value, are left out of the model.
    pub threshold: f32,
    /// Where the order of the sequences starts from.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { minimum_count: 2, rate: 0.1, decay: 2e-5, dropout: 0.3, threshold: 0.04, seed: 1 }
    }
}

/// A model that is being learned.
pub struct Trainer {
    tags: TagSet,
    settings: Settings,
    hashes: Vec<u64>,
    sequences: Vec<Numbered>,
    weights: Weights,
    sum: Option<Weights>,
    summed: f32,
    state: u64,
}

/// A sequence with the rows of its features and its tags.
struct Numbered {
    rows: Vec<u32>,
    ends: Vec<u32>,
    tags: Vec<usize>,
}

/// The weights of features, `rows * tags` of them, and of transitions.
#[derive(Clone, Debug)]
struct Weights {
    features: Vec<f32>,
    transitions: Transitions,
}

/// The squares of past gradients.
#[derive(Default)]
struct Steps {
    features: Vec<f32>,
    transitions: Vec<f32>,
}

impl Trainer {
    /// A trainer that has not learned anything yet.
    pub fn new<'s>(
        tags: TagSet,
        sequences: impl IntoIterator<Item = &'s Sequence> + Clone,
        settings: Settings,
    ) -> Self {
        let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
        for sequence in sequences.clone() {
            for position in 0..sequence.features.len() {
                for &hash in sequence.features.at(position) {
                    *counts.entry(hash).or_default() += 1;
                }
            }
        }
        let mut hashes: Vec<u64> =
            counts.into_iter().filter(|&(_, count)| count >= settings.minimum_count).map(|(hash, _)| hash).collect();
        hashes.sort_unstable();
        let rows: FxHashMap<u64, u32> = hashes.iter().enumerate().map(|(row, &hash)| (hash, row as u32)).collect();
        let numbered = sequences.into_iter().map(|sequence| Numbered::new(sequence, &tags, &rows)).collect();
        let weights = Weights { features: vec![0.0; hashes.len() * tags.len()], transitions: legal(&tags) };
        Self { tags, settings, hashes, sequences: numbered, weights, sum: None, summed: 0.0, state: settings.seed }
    }

    /// The number of features.
    pub fn features(&self) -> usize {
        self.hashes.len()
    }

    /// Learns from each sequence once, in an order of its own; gives the mean negative logarithm of the likelihood of a sequence.
    ///
    /// `progress` is called after each sequence and says whether to go on.
    pub fn epoch(&mut self, steps: &mut TrainingState, mut progress: impl FnMut(usize) -> bool) -> f64 {
        let mut order: Vec<usize> = (0..self.sequences.len()).collect();
        for last in (1..order.len()).rev() {
            order.swap(last, self.random(last + 1));
        }
        let mut loss = 0.0;
        let mut done = 0;
        for index in order {
            if !self.sequences[index].tags.is_empty() {
                let thinned = self.thin(index);
                loss += learn(&mut self.weights, &thinned, self.settings, steps);
            }
            done += 1;
            if !progress(done) {
                break;
            }
        }
        loss / done.max(1) as f64
    }

    /// Forgets what was learned, but not what was remembered: what is learned from now on, in other orders, is averaged with that.
    pub fn restart(&mut self) {
        self.weights.features.fill(0.0);
        self.weights.transitions = legal(&self.tags);
    }

    /// Adds the weights as they are now to those that the model is the mean of (Polyak & Juditsky 1992).
    pub fn remember(&mut self) {
        self.summed += 1.0;
        let Some(sum) = &mut self.sum else {
            self.sum = Some(self.weights.clone());
            return;
        };
        sum.features.iter_mut().zip(&self.weights.features).for_each(|(sum, weight)| *sum += weight);
        let (all, own) = (&mut sum.transitions, &self.weights.transitions);
        let pairs = [(&mut all.scores, &own.scores), (&mut all.start, &own.start), (&mut all.end, &own.end)];
        for (sum, weights) in pairs {
            sum.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
        }
    }

    /// The model as bytes, for [`Model::from_bytes`]: the mean of what was remembered, else the weights as they are.
    pub fn model(&self) -> Vec<u8> {
        let (weights, count) = self.sum.as_ref().map_or((&self.weights, 1.0), |sum| (sum, self.summed));
        let tags = self.tags.len();
        let highest = weights.features.iter().fold(0.0_f32, |highest, weight| highest.max(weight.abs())) / count;
        // In training fewer features vote; in use all do.
        let keep = 1.0 - self.settings.dropout;
        let scale = (highest / 127.0).max(f32::MIN_POSITIVE);
        let rows = self.hashes.iter().zip(weights.features.chunks_exact(tags)).filter_map(|(&hash, row)| {
            let kept = row.iter().enumerate().filter(|(_, weight)| (**weight / count).abs() >= self.settings.threshold);
            let quantised = kept.map(|(tag, weight)| (tag as u8, (weight / count / scale).round() as i8));
            let row: Vec<_> = quantised.filter(|&(_, weight)| weight != 0).collect();
            (!row.is_empty()).then_some((hash, row))
        });
        let mean = |scores: &[f32]| scores.iter().map(|score| score / count).collect();
        let own = &weights.transitions;
        let transitions = Transitions::new(tags, mean(&own.scores), mean(&own.start), mean(&own.end));
        Model::write(&self.tags, &transitions, &rows.collect::<Vec<_>>(), scale * keep)
    }

    /// A sequence without the features that are passed over.
    fn thin(&mut self, index: usize) -> Numbered {
        let passed_over = self.settings.dropout * 65_536.0;
        let mut thinned = Numbered { rows: Vec::new(), ends: Vec::new(), tags: self.sequences[index].tags.clone() };
        for position in 0..thinned.tags.len() {
            for at in 0..self.sequences[index].at(position).len() {
                if self.random(65_536) as f32 >= passed_over {
                    let row = self.sequences[index].at(position)[at];
                    thinned.rows.push(row);
                }
            }
            thinned.ends.push(thinned.rows.len() as u32);
        }
        thinned
    }

    /// A number below `bound` (`SplitMix64`, Steele et al. 2014).
    fn random(&mut self, bound: usize) -> usize {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }
}

/// What a trainer keeps between epochs, besides the weights.
#[derive(Default)]
pub struct TrainingState {
    steps: Steps,
    sums: Sums,
    weighed: Weighed,
    emissions: Vec<f32>,
}

impl Numbered {
    fn new(sequence: &Sequence, tags: &TagSet, rows: &FxHashMap<u64, u32>) -> Self {
        let (mut own, mut ends) = (Vec::new(), Vec::new());
        for position in 0..sequence.features.len() {
            own.extend(sequence.features.at(position).iter().filter_map(|hash| rows.get(hash)));
            ends.push(own.len() as u32);
        }
        Self { rows: own, ends, tags: tags.encode(&sequence.spans, sequence.features.len()) }
    }

    fn at(&self, position: usize) -> &[u32] {
        let start = if position == 0 { 0 } else { self.ends[position - 1] as usize };
        &self.rows[start..self.ends[position] as usize]
    }
}

/// Transitions that allow what is legal and prefer nothing.
fn legal(tags: &TagSet) -> Transitions {
    let score = |from, to| if tags.is_legal(from, to) { 0.0 } else { f32::NEG_INFINITY };
    let number = tags.len();
    let scores = (0..number * number).map(|pair| score(Some(pair / number), Some(pair % number))).collect();
    let start = (0..number).map(|tag| score(None, Some(tag))).collect();
    let end = (0..number).map(|tag| score(Some(tag), None)).collect();
    Transitions::new(number, scores, start, end)
}

/// The scores of the tags at each position.
fn emissions(weights: &Weights, sequence: &Numbered, emissions: &mut Vec<f32>) {
    let tags = weights.transitions.tags;
    emissions.clear();
    emissions.resize(sequence.tags.len() * tags, 0.0);
    for (position, scores) in emissions.chunks_exact_mut(tags).enumerate() {
        for &row in sequence.at(position) {
            let row = &weights.features[row as usize * tags..(row as usize + 1) * tags];
            scores.iter_mut().zip(row).for_each(|(score, weight)| *score += weight);
        }
    }
}

/// The score of the sequence's own tags.
fn own_score(weights: &Weights, sequence: &Numbered, emissions: &[f32]) -> f32 {
    let (transitions, tags) = (&weights.transitions, &sequence.tags);
    let number = transitions.tags;
    let mut score = transitions.start[tags[0]] + transitions.end[tags[tags.len() - 1]];
    score += tags.iter().enumerate().map(|(position, tag)| emissions[position * number + tag]).sum::<f32>();
    score + tags.windows(2).map(|pair| transitions.scores[pair[0] * number + pair[1]]).sum::<f32>()
}

/// The gradient of the likelihood: calls `feature` with row, tag and slope, and `transition` with from, to and slope.
fn gradient(
    weights: &Weights,
    sequence: &Numbered,
    sums: &Sums,
    mut feature: impl FnMut(usize, usize, f32),
    mut transition: impl FnMut(usize, usize, f32),
) {
    let number = weights.transitions.tags;
    for (position, &own) in sequence.tags.iter().enumerate() {
        for tag in 0..number {
            let slope = f32::from(u8::from(tag == own)) - sums.tag(number, position, tag);
            if slope.abs() > NEGLIGIBLE {
                sequence.at(position).iter().for_each(|&row| feature(row as usize, tag, slope));
            }
        }
    }
    for (position, pair) in sequence.tags.windows(2).enumerate() {
        for from in (0..number).filter(|&from| sums.tag(number, position, from) > NEGLIGIBLE || from == pair[0]) {
            for to in 0..number {
                let seen = f32::from(u8::from(pair == [from, to]));
                let slope = seen - sums.transition(&weights.transitions, position, from, to);
                if slope.abs() > NEGLIGIBLE {
                    transition(from, to, slope);
                }
            }
        }
    }
}

/// Takes a step towards the sequence's tags; gives its negative log-likelihood.
fn learn(weights: &mut Weights, sequence: &Numbered, settings: Settings, state: &mut TrainingState) -> f64 {
    let number = weights.transitions.tags;
    emissions(weights, sequence, &mut state.emissions);
    state.weighed.update(&weights.transitions);
    let partition = state.sums.compute(&weights.transitions, &state.weighed, &state.emissions);
    let loss = partition - own_score(weights, sequence, &state.emissions);
    state.steps.features.resize(weights.features.len(), 0.0);
    state.steps.transitions.resize(number * number, 0.0);
    let (mut features, mut transitions) = (Vec::new(), Vec::new());
    gradient(
        weights,
        sequence,
        &state.sums,
        |row, tag, slope| features.push((row * number + tag, slope)),
        |from, to, slope| transitions.push((from * number + to, slope)),
    );
    for (index, slope) in features {
        step(&mut weights.features[index], &mut state.steps.features[index], slope, settings);
    }
    for (index, slope) in transitions {
        step(&mut weights.transitions.scores[index], &mut state.steps.transitions[index], slope, settings);
    }
    f64::from(loss)
}

fn step(weight: &mut f32, squares: &mut f32, slope: f32, settings: Settings) {
    *squares += slope * slope;
    *weight += settings.rate * (slope / (squares.sqrt() + 1e-6) - settings.decay * *weight / settings.rate);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ModelError, Scratch, feature, text_hash};

    /// Sequences of letters: each `a` is a span of label 0, each `b` and the `c`s behind it one of label 1.
    fn sequences(count: u64) -> Vec<Sequence> {
        (0..count)
            .map(|number| {
                let letters: Vec<&str> = (0..8)
                    .map(|at| ["a", "b", "c", "d"][(number * 7 + at * at * 5 + at * number) as usize % 4])
                    .collect();
                let mut features = Features::default();
                let mut spans: Vec<LabelSpan> = Vec::new();
                for (at, letter) in letters.iter().enumerate() {
                    features.push(feature(0, &[text_hash(letter)]));
                    features.push(feature(1, &[text_hash(at.checked_sub(1).map_or("", |before| letters[before]))]));
                    features.end_position();
                    match (*letter, spans.last_mut()) {
                        ("a", _) => spans.push(LabelSpan { positions: at..at + 1, label: 0 }),
                        ("b", _) => spans.push(LabelSpan { positions: at..at + 1, label: 1 }),
                        ("c", Some(last)) if last.label == 1 && last.positions.end == at => last.positions.end += 1,
                        _ => {}
                    }
                }
                Sequence { features, spans }
            })
            .collect()
    }

    fn tags() -> TagSet {
        TagSet::new(vec!["A".to_owned(), "B".to_owned()])
    }

    fn trained(epochs: usize) -> Vec<u8> {
        let mut trainer = Trainer::new(tags(), &sequences(60), Settings::default());
        let mut state = TrainingState::default();
        for _ in 0..epochs {
            trainer.epoch(&mut state, |_| true);
        }
        trainer.remember();
        trainer.model()
    }

    #[test]
    fn learns_what_can_be_learned() {
        let model = Model::from_bytes(&trained(20)).unwrap();
        let mut scratch = Scratch::default();
        for sequence in sequences(100).split_off(60) {
            let mut found = Vec::new();
            model.label(&sequence.features, &mut scratch, |span, score| {
                assert!(score > 0.5 && score <= 1.0);
                found.push(span);
            });
            assert_eq!(found, sequence.spans);
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes() {
        assert_eq!(trained(3), trained(3));
    }

    #[test]
    fn the_mean_of_several_runs_is_between_them() {
        let settings = Settings { threshold: 0.0, dropout: 0.0, ..Settings::default() };
        let mut trainer = Trainer::new(tags(), &sequences(20), settings);
        let mut runs = Vec::new();
        for _ in 0..2 {
            trainer.restart();
            trainer.epoch(&mut TrainingState::default(), |_| true);
            trainer.remember();
            runs.push(trainer.weights.features.clone());
        }
        assert_ne!(runs[0], runs[1]);
        let sum = &trainer.sum.as_ref().unwrap().features;
        let added: Vec<f32> = runs[0].iter().zip(&runs[1]).map(|(first, second)| first + second).collect();
        assert_eq!(*sum, added);
    }

    #[test]
    fn the_gradient_is_the_slope_of_the_likelihood() {
        let mut trainer = Trainer::new(tags(), &sequences(5), Settings { minimum_count: 1, ..Settings::default() });
        let mut state = TrainingState::default();
        trainer.epoch(&mut state, |_| true);
        let sequence = &trainer.sequences[1];
        let likelihood = |weights: &Weights| {
            let mut scores = Vec::new();
            emissions(weights, sequence, &mut scores);
            f64::from(own_score(weights, sequence, &scores))
                - f64::from(Sums::default().compute(&weights.transitions, &Weighed::new(&weights.transitions), &scores))
        };
        let mut sums = Sums::default();
        let mut scores = Vec::new();
        emissions(&trainer.weights, sequence, &mut scores);
        sums.compute(&trainer.weights.transitions, &Weighed::new(&trainer.weights.transitions), &scores);
        let number = tags().len();
        let mut slopes: FxHashMap<usize, f32> = FxHashMap::default();
        let mut between = std::collections::BTreeMap::<usize, f32>::new();
        gradient(
            &trainer.weights,
            sequence,
            &sums,
            |row, tag, slope| *slopes.entry(row * number + tag).or_default() += slope,
            |from, to, slope| *between.entry(from * number + to).or_default() += slope,
        );
        let check = |change: &dyn Fn(&mut Weights, f32), slope: f32| {
            let mut weights = trainer.weights.clone();
            change(&mut weights, 1e-2);
            let above = likelihood(&weights);
            change(&mut weights, -2e-2);
            let wanted = (above - likelihood(&weights)) / 2e-2;
            assert!((wanted - f64::from(slope)).abs() < 1e-2, "{wanted} {slope}");
        };
        assert!(slopes.len() > 10 && between.len() > 5);
        for index in 0..trainer.weights.features.len() {
            check(&|weights, by| weights.features[index] += by, slopes.get(&index).copied().unwrap_or(0.0));
        }
        for (index, slope) in between {
            check(&|weights, by| weights.transitions.scores[index] += by, slope);
        }
    }

    #[test]
    fn every_kind_of_damage_is_refused_by_name() {
        let bytes = trained(1);
        assert!(Model::from_bytes(&bytes).is_ok());
        assert_eq!(Model::from_bytes(b"PK\x03\x04 and so on"), Err(ModelError::NotAModel));
        assert_eq!(Model::from_bytes(&bytes[..7]), Err(ModelError::Truncated { at: 7 }));
        assert!(matches!(Model::from_bytes(&bytes[..40]), Err(ModelError::Checksum { .. })));
        let mut other = bytes.clone();
        other[4] = 9;
        assert_eq!(Model::from_bytes(&other), Err(ModelError::OtherVersion { found: 9 }));
        for at in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x55;
            assert!(Model::from_bytes(&damaged).is_err(), "byte {at}");
        }
    }

    #[test]
    fn quantised_weights_are_near_the_learned_ones() {
        let mut trainer =
            Trainer::new(tags(), &sequences(60), Settings { threshold: 0.0, dropout: 0.0, ..Settings::default() });
        trainer.epoch(&mut TrainingState::default(), |_| true);
        let model = Model::from_bytes(&trainer.model()).unwrap();
        let highest = trainer.weights.features.iter().fold(0.0_f32, |highest, weight| highest.max(weight.abs()));
        assert!((model.table.scale - highest / 127.0).abs() < 1e-6);
        assert!(model.weights() > 20);
    }
}
