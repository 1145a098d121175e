//! `CoNLL` 2003: a token a line in four columns, an empty line after each sentence, `-DOCSTART-` before each article.

use std::fmt::Write as _;

use crate::format::{ExportError, Exporter, Layer, Output, missing, tokens};
use crate::losses::{INSIDE_WORDS, LINKS, NESTED};
use crate::tags::{Scheme, cut, inside_tokens, name, tags};
use crate::view::{Label, View};

pub(super) struct Conll {
    pub(super) scheme: Scheme,
    pub(super) layer: Layer,
}

impl Exporter for Conll {
    fn add(&mut self, view: &View<'_>, output: &mut Output<'_>) -> Result<(), ExportError> {
        let format = if self.scheme == Scheme::Iob2 { "conll" } else { "bioes" };
        let tokens = tokens(view, format)?;
        let sentences = view.sentence_ranges(tokens).ok_or_else(|| missing(view, "sentences", format, "news"))?;
        let entities = self.layer == Layer::Entities;
        let wanted = |label: Label| if entities { label.is_entity() } else { Label::QUOTES[..3].contains(&label) };
        let marks: Vec<_> = view.marks.iter().enumerate().filter(|(_, mark)| wanted(mark.label)).collect();
        let (mut tags, left_out) = tags(tokens, &marks);
        let mut lines = String::from("-DOCSTART- -X- O O\n\n");
        let mut spaced = 0;
        for range in sentences {
            cut(&mut tags[range.clone()]);
            for (token, tag) in tokens[range.clone()].iter().zip(&tags[range]) {
                let form = token.of(view.text());
                let plain = form.replace(char::is_whitespace, "_");
                spaced += usize::from(plain != form);
                let _ = writeln!(lines, "{plain} -X- _ {}", name(*tag, self.scheme));
            }
            lines.push('\n');
        }
        output.files.append("articles.conll", lines.as_bytes())?;
        self.losses(view, &left_out, output);
        output.losses.add(INSIDE_WORDS, inside_tokens(tokens, marks.iter().map(|&(_, mark)| mark)));
        output.losses.add("the spaces inside tokens (written as `_`)", spaced);
        Ok(())
    }
}

impl Conll {
    fn losses(&self, view: &View<'_>, left_out: &[usize], output: &mut Output<'_>) {
        let entities = view.marks.iter().filter(|mark| mark.label.is_entity()).count();
        if self.layer == Layer::Entities {
            output.losses.add("quotes beside entities (`--layer quotes` writes them)", view.quotes.len());
        } else {
            output.losses.add("entities beside quotes (`--layer entities` writes them)", entities);
            output.losses.add(NESTED, left_out.len());
            output.losses.add(LINKS, view.quotes.len());
        }
        output.losses.add("positions", view.positions());
        output.losses.add("speakers", view.speakers());
    }
}
