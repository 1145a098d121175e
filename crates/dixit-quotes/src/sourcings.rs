//! Finds what stands beside `according to X`, `selon X`, `pour X`: a source without a verb.

use std::ops::Range;

use dixit_document::LanguageCode;

use crate::boundaries::{end_of, without_dateline};
use crate::finder::Draft;
use crate::lexicon::Class;
use crate::sources::noun_phrase_from;
use crate::words::Words;

/// How many words may stand between a source and the comma behind it: `selon X, professeur à l'université de Y,`.
const APPOSITION: usize = 25;
/// The most words in front that only lead in: `En effet, selon X, …`.
const LEAD: usize = 6;

const ENGLISH: &str = include_str!("../data/en/sourcings.txt");
const FRENCH: &str = include_str!("../data/fr/sourcings.txt");

/// What stands beside `according to X`, `selon X`, `d'après X`.
///
/// *Finds* the clause behind the comma, or in front. *Example en*: `According to the ministry, [four people died].`
/// *Example fr*: `[Quatre personnes sont mortes], selon le ministère.`
/// *Leaves alone* `selon que`, `pour` with anything but a person, a pronoun or a body, and measures: `according to plan`.
pub(crate) fn according_to(words: &Words<'_>, index: usize) -> Option<Draft> {
    let cue = according_cue(words, index)?;
    let sentence = words.sentence_of(index);
    if words.is(cue.end, Class::RELATIVE) {
        return rumour(words, cue, &sentence);
    }
    let source = according_source(words, cue.end, sentence.end)?;
    if words.is_any(source.start, &["plan", "que", "qu'"]) {
        return None;
    }
    let front = without_dateline(words, clause_start(words, sentence.start, cue.start));
    let comma = (source.end..sentence.end.min(source.end + APPOSITION))
        .find(|&at| words.is(at, Class::QUOTED) || words.is_any(at, &[",", ";"]));
    let leads = front.len() <= LEAD
        || words.is_any(cue.start - 1, &["car", "or", "que", "qu'", "that", "et", "mais", "and", "but"]);
    let lone =
        words.is_word(cue.start.wrapping_sub(1), ",") && words.is_any(front.end.wrapping_sub(2), &["que", "that"]);
    let opinion = opinion(words, &source) && leads && (comma.is_some() || words.is(source.end, Class::PRONOUN));
    if words.is_word(cue.start, "pour") && !opinion {
        return None;
    }
    let behind = front.is_empty()
        || words.is_word(cue.start, "pour")
        || comma.is_some_and(|at| (leads || lone) && sentence.end > at + 3);
    let content = if behind {
        let from = comma.map_or(source.end, |at| quoted_behind(words, at, sentence.end));
        let from = from + usize::from(words.is_any(from, &[",", ";", ":"]));
        from..end_of(words, from, sentence.end)
    } else {
        let stop = cue.start - usize::from(words.is_word(cue.start - 1, ","));
        front.start..stop
    };
    Draft::of(words, content, Some(cue), Some(source), "rule:according-to")
}

/// Of a comma with an apposition behind it, where the quotation begins that follows: `selon X, professeur, « … »`.
fn quoted_behind(words: &Words<'_>, comma: usize, end: usize) -> usize {
    let stop = end.min(comma + APPOSITION);
    let verbs = Class::AUXILIARY.or(Class::FINITE).or(Class::SUBORDINATOR);
    let quoted = (comma..stop).find(|&at| words.is(at, Class::QUOTED) || words.is(at, verbs));
    match quoted.filter(|&at| words.is(at, Class::QUOTED)) {
        Some(at) if words.is_any(at.saturating_sub(1), &[",", ";", ":"]) || at == comma => at,
        _ => comma,
    }
}

/// `la rumeur selon laquelle …`: the noun in front is the source.
fn rumour(words: &Words<'_>, cue: Range<usize>, sentence: &Range<usize>) -> Option<Draft> {
    let from = cue.end + 1;
    let noun = (sentence.start..cue.start).rev().take(LEAD).find(|&index| words.is(index, Class::DETERMINER))?;
    let content = from..end_of(words, from.min(sentence.end), sentence.end);
    if content.len() < 3 {
        return None;
    }
    Draft::of(words, content, Some(cue.clone()), Some(noun..cue.start), "rule:according-to")
}

/// Whether `pour` with this source gives an opinion: `pour lui`, `pour le ministre`.
fn opinion(words: &Words<'_>, source: &Range<usize>) -> bool {
    words.is_any(source.start, &["lui", "elle", "eux", "elles"])
        || words.entity_at(source.start).is_some_and(|(entity, _)| {
            matches!(entity.label, dixit_document::EntityLabel::Person | dixit_document::EntityLabel::Organization)
        })
        || source.clone().take(4).any(|index| words.is(index, Class::ROLE)) && words.is(source.start, Class::DETERMINER)
}

/// The first word of the clause that ends before `stop`.
fn clause_start(words: &Words<'_>, start: usize, stop: usize) -> Range<usize> {
    let begin = (start..stop).rev().find(|&index| words.is_any(index, &[";", ":"])).map_or(start, |index| index + 1);
    begin..stop
}

/// The words of a sourcing that begins at `index`.
pub(crate) fn according_cue(words: &Words<'_>, index: usize) -> Option<Range<usize>> {
    if words.is(index, Class::QUOTED.or(Class::MARK)) || !words.is(index, Class::SOURCING) {
        return None;
    }
    let list = if words.language == LanguageCode::Fr { FRENCH } else { ENGLISH };
    let length = list.lines().filter_map(|line| matched(words, index, line)).max()?;
    (index + length < words.len()).then_some(index..index + length)
}

/// How many words `line` has, if they stand at `index`.
fn matched(words: &Words<'_>, index: usize, line: &str) -> Option<usize> {
    let mut length = 0;
    for part in line.split(' ') {
        if !words.is_word(index + length, part) {
            return None;
        }
        length += 1;
    }
    Some(length)
}

fn according_source(words: &Words<'_>, start: usize, end: usize) -> Option<Range<usize>> {
    // `selon ce que rapportent des médias`: who reports it stands behind the verb.
    let reported = words.is_word(start, "ce") && words.is_any(start + 1, &["que", "qu'"]);
    let verbs = usize::from(words.is(start + 2, Class::AUXILIARY)) + 1;
    if reported && let Some(source) = noun_phrase_from(words, start + 2 + verbs).filter(|source| source.start < end) {
        return Some(source.start..source.end.min(end));
    }
    let phrase = noun_phrase_from(words, start).filter(|range| range.start < end);
    phrase.map(|range| range.start..range.end.min(end)).or_else(|| {
        let stop = (start..end).find(|&index| {
            words.is(index, Class::MARK.or(Class::AUXILIARY).or(Class::PREPOSITION).or(Class::QUOTED))
        })?;
        (stop > start).then_some(start..stop)
    })
}
