//! How an epoch of training went, whatever is trained.

/// How an epoch went.
#[derive(Clone, Copy, Debug)]
pub struct EpochReport {
    /// The mean negative log-likelihood of a sequence.
    pub loss: f64,
    /// Precision, recall and F1 on the dev corpus.
    pub scores: (f64, f64, f64),
    /// Whether it is the best so far.
    pub is_best: bool,
    /// Whether the model is another than before it: the first epochs of a run are not remembered.
    pub counts: bool,
}

/// Precision, recall and F1 of `found` things of which `right` are among the `wanted` ones.
pub(crate) fn scores(right: usize, found: usize, wanted: usize) -> (f64, f64, f64) {
    let ratio = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let (precision, recall) = (ratio(right, found), ratio(right, wanted));
    let sum = precision + recall;
    (precision, recall, if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 })
}
