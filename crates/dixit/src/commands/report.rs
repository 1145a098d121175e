//! `dixit report`: annotated files as one page.

use std::io::{Write, stdout};
use std::path::Path;

use anyhow::Context;
use dixit_corpus::AtomicFile;
use dixit_review::{Records, Report};

use super::view::open;
use crate::ExitStatus;
use crate::arguments::ReportArguments;
use crate::messages::Messages;
use crate::summary::counted;

pub(crate) fn report(arguments: &ReportArguments, messages: Messages) -> anyhow::Result<ExitStatus> {
    // What cannot be written is told before the files are read.
    let file = match arguments.output.as_str() {
        "-" => None,
        path => Some(AtomicFile::create(Path::new(path), arguments.overwrite)?),
    };
    let filter = arguments.filter.filter();
    let page_size = usize::try_from(arguments.page_size)?;
    let mut report = Report::new(&arguments.title, page_size).context("could not write a temporary file")?;
    for name in &arguments.files {
        let mut records = Records::new(open(name)?, name);
        while let Some(record) = records.next()? {
            if let Some(selection) = filter.select(&record) {
                report.add(&record, &selection).context("could not write a temporary file")?;
            }
        }
    }
    let articles = report.articles();
    if articles == 0 {
        messages.warning("no article is in the report: none passes the filters, or the files are empty");
    }
    let place = || format!("could not write `{}`", arguments.output);
    match file {
        None => report.write(&mut stdout().lock())?,
        Some(mut file) => {
            report.write(&mut file).with_context(place)?;
            file.flush().with_context(place)?;
            file.commit()?;
        }
    }
    messages.info(format_args!("{} in `{}`", counted(articles as u64, "article"), arguments.output));
    Ok(ExitStatus::Success)
}
