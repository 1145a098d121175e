//! Finds what is attributed without marks around all of it: clauses, infinitives and phrases behind a cue or a noun.

use std::ops::Range;

use dixit_document::LanguageCode;

use crate::boundaries::{end_of, phrase_end};
use crate::cues::Cue;
use crate::finder::Draft;
use crate::lexicon::Class;
use crate::parentheticals::{ends_clause, parenthetical};
use crate::sources::{find_source, noun_phrase_from, phrase_before};
use crate::words::Words;

/// How many words may stand between a cue and what it introduces: `told reporters in the capital on Monday that`.
const GAP: usize = 16;

/// What a cue attributes, if it is not direct speech.
///
/// *Finds* the clause behind `that`, the bare English clause behind `said`, the infinitive behind `vowed`, the phrase behind
/// `condemned`, and the clause in front of a cue at the end.
/// *Example en*: `He said [that the talks had failed].` *Example fr*: `Il refuse [de négocier].`
/// *Leaves alone* cues that nothing follows which they can take.
pub(crate) fn under_cue(words: &Words<'_>, cue: &Cue) -> Option<Draft> {
    let sentence = words.sentence_of(cue.head);
    if cue.passive {
        return under_passive(words, cue, &sentence);
    }
    if ends_clause(words, cue)
        && let Some(draft) = parenthetical(words, cue, &sentence)
    {
        return Some(draft);
    }
    if let Some((content, by)) = behind(words, cue, &sentence) {
        let source = find_source(words, cue, false);
        return Draft::of(words, content, Some(cue.words.clone()), source, by);
    }
    parenthetical(words, cue, &sentence)
}

/// What is said of the subject of a passive, or is its subject: `[L'attentat] a été condamné par X`, `is accused [of fraud]`.
fn under_passive(words: &Words<'_>, cue: &Cue, sentence: &Range<usize>) -> Option<Draft> {
    let french = words.language == LanguageCode::Fr;
    let by = if french { "par" } else { "by" };
    let near = cue.words.end..sentence.end.min(cue.words.end + 8);
    let agent = near.clone().find(|&index| words.is_word(index, by));
    let source = agent.and_then(|index| noun_phrase_from(words, index + 1));
    let from = source.as_ref().map_or(cue.words.end, |source| source.end);
    let own = Some(cue.words.clone());
    let of: &[&str] = if french { &["de", "d'", "d", "des", "du"] } else { &["of"] };
    if cue.class.is(Class::ASCRIPTION) {
        let start = [cue.words.end, from].into_iter().find(|&index| words.is_any(index, of))?;
        let end = phrase_end(words, start, end_of(words, start, sentence.end));
        return Draft::of(words, start..end, own, source, "rule:accused");
    }
    let clause = [cue.words.end, from].into_iter().find(|&index| words.is(index, Class::COMPLEMENTIZER));
    if let Some(start) = clause.filter(|_| cue.class.is(Class::CLAUSE)) {
        return Draft::of(words, start..end_of(words, start, sentence.end), own, source, "rule:that-clause");
    }
    let subject = phrase_before(words, sentence.start, cue.words.start)?;
    source.as_ref().filter(|_| cue.class.is(Class::PHRASE.or(Class::CLAUSE)))?;
    Draft::of(words, subject, own, source, "rule:passive")
}

