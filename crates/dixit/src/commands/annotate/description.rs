//! What decides the bytes of a run, for the checkpoint and the manifest.

use std::collections::BTreeMap;
use std::time::Duration;

use dixit_corpus::{Found, InputState, ReadOptions, RunDescription};
use dixit_pipeline::Pipeline;

use crate::arguments::AnnotateArguments;

pub(super) fn describe(
    arguments: &AnnotateArguments,
    pipeline: &Pipeline,
    read: &ReadOptions,
    found: &Found,
) -> RunDescription {
    let text = |value: &Option<String>| value.clone();
    let seconds = |time: Duration| time.as_secs_f64().to_string();
    let fields = &read.fields;
    let options = [
        ("format", text(&arguments.format)),
        ("encoding", text(&arguments.encoding)),
        ("text-field", Some(fields.text.clone())),
        ("id-field", fields.id_required.then(|| fields.id.clone())),
        ("headline-field", text(&fields.headline)),
        ("max-document-bytes", Some(read.max_document_bytes.to_string())),
        ("document-timeout", arguments.document_timeout.map(seconds)),
        ("output-format", arguments.output_format.map(|format| format.name().to_owned())),
        ("shard-size", arguments.shard_size.map(|size| size.to_string())),
        ("failures", arguments.failures.as_ref().map(|path| path.display().to_string())),
        ("retry", arguments.retry.as_ref().map(|path| path.display().to_string())),
    ];
    let options: BTreeMap<_, _> =
        options.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    let retried = arguments.retry.iter().map(|path| InputState::of_path(path));
    RunDescription {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        pipeline: pipeline.name().to_owned(),
        config: pipeline.config().to_owned(),
        models: pipeline.models().clone(),
        options,
        inputs: retried.chain(found.inputs.iter().map(InputState::of)).collect(),
    }
}
