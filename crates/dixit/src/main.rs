//! The command line of Dixit: reads arguments, calls the library, prints messages. No logic of its own.

mod arguments;
mod byte_progress;
mod commands;
mod messages;
mod progress;
mod summary;

use std::io;
use std::process::ExitCode;

use clap::Parser as _;

use crate::arguments::{Arguments, Command};
use crate::messages::Messages;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ExitStatus {
    /// All that was asked is done.
    Success = 0,
    /// The run is done, but some documents failed, or a file that was checked has problems.
    Failures = 1,
    /// The run stopped, or was asked for something impossible.
    Error = 2,
    /// The run was interrupted from the keyboard.
    Interrupted = 130,
    /// The run was asked to end by the system.
    Terminated = 143,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let messages = Messages::new(arguments.output);
    let result = match arguments.command {
        Command::Annotate(annotate) => commands::annotate(&annotate, messages),
        Command::Validate(validate) => commands::validate(&validate, messages),
        Command::Stats(stats) => commands::stats(&stats, messages),
        Command::Schema => commands::schema(),
        Command::Eval(eval) => commands::eval(&eval, messages),
        Command::View(view) => commands::view(&view, arguments.output.color, messages),
        Command::Report(report) => commands::report(&report, messages),
        Command::Review(review) => commands::review(&review, messages),
        Command::Agreement(agreement) => commands::agreement(&agreement, messages),
        Command::Merge(merge) => commands::merge(&merge, messages),
        Command::Export(export) => commands::export(&export, messages),
        Command::Import(import) => commands::import(&import, messages),
        Command::Split(split) => commands::split(&split, messages),
        Command::Train(train) => commands::train(&train, messages),
    };
    let status = result.unwrap_or_else(|error| {
        if is_closed_pipe(&error) {
            return ExitStatus::Success;
        }
        messages.error(&error);
        ExitStatus::Error
    });
    ExitCode::from(status as u8)
}

/// Whether the one who reads the output has read enough, as `head` does.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let kind = |cause: &(dyn std::error::Error + 'static)| cause.downcast_ref::<io::Error>().map(io::Error::kind);
    error.chain().any(|cause| kind(cause) == Some(io::ErrorKind::BrokenPipe))
}
