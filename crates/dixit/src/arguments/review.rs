//! The arguments of what people do with annotated files: view, report, review, agreement, merge.

use std::path::PathBuf;

use clap::Args;

use super::FilterArguments;

#[derive(Debug, Args)]
pub(crate) struct ViewArguments {
    /// Annotated files, or `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<String>,
    #[command(flatten)]
    pub(crate) filter: FilterArguments,
    /// Say what each entity, quote, speaker and position came from, with every score
    #[arg(long)]
    pub(crate) explain: bool,
    /// Print straight to the terminal, not through $PAGER
    #[arg(long)]
    pub(crate) no_pager: bool,
    /// The columns of a line [default: those of the terminal, at most 120; else 100]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(20..=1000))]
    pub(crate) width: Option<u16>,
}

#[derive(Debug, Args)]
pub(crate) struct ReportArguments {
    /// Annotated files, or `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<String>,
    /// Where the page goes: a file, or `-` for standard output
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: String,
    #[command(flatten)]
    pub(crate) filter: FilterArguments,
    /// The heading of the page
    #[arg(long, value_name = "TEXT", default_value = "Who said what")]
    pub(crate) title: String,
    /// How many articles stand on a page of the report
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) page_size: u32,
    /// Replace the output if it is there
    #[arg(long)]
    pub(crate) overwrite: bool,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct ReviewArguments {
    /// An annotated file
    #[arg(value_name = "FILE")]
    pub(crate) file: String,
    #[command(flatten)]
    pub(crate) filter: FilterArguments,
    /// Which articles come first: doubt (the lowest scores) or file
    #[arg(long, value_name = "ORDER", default_value = "doubt", value_parser = ["doubt", "file"])]
    pub(crate) order: String,
    /// Where decisions are kept [default: FILE.decisions.jsonl]
    #[arg(long, value_name = "FILE")]
    pub(crate) decisions: Option<PathBuf>,
    /// The topic of stances that are set where there is none yet
    #[arg(long, value_name = "NAME", default_value = "dialogue")]
    pub(crate) topic: String,
    /// The port of 127.0.0.1; 0 for any that is free
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) port: u16,
    /// Open the page in the browser
    #[arg(long)]
    pub(crate) open: bool,
    /// Write the records with the decisions on them to OUT, and open no page
    #[arg(long, requires = "output")]
    pub(crate) apply: bool,
    /// Where the records go: a file, or `-` for standard output
    #[arg(short, long, value_name = "OUT", requires = "apply")]
    pub(crate) output: Option<String>,
    /// Write only articles that are signed off
    #[arg(long, requires = "apply")]
    pub(crate) signed: bool,
    /// Replace the output if it is there
    #[arg(long, requires = "apply")]
    pub(crate) overwrite: bool,
}

#[derive(Debug, Args)]
pub(crate) struct AgreementArguments {
    /// An annotated file; the decisions beside it count
    #[arg(value_name = "A")]
    pub(crate) left: String,
    /// Another annotation of the same texts; the decisions beside it count
    #[arg(value_name = "B")]
    pub(crate) right: String,
    /// The topic of the stances
    #[arg(long, value_name = "NAME", default_value = "dialogue")]
    pub(crate) topic: String,
    /// Print a line of JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct MergeArguments {
    /// An annotated file; the decisions beside it count
    #[arg(value_name = "A")]
    pub(crate) left: String,
    /// Another annotation of the same texts; the decisions beside it count
    #[arg(value_name = "B")]
    pub(crate) right: String,
    /// Where the records that both agree on, or that were decided, go
    #[arg(short, long, value_name = "GOLD")]
    pub(crate) output: PathBuf,
    /// Say how much is in dispute, and open no page to decide it
    #[arg(long)]
    pub(crate) no_page: bool,
    /// The topic of stances that are set where there is none yet
    #[arg(long, value_name = "NAME", default_value = "dialogue")]
    pub(crate) topic: String,
    /// Open the page in the browser
    #[arg(long)]
    pub(crate) open: bool,
    /// Replace the output if it is there
    #[arg(long)]
    pub(crate) overwrite: bool,
}
