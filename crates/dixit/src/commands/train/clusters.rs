//! `dixit train clusters`: learns clusters of words from text.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;

use anyhow::Context as _;
use dixit_corpus::AtomicFile;
use dixit_document::{LanguageCode, Vocabulary as _};
use dixit_training::ClusterTraining;
use indicatif::ProgressBar;

use super::for_each_article;
use crate::ExitStatus;
use crate::arguments::TrainClustersArguments;
use crate::messages::Messages;
use crate::summary::thousands;

/// How often the words of articles count among those of other text.
const ARTICLE_WEIGHT: usize = 3;

pub(super) fn clusters(arguments: &TrainClustersArguments, messages: Messages) -> anyhow::Result<ExitStatus> {
    let mut output = AtomicFile::create(&arguments.output, arguments.overwrite)?;
    let mut training = ClusterTraining::new(LanguageCode::from_name(&arguments.language)?);
    for path in &arguments.inputs {
        for (number, block) in blocks(path)? {
            training.add(&block, 1).with_context(|| format!("could not read `{}`, line {number}", path.display()))?;
        }
    }
    for_each_article(&arguments.articles, |article| Ok(training.add(&article.text, ARTICLE_WEIGHT)?))?;
    messages.info(format_args!("{} words", thousands(training.words() as u64)));
    let bar = if messages.shows_bar() { ProgressBar::new(1000) } else { ProgressBar::hidden() };
    let clusters = training.learn(arguments.minimum_count, arguments.seed, |done| bar.set_position(done));
    bar.finish_and_clear();
    output.write_all(&clusters.to_bytes())?;
    output.commit()?;
    let (words, path) = (thousands(clusters.len() as u64), arguments.output.display());
    messages.info(format_args!("clusters of {words} words: `{path}`"));
    Ok(ExitStatus::Success)
}

/// The blocks of a text between empty lines, or every 64 lines, each with the number of its first line.
fn blocks(path: &Path) -> anyhow::Result<Vec<(usize, String)>> {
    let name = path.display();
    let file = BufReader::new(File::open(path).with_context(|| format!("could not read `{name}`"))?);
    let (mut blocks, mut block, mut lines) = (Vec::new(), String::new(), 0);
    let mut first = 0;
    for (number, line) in file.lines().enumerate() {
        let line = line.with_context(|| format!("could not read `{name}`, line {}", number + 1))?;
        if lines > 0 && (lines == 64 || line.trim().is_empty()) {
            blocks.push((first, std::mem::take(&mut block)));
            lines = 0;
        }
        if !line.trim().is_empty() {
            if lines == 0 {
                first = number + 1;
            }
            block.push_str(&line);
            block.push('\n');
            lines += 1;
        }
    }
    if lines > 0 {
        blocks.push((first, block));
    }
    Ok(blocks)
}
