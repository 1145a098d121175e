//! `dixit train`: trains embedded models anew.

mod speakers;

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, bail};
use dixit_corpus::{AtomicFile, ReadOptions, Reader, find_inputs};
use dixit_document::{LanguageCode, Vocabulary as _};
use dixit_training::{
    BINS, ClusterTraining, Clusters, CorpusError, EntityCorpus, EntityTraining, PositionScores, QuoteCorpus,
    QuoteTraining, Settings, TrainingSettings, dialogue, position_example, train_positions,
};
use indicatif::ProgressBar;

use crate::ExitStatus;
use crate::arguments::{
    TrainClustersArguments, TrainCommand, TrainEntitiesArguments, TrainPositionsArguments, TrainQuotesArguments,
    TrainTokenizerArguments,
};
use crate::messages::Messages;
use crate::summary::{counted, thousands};

pub(crate) fn train(command: &TrainCommand, messages: Messages) -> anyhow::Result<ExitStatus> {
    match command {
        TrainCommand::Clusters(arguments) => clusters(arguments, messages),
        TrainCommand::Entities(arguments) => entities(arguments, messages),
        TrainCommand::Positions(arguments) => positions(arguments, messages),
        TrainCommand::Quotes(arguments) => quotes(arguments, messages),
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
    let clusters = arguments.clusters.as_deref().map(read_clusters).transpose()?.unwrap_or_default();
    let mut training = EntityTraining::new(language, &train, dev, clusters, settings)?;
    let (features, misfits) = (thousands(training.features() as u64), training.misfits());
    messages
        .info(format_args!("{documents}, {} sentences, {features} features", thousands(training.sentences() as u64)));
    if misfits > 0 {
        let are = if misfits == 1 {
            "entity begins or ends inside a word and is"
        } else {
            "entities begin or end inside a word and are"
        };
        messages.warning(format_args!("{misfits} {are} not learned"));
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

fn quotes(arguments: &TrainQuotesArguments, messages: Messages) -> anyhow::Result<ExitStatus> {
    let mut output = AtomicFile::create(&arguments.output, arguments.overwrite)?;
    let (train, dev) = (quote_corpus(&arguments.train)?, quote_corpus(&arguments.dev)?);
    if train.is_empty() || dev.is_empty() {
        bail!("no document to learn from, or none to choose by");
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
    let mut training = QuoteTraining::new(&train, dev, arguments.emphasis, settings)?;
    drop(train);
    let (heads, features) = (thousands(training.heads() as u64), thousands(training.features() as u64));
    messages.info(format_args!("{documents}, {heads} heads, {features} features"));
    if training.missed() > 0 {
        messages.warning(format_args!("{} quotes hang on no head and are not learned", training.missed()));
    }
    for epoch in 1..=arguments.epochs {
        let bar = if messages.shows_bar() { ProgressBar::new(training.heads() as u64) } else { ProgressBar::hidden() };
        let report = training.epoch(epoch, |done| {
            bar.set_position(done as u64);
            true
        })?;
        bar.finish_and_clear();
        let (loss, (precision, recall, f1)) = (report.loss, report.scores);
        let best = if report.is_best { ", the best so far" } else { "" };
        messages
            .info(format_args!("epoch {epoch}: loss {loss:.3}, dev P {precision:.4} R {recall:.4} F1 {f1:.4}{best}"));
    }
    let model = training.best().context("no epoch was finished")?;
    output.write_all(model)?;
    output.commit()?;
    messages.info(format_args!("`{}`: {} bytes", arguments.output.display(), thousands(model.len() as u64)));
    Ok(ExitStatus::Success)
}

/// The documents of corpus files, with the entities that the embedded models find.
fn quote_corpus(paths: &[PathBuf]) -> anyhow::Result<QuoteCorpus> {
    let mut corpus = QuoteCorpus::new()?;
    for path in paths {
        let name = path.display();
        let file = BufReader::new(File::open(path).with_context(|| format!("could not read `{name}`"))?);
        for (number, line) in file.lines().enumerate() {
            let place = || format!("could not read `{name}`, line {}", number + 1);
            let line = line.with_context(place)?;
            if !line.trim().is_empty() {
                corpus.add(&line).with_context(place)?;
            }
        }
    }
    Ok(corpus)
}

/// The documents of `language` in corpus files.
fn corpus(paths: &[PathBuf], language: LanguageCode) -> anyhow::Result<EntityCorpus> {
    let mut corpus = EntityCorpus::default();
    for_each_line(paths, |line| corpus.add(line, language))?;
    Ok(corpus)
}

fn positions(arguments: &TrainPositionsArguments, messages: Messages) -> anyhow::Result<ExitStatus> {
    let mut output = AtomicFile::create(&arguments.output, arguments.overwrite)?;
    let mut examples = Vec::new();
    for_each_line(&arguments.train, |line| {
        examples.push(position_example(line, 1.0, true)?);
        Ok(())
    })?;
    let marked = counted(examples.len() as u64, "article");
    let mut number = 0;
    for_each_line(&arguments.elsewhere, |line| {
        if number % arguments.every.max(1) == 0 {
            examples.push(position_example(line, arguments.elsewhere_weight, false)?);
        }
        number += 1;
        Ok(())
    })?;
    messages.info(format_args!("{marked} with positions, {} in all", thousands(examples.len() as u64)));
    let topic = dialogue()?;
    let weights = train_positions(&topic, &examples, TrainingSettings::default())?;
    output.write_all(weights.as_bytes())?;
    output.commit()?;
    messages.info(format_args!("`{}`: {} bytes", arguments.output.display(), thousands(weights.len() as u64)));
    let mut dev = Vec::new();
    for_each_line(&arguments.dev, |line| {
        dev.push(position_example(line, 1.0, true)?);
        Ok(())
    })?;
    if !dev.is_empty() {
        report(&PositionScores::measure(&topic, &weights, &dev)?, messages);
    }
    Ok(ExitStatus::Success)
}

/// Says how good weights are on articles whose quotes are given.
fn report(scores: &PositionScores, messages: Messages) {
    let (about, stances) = (scores.about_f1(), scores.macro_f1());
    messages.info(format_args!("dev, quotes given: on topic F1 {about:.4}, stances macro F1 {stances:.4}"));
    for (bin, &(found, right, sum)) in scores.reliability.iter().enumerate().filter(|(_, bin)| bin.0 > 0) {
        let (low, high) = (bin as f32 / BINS as f32, (bin + 1) as f32 / BINS as f32);
        let (mean, share) = (sum / found as f32, right as f32 / found as f32);
        messages.info(format_args!("  score {low:.1} to {high:.1}: {found} found, mean {mean:.2}, right {share:.2}"));
    }
}

/// Hands each line of the files that is not blank to `add`; an error says where it was.
fn for_each_line(paths: &[PathBuf], mut add: impl FnMut(&str) -> Result<(), CorpusError>) -> anyhow::Result<()> {
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

fn read_clusters(path: &Path) -> anyhow::Result<Clusters> {
    let name = path.display();
    let bytes = std::fs::read(path).with_context(|| format!("could not read `{name}`"))?;
    Clusters::from_bytes(&bytes).with_context(|| format!("`{name}` cannot be used"))
}

/// How often the words of articles count among those of other text.
const ARTICLE_WEIGHT: usize = 3;

fn clusters(arguments: &TrainClustersArguments, messages: Messages) -> anyhow::Result<ExitStatus> {
    let mut output = AtomicFile::create(&arguments.output, arguments.overwrite)?;
    let mut training = ClusterTraining::new(LanguageCode::from_name(&arguments.language)?);
    for path in &arguments.inputs {
        for (number, block) in blocks(path)? {
            training.add(&block, 1).with_context(|| format!("could not read `{}`, line {number}", path.display()))?;
        }
    }
    let found = find_inputs(&arguments.articles, None, &[]);
    if let Some(error) = found.errors.into_iter().next() {
        return Err(error.into());
    }
    for article in Reader::new(found.inputs, ReadOptions::default()) {
        match article {
            Ok(article) => training.add(&article.text, ARTICLE_WEIGHT)?,
            Err(failure) => bail!("`{}` failed: {}", failure.path, failure.cause),
        }
    }
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
    for (number, line) in file.lines().enumerate() {
        let line = line.with_context(|| format!("could not read `{name}`, line {}", number + 1))?;
        if lines > 0 && (lines == 64 || line.trim().is_empty()) {
            blocks.push((number - lines + 1, std::mem::take(&mut block)));
            lines = 0;
        }
        if !line.trim().is_empty() {
            block.push_str(&line);
            block.push('\n');
            lines += 1;
        }
    }
    if lines > 0 {
        blocks.push((0, block));
    }
    Ok(blocks)
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
