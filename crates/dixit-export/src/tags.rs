//! Marks as a tag for each token: IOB2 and BIOES.

use dixit_text::Span;

use crate::view::{Label, Mark};

/// How the tokens of a mark are told apart (Ramshaw & Marcus 1995; Ratinov & Roth 2009).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// `B-` on the first, `I-` on the others.
    Iob2,
    /// As that, and `E-` on the last, `S-` on the only one.
    Bioes,
}

/// A tag: a label, and whether a stretch begins and ends with the token; `None` outside.
pub(crate) type Tag = Option<(Label, Ends)>;

/// Whether a stretch begins and ends with a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ends {
    pub(crate) first: bool,
    pub(crate) last: bool,
}

/// The tags of the tokens, and the indices of the marks that have none: those that share a token with another that starts before it or
/// is longer, and those on no token. A token counts as part of a mark if they share a character.
pub(crate) fn tags(tokens: &[Span], marks: &[(usize, &Mark)]) -> (Vec<Tag>, Vec<usize>) {
    let mut tags = vec![None; tokens.len()];
    let mut left_out = Vec::new();
    let mut order = marks.to_vec();
    order.sort_by_key(|(_, mark)| (mark.extent().start(), usize::MAX - mark.extent().end()));
    for (index, mark) in order {
        let ranges: Vec<_> = mark.stretches.iter().map(|&stretch| touched(tokens, stretch)).collect();
        let free = ranges.iter().all(|range| !range.is_empty() && tags[range.clone()].iter().all(Option::is_none));
        if !free {
            left_out.push(index);
            continue;
        }
        for range in ranges {
            let (first, last) = (range.start, range.end - 1);
            for place in range {
                tags[place] = Some((mark.label, Ends { first: place == first, last: place == last }));
            }
        }
    }
    (tags, left_out)
}

/// How many marks start or end inside a token.
pub(crate) fn inside_tokens<'m>(tokens: &[Span], marks: impl Iterator<Item = &'m Mark>) -> usize {
    let cuts = |span: &Span| {
        let range = touched(tokens, *span);
        !range.is_empty() && (tokens[range.start].start() < span.start() || span.end() < tokens[range.end - 1].end())
    };
    marks.filter(|mark| mark.stretches.iter().any(cuts)).count()
}

/// The tokens that share a character with a span.
pub(crate) fn touched(tokens: &[Span], span: Span) -> std::ops::Range<usize> {
    let first = tokens.partition_point(|token| token.end() <= span.start());
    let last = first + tokens[first..].partition_point(|token| token.start() < span.end());
    first..last
}

/// Ends stretches at the end of each sentence and begins them anew after it, since a sentence is read alone.
pub(crate) fn cut(tags: &mut [Tag]) {
    if let Some(Some((_, ends))) = tags.first_mut() {
        ends.first = true;
    }
    if let Some(Some((_, ends))) = tags.last_mut() {
        ends.last = true;
    }
}

/// The tag as it is written: `O`, `B-PERSON`.
pub(crate) fn name(tag: Tag, scheme: Scheme) -> String {
    let Some((label, Ends { first, last })) = tag else { return "O".to_owned() };
    let place = match (scheme, first, last) {
        (Scheme::Bioes, true, true) => 'S',
        (_, true, _) => 'B',
        (Scheme::Bioes, false, true) => 'E',
        (_, false, _) => 'I',
    };
    format!("{place}-{}", label.name())
}

/// All tags of labels in IOB2, in the order of their numbers: `O`, then `B-` and `I-` of each.
pub(crate) fn all(labels: impl Iterator<Item = Label>) -> Vec<String> {
    let tags = labels.flat_map(|label| ["B", "I"].map(|place| format!("{place}-{}", label.name())));
    std::iter::once("O".to_owned()).chain(tags).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(label: Label, stretches: &[(usize, usize)]) -> Mark {
        let stretches = stretches.iter().map(|&(start, end)| Span::new(start, end)).collect();
        Mark { id: "q1".to_owned(), label, stretches, score: None }
    }

    fn names(tokens: usize, marks: &[Mark], scheme: Scheme) -> (String, Vec<usize>) {
        let tokens: Vec<_> = (0..tokens).map(|index| Span::new(2 * index, 2 * index + 1)).collect();
        let marks: Vec<_> = marks.iter().enumerate().collect();
        let (tags, left_out) = tags(&tokens, &marks);
        (tags.into_iter().map(|tag| name(tag, scheme)).collect::<Vec<_>>().join(" "), left_out)
    }

    #[test]
    fn begins_each_stretch_and_leaves_out_what_is_nested() {
        let marks =
            [mark(Label::Cue, &[(2, 3)]), mark(Label::Content, &[(0, 5), (8, 9)]), mark(Label::Source, &[(6, 7)])];
        let tags = "B-CONTENT I-CONTENT I-CONTENT B-SOURCE B-CONTENT".to_owned();
        assert_eq!(names(5, &marks, Scheme::Iob2), (tags, vec![0]));
        let tags = "B-CONTENT I-CONTENT E-CONTENT S-SOURCE S-CONTENT".to_owned();
        assert_eq!(names(5, &marks, Scheme::Bioes), (tags, vec![0]));
    }

    #[test]
    fn a_mark_between_tokens_is_left_out() {
        assert_eq!(names(2, &[mark(Label::Cue, &[(1, 2)])], Scheme::Iob2), ("O O".to_owned(), vec![0]));
    }

    #[test]
    fn a_cut_begins_anew() {
        let inside = Some((Label::Content, Ends { first: false, last: false }));
        let mut tags = [inside, inside];
        cut(&mut tags);
        assert_eq!(tags.map(|tag| name(tag, Scheme::Bioes)), ["B-CONTENT", "E-CONTENT"]);
    }
}
