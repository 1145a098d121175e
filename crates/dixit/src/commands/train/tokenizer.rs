//! `dixit train tokenizer`: trains a byte-level BPE subword tokenizer.

use std::io::Write as _;

use dixit_corpus::{AtomicFile, ReadOptions, Reader, find_inputs};

use crate::ExitStatus;
use crate::arguments::TrainTokenizerArguments;
use crate::messages::Messages;
use crate::summary::thousands;

pub(super) fn tokenizer(arguments: &TrainTokenizerArguments, messages: Messages) -> anyhow::Result<ExitStatus> {
    let mut output = AtomicFile::create(&arguments.output, arguments.overwrite)?;
    let found = find_inputs(&arguments.inputs, None, &[]);
    if let Some(error) = found.errors.into_iter().next() {
        return Err(error.into());
    }
    let mut texts = Vec::new();
    for reading in Reader::new(found.inputs, ReadOptions::default()) {
        match reading.into_result() {
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
