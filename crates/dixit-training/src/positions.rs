//! Examples for the weights of positions, from articles whose quotes and stances people have marked; and how good
//! weights are on such articles.

use dixit_document::{
    AnnotateError, Annotator as _, Document, Language, LanguageCode, Quote, QuoteType, Speaker, SpeakerKind,
    SpeakerLink, Stance, UnknownName, Vocabulary as _,
};
use dixit_paragraphs::ParagraphSplitter;
use dixit_positions::{Example, PositionFinder, Topic, TopicError};
use dixit_record::{AttributionSpans, GoldDocument, GoldQuote};
use dixit_text::Span;
use dixit_tokens::Tokenizer;

use crate::CorpusError;

/// The topic that the corpora mark stances on.
const DIALOGUE: &str = include_str!("../../../pipelines/topics/dialogue.toml");

/// The topic of dialogue, as the program carries it.
///
/// # Errors
/// [`TopicError`] if the topic file is wrong, which a test excludes.
pub fn dialogue() -> Result<Topic, TopicError> {
    Topic::parse("dialogue", DIALOGUE)
}

/// The example of a line of a corpus: an article with the quotes that people marked in it, each of which counts
/// `weight`; `marked` says whether they marked stances too.
///
/// # Errors
/// [`CorpusError`].
pub fn position_example(line: &str, weight: f32, marked: bool) -> Result<Example, CorpusError> {
    let gold = GoldDocument::from_json(line)?;
    let language = LanguageCode::from_name(gold.language_code().unwrap_or_default())
        .map_err(|error| AnnotateError::Failed(Box::new(error)))?;
    let mut speakers: Vec<Speaker> = Vec::new();
    let mut quotes = Vec::new();
    for (quote, spans) in gold.attributions.iter().chain(&gold.quotes).flatten().zip(gold.attribution_spans()?) {
        let speaker = quote.speaker.as_ref().map(|speaker| speaker_of(&speaker.name, &mut speakers));
        let speaker = speaker.map(|speaker| SpeakerLink { speaker, score: 1.0 });
        let (kind, stance) = names_of(quote).map_err(|error| AnnotateError::Failed(Box::new(error)))?;
        let AttributionSpans { content, cue, source } = spans;
        let (cue, source) = (whole(&cue), whole(&source));
        quotes.push((Quote { kind, content, cue, source, speaker, score: 1.0, by: "gold" }, stance));
    }
    quotes.sort_by_key(|(quote, _)| quote.content.first().copied());
    let (quotes, stances): (Vec<Quote>, Vec<Option<Stance>>) = quotes.into_iter().unzip();
    let mut document = Document::new(gold.id, gold.text)?;
    ParagraphSplitter::new().annotate(&mut document)?;
    let paragraphs = vec![language; document.paragraphs().map_or(0, <[_]>::len)];
    document.set_language(Language { code: language, confidence: 1.0, paragraphs });
    Tokenizer::new().annotate(&mut document)?;
    document.set_speakers(speakers);
    document.set_quotes(quotes);
    Ok(Example { document, stances, marked, weight })
}

/// The type and the stance of a quote; one without a type counts as indirect.
fn names_of(quote: &GoldQuote) -> Result<(QuoteType, Option<Stance>), UnknownName> {
    let kind = quote.kind.as_deref().map_or(Ok(QuoteType::Indirect), QuoteType::from_name)?;
    Ok((kind, quote.stance("dialogue").map(Stance::from_name).transpose()?))
}

/// From the first of several stretches to the last.
fn whole(stretches: &[Span]) -> Option<Span> {
    Some(Span::new(stretches.first()?.start(), stretches.last()?.end()))
}

/// The index of the speaker of that name, which is added where it is new.
fn speaker_of(name: &str, speakers: &mut Vec<Speaker>) -> usize {
    if let Some(index) = speakers.iter().position(|speaker| speaker.name == name) {
        return index;
    }
    speakers.push(Speaker { name: name.to_owned(), kind: SpeakerKind::Description, mentions: Vec::new() });
    speakers.len() - 1
}

/// How many bins of scores a reliability table has.
pub const BINS: usize = 5;

