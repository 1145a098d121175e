//! Counts over annotated archives: documents, layers, and who stands where on what, by month.

use std::collections::BTreeMap;

use dixit_document::{Stance, Vocabulary as _};
use serde::Serialize;

use crate::{Record, date_of};

/// Counts over records.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Stats {
    /// Records.
    pub documents: u64,
    /// Tokens.
    pub tokens: u64,
    /// Documents by language.
    pub languages: BTreeMap<&'static str, u64>,
    /// Entities by label.
    pub entities: BTreeMap<&'static str, u64>,
    /// Quotes by type.
    pub quotes: BTreeMap<&'static str, u64>,
    /// Quotes of which the speaker is known.
    pub quotes_with_speaker: u64,
    /// Positions by topic and stance.
    pub stances: BTreeMap<String, StanceCounts>,
    /// Positions by topic, speaker and month.
    #[serde(skip)]
    positions: BTreeMap<(String, Option<String>, Option<String>), StanceCounts>,
}

/// How many positions take each stance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StanceCounts {
    /// For it.
    pub support: u64,
    /// For it under a condition.
    pub conditional: u64,
    /// Against it.
    pub oppose: u64,
    /// Without a side.
    pub neutral: u64,
}

/// How often a speaker took each stance on a topic in a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PositionCount {
    /// The topic's name.
    pub topic: String,
    /// The speaker's name; `None` for quotes of which nobody knows whose they are.
    pub speaker: Option<String>,
    /// `2020-03`; `None` where the article has no date.
    pub month: Option<String>,
    /// The counts.
    #[serde(flatten)]
    pub stances: StanceCounts,
}

impl StanceCounts {
    /// All of them.
    pub fn total(&self) -> u64 {
        self.support + self.conditional + self.oppose + self.neutral
    }

    fn add(&mut self, stance: Stance) {
        *match stance {
            Stance::Support => &mut self.support,
            Stance::Conditional => &mut self.conditional,
            Stance::Oppose => &mut self.oppose,
            Stance::Neutral => &mut self.neutral,
        } += 1;
    }
}

impl Stats {
    /// Counts a record. `date_field` names the field of `meta` that holds its date; without it the usual names are tried.
    pub fn add(&mut self, record: &Record<'_>, date_field: Option<&str>) {
        self.documents += 1;
        self.tokens += record.tokens.as_ref().map_or(0, |tokens| tokens.len() as u64);
        if let Some(language) = &record.language {
            *self.languages.entry(language.code.0.name()).or_default() += 1;
        }
        for entity in record.entities.iter().flatten() {
            *self.entities.entry(entity.label.0.name()).or_default() += 1;
        }
        let month = date_of(&record.meta, date_field).and_then(|date| date.get(..7).map(str::to_owned));
        for quote in record.quotes.iter().flatten() {
            *self.quotes.entry(quote.kind.0.name()).or_default() += 1;
            self.quotes_with_speaker += u64::from(quote.speaker.is_some());
            let speaker = quote.speaker.as_ref().map(|speaker| speaker.name.to_string());
            for position in quote.positions.iter().flatten() {
                let topic = position.topic.to_string();
                self.stances.entry(topic.clone()).or_default().add(position.stance.0);
                let row = (topic, speaker.clone(), month.clone());
                self.positions.entry(row).or_default().add(position.stance.0);
            }
        }
    }

    /// The positions, a row a topic, speaker and month: by topic, then who takes most first, then by month.
    pub fn positions(&self) -> Vec<PositionCount> {
        let mut totals: BTreeMap<(&str, Option<&str>), u64> = BTreeMap::new();
        for ((topic, speaker, _), stances) in &self.positions {
            *totals.entry((topic, speaker.as_deref())).or_default() += stances.total();
        }
        let row = |((topic, speaker, month), &stances): (&(String, Option<String>, Option<String>), &StanceCounts)| {
            PositionCount { topic: topic.clone(), speaker: speaker.clone(), month: month.clone(), stances }
        };
        let mut rows: Vec<PositionCount> = self.positions.iter().map(row).collect();
        let total = |row: &PositionCount| totals.get(&(row.topic.as_str(), row.speaker.as_deref())).copied();
        rows.sort_by(|left, right| left.topic.cmp(&right.topic).then_with(|| total(right).cmp(&total(left))));
        rows
    }

    /// The counts as JSON, pretty-printed; with the rows of [`Stats::positions`] where they are asked for.
    ///
    /// # Panics
    /// Never: counts are always JSON.
    pub fn to_json(&self, positions: bool) -> String {
        #[derive(Serialize)]
        struct Whole<'s> {
            #[serde(flatten)]
            stats: &'s Stats,
            #[serde(skip_serializing_if = "Option::is_none")]
            positions: Option<Vec<PositionCount>>,
        }
        let whole = Whole { stats: self, positions: positions.then(|| self.positions()) };
        serde_json::to_string_pretty(&whole).expect("counts are always JSON")
    }
}
