//! Vectors of words from the words around them: skip-gram with negative sampling (Mikolov et al. 2013), on one thread, so that the same
//! text and seed give the same vectors.

use crate::random::Random;

/// The length of a vector.
pub(crate) const DIMENSIONS: usize = 64;
const WINDOW: usize = 5;
const NEGATIVES: usize = 5;
const EPOCHS: usize = 3;
const RATE: f32 = 0.05;
/// Words more frequent than this share of the text are passed over now and then.
const FREQUENT: f32 = 3e-4;
/// The table that negative words are drawn from, by frequency to the power of 3/4.
const DRAWS: usize = 1 << 22;
/// The logistic function between -6 and 6, in so many steps.
const STEPS: usize = 1024;

type Vector = [f32; DIMENSIONS];

/// What the vectors are learned from.
pub(crate) struct Text {
    /// The number of each word in order; `BREAK` between texts that have nothing to do with each other.
    pub(crate) words: Vec<u32>,
    /// How often each word is in `words`.
    pub(crate) counts: Vec<u32>,
}

/// The end of a text.
pub(crate) const BREAK: u32 = u32::MAX;

/// The vector of each word. `progress` hears how many words are done of all epochs' words.
pub(crate) fn vectors(text: &Text, seed: u64, mut progress: impl FnMut(usize)) -> Vec<Vector> {
    let mut random = Random::new(seed);
    let mut own: Vec<Vector> = Vec::with_capacity(text.counts.len());
    own.resize_with(text.counts.len(), || std::array::from_fn(|_| (random.share() - 0.5) / DIMENSIONS as f32));
    let mut around = vec![[0.0; DIMENSIONS]; text.counts.len()];
    let draws = draws(&text.counts);
    let logistic: Vec<f32> =
        (0..STEPS).map(|step| 1.0 / (1.0 + (-(step as f32 / STEPS as f32 * 12.0 - 6.0)).exp())).collect();
    let keep = kept_shares(text);
    let total = text.words.len() * EPOCHS;
    let mut window = Vec::with_capacity(1 << 12);
    for epoch in 0..EPOCHS {
        let mut done = epoch * text.words.len();
        for block in text.words.chunks(1 << 12) {
            let rate = RATE * (1.0 - done as f32 / total as f32).max(1e-3);
            window.clear();
            window.extend(block.iter().filter(|&&word| word == BREAK || random.share() < keep[word as usize]));
            for at in 0..window.len() {
                if window[at] != BREAK {
                    learn(&window, at, &mut own, &mut around, &draws, &logistic, rate, &mut random);
                }
            }
            done += block.len();
            progress(done);
        }
    }
    own
}

/// The share of the places of each word that is learned from.
fn kept_shares(text: &Text) -> Vec<f32> {
    let whole: f32 = text.counts.iter().map(|&count| count as f32).sum();
    let share = |&count: &u32| {
        let often = FREQUENT * whole / count as f32;
        often.sqrt() + often
    };
    text.counts.iter().map(share).collect()
}

/// The words to draw from, each as many times as its share is.
#[expect(clippy::cast_sign_loss, reason = "a sum of shares is not negative")]
fn draws(counts: &[u32]) -> Vec<u32> {
    let weight = |count: &u32| f64::from(*count).powf(0.75);
    let whole: f64 = counts.iter().map(weight).sum();
    let mut draws = Vec::with_capacity(DRAWS);
    let mut sum = 0.0;
    for (word, count) in counts.iter().enumerate() {
        sum += weight(count) / whole;
        let end = ((sum * DRAWS as f64) as usize).clamp(draws.len(), DRAWS);
        draws.resize(end, word as u32);
    }
    draws
}

/// Moves the vector of the word at `at` towards those of the words around it, and away from others.
#[expect(clippy::too_many_arguments, reason = "the state of the loop above, which a struct would only rename")]
#[expect(clippy::cast_sign_loss, reason = "a step is clamped")]
fn learn(
    window: &[u32],
    at: usize,
    own: &mut [Vector],
    around: &mut [Vector],
    draws: &[u32],
    logistic: &[f32],
    rate: f32,
    random: &mut Random,
) {
    let reach = 1 + random.below(WINDOW);
    let before = window[at.saturating_sub(reach)..at].iter().rev().take_while(|&&word| word != BREAK);
    let behind = window[at + 1..].iter().take(reach).take_while(|&&word| word != BREAK);
    let center = &mut own[window[at] as usize];
    for &context in before.chain(behind) {
        let mut change = [0.0; DIMENSIONS];
        for negative in 0..=NEGATIVES {
            let target = if negative == 0 { context } else { draws[random.below(draws.len())] };
            if negative > 0 && target == context {
                continue;
            }
            let other = &mut around[target as usize];
            let product = dot(center, other);
            let step = ((product + 6.0) / 12.0 * STEPS as f32).clamp(0.0, STEPS as f32 - 1.0) as usize;
            let slope = (f32::from(u8::from(negative == 0)) - logistic[step]) * rate;
            for ((change, other), center) in change.iter_mut().zip(other.iter_mut()).zip(center.iter()) {
                *change += slope * *other;
                *other += slope * center;
            }
        }
        center.iter_mut().zip(&change).for_each(|(center, change)| *center += change);
    }
}

/// The product of two vectors, summed in lanes so that it can be computed several at a time.
pub(crate) fn dot(a: &Vector, b: &Vector) -> f32 {
    let mut lanes = [0.0_f32; 8];
    for (a, b) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        lanes.iter_mut().zip(a).zip(b).for_each(|((lane, a), b)| *lane += a * b);
    }
    lanes.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_the_same_neighbours_get_vectors_that_are_near() {
        // Words 0 and 1 stand between 2 and 3; words 4 and 5 between 6 and 7.
        let mut random = Random::new(3);
        let mut words = Vec::new();
        for _ in 0..60_000 {
            let second = random.below(2) as u32;
            words.extend(if random.below(2) == 0 { [2, second, 3, BREAK] } else { [6, 4 + second, 7, BREAK] });
        }
        let mut counts = vec![0; 8];
        words.iter().filter(|&&word| word != BREAK).for_each(|&word| counts[word as usize] += 1);
        let text = Text { words, counts };
        let vectors = vectors(&text, 1, |_| {});
        let near = |a: usize, b: usize| {
            let length = |word: usize| dot(&vectors[word], &vectors[word]).sqrt();
            dot(&vectors[a], &vectors[b]) / (length(a) * length(b))
        };
        assert!(near(0, 1) > near(0, 4) + 0.2 && near(4, 5) > near(1, 5) + 0.2, "{} {}", near(0, 1), near(0, 4));
        assert_eq!(vectors, super::vectors(&text, 1, |_| {}));
    }
}
