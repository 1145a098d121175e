//! From a document with its layers to a record: bytes to code points, indices to ids, surfaces beside spans.

use std::borrow::Cow;

use dixit_document::{Document, Layer, Position, Quote};
use dixit_text::{OffsetMap, Span, Unit};

use crate::{
    Annotator, Article, EntityRecord, LanguageRecord, Meta, Named, OffsetUnit, Pair, ParagraphRecord, PositionRecord,
    ProfileRecord, ProfileSpeaker, QuoteRecord, QuoteSpeaker, Record, SchemaVersion, Source, SpeakerRecord, Stretch,
    SubwordsRecord,
};

/// Why a document is no record: a stage made a layer that does not fit the text.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConvertError {
    /// A span reaches beyond the text or cuts a character.
    #[error("the layer `{layer}` has the span {span:?}, in bytes, which reaches beyond the text or cuts a character")]
    BadSpan {
        /// The layer.
        layer: Layer,
        /// The span, in bytes.
        span: Span,
    },
    /// An index points to nothing.
    #[error("the layer `{layer}` points to number {index} of the layer `{target}`, which has fewer")]
    BadIndex {
        /// The layer that points.
        layer: Layer,
        /// The layer that is pointed to.
        target: Layer,
        /// The index.
        index: usize,
    },
}

/// What stays of an article once its text has moved into a document.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// Where it was read.
    pub source: Source,
    /// The fields besides id and text.
    pub meta: Meta,
}

impl Article {
    /// The document of the article, without layers, and the rest.
    ///
    /// # Errors
    /// [`dixit_document::DocumentTooLong`] if the text has 4 GiB or more.
    pub fn into_document(self) -> Result<(Document, Envelope), dixit_document::DocumentTooLong> {
        let document = Document::new(self.id, self.text)?;
        Ok((document, Envelope { source: self.source, meta: self.meta }))
    }
}

impl<'a> Record<'a> {
    /// The record of a document.
    ///
    /// # Errors
    /// [`ConvertError`] if a layer does not fit the text or another layer.
    pub fn new(document: &'a Document, envelope: &'a Envelope, annotator: &'a Annotator) -> Result<Self, ConvertError> {
        let view = View { document, offsets: OffsetMap::new(document.text(), Unit::CodePoint) };
        Ok(Self {
            schema: SchemaVersion::V1,
            id: document.id().into(),
            source: Cow::Borrowed(&envelope.source),
            meta: Cow::Borrowed(&envelope.meta),
            offsets: OffsetUnit::Codepoint,
            text: document.text().into(),
            language: document
                .language()
                .ok()
                .map(|language| LanguageRecord { code: Named(language.code), confidence: language.confidence }),
            paragraphs: view.paragraphs()?,
            sentences: view.pairs(Layer::Sentences, document.sentences().ok())?,
            tokens: view.pairs(Layer::Tokens, document.tokens().ok())?,
            subwords: view.subwords()?,
            entities: view.entities()?,
            speakers: view.speakers()?,
            quotes: view.quotes()?,
            profile: view.profile()?,
            annotator: Cow::Borrowed(annotator),
        })
    }

    /// Leaves a layer out, as if it had not run.
    pub fn omit(&mut self, layer: Layer) {
        match layer {
            Layer::Paragraphs => self.paragraphs = None,
            Layer::Language => {
                self.language = None;
                self.paragraphs.iter_mut().flatten().for_each(|paragraph| paragraph.language = None);
            }
            Layer::Sentences => self.sentences = None,
            Layer::Tokens => self.tokens = None,
            Layer::Subwords => self.subwords = None,
            Layer::Entities => self.entities = None,
            Layer::Speakers => self.speakers = None,
            Layer::Quotes => self.quotes = None,
            Layer::Positions => {
                self.profile = None;
                self.quotes.iter_mut().flatten().for_each(|quote| quote.positions = None);
            }
            Layer::Profile => self.profile = None,
        }
    }
}

/// A document with the map of its offsets.
struct View<'a> {
    document: &'a Document,
    offsets: OffsetMap<'a>,
}