/// The content behind a cue.
fn behind(words: &Words<'_>, cue: &Cue, sentence: &Range<usize>) -> Option<(Range<usize>, &'static str)> {
    let mut from = cue.words.end;
    if cue.clitic == Some(from) {
        from += 1;
    }
    let french = words.language == LanguageCode::Fr;
    let last = sentence.end.min(from + GAP);
    let mut index = from;
    let mut blocked = false;
    while index < last {
        if words.is(index, Class::QUOTED) {
            break;
        }
        if cue.class.is(Class::CLAUSE) && !cue.class.is(Class::BARE) && index <= from + 2 && asks(words, index, french)
        {
            return Some((index..end_of(words, index, sentence.end), "rule:question"));
        }
        if french && cue.class.is(Class::CLAUSE) && index <= from + 5 && words.is_any(index, &["avoir", "être"]) {
            let start = if words.is_word(index.saturating_sub(1), "n'") { index - 1 } else { index };
            return Some((start..end_of(words, start, sentence.end), "rule:infinitive"));
        }
        let object = index > from + 1 && cue.class.is(Class::PHRASE) && begins_object(words, from);
        let clause = cue.class.is(Class::CLAUSE) && words.is(index, Class::COMPLEMENTIZER) && !object;
        let conditional = words.is_any(index, &["if", "si", "whether"]);
        if clause && (!conditional || index == from || cue.class.is(Class::INFINITIVE) && index <= from + 3) {
            return Some((index..end_of(words, index, sentence.end), "rule:that-clause"));
        }
        if cue.class.is(Class::INFINITIVE)
            && begins_infinitive(words, index, french)
            && (index == from || takes_person(cue) && !blocked || words.is(index - 1, Class::ADVERB))
        {
            return Some((index..phrase_end(words, index, end_of(words, index, sentence.end)), "rule:infinitive"));
        }
        blocked |= words.is(index, Class::AUXILIARY) || words.is_word(index, ",");
        let stops = words.is_any(index, &[";", ":", "."])
            || index > from
                && words.is(index, Class::CUE)
                && words.is(index, Class::FINITE)
                && !words.is(index, Class::ROLE.or(Class::DETERMINER).or(Class::PREPOSITION).or(Class::CAPITAL))
                && !words.is(index - 1, Class::DETERMINER.or(Class::PREPOSITION));
        if stops {
            break;
        }
        index += 1;
    }
    bare(words, cue, from, sentence, french)
}

/// The content right behind a cue, without a word that introduces it.
fn bare(
    words: &Words<'_>,
    cue: &Cue,
    mut from: usize,
    sentence: &Range<usize>,
    french: bool,
) -> Option<(Range<usize>, &'static str)> {
    while from < sentence.end && words.is(from, Class::ADVERB) && !words.is(from, Class::DETERMINER) {
        from += 1;
    }
    if from >= sentence.end || words.is(from, Class::MARK) {
        return None;
    }
    let end = end_of(words, from, sentence.end);
    let length = end.saturating_sub(from);
    if cue.class.is(Class::CALL) {
        let calls = cue.words.end > cue.head + 1 || words.is_any(from, &["à", "au", "aux"]) && length >= 2;
        return calls.then_some((from..end, "rule:call"));
    }
    if cue.class.is(Class::ASCRIPTION) {
        let of: &[&str] = if french { &["de", "d'", "d", "du", "des"] } else { &["of"] };
        let named = (from..end.min(from + 12)).any(|index| words.is_any(index, of));
        return named.then(|| (from..phrase_end(words, from, end), "rule:accused"));
    }
    let particle = cue.words.end > cue.head + 1;
    let nominal = words.is(from, Class::DETERMINER.or(Class::PRONOUN).or(Class::CAPITAL))
        || !words.is(from, Class::PREPOSITION.or(Class::AUXILIARY).or(Class::SUBORDINATOR));
    if french {
        let infinitive = cue.class.is(Class::CLAUSE.or(Class::INFINITIVE)) && is_infinitive(words.surface(from));
        if infinitive && length >= 2 {
            return Some((from..end, "rule:infinitive"));
        }
        let from = behind_date(words, from, end);
        let end = phrase_end(words, from, end);
        return (cue.class.is(Class::PHRASE) && nominal && end > from + 1 && !words.is(from, Class::PREPOSITION))
            .then_some((from..end, "rule:phrase"));
    }
    if cue.class.is(Class::CLAUSE) && length >= 3 && nominal && has_verb(words, cue, from, end) {
        return Some((from..end, "rule:bare-clause"));
    }
    let phrase = cue.class.is(Class::PHRASE) || particle;
    (phrase && nominal && length > usize::from(!particle)).then(|| (from..phrase_end(words, from, end), "rule:phrase"))
}

/// Whether a question begins at the word, reported: `asked [what I was planning]`, `explique [comment]`.
fn asks(words: &Words<'_>, index: usize, french: bool) -> bool {
    if french {
        return words.is_any(index, &["comment", "pourquoi", "combien"])
            || words.is_word(index, "ce") && words.is_any(index + 1, &["que", "qu'"]);
    }
    words.is_any(index, &["what", "how", "why", "who", "where", "whether"])
}

/// Behind a date that stands between the verb and its object: `a communiqué ce samedi 26 mai [le décès]`.
fn behind_date(words: &Words<'_>, from: usize, end: usize) -> usize {
    let number = |index: usize| index < end && words.surface(index).starts_with(|c: char| c.is_ascii_digit());
    if !(words.is_any(from, &["ce", "le"]) && words.is(from + 1, Class::ADVERB)) {
        return from;
    }
    let day = from + 2;
    if number(day) { (day + 2).min(end.saturating_sub(1)) } else { day.min(end.saturating_sub(1)) }
}

