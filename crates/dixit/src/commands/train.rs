//! `dixit train`: trains embedded models anew.

mod clusters;
mod entities;
mod epoch;
mod gold;
mod positions;
mod quotes;
mod speakers;
mod tokenizer;

use anyhow::bail;
use dixit_corpus::{ReadOptions, Reader, find_inputs};
use dixit_record::Article;

use crate::ExitStatus;
use crate::arguments::TrainCommand;
use crate::messages::Messages;

pub(crate) fn train(command: &TrainCommand, messages: Messages) -> anyhow::Result<ExitStatus> {
    match command {
        TrainCommand::Clusters(arguments) => clusters::clusters(arguments, messages),
        TrainCommand::Entities(arguments) => entities::entities(arguments, messages),
        TrainCommand::Positions(arguments) => positions::positions(arguments, messages),
        TrainCommand::Quotes(arguments) => quotes::quotes(arguments, messages),
        TrainCommand::Speakers(arguments) => speakers::speakers(arguments, messages),
        TrainCommand::Tokenizer(arguments) => tokenizer::tokenizer(arguments, messages),
    }
}

/// Hands each article of the inputs to `take`, in order; the first that cannot be read ends it.
fn for_each_article(inputs: &[String], mut take: impl FnMut(Article) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let found = find_inputs(inputs, None, &[]);
    if let Some(error) = found.errors.into_iter().next() {
        return Err(error.into());
    }
    for reading in Reader::new(found.inputs, ReadOptions::default()) {
        match reading.into_result() {
            Ok(article) => take(article)?,
            Err(failure) => bail!("`{}` failed: {}", failure.path, failure.cause),
        }
    }
    Ok(())
}
