//! The counts at the end of a run.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use dixit_document::{LanguageCode, Vocabulary};
use dixit_runner::Counts;

/// The counts as lines of text, without a line end at the last. `before` is what was done of it before these `elapsed`.
pub(crate) fn summary(counts: &Counts, before: &Counts, elapsed: Duration) -> String {
    let seconds = elapsed.as_secs_f64().max(0.001);
    let mut lines = format!(
        "{}, {:.2} MB, {} tokens in {seconds:.1} s ({:.0} documents/s, {:.2} MB/s)",
        counted(counts.documents, "document"),
        megabytes(counts.bytes),
        thousands(counts.tokens),
        (counts.documents - before.documents) as f64 / seconds,
        megabytes(counts.bytes - before.bytes) / seconds
    );
    row(&mut lines, "languages", Some(&counts.languages));
    row(&mut lines, "entities", counts.entities.as_ref());
    row(&mut lines, "quotes", counts.quotes.as_ref());
    row(&mut lines, "positions", counts.positions.as_ref());
    let _ = write!(lines, "\n  failures   {}", thousands(counts.failures));
    lines
}

/// What should not be zero and is.
pub(crate) fn doubts(counts: &Counts) -> Vec<String> {
    let mut doubts = Vec::new();
    if counts.documents == 0 {
        doubts.push("no article was annotated".to_owned());
        return doubts;
    }
    if counts.empty > 0 {
        doubts.push(format!("{} of {} documents hold no text", counts.empty, counts.documents));
    }
    if counts.languages.get(&LanguageCode::Und) == Some(&counts.documents) {
        doubts.push("no document is in English or French, so none has entities or quotes".to_owned());
    } else if counts.quotes.as_ref().is_some_and(BTreeMap::is_empty) {
        doubts.push("no quote was found in any document".to_owned());
    }
    doubts
}

/// The time of each stage as lines of text.
pub(crate) fn stages<'s>(names: impl Iterator<Item = &'s str>, counts: &Counts) -> String {
    let total: f64 = counts.stages.iter().map(Duration::as_secs_f64).sum();
    names.zip(&counts.stages).fold(String::from("time by stage, over all threads:"), |mut lines, (name, time)| {
        let share = 100.0 * time.as_secs_f64() / total.max(f64::MIN_POSITIVE);
        let _ = write!(lines, "\n  {name:<10} {:>8.3} s {share:>5.1} %", time.as_secs_f64());
        lines
    })
}

fn row<V: Vocabulary + Ord>(lines: &mut String, title: &str, counts: Option<&BTreeMap<V, u64>>) {
    let Some(counts) = counts else { return };
    let _ = write!(lines, "\n  {title:<10} {}", thousands(counts.values().sum()));
    for (number, (value, &count)) in counts.iter().enumerate() {
        let before = if number == 0 { ": " } else { ", " };
        let _ = write!(lines, "{before}{} {}", value.name(), thousands(count));
    }
}

/// A number with what it counts: `1 document`, `2 documents`.
pub(crate) fn counted(number: u64, noun: &str) -> String {
    format!("{} {noun}{}", thousands(number), if number == 1 { "" } else { "s" })
}

/// `1234567` as `1,234,567`.
pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Bytes as megabytes of a million.
pub(crate) fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_thousands() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!((counted(1, "record"), counted(0, "record")), ("1 record".to_owned(), "0 records".to_owned()));
    }

    #[test]
    fn doubts_a_run_that_found_nothing() {
        assert_eq!(doubts(&Counts::default()), ["no article was annotated"]);
        let counts = Counts { documents: 2, quotes: Some(BTreeMap::new()), ..Counts::default() };
        assert_eq!(doubts(&counts), ["no quote was found in any document"]);
    }
}
