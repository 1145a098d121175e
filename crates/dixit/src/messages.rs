//! Messages on standard error.
#![allow(clippy::print_stderr, reason = "the one place that prints messages")]

use std::error::Error;
use std::fmt::{self, Display};
use std::io::{IsTerminal, stderr};

use clap::ColorChoice;
use dixit_corpus::OutputError;
use dixit_record::Failure;
use dixit_runner::RunError;

use crate::arguments::OutputArguments;

/// Prints messages as the user asked for them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Messages {
    /// What the user asked for.
    arguments: OutputArguments,
    color: bool,
}

impl Messages {
    pub(crate) fn new(arguments: OutputArguments) -> Self {
        let color = match arguments.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            }
        };
        Self { arguments, color }
    }

    /// Whether the user wants to read more than the counts.
    pub(crate) fn is_verbose(self) -> bool {
        self.arguments.verbose
    }

    fn shows_progress(self) -> bool {
        !self.arguments.no_progress && !self.arguments.quiet
    }

    /// Whether a moving bar may be shown.
    pub(crate) fn shows_bar(self) -> bool {
        self.shows_progress() && !self.is_verbose() && stderr().is_terminal()
    }

    /// Whether a plain line now and then may be shown.
    pub(crate) fn shows_lines(self) -> bool {
        self.shows_progress() && !self.shows_bar()
    }

    /// What is good to know.
    pub(crate) fn info(self, message: impl Display) {
        if !self.arguments.quiet {
            eprintln!("{message}");
        }
    }

    /// What may not be as the user wants it.
    pub(crate) fn warning(self, message: impl Display) {
        if !self.arguments.quiet {
            eprintln!("{}: {message}", self.painted("warning", "33"));
        }
    }

    /// A document or an input that failed.
    pub(crate) fn failure(self, failure: &Failure) {
        let place = match failure.line {
            Some(line) => format!("`{}`, line {line}", failure.path),
            None => format!("`{}`", failure.path),
        };
        let label = self.painted("error", "31");
        eprintln!("{label}: {place} failed\n  caused by: {}: {}", failure.stage, failure.cause);
    }

    /// The error that stopped the program, with its causes and what to do.
    pub(crate) fn error(self, error: &anyhow::Error) {
        eprintln!("{}: {error}", self.painted("error", "31"));
        let mut shown = error.to_string();
        for cause in error.chain().skip(1) {
            let message = cause.to_string();
            if !shown.contains(&message) {
                for (number, line) in message.trim_end().lines().enumerate() {
                    eprintln!("{}{line}", if number == 0 { "  caused by: " } else { "    " });
                }
            }
            shown = message;
        }
        if let Some(hint) = error.chain().find_map(hint) {
            eprintln!("\n{}: {hint}", self.painted("hint", "36"));
        }
    }

    fn painted(self, text: &str, code: &str) -> String {
        if self.color { format!("\x1b[1;{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// A run that stopped before its end.
#[derive(Debug)]
pub(crate) struct Stopped {
    /// The file or folder of the output as it was named, which is as it was; `None` for what was written straight.
    pub(crate) output: Option<String>,
    /// Whether it can go on from a checkpoint.
    pub(crate) can_resume: bool,
    /// Why it stopped.
    pub(crate) source: RunError,
}

impl Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.output {
            Some(output) => write!(f, "the run stopped; `{output}` is as it was"),
            None => f.write_str("the run stopped"),
        }
    }
}

impl Error for Stopped {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.source)
    }
}

/// What to do about an error.
fn hint(error: &(dyn Error + 'static)) -> Option<&'static str> {
    if let Some(stopped) = error.downcast_ref::<Stopped>() {
        return stopped.can_resume.then_some("the same command with `--resume` goes on from the last checkpoint");
    }
    match error.downcast_ref::<OutputError>()? {
        OutputError::Exists { .. } => Some("`--overwrite` replaces it"),
        OutputError::PartialExists { .. } => Some("if no other run writes it, `--overwrite` begins anew"),
        OutputError::Unfinished { .. } => Some("`--resume` goes on with it, `--overwrite` begins anew"),
        OutputError::Changed { .. } => Some("`--resume` wants all as it was; `--overwrite` begins anew"),
        OutputError::Torn { .. } => Some("`--overwrite` begins anew"),
        OutputError::Busy { .. } | OutputError::Foreign { .. } => Some("name another output"),
        OutputError::Write { .. } => Some("check that the folder is there, may be written and has room"),
    }
}
