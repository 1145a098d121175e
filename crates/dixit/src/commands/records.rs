//! Opens and reads annotated files and gold, a record or a line at a time: the one place where commands take them from.

use std::fs::File;
use std::io::{BufRead, BufReader, stdin};
use std::path::Path;

use anyhow::Context as _;
use dixit_record::Record;
use dixit_review::Records;

/// How many bytes are read at once.
const BUFFER: usize = 1 << 18;

/// A file to read, or standard input for `-`.
pub(super) fn open(path: impl AsRef<Path>) -> anyhow::Result<Box<dyn BufRead>> {
    let path = path.as_ref();
    if path.as_os_str() == "-" {
        return Ok(Box::new(stdin().lock()));
    }
    let file = File::open(path).with_context(|| format!("could not read `{}`", path.display()))?;
    Ok(Box::new(BufReader::with_capacity(BUFFER, file)))
}

/// Hands each record of the files to `take`, in order; an error of reading says where it was. Gives the number of records.
pub(super) fn for_each_record(
    files: &[String],
    mut take: impl FnMut(&Record<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<u64> {
    let mut count = 0;
    for name in files {
        let mut records = Records::new(open(name)?, name);
        while let Some(record) = records.next()? {
            count += 1;
            take(&record)?;
        }
    }
    Ok(count)
}

/// Hands each line of the files that is not blank to `take`, without its line end; an error says where it was.
pub(super) fn for_each_line(
    files: &[impl AsRef<Path>],
    mut take: impl FnMut(&str) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    for path in files {
        let name = path.as_ref().display();
        let mut input = open(path)?;
        let mut line = String::new();
        for number in 1_u64.. {
            line.clear();
            let place = || format!("could not read `{name}`, line {number}");
            if input.read_line(&mut line).with_context(place)? == 0 {
                break;
            }
            if !line.trim().is_empty() {
                take(line.trim_end_matches(['\r', '\n'])).with_context(place)?;
            }
        }
    }
    Ok(())
}
