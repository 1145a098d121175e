//! Annotated files with the decisions that people took on them, as other commands read them.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use anyhow::Context;
use dixit_eval::Corpus;
use dixit_review::{Decisions, Reviewed, decisions_path};

use super::records::open;
use crate::messages::Messages;
use crate::summary::counted;

/// The decisions of a file of decisions.
pub(super) fn read_decisions(path: &Path) -> anyhow::Result<Decisions> {
    let place = || format!("could not read `{}`", path.display());
    let file = File::open(path).with_context(place)?;
    Decisions::read(BufReader::new(file)).with_context(place)
}

/// The file of decisions beside an annotated file, if there is one.
pub(super) fn beside(path: &str) -> Option<PathBuf> {
    Some(decisions_path(Path::new(path))).filter(|decisions| decisions.is_file())
}

/// The records of a file with the decisions of another on them, if there is one.
pub(super) fn reviewed(path: &str, decisions: Option<&Path>) -> anyhow::Result<Reviewed<Box<dyn std::io::BufRead>>> {
    let decisions = decisions.map(read_decisions).transpose()?;
    Ok(Reviewed::new(open(path)?, path, decisions.unwrap_or_default()))
}

/// The documents of a file; with the decisions on them, if there is a file of these.
pub(super) fn corpus(path: &str, decisions: Option<&Path>, messages: Messages) -> anyhow::Result<Corpus> {
    let place = || format!("could not read `{path}`");
    let Some(decisions) = decisions else {
        return Corpus::read(Path::new(path), open(path)?).with_context(place);
    };
    let mut records = reviewed(path, Some(decisions))?;
    let (mut lines, mut used, mut stale) = (Vec::new(), 0, 0);
    while let Some(applied) = records.next()? {
        applied.record.write_line(&mut lines);
        used += applied.used as u64;
        stale += applied.stale.len() as u64;
    }
    tell_decisions(path, (used, stale), messages);
    Corpus::read(Path::new("reviewed.jsonl"), lines.as_slice()).with_context(place)
}

/// Says how many decisions count, and warns of those that do not.
pub(super) fn tell_decisions(path: &str, (used, stale): (u64, u64), messages: Messages) {
    messages.info(format_args!("`{path}` with {}", counted(used, "decision")));
    warn_of_stale(stale, messages);
}

/// Warns of decisions that do not apply.
pub(super) fn warn_of_stale(stale: u64, messages: Messages) {
    if stale > 0 {
        let (decisions, verb) = (counted(stale, "decision"), if stale == 1 { "does" } else { "do" });
        messages
            .warning(format_args!("{decisions} {verb} not apply any more: what they were on is not in the records"));
    }
}
