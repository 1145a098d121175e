//! A record in the terminal: the text with its marks, then who said what.

use std::io::{self, Write};

use anstyle::{AnsiColor, Color, Style};
use dixit_document::{EntityLabel, ParagraphKind, Stance, Vocabulary as _};
use dixit_record::{ParagraphRecord, PositionRecord, QuoteRecord, Record, Stretch};

use crate::wrap::{Wrap, on_one_line};
use crate::{Part, Run, Selection, marks, segments};

/// How records are printed.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// The columns of a line.
    pub width: usize,
    /// Whether to colour; else marks stand in brackets.
    pub color: bool,
    /// Whether to say what each decision came from, and every score.
    pub explain: bool,
}

impl Terminal {
    /// Prints what is selected of a record, and an empty line.
    ///
    /// # Errors
    /// What `out` gives.
    pub fn write(&self, out: &mut impl Write, record: &Record<'_>, selection: &Selection) -> io::Result<()> {
        self.title(out, record, selection)?;
        self.text(out, record, selection)?;
        for (number, (_, quote)) in selection.quotes_of(record).enumerate() {
            if number == 0 {
                writeln!(out)?;
            }
            self.quote(out, quote)?;
        }
        if self.explain {
            self.entities(out, record, selection)?;
        }
        writeln!(out)
    }

    fn title(&self, out: &mut impl Write, record: &Record<'_>, selection: &Selection) -> io::Result<()> {
        let mut facts = Vec::new();
        if let Some(language) = &record.language {
            facts.push(format!("{} {:.2}", language.code.0, language.confidence));
        }
        if record.entities.is_some() {
            facts.push(counted(selection.entities.len(), "entity", "entities"));
        }
        if record.quotes.is_some() {
            facts.push(counted(selection.quotes.len(), "quote", "quotes"));
        }
        let mut wrap = Wrap::new(out, self.width, 0, self.color);
        wrap.push(&on_one_line(&record.id), BOLD.underline())?;
        wrap.push(&format!("  {}\n", facts.join(", ")), DIM)
    }

    fn text(&self, out: &mut impl Write, record: &Record<'_>, selection: &Selection) -> io::Result<()> {
        let paragraphs = record.paragraphs.as_deref().unwrap_or_default();
        let cuts = paragraphs.iter().flat_map(|paragraph| [paragraph.start, paragraph.end]);
        let mut paragraph = paragraphs.iter().peekable();
        let mut wrap = Wrap::new(out, self.width, 2, self.color);
        for run in segments(&record.text, &marks(record, selection), cuts) {
            while paragraph.next_if(|paragraph| paragraph.end <= run.start).is_some() {}
            let kind = paragraph.peek().filter(|paragraph| paragraph.start <= run.start);
            self.run(&mut wrap, &run, record, base(kind.copied()))?;
        }
        wrap.finish()
    }

