//! `dixit validate`: checks every record against the schema, and every offset against the text.

use std::io::{BufRead, Write, stdout};

use anyhow::Context;
use dixit_record::Record;

use super::records::open;
use crate::ExitStatus;
use crate::arguments::ValidateArguments;
use crate::messages::Messages;
use crate::summary::counted;

pub(crate) fn validate(arguments: &ValidateArguments, messages: Messages) -> anyhow::Result<ExitStatus> {
    let (mut records, mut problems) = (0, 0);
    for name in &arguments.files {
        let (more, bad) = validate_file(name, open(name)?)?;
        records += more;
        problems += bad;
    }
    messages.info(format_args!("{}, {}", counted(records, "record"), counted(problems, "problem")));
    if records == 0 {
        messages.warning("no record was checked");
    }
    Ok(if problems == 0 { ExitStatus::Success } else { ExitStatus::Failures })
}

/// Prints the problems of a file, one a line; gives the numbers of records and problems.
fn validate_file(name: &str, mut input: Box<dyn BufRead>) -> anyhow::Result<(u64, u64)> {
    let (mut records, mut problems) = (0, 0);
    let mut stdout = stdout().lock();
    let mut buffer = Vec::new();
    for number in 1_u64.. {
        buffer.clear();
        if input.read_until(b'\n', &mut buffer).with_context(|| format!("could not read `{name}`"))? == 0 {
            break;
        }
        if buffer.trim_ascii().is_empty() {
            continue;
        }
        records += 1;
        for problem in problems_of(&buffer) {
            problems += 1;
            writeln!(stdout, "{name}:{number}: {problem}")?;
        }
    }
    Ok((records, problems))
}

fn problems_of(line: &[u8]) -> Vec<String> {
    let text = match std::str::from_utf8(line) {
        Ok(text) => text,
        Err(error) => return vec![format!("not UTF-8 from byte {}", error.valid_up_to())],
    };
    match Record::from_json(text) {
        Ok(record) => record.check().iter().map(ToString::to_string).collect(),
        Err(error) => vec![error.to_string()],
    }
}
