//! Finds what is attributed without marks around all of it: clauses, infinitives and phrases under a cue, and what stands in
//! front of `, he said` or beside `according to`.

use std::ops::Range;

use dixit_document::LanguageCode;

use crate::cues::Cue;
use crate::finder::Draft;
use crate::lexicon::Class;
use crate::sources::{find_source, noun_phrase_from};
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
    let after = behind(words, cue, &sentence);
    if let Some((content, by)) = after {
        let source = find_source(words, cue, false);
        return Draft::of(words, content, Some(cue.words.clone()), source, by);
    }
    if !cue.class.is(Class::SPEECH) {
        return None;
    }
    let inverted = in_front(words, cue, &sentence)?;
    let source = find_source(words, cue, cue.clitic.is_some() || inverted.1)?;
    Draft::of(words, inverted.0, Some(cue.words.clone()), Some(source), "rule:clause-before-cue")
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
    while index < last {
        if words.is(index, Class::QUOTED) {
            break;
        }
        let clause = cue.class.is(Class::CLAUSE) && words.is(index, Class::COMPLEMENTIZER);
        let conditional = words.is_any(index, &["if", "si", "whether"]);
        if clause && (!conditional || index == from || cue.class.is(Class::INFINITIVE) && index <= from + 3) {
            return Some((index..end_of(words, index, sentence.end), "rule:that-clause"));
        }
        if cue.class.is(Class::INFINITIVE)
            && begins_infinitive(words, index, french)
            && (index == from || takes_person(cue) || words.is(index - 1, Class::ADVERB))
        {
            return Some((index..end_of(words, index, sentence.end), "rule:infinitive"));
        }
        let stops = words.is_any(index, &[";", ":", "."])
            || index > from
                && words.is(index, Class::CUE)
                && words.is(index, Class::FINITE)
                && !words.is(index, Class::ROLE.or(Class::DETERMINER).or(Class::PREPOSITION));
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
    let particle = cue.words.end > cue.head + 1;
    let nominal = words.is(from, Class::DETERMINER.or(Class::PRONOUN).or(Class::CAPITAL))
        || !words.is(from, Class::PREPOSITION.or(Class::AUXILIARY).or(Class::SUBORDINATOR));
    if french {
        let infinitive = cue.class.is(Class::CLAUSE.or(Class::INFINITIVE)) && is_infinitive(words.surface(from));
        if infinitive && length >= 2 {
            return Some((from..end, "rule:infinitive"));
        }
        return (cue.class.is(Class::PHRASE) && nominal && length >= 2 && !words.is(from, Class::PREPOSITION))
            .then_some((from..end, "rule:phrase"));
    }
    if cue.class.is(Class::CLAUSE) && length >= 3 && nominal && has_verb(words, from + 1, end) {
        return Some((from..end, "rule:bare-clause"));
    }
    let phrase = cue.class.is(Class::PHRASE) || particle;
    (phrase && nominal && length > usize::from(!particle)).then_some((from..end, "rule:phrase"))
}

/// Whether a verb may stand in the words: an auxiliary, a cue, or a word in `-ed`, `-s` behind a noun.
fn has_verb(words: &Words<'_>, start: usize, end: usize) -> bool {
    (start..end).any(|index| {
        words.is(index, Class::AUXILIARY) || words.is(index, Class::CUE) || {
            let surface = words.surface(index);
            !words.is(index, Class::CAPITAL)
                && (surface.ends_with("ed") || surface.ends_with('s') && surface.len() > 3 || surface.len() <= 5)
        }
    })
}

fn takes_person(cue: &Cue) -> bool {
    cue.class.is(Class::INFINITIVE) && !cue.class.is(Class::GERUND)
}