    fn run(&self, wrap: &mut Wrap<'_, impl Write>, run: &Run<'_>, record: &Record<'_>, base: Style) -> io::Result<()> {
        for mark in run.opening() {
            match mark.part {
                Part::Content => {
                    let id = mark.quote(record).map_or("", |quote| &quote.id);
                    wrap.push(&if self.color { format!("{id} ") } else { format!("{{{id} ") }, DIM)?;
                }
                Part::Entity if !self.color => wrap.push("[", DIM)?,
                _ => {}
            }
        }
        wrap.push(run.text, style(run, record, base))?;
        for mark in run.closing() {
            match mark.part {
                Part::Content if !self.color => wrap.push("}", DIM)?,
                Part::Entity => {
                    let label = mark.entity(record).map_or("", |entity| entity.label.0.name());
                    wrap.push(&format!(" {label}{}", if self.color { "" } else { "]" }), DIM)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A line of who said what, and under it the words.
    fn quote(&self, out: &mut impl Write, quote: &QuoteRecord<'_>) -> io::Result<()> {
        let positions = quote.positions.as_deref().unwrap_or_default();
        let mut wrap = Wrap::new(out, self.width, 2, self.color);
        wrap.push(&format!("{} ", quote.id), DIM)?;
        let name = quote.speaker.as_ref().map_or("(nobody known)".to_owned(), |speaker| on_one_line(&speaker.name));
        wrap.push(&name, if quote.speaker.is_some() { BOLD } else { DIM })?;
        if let Some(cue) = &quote.cue {
            wrap.push(" ", BOLD)?;
            wrap.push(&on_one_line(&cue.text), Style::new().italic())?;
        }
        for position in positions {
            wrap.push(&format!(" · {}: ", on_one_line(&position.topic)), DIM)?;
            wrap.push(&position.stance.0.to_string(), stance_style(position.stance.0))?;
        }
        wrap.push(&format!(" · {} {:.2}", quote.kind.0, quote.score), DIM)?;
        wrap.finish()?;
        let mut words = Wrap::new(out, self.width, 5, self.color);
        words.push(&joined(&quote.content), Style::new())?;
        words.finish()?;
        if self.explain { self.reasons(out, quote) } else { Ok(()) }
    }

    /// What each decision about a quote came from.
    fn reasons(&self, out: &mut impl Write, quote: &QuoteRecord<'_>) -> io::Result<()> {
        let mut lines = vec![format!("quote {:.3} by {}", quote.score, quote.by)];
        if let Some(speaker) = &quote.speaker {
            let source = quote.source.as_ref().map_or("no source".to_owned(), |source| format!("`{}`", source.text));
            lines.push(format!("speaker {:.3} from {source}", speaker.score));
        }
        let positions = quote.positions.as_deref().unwrap_or_default();
        lines.extend(positions.iter().map(|position| position_reason(position)));
        for line in lines {
            let mut wrap = Wrap::new(out, self.width, 7, self.color);
            wrap.push(&on_one_line(&line), DIM)?;
            wrap.finish()?;
        }
        Ok(())
    }

    /// Every entity with its score and what found it, a line each.
    fn entities(&self, out: &mut impl Write, record: &Record<'_>, selection: &Selection) -> io::Result<()> {
        for (number, (_, entity)) in selection.entities_of(record).enumerate() {
            if number == 0 {
                writeln!(out)?;
            }
            let mut wrap = Wrap::new(out, self.width, 2, self.color);
            wrap.push(&format!("{} ", entity.id), DIM)?;
            wrap.push(&on_one_line(&entity.text), label_style(entity.label.0))?;
            wrap.push(&format!(" {} {:.3} by {}", entity.label.0, entity.score, on_one_line(&entity.by)), DIM)?;
            wrap.finish()?;
        }
        Ok(())
    }
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn position_reason(position: &PositionRecord<'_>) -> String {
    let evidence: Vec<String> = position.evidence.iter().map(|stretch| format!("`{}`", stretch.text)).collect();
    let from = if evidence.is_empty() { String::new() } else { format!(" from {}", evidence.join(" ")) };
    format!("{} {} {:.3} by {}{from}", position.topic, position.stance.0, position.score, position.by)
}

fn joined(content: &[Stretch<'_>]) -> String {
    let stretches: Vec<String> = content.iter().map(|stretch| on_one_line(&stretch.text)).collect();
    stretches.join(" … ")
}

/// How the text of a paragraph looks where nothing is marked.
fn base(paragraph: Option<&ParagraphRecord>) -> Style {
    match paragraph.map(|paragraph| paragraph.kind.0) {
        Some(ParagraphKind::Headline) => BOLD,
        Some(ParagraphKind::PullQuote | ParagraphKind::Boilerplate) => DIM,
        _ => Style::new(),
    }
}

fn style(run: &Run<'_>, record: &Record<'_>, base: Style) -> Style {
    let mut style = base;
    if let Some(content) = run.mark_of(Part::Content) {
        let position = content.quote(record).and_then(|quote| quote.positions.as_ref()?.first());
        style = position.map_or(style, |position| stance_style(position.stance.0)).underline();
    }
    if run.mark_of(Part::Cue).is_some() {
        style = style.italic();
    }
    if run.mark_of(Part::Source).is_some() || run.mark_of(Part::Evidence).is_some() {
        style = style.bold();
    }
    let entity = run.mark_of(Part::Entity).and_then(|mark| mark.entity(record));
    entity.map_or(style, |entity| style.fg_color(label_style(entity.label.0).get_fg_color()))
}

const fn colored(color: AnsiColor) -> Style {
    Style::new().fg_color(Some(Color::Ansi(color)))
}

fn stance_style(stance: Stance) -> Style {
    colored(match stance {
        Stance::Support => AnsiColor::Green,
        Stance::Conditional => AnsiColor::Yellow,
        Stance::Oppose => AnsiColor::Red,
        Stance::Neutral => AnsiColor::Blue,
    })
}

fn label_style(label: EntityLabel) -> Style {
    colored(match label {
        EntityLabel::Person => AnsiColor::Magenta,
        EntityLabel::Organization | EntityLabel::Norp => AnsiColor::Cyan,
        EntityLabel::Location | EntityLabel::Facility => AnsiColor::BrightGreen,
        EntityLabel::Event | EntityLabel::Product | EntityLabel::Misc => AnsiColor::BrightBlue,
        _ => AnsiColor::BrightBlack,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Filter;
    use crate::examples::{ENGLISH, FRENCH};

    fn printed(terminal: Terminal, line: &str) -> String {
        let record = Record::from_json(line).unwrap();
        let selection = Filter::default().select(&record).unwrap();
        let mut out = Vec::new();
        terminal.write(&mut out, &record, &selection).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn marks_stand_in_brackets_without_colour() {
        insta::assert_snapshot!(printed(Terminal { width: 72, color: false, explain: false }, &ENGLISH), @r"
        bamako en 0.99, 2 entities, 2 quotes
          Talks

          {q1 “There is no alternative to talks,”} said [Amina Yusuf PERSON] in
          [Bamako LOC]. She called for {q2 calm}.

          q1 Amina Yusuf said · dialogue: support · direct 0.97
             “There is no alternative to talks,”
          q2 Amina Yusuf called for · indirect 0.60
             calm
        ");
    }

    #[test]
    fn explains_what_each_decision_came_from() {
        insta::assert_snapshot!(printed(Terminal { width: 72, color: false, explain: true }, &FRENCH), @r"
        pourparlers fr 0.98, 1 entity, 1 quote
          Pourparlers 🤝

          {q1 « Nous sommes prêts à dialoguer »}, a déclaré [Léa Martin PERSON],
          <script>alert(1)</script>.

          q1 Léa Martin a déclaré · dialogue: support · direct 0.95
             « Nous sommes prêts à dialoguer »
               quote 0.950 by rule:direct-cue-behind
               speaker 0.930 from `Léa Martin`
               dialogue support 0.800 by rule:readiness from `prêts à`

          e1 Léa Martin PERSON 0.950 by model
        ");
    }

    #[test]
    fn colours_are_all_ended_and_change_nothing_else() {
        let colored = printed(Terminal { width: 72, color: true, explain: false }, &FRENCH);
        let mut plain = String::new();
        for (number, part) in colored.split("\x1b[").enumerate() {
            plain.push_str(if number == 0 { part } else { part.split_once('m').unwrap().1 });
        }
        assert!(colored.lines().all(|line| line.rfind("\x1b[") == line.rfind("\x1b[0m")), "{colored:?}");
        assert!(plain.contains("q1 « Nous sommes prêts à dialoguer », a déclaré Léa Martin PERSON,"), "{plain}");
    }
}
