//! Inference in a linear chain: the best sequence (Viterbi 1967), and the probabilities of tags, transitions and spans by the forward
//! and backward sums (Rabiner 1989, with scaling).

use std::ops::Range;

/// Scores of transitions between tags: `scores[from * tags + to]`; illegal ones are negative infinity.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Transitions {
    pub(crate) tags: usize,
    pub(crate) scores: Vec<f32>,
    /// Scores of beginning with each tag.
    pub(crate) start: Vec<f32>,
    /// Scores of ending with each tag.
    pub(crate) end: Vec<f32>,
    /// Which tags may follow each tag: most may not, and are passed over.
    after: Vec<Runs>,
    /// Which tags each tag may follow.
    before: Vec<Runs>,
    /// Whether the same tags may follow a tag as the first one.
    like_first: Vec<bool>,
}

/// Tags that stand side by side, several times.
type Runs = Vec<Range<usize>>;

/// Buffers of [`viterbi`], to be used again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Paths {
    /// The best sequence.
    pub(crate) best: Vec<usize>,
    back: Vec<u32>,
    scores: Vec<f32>,
    next: Vec<f32>,
}

/// Buffers of the forward and backward sums, to be used again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sums {
    pub(crate) forward: Vec<f32>,
    pub(crate) backward: Vec<f32>,
    potentials: Vec<f32>,
    scales: Vec<f32>,
    next: Vec<f32>,
}

/// The exponentials of the scores of transitions: made once for a model, since they are many and cost much.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Weighed {
    /// `transitions[from * tags + to]`.
    transitions: Vec<f32>,
    /// The same by where they go: sums over these can be computed several at a time.
    turned: Vec<f32>,
    /// For each tag that may be followed by the same tags as the first one, by how much at most another such tag leads to one of these more
    /// easily; 0 for others.
    slack: Vec<f32>,
}

impl Transitions {
    /// Scores of which those that are negative infinity, now and for good, are illegal.
    pub(crate) fn new(tags: usize, scores: Vec<f32>, start: Vec<f32>, end: Vec<f32>) -> Self {
        let legal = |from: usize, to: usize| scores[from * tags + to] > f32::NEG_INFINITY;
        let after: Vec<Runs> = (0..tags).map(|from| runs(tags, |to| legal(from, to))).collect();
        let before = (0..tags).map(|to| runs(tags, |from| legal(from, to))).collect();
        let like_first = after.iter().map(|runs| *runs == after[0]).collect();
        Self { tags, scores, start, end, after, before, like_first }
    }

    /// By how much at most another tag that is like the first leads to a next one more easily than `tag`, which is like it too.
    fn slack(&self, tag: usize) -> f32 {
        let like = (0..self.tags).filter(|&other| self.like_first[other]);
        let targets = || self.after[0].iter().cloned().flatten();
        let gains = like.flat_map(|other| {
            targets().map(move |to| self.scores[other * self.tags + to] - self.scores[tag * self.tags + to])
        });
        gains.fold(0.0, f32::max)
    }
}

/// The numbers below `count` that are `wanted`.
fn runs(count: usize, wanted: impl Fn(usize) -> bool) -> Runs {
    let mut runs: Runs = Vec::new();
    for number in (0..count).filter(|&number| wanted(number)) {
        match runs.last_mut().filter(|last| last.end == number) {
            Some(last) => last.end += 1,
            None => runs.push(number..number + 1),
        }
    }
    runs
}

impl Weighed {
    pub(crate) fn new(transitions: &Transitions) -> Self {
        let mut weighed = Self::default();
        weighed.update(transitions);
        weighed
    }

    pub(crate) fn update(&mut self, transitions: &Transitions) {
        let tags = transitions.tags;
        self.transitions.clear();
        self.transitions.extend(transitions.scores.iter().map(|score| score.exp()));
        self.turned.resize(tags * tags, 0.0);
        for (from, row) in self.transitions.chunks_exact(tags).enumerate() {
            row.iter().enumerate().for_each(|(to, &transition)| self.turned[to * tags + from] = transition);
        }
        self.slack.clear();
        self.slack.extend((0..tags).map(|tag| if transitions.like_first[tag] { transitions.slack(tag) } else { 0.0 }));
    }
}

/// More than what sums of scores lose by rounding.
const ROUNDING: f32 = 1e-2;

