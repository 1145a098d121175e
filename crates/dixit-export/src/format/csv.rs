//! A table of quotes: who said what, with which words, taking which position, in which article, where.

use crate::format::{ExportError, Exporter, Output};
use crate::view::View;

const COLUMNS: [&str; 12] = [
    "article",
    "quote",
    "type",
    "speaker",
    "source",
    "cue",
    "content",
    "positions",
    "offsets",
    "cue_offsets",
    "source_offsets",
    "score",
];

#[derive(Default)]
pub(super) struct Csv {
    begun: bool,
}

impl Exporter for Csv {
    fn add(&mut self, view: &View<'_>, output: &mut Output<'_>) -> Result<(), ExportError> {
        self.begin(output)?;
        for &(mark, quote) in &view.quotes {
            let offsets = |start: u32, end: u32| format!("{start}-{end}");
            let stretch = |stretch: Option<&dixit_record::Stretch<'_>>| {
                stretch.map_or_else(Default::default, |it| (it.text.to_string(), offsets(it.start, it.end)))
            };
            let (cue, cue_offsets) = stretch(quote.cue.as_ref());
            let (source, source_offsets) = stretch(quote.source.as_ref());
            let positions =
                quote.positions.iter().flatten().map(|position| format!("{}:{}", position.topic, position.stance.0));
            let content = quote.content.iter();
            row(
                output,
                &[
                    &view.record.id,
                    &view.marks[mark].id,
                    &quote.kind.0.to_string(),
                    quote.speaker.as_ref().map_or("", |speaker| &speaker.name),
                    &source,
                    &cue,
                    &content.clone().map(|part| &*part.text).collect::<Vec<_>>().join(" … "),
                    &positions.collect::<Vec<_>>().join(";"),
                    &content.map(|part| offsets(part.start, part.end)).collect::<Vec<_>>().join(";"),
                    &cue_offsets,
                    &source_offsets,
                    &format!("{:.3}", quote.score),
                ],
            )?;
        }
        output.losses.add("entities", view.marks.iter().filter(|mark| mark.label.is_entity()).count());
        Ok(())
    }

    fn finish(&mut self, output: &mut Output<'_>) -> Result<(), ExportError> {
        self.begin(output)
    }
}

impl Csv {
    fn begin(&mut self, output: &mut Output<'_>) -> Result<(), ExportError> {
        if !std::mem::replace(&mut self.begun, true) {
            row(output, &COLUMNS)?;
        }
        Ok(())
    }
}

/// Writes a row as RFC 4180 says, but for line ends, which are `\n`.
fn row(output: &mut Output<'_>, cells: &[&str]) -> Result<(), ExportError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(cells).map_err(std::io::Error::other)?;
    let bytes = writer.into_inner().map_err(|error| std::io::Error::other(error.to_string()))?;
    output.files.append("quotes.csv", &bytes)?;
    Ok(())
}
