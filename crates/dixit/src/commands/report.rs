//! `dixit report`: annotated files as one page.

use std::path::Path;

use anyhow::Context;
use dixit_review::Report;

use super::destination::Destination;
use super::records::for_each_record;
use crate::ExitStatus;
use crate::arguments::ReportArguments;
use crate::messages::Messages;
use crate::summary::counted;

pub(crate) fn report(arguments: &ReportArguments, messages: Messages) -> anyhow::Result<ExitStatus> {
    // What cannot be written is told before the files are read.
    let mut output = Destination::create(Path::new(&arguments.output), arguments.overwrite)?;
    let filter = arguments.filter.filter();
    let page_size = usize::try_from(arguments.page_size)?;
    let mut report = Report::new(&arguments.title, page_size).context("could not write a temporary file")?;
    for_each_record(&arguments.files, |record| match filter.select(record) {
        Some(selection) => report.add(record, &selection).context("could not write a temporary file"),
        None => Ok(()),
    })?;
    let articles = report.articles();
    if articles == 0 {
        messages.warning("no article is in the report: none passes the filters, or the files are empty");
    }
    report.write(&mut output).with_context(|| format!("could not write `{}`", arguments.output))?;
    output.commit()?;
    messages.info(format_args!("{} in `{}`", counted(articles as u64, "article"), arguments.output));
    Ok(ExitStatus::Success)
}
