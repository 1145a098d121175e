//! Names: runs of capitalised words, and what they name.

use std::ops::Range;

use dixit_document::{Entity, EntityLabel, LanguageCode};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::lexicon::Lists;
use crate::words::Words;

/// What a document says of its names: for each word of a name, the label that it has where that is sure.
#[derive(Default)]
pub(crate) struct Memory {
    labels: FxHashMap<String, EntityLabel>,
    /// Words that also stand in lower case.
    lower: FxHashSet<String>,
    /// Words that have a capital inside a sentence.
    capitals: FxHashSet<String>,
}

/// A run of words that may be a name.
pub(crate) struct Name {
    pub(crate) words: Range<usize>,
    pub(crate) label: EntityLabel,
    pub(crate) score: f32,
    pub(crate) by: &'static str,
}

impl Memory {
    /// Notes which words of a sentence stand in lower case, and which have a capital that their place does not explain.
    pub(crate) fn note_case(&mut self, words: &Words<'_>, shouting: bool) {
        for index in 0..words.len() {
            let word = words.surface(index);
            let set = if word.starts_with(char::is_lowercase) {
                &mut self.lower
            } else if words.is_capital(index) && index > 0 && !shouting && !opens_sentence(words.surface(index - 1)) {
                &mut self.capitals
            } else {
                continue;
            };
            if word.len() > 2 && !set.contains(word) {
                set.insert(word.to_owned());
            }
        }
    }

    /// Notes a name whose label is sure.
    pub(crate) fn note(&mut self, words: &Words<'_>, name: &Name) {
        if name.score < 0.7 {
            return;
        }
        for index in
            name.words.clone().filter(|&index| words.is_capital(index) && words.surface(index).chars().count() > 2)
        {
            self.labels.entry(words.surface(index).to_owned()).or_insert(name.label);
        }
    }

    fn label(&self, word: &str) -> Option<EntityLabel> {
        self.labels.get(word).copied()
    }

    fn is_common(&self, word: &str) -> bool {
        self.lower.contains(&word.to_lowercase())
    }
}

/// The name that begins at the word `start`, if one does.
///
/// *Finds* listed names, and runs of capitalised words with connectors inside: `Ministry of Defence`, `Iyad Ag Ghaly`.
/// *Example fr*: `ministère de l'Intérieur`. *Leaves alone* the first word of a sentence if the document has it in lower case.
pub(crate) fn name_at(words: &Words<'_>, start: usize, memory: &Memory, shouting: bool) -> Option<Name> {
    let french = words.language == LanguageCode::Fr;
    if french
        && words.is(start, Lists::ORGANIZATION_WORD.or(Lists::FACILITY_WORD).or(Lists::PLACE_WORD))
        && !words.is_capital(start)
    {
        return french_headed(words, start);
    }
    if !words.is_capital(start) && !words.first_byte(start).is_ascii_digit() || words.first_byte(start).is_ascii_digit()
    {
        return None;
    }
    if let Some((length, lists)) = words
        .lexicon
        .phrase(words.surface(start), |offset| words.spans.get(start + offset).map(|span| span.of(words.text)))
    {
        let next_is_name = words.is_capital(start + length) && !words.is(start + length, Lists::TITLE);
        if !next_is_name || lists.is(Lists::PLACE) {
            return Some(Name { words: start..start + length, label: label_of(lists), score: 0.85, by: "list:phrase" });
        }
    }
    let end = run_end(words, start, french);
    let mut range = start..end;
    while range.start < range.end && is_no_name(words, range.start, start, memory, shouting) {
        range.start += 1;
    }
    while range.start < range.end && words.is(range.end - 1, Lists::CONNECTOR) && !words.is_capital(range.end - 1) {
        range.end -= 1;
    }
    if range.is_empty() || !words.is_capital(range.start) {
        return (!range.is_empty()).then(|| name_at(words, range.start, memory, shouting)).flatten();
    }
    Some(classify(words, range, memory))
}

/// The word behind the run of capitals that begins at `start`.
fn run_end(words: &Words<'_>, start: usize, french: bool) -> usize {
    let mut end = start + 1;
    loop {
        let hyphened =
            words.surface(end) == "-" && touches(words, end) && words.is_capital(end + 1) && touches(words, end + 1);
        if hyphened {
            end += 2;
            continue;
        }
        if words.is_capital(end) && !words.is(end, Lists::WEEKDAY.or(Lists::MONTH)) {
            end += 1;
            continue;
        }
        // A connector goes on if a capital follows: `Bank of England`, `Nusrat al-Islam wal-Muslimin`.
        let mut after = end;
        while words.is(after, Lists::CONNECTOR) && !words.is_capital(after) && after < end + 3 {
            after += 1;
        }
        let joins = after > end && words.is_capital(after) && connects(words, end, start, french);
        if !joins {
            return end.min(words.len());
        }
        end = after + 1;
    }
}

/// Whether the word touches the one in front of it.
fn touches(words: &Words<'_>, index: usize) -> bool {
    index > 0 && index < words.len() && words.spans[index - 1].end() == words.spans[index].start()
}

