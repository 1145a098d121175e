//! Finds who a cue attributes to: the mention nearest to it.

use std::ops::Range;

use dixit_document::EntityLabel;

use crate::cues::Cue;
use crate::lexicon::Class;
use crate::words::Words;

/// The most words that are looked back over for a subject.
const REACH: usize = 40;
/// The most words of a noun phrase.
const PHRASE: usize = 14;

/// The source of a cue, as words.
pub(crate) fn find_source(words: &Words<'_>, cue: &Cue, inverted: bool) -> Option<Range<usize>> {
    if let Some(clitic) = cue.clitic {
        return Some(clitic..clitic + 1);
    }
    if inverted && let Some(source) = noun_phrase_from(words, cue.words.end) {
        return Some(source);
    }
    subject_before(words, cue)
}

/// The noun phrase that begins at `start`, as a source: its name, or all of it up to its first preposition or mark.
pub(crate) fn noun_phrase_from(words: &Words<'_>, start: usize) -> Option<Range<usize>> {
    if start >= words.len() || words.is(start, Class::MARK.or(Class::QUOTED)) {
        return None;
    }
    if words.is(start, Class::PRONOUN) {
        return Some(start..start + 1);
    }
    let mut end = start;
    while end < words.len() && end - start < PHRASE {
        if let Some((entity, range)) = words.entity_at(end).filter(|(entity, _)| can_speak(entity.label)) {
            // A title may stand before the name: `Interior Minister Luz Manyoma`.
            return Some(if entity.label == EntityLabel::Person || range.start == start {
                range
            } else {
                start..range.end
            });
        }
        let stops = words.is(end, Class::MARK.or(Class::QUOTED).or(Class::COMPLEMENTIZER).or(Class::RELATIVE))
            || end > start && words.is(end, Class::AUXILIARY.or(Class::SUBORDINATOR))
            || end > start && words.is(end, Class::CUE) && words.is(end, Class::FINITE) && !words.is(end, Class::ROLE);
        if stops || words.is(end, Class::PREPOSITION) && !words.is_any(end, &["de", "du", "of", "d'", "des"]) {
            break;
        }
        end += 1;
    }
    let nominal =
        words.is(start, Class::DETERMINER.or(Class::CAPITAL)) || (start..end).any(|index| words.is(index, Class::ROLE));
    (end > start && nominal && (start..end).any(|index| !words.is(index, Class::DETERMINER))).then_some(start..end)
}

/// The subject in front of the verb group.
fn subject_before(words: &Words<'_>, cue: &Cue) -> Option<Range<usize>> {
    let sentence = words.sentence_of(cue.head);
    let first = sentence.start.max(cue.words.start.saturating_sub(REACH));
    let mut end = cue.words.start;
    let gerund = cue.class.is(Class::GERUND) && !words.is(cue.words.start, Class::AUXILIARY);
    if gerund {
        return main_subject(words, first, end);
    }
    if end > first && words.is_word(end - 1, ",") {
        let begin = before_apposition(words, first, end - 1);
        // `The mediator, Amina Yusuf, said`: the apposition is the name.
        if let Some((_, name)) = words.entity_at(end - 2).filter(|(entity, _)| entity.label == EntityLabel::Person)
            && name == (begin + 1..end - 1)
        {
            return Some(name);
        }
        end = begin;
    }
    if end > first && words.is(end - 1, Class::RELATIVE) && !words.is(end - 1, Class::PRONOUN) {
        end -= 1;
        if end > first && words.is_word(end - 1, ",") {
            end -= 1;
        }
    }
    if end <= first {
        return None;
    }
    if words.is(end - 1, Class::PRONOUN) && !words.is(end - 1, Class::QUOTED) {
        return Some(end - 1..end);
    }
    if words.is_any(end - 1, &["and", "et", "but", "mais"]) {
        return main_subject(words, first, end - 1);
    }
    phrase_before(words, first, end)
}

