//! Finds the verbs that attribute.
//!
//! *Finds* the verb group around a word of `cues.tsv` that stands outside quotation marks, with its auxiliaries, negation and adverbs.
//! *Example en*: `has repeatedly said`. *Example fr*: `a-t-il déclaré`, `n'a pas exclu`.
//! *Leaves alone* nouns of the same form (`the claims`, `la demande`) and participles without an auxiliary (`les mesures annoncées`).

use std::ops::Range;

use dixit_document::LanguageCode;

use crate::lexicon::Class;
use crate::words::Words;

/// Forms of `be` before a participle of the passive.
const BE: &[&str] = &["is", "are", "was", "were", "been", "be", "being"];
/// Forms of `être` before a participle of the passive.
const ETRE: &[&str] = &["été", "est", "sont", "était", "étaient", "fut", "furent", "être", "sera", "soit"];

/// A verb group that may attribute.
#[derive(Clone, Debug)]
pub(crate) struct Cue {
    /// Its words, auxiliaries and adverbs among them.
    pub(crate) words: Range<usize>,
    /// The verb itself.
    pub(crate) head: usize,
    /// What the verb takes, and its form.
    pub(crate) class: Class,
    /// The pronoun in `a-t-il déclaré`, `dit-il`.
    pub(crate) clitic: Option<usize>,
    /// Whether its subject is what is said, not who says it: `a été annoncé par`.
    pub(crate) passive: bool,
}

/// The cues of a paragraph, in order.
pub(crate) fn find_cues(words: &Words<'_>) -> Vec<Cue> {
    let named = |head: usize| words.is(head, Class::CAPITAL) && head > words.sentence_of(head).start;
    let is_cue = |&head: &usize| words.is(head, Class::CUE) && !words.is(head, Class::QUOTED) && !named(head);
    (0..words.len()).filter(is_cue).filter_map(|head| cue_at(words, head)).collect()
}

/// Whether a form of `be` or `être` stands among the words, which makes a participle behind it passive.
pub(crate) fn has_be(words: &Words<'_>, mut group: Range<usize>) -> bool {
    let forms = if words.language == LanguageCode::Fr { ETRE } else { BE };
    group.any(|index| words.is_any(index, forms))
}

fn cue_at(words: &Words<'_>, head: usize) -> Option<Cue> {
    match words.language {
        LanguageCode::Fr => french(words, head),
        _ => english(words, head),
    }
}

fn english(words: &Words<'_>, head: usize) -> Option<Cue> {
    let class = words.classes[head];
    let mut start = head;
    while start > 0 && words.is(start - 1, Class::AUXILIARY.or(Class::ADVERB)) && !words.is(start - 1, Class::MARK) {
        start -= 1;
    }
    while start < head
        && words.is(start, Class::ADVERB)
        && !words.is(start, Class::AUXILIARY)
        && words.is(start, Class::CAPITAL)
    {
        start += 1;
    }
    let auxiliary = (start..head).rev().find(|&index| words.is(index, Class::AUXILIARY));
    let before = start.checked_sub(1);
    let after_noun_mark = before.is_some_and(|index| {
        words.is(index, Class::DETERMINER)
            && !words
                .is_any(index, &["all", "both", "some", "many", "several", "most", "this", "that", "these", "those"])
            || words.is_any(index, &["'s", "’s", "of"])
    });
    if after_noun_mark && auxiliary.is_none() {
        return None;
    }
    let to = before.is_some_and(|index| words.is_word(index, "to"));
    let base_only = class.is(Class::BASE) && !class.is(Class::FINITE);
    if base_only && (to || !has_plural_subject(words, before)) && auxiliary.is_none() {
        return None;
    }
    let be = auxiliary.is_some_and(|index| words.is_any(index, BE));
    let passive = be && !class.is(Class::GERUND) || auxiliary.is_none() && is_accused(words, head, "of");
    if passive && !class.is(Class::ASCRIPTION.or(Class::CLAUSE).or(Class::INFINITIVE)) {
        return None;
    }
    let end = head + 1 + usize::from(takes_particle(words, head));
    Some(Cue { words: start..end, head, class, clitic: None, passive })
}

