//! `dixit schema`: prints the JSON Schema of a record.

use std::io::{Write, stdout};

use crate::ExitStatus;

pub(crate) fn schema() -> anyhow::Result<ExitStatus> {
    writeln!(stdout(), "{}", dixit_record::json_schema())?;
    Ok(ExitStatus::Success)
}
