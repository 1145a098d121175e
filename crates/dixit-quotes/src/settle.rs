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
    let mut others: Vec<(usize, Span)> = quotations.chain(gerunds).collect();
    others.sort_unstable();
    for draft in settled.iter_mut() {
        let [content] = draft.content.as_mut_slice() else { continue };
        let first = others.partition_point(|(start, _)| *start <= content.start());
        let mut within = others[first..].iter().take_while(|(start, _)| *start < content.end());
        if let Some((end, _)) = within.find(|(_, cue)| content.covers(*cue)) {
            *content = Span::new(content.start(), *end).trim(text);
        }
    }
    settled.retain(|draft| !draft.content[0].is_empty());
}

/// The longest term, in bytes.
const TERM: usize = 20;

/// Leaves out what is a word or two of another content: a term, not something said: `rejected talks with what he called ‘pirates’`.
fn leave_out_terms(settled: &mut Vec<Draft>) {
    let is_term = |(index, draft): (usize, &Draft)| {
        let near = index.saturating_sub(NEAR)..(index + NEAR + 1).min(settled.len());
        let [term] = *draft.content.as_slice() else { return false };
        let mut wholes = settled[near].iter().flat_map(|other| &other.content).filter(|whole| whole.len() > TERM);
        term.len() <= TERM && wholes.any(|whole| whole.covers(term))
    };
    let mut terms = settled.iter().enumerate().map(is_term).collect::<Vec<_>>().into_iter();
    settled.retain(|_| !terms.next().unwrap_or_default());
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

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(text: &str, content: &str, cue: &str, by: &'static str) -> Draft {
        let span = |part: &str| Span::new(text.find(part).unwrap(), text.find(part).unwrap() + part.len());
        let kind = QuoteType::Direct;
        Draft { kind, content: vec![span(content)], cue: Some(span(cue)), source: None, score: 0.9, by }
    }

    fn contents<'t>(text: &'t str, drafts: &[Draft]) -> Vec<&'t str> {
        drafts.iter().map(|draft| draft.content[0].of(text)).collect()
    }

    #[test]
    fn a_content_ends_in_front_of_a_quotation_with_a_cue_of_its_own() {
        let text = "Il a dit que tout était fini « Elle reste » a-t-il ajouté.";
        let behind = draft(text, "« Elle reste »", "a-t-il ajouté", "rule:direct-cue-behind");
        let mut settled = vec![draft(text, "que tout était fini « Elle reste » a-t-il ajouté", "a dit", "model")];
        end_before_others(text, &mut settled, &[behind]);
        assert_eq!(contents(text, &settled), ["que tout était fini"]);
    }

    #[test]
    fn a_content_ends_in_front_of_a_gerund_that_attributes() {
        let text = "Il a dit qu'il viendrait en ajoutant qu'il le regrettait.";
        let mut settled = vec![
            draft(text, "qu'il viendrait en ajoutant qu'il le regrettait", "a dit", "model"),
            draft(text, "qu'il le regrettait", "ajoutant", "model"),
        ];
        end_before_others(text, &mut settled, &[]);
        assert_eq!(contents(text, &settled), ["qu'il viendrait", "qu'il le regrettait"]);
    }

    #[test]
    fn a_term_inside_another_content_is_left_out() {
        let text = "He rejected any talks with what he called ‘pirates’ for now.";
        let drafts = vec![
            draft(text, "any talks with what he called ‘pirates’", "rejected", "model"),
            draft(text, "‘pirates’", "called", "model"),
        ];
        assert_eq!(contents(text, &settle(drafts)), ["any talks with what he called ‘pirates’"]);
    }
}
