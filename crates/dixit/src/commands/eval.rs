//! `dixit eval`: measures an annotation by another.

use std::io::{Write, stdout};

use anyhow::{Context, anyhow};
use dixit_eval::{Bootstrap, Options, Show, evaluate};

use super::reviewed::corpus;
use crate::ExitStatus;
use crate::arguments::EvalArguments;
use crate::messages::Messages;

pub(crate) fn eval(arguments: &EvalArguments, messages: Messages) -> anyhow::Result<ExitStatus> {
    let gold = corpus(&arguments.gold, arguments.decisions.as_deref(), messages)?;
    if arguments.texts {
        let mut stdout = stdout().lock();
        for line in gold.texts() {
            writeln!(stdout, "{line}")?;
        }
        return Ok(ExitStatus::Success);
    }
    let path = arguments.predicted.as_deref().ok_or_else(|| anyhow!("no PRED to compare `{}` with", arguments.gold))?;
    let predicted = corpus(path, None, messages)?;
    let options = Options {
        layers: arguments.layer.clone(),
        topic: arguments.topic.clone(),
        bootstrap: arguments.bootstrap.map(|samples| Bootstrap { samples, seed: arguments.seed }),
    };
    let report = evaluate(&gold, &predicted, &options)
        .with_context(|| format!("could not compare `{}` with `{path}`", arguments.gold))?;
    if report.missing > 0 {
        let (missing, all) = (report.missing, report.documents);
        messages
            .warning(format_args!("{missing} of {all} documents are not in `{path}`; what they hold counts as missed"));
    }
    if report.extra > 0 {
        messages
            .warning(format_args!("passed over {} documents of `{path}` that the gold does not have", report.extra));
    }
    let show = Show { confusion: arguments.confusion, reliability: arguments.reliability };
    let text = if arguments.json { report.to_json() } else { report.to_table(show) };
    stdout().lock().write_all(text.as_bytes())?;
    Ok(ExitStatus::Success)
}
