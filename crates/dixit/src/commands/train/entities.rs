//! `dixit train entities`: trains a model of named entities for one language.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, bail};
use dixit_corpus::AtomicFile;
use dixit_document::{LanguageCode, Vocabulary as _};
use dixit_training::{Clusters, CorpusError, EntityCorpora, EntityCorpus, EntityTraining};

use super::epoch::epoch;
use super::gold::for_each_line;
use crate::ExitStatus;
use crate::arguments::TrainEntitiesArguments;
use crate::messages::Messages;
use crate::summary::{counted, thousands};

pub(super) fn entities(arguments: &TrainEntitiesArguments, messages: Messages) -> anyhow::Result<ExitStatus> {
    let language = LanguageCode::from_name(&arguments.language)?;
    let mut output = AtomicFile::create(&arguments.output, arguments.overwrite)?;
    let corpora = EntityCorpora {
        train: corpus(&arguments.train, |corpus, line| corpus.add(line, language))?,
        emphasis: usize::from(arguments.emphasis),
        also: corpus(&arguments.also, |corpus, line| corpus.add_other(line, language))?,
        dev: corpus(&arguments.dev, |corpus, line| corpus.add(line, language))?,
    };
    if corpora.train.is_empty() || corpora.dev.is_empty() {
        bail!("no document of `{language}` to learn from, or none to choose by");
    }
    let documents = counted((corpora.train.len() + corpora.also.len()) as u64, "document");
    let clusters = arguments.clusters.as_deref().map(read_clusters).transpose()?.unwrap_or_default();
    let mut training = EntityTraining::new(language, corpora, clusters, arguments.learning.settings())?;
    let (features, misfits) = (thousands(training.features() as u64), training.misfits());
    messages
        .info(format_args!("{documents}, {} sentences, {features} features", thousands(training.sentences() as u64)));
    if misfits > 0 {
        let are = if misfits == 1 {
            "entity begins or ends inside a word or another and is"
        } else {
            "entities begin or end inside a word or another and are"
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

/// Learns until the epochs and runs, the patience or the user end it.
fn learn(training: &mut EntityTraining, arguments: &TrainEntitiesArguments, messages: Messages) -> anyhow::Result<()> {
    let interrupted = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&interrupted);
    ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed)).context("could not listen for an interrupt")?;
    let mut number = 0;
    for run in 0..arguments.runs {
        if run > 0 {
            training.restart();
        }
        let mut since_best = 0;
        for _ in 0..arguments.epochs {
            number += 1;
            let report = epoch((number, training.sentences()), messages, |tell| {
                training.epoch(|done| {
                    tell(done);
                    !interrupted.load(Ordering::Relaxed)
                })
            })?;
            if interrupted.load(Ordering::Relaxed) {
                messages.warning("interrupted: the best model so far is kept");
                return Ok(());
            }
            since_best = if report.is_best || !report.counts { 0 } else { since_best + 1 };
            if since_best >= arguments.patience {
                break;
            }
        }
    }
    Ok(())
}

/// The documents of corpus files, of which `add` adds each line that is wanted.
fn corpus(
    paths: &[PathBuf],
    add: impl Fn(&mut EntityCorpus, &str) -> Result<(), CorpusError>,
) -> anyhow::Result<EntityCorpus> {
    let mut corpus = EntityCorpus::default();
    for_each_line(paths, &[], |line| Ok(add(&mut corpus, line)?))?;
    Ok(corpus)
}

fn read_clusters(path: &Path) -> anyhow::Result<Clusters> {
    let name = path.display();
    let bytes = std::fs::read(path).with_context(|| format!("could not read `{name}`"))?;
    Clusters::from_bytes(&bytes).with_context(|| format!("`{name}` cannot be used"))
}
