//! `dixit train tokenizer`: trains a subword tokenizer on an archive.

use std::io::Write as _;

use dixit_corpus::AtomicFile;

use super::for_each_article;
use crate::ExitStatus;
use crate::arguments::TrainTokenizerArguments;
use crate::messages::Messages;
use crate::progress::Task;
use crate::summary::{megabytes, thousands};

pub(super) fn tokenizer(arguments: &TrainTokenizerArguments, messages: Messages) -> anyhow::Result<ExitStatus> {
    let mut output = AtomicFile::create(&arguments.output, arguments.overwrite)?;
    let mut texts = Vec::new();
    let mut task = Task::new(messages);
    for_each_article(&arguments.inputs, |article| {
        texts.push(article.text);
        task.show(|| format!("reading: {} texts", thousands(texts.len() as u64)));
        Ok(())
    })?;
    let bytes: usize = texts.iter().map(String::len).sum();
    task.begin(format!("learning from {} texts, {:.1} MB", thousands(texts.len() as u64), megabytes(bytes as u64)));
    let json = dixit_subwords::train(&texts, arguments.kind, arguments.vocabulary)?;
    task.finish();
    output.write_all(&json)?;
    output.commit()?;
    let (texts, path) = (thousands(texts.len() as u64), arguments.output.display());
    messages.info(format_args!("trained on {texts} texts: `{path}`"));
    Ok(ExitStatus::Success)
}
