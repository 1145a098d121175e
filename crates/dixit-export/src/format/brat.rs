//! brat standoff: the text of an article, and its annotations beside it; the configuration of the collection.
//!
//! brat takes no span over the end of a line: such a span is several fragments. Its texts end lines with `\n`, since what it reads has no
//! other ends. Article `news/a.jsonl:12` is the file `news_2fa.jsonl_3a12`.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use dixit_text::{OffsetMap, Span, Unit};

use crate::format::names::identifier;
use crate::format::{ExportError, Exporter, Output};
use crate::line_ends::LineEnds;
use crate::losses::NAMELESS;
use crate::view::{Label, Mark, Role, View};

#[derive(Default)]
pub(super) struct Brat {
    topics: BTreeSet<String>,
}

impl Exporter for Brat {
    fn add(&mut self, view: &View<'_>, output: &mut Output<'_>) -> Result<(), ExportError> {
        let ends = LineEnds::new(view.text());
        let (annotations, empty) = annotations(view, &ends);
        for position in view.quotes.iter().flat_map(|(_, quote)| quote.positions.iter().flatten()) {
            self.topics.insert(identifier(&position.topic));
        }
        output.article(view, "brat", "txt", &ends.text)?;
        output.article(view, "brat", "ann", &annotations)?;
        output.losses.add("marks of white space", empty);
        output.losses.add(NAMELESS, view.speakers_without_entity());
        Ok(())
    }

    fn finish(&mut self, output: &mut Output<'_>) -> Result<(), ExportError> {
        output.files.put("annotation.conf", configuration(&self.topics).as_bytes())?;
        Ok(())
    }
}

/// The lines of the annotations, and how many marks hold nothing but white space.
fn annotations(view: &View<'_>, ends: &LineEnds<'_>) -> (String, usize) {
    let points = OffsetMap::new(&ends.text, Unit::CodePoint);
    let mut lines = String::new();
    let (mut numbers, mut number) = (vec![None; view.marks.len()], 0);
    for (index, mark) in view.marks.iter().enumerate() {
        let fragments = fragments(mark, ends);
        if fragments.is_empty() {
            continue;
        }
        number += 1;
        numbers[index] = Some(number);
        let offsets: Vec<_> = fragments.iter().map(|&span| points.units(span)).collect();
        let offsets: Vec<_> = offsets.iter().map(|(start, end)| format!("{start} {end}")).collect();
        let texts: Vec<_> = fragments.iter().map(|span| span.of(&ends.text)).collect();
        let _ = writeln!(lines, "T{number}\t{} {}\t{}", mark.label.name(), offsets.join(";"), texts.join(" "));
    }
    let links = view.links.iter().filter_map(|link| Some((numbers[link.content]?, numbers[link.other]?, &link.role)));
    for (number, (from, to, role)) in links.enumerate() {
        let _ = writeln!(lines, "R{}\t{} Arg1:T{from} Arg2:T{to}", number + 1, relation(role));
    }
    let quotes = view.quotes.iter().filter_map(|&(mark, quote)| Some((numbers[mark]?, quote)));
    let attributes = quotes.flat_map(|(number, quote)| {
        let positions = quote.positions.iter().flatten();
        let positions = positions.map(|it| (format!("position-{}", identifier(&it.topic)), it.stance.0.to_string()));
        let kind = ("type".to_owned(), quote.kind.0.to_string());
        std::iter::once(kind).chain(positions).map(move |(name, value)| format!("{name} T{number} {value}"))
    });
    for (number, attribute) in attributes.enumerate() {
        let _ = writeln!(lines, "A{}\t{attribute}", number + 1);
    }
    (lines, numbers.iter().filter(|number| number.is_none()).count())
}

/// The stretches of a mark, in bytes of the changed text, less ends of lines: none touches another, none is white space alone.
pub(crate) fn fragments(mark: &Mark, ends: &LineEnds<'_>) -> Vec<Span> {
    let mut fragments: Vec<Span> = Vec::new();
    for &stretch in &mark.stretches {
        let stretch = ends.changed_span(stretch);
        let mut start = stretch.start();
        for piece in stretch.of(&ends.text).split_inclusive(ends_line) {
            let end = start + piece.len();
            let span = Span::new(start, start + piece.trim_end_matches(ends_line).len());
            start = end;
            match fragments.last_mut() {
                Some(last) if last.end() == span.start() => *last = last.to(span),
                _ if span.of(&ends.text).trim().is_empty() => {}
                _ => fragments.push(span),
            }
        }
    }
    fragments
}

/// Whether Python, in which brat is written, ends a line with this character.
fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn relation(role: &Role) -> String {
    match role {
        Role::Evidence { topic, .. } => format!("evidence-{}", identifier(topic)),
        role => role.name(),
    }
}

/// The configuration: <https://brat.nlplab.org/configuration.html>.
fn configuration(topics: &BTreeSet<String>) -> String {
    let mut lines = String::from("[entities]\n");
    for label in Label::all() {
        let _ = writeln!(lines, "{}", label.name());
    }
    let entities: Vec<_> = Label::all().filter(|label| label.is_entity()).map(Label::name).collect();
    lines.push_str("\n[relations]\ncue\tArg1:CONTENT, Arg2:CUE\nsource\tArg1:CONTENT, Arg2:SOURCE\n");
    let _ = writeln!(lines, "speaker\tArg1:CONTENT, Arg2:{}", entities.join("|"));
    for topic in topics {
        let _ = writeln!(lines, "evidence-{topic}\tArg1:CONTENT, Arg2:EVIDENCE");
    }
    lines.push_str("<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n\n[events]\n\n[attributes]\n");
    lines.push_str("type\tArg:CONTENT, Value:direct|mixed|indirect\n");
    for topic in topics {
        let _ = writeln!(lines, "position-{topic}\tArg:CONTENT, Value:support|conditional|oppose|neutral");
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str, stretches: &[&str]) -> Vec<String> {
        let span = |part: &&str| {
            let start = text.find(part).unwrap();
            Span::new(start, start + part.len())
        };
        let stretches = stretches.iter().map(span).collect();
        let mark = Mark { id: "q1".to_owned(), label: Label::Content, stretches, score: None };
        let ends = LineEnds::new(text);
        fragments(&mark, &ends).into_iter().map(|span| span.of(&ends.text).to_owned()).collect()
    }

    #[test]
    fn a_quote_over_paragraphs_is_fragments() {
        let text = "« Un.\r\n\r\n» Deux 🤝.\u{2028}Trois »";
        assert_eq!(split(text, &[text]), ["« Un.", "» Deux 🤝.", "Trois »"]);
        assert_eq!(split("a \n \n b", &["a \n \n b"]), ["a ", " b"]);
        assert!(split("a\n\nb", &["\n\n"]).is_empty());
    }

    #[test]
    fn fragments_do_not_touch() {
        assert_eq!(split("abcd ef", &["ab", "cd", "ef"]), ["abcd", "ef"]);
    }
}