/// The best sequence of tags for `emissions[position * tags + tag]`, into `paths.best`.
///
/// Most tags score so low that no way to the next position can lead over them, and are passed over.
pub(crate) fn viterbi(transitions: &Transitions, weighed: &Weighed, emissions: &[f32], paths: &mut Paths) {
    let tags = transitions.tags;
    let length = emissions.len() / tags;
    let Paths { best, back, scores, next } = paths;
    best.clear();
    if length == 0 {
        return;
    }
    back.clear();
    back.resize(emissions.len(), 0);
    scores.clear();
    scores.extend(transitions.start.iter().zip(emissions).map(|(start, emission)| start + emission));
    next.resize(tags, 0.0);
    for position in 1..length {
        next.fill(f32::NEG_INFINITY);
        let pointers = &mut back[position * tags..(position + 1) * tags];
        let like_first = &transitions.like_first;
        let leader = (0..tags).filter(|&tag| like_first[tag]).max_by(|&a, &b| scores[a].total_cmp(&scores[b]));
        let least = leader.map_or(f32::NEG_INFINITY, |leader| scores[leader] - weighed.slack[leader] - ROUNDING);
        let leads = |&(tag, &score): &(usize, &f32)| score > f32::NEG_INFINITY && (score >= least || !like_first[tag]);
        for (from, &score) in scores.iter().enumerate().filter(leads) {
            let row = &transitions.scores[from * tags..(from + 1) * tags];
            for run in &transitions.after[from] {
                let targets = next[run.clone()].iter_mut().zip(&mut pointers[run.clone()]).zip(&row[run.clone()]);
                for ((value, pointer), transition) in targets {
                    let candidate = score + transition;
                    let better = candidate > *value;
                    *value = if better { candidate } else { *value };
                    *pointer = if better { from as u32 } else { *pointer };
                }
            }
        }
        for (value, emission) in next.iter_mut().zip(&emissions[position * tags..]) {
            *value += emission;
        }
        std::mem::swap(scores, next);
    }
    let total = |tag: &usize| scores[*tag] + transitions.end[*tag];
    let mut tag = (0..tags).max_by(|a, b| total(a).total_cmp(&total(b)).then(b.cmp(a))).unwrap_or(0);
    best.resize(length, 0);
    for position in (0..length).rev() {
        best[position] = tag;
        tag = back[position * tags + tag] as usize;
    }
}

impl Sums {
    /// Computes the sums of a sequence; gives the logarithm of the partition function. `weighed` is of the same transitions.
    pub(crate) fn compute(&mut self, transitions: &Transitions, weighed: &Weighed, emissions: &[f32]) -> f32 {
        let tags = transitions.tags;
        let length = emissions.len() / tags;
        self.potentials.clear();
        self.scales.clear();
        let mut logarithm = 0.0;
        for row in emissions.chunks_exact(tags) {
            let highest = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            logarithm += highest;
            self.potentials.extend(row.iter().map(|score| (score - highest).exp()));
        }
        self.forward.clear();
        self.forward.resize(emissions.len(), 0.0);
        for position in 0..length {
            let (before, rest) = self.forward.split_at_mut(position * tags);
            let current = &mut rest[..tags];
            if position == 0 {
                current.iter_mut().zip(&transitions.start).for_each(|(value, score)| *value = score.exp());
            } else {
                add_runs(&before[(position - 1) * tags..], &weighed.transitions, &transitions.after, current);
            }
            current
                .iter_mut()
                .zip(&self.potentials[position * tags..])
                .for_each(|(value, potential)| *value *= potential);
            if position + 1 == length {
                current.iter_mut().zip(&transitions.end).for_each(|(value, score)| *value *= score.exp());
            }
            let sum: f32 = current.iter().sum();
            for value in current.iter_mut() {
                *value /= sum;
            }
            self.scales.push(sum);
            logarithm += sum.ln();
        }
        self.backward_sums(transitions, weighed, length);
        logarithm
    }

    /// Scaled so that `forward * backward` is the probability of a tag at a position.
    fn backward_sums(&mut self, transitions: &Transitions, weighed: &Weighed, length: usize) {
        let tags = transitions.tags;
        self.backward.clear();
        self.backward.resize(length * tags, 0.0);
        if length == 0 {
            return;
        }
        self.backward[(length - 1) * tags..].fill(1.0);
        for position in (0..length - 1).rev() {
            let (head, tail) = self.backward.split_at_mut((position + 1) * tags);
            self.next.clear();
            let potentials = &self.potentials[(position + 1) * tags..];
            self.next.extend(tail.iter().zip(potentials).take(tags).map(|(value, potential)| value * potential));
            if position + 2 == length {
                self.next.iter_mut().zip(&transitions.end).for_each(|(value, score)| *value *= score.exp());
            }
            let scale = self.scales[position + 1];
            self.next.iter_mut().for_each(|value| *value /= scale);
            add_runs(&self.next, &weighed.turned, &transitions.before, &mut head[position * tags..]);
        }
    }

    /// The probability of `tag` at `position`.
    pub(crate) fn tag(&self, tags: usize, position: usize, tag: usize) -> f32 {
        self.forward[position * tags + tag] * self.backward[position * tags + tag]
    }

    /// The probability of going from a tag at `position` to another at the next.
    pub(crate) fn transition(&self, transitions: &Transitions, position: usize, from: usize, to: usize) -> f32 {
        let tags = transitions.tags;
        let next = position + 1;
        let last = (next + 1) * tags == self.forward.len();
        let end = if last { transitions.end[to].exp() } else { 1.0 };
        self.forward[position * tags + from]
            * transitions.scores[from * tags + to].exp()
            * self.potentials[next * tags + to]
            * end
            * self.backward[next * tags + to]
            / self.scales[next]
    }

