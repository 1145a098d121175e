//! Chooses among what the model finds where two heads claim the same words.

use dixit_document::QuoteType;
use dixit_text::Span;

use crate::finder::Draft;

/// How many drafts on each side are compared with one: heads whose windows can meet.
const NEAR: usize = 24;

/// Leaves out what is probably wrong: of two drafts with nearly the same content, or whose contents cut into each other, the less
/// probable; and a quotation that seems to stand alone but is part of another content. The rest comes in the order of the text.
pub(crate) fn settle(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by(|&a, &b| drafts[b].score.total_cmp(&drafts[a].score).then(a.cmp(&b)));
    let mut kept = vec![false; drafts.len()];
    for index in order {
        let near = index.saturating_sub(NEAR)..(index + NEAR + 1).min(drafts.len());
        kept[index] = near.into_iter().filter(|&other| kept[other]).all(|other| agree(&drafts[other], &drafts[index]));
    }
    let mut settled: Vec<Draft> =
        drafts.into_iter().zip(kept).filter_map(|(draft, kept)| kept.then_some(draft)).collect();
    leave_out_terms(&mut settled);
    settled.sort_by_key(|draft| (draft.content[0].start(), draft.content[0].end()));
    settled
}

/// Ends contents where another quote begins that is not part of them: in front of a quotation with a cue of its own behind it, and of
/// `en` with a gerund that attributes.
///
/// *Example fr*: `[que la guerre était finie] [« Elle l'est », a-t-il déclaré]`, `[qu'il viendrait] en ajoutant [qu'il le regrettait]`.
pub(crate) fn end_before_others(text: &str, settled: &mut Vec<Draft>, rules: &[Draft]) {
    let quotations =
        rules.iter().filter(|rule| matches!(rule.by, "rule:direct-cue-behind" | "rule:direct-verb-behind"));
    let quotations = quotations.filter_map(|rule| Some((rule.content[0].start(), rule.cue?)));
    let gerunds = settled.iter().filter_map(|draft| {
        let cue = draft.cue?;
        let before = text[..cue.start()].trim_end();
        before.ends_with(" en").then(|| (before.len() - "en".len(), cue))
    });
    let others: Vec<(usize, Span)> = quotations.chain(gerunds).collect();
    for draft in settled.iter_mut().filter(|draft| draft.content.len() == 1) {
        let content = draft.content[0];
        let first = others.iter().filter(|(start, cue)| *start > content.start() && content.covers(*cue));
        if let Some(end) = first.map(|(start, _)| *start).min() {
            draft.content[0] = Span::new(content.start(), end).trim(text);
        }
    }
    settled.retain(|draft| !draft.content[0].is_empty());
}

/// The longest term, in bytes.
const TERM: usize = 20;

/// Leaves out what is a word or two of another content: a term, not something said: `rejected talks with what he called ‘pirates’`.
fn leave_out_terms(settled: &mut Vec<Draft>) {
    let mut covered = vec![false; settled.len()];
    for (index, term) in settled.iter().enumerate().filter(|(_, draft)| draft.content.len() == 1) {
        let near = index.saturating_sub(NEAR)..(index + NEAR + 1).min(settled.len());
        let is_in =
            |other: &Draft| other.content.iter().any(|whole| whole.len() > TERM && whole.covers(term.content[0]));
        covered[index] = term.content[0].len() <= TERM && settled[near].iter().any(is_in);
    }
    let mut covered = covered.into_iter();
    settled.retain(|_| !covered.next().unwrap_or_default());
}

/// Adds the direct quotes of the rules that share no word with what is settled, with what the rules believe of them: the model leaves
/// out too much of what stands inside marks.
pub(crate) fn add_direct(settled: &mut Vec<Draft>, rules: &[Draft]) {
    let mut spans: Vec<Span> = settled.iter().flat_map(|draft| draft.content.iter().copied()).collect();
    spans.sort();
    let mut reach = 0;
    let reaches: Vec<usize> = spans
        .iter()
        .map(|span| {
            reach = span.end().max(reach);
            reach
        })
        .collect();
    let free = |span: &Span| {
        let before = spans.partition_point(|other| other.start() < span.end());
        before == 0 || reaches[before - 1] <= span.start()
    };
    let direct = rules.iter().filter(|rule| rule.kind == QuoteType::Direct && rule.content.iter().all(free));
    settled.extend(direct.cloned());
    settled.sort_by_key(|draft| (draft.content[0].start(), draft.content[0].end()));
}

/// Whether both can be true.
fn agree(kept: &Draft, other: &Draft) -> bool {
    let shared = kept.content.iter().flat_map(|a| other.content.iter().map(|b| overlap(*a, *b))).sum::<usize>();
    if shared == 0 {
        return true;
    }
    let length = |draft: &Draft| draft.content.iter().map(|span| span.len()).sum::<usize>();
    let (own, theirs) = (length(kept), length(other));
    let covered = shared * 100 >= own.min(theirs) * 95;
    let same = shared * 100 >= own.max(theirs) * 60;
    covered && !same && kept.cue.is_some() && other.cue.is_some() && kept.cue != other.cue
}

fn overlap(a: Span, b: Span) -> usize {
    a.end().min(b.end()).saturating_sub(a.start().max(b.start()))
}
