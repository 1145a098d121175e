//! Whether scores say how often they are right.

use serde::Serialize;

/// Ten bins of a score.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Reliability([Bin; 10]);

/// The predictions whose scores lie in a tenth of `0..1`; the last holds 1.
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Bin {
    /// How many.
    count: usize,
    /// The sum of their scores.
    score_sum: f64,
    /// How many are right.
    right: usize,
}

impl Reliability {
    pub(crate) fn add(&mut self, score: f32, right: bool) {
        let tenth = (1_u8..10).take_while(|&tenth| score >= f32::from(tenth) / 10.0).count();
        let bin = &mut self.0[tenth];
        bin.count += 1;
        bin.score_sum += f64::from(score);
        bin.right += usize::from(right);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|bin| bin.count == 0)
    }

    /// The expected calibration error (Guo et al. 2017): the mean distance of score and share, weighed by the bins' counts.
    pub(crate) fn error(&self) -> f64 {
        let total: usize = self.0.iter().map(|bin| bin.count).sum();
        let distance: f64 = self.0.iter().map(|bin| (bin.score_sum - bin.right as f64).abs()).sum();
        distance / total.max(1) as f64
    }

    /// The bins that hold something, as cells of text under a head.
    pub(crate) fn cells(&self) -> Vec<Vec<String>> {
        let head = ["score", "count", "mean score", "right"].map(str::to_owned).to_vec();
        let row = |(index, bin): (usize, &Bin)| {
            let of = |sum: f64| format!("{:.4}", sum / bin.count as f64);
            let range = format!("{:.1}-{:.1}", index as f64 / 10.0, (index + 1) as f64 / 10.0);
            vec![range, bin.count.to_string(), of(bin.score_sum), of(bin.right as f64)]
        };
        let full = self.0.iter().enumerate().filter(|(_, bin)| bin.count > 0).map(row);
        std::iter::once(head).chain(full).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_is_the_distance_of_score_and_share() {
        let mut reliability = Reliability::default();
        for right in [true, true, true, false] {
            reliability.add(1.0, right);
        }
        assert!((reliability.error() - 0.25).abs() < 1e-9);
        assert_eq!(reliability.cells()[1], ["0.9-1.0", "4", "1.0000", "0.7500"]);
    }

    #[test]
    fn a_score_at_a_boundary_is_in_the_bin_above() {
        let mut reliability = Reliability::default();
        for tenth in 1..10_u8 {
            reliability.add(f32::from(tenth) / 10.0, true);
        }
        assert!(reliability.0[0].count == 0 && reliability.0[1..].iter().all(|bin| bin.count == 1));
    }
}
