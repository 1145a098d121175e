//! Reads the gold that models learn from, line by line.

use std::path::PathBuf;

use dixit_record::GoldTexts;

use crate::commands::records;

/// Hands each line of the files that is not blank to `add`; an error says where it was. A line without a text gets that of the line of
/// `texts` with the same id.
pub(super) fn for_each_line(
    paths: &[PathBuf],
    texts: &[PathBuf],
    mut add: impl FnMut(&str) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut known = GoldTexts::default();
    records::for_each_line(texts, |line| Ok(known.add(line)?))?;
    records::for_each_line(paths, |line| add(&known.complete(line)?))
}