    /// The probability that the positions from `start` on have just these tags (Culotta et al. 2004).
    pub(crate) fn span(&self, transitions: &Transitions, start: usize, sequence: &[usize]) -> f32 {
        let tags = transitions.tags;
        let mut probability = self.tag(tags, start, sequence[0]);
        for (offset, pair) in sequence.windows(2).enumerate() {
            let from = self.tag(tags, start + offset, pair[0]);
            probability *=
                if from > 0.0 { self.transition(transitions, start + offset, pair[0], pair[1]) / from } else { 0.0 };
        }
        probability.clamp(0.0, 1.0)
    }
}

/// Adds each of `values`, by the weights in its row, to the `sums` that its runs lead to.
fn add_runs(values: &[f32], weights: &[f32], runs: &[Runs], sums: &mut [f32]) {
    let rows = weights.chunks_exact(values.len()).zip(runs);
    for (&value, (row, runs)) in values.iter().zip(rows).filter(|(value, _)| **value > 0.0) {
        for run in runs {
            sums[run.clone()].iter_mut().zip(&row[run.clone()]).for_each(|(sum, weight)| *sum += value * weight);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random and are the same every time.
    fn numbers(seed: u64, count: usize) -> Vec<f32> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 33) as f32 / (1_u64 << 31) as f32 - 0.5) * 4.0
        };
        (0..count).map(|_| next()).collect()
    }

    fn chain(seed: u64, tags: usize) -> Transitions {
        let mut scores = numbers(seed, tags * tags);
        scores[1] = f32::NEG_INFINITY;
        scores[tags + 1] = f32::NEG_INFINITY;
        let mut start = numbers(seed + 1, tags);
        start[tags - 1] = f32::NEG_INFINITY;
        Transitions::new(tags, scores, start, numbers(seed + 2, tags))
    }

    /// All sequences with their scores.
    fn all(transitions: &Transitions, emissions: &[f32]) -> Vec<(Vec<usize>, f64)> {
        let tags = transitions.tags;
        let length = emissions.len() / tags;
        let sequences = (0..tags.pow(length as u32)).map(|mut code| {
            (0..length)
                .map(|_| {
                    let tag = code % tags;
                    code /= tags;
                    tag
                })
                .collect::<Vec<_>>()
        });
        sequences
            .map(|sequence| {
                let mut score = f64::from(transitions.start[sequence[0]] + transitions.end[sequence[length - 1]]);
                for (position, &tag) in sequence.iter().enumerate() {
                    score += f64::from(emissions[position * tags + tag]);
                }
                for pair in sequence.windows(2) {
                    score += f64::from(transitions.scores[pair[0] * tags + pair[1]]);
                }
                (sequence, score)
            })
            .collect()
    }

    #[test]
    fn tags_that_the_same_tags_may_follow_are_alike() {
        assert_eq!(chain(1, 3).like_first, [true, true, false]);
    }

    #[test]
    fn agrees_with_all_sequences_one_by_one() {
        for (seed, length, scale) in [(1, 1, 1.0), (2, 2, 1.0), (3, 4, 1.0), (4, 5, 1.0), (5, 5, 9.0), (6, 5, 4.0)] {
            let transitions = chain(seed, 3);
            let emissions: Vec<f32> = numbers(seed + 9, 3 * length).iter().map(|score| score * scale).collect();
            let all = all(&transitions, &emissions);
            let best = all.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
            let mut paths = Paths::default();
            viterbi(&transitions, &Weighed::new(&transitions), &emissions, &mut paths);
            assert_eq!(paths.best, best.0);
            let mut sums = Sums::default();
            let logarithm = f64::from(sums.compute(&transitions, &Weighed::new(&transitions), &emissions));
            let partition: f64 = all.iter().map(|(_, score)| score.exp()).sum();
            assert!((logarithm - partition.ln()).abs() < 1e-4, "{logarithm} {}", partition.ln());
            let share = |keep: &dyn Fn(&[usize]) -> bool| {
                all.iter().filter(|(tags, _)| keep(tags)).map(|(_, score)| score.exp() / partition).sum::<f64>()
            };
            for position in 0..length {
                for tag in 0..3 {
                    let wanted = share(&|tags| tags[position] == tag);
                    assert!((f64::from(sums.tag(3, position, tag)) - wanted).abs() < 1e-4);
                }
            }
            if length >= 3 {
                let wanted = share(&|tags| tags[1..3] == [2, 0]);
                assert!((f64::from(sums.transition(&transitions, 1, 2, 0)) - wanted).abs() < 1e-4);
                let wanted = share(&|tags| tags[0..3] == [0, 0, 2]);
                assert!((f64::from(sums.span(&transitions, 0, &[0, 0, 2])) - wanted).abs() < 1e-4);
            }
        }
    }
}
