//! `dixit merge`: two reviews of the same texts as one, with a page to decide what they disagree on.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use dixit_corpus::AtomicFile;
use dixit_record::Record;
use dixit_review::{
    DISPUTED, Decisions, Filter, Order, Page, Queue, Records, Reviewed, Server, Session, decisions_path,
    merge as merge_records, open_disputes,
};

use super::records::open;
use super::review::{run, tell_start};
use super::reviewed::{beside, read_decisions, reviewed, warn_of_stale};
use crate::ExitStatus;
use crate::arguments::MergeArguments;
use crate::byte_progress::ByteProgress;
use crate::messages::Messages;
use crate::summary::counted;

pub(crate) fn merge(arguments: &MergeArguments, messages: Messages) -> anyhow::Result<ExitStatus> {
    // What cannot be written is told before a person has worked for it.
    drop(AtomicFile::create(&arguments.output, arguments.overwrite)?);
    let merged = Merged::write(arguments, messages)?;
    if merged.disputes > 0 && !arguments.no_page {
        decide(arguments, &merged, messages)?;
    }
    let decisions = decisions_path(&merged.path);
    let decisions = if decisions.is_file() { read_decisions(&decisions)? } else { Decisions::default() };
    let open = count_open(&merged.path, &decisions)?;
    if open > 0 {
        let shown = counted(open, "disagreement");
        messages.warning(format_args!("{shown} not decided, so `{}` is not written", arguments.output.display()));
        return Ok(ExitStatus::Failures);
    }
    let records = write_gold(arguments, &merged.path, decisions)?;
    for name in [merged.path.clone(), suffixed(&merged.path, ".index")] {
        fs::remove_file(name).ok();
    }
    messages.info(format_args!("{} in `{}`", counted(records, "record"), arguments.output.display()));
    Ok(ExitStatus::Success)
}

/// The file of both reviews, kept beside the output until all is decided.
struct Merged {
    path: PathBuf,
    disputes: u64,
}

impl Merged {
    /// Writes the records of both, in the order of the left one.
    fn write(arguments: &MergeArguments, messages: Messages) -> anyhow::Result<Self> {
        let (left, right) = (&arguments.left, &arguments.right);
        let (mut others, mut stale) = lines_by_id(right)?;
        let path = suffixed(&arguments.output, ".merge.jsonl");
        let mut file = AtomicFile::create(&path, true)?;
        let (mut disputes, mut disputed, mut only_left, mut line) = (0, 0, 0, Vec::new());
        let mut records = reviewed(left, beside(left).as_deref())?;
        while let Some(applied) = records.next()? {
            stale += applied.stale.len() as u64;
            let Some(other) = others.remove(&*applied.record.id) else {
                only_left += 1;
                continue;
            };
            let merged = merge_records(applied.record, &Record::from_json(&other)?, (left, right))
                .with_context(|| format!("could not merge `{left}` with `{right}`"))?;
            disputes += merged.disputes as u64;
            disputed += u64::from(merged.disputes > 0);
            line.clear();
            merged.record.write_line(&mut line);
            file.write_all(&line).with_context(|| format!("could not write `{}`", path.display()))?;
        }
        file.commit()?;
        warn_of_stale(stale, messages);
        for (path, only) in [(left, only_left), (right, others.len() as u64)] {
            if only > 0 {
                messages.warning(format_args!("left out {} that only `{path}` has", counted(only, "record")));
            }
        }
        let articles = counted(disputed, "article");
        messages.info(format_args!("{} in {articles}", counted(disputes, "disagreement")));
        Ok(Self { path, disputes })
    }
}

/// Serves the page of what is in dispute until its reviewer ends it.
fn decide(arguments: &MergeArguments, merged: &Merged, messages: Messages) -> anyhow::Result<()> {
    let filter = Filter { max_score: Some(DISPUTED), ..Filter::default() };
    let queue = Queue { order: Order::File, filter: &filter };
    let progress = ByteProgress::new(messages, "reading");
    let show = |bytes, total| progress.show(bytes, total);
    let session = Session::open(&merged.path, &decisions_path(&merged.path), queue, show)?;
    drop(progress);
    tell_start(&session, messages);
    let title = format!("{} and {}", arguments.left, arguments.right);
    let page = Page { title, topic: arguments.topic.clone(), finish: "End, and write what is decided" };
    run(Server::bind(0, session, page)?, arguments.open, messages)
}

fn count_open(path: &Path, decisions: &Decisions) -> anyhow::Result<u64> {
    let name = path.display().to_string();
    let mut records = Records::new(open(&name)?, &name);
    let mut count = 0;
    while let Some(record) = records.next()? {
        count += open_disputes(&record, decisions) as u64;
    }
    Ok(count)
}

fn write_gold(arguments: &MergeArguments, path: &Path, decisions: Decisions) -> anyhow::Result<u64> {
    let name = path.display().to_string();
    let mut records = Reviewed::new(open(&name)?, &name, decisions);
    let mut file = AtomicFile::create(&arguments.output, arguments.overwrite)?;
    let (mut count, mut line) = (0, Vec::new());
    while let Some(applied) = records.next()? {
        line.clear();
        applied.record.write_line(&mut line);
        file.write_all(&line).with_context(|| format!("could not write `{}`", arguments.output.display()))?;
        count += 1;
    }
    file.commit()?;
    Ok(count)
}

/// The reviewed records of a file as lines, by id, and how many decisions on them do not apply.
fn lines_by_id(path: &str) -> anyhow::Result<(BTreeMap<String, String>, u64)> {
    let mut records = reviewed(path, beside(path).as_deref())?;
    let (mut lines, mut stale) = (BTreeMap::new(), 0);
    while let Some(applied) = records.next()? {
        stale += applied.stale.len() as u64;
        let mut line = Vec::new();
        applied.record.write_line(&mut line);
        let id = applied.record.id.into_owned();
        if lines.contains_key(&id) {
            bail!("`{path}` has the id `{id}` twice: give each record its own");
        }
        lines.insert(id, String::from_utf8(line)?);
    }
    Ok((lines, stale))
}

fn suffixed(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
