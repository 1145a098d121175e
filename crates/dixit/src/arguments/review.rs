//! The arguments of what people read annotated files with: view, report.

use clap::Args;

use crate::filter_arguments::FilterArguments;

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
