//! Where articles come from: the inputs, or a failures file that is tried again.

use anyhow::{Context as _, bail};
use dixit_corpus::{EncodingChoice, Format, Found, InputLog, ReadOptions, Reader, Retry};
use dixit_pipeline::Pipeline;
use dixit_record::{Fields, Position, Reading};

use crate::arguments::AnnotateArguments;

/// The articles of a run.
pub(super) struct Articles {
    options: ReadOptions,
    source: Source,
    /// Where the run goes on, if it does.
    position: Option<Position>,
}

enum Source {
    Inputs(Box<Reader>),
    Failures(Box<Retry>),
}

impl Articles {
    pub(super) fn open(arguments: &AnnotateArguments, pipeline: &Pipeline, found: &Found) -> anyhow::Result<Self> {
        let options = read_options(arguments, pipeline)?;
        let source = match &arguments.retry {
            Some(failures) => Source::Failures(Box::new(Retry::open(failures, options.clone())?)),
            None => Source::Inputs(Box::new(Reader::new(found.inputs.clone(), options.clone()))),
        };
        Ok(Self { options, source, position: None })
    }

    pub(super) fn options(&self) -> &ReadOptions {
        &self.options
    }

    pub(super) fn log(&self) -> InputLog {
        match &self.source {
            Source::Inputs(reader) => reader.log(),
            Source::Failures(retry) => retry.log(),
        }
    }

    /// Leaves out what stands before `position`.
    pub(super) fn go_on_at(&mut self, position: Position) {
        self.position = Some(position);
    }

    pub(super) fn next(&mut self) -> Option<Reading> {
        let position = self.position.take();
        match &mut self.source {
            Source::Inputs(reader) => {
                if let Some(position) = position {
                    reader.skip_to(position);
                }
                reader.next()
            }
            Source::Failures(retry) => {
                if let Some(position) = position {
                    retry.skip_to(position);
                }
                retry.next()
            }
        }
    }
}

/// The format that is named, if one is.
pub(super) fn format(arguments: &AnnotateArguments) -> anyhow::Result<Option<Format>> {
    let Some(name) = &arguments.format else { return Ok(None) };
    match Format::from_name(name) {
        Some(format) => Ok(Some(format)),
        None => bail!("unknown format `{name}`: known are {}", Format::names()),
    }
}

fn read_options(arguments: &AnnotateArguments, pipeline: &Pipeline) -> anyhow::Result<ReadOptions> {
    let input = pipeline.input().clone();
    let id = arguments.id_field.clone().or(input.id);
    let fields = Fields {
        text: arguments.text_field.clone().or(input.text).unwrap_or_else(|| "text".to_owned()),
        id_required: id.is_some(),
        id: id.unwrap_or_else(|| "id".to_owned()),
        headline: arguments.headline_field.clone().or(input.headline),
    };
    let encoding = match &arguments.encoding {
        Some(name) => EncodingChoice::from_name(name).with_context(|| {
            format!("unknown encoding `{name}`: known are `detect` and the labels of the web, as `utf-8`, `windows-1252`, `iso-8859-15`")
        })?,
        None => EncodingChoice::Utf8,
    };
    Ok(ReadOptions { fields, max_document_bytes: arguments.max_document_bytes, encoding })
}
