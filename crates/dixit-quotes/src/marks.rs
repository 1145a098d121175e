//! Pairs quotation marks.
//!
//! One pass over a paragraph. Outside a quotation a mark opens one if it can; inside, only the mark that closes it ends it, so
//! that quotations inside a quotation are part of it. A quotation that nothing closes goes to the end of its paragraph; it goes
//! on in the next one if that begins with a mark, as long quotes in newspapers do.

use dixit_text::Span;

/// A stretch inside quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marked {
    /// With its marks.
    pub(crate) span: Span,
    /// Without them and the white space inside them.
    pub(crate) inner: Span,
    /// Whether a mark closes it.
    pub(crate) closed: bool,
}

/// A mark that may open, and what closes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Double,
    Guillemets,
    SingleGuillemets,
    Straight,
    Single,
    Apostrophes,
    /// Two single marks, straight or grave, as old wires write.
    Pairs,
}

/// How far behind a mark is looked for one that closes better, in bytes.
const REACH: usize = 2000;

/// The stretches inside marks of `paragraph`, in order.
pub(crate) fn pair(text: &str, paragraph: Span) -> Vec<Marked> {
    let mut marked = Vec::new();
    let inner = paragraph.of(text);
    if !inner.bytes().any(|byte| matches!(byte, b'"' | b'\'' | b'`' | 0xE2 | 0xC2)) {
        return marked;
    }
    let scan = Scan { text, paragraph };
    let mut at = paragraph.start();
    // What nothing closes from one place on, nothing closes from a later one: looking again would take the square of the time.
    let mut hopeless: Vec<Kind> = Vec::new();
    while let Some(opening) = scan.next_opening(at) {
        let (start, width, kind) = opening;
        let closes = if hopeless.contains(&kind) { None } else { scan.closing(start + width, kind) };
        if let Some((end, closing)) = closes {
            marked.push(scan.marked(start, width, end, closing));
            at = end + closing;
        } else if matches!(kind, Kind::Apostrophes | Kind::Single) {
            hopeless.push(kind);
            at = start + width;
        } else {
            let rest = Span::new(start + width, paragraph.end());
            marked.push(Marked { span: Span::new(start, paragraph.end()), inner: rest.trim(text), closed: false });
            break;
        }
    }
    marked
}

struct Scan<'t> {
    text: &'t str,
    paragraph: Span,
}

