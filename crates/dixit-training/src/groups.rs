//! Groups of vectors that point the same way: spherical k-means (Dhillon & Modha 2001).

use crate::random::Random;
use crate::skip_gram::{DIMENSIONS, dot};

type Vector = [f32; DIMENSIONS];

const ROUNDS: usize = 12;

/// The group of each vector, and the middle of each group. Vectors of length one; the same seed gives the same groups.
pub(crate) fn groups(
    vectors: &[Vector],
    count: usize,
    seed: u64,
    mut progress: impl FnMut(),
) -> (Vec<u16>, Vec<Vector>) {
    let mut random = Random::new(seed);
    let mut numbers: Vec<usize> = (0..vectors.len()).collect();
    for at in 0..count.min(vectors.len()) {
        let other = at + random.below(vectors.len() - at);
        numbers.swap(at, other);
    }
    let mut middles: Vec<Vector> = numbers.iter().take(count).map(|&number| vectors[number]).collect();
    let mut groups = vec![0; vectors.len()];
    for _ in 0..ROUNDS {
        let mut sums = vec![[0.0; DIMENSIONS]; middles.len()];
        for (vector, group) in vectors.iter().zip(&mut groups) {
            *group = nearest(vector, &middles);
            sums[usize::from(*group)].iter_mut().zip(vector).for_each(|(sum, value)| *sum += value);
        }
        for (middle, sum) in middles.iter_mut().zip(sums) {
            if let Some(unit) = unit(&sum) {
                *middle = unit;
            }
        }
        progress();
    }
    (groups, middles)
}

fn nearest(vector: &Vector, middles: &[Vector]) -> u16 {
    let mut best = (0, f32::NEG_INFINITY);
    for (number, middle) in middles.iter().enumerate() {
        let product = dot(vector, middle);
        if product > best.1 {
            best = (number as u16, product);
        }
    }
    best.0
}

/// The vector with length one; `None` for the one without length.
pub(crate) fn unit(vector: &Vector) -> Option<Vector> {
    let length = dot(vector, vector).sqrt();
    (length > 0.0).then(|| vector.map(|value| value / length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_that_point_the_same_way_are_one_group() {
        let mut random = Random::new(5);
        let vectors: Vec<Vector> = (0..60)
            .map(|number| {
                let mut vector: Vector = std::array::from_fn(|_| random.share() * 0.1);
                vector[number % 3] += 1.0;
                unit(&vector).unwrap()
            })
            .collect();
        // A seed whose first three vectors are of all three kinds.
        let (groups, middles) = groups(&vectors, 3, 1, || {});
        assert_eq!(middles.len(), 3);
        let of_kind = |kind: usize| groups.iter().skip(kind).step_by(3).copied().collect::<Vec<_>>();
        let kinds = [0, 1, 2].map(of_kind);
        let mut seen: Vec<u16> = kinds.iter().flat_map(|kind| kind.iter().copied()).collect();
        assert!(kinds.iter().any(|kind| kind.iter().all(|group| *group == kind[0])));
        seen.sort_unstable();
        seen.dedup();
        assert!(seen.len() >= 2);
    }
}
