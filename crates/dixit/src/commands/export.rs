//! `dixit export`: annotated files in the format of a training or review tool.

use std::io::{self, Write, stdout};
use std::path::Path;

use anyhow::bail;
use dixit_corpus::{AtomicFile, AtomicFolder};
use dixit_export::{Export, Files, Layout};

use crate::ExitStatus;
use crate::arguments::ExportArguments;
use crate::commands::records::for_each_record;
use crate::commands::reviewed::{read_decisions, warn_of_stale};
use crate::messages::Messages;
use crate::summary::{counted, thousands};

pub(crate) fn export(arguments: &ExportArguments, messages: Messages) -> anyhow::Result<ExitStatus> {
    let mut export = Export::new(arguments.format, &arguments.options())?;
    let mut target = Target::create(arguments)?;
    let decisions = arguments.decisions.as_deref().map(read_decisions).transpose()?.unwrap_or_default();
    let (mut used, mut stale) = (0, 0);
    let records = for_each_record(&arguments.files, |record| {
        if decisions.is_empty() {
            return Ok(export.add(record, &mut target)?);
        }
        let applied = decisions.apply(record.clone())?;
        used += applied.used as u64;
        stale += applied.stale.len() as u64;
        Ok(export.add(&applied.record, &mut target)?)
    })?;
    let losses = export.finish(&mut target)?;
    target.commit()?;
    let name = arguments.format.name();
    messages.info(format_args!("{} to `{name}`", counted(records, "record")));
    if arguments.decisions.is_some() {
        messages.info(format_args!("  with {}", counted(used, "decision")));
        warn_of_stale(stale, messages);
    }
    for (what, number) in losses.iter() {
        messages.info(format_args!("  `{name}` cannot hold {what}: {} left out", thousands(number)));
    }
    if records == 0 {
        messages.warning("no record was exported");
    }
    Ok(ExitStatus::Success)
}

/// Where the export goes.
enum Target {
    Stdout(io::Stdout),
    File(AtomicFile),
    Folder(AtomicFolder),
}

impl Target {
    fn create(arguments: &ExportArguments) -> anyhow::Result<Self> {
        let is_stdout = arguments.output == Path::new("-");
        Ok(match arguments.format.layout() {
            Layout::File if is_stdout => Self::Stdout(stdout()),
            Layout::File => Self::File(AtomicFile::create(&arguments.output, arguments.overwrite)?),
            Layout::Folder if is_stdout => {
                bail!(
                    "`{}` is a folder of files, which standard output cannot hold: name a folder",
                    arguments.format.name()
                )
            }
            Layout::Folder => Self::Folder(AtomicFolder::create(&arguments.output, arguments.overwrite)?),
        })
    }

    fn commit(self) -> anyhow::Result<()> {
        match self {
            Self::Stdout(mut stdout) => stdout.flush()?,
            Self::File(file) => file.commit()?,
            Self::Folder(folder) => folder.commit()?,
        }
        Ok(())
    }
}

impl Files for Target {
    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Stdout(stdout) => stdout.write_all(bytes),
            Self::File(file) => file.write_all(bytes),
            Self::Folder(folder) => folder.append(name, bytes),
        }
    }

    fn put(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Stdout(_) | Self::File(_) => self.append(name, bytes),
            Self::Folder(folder) => folder.put(name, bytes),
        }
    }
}
