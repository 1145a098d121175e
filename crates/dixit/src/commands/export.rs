//! `dixit export`: annotated files in the format of a training or review tool.

use std::io::{self, Write};
use std::path::Path;

use anyhow::bail;
use dixit_corpus::AtomicFolder;
use dixit_document::Vocabulary as _;
use dixit_export::{Export, Files, Layout};

use crate::ExitStatus;
use crate::arguments::ExportArguments;
use crate::commands::destination::Destination;
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
    One(Destination),
    Folder(AtomicFolder),
}

impl Target {
    fn create(arguments: &ExportArguments) -> anyhow::Result<Self> {
        let ExportArguments { output, overwrite, .. } = arguments;
        Ok(match arguments.format.layout() {
            Layout::File => Self::One(Destination::create(output, *overwrite)?),
            Layout::Folder if output == Path::new("-") => {
                bail!(
                    "`{}` is a folder of files, which standard output cannot hold: name a folder",
                    arguments.format.name()
                )
            }
            Layout::Folder => Self::Folder(AtomicFolder::create(output, *overwrite)?),
        })
    }

    fn commit(self) -> anyhow::Result<()> {
        match self {
            Self::One(destination) => destination.commit(),
            Self::Folder(folder) => Ok(folder.commit()?),
        }
    }
}

impl Files for Target {
    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::One(destination) => destination.write_all(bytes),
            Self::Folder(folder) => folder.append(name, bytes),
        }
    }

    fn put(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::One(_) => self.append(name, bytes),
            Self::Folder(folder) => folder.put(name, bytes),
        }
    }
}
