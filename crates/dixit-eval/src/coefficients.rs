//! Coefficients of agreement for names: what is left when chance is taken away.

use std::collections::BTreeMap;

/// Cohen's κ of two annotators (Cohen 1960): a pair of names a unit. `None` without units, or where both always say the same one
/// name, so that chance alone would give full agreement.
pub(crate) fn cohen<N: AsRef<str>>(units: &[(N, N)]) -> Option<f64> {
    let count = units.len() as f64;
    let mut shares: BTreeMap<&str, [f64; 2]> = BTreeMap::new();
    let mut same = 0.0;
    for (left, right) in units {
        shares.entry(left.as_ref()).or_default()[0] += 1.0;
        shares.entry(right.as_ref()).or_default()[1] += 1.0;
        same += f64::from(u8::from(left.as_ref() == right.as_ref()));
    }
    let observed = same / count;
    let expected: f64 = shares.values().map(|[left, right]| left * right / (count * count)).sum();
    beyond(1.0 - observed, 1.0 - expected)
}

/// Krippendorff's α for names (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability"): a list a unit of what those said who
/// said anything; units of fewer than two say nothing. `None` as for [`cohen`].
pub(crate) fn krippendorff(units: &[Vec<&str>]) -> Option<f64> {
    let mut counts: BTreeMap<&str, f64> = BTreeMap::new();
    let mut different = 0.0;
    for unit in units.iter().filter(|unit| unit.len() > 1) {
        for (place, name) in unit.iter().enumerate() {
            *counts.entry(name).or_default() += 1.0;
            let others = unit.iter().enumerate().filter(|(other, said)| *other != place && *said != name);
            different += others.count() as f64 / (unit.len() - 1) as f64;
        }
    }
    let total: f64 = counts.values().sum();
    let same: f64 = counts.values().map(|count| count * (count - 1.0)).sum();
    beyond(different / total, 1.0 - same / (total * (total - 1.0)))
}

/// One less the disagreement that is there over the disagreement that chance would give.
fn beyond(observed: f64, expected: f64) -> Option<f64> {
    let coefficient = 1.0 - observed / expected;
    (expected > 1e-12 && coefficient.is_finite()).then_some(coefficient)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_near(found: Option<f64>, wanted: f64) {
        let found = found.unwrap();
        assert!((found - wanted).abs() < 0.0005, "{found} is not {wanted}");
    }

    /// The units of a table: how often the left said the row's name and the right the column's.
    fn table<const N: usize>(counts: [[usize; N]; N]) -> Vec<(String, String)> {
        let cells = counts
            .iter()
            .enumerate()
            .flat_map(|(row, counts)| counts.iter().enumerate().map(move |(column, count)| (row, column, *count)));
        cells
            .flat_map(|(row, column, count)| std::iter::repeat_n((row.to_string(), column.to_string()), count))
            .collect()
    }

    #[test]
    fn kappa_is_that_of_fleiss_levin_and_paik() {
        // Statistical Methods for Rates and Proportions, 3rd edition, table 18.1: 0.89 observed, 0.66 by chance.
        assert_near(cohen(&table([[75, 1, 4], [5, 4, 1], [0, 0, 10]])), 0.6765);
        // 0.7 observed, 0.5 by chance.
        assert_near(cohen(&table([[20, 5], [10, 15]])), 0.4);
    }

    #[test]
    fn kappa_is_zero_for_chance_and_below_for_contradiction() {
        assert_near(cohen(&table([[1, 1], [1, 1]])), 0.0);
        assert_near(cohen(&table([[0, 5], [5, 0]])), -1.0);
        assert_eq!(cohen(&table([[7]])), None);
        assert_eq!(cohen::<&str>(&[]), None);
    }

    #[test]
    fn alpha_is_that_of_krippendorff_for_two_and_for_four_observers() {
        // Krippendorff 2011, A: two observers, ten units, two names.
        let (left, right) = ("0100000010", "1110010000");
        let units: Vec<Vec<&str>> = (0..10).map(|at| vec![&left[at..=at], &right[at..=at]]).collect();
        assert_near(krippendorff(&units), 0.095);
        // Krippendorff 2011, C: four observers, twelve units, five names, some of them missing.
        let observers = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."];
        let units: Vec<Vec<&str>> = (0..12)
            .map(|at| observers.iter().map(|said| &said[at..=at]).filter(|said| *said != ".").collect())
            .collect();
        assert_near(krippendorff(&units), 0.743);
    }

    #[test]
    fn alpha_needs_two_who_speak_and_two_names() {
        assert_eq!(krippendorff(&[vec!["a"], vec!["b"]]), None);
        assert_eq!(krippendorff(&[vec!["a", "a"]]), None);
        assert_near(krippendorff(&[vec!["a", "a"], vec!["b", "b"]]), 1.0);
    }
}
