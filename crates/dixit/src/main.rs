//! The command line of Dixit: reads arguments, calls the library, prints messages. No logic of its own.

mod arguments;
mod commands;
mod messages;
mod progress;
mod summary;

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
        Command::Export(export) => commands::export(&export, messages),
        Command::Import(import) => commands::import(&import, messages),
        Command::Train(train) => commands::train(&train, messages),
    };
    let status = result.unwrap_or_else(|error| {
        messages.error(&error);
        ExitStatus::Error
    });
    ExitCode::from(status as u8)
}
