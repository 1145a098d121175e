//! Finds what is attributed without marks around all of it: clauses, infinitives and phrases under a cue, and what stands in
//! front of `, he said` or beside `according to`.

use std::ops::Range;

use dixit_document::LanguageCode;

use crate::cues::Cue;
use crate::finder::Draft;
use crate::lexicon::Class;
use crate::sources::{find_source, noun_phrase_from, phrase_before};
use crate::sourcings::according_cue;
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

/// Whether the cue stands behind a comma with its subject behind it: `, a confirmé le ministère.`
fn ends_clause(words: &Words<'_>, cue: &Cue) -> bool {
    let comma = cue.words.start > 0 && words.is_word(cue.words.start - 1, ",") && !cue.class.is(Class::GERUND);
    comma
        && match cue.clitic {
            Some(_) => true,
            None => noun_phrase_from(words, cue.words.end).is_some_and(|subject| {
                let after = subject.end;
                let named = words.is(subject.start, Class::CAPITAL) || subject.clone().any(|index| words.is(index, Class::ROLE));
                named
                    && (after >= words.len()
                        || words.is(after, Class::MARK.or(Class::PREPOSITION).or(Class::RELATIVE).or(Class::ADVERB)))
            }),
        }
}

/// What a cue attributes in front of it, and behind it if it interrupts: `[The draft], he said, [had been signed].`
fn parenthetical(words: &Words<'_>, cue: &Cue, sentence: &Range<usize>) -> Option<Draft> {
    let french = words.language == LanguageCode::Fr;
    if !cue.class.is(Class::SPEECH) && !(french && cue.class.is(Class::CLAUSE)) {
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
    let comma = (from..sentence.end.min(from + 12)).find(|&index| words.is_word(index, ",") || words.is(index, verbs))?;
    let opens = words.is_word(comma, ",")
        && !begins_attribution(words, comma + 1)
        && !words.is(comma + 1, Class::GERUND.or(Class::RELATIVE).or(Class::SUBORDINATOR))
        && comma + 2 < sentence.end;
    let verb = |index: usize| words.is(index, Class::AUXILIARY.or(Class::FINITE).or(Class::QUOTED)) || words.language == LanguageCode::Fr;
    let goes_on = opens && (comma + 1..sentence.end.min(comma + 8)).any(verb);
    goes_on.then(|| comma + 1..end_of(words, comma + 1, sentence.end))
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
        return Draft::of(words, start..end_of(words, start, sentence.end), own, source, "rule:accused");
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
        if cue.class.is(Class::CLAUSE) && !cue.class.is(Class::BARE) && index <= from + 2 && asks(words, index, french) {
            return Some((index..end_of(words, index, sentence.end), "rule:question"));
        }
        if french && cue.class.is(Class::CLAUSE) && index <= from + 5 && words.is_any(index, &["avoir", "être"]) {
            let start = if words.is_word(index.saturating_sub(1), "n'") { index - 1 } else { index };
            return Some((start..end_of(words, start, sentence.end), "rule:infinitive"));
        }
        let clause = cue.class.is(Class::CLAUSE) && words.is(index, Class::COMPLEMENTIZER);
        let conditional = words.is_any(index, &["if", "si", "whether"]);
        if clause && (!conditional || index == from || cue.class.is(Class::INFINITIVE) && index <= from + 3) {
            return Some((index..end_of(words, index, sentence.end), "rule:that-clause"));
        }
        if cue.class.is(Class::INFINITIVE)
            && begins_infinitive(words, index, french)
            && (index == from || takes_person(cue) && !blocked || words.is(index - 1, Class::ADVERB))
        {
            return Some((index..end_of(words, index, sentence.end), "rule:infinitive"));
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
        return named.then_some((from..end, "rule:accused"));
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

/// The end of the content that begins at `from`: the end of the sentence or of the quotation that goes on behind it, unless
/// another attribution follows.
pub(crate) fn end_of(words: &Words<'_>, from: usize, sentence_end: usize) -> usize {
    let mut end = sentence_end;
    let mut index = from;
    while index < sentence_end {
        if words.is(index, Class::QUOTED) {
            index = words.quote_ends[index].max(index + 1);
            end = end.max(index);
            continue;
        }
        let cuts = index > from
            && (words.is_word(index, ";")
                || words.is_word(index, ":") && words.is(index + 1, Class::QUOTED)
                || words.is_word(index, ",") && begins_attribution(words, index + 1)
                || words.is_any(index, &["and", "et"]) && begins_coordinated_cue(words, index + 1)
                || index > from + 1 && according_cue(words, index).is_some() && !words.is_word(index, "pour"));
        if cuts {
            end = index;
            break;
        }
        index += 1;
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

/// Where a phrase ends that runs from `from` to at most `end`: before the next clause.
fn phrase_end(words: &Words<'_>, from: usize, end: usize) -> usize {
    let next = |index: usize| {
        !words.is(index, Class::QUOTED)
            && (words.is_word(index, ",")
                && words.is_any(index + 1, &["mais", "et", "but", "and", "while", "tandis", "alors", "avant", "jusqu'", "après"])
                || words.is_any(index, &["tandis", "whereas", "lorsque", "lorsqu'"]))
    };
    (from + 1..end).find(|&index| next(index)).unwrap_or(end)
}

/// The words behind the place and agency that open a report: `NIORT (AFP) – Dans la salle`, and behind `but`.
pub(crate) fn without_dateline(words: &Words<'_>, range: Range<usize>) -> Range<usize> {
    let mut begin = range.start;
    let dash = (begin..range.end.min(begin + 14)).find(|&index| matches!(words.surface(index), "–" | "—" | "-" | "--"));
    if let Some(dash) = dash.filter(|_| words.is(begin, Class::CAPITAL)) {
        let lower = (begin..dash).filter(|&index| !words.is(index, Class::CAPITAL.or(Class::MARK))).count();
        if lower <= 3 {
            begin = dash + 1;
        }
    }
    while begin < range.end && words.is_any(begin, &["but", "and", "mais", "et", "-", "–", "—"]) {
        begin += 1;
    }
    begin..range.end
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
