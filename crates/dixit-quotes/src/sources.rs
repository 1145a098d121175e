//! Finds who a cue attributes to: the mention nearest to it.

use std::ops::Range;

use dixit_document::{EntityLabel, LanguageCode};

use crate::cues::{Cue, has_be};
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
    subject_before(words, cue).or_else(|| {
        let sentence = words.sentence_of(cue.head);
        let first = sentence.start.max(cue.words.start.saturating_sub(REACH));
        main_subject(words, first, cue.words.start)
    })
}

/// The noun phrase that begins at `start`, as a source: its name, or all of it up to its first preposition or mark.
pub(crate) fn noun_phrase_from(words: &Words<'_>, start: usize) -> Option<Range<usize>> {
    let (phrase, is_plain) = phrase_from(words, start)?;
    Some(if is_plain { with_issuer(words, phrase) } else { phrase })
}

/// The noun phrase that begins at `start`, and whether no name tells where it ends.
fn phrase_from(words: &Words<'_>, start: usize) -> Option<(Range<usize>, bool)> {
    if start >= words.len() || words.is(start, Class::MARK.or(Class::QUOTED)) {
        return None;
    }
    if words.is_pronoun(start) {
        return Some((start..start + 1, false));
    }
    let mut end = start;
    while end < words.len() && end - start < PHRASE {
        if let Some((entity, range)) = words.entity_at(end).filter(|(entity, _)| can_speak(entity.label)) {
            let of = end > start && words.is(end - 1, Class::PREPOSITION);
            // A title may stand before the name: `Interior Minister Luz Manyoma`.
            if entity.label == EntityLabel::Person && !of {
                return Some((range, false));
            }
            end = range.end.max(end + 1);
            if let Some(name) = titled_behind(words, end) {
                return Some((name, false));
            }
            // `Iraq's foreign minister`, `Malaysian lawmaker`: what the name is of comes behind it.
            if is_modifier(words, entity.label, end) {
                end += usize::from(words.is_any(end, POSSESSIVE));
                continue;
            }
            if words.entity_at(end.min(words.len() - 1)).is_none_or(|(next, _)| next.label != EntityLabel::Person)
                && !words.is_any(end, &["de", "du", "of", "d'", "des"])
            {
                return Some((apposed_name(words, end).unwrap_or(start..end.min(words.len())), false));
            }
            continue;
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
    let said = end > start && nominal && (start..end).any(|index| !words.is(index, Class::DETERMINER));
    said.then(|| apposed_name(words, end).map_or((start..end, true), |name| (name, false)))
}

/// The most words of a title between a body's name and a person's.
const TITLE: usize = 5;

/// The person whom a title introduces behind the name of a body or a people: `PBF convenor Sipho Mbele`,
/// `Malaysian member of parliament Ana Lim`.
fn titled_behind(words: &Words<'_>, end: usize) -> Option<Range<usize>> {
    let other = Class::MARK
        .or(Class::AUXILIARY)
        .or(Class::SUBORDINATOR)
        .or(Class::RELATIVE)
        .or(Class::COMPLEMENTIZER)
        .or(Class::QUOTED)
        .or(Class::PRONOUN)
        .or(Class::DETERMINER);
    let title = |&index: &usize| {
        let preposition = words.is(index, Class::PREPOSITION) && !words.is_any(index, &["of", "for"]);
        let verb = words.is(index, Class::CUE) && words.is(index, Class::FINITE) && !words.is(index, Class::ROLE);
        !(words.is(index, other) || preposition || verb)
    };
    let stop = (end..words.len().min(end + TITLE + 1)).take_while(title).find_map(|index| {
        let (entity, range) = words.entity_at(index)?;
        (range.start == index).then_some((entity.label, range))
    });
    let (label, range) = stop.filter(|(_, range)| words.language == LanguageCode::En && range.start > end)?;
    let of = words.is(range.start - 1, Class::PREPOSITION);
    (label == EntityLabel::Person && !of).then_some(range)
}

/// Where a noun phrase ends that names a text by who issued it: `a press release from the ministry`, `a video released by police`.
fn with_issuer(words: &Words<'_>, phrase: Range<usize>) -> Range<usize> {
    let dated = words.is_word(phrase.end, "on").then(|| words.entity_at(phrase.end + 1)).flatten();
    let by = dated.filter(|(entity, _)| !can_speak(entity.label)).map_or(phrase.end, |(_, range)| range.end);
    let text = words.language == LanguageCode::En
        && words.is_any(by, &["by", "from"])
        && !phrase.clone().any(|index| words.is(index, Class::ROLE.or(Class::CAPITAL)));
    let issuer = text.then(|| phrase_from(words, by + 1)).flatten();
    issuer.map_or(phrase.clone(), |(issuer, _)| phrase.start..issuer.end.max(phrase.end))
}

/// The English mark of a possessor.
const POSSESSIVE: &[&str] = &["'s", "’s", "'", "’"];

/// Whether a name that ends at `end` says whose or what kind somebody is that is named behind it.
fn is_modifier(words: &Words<'_>, label: EntityLabel, end: usize) -> bool {
    words.language == LanguageCode::En
        && end + 1 < words.len()
        && !words.is(end, Class::QUOTED)
        && (words.is_any(end, POSSESSIVE) || label == EntityLabel::Norp && words.is(end, Class::ROLE))
}

/// The name between commas behind a description: `la préfète, Armelle Quentric`.
fn apposed_name(words: &Words<'_>, end: usize) -> Option<Range<usize>> {
    let bracket =
        words.is_word(end, "(").then(|| (end..words.len().min(end + 4)).find(|&index| words.is_word(index, ")")));
    let end = bracket.flatten().map_or(end, |bracket| bracket + 1);
    if !words.is_word(end, ",") {
        return None;
    }
    (end + 1..words.len().min(end + 4)).find_map(|index| {
        let (_, range) = words.entity_at(index).filter(|(entity, _)| entity.label == EntityLabel::Person)?;
        let other = Class::MARK.or(Class::PREPOSITION).or(Class::SUBORDINATOR).or(Class::AUXILIARY).or(Class::RELATIVE);
        let titled = (end + 1..index).all(|title| !words.is(title, other));
        (range.start == index && titled).then_some(range)
    })
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
    // `Josphat Lemukol (Suguta North) begged`
    if end > first && words.is_word(end - 1, ")") {
        let open = (first..end).rev().take(PHRASE).find(|&index| words.is_word(index, "("));
        end = open.filter(|&open| open > first).unwrap_or(end);
    }
    if end > first && words.is_word(end - 1, ",") {
        if let Some(name) = name_at_comma(words, first, end - 1) {
            return Some(name);
        }
        let begin = before_apposition(words, first, end - 1);
        // `Le porte-parole, Alain-Claude Bilie By Nzé, déclare`: a name that no entity tells.
        let apposed = begin + 1..end - 1;
        if apposed.len() >= 2 && begin < end - 1 && apposed.clone().all(|index| words.is(index, Class::CAPITAL)) {
            return Some(apposed);
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
    if words.is_pronoun(end - 1) && !words.is(end - 1, Class::QUOTED) {
        return Some(end - 1..end);
    }
    if words.is_any(end - 1, &["and", "et", "but", "mais"]) {
        return main_subject(words, first, end - 1);
    }
    phrase_before(words, first, end)
}

/// The person named right before one of the last commas: `The mediator, Amina Yusuf, said`, `Amina Yusuf, of the Union, said`.
fn name_at_comma(words: &Words<'_>, first: usize, comma: usize) -> Option<Range<usize>> {
    let commas =
        (first + 1..=comma).rev().filter(|&index| words.is_word(index, ",") && !words.is(index, Class::QUOTED));
    commas.take(4).find_map(|index| {
        let (_, name) = words.entity_at(index - 1).filter(|(entity, _)| entity.label == EntityLabel::Person)?;
        let of = governed(words, name.start, first);
        (!of && name.end == index && name.start >= first).then_some(name)
    })
}

/// The source of a cue that has none yet: behind a cue that stands behind its content, else the subject.
///
/// *Example en*: `“…,” said on Monday the head of the union`. *Example fr*: `« … », a indiqué au Monde le procureur`.
/// *Leaves alone* what is passive: `was asked to leave`, `les mesures annoncées`.
pub(crate) fn source_of(words: &Words<'_>, cue: &Range<usize>, behind: bool) -> Option<Range<usize>> {
    let attributes = Class::CUE.or(Class::TRIGGER);
    let head = cue.clone().rev().find(|&index| words.is(index, attributes))?;
    let class = words.classes[head];
    let be = has_be(words, cue.start..head);
    let bare = class.is(Class::PARTICIPLE) && !class.is(Class::FINITE) && cue.len() == 1;
    if bare || be && !class.is(Class::GERUND) && !(cue.start..head).any(|index| words.is_any(index, &["s'", "se"])) {
        return None;
    }
    let french = words.language == LanguageCode::Fr;
    let enclitic = |&index: &usize| french && words.surface(index).starts_with('-') && words.surface(index).len() > 2;
    let clitic = (cue.start..words.len().min(cue.end + 1)).find(enclitic);
    let cue = Cue { words: cue.clone(), head, class, clitic, passive: false };
    let inverted = behind.then(|| inverted_subject(words, cue.words.end)).flatten();
    inverted.or_else(|| find_source(words, &cue, false))
}

/// The subject behind a verb, behind adverbs and to whom it was said: `encore la préfecture`, `au Monde le procureur`.
fn inverted_subject(words: &Words<'_>, start: usize) -> Option<Range<usize>> {
    let mut at = start;
    for _ in 0..3 {
        while at < words.len() && words.is(at, Class::ADVERB) {
            at += 1;
        }
        let prepositional = words.is(at, Class::PREPOSITION) || words.is_any(at, &["au", "aux"]);
        if !prepositional {
            return noun_phrase_from(words, at);
        }
        at = noun_phrase_from(words, at + 1).map_or(at + 2, |object| object.end);
    }
    None
}

/// What of the words that the model takes for a source names somebody: without the clause in front of it; nothing if it is a date or
/// an article alone.
pub(crate) fn cleaned(words: &Words<'_>, source: Range<usize>, cue: Option<&Range<usize>>) -> Option<Range<usize>> {
    let joins = |index: usize| words.is(index, Class::RELATIVE) || words.is_any(index, &["what", "whose"]);
    let in_front = cue.is_some_and(|cue| source.end <= cue.start);
    let clause = source.clone().rev().find(|&index| joins(index) && (in_front || index == source.start));
    let start = clause.filter(|&index| index + 1 < source.end).map_or(source.start, |index| index + 1);
    let start = (start..source.end - 1).find(|&index| !words.is(index, Class::ADVERB)).unwrap_or(start);
    let source = start..source.end;
    if source.len() == 1 && words.is(start, Class::PRONOUN) && !words.is_pronoun(start) {
        return noun_phrase_from(words, start).or(Some(source));
    }
    let empty = Class::DETERMINER.or(Class::MARK).or(Class::PREPOSITION);
    let says_nothing = |index: usize| words.is(index, empty) && !words.is(index, Class::PRONOUN.or(Class::RELATIVE));
    let dated =
        words.entity_at(start).is_some_and(|(entity, range)| !can_speak(entity.label) && range.end >= source.end);
    (!dated && !source.clone().all(says_nothing)).then_some(source)
}

/// Who a sentence names first, in front of the quotation that a colon introduces: `Gonzalo Terrazas, on television: “…”`.
pub(crate) fn before_colon(words: &Words<'_>, first: usize, colon: usize) -> Option<Range<usize>> {
    main_subject(words, first.max(colon.saturating_sub(REACH)), colon)
}

/// Where the apposition between two commas begins, whose last comma is at `comma`.
fn before_apposition(words: &Words<'_>, first: usize, comma: usize) -> usize {
    (first..comma).rev().find(|&index| words.is_word(index, ",") && !words.is(index, Class::QUOTED)).unwrap_or(comma)
}

/// The noun phrase that ends before `end`.
pub(crate) fn phrase_before(words: &Words<'_>, first: usize, end: usize) -> Option<Range<usize>> {
    let mut start = end;
    while start > first && end - start < PHRASE {
        let index = start - 1;
        let stops = words.is(index, Class::QUOTED.or(Class::COMPLEMENTIZER))
            || words.is_pronoun(index)
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
    // `Bruno Le Maire, ministre de l'Économie a affirmé`
    if start > first + 1
        && words.is_word(start - 1, ",")
        && words.is(start, Class::ROLE.or(Class::CAPITAL))
        && let Some((entity, name)) = words.entity_at(start - 2)
        && entity.label == EntityLabel::Person
        && name.end == start - 1
    {
        return Some(name);
    }
    narrow(words, start, end)
}

/// Whether a preposition stands in front of the word, an article between them or not: `de Paul`, `de l'Intérieur`.
fn governed(words: &Words<'_>, index: usize, first: usize) -> bool {
    index > first && words.is(index - 1, Class::PREPOSITION)
        || index > first + 1 && words.is(index - 1, Class::DETERMINER) && words.is(index - 2, Class::PREPOSITION)
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
                // `Iraq's foreign minister said`
                if words.is_any(next, POSSESSIVE) && next + 1 < end {
                    index = next + 1;
                    continue;
                }
                // `Le Canard enchaîné`, `Les Forces démocratiques`: part of a longer name.
                let part = range.start == start + 1 && words.is(start, Class::DETERMINER) && next < end;
                if part && range.len() == 1 && !words.is(next, Class::MARK.or(Class::CAPITAL)) {
                    return Some(start..end);
                }
                let after_preposition = governed(words, range.start, start);
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
    if last_name
        .as_ref()
        .is_some_and(|name| words.entity_at(name.start).is_some_and(|(entity, _)| entity.label == EntityLabel::Person))
    {
        return last_name;
    }
    if let Some(run) = name_run(words, start, end) {
        return Some(run);
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
    let end = if words.is_word(end - 1, "l'") { end - 1 } else { end };
    (begin < end && sayable).then_some(begin..end)
}

/// Capitals at the head of a phrase that no entity covers, with a preposition or nothing behind: `Nadia Ba-Hashwan of the Mothers`.
fn name_run(words: &Words<'_>, start: usize, end: usize) -> Option<Range<usize>> {
    let stop = (start..end).find(|&index| !words.is(index, Class::CAPITAL)).unwrap_or(end);
    let unknown = |index: usize| words.entity_at(index).is_none_or(|(entity, _)| entity.label == EntityLabel::Person);
    let plain = Class::DETERMINER.or(Class::PREPOSITION).or(Class::ROLE).or(Class::ADVERB).or(Class::SUBORDINATOR);
    let name = stop >= start + 2 && (start..stop).all(|index| unknown(index) && !words.is(index, plain));
    (name && (stop == end || words.is(stop, Class::PREPOSITION.or(Class::MARK)))).then_some(start..stop)
}

/// The first name, pronoun or role in front of `end`: the subject of the main clause.
fn main_subject(words: &Words<'_>, first: usize, end: usize) -> Option<Range<usize>> {
    let mut index = first;
    while index < end {
        if words.is(index, Class::QUOTED) {
            index += 1;
        } else if let Some((_, range)) = words.entity_at(index).filter(|(entity, _)| can_speak(entity.label)) {
            let after_preposition = governed(words, range.start, first);
            if !after_preposition {
                let titled = titled_behind(words, range.end).filter(|name| name.end <= end);
                return Some(titled.unwrap_or(range));
            }
            index = range.end.max(index + 1);
        } else if words.surface(index).starts_with('-') && words.surface(index).len() > 2
            || words.is_pronoun(index) && !words.is_any(index, &["it", "on", "you", "vous", "ce", "c'"])
        {
            return Some(index..index + 1);
        } else if words.is(index, Class::ROLE) && index > first && words.is(index - 1, Class::DETERMINER) {
            return Some(index - 1..index + 1);
        } else {
            index += 1;
        }
    }
    noun_phrase_from(words, first).filter(|phrase| phrase.end <= end && words.is(first, Class::DETERMINER))
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