/// Whether the word is `accused` with what somebody is accused of right behind it.
fn is_accused(words: &Words<'_>, head: usize, preposition: &str) -> bool {
    words.is(head, Class::ASCRIPTION) && words.is_word(head + 1, preposition)
}

/// `pointed out`, `ruled out`, `called for`: the particle is part of the cue.
fn takes_particle(words: &Words<'_>, head: usize) -> bool {
    let out = words.is_any(head, &["point", "points", "pointed", "pointing", "rule", "rules", "ruled", "ruling"]);
    out && words.is_word(head + 1, "out") || words.is(head, Class::CALL) && words.is_any(head + 1, &["for", "on"])
}

/// Whether a base form can be a present: `they say`, `officials say`.
fn has_plural_subject(words: &Words<'_>, before: Option<usize>) -> bool {
    before.is_some_and(|index| {
        words.is(index, Class::PRONOUN)
            || words.surface(index).ends_with('s')
            || words.is(index, Class::ROLE.or(Class::CAPITAL))
    })
}

fn french(words: &Words<'_>, head: usize) -> Option<Cue> {
    let class = words.classes[head];
    let mut start = light_verb(words, head)?;
    let mut auxiliary = None;
    let mut clitic = None;
    while start > 0 {
        let index = start - 1;
        let enclitic = words.surface(index).starts_with('-') && words.surface(index).len() > 1;
        if enclitic {
            clitic = Some(index);
        } else if words.is(index, Class::AUXILIARY) && !words.is(index, Class::CAPITAL) {
            auxiliary.get_or_insert(index);
        } else if !(words.is(index, Class::ADVERB)
            || words.is_any(index, &["s'", "se", "n'", "ne", "l'", "en", "y", "lui", "leur", "m'", "me", "nous"]))
            || words.is(index, Class::CAPITAL.or(Class::MARK))
        {
            break;
        }
        start = index;
    }
    while start < head
        && words.is_any(start, &["en", "l'", "leur", "tout", "ainsi", "alors", "donc"])
        && auxiliary.is_none_or(|aux| start < aux)
        && start + 1 < head
    {
        start += 1;
    }
    let accused = class.is(Class::PARTICIPLE) && (is_accused(words, head, "de") || is_accused(words, head, "d'"));
    if auxiliary.is_none() {
        let nominal = start.checked_sub(1).is_some_and(|index| {
            words.is(index, Class::DETERMINER) && !words.is_any(index, &["tous", "l'", "le", "leur"])
        }) || head.checked_sub(1).is_some_and(|index| {
            words.is_any(index, &["la", "une", "un", "sa", "cette", "leur", "les", "des", "d'", "de"])
        });
        let finite = class.is(Class::FINITE.or(Class::GERUND));
        if !accused && (nominal || !finite || (class.is(Class::BASE) && !class.is(Class::FINITE))) {
            return None;
        }
    } else if !class.is(Class::PARTICIPLE) && !class.is(Class::FINITE) && !accused {
        return None;
    }
    let after = head + 1;
    if clitic.is_none()
        && after < words.len()
        && words.surface(after).starts_with('-')
        && words.surface(after).len() > 1
    {
        clitic = Some(after);
    }
    let reflexive = (start..head).any(|index| words.is_any(index, &["s'", "se", "m'", "me"]));
    let be = has_be(words, start..head);
    let passive = be && !reflexive && class.is(Class::PARTICIPLE) || auxiliary.is_none() && accused;
    Some(Cue { words: start..head + 1, head, class, clitic, passive })
}

/// Where the verb begins: of `fait savoir`, `fait état` at the form of `faire`, without which these are no cues.
fn light_verb(words: &Words<'_>, head: usize) -> Option<usize> {
    if !words.is_any(head, &["savoir", "état", "part"]) {
        return Some(head);
    }
    let adverb = head.checked_sub(1).filter(|&index| words.is(index, Class::ADVERB));
    let verb = adverb.unwrap_or(head).checked_sub(1)?;
    words.is_any(verb, &["fait", "font", "faisait", "faisaient", "faisant", "fit", "firent"]).then_some(verb)
}
