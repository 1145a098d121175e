//! The formats: what each is called, what it needs, and the export of records to one.

mod brat;
mod conll;
mod csv;
mod doccano;
mod gliner;
mod hf;
mod label_studio;
pub(crate) mod names;
mod prodigy;
mod spacy;
mod w3c;
mod webanno;

use std::io;

use dixit_document::Vocabulary;
use dixit_record::Record;
use dixit_text::Span;
use serde_json::Value;

use crate::tags::Scheme;
use crate::view::{View, ViewError};
use crate::{Files, Losses};

/// A format of a training or review tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Four columns, IOB2.
    Conll,
    /// Four columns, BIOES.
    Bioes,
    /// Hugging Face token classification.
    Hf,
    /// spaCy.
    Spacy,
    /// Prodigy.
    Prodigy,
    /// Label Studio.
    LabelStudio,
    /// doccano.
    Doccano,
    /// brat standoff.
    Brat,
    /// `GLiNER`.
    Gliner,
    /// UIMA CAS JSON, as `INCEpTION` reads it.
    Webanno,
    /// W3C Web Annotation.
    W3c,
    /// A table of quotes.
    Csv,
}

/// Whether an export is one file or a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One file.
    File,
    /// A folder of files.
    Folder,
}

/// The layer of a format that holds only one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Layer {
    /// Named entities.
    #[default]
    Entities,
    /// Quotes: content, cue, source.
    Quotes,
}

/// Which pieces of a token bear its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Labels {
    /// The first; the others have −100.
    FirstPiece,
    /// All; those after the first have the label of the inside.
    AllPieces,
}

/// Windows over long articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Windows {
    /// The most tokens or subwords of a window; over zero.
    pub length: usize,
    /// How many of them a window shares with the one before; less than `length`.
    pub overlap: usize,
}

/// What may be chosen.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The layer of `conll` and `bioes`.
    pub layer: Option<Layer>,
    /// Labels on subwords instead of tokens, in `hf`.
    pub subwords: Option<Labels>,
    /// Windows over long articles, in `hf` and `gliner`.
    pub windows: Option<Windows>,
}

/// Why records cannot be exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A file cannot be written.
    #[error("could not write the export")]
    Write(#[from] io::Error),
    /// A record is not valid.
    #[error(transparent)]
    View(#[from] ViewError),
    /// A record does not have a layer that the format needs.
    #[error("the record `{id}` has no {layer}, which `{format}` needs: annotate with `--pipeline {pipeline}`")]
    NoLayer {
        /// The record.
        id: String,
        /// The layer.
        layer: &'static str,
        /// The format.
        format: &'static str,
        /// A pipeline that makes the layer.
        pipeline: &'static str,
    },
    /// Two records have one id, which names the file of an article.
    #[error("the id `{id}` is there already, and `{format}` names files by ids: give each record its own")]
    RepeatedId {
        /// The id.
        id: String,
        /// The format.
        format: &'static str,
    },
    /// An option that the format does not have.
    #[error("`{format}` has no {option}; {formats} have")]
    NoOption {
        /// The format.
        format: &'static str,
        /// The option, in words.
        option: &'static str,
        /// The formats that have it.
        formats: &'static str,
    },
    /// Windows that would never end.
    #[error(
        "windows of {length} cannot overlap by {overlap}: the overlap must be shorter than the window, and the window over zero"
    )]
    Windows {
        /// The length.
        length: usize,
        /// The overlap.
        overlap: usize,
    },
}

impl Vocabulary for Format {
    const WHAT: &'static str = "format";
    const ALL: &'static [Self] = &[
        Self::Conll,
        Self::Bioes,
        Self::Hf,
        Self::Spacy,
        Self::Prodigy,
        Self::LabelStudio,
        Self::Doccano,
        Self::Brat,
        Self::Gliner,
        Self::Webanno,
        Self::W3c,
        Self::Csv,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Conll => "conll",
            Self::Bioes => "bioes",
            Self::Hf => "hf",
            Self::Spacy => "spacy",
            Self::Prodigy => "prodigy",
            Self::LabelStudio => "label-studio",
            Self::Doccano => "doccano",
            Self::Brat => "brat",
            Self::Gliner => "gliner",
            Self::Webanno => "webanno",
            Self::W3c => "w3c",
            Self::Csv => "csv",
        }
    }
}

impl Format {
    /// Whether it is one file or a folder.
    pub const fn layout(self) -> Layout {
        match self {
            Self::Hf | Self::Spacy | Self::LabelStudio | Self::Doccano | Self::Brat | Self::Webanno => Layout::Folder,
            Self::Conll | Self::Bioes | Self::Prodigy | Self::Gliner | Self::W3c | Self::Csv => Layout::File,
        }
    }