/// Whether a clause may begin at `start`: a pronoun that can be a subject, or an auxiliary soon; behind `said` any verb.
fn has_verb(words: &Words<'_>, cue: &Cue, start: usize, end: usize) -> bool {
    if words.is_any(start, &["he", "she", "they", "i", "we", "there"]) {
        return true;
    }
    if !cue.class.is(Class::BARE) {
        return (start + 1..end.min(start + 10)).any(|index| words.is(index, Class::AUXILIARY));
    }
    (start + 1..end).any(|index| {
        words.is(index, Class::AUXILIARY.or(Class::CUE)) || {
            let surface = words.surface(index);
            !words.is(index, Class::CAPITAL)
                && (surface.ends_with("ed") || surface.ends_with('s') && surface.len() > 3 || surface.len() <= 5)
        }
    })
}

/// Whether an object begins at the word, so that `que` behind it is relative: `annonce [la suppression de postes que comptait]`.
fn begins_object(words: &Words<'_>, from: usize) -> bool {
    words.is(from, Class::DETERMINER)
        && !words.is(from + 1, Class::ADVERB)
        && !words.is(from, Class::PREPOSITION.or(Class::PRONOUN))
}

fn takes_person(cue: &Cue) -> bool {
    cue.class.is(Class::INFINITIVE) && !cue.class.is(Class::GERUND)
}

fn begins_infinitive(words: &Words<'_>, index: usize, french: bool) -> bool {
    if french {
        let since = words.is_word(index, "à") && words.is_word(index + 1, "partir");
        return !since && words.is_any(index, &["de", "d'", "à"]) && index + 1 < words.len() && {
            let next = words.surface(index + 1);
            is_infinitive(next)
                || words.is_any(index + 1, &["ne", "se", "s'", "l'", "le", "la", "les", "lui", "y", "en"])
                    && index + 2 < words.len()
                    && is_infinitive(words.surface(index + 2))
                || words.is_word(index + 1, "ne")
        };
    }
    words.is_word(index, "to")
        && index + 1 < words.len()
        && !words.is(index + 1, Class::DETERMINER.or(Class::CAPITAL).or(Class::MARK).or(Class::PRONOUN))
        || words.is_word(index, "not") && words.is_word(index + 1, "to")
}

fn is_infinitive(word: &str) -> bool {
    word.len() > 3
        && (word.ends_with("er") || word.ends_with("ir") || word.ends_with("re") || word.ends_with("oir"))
        && word.starts_with(char::is_lowercase)
        || word == "être"
}

/// What a noun attributes: `his claim [that the talks failed]`, `sa promesse [que …]`, `a threat [to leave]`.
///
/// *Example en*: `The claim [that he fled] was denied.` *Example fr*: `la crainte [que le pays sombre]`.
/// *Leaves alone* the noun without a clause: `a claim on the land`.
pub(crate) fn under_noun(words: &Words<'_>, noun: usize) -> Option<Draft> {
    if !words.is(noun, Class::NOUN_CUE) || words.is(noun, Class::QUOTED) || noun + 2 >= words.len() || noun == 0 {
        return None;
    }
    let next = noun + 1;
    let french = words.language == LanguageCode::Fr;
    let infinitive = !french && words.is_word(next, "to") && begins_infinitive(words, next, french);
    let that = words.is(next, Class::COMPLEMENTIZER) && !words.is_any(next, &["if", "si", "whether"]);
    let nominal = words.is(noun - 1, Class::DETERMINER)
        || words.is_any(noun - 1, &["'s", "’s"])
        || noun > 1 && words.is(noun - 2, Class::DETERMINER);
    if !(that || infinitive) || !nominal {
        return None;
    }
    let sentence = words.sentence_of(noun);
    let content = next..phrase_end(words, next, end_of(words, next, sentence.end));
    let possessor = (noun > 1 && words.is_any(noun - 1, &["'s", "’s"])).then(|| words.entity_at(noun - 2)).flatten();
    let own = words.is_any(noun - 1, &["his", "her", "their", "its"]).then_some(noun - 1..noun);
    let source = possessor.map(|(_, range)| range).or(own);
    Draft::of(words, content, Some(noun..next), source, "rule:noun-cue")
}
