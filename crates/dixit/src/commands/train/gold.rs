//! Reads the gold that models learn from, line by line.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;

use anyhow::Context as _;
use dixit_record::GoldTexts;

/// Hands each line of the files that is not blank to `add`; an error says where it was. A line without a text gets that of the line of
/// `texts` with the same id.
pub(super) fn for_each_line(
    paths: &[PathBuf],
    texts: &[PathBuf],
    mut add: impl FnMut(&str) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut known = GoldTexts::default();
    each_line(texts, |line| Ok(known.add(line)?))?;
    each_line(paths, |line| add(&known.complete(line)?))
}

fn each_line(paths: &[PathBuf], mut add: impl FnMut(&str) -> anyhow::Result<()>) -> anyhow::Result<()> {
    for path in paths {
        let name = path.display();
        let file = BufReader::new(File::open(path).with_context(|| format!("could not read `{name}`"))?);
        for (number, line) in file.lines().enumerate() {
            let place = || format!("could not read `{name}`, line {}", number + 1);
            let line = line.with_context(place)?;
            if !line.trim().is_empty() {
                add(&line).with_context(place)?;
            }
        }
    }
    Ok(())
}
