//! `dixit train`: trains embedded models anew.

mod speakers;

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, bail};
use dixit_corpus::{AtomicFile, ReadOptions, Reader, find_inputs};
use dixit_document::{LanguageCode, Vocabulary as _};
use dixit_training::{EntityCorpus, EntityTraining, Settings};
use indicatif::ProgressBar;

use crate::ExitStatus;
use crate::arguments::{TrainCommand, TrainEntitiesArguments, TrainTokenizerArguments};
use crate::messages::Messages;
use crate::summary::{counted, thousands};

pub(crate) fn train(command: &TrainCommand, messages: Messages) -> anyhow::Result<ExitStatus> {
    match command {
        TrainCommand::Entities(arguments) => entities(arguments, messages),
        TrainCommand::Speakers(arguments) => speakers::train_speakers(arguments, messages),
        TrainCommand::Tokenizer(arguments) => tokenizer(arguments, messages),
    }
}

fn entities(arguments: &TrainEntitiesArguments, messages: Messages) -> anyhow::Result<ExitStatus> {
    let language = LanguageCode::from_name(&arguments.language)?;
    let mut output = AtomicFile::create(&arguments.output, arguments.overwrite)?;
    let (train, dev) = (corpus(&arguments.train, language)?, corpus(&arguments.dev, language)?);
    if train.is_empty() || dev.is_empty() {
        bail!("no document of `{language}` to learn from, or none to choose by");
    }
    let documents = counted(train.len() as u64, "document");
    let settings = Settings {
        minimum_count: arguments.minimum_count,
        threshold: arguments.threshold,
        rate: arguments.rate,
        dropout: arguments.dropout,
        decay: arguments.decay,
        seed: arguments.seed,
    };
    let mut training = EntityTraining::new(language, &train, dev, settings)?;
    let (features, misfits) = (thousands(training.features() as u64), training.misfits());
    messages
        .info(format_args!("{documents}, {} sentences, {features} features", thousands(training.sentences() as u64)));
    if misfits > 0 {
        messages.warning(format_args!("{misfits} entities begin or end inside a word and are not learned"));
    }
    learn(&mut training, arguments, messages)?;
    let model = training.best().context("no epoch was finished")?;
    output.write_all(model)?;
    output.commit()?;
    messages.info(format_args!("`{}`: {} bytes", arguments.output.display(), thousands(model.len() as u64)));
    Ok(ExitStatus::Success)
}

/// Learns until the epochs, the patience or the user end it.
fn learn(training: &mut EntityTraining, arguments: &TrainEntitiesArguments, messages: Messages) -> anyhow::Result<()> {
    let interrupted = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&interrupted);
    ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed)).context("could not listen for an interrupt")?;
    let mut since_best = 0;
    for epoch in 1..=arguments.epochs {
        let sentences = training.sentences() as u64;
        let bar = if messages.shows_bar() { ProgressBar::new(sentences) } else { ProgressBar::hidden() };
        let report = training.epoch(epoch, |done| {
            bar.set_position(done as u64);
            !interrupted.load(Ordering::Relaxed)
        })?;
        bar.finish_and_clear();
        let (loss, (precision, recall, f1)) = (report.loss, report.scores);
        let best = if report.is_best { ", the best so far" } else { "" };
        messages
            .info(format_args!("epoch {epoch}: loss {loss:.3}, dev P {precision:.4} R {recall:.4} F1 {f1:.4}{best}"));
        if interrupted.load(Ordering::Relaxed) {
            messages.warning("interrupted: the best model so far is kept");
            return Ok(());
        }
        since_best = if report.is_best { 0 } else { since_best + 1 };
        if since_best >= arguments.patience {
            return Ok(());
        }
    }
    Ok(())
}

/// The documents of `language` in corpus files.
fn corpus(paths: &[PathBuf], language: LanguageCode) -> anyhow::Result<EntityCorpus> {
    let mut corpus = EntityCorpus::default();
    for path in paths {
        let name = path.display();
        let file = BufReader::new(File::open(path).with_context(|| format!("could not read `{name}`"))?);
        for (number, line) in file.lines().enumerate() {
            let place = || format!("could not read `{name}`, line {}", number + 1);
            let line = line.with_context(place)?;
            if !line.trim().is_empty() {
                corpus.add(&line, language).with_context(place)?;
            }
        }
    }
    Ok(corpus)
}

fn tokenizer(arguments: &TrainTokenizerArguments, messages: Messages) -> anyhow::Result<ExitStatus> {
    let mut output = AtomicFile::create(&arguments.output, arguments.overwrite)?;
    let found = find_inputs(&arguments.inputs, None, &[]);
    if let Some(error) = found.errors.into_iter().next() {
        return Err(error.into());
    }
    let mut texts = Vec::new();
    for article in Reader::new(found.inputs, ReadOptions::default()) {
        match article {
            Ok(article) => texts.push(article.text),
            Err(failure) => anyhow::bail!("`{}` failed: {}", failure.path, failure.cause),
        }
    }
    let json = dixit_subwords::train(&texts, arguments.vocabulary)?;
    output.write_all(&json)?;
    output.commit()?;
    let (texts, path) = (thousands(texts.len() as u64), arguments.output.display());
    messages.info(format_args!("trained on {texts} texts: `{path}`"));
    Ok(ExitStatus::Success)
}
