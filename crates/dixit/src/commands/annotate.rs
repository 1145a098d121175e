//! `dixit annotate`: articles in, annotated records out.

mod articles;
mod description;
mod output;
mod signals;
mod target;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use dixit_corpus::{Committed, Format, Found, find_inputs};
use dixit_pipeline::Pipeline;
use dixit_runner::{Counts, RunError, RunOptions, annotator_of, run};

use self::articles::Articles;
use self::description::describe;
use self::output::{Output, Start, failures_are_in};
use self::target::Target;
use crate::ExitStatus;
use crate::arguments::AnnotateArguments;
use crate::messages::Messages;
use crate::summary::{counted, doubts, stages, summary};

pub(crate) fn annotate(arguments: &AnnotateArguments, messages: Messages) -> anyhow::Result<ExitStatus> {
    let start = Instant::now();
    let stop = signals::listen()?;
    let pipeline = Arc::new(Pipeline::load(&arguments.pipeline)?);
    tell_of(&pipeline, messages);
    let target = Target::of(arguments)?;
    let found = find_inputs(&arguments.inputs, articles::format(arguments)?, &target.paths());
    warn_about(&found, messages);
    let target = target.for_inputs(&found.inputs, arguments.resume)?;
    let mut articles = Articles::open(arguments, &pipeline, &found)?;
    let description = describe(arguments, &pipeline, articles.options(), &found);
    let (mut output, before) = match Output::open(target, description, articles.log(), &found, messages)? {
        Start::At { output, counts, position } => {
            articles.go_on_at(position);
            (output, counts)
        }
        Start::Finished { counts, committed } => return Ok(end(&counts, &counts, start, committed, messages)),
    };
    let mut counts = before.clone();
    if let Err(error) = annotate_all(arguments, &pipeline, &stop, &mut counts, articles, &mut output) {
        return Err(output.abort(&counts, &arguments.output, error).into());
    }
    if let Some(status) = signals::status(stop.load(Ordering::Relaxed)) {
        let what_now = output.stop(&counts)?;
        messages.warning(format_args!("stopped after {}{what_now}", counted(counts.documents, "document")));
        return Ok(status);
    }
    let committed = output.commit(&counts)?;
    if messages.is_verbose() || arguments.stages {
        messages.info(stages(pipeline.stages(), &counts));
    }
    Ok(end(&counts, &before, start, committed, messages))
}

fn annotate_all(
    arguments: &AnnotateArguments,
    pipeline: &Arc<Pipeline>,
    stop: &Arc<AtomicUsize>,
    counts: &mut Counts,
    mut articles: Articles,
    output: &mut Output,
) -> Result<(), RunError> {
    let options = RunOptions {
        jobs: arguments.jobs,
        document_timeout: arguments.document_timeout,
        max_failures: arguments.max_failures,
        stop: Arc::clone(stop),
        ..RunOptions::default()
    };
    let annotator = Arc::new(annotator_of(pipeline));
    let result = run(pipeline, &annotator, &options, counts, move || articles.next(), output);
    output.finish_view();
    result
}

fn tell_of(pipeline: &Pipeline, messages: Messages) {
    if messages.is_verbose() {
        let names: Vec<_> = pipeline.stages().collect();
        let (name, config) = (pipeline.name(), pipeline.config());
        messages.info(format_args!("pipeline `{name}` ({config}): {}", names.join(", ")));
    }
}

fn warn_about(found: &Found, messages: Messages) {
    for name in &found.repeated {
        messages.warning(format_args!("`{name}` is named twice; it is read once"));
    }
    if found.passed_over > 0 {
        let (files, known) = (counted(found.passed_over as u64, "file"), Format::extensions());
        messages.warning(format_args!("passed over {files} in folders, of other extensions than {known}"));
    }
}

/// Tells what was done; `before` is what an earlier run had done of it.
fn end(counts: &Counts, before: &Counts, start: Instant, committed: Committed, messages: Messages) -> ExitStatus {
    messages.info(summary(counts, before, start.elapsed()));
    let Committed { failures, passed_over } = committed;
    if passed_over > 0 {
        messages
            .info(format_args!("passed over {} of WARC files that are no plain text", counted(passed_over, "record")));
    }
    for doubt in doubts(counts) {
        messages.warning(doubt);
    }
    if counts.failures == 0 {
        return ExitStatus::Success;
    }
    if let Some(path) = failures {
        messages.info(failures_are_in(&path));
    }
    ExitStatus::Failures
}
