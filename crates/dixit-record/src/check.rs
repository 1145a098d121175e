//! The checks that a schema cannot make: every offset against the text, every id against what it names.

use std::collections::HashSet;

use dixit_text::{OffsetMap, Span, Unit};

use crate::{Pair, QuoteRecord, Record, Stretch};

/// Something in a record that cannot be right. `at` is the path inside the record, e.g. `quotes[2].cue`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A span ends before it starts or reaches beyond the text.
    #[error("`{at}`: {start}..{end} is not a span of a text of {length} code points")]
    OutsideText {
        /// Where in the record.
        at: String,
        /// The start, in code points.
        start: u32,
        /// The end, in code points.
        end: u32,
        /// The length of the text in code points.
        length: usize,
    },
    /// The text beside a span is not what stands there.
    #[error("`{at}`: the text says `{said}`, but at {start}..{end} stands `{found}`")]
    OtherText {
        /// Where in the record.
        at: String,
        /// The start, in code points.
        start: u32,
        /// The end, in code points.
        end: u32,
        /// What the record says.
        said: String,
        /// What the text has.
        found: String,
    },
    /// Spans that must follow each other overlap or are out of order.
    #[error("`{at}` starts at {start}, before the end of the one in front of it, {before}")]
    OutOfOrder {
        /// Where in the record.
        at: String,
        /// The start, in code points.
        start: u32,
        /// The end of the span in front, in code points.
        before: u32,
    },
    /// An id that nothing has.
    #[error("`{at}` names `{id}`, which is not there")]
    UnknownId {
        /// Where in the record.
        at: String,
        /// The id.
        id: String,
    },
    /// An id that two things have.
    #[error("`{at}` has the id `{id}` again")]
    RepeatedId {
        /// Where in the record.
        at: String,
        /// The id.
        id: String,
    },
    /// A quote's speaker has another name than the speaker of that id.
    #[error("`{at}` calls `{id}` `{said}`, but its name is `{name}`")]
    OtherName {
        /// Where in the record.
        at: String,
        /// The speaker's id.
        id: String,
        /// The name in the quote.
        said: String,
        /// The name in `speakers`.
        name: String,
    },
    /// Parallel lists have different lengths.
    #[error("`{at}` has {found} entries; it must have {wanted}, as the lists beside it")]
    OtherLength {
        /// Where in the record.
        at: String,
        /// How many there are.
        found: usize,
        /// How many there must be.
        wanted: usize,
    },
    /// A quote without content.
    #[error("`{at}` is empty: a quote has at least one stretch of content")]
    NoContent {
        /// Where in the record.
        at: String,
    },
    /// A probability that is none.
    #[error("`{at}` is {value}: a probability is between 0 and 1")]
    NotAProbability {
        /// Where in the record.
        at: String,
        /// The value, as it is written.
        value: String,
    },
}

impl Record<'_> {
    /// Everything in the record that cannot be right; empty for a good one.
    pub fn check(&self) -> Vec<Problem> {
        let mut checker =
            Checker { offsets: OffsetMap::new(&self.text, Unit::CodePoint), text: &self.text, problems: Vec::new() };
        checker.text_layers(self);
        checker.entities(self);
        checker.speakers(self);
        checker.quotes(self);
        checker.profile(self);
        checker.problems
    }
}

struct Checker<'r> {
    offsets: OffsetMap<'r>,
    text: &'r str,
    problems: Vec<Problem>,
}

impl<'r> Checker<'r> {
    fn text_layers(&mut self, record: &'r Record<'_>) {
        if let Some(language) = &record.language {
            self.probability("language.confidence", language.confidence);
        }
        let paragraphs: Vec<Pair> = record.paragraphs.iter().flatten().map(|p| [p.start, p.end]).collect();
        self.sequence("paragraphs", &paragraphs);
        self.sequence("sentences", record.sentences.as_deref().unwrap_or_default());
        self.sequence("tokens", record.tokens.as_deref().unwrap_or_default());
        let Some(subwords) = &record.subwords else { return };
        for (index, &pair) in subwords.offsets.iter().enumerate() {
            self.span(|| format!("subwords.offsets[{index}]"), pair);
        }
        let wanted = subwords.ids.len();
        let mask = subwords.special_tokens_mask.as_ref().map_or(wanted, Vec::len);
        let lengths = [
            ("subwords.offsets", subwords.offsets.len()),
            ("subwords.words", subwords.words.len()),
            ("subwords.special_tokens_mask", mask),
        ];
        for (at, found) in lengths {
            if found != wanted {
                self.problems.push(Problem::OtherLength { at: at.to_owned(), found, wanted });
            }
        }
        let tokens = record.tokens.as_ref().map_or(usize::MAX, Vec::len);
        for (index, word) in subwords.words.iter().enumerate() {
            if word.is_some_and(|word| word as usize >= tokens) {
                let id = format!("token {}", word.unwrap_or_default());
                self.problems.push(Problem::UnknownId { at: format!("subwords.words[{index}]"), id });
            }
        }
    }

    fn entities(&mut self, record: &'r Record<'_>) {
        let entities = record.entities.as_deref().unwrap_or_default();
        self.ids("entities", entities.iter().map(|entity| &*entity.id));
        let mut before = 0;
        for (index, entity) in entities.iter().enumerate() {
            let at = || format!("entities[{index}]");
            let pair = [entity.start, entity.end];
            self.surface(&at, pair, &entity.text);
            self.order(&at, pair, &mut before);
            self.probability(&format!("entities[{index}].score"), entity.score);
        }
    }

