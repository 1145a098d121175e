//! The arguments that say which articles are shown, and what of them: of view, report and review.

use clap::Args;
use dixit_document::{EntityLabel, LanguageCode, Stance, UnknownName, Vocabulary};
use dixit_review::Filter;

/// Which articles are shown, and what of them.
#[derive(Debug, Args)]
#[command(next_help_heading = "What is shown")]
pub(crate) struct FilterArguments {
    /// Articles in these languages: en, fr, und
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = named::<LanguageCode>)]
    lang: Vec<LanguageCode>,
    /// Entities with these labels, and articles that have one
    #[arg(long, value_name = "LABEL", value_delimiter = ',', value_parser = named::<EntityLabel>)]
    label: Vec<EntityLabel>,
    /// Quotes by speakers whose name has this in it, whatever its case and accents, and articles that have one
    #[arg(long, value_name = "NAME")]
    speaker: Vec<String>,
    /// Quotes that take one of these stances, and articles that have one: support, conditional, oppose, neutral
    #[arg(long, value_name = "STANCE", value_delimiter = ',', value_parser = named::<Stance>)]
    stance: Vec<Stance>,
    /// Entities and quotes with this score or more
    #[arg(long, value_name = "SCORE", value_parser = probability)]
    min_score: Option<f32>,
    /// Entities and quotes with this score or less
    #[arg(long, value_name = "SCORE", value_parser = probability)]
    max_score: Option<f32>,
    /// Articles with these ids
    #[arg(long, value_name = "ID")]
    id: Vec<String>,
    /// Articles whose text has this in it, whatever its case and accents
    #[arg(long, value_name = "TEXT")]
    grep: Option<String>,
}

impl FilterArguments {
    pub(crate) fn filter(&self) -> Filter {
        Filter {
            languages: self.lang.clone(),
            ids: self.id.clone(),
            grep: self.grep.clone(),
            labels: self.label.clone(),
            speakers: self.speaker.clone(),
            stances: self.stance.clone(),
            min_score: self.min_score,
            max_score: self.max_score,
        }
    }
}

fn named<V: Vocabulary>(name: &str) -> Result<V, UnknownName> {
    V::from_name(name)
}

fn probability(text: &str) -> Result<f32, String> {
    let value = text.parse::<f32>().map_err(|error| error.to_string())?;
    if (0.0..=1.0).contains(&value) { Ok(value) } else { Err("a score is between 0 and 1".to_owned()) }
}