    fn check(self, options: &Options) -> Result<(), ExportError> {
        let no = |option, formats| Err(ExportError::NoOption { format: self.name(), option, formats });
        if options.layer.is_some() && !matches!(self, Self::Conll | Self::Bioes) {
            return no("choice of a layer", "`conll` and `bioes`");
        }
        if options.subwords.is_some() && self != Self::Hf {
            return no("labels on subwords", "records exported to `hf`");
        }
        match options.windows {
            Some(_) if !matches!(self, Self::Hf | Self::Gliner) => no("windows", "`hf` and `gliner`"),
            Some(Windows { length, overlap }) if overlap >= length => Err(ExportError::Windows { length, overlap }),
            _ => Ok(()),
        }
    }

    fn exporter(self, options: &Options) -> Box<dyn Exporter> {
        let layer = options.layer.unwrap_or_default();
        match self {
            Self::Conll => Box::new(conll::Conll { scheme: Scheme::Iob2, layer }),
            Self::Bioes => Box::new(conll::Conll { scheme: Scheme::Bioes, layer }),
            Self::Hf => Box::new(hf::Hf { subwords: options.subwords, windows: options.windows }),
            Self::Spacy => Box::new(spacy::Spacy),
            Self::Prodigy => Box::new(prodigy::Prodigy),
            Self::LabelStudio => Box::new(label_studio::LabelStudio::default()),
            Self::Doccano => Box::new(doccano::Doccano),
            Self::Brat => Box::new(brat::Brat::default()),
            Self::Gliner => Box::new(gliner::Gliner::new(options.windows)),
            Self::Webanno => Box::new(webanno::Webanno),
            Self::W3c => Box::new(w3c::W3c),
            Self::Csv => Box::new(csv::Csv::default()),
        }
    }
}

/// An export of records to one format.
pub struct Export {
    exporter: Box<dyn Exporter>,
    losses: Losses,
}

impl Export {
    /// An export without records as yet.
    ///
    /// # Errors
    /// [`ExportError::NoOption`], [`ExportError::Windows`] for options that the format cannot follow.
    pub fn new(format: Format, options: &Options) -> Result<Self, ExportError> {
        format.check(options)?;
        Ok(Self { exporter: format.exporter(options), losses: Losses::default() })
    }

    /// Writes a record.
    ///
    /// # Errors
    /// [`ExportError`] if it is not valid, lacks a layer, or cannot be written.
    pub fn add(&mut self, record: &Record<'_>, files: &mut dyn Files) -> Result<(), ExportError> {
        self.exporter.add(&View::new(record)?, &mut Output { files, losses: &mut self.losses })
    }

    /// Writes what stands at the end, and what is known only there; gives what was left out.
    ///
    /// # Errors
    /// [`ExportError::Write`].
    pub fn finish(mut self, files: &mut dyn Files) -> Result<Losses, ExportError> {
        self.exporter.finish(&mut Output { files, losses: &mut self.losses })?;
        Ok(self.losses)
    }
}

/// What writes one format.
trait Exporter {
    /// Writes an article.
    fn add(&mut self, view: &View<'_>, output: &mut Output<'_>) -> Result<(), ExportError>;

    /// Writes the end.
    fn finish(&mut self, _output: &mut Output<'_>) -> Result<(), ExportError> {
        Ok(())
    }
}

/// The files that are written, and the count of what they cannot hold.
struct Output<'o> {
    files: &'o mut dyn Files,
    losses: &'o mut Losses,
}

impl Output<'_> {
    /// Adds a line of JSON to a file.
    fn line(&mut self, name: &str, value: &Value) -> io::Result<()> {
        self.files.append(name, format!("{value}\n").as_bytes())
    }

    /// Writes a file of one article, named by its id.
    fn article(
        &mut self,
        view: &View<'_>,
        format: &'static str,
        extension: &str,
        content: &str,
    ) -> Result<(), ExportError> {
        let name = format!("{}.{extension}", names::file_name(&view.record.id));
        self.files.put(&name, content.as_bytes()).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => ExportError::RepeatedId { id: view.record.id.to_string(), format },
            _ => error.into(),
        })
    }
}

/// The tokens of a record; an error if there are none.
fn tokens<'v>(view: &'v View<'_>, format: &'static str) -> Result<&'v [Span], ExportError> {
    view.tokens.as_deref().ok_or_else(|| missing(view, "tokens", format, "news"))
}

fn missing(view: &View<'_>, layer: &'static str, format: &'static str, pipeline: &'static str) -> ExportError {
    ExportError::NoLayer { id: view.record.id.to_string(), layer, format, pipeline }
}

/// What stands in a span, of a text.
fn words<'t>(text: &'t str, spans: &'t [Span]) -> impl Iterator<Item = &'t str> {
    spans.iter().map(|span| span.of(text))
}
