//! `dixit train speakers`: trains the weights that say who a source is, and measures the embedded ones.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::bail;
use dixit_corpus::AtomicFile;
use dixit_pipeline::Pipeline;
use dixit_training::{SpeakerCorpus, SpeakerReport};

use super::gold::for_each_line;
use crate::ExitStatus;
use crate::arguments::TrainSpeakersArguments;
use crate::messages::Messages;
use crate::summary::counted;

pub(super) fn speakers(arguments: &TrainSpeakersArguments, messages: Messages) -> anyhow::Result<ExitStatus> {
    if let Some(path) = &arguments.output {
        let mut output = AtomicFile::create(path, arguments.overwrite)?;
        let train = corpus(&arguments.train, &arguments.texts)?;
        if train.is_empty() {
            bail!("no article to learn from");
        }
        let weights = train.train()?;
        output.write_all(weights.as_bytes())?;
        output.commit()?;
        let (articles, lines) = (counted(train.len() as u64, "article"), weights.lines().count());
        messages.info(format_args!("`{}`: {lines} weights, learned from {articles}", path.display()));
    }
    if !arguments.dev.is_empty() {
        let dev = corpus(&arguments.dev, &arguments.texts)?;
        for (quotes, gold) in [("gold quotes", true), ("found quotes", false)] {
            tell(quotes, &dev.report(gold)?, messages);
        }
    }
    Ok(ExitStatus::Success)
}

/// Prints how many speakers are right: by kind of source, then by tenth of the score.
fn tell(quotes: &str, report: &SpeakerReport, messages: Messages) {
    let (right, all) = report.kinds.values().fold((0, 0), |(right, all), one| (right + one.0, all + one.1));
    messages.info(format_args!("{quotes}: {right} of {all} speakers right ({:.3})", share(right, all)));
    for (kind, &(right, all)) in &report.kinds {
        messages.info(format_args!("  {kind}: {right} of {all} ({:.3})", share(right, all)));
    }
    for (tenth, &(right, all)) in report.tenths.iter().enumerate().filter(|(_, tenth)| tenth.1 > 0) {
        messages.info(format_args!("  score from 0.{tenth}: {right} of {all} ({:.3})", share(right, all)));
    }
}

fn share(right: usize, all: usize) -> f64 {
    right as f64 / all.max(1) as f64
}

/// The articles of corpus files.
fn corpus(paths: &[PathBuf], texts: &[PathBuf]) -> anyhow::Result<SpeakerCorpus> {
    let mut corpus = SpeakerCorpus::new(Pipeline::load("news")?);
    for_each_line(paths, texts, |line| Ok(corpus.add(line)?))?;
    Ok(corpus)
}
