//! The arguments of what makes training data of annotated files.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use dixit_document::{UnknownName, Vocabulary as _};
use dixit_export::{Format, Labels, Layer, Options, Tool, Windows};
use dixit_record::Outline;
use dixit_split::{By, Shares, SplitError, Splitter};

#[derive(Debug, Args)]
pub(crate) struct ExportArguments {
    /// Annotated files, or `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<String>,
    /// conll, bioes, hf, spacy, prodigy, label-studio, doccano, brat, gliner, webanno, w3c or csv
    #[arg(long = "to", value_name = "FORMAT", value_parser = format)]
    pub(crate) format: Format,
    /// Where the export goes: a folder for hf, spacy, label-studio, doccano, brat and webanno; else a file, or `-` for standard output
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: PathBuf,
    /// The layer of conll and bioes, which hold one: entities or quotes
    #[arg(long, value_name = "LAYER")]
    layer: Option<LayerName>,
    /// In hf: label the layer `subwords` instead of tokens; first-piece labels the first piece of a token, all-pieces each
    #[arg(long, value_name = "PIECES")]
    subwords: Option<Pieces>,
    /// In hf and gliner: cut articles into windows of at most N tokens, or subwords [default: none in hf, 384 in gliner]
    #[arg(long, value_name = "N")]
    window: Option<usize>,
    /// How many of them a window shares with the one before [default: a sixth of the window]
    #[arg(long, value_name = "M", requires = "window")]
    stride: Option<usize>,
    /// Decisions on the files, as `dixit review` keeps them: the records are exported as people decided that they are
    #[arg(long, value_name = "FILE")]
    pub(crate) decisions: Option<PathBuf>,
    /// Replace the output if it is there
    #[arg(long)]
    pub(crate) overwrite: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LayerName {
    Entities,
    Quotes,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Pieces {
    FirstPiece,
    AllPieces,
}

impl ExportArguments {
    pub(crate) fn options(&self) -> Options {
        let windows = |length| Windows { length, overlap: self.stride.unwrap_or(length / 6) };
        Options {
            layer: self.layer.map(|layer| match layer {
                LayerName::Entities => Layer::Entities,
                LayerName::Quotes => Layer::Quotes,
            }),
            subwords: self.subwords.map(|pieces| match pieces {
                Pieces::FirstPiece => Labels::FirstPiece,
                Pieces::AllPieces => Labels::AllPieces,
            }),
            windows: self.window.map(windows),
        }
    }
}

fn format(name: &str) -> Result<Format, UnknownName> {
    Format::from_name(name)
}

#[derive(Debug, Args)]
pub(crate) struct ImportArguments {
    /// What the tool exported: JSON lines of prodigy or doccano, JSON of label-studio, a folder of brat
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// prodigy, label-studio, doccano or brat
    #[arg(long = "from", value_name = "TOOL", value_parser = tool)]
    pub(crate) tool: Tool,
    /// The annotated files that the reviewed articles were exported from, or `-` for standard input
    #[arg(long, required = true, num_args = 1.., value_name = "RECORDS")]
    pub(crate) onto: Vec<String>,
    /// Where the records go, changed as reviewed: a file, or `-` for standard output
    #[arg(short, long, value_name = "OUT", default_value = "-")]
    pub(crate) output: PathBuf,
    /// Leave records out that nobody reviewed
    #[arg(long)]
    pub(crate) reviewed_only: bool,
    /// Replace the output if it is there
    #[arg(long)]
    pub(crate) overwrite: bool,
}

fn tool(name: &str) -> Result<Tool, UnknownName> {
    Tool::from_name(name)
}

#[derive(Debug, Args)]
pub(crate) struct SplitArguments {
    /// Annotated files, or JSON lines of a corpus with `id` and `text`
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<String>,
    /// The folder where train.jsonl, dev.jsonl, test.jsonl and left-out.jsonl (what no part may hold) go
    #[arg(short, long, value_name = "FOLDER")]
    pub(crate) output: PathBuf,
    /// The share to train on
    #[arg(long, value_name = "SHARE", default_value_t = 0.8)]
    train: f64,
    /// The share to tune on
    #[arg(long, value_name = "SHARE", default_value_t = 0.1)]
    dev: f64,
    /// The share to test on
    #[arg(long, value_name = "SHARE", default_value_t = 0.1)]
    test: f64,
    /// What decides: id, by chance; source, so that all of a source are in one part; date, the latest to test on
    #[arg(long, value_name = "WHAT", default_value = "id")]
    by: Deciding,
    /// The field that holds the source, with --by source [default: the path that the record was read from]
    #[arg(long, value_name = "NAME")]
    pub(crate) source_field: Option<String>,
    /// The field that holds the date, with --by date [default: date, published … as far as there]
    #[arg(long, value_name = "NAME")]
    pub(crate) date_field: Option<String>,
    /// The first date to tune on, with --by date [default: where the shares are met]
    #[arg(long, value_name = "DATE")]
    dev_from: Option<String>,
    /// The first date to test on, with --by date [default: where the shares are met]
    #[arg(long, value_name = "DATE")]
    test_from: Option<String>,
    /// A folder of an earlier split: its articles stay in their parts
    #[arg(long, value_name = "FOLDER")]
    pub(crate) keep: Option<PathBuf>,
    /// Replace the files in the folder
    #[arg(long)]
    pub(crate) overwrite: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Deciding {
    Id,
    Source,
    Date,
}

impl SplitArguments {
    pub(crate) fn splitter(&self) -> Result<Splitter, SplitError> {
        let by = match self.by {
            Deciding::Id => By::Id,
            Deciding::Source => By::Source,
            Deciding::Date => By::Date { dev: self.dev_from.clone(), test: self.test_from.clone() },
        };
        Splitter::new(by, Shares::new(self.train, self.dev, self.test)?)
    }

    /// What of an article decides its part.
    pub(crate) fn group<'o>(&self, outline: &'o Outline) -> Option<&'o str> {
        match self.by {
            Deciding::Id => None,
            Deciding::Source => outline.source.as_deref(),
            Deciding::Date => outline.date.as_deref(),
        }
    }
}
