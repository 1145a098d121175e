//! Reads annotated files, a record a line: the one place where commands take records from.

use std::fs::File;
use std::io::{BufRead, BufReader, stdin};

use anyhow::Context as _;
use dixit_record::Record;

/// Hands each record of the files to `take`, in order; an error says where it was. Gives the number of records.
pub(super) fn for_each_record(
    files: &[String],
    mut take: impl FnMut(&Record<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<u64> {
    let mut records = 0;
    for_each_line(files, |line| {
        records += 1;
        take(&Record::from_json(line)?)
    })?;
    Ok(records)
}

/// Hands each line of the files that is not blank to `take`, with its line end; an error says where it was.
pub(super) fn for_each_line(files: &[String], mut take: impl FnMut(&str) -> anyhow::Result<()>) -> anyhow::Result<()> {
    for name in files {
        let mut input: Box<dyn BufRead> = if name == "-" {
            Box::new(stdin().lock())
        } else {
            Box::new(BufReader::new(File::open(name).with_context(|| format!("could not read `{name}`"))?))
        };
        let mut line = String::new();
        for number in 1_u64.. {
            line.clear();
            let place = || format!("could not read `{name}`, line {number}");
            if input.read_line(&mut line).with_context(place)? == 0 {
                break;
            }
            if !line.trim().is_empty() {
                take(&line).with_context(place)?;
            }
        }
    }
    Ok(())
}
