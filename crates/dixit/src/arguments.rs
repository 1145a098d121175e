//! The arguments of the command line.

mod annotate;
mod exchange;
mod filter;
mod review;
mod train;

use std::path::PathBuf;

use clap::{Args, ColorChoice, Parser, Subcommand};
use dixit_eval::Layer;

pub(crate) use self::annotate::AnnotateArguments;
pub(crate) use self::exchange::{ExportArguments, ImportArguments, SplitArguments};
pub(crate) use self::filter::FilterArguments;
pub(crate) use self::review::{AgreementArguments, MergeArguments, ReportArguments, ReviewArguments, ViewArguments};
pub(crate) use self::train::{
    TrainClustersArguments, TrainCommand, TrainEntitiesArguments, TrainPositionsArguments, TrainQuotesArguments,
    TrainSpeakersArguments, TrainTokenizerArguments,
};

/// Reads news in English and French; writes who said what, in which words, and where they stand on dialogue.
#[derive(Debug, Parser)]
#[command(name = "dixit", version, max_term_width = 100, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

/// What is printed besides the data.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct OutputArguments {
    /// Print errors only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Print more: the pipeline, the time of each stage, every failure
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
    /// When to colour messages; `NO_COLOR` counts for `auto`
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorChoice,
    /// Show no progress
    #[arg(long, global = true)]
    pub(crate) no_progress: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Annotate articles: one line of JSON each
    Annotate(AnnotateArguments),
    /// Check every record of annotated files: the schema, and each offset against the text
    Validate(ValidateArguments),
    /// Count what annotated files hold, as a table or JSON
    Stats(StatsArguments),
    /// Print the JSON Schema of a record
    Schema,
    /// Show annotated files in the terminal, marked up
    View(ViewArguments),
    /// Write annotated files as one page: the articles marked up, who said what, positions, counts
    Report(ReportArguments),
    /// Correct an annotated file on a page of this machine, or write it with the corrections
    Review(ReviewArguments),
    /// Say how far two annotators of the same texts agree: F1, Cohen's kappa, Krippendorff's alpha
    Agreement(AgreementArguments),
    /// Make one gold file of two reviews, with a page to decide what they disagree on
    Merge(MergeArguments),
    /// Measure an annotation by another: precision, recall and F1 of every layer
    Eval(EvalArguments),
    /// Write annotated files in the format of a training or review tool
    Export(ExportArguments),
    /// Bring work that was reviewed in another tool back to annotated files
    Import(ImportArguments),
    /// Split an archive into parts to train, tune and test on, with near-duplicates in one part
    Split(SplitArguments),
    /// Train an embedded model anew from corpora
    #[command(subcommand)]
    Train(TrainCommand),
}

#[derive(Debug, Args)]
pub(crate) struct ValidateArguments {
    /// Annotated files, or `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<String>,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct EvalArguments {
    /// What is right: JSON lines of a corpus or of records, .conllu, or .tsv of a language code and a text
    #[arg(value_name = "GOLD")]
    pub(crate) gold: String,
    /// What is measured: annotated records, or any form of GOLD
    #[arg(value_name = "PRED", required_unless_present = "texts")]
    pub(crate) predicted: Option<String>,
    /// Layers to measure: entities, quotes, attributions, positions, tokens, sentences, paragraphs, language [default: all of GOLD]
    #[arg(short, long, value_name = "LAYER", value_delimiter = ',', value_parser = Layer::from_name)]
    pub(crate) layer: Vec<Layer>,
    /// The topic of the positions
    #[arg(long, value_name = "NAME", default_value = "dialogue")]
    pub(crate) topic: String,
    /// Print a line of JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Show what was taken for what
    #[arg(long)]
    pub(crate) confusion: bool,
    /// Show how often scores are right
    #[arg(long)]
    pub(crate) reliability: bool,
    /// Draw the documents anew so often, for 95 % intervals
    #[arg(long, value_name = "N")]
    pub(crate) bootstrap: Option<usize>,
    /// Where the drawing starts from
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Decisions on GOLD, as `dixit review` keeps them: it is measured by what people decided
    #[arg(long, value_name = "FILE")]
    pub(crate) decisions: Option<PathBuf>,
    /// Print the texts of GOLD to annotate, as JSON lines
    #[arg(long, conflicts_with = "predicted")]
    pub(crate) texts: bool,
}

#[derive(Debug, Args)]
pub(crate) struct StatsArguments {
    /// Annotated files, or `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<String>,
    /// Count who takes which stance how often, by month where the article's meta has a date
    #[arg(long)]
    pub(crate) positions: bool,
    /// Write JSON instead of a table
    #[arg(long)]
    pub(crate) json: bool,
    /// The field of the meta that holds the date [default: date, published … as far as there]
    #[arg(long, value_name = "NAME")]
    pub(crate) date_field: Option<String>,
}
