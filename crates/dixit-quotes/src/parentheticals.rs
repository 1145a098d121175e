//! Finds what stands in front of `, he said`, and goes on behind it.

use std::ops::Range;

use dixit_document::LanguageCode;

use crate::boundaries::{begins_attribution, end_of, without_dateline};
use crate::cues::Cue;
use crate::finder::Draft;
use crate::lexicon::Class;
use crate::sources::{find_source, noun_phrase_from};
use crate::words::Words;

/// Whether the cue stands behind a comma with its subject behind it: `, a confirmé le ministère.`
pub(crate) fn ends_clause(words: &Words<'_>, cue: &Cue) -> bool {
    let comma = cue.words.start > 0 && words.is_word(cue.words.start - 1, ",") && !cue.class.is(Class::GERUND);
    comma
        && match cue.clitic {
            Some(_) => true,
            None => noun_phrase_from(words, cue.words.end).is_some_and(|subject| {
                let after = subject.end;
                let named = words.is(subject.start, Class::CAPITAL)
                    || subject.clone().any(|index| words.is(index, Class::ROLE));
                named
                    && (after >= words.len()
                        || words.is(after, Class::MARK.or(Class::PREPOSITION).or(Class::RELATIVE).or(Class::ADVERB)))
            }),
        }
}

/// What a cue attributes in front of it, and behind it if it interrupts: `[The draft], he said, [had been signed].`
pub(crate) fn parenthetical(words: &Words<'_>, cue: &Cue, sentence: &Range<usize>) -> Option<Draft> {
    let french = words.language == LanguageCode::Fr;
    if !(cue.class.is(Class::SPEECH) || french && cue.class.is(Class::CLAUSE)) {
        return None;
    }
    let (front, inverted) = in_front(words, cue, sentence)?;
    if french && !inverted && cue.clitic.is_none() {
        return None;
    }
    let source = find_source(words, cue, cue.clitic.is_some() || inverted)?;
    let rest = interrupted(words, cue, &source, sentence);
    let leads = front.len() <= 6 && words.is(front.start, Class::PREPOSITION.or(Class::SUBORDINATOR).or(Class::ADVERB));
    let far = sentence.end.saturating_sub(cue.words.end.max(source.end)) > 14;
    if rest.is_none() && (front.len() < 3 || !inverted && (leads || far)) {
        return None;
    }
    let mut draft = Draft::of(words, front, Some(cue.words.clone()), Some(source), "rule:clause-before-cue")?;
    if let Some(rest) = rest {
        draft.push(words, rest);
    }
    Some(draft)
}

/// What goes on behind an attribution between commas.
fn interrupted(words: &Words<'_>, cue: &Cue, source: &Range<usize>, sentence: &Range<usize>) -> Option<Range<usize>> {
    let from = cue.words.end.max(if source.start > cue.head { source.end } else { 0 });
    let verbs = Class::RELATIVE.or(Class::COMPLEMENTIZER).or(Class::QUOTED);
    let comma =
        (from..sentence.end.min(from + 12)).find(|&index| words.is_word(index, ",") || words.is(index, verbs))?;
    let opens = words.is_word(comma, ",")
        && !begins_attribution(words, comma + 1)
        && !words.is(comma + 1, Class::GERUND.or(Class::RELATIVE).or(Class::SUBORDINATOR))
        && comma + 2 < sentence.end;
    let verb = |index: usize| {
        words.is(index, Class::AUXILIARY.or(Class::FINITE).or(Class::QUOTED)) || words.language == LanguageCode::Fr
    };
    let goes_on = opens && (comma + 1..sentence.end.min(comma + 8)).any(verb);
    goes_on.then(|| comma + 1..end_of(words, comma + 1, sentence.end))
}

/// The content in front of a cue at the end: `The talks failed, he said.` With whether its source stands behind it.
fn in_front(words: &Words<'_>, cue: &Cue, sentence: &Range<usize>) -> Option<(Range<usize>, bool)> {
    let mut start = cue.words.start;
    let mut steps = 0;
    while start > sentence.start && steps < 12 && !words.is_word(start - 1, ",") {
        if words.is(start - 1, Class::QUOTED.or(Class::COMPLEMENTIZER)) {
            return None;
        }
        start -= 1;
        steps += 1;
    }
    if start <= sentence.start + 1 || !words.is_word(start - 1, ",") {
        return None;
    }
    let between = start..cue.words.start;
    let inverted = between.is_empty();
    if inverted && cue.clitic.is_none() && noun_phrase_from(words, cue.words.end).is_none() {
        return None;
    }
    let named = between
        .clone()
        .any(|index| words.is(index, Class::PRONOUN.or(Class::CAPITAL).or(Class::ROLE).or(Class::DETERMINER)));
    if !inverted && (!named || cue.class.is(Class::GERUND)) {
        return None;
    }
    let front = without_dateline(words, sentence.start..start - 1);
    (!front.is_empty()).then_some((front, inverted))
}
