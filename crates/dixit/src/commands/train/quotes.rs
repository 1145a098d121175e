//! `dixit train quotes`: trains the model of quotes, for both languages.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use dixit_corpus::AtomicFile;
use dixit_training::{QuoteCorpus, QuoteTraining};

use super::epoch::epoch;
use super::gold::for_each_line;
use crate::ExitStatus;
use crate::arguments::TrainQuotesArguments;
use crate::messages::Messages;
use crate::summary::{counted, thousands};

pub(super) fn quotes(arguments: &TrainQuotesArguments, messages: Messages) -> anyhow::Result<ExitStatus> {
    let mut output = AtomicFile::create(&arguments.output, arguments.overwrite)?;
    let (train, dev) = (corpus(&arguments.train, &arguments.texts)?, corpus(&arguments.dev, &arguments.texts)?);
    if train.is_empty() || dev.is_empty() {
        bail!("no document to learn from, or none to choose by");
    }
    let documents = counted(train.len() as u64, "document");
    let mut training = QuoteTraining::new(&train, dev, arguments.emphasis, arguments.learning.settings())?;
    drop(train);
    let (heads, features) = (thousands(training.heads() as u64), thousands(training.features() as u64));
    messages.info(format_args!("{documents}, {heads} heads, {features} features"));
    if training.missed() > 0 {
        messages.warning(format_args!("{} quotes hang on no head and are not learned", training.missed()));
    }
    for number in 1..=arguments.epochs {
        let heads = training.heads();
        epoch((number, heads), messages, |tell| {
            training.epoch(number, |done| {
                tell(done);
                true
            })
        })?;
    }
    let model = training.best().context("no epoch was finished")?;
    output.write_all(model)?;
    output.commit()?;
    messages.info(format_args!("`{}`: {} bytes", arguments.output.display(), thousands(model.len() as u64)));
    Ok(ExitStatus::Success)
}

/// The documents of corpus files, with the entities that the embedded models find.
fn corpus(paths: &[PathBuf], texts: &[PathBuf]) -> anyhow::Result<QuoteCorpus> {
    let mut corpus = QuoteCorpus::new()?;
    for_each_line(paths, texts, |line| Ok(corpus.add(line)?))?;
    Ok(corpus)
}
