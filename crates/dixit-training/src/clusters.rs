//! Learns clusters of words from text without annotation: vectors by [skip-gram](crate::skip_gram), [groups](crate::groups) of them in
//! three sizes.

use dixit_document::{AnnotateError, Annotator as _, Document, Language, LanguageCode, Paragraph, ParagraphKind};
use dixit_entities::{Clusters, word_hash};
use dixit_text::Span;
use dixit_tokens::Tokenizer;
use rustc_hash::FxHashMap;

use crate::groups::{groups, unit};
use crate::skip_gram::{BREAK, Text, vectors};

/// The numbers of clusters, the fine ones grouped again.
const FINE: usize = 1024;
const MIDDLE: usize = 256;
const COARSE: usize = 64;

/// The words of texts of one language, to learn clusters from.
pub struct ClusterTraining {
    language: LanguageCode,
    tokenizer: Tokenizer,
    numbers: FxHashMap<u64, u32>,
    counts: Vec<u32>,
    words: Vec<u32>,
}

impl ClusterTraining {
    /// A training without text.
    pub fn new(language: LanguageCode) -> Self {
        let (numbers, counts, words) = (FxHashMap::default(), Vec::new(), Vec::new());
        Self { language, tokenizer: Tokenizer::new(), numbers, counts, words }
    }

    /// Adds a text, whose words count `weight` times.
    ///
    /// # Errors
    /// [`AnnotateError`] if it is too long or cannot be cut into words.
    pub fn add(&mut self, text: &str, weight: usize) -> Result<(), AnnotateError> {
        let mut document = Document::new("text", text).map_err(|error| AnnotateError::Failed(error.into()))?;
        let span = Span::new(0, text.len());
        document.set_paragraphs(vec![Paragraph { span, kind: ParagraphKind::Body }]);
        document.set_language(Language { code: self.language, confidence: 1.0, paragraphs: vec![self.language] });
        self.tokenizer.annotate(&mut document)?;
        let mut buffer = String::new();
        let first = self.words.len();
        for token in document.tokens()? {
            let hash = word_hash(token.of(text), &mut buffer);
            let next = self.counts.len() as u32;
            let number = *self.numbers.entry(hash).or_insert(next);
            if number == next {
                self.counts.push(0);
            }
            self.counts[number as usize] += weight as u32;
            self.words.push(number);
        }
        self.words.push(BREAK);
        let last = self.words.len();
        for _ in 1..weight {
            self.words.extend_from_within(first..last);
        }
        Ok(())
    }

    /// The number of words, each as often as it counts.
    pub fn words(&self) -> usize {
        self.words.len()
    }

    /// Learns the clusters of the words that count at least `minimum_count` times. `progress` hears of the work done, of 1,000.
    pub fn learn(&self, minimum_count: u32, seed: u64, mut progress: impl FnMut(u64)) -> Clusters {
        let (text, hashes) = self.frequent(minimum_count);
        let all = text.words.len().max(1) * 3;
        let vectors = vectors(&text, seed, |done| progress(done as u64 * 700 / all as u64));
        let units: Vec<_> = vectors.iter().map(|vector| unit(vector).unwrap_or(*vector)).collect();
        let mut rounds = 0;
        let (fine, middles) = groups(&units, FINE, seed, || {
            rounds += 1;
            progress(700 + rounds * 25);
        });
        let (middle, _) = groups(&middles, MIDDLE, seed, || {});
        let (coarse, _) = groups(&middles, COARSE, seed, || {});
        let sizes = middle.iter().zip(&coarse).map(|(&middle, &coarse)| (middle, coarse as u8)).collect();
        Clusters::new(hashes.into_iter().zip(fine).collect(), sizes)
    }

    /// The text of the frequent words alone, the most frequent first, with their hashes.
    fn frequent(&self, minimum_count: u32) -> (Text, Vec<u64>) {
        let all = self.numbers.iter().map(|(&hash, &number)| (self.counts[number as usize], hash, number));
        let mut known: Vec<(u32, u64, u32)> = all.filter(|&(count, _, _)| count >= minimum_count).collect();
        known.sort_unstable_by(|a, b| b.cmp(a));
        let mut renumbered = vec![BREAK; self.counts.len()];
        known.iter().enumerate().for_each(|(new, &(_, _, old))| renumbered[old as usize] = new as u32);
        let words = self.words.iter().filter_map(|&word| match word {
            BREAK => Some(BREAK),
            word => Some(renumbered[word as usize]).filter(|&word| word != BREAK),
        });
        let text = Text { words: words.collect(), counts: known.iter().map(|&(count, _, _)| count).collect() };
        (text, known.into_iter().map(|(_, hash, _)| hash).collect())
    }
}
