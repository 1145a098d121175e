//! `dixit review`: annotated files corrected on a local page, and the corrected records written.

use std::io::{Write, stdout};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context;
use dixit_review::{Order, Page, Queue, Server, Session, decisions_path};

use super::destination::Destination;
use super::reviewed::{read_decisions, reviewed, warn_of_stale};
use crate::ExitStatus;
use crate::arguments::ReviewArguments;
use crate::byte_progress::ByteProgress;
use crate::messages::Messages;
use crate::summary::counted;

pub(crate) fn review(arguments: &ReviewArguments, messages: Messages) -> anyhow::Result<ExitStatus> {
    match &arguments.output {
        Some(output) => apply(arguments, output, messages),
        None => serve(arguments, messages),
    }
}

fn serve(arguments: &ReviewArguments, messages: Messages) -> anyhow::Result<ExitStatus> {
    let path = Path::new(&arguments.file);
    let decisions = decisions_of(arguments);
    let progress = ByteProgress::new(messages, "reading");
    let order = if arguments.order == "file" { Order::File } else { Order::Doubt };
    let filter = arguments.filter.filter();
    let queue = Queue { order, filter: &filter };
    let session = Session::open(path, &decisions, queue, |bytes, total| {
        progress.show(bytes, total);
    })
    .with_context(|| format!("could not review `{}`", arguments.file))?;
    drop(progress);
    tell_start(&session, messages);
    let page = Page { title: arguments.file.clone(), topic: arguments.topic.clone(), finish: "End the review" };
    let server = Server::bind(arguments.port, session, page)?;
    run(server, arguments.open, messages)?;
    let count = read_decisions(&decisions)?.len();
    messages.info(format_args!("{} in `{}`", counted(count as u64, "decision"), decisions.display()));
    Ok(ExitStatus::Success)
}

/// What was found when a review began.
pub(super) fn tell_start(session: &Session, messages: Messages) {
    let log = session.log();
    if log.repaired() > 0 {
        messages.warning(format_args!(
            "the last line of `{}` had been cut off: its {} bytes are taken away, all before them is there",
            log.path().display(),
            log.repaired()
        ));
    }
    if session.is_empty() {
        messages.warning("no article is in the queue: none passes the filters, or the file is empty");
    }
    let articles = counted(session.len() as u64, "article");
    messages.info(format_args!("{articles} in the queue, {} settled; Ctrl-C ends the review", session.settled()));
}

/// Prints the address, opens it if that is asked for, and serves until the review ends.
pub(super) fn run(server: Server, opens: bool, messages: Messages) -> anyhow::Result<()> {
    let stopper = server.stopper();
    ctrlc::set_handler(move || stopper.stop()).context("could not listen for Ctrl-C")?;
    let mut out = stdout().lock();
    writeln!(out, "{}", server.address()).and_then(|()| out.flush()).context("could not print the address")?;
    drop(out);
    if opens && !open_browser(server.address()) {
        messages.warning("no browser could be started: open the address in one");
    }
    server.run()?;
    Ok(())
}

fn open_browser(address: &str) -> bool {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/c", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}

fn decisions_of(arguments: &ReviewArguments) -> PathBuf {
    arguments.decisions.clone().unwrap_or_else(|| decisions_path(Path::new(&arguments.file)))
}

/// Writes the corrected records; `--apply` and `--output` come together.
fn apply(arguments: &ReviewArguments, output: &str, messages: Messages) -> anyhow::Result<ExitStatus> {
    let mut records = reviewed(&arguments.file, Some(&decisions_of(arguments)))?;
    let mut destination = Destination::create(Path::new(output), arguments.overwrite)?;
    let filter = arguments.filter.filter();
    let (mut written, mut used, mut stale, mut line) = (0, 0, 0, Vec::new());
    while let Some(applied) = records.next()? {
        used += applied.used as u64;
        stale += applied.stale.len() as u64;
        if (arguments.signed && !applied.signed) || filter.select(&applied.record).is_none() {
            continue;
        }
        written += 1;
        line.clear();
        applied.record.write_line(&mut line);
        destination.write_all(&line).with_context(|| format!("could not write `{output}`"))?;
    }
    destination.commit()?;
    warn_of_stale(stale, messages);
    if written == 0 {
        messages.warning("no record was written");
    }
    messages.info(format_args!("{} in `{output}`, with {}", counted(written, "record"), counted(used, "decision")));
    Ok(ExitStatus::Success)
}
