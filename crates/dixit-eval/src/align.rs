//! Which predicted quote is which of the gold.

use dixit_record::GoldQuote;

use crate::text::Text;

/// Pairs quotes one to one by the overlap of their words, best first: `(gold, predicted)`.
///
/// `overlap` is over sorted starts of words, of the gold and of the prediction; pairs below `threshold` are none. Of equal
/// pairs the later goes first.
pub(crate) fn align(
    text: &Text,
    gold: &[GoldQuote],
    predicted: &[GoldQuote],
    threshold: f64,
    overlap: fn(&[u32], &[u32]) -> f64,
) -> Vec<(usize, usize)> {
    let words = |quotes: &[GoldQuote]| quotes.iter().map(|quote| text.words(&quote.content)).collect::<Vec<_>>();
    let (gold, predicted) = (words(gold), words(predicted));
    let all = gold.iter().enumerate().flat_map(|(left, words)| {
        predicted.iter().enumerate().map(move |(right, others)| (overlap(words, others), left, right))
    });
    let mut candidates: Vec<_> = all.filter(|&(score, ..)| score >= threshold).collect();
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then(b.2.cmp(&a.2)));
    let (mut used_gold, mut used_predicted) = (vec![false; gold.len()], vec![false; predicted.len()]);
    let mut pairs = Vec::new();
    for (_, left, right) in candidates {
        if !used_gold[left] && !used_predicted[right] {
            (used_gold[left], used_predicted[right]) = (true, true);
            pairs.push((left, right));
        }
    }
    pairs
}
