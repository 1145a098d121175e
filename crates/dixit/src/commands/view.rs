//! `dixit view`: annotated files in the terminal, through a pager where there is one.

use std::env;
use std::io::{BufWriter, IsTerminal as _, Write, stdout};
use std::process::{Child, Command, Stdio};

use anyhow::Context;
use clap::ColorChoice;
use dixit_review::{Filter, Terminal};

use super::records::for_each_record;
use crate::arguments::ViewArguments;
use crate::messages::Messages;
use crate::{ExitStatus, is_closed_pipe};

/// The columns of a line where nothing says how many there are.
const WIDTH: u16 = 100;
/// The most columns that are taken of a wide terminal.
const WIDEST: u16 = 120;

pub(crate) fn view(arguments: &ViewArguments, color: ColorChoice, messages: Messages) -> anyhow::Result<ExitStatus> {
    let on_terminal = stdout().is_terminal();
    let own_width = || terminal_size::terminal_size().map_or(WIDTH, |(width, _)| width.0.min(WIDEST));
    let width = arguments.width.unwrap_or_else(|| if on_terminal { own_width() } else { WIDTH });
    let color = match color {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => on_terminal && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    };
    let terminal = Terminal { width: usize::from(width), color, explain: arguments.explain };
    let mut pager = (on_terminal && !arguments.no_pager).then(pager).flatten();
    let into_pager = pager.as_mut().and_then(|child| child.stdin.take());
    let mut out: Box<dyn Write> = match into_pager {
        Some(input) => Box::new(BufWriter::new(input)),
        None => Box::new(BufWriter::new(stdout())),
    };
    let result = print(arguments, terminal, &mut out);
    drop(out);
    if let Some(child) = &mut pager {
        child.wait().context("the pager was cut off")?;
    }
    let shown = result?;
    if shown == Some(0) {
        messages.warning("no article is shown: none passes the filters, or the files are empty");
    }
    Ok(ExitStatus::Success)
}

/// Prints what passes the filters and counts it; `None` if the reader had read enough.
fn print(arguments: &ViewArguments, terminal: Terminal, out: &mut impl Write) -> anyhow::Result<Option<u64>> {
    let filter = arguments.filter.filter();
    let mut shown = 0;
    for name in &arguments.files {
        let printed = print_file(name, &filter, terminal, out).and_then(|count| Ok(out.flush().map(|()| count)?));
        match printed {
            Ok(count) => shown += count,
            Err(error) if is_closed_pipe(&error) => return Ok(None),
            Err(error) => {
                // What was printed before the line that is wrong is good.
                out.flush().ok();
                return Err(error);
            }
        }
    }
    Ok(Some(shown))
}

fn print_file(name: &String, filter: &Filter, terminal: Terminal, out: &mut impl Write) -> anyhow::Result<u64> {
    let mut shown = 0;
    for_each_record(std::slice::from_ref(name), |record| {
        if let Some(selection) = filter.select(record) {
            terminal.write(out, record, &selection)?;
            shown += 1;
        }
        Ok(())
    })?;
    Ok(shown)
}

/// `$PAGER`, else `less` with colours, quitting where all fits on the screen; `None` where it does not start.
fn pager() -> Option<Child> {
    let own = env::var("PAGER").ok().filter(|pager| !pager.trim().is_empty());
    let words: Vec<String> =
        own.map_or(vec!["less".to_owned()], |own| own.split_whitespace().map(str::to_owned).collect());
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).stdin(Stdio::piped());
    if env::var_os("LESS").is_none() {
        command.env("LESS", "FRX");
    }
    command.spawn().ok()
}
