//! `dixit split`: parts of an archive to train, tune and test on.

use std::path::Path;

use anyhow::bail;
use dixit_corpus::AtomicFolder;
use dixit_record::Outline;
use dixit_split::{Part, Split, Splitter};

use crate::ExitStatus;
use crate::arguments::SplitArguments;
use crate::commands::records::for_each_line;
use crate::messages::Messages;
use crate::summary::{counted, thousands};

pub(crate) fn split(arguments: &SplitArguments, messages: Messages) -> anyhow::Result<ExitStatus> {
    if arguments.files.iter().any(|file| file == "-") {
        bail!("standard input can be read once, and an archive that is split is read twice: name a file");
    }
    let mut splitter = arguments.splitter()?;
    let mut output = AtomicFolder::create(&arguments.output, arguments.overwrite)?;
    if let Some(folder) = &arguments.keep {
        keep(&mut splitter, folder)?;
    }
    for_each_line(&arguments.files, |line| {
        let outline = Outline::from_json(line, arguments.source_field.as_deref(), arguments.date_field.as_deref())?;
        splitter.add(&outline.id, &outline.text, arguments.group(&outline));
        Ok(())
    })?;
    let split = splitter.finish();
    // Empty ones too: with `--overwrite` one that stays would hold articles of the split before.
    for part in Part::ALL {
        output.append(&file(part), b"")?;
    }
    let mut parts = split.parts.iter();
    for_each_line(&arguments.files, |line| {
        let Some(&part) = parts.next() else { bail!("there are more lines than before: the file was changed") };
        output.append(&file(part), line.as_bytes())?;
        Ok(output.append(&file(part), b"\n")?)
    })?;
    if parts.next().is_some() {
        bail!("a file has fewer lines than before: it was changed");
    }
    output.commit()?;
    tell(&split, messages);
    Ok(ExitStatus::Success)
}

fn file(part: Part) -> String {
    format!("{}.jsonl", part.name())
}

/// Keeps the articles of an earlier split where they are; one that was left out may come in.
fn keep(splitter: &mut Splitter, folder: &Path) -> anyhow::Result<()> {
    for part in &Part::ALL[..3] {
        for_each_line(&[folder.join(file(*part))], |line| {
            splitter.keep(&Outline::from_json(line, None, None)?.id, *part);
            Ok(())
        })?;
    }
    Ok(())
}

fn tell(split: &Split, messages: Messages) {
    let all = split.parts.len() as u64;
    messages.info(format_args!(
        "{}, {} with near-duplicates, {}",
        counted(all, "article"),
        thousands(split.duplicates as u64),
        counted(split.clusters as u64, "cluster")
    ));
    for part in Part::ALL {
        let count = split.parts.iter().filter(|&&other| other == part).count() as u64;
        let share = 100.0 * count as f64 / all.max(1) as f64;
        if part != Part::LeftOut || count > 0 {
            messages.info(format_args!("  {:<8} {} ({share:.1} %)", part.name(), thousands(count)));
        }
    }
    if let Some([dev, test]) = &split.cuts {
        messages.info(format_args!("the same cuts again: `--dev-from {dev} --test-from {test}`"));
    }
    if split.without_date > 0 {
        let count = counted(split.without_date as u64, "article");
        messages
            .warning(format_args!("{count} without a date: to train on; `--date-field` names the field that holds it"));
    }
    if all == 0 {
        messages.warning("no article was split");
    }
}
