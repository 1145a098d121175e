//! Says where what is attributed begins and ends, in words.

use std::ops::Range;

use crate::lexicon::Class;
use crate::sourcings::according_cue;
use crate::words::Words;

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
                || index > from + 1 && sourcing(words, index));
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

/// Whether `according to` begins at the word; `pour` is too often something else.
fn sourcing(words: &Words<'_>, index: usize) -> bool {
    !words.is_word(index, "pour") && according_cue(words, index).is_some()
}

/// Where a phrase ends that runs from `from` to at most `end`: before the next clause.
pub(crate) fn phrase_end(words: &Words<'_>, from: usize, end: usize) -> usize {
    let next = |index: usize| {
        !words.is(index, Class::QUOTED)
            && (words.is_word(index, ",")
                && words.is_any(
                    index + 1,
                    &["mais", "et", "but", "and", "while", "tandis", "alors", "avant", "jusqu'", "après"],
                )
                || words.is_any(index, &["and", "et", "mais"]) && words.is(index + 1, Class::AUXILIARY)
                || words.is_any(index, &[":", "tandis", "whereas", "lorsque", "lorsqu'"]))
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
pub(crate) fn begins_attribution(words: &Words<'_>, index: usize) -> bool {
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
    gerund || trailing || sourcing(words, at)
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
