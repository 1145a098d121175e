//! `dixit agreement`: how far two annotators of the same texts agree.

use std::io::{Write, stdout};

use anyhow::Context;
use dixit_eval::agreement as compare;

use super::reviewed::{beside, corpus};
use crate::ExitStatus;
use crate::arguments::AgreementArguments;
use crate::messages::Messages;
use crate::summary::counted;

pub(crate) fn agreement(arguments: &AgreementArguments, messages: Messages) -> anyhow::Result<ExitStatus> {
    let AgreementArguments { left, right, topic, json } = arguments;
    let read = |path: &str| corpus(path, beside(path).as_deref(), messages);
    let agreement = compare(&read(left)?, &read(right)?, topic)
        .with_context(|| format!("could not compare `{left}` with `{right}`"))?;
    for (path, only) in [(left, agreement.only_left), (right, agreement.only_right)] {
        if only > 0 {
            messages.warning(format_args!("passed over {} that only `{path}` has", counted(only as u64, "document")));
        }
    }
    let text = if *json { agreement.to_json() } else { agreement.to_table() };
    stdout().lock().write_all(text.as_bytes())?;
    Ok(ExitStatus::Success)
}
