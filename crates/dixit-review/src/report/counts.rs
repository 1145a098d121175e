//! What the report counts, and the overview that tells it.

use std::collections::BTreeMap;

use dixit_document::{EntityLabel, Stance, Vocabulary as _};
use dixit_record::Record;
use maud::{Markup, html};

use super::chart::{self, Bar};
use crate::Selection;

/// How many speakers and how many entities the charts show.
const SHOWN: usize = 20;

/// Counts over what was selected.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) articles: usize,
    entities: usize,
    quotes: usize,
    quotes_with_speaker: usize,
    positions: usize,
    /// By speaker: how many positions take each stance, in the order of [`Stance::ALL`].
    speakers: BTreeMap<String, [usize; Stance::ALL.len()]>,
    names: BTreeMap<(String, EntityLabel), usize>,
}

impl Counts {
    pub(super) fn add(&mut self, record: &Record<'_>, selection: &Selection) {
        self.articles += 1;
        for (_, entity) in selection.entities_of(record) {
            self.entities += 1;
            *self.names.entry((entity.text.to_string(), entity.label.0)).or_default() += 1;
        }
        for (_, quote) in selection.quotes_of(record) {
            self.quotes += 1;
            self.quotes_with_speaker += usize::from(quote.speaker.is_some());
            for position in quote.positions.iter().flatten() {
                self.positions += 1;
                let name = quote.speaker.as_ref().map_or("not known", |speaker| &speaker.name);
                self.speakers.entry(name.to_owned()).or_default()[position.stance.0 as usize] += 1;
            }
        }
    }

    pub(super) fn overview(&self) -> Markup {
        html! {
            section aria-labelledby="overview" {
                h2 #overview { "Overview" }
                dl.counts {
                    @for (name, count) in self.totals() { div { dt { (name) } dd { (thousands(count)) } } }
                }
                (self.stances())
                (self.entities())
            }
        }
    }

    fn totals(&self) -> [(&'static str, usize); 5] {
        [
            ("articles", self.articles),
            ("entities", self.entities),
            ("quotes", self.quotes),
            ("with a speaker", self.quotes_with_speaker),
            ("positions", self.positions),
        ]
    }

    fn stances(&self) -> Markup {
        let mut rows: Vec<_> = self.speakers.iter().collect();
        rows.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.iter().sum::<usize>()));
        let all = rows.len();
        rows.truncate(SHOWN);
        let bars: Vec<Bar<'_>> = rows
            .iter()
            .map(|(name, counts)| {
                let parts = Stance::ALL.iter().zip(**counts).map(|(stance, count)| (stance.name(), count)).collect();
                Bar { name: (*name).clone(), parts }
            })
            .collect();
        let caption = format!("Where {} stand: positions by speaker", most(rows.len(), all, "speakers"));
        html! {
            @if rows.is_empty() { p { "Nobody takes a position here." } }
            @else {
                (chart::figure("stances", &caption, &Stance::ALL.iter().map(|stance| stance.name()).collect::<Vec<_>>(), &bars))
                details {
                    summary { "The same as a table" }
                    div.wide { table {
                        thead { tr { th scope="col" { "Speaker" } @for stance in Stance::ALL { th.number scope="col" { (stance.name()) } } } }
                        tbody { @for (name, counts) in rows { tr { th scope="row" { (name) } @for count in counts { td.number { (thousands(*count)) } } } } }
                    } }
                }
            }
        }
    }

    fn entities(&self) -> Markup {
        let mut rows: Vec<_> = self.names.iter().collect();
        rows.sort_by_key(|&(_, count)| std::cmp::Reverse(*count));
        let all = rows.len();
        rows.truncate(SHOWN);
        let name = |(text, label): &(String, EntityLabel)| format!("{text} ({label})");
        let bars: Vec<Bar<'_>> =
            rows.iter().map(|(key, count)| Bar { name: name(key), parts: vec![("entity", **count)] }).collect();
        let caption = format!("How often {} are named", most(rows.len(), all, "entities"));
        html! {
            @if !rows.is_empty() {
                (chart::figure("entities", &caption, &[], &bars))
                details {
                    summary { "The same as a table" }
                    div.wide { table {
                        thead { tr { th scope="col" { "Entity" } th scope="col" { "Label" } th.number scope="col" { "Times" } } }
                        tbody { @for ((text, label), count) in rows { tr { th scope="row" { (text) } td { (label) } td.number { (thousands(*count)) } } } }
                    } }
                }
            }
        }
    }
}

fn most(shown: usize, all: usize, what: &str) -> String {
    if shown == all {
        format!("the {all} {what}")
    } else {
        format!("the {shown} most frequent of {} {what}", thousands(all))
    }
}

/// `1234567` as `1,234,567`.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|group| str::from_utf8(group).ok()).collect();
    groups.join(",")
}