    fn speakers(&mut self, record: &'r Record<'_>) {
        let speakers = record.speakers.as_deref().unwrap_or_default();
        self.ids("speakers", speakers.iter().map(|speaker| &*speaker.id));
        let Some(entities) = &record.entities else { return };
        let known: HashSet<&str> = entities.iter().map(|entity| &*entity.id).collect();
        for (index, speaker) in speakers.iter().enumerate() {
            for (mention, id) in speaker.mentions.iter().enumerate() {
                if !known.contains(&**id) {
                    let at = format!("speakers[{index}].mentions[{mention}]");
                    self.problems.push(Problem::UnknownId { at, id: id.to_string() });
                }
            }
        }
    }

    fn quotes(&mut self, record: &'r Record<'_>) {
        let quotes = record.quotes.as_deref().unwrap_or_default();
        self.ids("quotes", quotes.iter().map(|quote| &*quote.id));
        for (index, quote) in quotes.iter().enumerate() {
            self.quote(index, quote);
            self.speaker_of(index, quote, record);
        }
    }

    fn quote(&mut self, index: usize, quote: &QuoteRecord<'_>) {
        if quote.content.is_empty() {
            self.problems.push(Problem::NoContent { at: format!("quotes[{index}].content") });
        }
        let mut before = 0;
        for (part, stretch) in quote.content.iter().enumerate() {
            let at = || format!("quotes[{index}].content[{part}]");
            self.stretch(&at, stretch);
            self.order(&at, [stretch.start, stretch.end], &mut before);
        }
        for (name, stretch) in [("cue", &quote.cue), ("source", &quote.source)] {
            if let Some(stretch) = stretch {
                self.stretch(&|| format!("quotes[{index}].{name}"), stretch);
            }
        }
        self.probability(&format!("quotes[{index}].score"), quote.score);
        for (number, position) in quote.positions.iter().flatten().enumerate() {
            let at = format!("quotes[{index}].positions[{number}]");
            self.probability(&format!("{at}.score"), position.score);
            for (part, stretch) in position.evidence.iter().enumerate() {
                self.stretch(&|| format!("{at}.evidence[{part}]"), stretch);
            }
        }
    }

    fn speaker_of(&mut self, index: usize, quote: &QuoteRecord<'_>, record: &Record<'_>) {
        let Some(speaker) = &quote.speaker else { return };
        let at = format!("quotes[{index}].speaker");
        self.probability(&format!("{at}.score"), speaker.score);
        self.named_speaker(at, &speaker.id, &speaker.name, record);
    }

    /// A speaker that is referred to by id and name.
    fn named_speaker(&mut self, at: String, id: &str, said: &str, record: &Record<'_>) {
        let Some(speakers) = &record.speakers else { return };
        match speakers.iter().find(|known| known.id == id) {
            None => self.problems.push(Problem::UnknownId { at, id: id.to_owned() }),
            Some(known) if known.name != said => self.problems.push(Problem::OtherName {
                at,
                id: id.to_owned(),
                said: said.to_owned(),
                name: known.name.to_string(),
            }),
            Some(_) => {}
        }
    }

    fn profile(&mut self, record: &'r Record<'_>) {
        let quotes: HashSet<&str> = record.quotes.iter().flatten().map(|quote| &*quote.id).collect();
        for (index, line) in record.profile.iter().flatten().enumerate() {
            let at = |field: &str| format!("profile[{index}].{field}");
            self.probability(&at("score"), line.score);
            self.named_speaker(at("speaker"), &line.speaker.id, &line.speaker.name, record);
            if record.quotes.is_some() && !quotes.contains(&*line.strongest) {
                self.problems.push(Problem::UnknownId { at: at("strongest"), id: line.strongest.to_string() });
            }
        }
    }

    /// Spans in the order of the text, without overlaps.
    fn sequence(&mut self, layer: &str, pairs: &[Pair]) {
        let mut before = 0;
        for (index, &pair) in pairs.iter().enumerate() {
            let at = || format!("{layer}[{index}]");
            self.span(at, pair);
            self.order(&at, pair, &mut before);
        }
    }

    fn order(&mut self, at: &dyn Fn() -> String, [start, end]: Pair, before: &mut u32) {
        if start < *before {
            self.problems.push(Problem::OutOfOrder { at: at(), start, before: *before });
        }
        *before = end.max(*before);
    }

    fn span(&mut self, at: impl Fn() -> String, [start, end]: Pair) -> Option<Span> {
        let span = (start <= end).then(|| self.offsets.span(start as usize, end as usize)).flatten();
        if span.is_none() {
            self.problems.push(Problem::OutsideText { at: at(), start, end, length: self.offsets.len() });
        }
        span
    }

    fn stretch(&mut self, at: &dyn Fn() -> String, stretch: &Stretch<'_>) {
        self.surface(at, [stretch.start, stretch.end], &stretch.text);
    }

    fn surface(&mut self, at: &dyn Fn() -> String, pair: Pair, said: &str) {
        let Some(span) = self.span(at, pair) else { return };
        let found = span.of(self.text);
        if found != said {
            let [start, end] = pair;
            let (said, found) = (said.to_owned(), found.to_owned());
            self.problems.push(Problem::OtherText { at: at(), start, end, said, found });
        }
    }

    fn probability(&mut self, at: &str, value: f32) {
        if !(0.0..=1.0).contains(&value) {
            self.problems.push(Problem::NotAProbability { at: at.to_owned(), value: value.to_string() });
        }
    }

    fn ids<'i>(&mut self, layer: &str, ids: impl Iterator<Item = &'i str>) {
        let mut seen = HashSet::new();
        for (index, id) in ids.enumerate() {
            if !seen.insert(id) {
                self.problems.push(Problem::RepeatedId { at: format!("{layer}[{index}]"), id: id.to_owned() });
            }
        }
    }
}