impl Scan<'_> {
    fn marked(&self, start: usize, width: usize, end: usize, closing: usize) -> Marked {
        let inner = Span::new(start + width, end).trim(self.text);
        Marked { span: Span::new(start, end + closing), inner, closed: true }
    }

    fn before(&self, at: usize) -> char {
        self.text[self.paragraph.start()..at].chars().next_back().unwrap_or(' ')
    }

    fn after(&self, at: usize) -> char {
        self.text[at..self.paragraph.end()].chars().next().unwrap_or(' ')
    }

    /// The next mark from `from` on that opens: where, how wide, and its kind.
    fn next_opening(&self, from: usize) -> Option<(usize, usize, Kind)> {
        self.text[from..self.paragraph.end()].char_indices().find_map(|(offset, c)| {
            let at = from + offset;
            let width = c.len_utf8();
            let free = || {
                let before = self.before(at);
                !before.is_alphanumeric() && !self.after(at + width).is_whitespace()
            };
            match c {
                '“' | '„' | '‟' => Some((at, width, Kind::Double)),
                '«' => Some((at, width, Kind::Guillemets)),
                '‹' => Some((at, width, Kind::SingleGuillemets)),
                '”' if free() && self.before(at).is_whitespace() => Some((at, width, Kind::Double)),
                '"' if free() => Some((at, width, Kind::Straight)),
                '‘' if self.after(at + width) == c && !self.before(at).is_alphanumeric() => {
                    Some((at, 2 * width, Kind::Double))
                }
                '‘' if free() => Some((at, width, Kind::Single)),
                '\'' | '`' if self.after(at + 1) == c && free() => Some((at, 2, Kind::Pairs)),
                '\'' if free() && self.after(at + 1).is_alphabetic() => Some((at, 1, Kind::Apostrophes)),
                _ => None,
            }
        })
    }

    /// The mark that closes a stretch of `kind` that begins at `from`: where, and how wide.
    fn closing(&self, from: usize, kind: Kind) -> Option<(usize, usize)> {
        let mut depth = 0_usize;
        for (offset, c) in self.text[from..self.paragraph.end()].char_indices() {
            let at = from + offset;
            let width = c.len_utf8();
            let closes = match (kind, c) {
                (Kind::Guillemets, '«') | (Kind::SingleGuillemets, '‹') => {
                    depth += 1;
                    false
                }
                (Kind::Guillemets, '»') | (Kind::SingleGuillemets, '›') => {
                    depth = depth.checked_sub(1).unwrap_or(usize::MAX);
                    depth == usize::MAX
                }
                (Kind::Double, '”') | (Kind::Straight, '"') => true,
                // German and Polish close with the mark that opens English.
                (Kind::Double, '“') => self.before(at) != ' ' && !self.after(at + width).is_alphanumeric(),
                (Kind::Double, '"') => !self.after(at + width).is_alphanumeric(),
                (Kind::Double, '’') => self.after(at + width) == c && !self.closes_better(at + 2 * width),
                (Kind::Pairs, '\'') => self.after(at + 1) == '\'',
                (Kind::Single, '’') | (Kind::Apostrophes, '\'') => self.closes_single(at, width),
                _ => false,
            };
            if closes {
                let two = kind == Kind::Pairs || (kind, c) == (Kind::Double, '’');
                return Some((at, if two { 2 * width } else { width }));
            }
        }
        None
    }

    /// Whether a double mark closes behind, before another opens: `“He said ‘no’’ and left”`.
    fn closes_better(&self, from: usize) -> bool {
        let rest = &self.text[from..self.paragraph.end()];
        let rest = &rest[..rest.floor_char_boundary(REACH)];
        rest.find(['”', '“']).is_some_and(|at| rest[at..].starts_with('”'))
    }

    /// Whether a single mark closes a quotation, and is no apostrophe: `the rebels’ demands`.
    fn closes_single(&self, at: usize, width: usize) -> bool {
        let (before, after) = (self.before(at), self.after(at + width));
        if after.is_alphanumeric() || before.is_whitespace() {
            return false;
        }
        let rest = self.text[at + width..self.paragraph.end()].trim_start();
        let plural = before == 's' && after == ' ' && rest.starts_with(char::is_lowercase);
        !plural || !self.closes_later(at + width)
    }

    /// Whether another single mark behind closes better, before one opens.
    fn closes_later(&self, from: usize) -> bool {
        let rest = &self.text[from..self.paragraph.end()];
        let rest = &rest[..rest.floor_char_boundary(400)];
        let mut previous = ' ';
        let mut characters = rest.chars().peekable();
        while let Some(c) = characters.next() {
            match c {
                '‘' => return false,
                '’' | '\'' if !characters.peek().is_some_and(|next| next.is_alphanumeric()) && previous != 's' => {
                    return true;
                }
                _ => previous = c,
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn inner(text: &str) -> Vec<&str> {
        pair(text, Span::new(0, text.len())).into_iter().map(|marked| marked.inner.of(text)).collect()
    }

    #[test]
    fn pairs_every_kind_of_mark() {
        for text in [
            "He said “yes”.",
            "Il dit « yes ».",
            "Il dit «\u{202f}yes\u{a0}».",
            "He said \"yes\".",
            "He said ‘yes’.",
            "He said 'yes'.",
            "Er sagt „yes“.",
            "He said ''yes''.",
            "He said “yes’’.",
            "He said ‘‘yes’’.",
            "‹yes›",
        ] {
            assert_eq!(inner(text), ["yes"], "{text}");
        }
    }

    #[test]
    fn keeps_nested_marks_inside() {
        assert_eq!(inner("« Il a dit : « non » hier » puis « oui »"), ["Il a dit : « non » hier", "oui"]);
        assert_eq!(inner("“He told me ‘no’ twice”"), ["He told me ‘no’ twice"]);
    }

    #[test]
    fn tells_apostrophes_from_single_marks() {
        assert_eq!(inner("He said ‘the rebels’ demands don’t count’ and left."), ["the rebels’ demands don’t count"]);
        assert!(inner("The rebels' leaders don't talk, o'clock").is_empty());
        assert!(inner("L'armée n'a pas dit « non").len() == 1);
    }

    #[test]
    fn inches_and_minutes_are_no_marks() {
        assert!(inner("It is 5' 11\" tall").is_empty());
    }

    #[test]
    fn an_unclosed_mark_goes_to_the_end() {
        let text = "“We will talk. We always did.";
        let marked = pair(text, Span::new(0, text.len()));
        assert_eq!((marked[0].closed, marked[0].inner.of(text)), (false, "We will talk. We always did."));
    }

    proptest! {
        #[test]
        fn any_marks_give_spans_in_order(text in "[ab “”‘’«»\"'.\u{a0}]{0,60}") {
            let marked = pair(&text, Span::new(0, text.len()));
            prop_assert!(marked.windows(2).all(|pair| pair[0].span.end() <= pair[1].span.start()));
            for stretch in marked {
                prop_assert!(stretch.span.get(&text).is_some() && stretch.span.covers(stretch.inner));
            }
        }
    }
}
