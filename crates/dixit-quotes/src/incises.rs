//! Cuts attributions out of French speech: the *incise*, which stands inside the marks, and behind the dash of a dialogue.
//!
//! *Finds* a cue with its subject behind it, between commas. *Example fr*: `« Nous avons attendu[, a-t-il dit,] et nous attendrons. »`,
//! `— Tu viens ? [demanda Paul].` *Leaves alone* questions of the speaker: `« Viendra-t-il ? »`.

use std::ops::Range;

use dixit_document::LanguageCode;
use dixit_text::Span;

use crate::lexicon::Class;
use crate::marks::Marked;
use crate::words::Words;

/// The most words of an incise.
const LONGEST: usize = 16;

/// The stretches with their incises cut out, and what a dash opens.
pub(crate) fn cut_incises(words: &Words<'_>, marked: Vec<Marked>) -> Vec<Marked> {
    if words.language != LanguageCode::Fr {
        return marked;
    }
    let mut cut = Vec::with_capacity(marked.len());
    if let Some(speech) =
        dash_speech(words).filter(|speech| !marked.iter().any(|other| other.span.overlaps(speech.span)))
    {
        cut_one(words, speech, &mut cut);
        // Speech without an incise says nothing of who speaks; a dash may open a list as well.
        if cut.len() == 1 && cut[0] == speech {
            cut.clear();
        }
    }
    for stretch in marked {
        cut_one(words, stretch, &mut cut);
    }
    cut
}

/// What stands behind a dash at the beginning of the paragraph.
fn dash_speech(words: &Words<'_>) -> Option<Marked> {
    if words.len() < 3 || !matches!(words.surface(0), "—" | "–" | "--" | "-") {
        return None;
    }
    let span = words.spans[1].to(words.spans[words.len() - 1]);
    Some(Marked { span, inner: span, closed: true })
}

fn cut_one(words: &Words<'_>, marked: Marked, cut: &mut Vec<Marked>) {
    let inside = words.within(marked.span);
    let mut start = marked.span.start();
    let mut index = inside.start + 1;
    while index < inside.end {
        match incise(words, index, inside.end) {
            Some(incise) => {
                let end = words.spans[incise.start - 1].end();
                let end =
                    if words.is_word(incise.start - 1, ",") { words.spans[incise.start - 1].start() } else { end };
                push(words, cut, start, end, true);
                start = words.spans.get(incise.end).map_or(marked.span.end(), |next| next.start());
                index = incise.end + 1;
            }
            None => index += 1,
        }
    }
    if start == marked.span.start() {
        cut.push(marked);
    } else if start < marked.span.end() {
        push(words, cut, start, marked.span.end(), marked.closed);
    }
}

/// Adds a stretch if it has a word.
fn push(words: &Words<'_>, cut: &mut Vec<Marked>, start: usize, end: usize, closed: bool) {
    let span = Span::new(start, end).trim(words.text);
    if words.within(span).any(|index| !words.is(index, Class::MARK)) {
        let marks = |c: char| matches!(c, '«' | '»' | '“' | '”' | '"') || c.is_whitespace();
        let text = span.of(words.text);
        let left = text.len() - text.trim_start_matches(marks).len();
        let inner = Span::new(span.start() + left, span.start() + left.max(text.trim_end_matches(marks).len()));
        cut.push(Marked { span, inner, closed });
    }
}

/// The words of the incise that begins at `start`, behind a comma or a question, with the mark that ends it.
fn incise(words: &Words<'_>, start: usize, end: usize) -> Option<Range<usize>> {
    if !matches!(words.surface(start - 1), "," | "?" | "!" | "…" | "?!") || words.is(start, Class::CAPITAL) {
        return None;
    }
    let verb = (start..end.min(start + 5)).find(|&index| words.is(index, Class::SPEECH))?;
    let before = start..verb;
    let clear = before.clone().all(|index| {
        words.is(index, Class::AUXILIARY.or(Class::ADVERB))
            || is_enclitic(words.surface(index))
            || words.is_any(index, &["s'", "se", "m'", "nous"])
    });
    let inverted = before.clone().any(|index| is_enclitic(words.surface(index)))
        || verb + 1 < end && is_enclitic(words.surface(verb + 1));
    let subject = verb + 1 < end
        && (words.is(verb + 1, Class::CAPITAL)
            || words.is(verb + 1, Class::DETERMINER) && words.is(verb + 2, Class::ROLE));
    let finite = words.is(verb, Class::FINITE) || before.clone().any(|index| words.is(index, Class::AUXILIARY));
    if !clear || !finite || !(inverted || subject) {
        return None;
    }
    let last = (verb + 1..end.min(start + LONGEST))
        .find(|&index| matches!(words.surface(index), "," | "." | "»" | ":" | "…"))?;
    let keeps_mark = matches!(words.surface(last), "»" | "…");
    Some(start..if keeps_mark { last } else { last + 1 })
}

/// `-t-il`, `-elle`.
fn is_enclitic(word: &str) -> bool {
    word.starts_with('-') && word.len() > 2
}
