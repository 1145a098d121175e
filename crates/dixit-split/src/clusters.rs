//! Clusters of near-duplicates.

use crate::signature::{BANDS, Signature};

/// The estimated share of shingles in common from which two articles are near-duplicates. It lies under a half so that a pair that shares half is taken
/// though the estimate is low.
const SIMILARITY: f64 = 0.4;
/// The most articles of a bucket that another is compared with; articles that are the same count once.
const COMPARED: usize = 64;

/// Sets of indices that are joined (Tarjan 1975).
#[derive(Debug)]
pub(crate) struct Clusters(Vec<u32>);

impl Clusters {
    /// The clusters of articles by their signatures.
    pub(crate) fn new(signatures: &[Option<Signature>]) -> Self {
        let mut clusters = Self((0..signatures.len() as u32).collect());
        let mut bucketed: Vec<(u64, u32)> = Vec::with_capacity(signatures.len());
        for band in 0..BANDS {
            bucketed.clear();
            let known = signatures.iter().zip(0..).filter_map(|(signature, index)| Some((signature.as_ref()?, index)));
            bucketed.extend(known.map(|(signature, index)| (signature.band(band), index)));
            bucketed.sort_unstable();
            for bucket in bucketed.chunk_by(|left, right| left.0 == right.0) {
                clusters.join_bucket(bucket, signatures);
            }
        }
        clusters
    }

    fn join_bucket(&mut self, bucket: &[(u64, u32)], signatures: &[Option<Signature>]) {
        let mut different: Vec<usize> = Vec::new();
        for &(_, index) in bucket {
            let index = index as usize;
            let Some(signature) = &signatures[index] else { continue };
            let near = |other: &usize| {
                signatures[*other].as_ref().is_some_and(|other| signature.similarity(other) >= SIMILARITY)
            };
            let mut joined = false;
            for &other in &different {
                if self.of(other) == self.of(index) {
                    joined = true;
                } else if near(&other) {
                    self.join(other, index);
                    joined = true;
                }
            }
            if !joined && different.len() < COMPARED {
                different.push(index);
            }
        }
    }

    /// The smallest index in the cluster of `index`.
    pub(crate) fn of(&mut self, index: usize) -> usize {
        let mut root = index;
        while self.0[root] as usize != root {
            root = self.0[root] as usize;
        }
        let mut place = index;
        while self.0[place] as usize != root {
            place = std::mem::replace(&mut self.0[place], root as u32) as usize;
        }
        root
    }

    fn join(&mut self, left: usize, right: usize) {
        let (left, right) = (self.of(left), self.of(right));
        let (least, other) = (left.min(right), left.max(right));
        self.0[other] = least as u32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clusters(texts: &[String]) -> Vec<usize> {
        let signatures: Vec<_> = texts.iter().map(|text| Signature::new(text)).collect();
        let mut clusters = Clusters::new(&signatures);
        (0..texts.len()).map(|index| clusters.of(index)).collect()
    }

    fn words(range: std::ops::Range<usize>) -> String {
        range.map(|word| format!("w{word}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn chains_of_near_duplicates_are_one_cluster_and_empty_texts_none() {
        let texts = [words(0..400), words(5000..5400), words(80..480), String::new(), words(160..560), String::new()];
        assert_eq!(clusters(&texts), [0, 1, 0, 3, 0, 5]);
    }

    #[test]
    fn very_many_copies_are_found_in_little_time() {
        let mut texts: Vec<_> = (0..3000).map(|_| words(0..50)).collect();
        texts.extend((0..500).map(|copy| words(1000 + 100 * copy..1100 + 100 * copy)));
        let clusters = clusters(&texts);
        assert!(clusters[..3000].iter().all(|&cluster| cluster == 0));
        assert!(clusters[3000..].iter().zip(3000..).all(|(&cluster, index)| cluster == index));
    }

    /// What the crate's documentation promises, over 300 pairs a share of words.
    #[test]
    fn near_duplicates_are_found_as_often_as_is_told() {
        let found = |shared: usize, all: usize| {
            let pairs = (0..300).map(|pair| {
                let base = 100_000 * (pair + 1);
                let rest = all - shared;
                [
                    words(base..base + shared + rest),
                    words(base..base + shared) + " " + &words(base + 50_000..base + 50_000 + rest),
                ]
            });
            pairs.filter(|texts| clusters(texts)[1] == 0).count()
        };
        // Of 304 words each, the first 204 alike: 200 shingles of 400 are in both.
        assert!(found(204, 304) >= 270, "{}", found(204, 304));
        // 229 alike: 225 of 375.
        assert!(found(229, 304) >= 298, "{}", found(229, 304));
        // 104 alike: 100 of 500.
        assert!(found(104, 304) <= 3, "{}", found(104, 304));
    }
}
