//! Gives quotes their speakers, over one whole document; the same for the annotator and for who trains it.

use dixit_document::{AnnotateError, Document, QuoteType, Speaker, SpeakerLink};
use dixit_text::Span;

use crate::finder::{Draft, QuoteLexicons};
use crate::names::Reading;
use crate::speakers::{Asked, Choice, Speakers, feature_names};

/// A quote whose speaker is asked for.
#[derive(Clone, Debug)]
pub struct Attributed {
    /// What is attributed, never empty.
    pub content: Vec<Span>,
    /// The words that signal the attribution.
    pub cue: Option<Span>,
    /// The mention of who is quoted.
    pub source: Option<Span>,
    /// Whether all of the content stands inside quotation marks.
    pub direct: bool,
}

impl From<&Draft> for Attributed {
    fn from(draft: &Draft) -> Self {
        let direct = draft.kind == QuoteType::Direct;
        Self { content: draft.content.clone(), cue: draft.cue, source: draft.source, direct }
    }
}

/// A choice of a speaker, to learn from.
#[derive(Clone, Debug)]
pub struct SpeakerLesson {
    /// Of which of the quotes.
    pub quote: usize,
    /// The candidates in the order in which they are considered.
    pub candidates: Vec<LessonCandidate>,
    /// Which of them the embedded weights take.
    pub best: usize,
}

/// Whom a quote may be given to, with what is known about that.
#[derive(Clone, Debug)]
pub struct LessonCandidate {
    /// The name; `None` for nobody.
    pub name: Option<String>,
    /// Kind, family of kinds, and fact, each: `he`, `pronoun`, `nearest`.
    pub features: Vec<(&'static str, &'static str, &'static str)>,
}

/// Who says which candidate is right; `None` leaves it to the weights.
pub type Teacher<'t> = &'t mut dyn FnMut(SpeakerLesson) -> Option<usize>;

impl QuoteLexicons {
    /// The speakers of quotes, in the order of the text, and the speakers layer. A `teacher` may overrule each choice.
    ///
    /// # Errors
    /// [`AnnotateError`] if a layer is missing that the finder requires.
    pub fn speakers(
        &self,
        document: &Document,
        quotes: &[Attributed],
        mut teacher: Option<Teacher<'_>>,
    ) -> Result<(Vec<Option<SpeakerLink>>, Vec<Speaker>), AnnotateError> {
        let class_of = |word: &str| self.english.class(word).or(self.french.class(word));
        let paragraphs: Vec<Span> = document.paragraphs()?.iter().map(|paragraph| paragraph.span).collect();
        let mut contents: Vec<Span> = quotes.iter().flat_map(|quote| quote.content.iter().copied()).collect();
        contents.sort_unstable();
        contents.dedup_by(|later, earlier| later.overlaps(*earlier));
        let sources: Vec<Span> = quotes.iter().filter_map(|quote| quote.source).collect();
        let reading = Reading {
            text: document.text(),
            entities: document.entities()?,
            sentences: document.sentences()?,
            paragraphs: &paragraphs,
            contents: &contents,
            sources: &sources,
            class_of: &class_of,
        };
        let mut speakers = Speakers::new(reading, &self.speaker_data);
        let mut links = Vec::with_capacity(quotes.len());
        for (index, quote) in quotes.iter().enumerate() {
            let next = quotes.get(index + 1).and_then(|next| next.source);
            let Attributed { content, cue, source, direct } = quote;
            let asked = Asked { content, cue: *cue, source: *source, direct: *direct, next };
            links.push(match &mut teacher {
                None => speakers.resolve(asked, None),
                Some(teacher) => {
                    speakers.resolve(asked, Some(&mut |choice, names| teacher(lesson(index, choice, names))))
                }
            });
        }
        Ok((links, speakers.into_layer()))
    }
}

fn lesson(quote: usize, choice: &Choice, names: &[Option<String>]) -> SpeakerLesson {
    let candidates = choice.candidates.iter().zip(names).map(|(candidate, name)| LessonCandidate {
        name: name.clone(),
        features: feature_names(choice.kind, candidate.features),
    });
    SpeakerLesson { quote, candidates: candidates.collect(), best: choice.best }
}