/// How good weights are on articles with marked quotes.
#[derive(Clone, Debug, Default)]
pub struct PositionScores {
    /// By stance: how many were found and right, found, marked.
    pub stances: [[usize; 3]; 4],
    /// The same for being about the topic, whatever the stance.
    pub about: [usize; 3],
    /// By the score of what was found, in fifths from 0: how many were found, were right, and the sum of their scores.
    pub reliability: [(usize, usize, f32); BINS],
}

impl PositionScores {
    /// The scores of `weights`, as [`dixit_positions::train()`] returned them, on marked examples.
    ///
    /// # Errors
    /// [`AnnotateError`] if an example lacks a layer.
    pub fn measure(topic: &Topic, weights: &str, examples: &[Example]) -> Result<Self, AnnotateError> {
        let finder = PositionFinder::with_learned(vec![topic.clone()], weights);
        let mut scores = Self::default();
        for example in examples {
            let mut document = example.document.clone();
            finder.annotate(&mut document)?;
            for stance in example.stances.iter().flatten() {
                scores.stances[*stance as usize][2] += 1;
                scores.about[2] += 1;
            }
            for position in document.positions()? {
                let marked = example.stances.get(position.quote).copied().flatten();
                scores.add(position.stance, position.score, marked);
            }
        }
        Ok(scores)
    }

    fn add(&mut self, found: Stance, score: f32, marked: Option<Stance>) {
        let right = marked == Some(found);
        self.stances[found as usize][1] += 1;
        self.stances[found as usize][0] += usize::from(right);
        self.about[1] += 1;
        self.about[0] += usize::from(marked.is_some());
        let below = (1..BINS).take_while(|&edge| edge as f32 / BINS as f32 <= score).count();
        let bin = &mut self.reliability[below];
        *bin = (bin.0 + 1, bin.1 + usize::from(right), bin.2 + score);
    }

    /// The mean of the F1 of the stances.
    pub fn macro_f1(&self) -> f64 {
        self.stances.iter().map(f1).sum::<f64>() / self.stances.len() as f64
    }

    /// The F1 of being about the topic.
    pub fn about_f1(&self) -> f64 {
        f1(&self.about)
    }
}

fn f1(&[right, found, marked]: &[usize; 3]) -> f64 {
    2.0 * right as f64 / (found + marked).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"id":"a","lang":"en","text":"Talks\n\nHe said talks must resume. She put the dead at ten.",
        "quotes":[{"content":[[38,53]],"type":"indirect","cue":[34,37],"source":null,"speaker":"Léa","position":null},
        {"content":[[15,32]],"type":"indirect","cue":[10,14],"source":[7,9],"speaker":"Tom","position":"support"}]}"#;

    #[test]
    fn an_example_has_its_quotes_in_the_order_of_the_text() {
        let example = position_example(LINE, 1.0, true).unwrap();
        assert_eq!(example.stances, [Some(Stance::Support), None]);
        let quotes = example.document.quotes().unwrap();
        assert_eq!(example.document.slice(quotes[0].content[0]), "talks must resume");
        assert_eq!(example.document.speakers().unwrap()[quotes[0].speaker.unwrap().speaker].name, "Tom");
    }

    #[test]
    fn scores_count_what_is_found_right_and_marked() {
        let mut scores = PositionScores::default();
        scores.stances[0][2] = 1;
        scores.about[2] = 1;
        scores.add(Stance::Support, 0.9, Some(Stance::Support));
        scores.add(Stance::Oppose, 0.5, None);
        assert_eq!((scores.stances[0], scores.about), ([1, 1, 1], [1, 2, 1]));
        assert_eq!((scores.reliability[4], scores.reliability[2]), ((1, 1, 0.9), (1, 0, 0.5)));
        assert!((scores.about_f1() - 2.0 / 3.0).abs() < 1e-9 && (scores.macro_f1() - 0.25).abs() < 1e-9);
    }

    #[test]
    fn weights_that_are_learned_are_measured() {
        let example = position_example(LINE, 1.0, true).unwrap();
        let topic = dialogue().unwrap();
        let settings = dixit_positions::TrainingSettings { own_weight: 0.0, ..Default::default() };
        let weights = dixit_positions::train(&topic, std::slice::from_ref(&example), settings).unwrap();
        let scores = PositionScores::measure(&topic, &weights, &[example]).unwrap();
        assert_eq!((scores.about, scores.stances[0]), ([1, 1, 1], [1, 1, 1]));
    }
}
