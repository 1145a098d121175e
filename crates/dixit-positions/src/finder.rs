//! The annotator that adds the positions.

use dixit_document::{AnnotateError, Annotator, Document, LanguageCode, Layer, MissingLayer, Position, Stance};
use dixit_text::Span;

use crate::Topic;
use crate::class::{Class, Zone};
use crate::examples::article;
use crate::feature::{Feature, Form};
use crate::features::{About, Seen, features};
use crate::lexicon::Lexicon;
use crate::model::{LEARNED, RULES, Weights};
use crate::profile;
use crate::reading::{Reading, merged};

/// From which probability on a quote counts as being about a topic.
const THRESHOLD: f32 = 0.5;

/// How many expressions make the evidence at most, besides one that names the topic.
const EVIDENCE: usize = 3;

/// What an expression must say for a stance to be evidence of it, in log-odds.
const TELLING: f32 = 0.1;

/// Adds the layers `positions`, for each quote that is about a topic where its speaker stands, and `profile`, the same
/// for each speaker.
///
/// It reads the paragraphs of the article that are in English or French; a quote elsewhere has no position.
pub struct PositionFinder {
    topics: Vec<String>,
    lexicons: Vec<(LanguageCode, Lexicon)>,
    weights: Weights,
}

impl PositionFinder {
    /// The files of the embedded weights: of the rules, and of what was learned.
    pub fn weights() -> [&'static str; 2] {
        [RULES, LEARNED]
    }

    /// Finds positions on `topics`, at most one for each quote and topic.
    pub fn new(topics: Vec<Topic>) -> Self {
        Self::with_weights(topics, Weights::embedded())
    }

    /// Finds positions with weights of its own, which [`train()`](crate::train()) returned, instead of those embedded.
    pub fn with_learned(topics: Vec<Topic>, learned: &str) -> Self {
        let mut weights = Weights::rules();
        weights.add(learned);
        Self::with_weights(topics, weights)
    }

    fn with_weights(topics: Vec<Topic>, weights: Weights) -> Self {
        let languages = [LanguageCode::En, LanguageCode::Fr];
        let lexicons = languages.map(|language| (language, Lexicon::new(language, &topics))).into();
        Self { topics: topics.into_iter().map(|topic| topic.name).collect(), lexicons, weights }
    }

    /// The positions of a bare sentence, as if `cue` attributed it in an article with this headline: to try a topic
    /// file.
    ///
    /// ```
    /// use dixit_document::{LanguageCode, Stance};
    /// use dixit_positions::{PositionFinder, Topic};
    /// let topic = Topic::parse("dialogue.toml", include_str!("../../../pipelines/topics/dialogue.toml"))?;
    /// let finder = PositionFinder::new(vec![topic]);
    /// let headline = "Talks stall as mediators plead for dialogue";
    /// let positions = finder.try_sentence(LanguageCode::En, headline, "said", "there was no alternative to talks")?;
    /// assert_eq!(positions[0].stance, Stance::Support);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`AnnotateError`] if the text is too long for a document.
    pub fn try_sentence(
        &self,
        language: LanguageCode,
        headline: &str,
        cue: &str,
        content: &str,
    ) -> Result<Vec<Position>, AnnotateError> {
        Ok(self.positions(&article(language, headline, cue, content)?)?)
    }

    fn positions(&self, document: &Document) -> Result<Vec<Position>, MissingLayer> {
        if document.quotes()?.is_empty() {
            return Ok(Vec::new());
        }
        let reading = Reading::new(document, &self.lexicons)?;
        let mut positions = Vec::new();
        for (topic, name) in self.topics.iter().enumerate() {
            let about = About::new(&reading, topic as u16)?;
            for quote in 0..reading.quotes.len() {
                positions.extend(self.position(&reading, &about, quote, name));
            }
        }
        positions.sort_by_key(|position| position.quote);
        Ok(positions)
    }

    fn position(&self, reading: &Reading<'_>, about: &About, quote: usize, topic: &str) -> Option<Position> {
        if reading.zone(quote, Zone::Content).is_empty() {
            return None;
        }
        let seen = features(reading, about, &self.weights.vocabulary, quote);
        let judgement = self.weights.judge(seen.iter().map(|seen| seen.feature));
        if judgement.about < THRESHOLD {
            return None;
        }
        let (stance, probability) = judgement.stance();
        let (evidence, by) = self.evidence(&seen, stance);
        let content = &reading.quotes[quote].content;
        Some(Position {
            quote,
            topic: topic.to_owned(),
            stance,
            score: judgement.about * probability,
            evidence: if evidence.is_empty() { content.iter().take(1).copied().collect() } else { evidence },
            by,
        })
    }

    /// The words that say most for the stance, and what names the topic; with the rule that says most.
    fn evidence(&self, seen: &[Seen], stance: Stance) -> (Vec<Span>, &'static str) {
        let classes = seen.iter().filter(|seen| seen.feature.class().is_some_and(Class::shows));
        let weighed = classes.map(|seen| (self.weights.says(seen, stance), seen));
        let mut telling: Vec<(f32, &Seen)> = weighed.filter(|(weight, _)| *weight > TELLING).collect();
        telling.sort_by(|left, right| right.0.total_cmp(&left.0));
        let by = telling.first().and_then(|(_, seen)| seen.feature.class()).map_or("rule:context", Class::rule);
        let term = Feature::of_class(Zone::Content, Class::Term, Form::Plain);
        let term = seen.iter().find(|seen| seen.feature == term).and_then(|seen| seen.span);
        let strongest = telling.iter().take(EVIDENCE).filter_map(|(_, seen)| seen.span);
        (merged(strongest.chain(term).collect()), by)
    }
}

impl Annotator for PositionFinder {
    fn requires(&self) -> &'static [Layer] {
        &[Layer::Paragraphs, Layer::Language, Layer::Sentences, Layer::Tokens, Layer::Quotes]
    }

    fn provides(&self) -> &'static [Layer] {
        &[Layer::Positions, Layer::Profile]
    }

    fn annotate(&self, document: &mut Document) -> Result<(), AnnotateError> {
        let positions = self.positions(document)?;
        let quotes = document.quotes()?;
        let profile = profile(&positions, |quote| quotes.get(quote)?.speaker.map(|link| link.speaker));
        document.set_profile(profile);
        document.set_positions(positions);
        Ok(())
    }
}