fn begins_infinitive(words: &Words<'_>, index: usize, french: bool) -> bool {
    if french {
        return words.is_any(index, &["de", "d'", "à"]) && index + 1 < words.len() && {
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
    if start <= sentence.start + 3 || !words.is_word(start - 1, ",") {
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
    let mut begin = sentence.start;
    while begin < start && words.is_any(begin, &["but", "and", "mais", "et", "-", "–", "—"]) {
        begin += 1;
    }
    Some((begin..start - 1, inverted))
}

/// What stands beside `according to X`, `selon X`, `d'après X`.
///
/// *Finds* the clause behind the comma, or in front. *Example en*: `According to the ministry, [four people died].`
/// *Example fr*: `[Quatre personnes sont mortes], selon le ministère.`
/// *Leaves alone* `selon que`, `selon lesquels`, and measures: `according to plan`.
pub(crate) fn according_to(words: &Words<'_>, index: usize) -> Option<Draft> {
    let cue = according_cue(words, index)?;
    let sentence = words.sentence_of(index);
    let source = according_source(words, cue.end, sentence.end)?;
    if words.is_any(source.start, &["plan", "que", "qu'"]) {
        return None;
    }
    let comma = (source.end..sentence.end.min(source.end + 25)).find(|&at| words.is_word(at, ","));
    let at_start = cue.start <= sentence.start + 1;
    let content = match comma {
        Some(comma) if at_start => comma + 1..end_of(words, comma + 1, sentence.end),
        _ if at_start => source.end..end_of(words, source.end, sentence.end),
        _ => {
            let stop = if words.is_word(cue.start - 1, ",") { cue.start - 1 } else { cue.start };
            let begin = clause_start(words, sentence.start, stop);
            begin..stop
        }
    };
    Draft::of(words, content, Some(cue), Some(source), "rule:according-to")
}

/// The first word of the clause that ends before `stop`.
fn clause_start(words: &Words<'_>, start: usize, stop: usize) -> usize {
    (start..stop).rev().find(|&index| words.is_any(index, &[";", ":"])).map_or(start, |index| index + 1)
}

fn according_cue(words: &Words<'_>, index: usize) -> Option<Range<usize>> {
    if words.is(index, Class::QUOTED) {
        return None;
    }
    let length = match words.language {
        LanguageCode::Fr => {
            usize::from(words.is_any(index, &["selon", "d'après"]))
                + 2 * usize::from(words.is_word(index, "d'") && words.is_word(index + 1, "après"))
        }
        _ => 2 * usize::from(words.is_word(index, "according") && words.is_word(index + 1, "to")),
    };
    (length > 0 && index + length < words.len()).then_some(index..index + length)
}

fn according_source(words: &Words<'_>, start: usize, end: usize) -> Option<Range<usize>> {
    noun_phrase_from(words, start).map(|range| range.start..range.end.min(end)).or_else(|| {
        let stop = (start..end).find(|&index| {
            words.is(index, Class::MARK.or(Class::AUXILIARY).or(Class::PREPOSITION).or(Class::QUOTED))
        })?;
        (stop > start).then_some(start..stop)
    })
}

/// The end of the content that begins at `from`: the end of the sentence, unless another attribution follows.
fn end_of(words: &Words<'_>, from: usize, sentence_end: usize) -> usize {
    let mut end = sentence_end;
    for index in from + 1..sentence_end {
        if words.is(index, Class::QUOTED) {
            continue;
        }
        let cuts = words.is_word(index, ";")
            || words.is_word(index, ",") && begins_attribution(words, index + 1)
            || words.is_any(index, &["and", "et"]) && begins_coordinated_cue(words, index + 1)
            || index > from + 1 && according_cue(words, index).is_some();
        if cuts {
            end = index;
            break;
        }
    }
    while end > from
        && words.is(end - 1, Class::MARK)
        && !words.is(end - 1, Class::QUOTED)
        && !matches!(words.surface(end - 1), ")" | "%" | "]" | "$" | "€")
    {
        end -= 1;
    }
    end
}

/// Whether behind a comma an attribution begins: `, adding that`, `, selon lui`.
fn begins_attribution(words: &Words<'_>, index: usize) -> bool {
    let mut at = index;
    while at < words.len() && words.is(at, Class::ADVERB) {
        at += 1;
    }
    let gerund =
        words.is(at, Class::GERUND) && words.is(at, Class::SPEECH.or(Class::CLAUSE)) && !words.is(at, Class::QUOTED);
    let said =
        (at..(at + 6).min(words.len())).find(|&head| words.is(head, Class::SPEECH) && words.is(head, Class::FINITE));
    let trailing = said.is_some_and(|head| {
        let rest = words.sentence_of(head).end.saturating_sub(head + 1);
        let named = (at..head).all(|word| !words.is(word, Class::MARK.or(Class::COMPLEMENTIZER).or(Class::RELATIVE)))
            && head > at;
        named && rest <= 4
    });
    gerund || trailing || according_cue(words, at).is_some()
}

/// Whether behind `and` the next cue of the same subject follows: `and added that`.
fn begins_coordinated_cue(words: &Words<'_>, index: usize) -> bool {
    let mut at = index;
    while at < words.len() && words.is(at, Class::ADVERB.or(Class::AUXILIARY)) {
        at += 1;
    }
    words.is(at, Class::CUE)
        && words.is(at, Class::FINITE.or(Class::PARTICIPLE))
        && !words.is(at, Class::BASE)
        && !words.is(at, Class::QUOTED)
}