/// Where the apposition between two commas begins, whose last comma is at `comma`.
fn before_apposition(words: &Words<'_>, first: usize, comma: usize) -> usize {
    (first..comma).rev().find(|&index| words.is_word(index, ",") && !words.is(index, Class::QUOTED)).unwrap_or(comma)
}

/// The noun phrase that ends before `end`.
fn phrase_before(words: &Words<'_>, first: usize, end: usize) -> Option<Range<usize>> {
    let mut start = end;
    while start > first && end - start < PHRASE {
        let index = start - 1;
        let stops = words.is(index, Class::QUOTED.or(Class::COMPLEMENTIZER).or(Class::PRONOUN))
            || words.is(index, Class::MARK) && !matches!(words.surface(index), "-" | "." | "’" | "'" | "&" | "(" | ")")
            || words.is(index, Class::SUBORDINATOR) && !words.is_any(index, &["and", "et"])
            || words.is(index, Class::CUE)
                && words.is(index, Class::FINITE)
                && !words.is(index, Class::ROLE.or(Class::CAPITAL));
        if stops {
            break;
        }
        start = index;
    }
    if start == end {
        return None;
    }
    narrow(words, start, end)
}

/// What of the words `start..end` names who speaks.
fn narrow(words: &Words<'_>, start: usize, end: usize) -> Option<Range<usize>> {
    let mut last_name: Option<Range<usize>> = None;
    let mut index = start;
    while index < end {
        match words.entity_at(index) {
            Some((entity, range)) if can_speak(entity.label) => {
                let person = entity.label == EntityLabel::Person;
                let next = range.end.max(index + 1);
                let after_preposition = range.start > start && words.is(range.start - 1, Class::PREPOSITION);
                if person && !after_preposition
                    || range.start == start
                    || range.start == start + 1 && words.is(start, Class::DETERMINER) && range.end == end
                {
                    last_name = Some(range);
                }
                index = next;
            }
            _ => index += 1,
        }
    }
    if last_name.is_some() {
        return last_name;
    }
    // The phrase begins at its last determiner that no preposition stands before: `in the north the mayor`.
    let mut begin = start;
    for index in start..end {
        let opens = words.is(index, Class::DETERMINER) && (index == start || !words.is(index - 1, Class::PREPOSITION));
        if opens && (index == start || words.is(index - 1, Class::MARK)) {
            begin = index;
        }
    }
    while begin < end && words.is(begin, Class::PREPOSITION.or(Class::MARK).or(Class::ADVERB).or(Class::SUBORDINATOR)) {
        begin += 1;
    }
    let sayable = (begin..end).any(|index| {
        words.is(index, Class::ROLE.or(Class::CAPITAL).or(Class::DETERMINER)) || words.entity_at(index).is_some()
    });
    (begin < end && sayable).then_some(begin..end)
}

/// The first name, pronoun or role in front of `end`: the subject of the main clause.
fn main_subject(words: &Words<'_>, first: usize, end: usize) -> Option<Range<usize>> {
    let mut index = first;
    while index < end {
        if words.is(index, Class::QUOTED) {
            index += 1;
        } else if let Some((_, range)) = words.entity_at(index).filter(|(entity, _)| can_speak(entity.label)) {
            let after_preposition = range.start > 0 && words.is(range.start - 1, Class::PREPOSITION);
            if !after_preposition {
                return Some(range);
            }
            index = range.end.max(index + 1);
        } else if words.is(index, Class::PRONOUN) && !words.is_any(index, &["it", "on", "you", "vous"]) {
            return Some(index..index + 1);
        } else if words.is(index, Class::ROLE) && index > first && words.is(index - 1, Class::DETERMINER) {
            return Some(index - 1..index + 1);
        } else {
            index += 1;
        }
    }
    None
}

/// Whether what has this label can say something.
pub(crate) fn can_speak(label: EntityLabel) -> bool {
    matches!(
        label,
        EntityLabel::Person
            | EntityLabel::Organization
            | EntityLabel::Location
            | EntityLabel::Norp
            | EntityLabel::Misc
            | EntityLabel::Facility
    )
}
