//! `dixit stats`: counts over annotated files.

use std::collections::BTreeMap;
use std::io::{Write, stdout};

use dixit_record::{PositionCount, StanceCounts, Stats};

use super::records::for_each_record;
use crate::ExitStatus;
use crate::arguments::StatsArguments;
use crate::messages::Messages;
use crate::summary::thousands;

/// The longest speaker's name in the table, in characters.
const WIDEST: usize = 40;

pub(crate) fn stats(arguments: &StatsArguments, messages: Messages) -> anyhow::Result<ExitStatus> {
    let mut stats = Stats::default();
    for_each_record(&arguments.files, |record| {
        stats.add(record, arguments.date_field.as_deref());
        Ok(())
    })?;
    if stats.documents == 0 {
        messages.warning("no record was counted");
    }
    let mut out = stdout().lock();
    match (arguments.json, arguments.positions) {
        (true, positions) => writeln!(out, "{}", stats.to_json(positions))?,
        (false, false) => writeln!(out, "{}", layers(&stats))?,
        (false, true) => writeln!(out, "{}", positions(&stats.positions()))?,
    }
    Ok(ExitStatus::Success)
}

/// The counts of the layers, a line each.
fn layers(stats: &Stats) -> String {
    let mut lines = vec![
        format!("documents  {}", thousands(stats.documents)),
        format!("tokens     {}", thousands(stats.tokens)),
        row("languages", &stats.languages),
        row("entities", &stats.entities),
        row("quotes", &stats.quotes),
        format!("  with a speaker {}", thousands(stats.quotes_with_speaker)),
    ];
    for (topic, stances) in &stats.stances {
        let StanceCounts { support, conditional, oppose, neutral } = *stances;
        let total = thousands(stances.total());
        lines.push(format!(
            "positions  {total} on {topic}: support {support}, conditional {conditional}, oppose {oppose}, neutral {neutral}"
        ));
    }
    lines.join("\n")
}

fn row(title: &str, counts: &BTreeMap<&str, u64>) -> String {
    let total = thousands(counts.values().sum());
    let parts: Vec<String> = counts.iter().map(|(name, &count)| format!("{name} {}", thousands(count))).collect();
    let colon = if parts.is_empty() { "" } else { ": " };
    format!("{title:<10} {total}{colon}{}", parts.join(", "))
}

/// The rows as a table whose columns stand one below the other.
fn positions(rows: &[PositionCount]) -> String {
    let name = |row: &PositionCount| {
        let name = row.speaker.as_deref().unwrap_or("-");
        name.chars().map(|character| if character.is_control() { ' ' } else { character }).take(WIDEST).collect()
    };
    let names: Vec<String> = rows.iter().map(name).collect();
    let width = names.iter().map(|name| name.chars().count()).chain(["speaker".len()]).max().unwrap_or_default();
    let topic_width = rows.iter().map(|row| row.topic.chars().count()).chain(["topic".len()]).max().unwrap_or_default();
    let mut lines = vec![format!(
        "{:<topic_width$}  {:<width$}  {:<7}  {:>7}  {:>11}  {:>6}  {:>7}",
        "topic", "speaker", "month", "support", "conditional", "oppose", "neutral"
    )];
    for (row, name) in rows.iter().zip(names) {
        let StanceCounts { support, conditional, oppose, neutral } = row.stances;
        let month = row.month.as_deref().unwrap_or("-");
        lines.push(format!(
            "{:<topic_width$}  {name:<width$}  {month:<7}  {support:>7}  {conditional:>11}  {oppose:>6}  {neutral:>7}",
            row.topic
        ));
    }
    lines.join("\n")
}
