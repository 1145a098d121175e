//! Where paragraphs begin and end.
//!
//! Blank lines part paragraphs. A line end inside a block parts them too, unless the block is hard-wrapped: lines of much the
//! same width that break off in the middle of sentences, as e-mail and old wires have them.

use dixit_text::Span;

/// The narrowest and the widest line of hard-wrapped text, in characters.
const WRAP: std::ops::RangeInclusive<usize> = 45..=100;

/// The paragraphs of `text`, without the white space around them. Together they hold all that is not white space.
pub(crate) fn split(text: &str) -> Vec<Span> {
    let mut paragraphs = Vec::new();
    let mut block: Vec<Span> = Vec::new();
    for line in lines(text) {
        let line = line.trim(text);
        if line.is_empty() {
            end_block(text, &mut block, &mut paragraphs);
        } else {
            block.push(line);
        }
    }
    end_block(text, &mut block, &mut paragraphs);
    paragraphs
}

/// The lines of `text`, at any of the line ends of Unicode (UAX #14: LF, CR, CRLF, NEL, LS, PS, VT, FF).
fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut start = 0;
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        let rest = &text[start..];
        let Some(end) = rest.find(is_line_end) else {
            done = true;
            return Some(Span::new(start, text.len()));
        };
        let line_end = &rest[end..];
        let width = if line_end.starts_with("\r\n") { 2 } else { line_end.chars().next().map_or(1, char::len_utf8) };
        let line = Span::new(start, start + end);
        start += end + width;
        Some(line)
    })
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{B}' | '\u{C}')
}

fn end_block(text: &str, block: &mut Vec<Span>, paragraphs: &mut Vec<Span>) {
    if let (Some(&first), Some(&last)) = (block.first(), block.last()) {
        if is_wrapped(text, block) {
            paragraphs.push(first.to(last));
        } else {
            paragraphs.append(block);
        }
    }
    block.clear();
}

/// Whether the lines of a block are one paragraph: all but the last are of a width that editors wrap at, and few of them end where
/// a sentence does.
fn is_wrapped(text: &str, lines: &[Span]) -> bool {
    let Some((_, full)) = lines.split_last().filter(|(_, full)| !full.is_empty()) else { return false };
    let mut stops = 0;
    for line in full {
        let line = line.of(text);
        if !WRAP.contains(&line.chars().count()) {
            return false;
        }
        stops += usize::from(line.ends_with(['.', '!', '?', ':', '"', '”', '»', '…']));
    }
    stops * 2 <= full.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        split(text).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn blank_lines_part_paragraphs_whatever_the_line_ends_are() {
        for text in ["A.\n\nB.", "A.\r\n\r\nB.\r\n", "A.\r\rB.", "\n A.\n \u{a0}\t\nB. \n\n", "A.\u{2029}\u{2029}B."] {
            assert_eq!(texts(text), ["A.", "B."], "{text:?}");
        }
        assert!(texts(" \n\n").is_empty());
    }

    #[test]
    fn lines_of_their_own_are_paragraphs() {
        let text = "11 janvier 2016. –\nLa course a été remportée par Matt Hall. Il avait gagné deux fois. C'est la troisième victoire d'affilée pour lui.";
        assert_eq!(texts(text).len(), 2);
    }

    #[test]
    fn keeps_hard_wrapped_lines_together() {
        let text = "The mediator said on Tuesday that the two delegations had agreed\nto meet again in the capital before the end of the month, though\nneither side would say where.";
        assert_eq!(texts(text), [text]);
    }

    proptest! {
        #[test]
        fn every_character_that_is_not_white_space_is_in_one_paragraph(text in "[ab.\n\r\u{a0}é»\u{2028} ]{0,80}") {
            let spans = split(&text);
            prop_assert!(spans.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
            let inside: usize = spans.iter().map(|span| span.of(&text).chars().filter(|c| !c.is_whitespace()).count()).sum();
            prop_assert_eq!(inside, text.chars().filter(|c| !c.is_whitespace()).count());
        }
    }
}
