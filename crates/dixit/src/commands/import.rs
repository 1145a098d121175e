//! `dixit import`: reviewed work of other tools, back to records.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use dixit_export::{Outcome, Reviews, Tool};

use crate::ExitStatus;
use crate::arguments::ImportArguments;
use crate::commands::destination::Destination;
use crate::commands::records::for_each_line;
use crate::messages::Messages;
use crate::summary::{counted, thousands};

/// How many records became what.
#[derive(Default)]
struct Counts {
    records: u64,
    changed: u64,
    unchanged: u64,
}

pub(crate) fn import(arguments: &ImportArguments, messages: Messages) -> anyhow::Result<ExitStatus> {
    let mut reviews = Reviews::new(arguments.tool);
    for path in &arguments.files {
        read(&mut reviews, path)?;
    }
    let mut output = Destination::create(&arguments.output, arguments.overwrite)?;
    let counts = write(arguments, &mut reviews, &mut output)?;
    output.commit()?;
    Ok(tell(&reviews, &counts, messages))
}

/// Reads a file, or each pair of `.ann` and `.txt` of a folder of brat.
fn read(reviews: &mut Reviews, path: &Path) -> anyhow::Result<()> {
    let content =
        |path: &Path| fs::read_to_string(path).with_context(|| format!("could not read `{}`", path.display()));
    if reviews.tool() != Tool::Brat {
        reviews.read(&path.display().to_string(), &content(path)?, None);
        return Ok(());
    }
    let entries = fs::read_dir(path).with_context(|| format!("could not read the folder `{}`", path.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<Vec<PathBuf>>>()?;
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "ann")) {
        let text = content(&path.with_extension("txt"))?;
        reviews.read(&path.display().to_string(), &content(path)?, Some(&text));
    }
    Ok(())
}

/// Writes the records, each as its reviewer left it; a record that nothing changed stays the same line.
fn write(arguments: &ImportArguments, reviews: &mut Reviews, output: &mut impl Write) -> anyhow::Result<Counts> {
    let mut counts = Counts::default();
    let mut changed = Vec::new();
    for_each_line(&arguments.onto, |line| {
        let mut record = dixit_record::Record::from_json(line)?;
        counts.records += 1;
        changed.clear();
        match reviews.apply(&mut record) {
            Outcome::NotReviewed if arguments.reviewed_only => return Ok(()),
            Outcome::NotReviewed => {}
            Outcome::Unchanged => counts.unchanged += 1,
            Outcome::Changed => {
                counts.changed += 1;
                record.write_line(&mut changed);
                output.write_all(&changed)?;
                return Ok(());
            }
        }
        writeln!(output, "{line}")?;
        Ok(())
    })?;
    Ok(counts)
}

fn tell(reviews: &Reviews, counts: &Counts, messages: Messages) -> ExitStatus {
    for refusal in reviews.refusals() {
        messages.warning(format_args!("not taken: {refusal}"));
    }
    let mut without_record = 0;
    for place in reviews.without_record() {
        without_record += 1;
        messages.warning(format_args!("not taken: {place}: none of the records is of this article"));
    }
    let [changed, unchanged] = [counts.changed, counts.unchanged].map(thousands);
    messages.info(format_args!(
        "{}, {changed} changed by reviewers, {unchanged} left as they were",
        counted(counts.records, "record")
    ));
    if reviews.passed_over() > 0 {
        let passed_over = counted(reviews.passed_over(), "task");
        messages.info(format_args!("{passed_over} passed over: rejected, skipped or not reviewed"));
    }
    if reviews.is_empty() {
        messages.warning("no article was reviewed");
    }
    if reviews.refusals().is_empty() && without_record == 0 { ExitStatus::Success } else { ExitStatus::Failures }
}
