//! The whole command line: every command, and what is printed besides the data.

use clap::{Parser, Subcommand};

use crate::arguments::{Command, OutputArguments};
use crate::review_arguments::ReviewCommand;

/// Reads news in English and French; writes who said what, in which words, and where they stand on dialogue.
#[derive(Debug, Parser)]
#[command(name = "dixit", version, max_term_width = 100, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct CommandLine {
    #[command(subcommand)]
    pub(crate) command: AnyCommand,
    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

/// A command of either group.
#[derive(Debug, Subcommand)]
pub(crate) enum AnyCommand {
    #[command(flatten)]
    Run(Command),
    #[command(flatten)]
    Review(ReviewCommand),
}