/// Whether the connector at `index` joins the names around it.
fn connects(words: &Words<'_>, index: usize, start: usize, french: bool) -> bool {
    let headed = (start..index)
        .any(|word| words.is(word, Lists::ORGANIZATION_WORD.or(Lists::FACILITY_WORD).or(Lists::PLACE_WORD)));
    match words.surface(index) {
        "of" | "for" | "and" | "'s" | "’s" | "in" | "on" | "to" | "the" => {
            headed && !matches!(words.surface(index), "in" | "on" | "to" | "the" | "'s" | "’s")
        }
        "de" | "du" | "des" | "d'" | "d’" | "la" | "le" | "les" | "l'" | "l’" | "et" | "pour" | "en" | "sur" | "à"
        | "au" | "aux" => {
            if french {
                headed
            } else {
                matches!(words.surface(index), "de" | "la" | "du")
            }
        }
        _ => true,
    }
}

/// `ministère de l'Intérieur`, `université de Bamako`: in French the head of the name is in lower case.
fn french_headed(words: &Words<'_>, start: usize) -> Option<Name> {
    let mut end = start + 1;
    let mut named = false;
    while end < words.len() && end - start < 10 {
        if words.is_capital(end) && !words.is(end, Lists::DEMONYM.or(Lists::TITLE)) {
            named = true;
        } else if named
            || !words.is(end, Lists::CONNECTOR)
            || matches!(words.surface(end), "et" | "pour" | "sur" | "en" | "à")
        {
            break;
        }
        end += 1;
    }
    if !named {
        return None;
    }
    let (label, only) = if words.is(start, Lists::ORGANIZATION_WORD) {
        (EntityLabel::Organization, true)
    } else if words.is(start, Lists::FACILITY_WORD) {
        (EntityLabel::Facility, true)
    } else {
        (EntityLabel::Location, true)
    };
    only.then_some(Name { words: start..end, label, score: 0.55, by: "rule:headed-name" })
}

/// Whether the word at `index` only stands in capitals for its place in the sentence.
fn is_no_name(words: &Words<'_>, index: usize, start: usize, memory: &Memory, shouting: bool) -> bool {
    let word = words.surface(index);
    let listed = words.is(index, Lists::PLACE.or(Lists::DEMONYM).or(Lists::ORGANIZATION).or(Lists::GIVEN_NAME));
    let numeral = word.trim_end_matches(['e', 'r']).chars().all(|c| "IVXLC".contains(c)) && word.ends_with(['e', 'r']);
    if numeral || matches!(word, "I" | "A") {
        return true;
    }
    if words.is(index, Lists::TITLE) && !listed || words.is(index, Lists::WEEKDAY.or(Lists::MONTH)) {
        return true;
    }
    if listed {
        return false;
    }
    let first = index == start && (index == 0 || opens_sentence(words.surface(index - 1)));
    if first && !words.is_capital(index + 1) && !memory.capitals.contains(word) {
        return true;
    }
    let short = word.chars().count() == 1 && !word.ends_with('.');
    (first || shouting) && (memory.is_common(word) || words.lexicon.lists(&word.to_lowercase()).is(Lists::STARTER))
        || short && first
}

/// Whether a word behind this mark may have its capital for that alone.
fn opens_sentence(mark: &str) -> bool {
    matches!(mark, "“" | "\"" | "«" | "‘" | "'" | ":" | "-" | "–" | "—" | "..." | "…" | "(" | "”" | "»" | ".")
}

/// What the name is.
fn classify(words: &Words<'_>, range: Range<usize>, memory: &Memory) -> Name {
    let any = |lists: Lists| range.clone().any(|index| words.is(index, lists));
    let titled = range.start > 0 && words.is(range.start - 1, Lists::TITLE);
    let length = range.len();
    let surface = words.surface(range.start);
    let all_capitals = length == 1 && surface.chars().count() > 1 && surface.chars().all(|c| !c.is_lowercase());
    let (label, score, by) = if titled && !any(Lists::ORGANIZATION_WORD) {
        (EntityLabel::Person, 0.85, "rule:title")
    } else if length == 1 && any(Lists::DEMONYM) {
        (EntityLabel::Norp, 0.85, "list:demonym")
    } else if any(Lists::ORGANIZATION_WORD) && length > 1 || any(Lists::ORGANIZATION) {
        (EntityLabel::Organization, 0.75, "list:organization")
    } else if length > 1 && words.is(range.start, Lists::GIVEN_NAME) {
        (EntityLabel::Person, 0.85, "list:given-name")
    } else if any(Lists::FACILITY_WORD) && length > 1 {
        (EntityLabel::Facility, 0.6, "list:facility-word")
    } else if any(Lists::PLACE) || any(Lists::PLACE_WORD) && length > 1 {
        (EntityLabel::Location, 0.8, "list:place")
    } else if let Some(label) = memory.label(words.surface(range.end - 1)).or_else(|| memory.label(surface)) {
        (label, 0.65, "rule:named-before")
    } else if all_capitals {
        (EntityLabel::Organization, 0.6, "rule:acronym")
    } else if length == 1 && any(Lists::GIVEN_NAME) || (2..=3).contains(&length) {
        (EntityLabel::Person, 0.5, "rule:name-run")
    } else if length > 3 {
        (EntityLabel::Organization, 0.4, "rule:long-name")
    } else {
        let located = range.start > 0
            && matches!(words.surface(range.start - 1), "in" | "In" | "near" | "à" | "À" | "from" | "at");
        (if located { EntityLabel::Location } else { EntityLabel::Person }, 0.35, "rule:single-name")
    };
    Name { words: range, label, score, by }
}

fn label_of(lists: Lists) -> EntityLabel {
    if lists.is(Lists::PLACE) { EntityLabel::Location } else { EntityLabel::Organization }
}

impl Name {
    pub(crate) fn into_entity(self, words: &Words<'_>) -> Entity {
        words.entity(&self.words, self.label, self.score, self.by)
    }
}