impl<'a> View<'a> {
    fn surface(&self, layer: Layer, span: Span) -> Result<&'a str, ConvertError> {
        span.get(self.document.text()).ok_or(ConvertError::BadSpan { layer, span })
    }

    fn pair(&self, layer: Layer, span: Span) -> Result<Pair, ConvertError> {
        self.surface(layer, span)?;
        let (start, end) = self.offsets.units(span);
        Ok([start as u32, end as u32])
    }

    fn stretch(&self, layer: Layer, span: Span) -> Result<Stretch<'a>, ConvertError> {
        let [start, end] = self.pair(layer, span)?;
        Ok(Stretch { start, end, text: self.surface(layer, span)?.into() })
    }

    fn stretches(&self, layer: Layer, spans: &[Span]) -> Result<Vec<Stretch<'a>>, ConvertError> {
        spans.iter().map(|&span| self.stretch(layer, span)).collect()
    }

    fn pairs(&self, layer: Layer, spans: Option<&[Span]>) -> Result<Option<Vec<Pair>>, ConvertError> {
        spans.map(|spans| spans.iter().map(|&span| self.pair(layer, span)).collect()).transpose()
    }

    fn paragraphs(&self) -> Result<Option<Vec<ParagraphRecord>>, ConvertError> {
        let Ok(paragraphs) = self.document.paragraphs() else { return Ok(None) };
        let languages = self.document.language().ok().map(|language| language.paragraphs.as_slice());
        let record = |(index, paragraph): (usize, &dixit_document::Paragraph)| {
            let [start, end] = self.pair(Layer::Paragraphs, paragraph.span)?;
            let language = match languages {
                None => None,
                Some(codes) => {
                    Some(Named(*codes.get(index).ok_or_else(|| bad_index(Layer::Paragraphs, Layer::Language, index))?))
                }
            };
            Ok(ParagraphRecord { start, end, kind: Named(paragraph.kind), language })
        };
        paragraphs.iter().enumerate().map(record).collect::<Result<_, _>>().map(Some)
    }

    fn subwords(&self) -> Result<Option<SubwordsRecord<'a>>, ConvertError> {
        let Ok(subwords) = self.document.subwords() else { return Ok(None) };
        let offsets = self.pairs(Layer::Subwords, Some(&subwords.spans))?.unwrap_or_default();
        Ok(Some(SubwordsRecord {
            tokenizer: subwords.tokenizer.as_str().into(),
            ids: subwords.ids.as_slice().into(),
            offsets,
            words: subwords.words.as_slice().into(),
            special_tokens_mask: Some(subwords.special.iter().map(|&special| special.into()).collect()),
        }))
    }

    fn entities(&self) -> Result<Option<Vec<EntityRecord<'a>>>, ConvertError> {
        let Ok(entities) = self.document.entities() else { return Ok(None) };
        let record = |(index, entity): (usize, &dixit_document::Entity)| {
            let [start, end] = self.pair(Layer::Entities, entity.span)?;
            Ok(EntityRecord {
                id: entity_id(index),
                start,
                end,
                text: self.surface(Layer::Entities, entity.span)?.into(),
                label: Named(entity.label),
                score: entity.score,
                by: entity.by.into(),
            })
        };
        entities.iter().enumerate().map(record).collect::<Result<_, _>>().map(Some)
    }

    fn speakers(&self) -> Result<Option<Vec<SpeakerRecord<'a>>>, ConvertError> {
        let Ok(speakers) = self.document.speakers() else { return Ok(None) };
        let known = self.document.entities().map_or(0, <[_]>::len);
        let record = |(index, speaker): (usize, &'a dixit_document::Speaker)| {
            if let Some(&bad) = speaker.mentions.iter().find(|&&mention| mention >= known) {
                return Err(bad_index(Layer::Speakers, Layer::Entities, bad));
            }
            Ok(SpeakerRecord {
                id: speaker_id(index),
                name: speaker.name.as_str().into(),
                kind: Named(speaker.kind),
                mentions: speaker.mentions.iter().copied().map(entity_id).collect(),
            })
        };
        speakers.iter().enumerate().map(record).collect::<Result<_, _>>().map(Some)
    }

    fn quotes(&self) -> Result<Option<Vec<QuoteRecord<'a>>>, ConvertError> {
        let Ok(quotes) = self.document.quotes() else { return Ok(None) };
        let mut records: Vec<_> =
            quotes.iter().enumerate().map(|(index, quote)| self.quote(index, quote)).collect::<Result<_, _>>()?;
        if let Ok(positions) = self.document.positions() {
            for quote in &mut records {
                quote.positions = Some(Vec::new());
            }
            for position in positions {
                let quote = records
                    .get_mut(position.quote)
                    .ok_or_else(|| bad_index(Layer::Positions, Layer::Quotes, position.quote))?;
                quote.positions.get_or_insert_default().push(self.position(position)?);
            }
        }
        Ok(Some(records))
    }

    fn quote(&self, index: usize, quote: &'a Quote) -> Result<QuoteRecord<'a>, ConvertError> {
        let stretch = |span: Option<Span>| span.map(|span| self.stretch(Layer::Quotes, span)).transpose();
        Ok(QuoteRecord {
            id: quote_id(index),
            kind: Named(quote.kind),
            content: self.stretches(Layer::Quotes, &quote.content)?,
            cue: stretch(quote.cue)?,
            source: stretch(quote.source)?,
            speaker: self.speaker_of(quote)?,
            positions: None,
            score: quote.score,
            by: quote.by.into(),
        })
    }

    fn speaker_of(&self, quote: &Quote) -> Result<Option<QuoteSpeaker<'a>>, ConvertError> {
        let Some(link) = quote.speaker else { return Ok(None) };
        let speakers = self.document.speakers().unwrap_or_default();
        let speaker =
            speakers.get(link.speaker).ok_or_else(|| bad_index(Layer::Quotes, Layer::Speakers, link.speaker))?;
        Ok(Some(QuoteSpeaker { id: speaker_id(link.speaker), name: speaker.name.as_str().into(), score: link.score }))
    }

    fn profile(&self) -> Result<Option<Vec<ProfileRecord<'a>>>, ConvertError> {
        let Ok(profile) = self.document.profile() else { return Ok(None) };
        let speakers = self.document.speakers().unwrap_or_default();
        let known = self.document.quotes().map_or(0, <[_]>::len);
        let record = |line: &'a dixit_document::ProfileLine| {
            let bad = |target, index| bad_index(Layer::Profile, target, index);
            let speaker = speakers.get(line.speaker).ok_or_else(|| bad(Layer::Speakers, line.speaker))?;
            if line.strongest >= known {
                return Err(bad(Layer::Quotes, line.strongest));
            }
            Ok(ProfileRecord {
                speaker: ProfileSpeaker { id: speaker_id(line.speaker), name: speaker.name.as_str().into() },
                topic: line.topic.as_str().into(),
                stance: Named(line.stance),
                score: line.score,
                quotes: line.quotes as u32,
                strongest: quote_id(line.strongest),
            })
        };
        profile.iter().map(record).collect::<Result<_, _>>().map(Some)
    }

    fn position(&self, position: &'a Position) -> Result<PositionRecord<'a>, ConvertError> {
        Ok(PositionRecord {
            topic: position.topic.as_str().into(),
            stance: Named(position.stance),
            score: position.score,
            evidence: self.stretches(Layer::Positions, &position.evidence)?,
            by: position.by.into(),
        })
    }
}

fn bad_index(layer: Layer, target: Layer, index: usize) -> ConvertError {
    ConvertError::BadIndex { layer, target, index }
}

fn entity_id(index: usize) -> Cow<'static, str> {
    format!("e{}", index + 1).into()
}

fn quote_id(index: usize) -> Cow<'static, str> {
    format!("q{}", index + 1).into()
}

fn speaker_id(index: usize) -> Cow<'static, str> {
    format!("s{}", index + 1).into()
}
