//! `dixit annotate`: articles in, annotated JSONL out.

use std::io::{self, BufWriter, Write, stdout};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use anyhow::{Context, bail};
use dixit_corpus::{AtomicFile, EncodingChoice, Format, Found, ReadOptions, Reader, Retry, find_inputs};
use dixit_pipeline::Pipeline;
use dixit_record::{Failure, Fields, Reading};
use dixit_runner::{Annotated, Counts, Progress, RunOptions, Sink, annotator_of, run};

use crate::ExitStatus;
use crate::arguments::AnnotateArguments;
use crate::messages::Messages;
use crate::progress::ProgressView;
use crate::summary::{counted, doubts, stages, summary};

/// How many failures are printed one by one; the rest is in the failures file.
const PRINTED_FAILURES: u64 = 10;

pub(crate) fn annotate(arguments: &AnnotateArguments, messages: Messages) -> anyhow::Result<ExitStatus> {
    let start = Instant::now();
    let pipeline = Arc::new(Pipeline::load(&arguments.pipeline)?);
    let options = read_options(arguments, &pipeline)?;
    let paths = OutputPaths::new(arguments);
    if let (Some(retry), true) = (&arguments.retry, arguments.retry == paths.failures) {
        let (output, retry) = (&arguments.output, retry.display());
        bail!("`{output}` holds the records of the run whose failures are in `{retry}`: name another output");
    }
    let found = find_inputs(&arguments.inputs, format(arguments)?, &paths.all());
    warn_about(&found, messages);
    if messages.is_verbose() {
        let names: Vec<_> = pipeline.stages().collect();
        let (name, config) = (pipeline.name(), pipeline.config());
        messages.info(format_args!("pipeline `{name}` ({config}): {}", names.join(", ")));
    }
    let total = found.inputs.iter().map(|input| input.bytes).sum();
    let mut output = Output {
        records: paths.open_records(arguments.overwrite)?,
        failures: FailuresFile::new(paths.failures, arguments.overwrite)?,
        failed: 0,
        messages,
        view: ProgressView::new(messages, total),
    };
    for error in &found.errors {
        output.failure(&Failure::of_input(error.name(), error))?;
    }
    let passed_over = Arc::default();
    let read = articles(arguments, found, options, Arc::clone(&passed_over))?;
    let mut counts = run_all(arguments, &pipeline, read, &mut output)?;
    counts.failures = output.failed;
    output.view.finish();
    let failures = output.commit()?;
    messages.info(summary(&counts, start.elapsed()));
    if messages.is_verbose() || arguments.stages {
        messages.info(stages(pipeline.stages(), &counts));
    }
    let passed_over = passed_over.load(Ordering::Relaxed);
    if passed_over > 0 {
        messages
            .info(format_args!("passed over {} of WARC files that are no plain text", counted(passed_over, "record")));
    }
    for doubt in doubts(&counts) {
        messages.warning(doubt);
    }
    if counts.failures == 0 {
        return Ok(ExitStatus::Success);
    }
    if let Some(path) = failures {
        messages.info(format_args!("what failed, and why, is in `{}`", path.display()));
    }
    Ok(ExitStatus::Failures)
}

fn format(arguments: &AnnotateArguments) -> anyhow::Result<Option<Format>> {
    let Some(name) = &arguments.format else { return Ok(None) };
    match Format::from_name(name) {
        Some(format) => Ok(Some(format)),
        None => bail!("unknown format `{name}`: known are {}", Format::names()),
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

/// The articles of the inputs, or of the failures file.
fn articles(
    arguments: &AnnotateArguments,
    found: Found,
    options: ReadOptions,
    passed_over: Arc<AtomicU64>,
) -> anyhow::Result<Box<dyn FnMut() -> Option<Reading> + Send>> {
    if let Some(failures) = &arguments.retry {
        let mut retry = Retry::open(failures, options)?;
        return Ok(Box::new(move || retry.next()));
    }
    let mut reader = Reader::new(found.inputs, options);
    Ok(Box::new(move || {
        let reading = reader.next();
        passed_over.store(reader.passed_over(), Ordering::Relaxed);
        reading
    }))
}

fn run_all(
    arguments: &AnnotateArguments,
    pipeline: &Arc<Pipeline>,
    read: impl FnMut() -> Option<Reading> + Send,
    output: &mut Output,
) -> anyhow::Result<Counts> {
    let options = RunOptions {
        jobs: arguments.jobs,
        document_timeout: arguments.document_timeout,
        max_failures: arguments.max_failures,
        ..RunOptions::default()
    };
    let annotator = Arc::new(annotator_of(pipeline, env!("CARGO_PKG_VERSION")));
    let counts = Counts { failures: output.failed, ..Counts::default() };
    run(pipeline, &annotator, options, counts, read, output)
        .with_context(|| format!("the run stopped; `{}` is as it was", arguments.output))
}

fn read_options(arguments: &AnnotateArguments, pipeline: &Pipeline) -> anyhow::Result<ReadOptions> {
    let input = pipeline.input().clone();
    let id = arguments.id_field.clone().or(input.id);
    let fields = Fields {
        text: arguments.text_field.clone().or(input.text).unwrap_or_else(|| "text".to_owned()),
        id_required: id.is_some(),
        id: id.unwrap_or_else(|| "id".to_owned()),
        headline: arguments.headline_field.clone().or(input.headline),
    };
    let encoding = match &arguments.encoding {
        Some(name) => EncodingChoice::from_name(name).with_context(|| {
            format!("unknown encoding `{name}`: known are `detect` and the labels of the web, as `utf-8`, `windows-1252`, `iso-8859-15`")
        })?,
        None => EncodingChoice::Utf8,
    };
    Ok(ReadOptions { fields, max_document_bytes: arguments.max_document_bytes, encoding })
}

/// Where records and failures go; `None` for standard output and for nowhere.
struct OutputPaths {
    records: Option<PathBuf>,
    failures: Option<PathBuf>,
}

impl OutputPaths {
    fn new(arguments: &AnnotateArguments) -> Self {
        let records = (arguments.output != "-").then(|| PathBuf::from(&arguments.output));
        let beside = records.as_deref().map(failures_beside);
        Self { failures: arguments.failures.clone().or(beside), records }
    }

    fn all(&self) -> Vec<PathBuf> {
        self.records.iter().chain(&self.failures).cloned().collect()
    }

    fn open_records(&self, overwrite: bool) -> anyhow::Result<Records> {
        Ok(match &self.records {
            Some(path) => Records::File(AtomicFile::create(path, overwrite)?),
            None => Records::Stdout(BufWriter::with_capacity(1 << 18, stdout())),
        })
    }
}

/// `out.failed.jsonl` for `out.jsonl`.
fn failures_beside(records: &Path) -> PathBuf {
    let stem = if records.extension().is_some_and(|extension| extension == "jsonl") {
        records.with_extension("")
    } else {
        records.to_owned()
    };
    let mut name = stem.into_os_string();
    name.push(".failed.jsonl");
    PathBuf::from(name)
}

enum Records {
    File(AtomicFile),
    Stdout(BufWriter<io::Stdout>),
}

/// A file that is made with the first failure. A run without failures leaves none, not even one of an earlier run.
struct FailuresFile {
    path: Option<PathBuf>,
    overwrite: bool,
    file: Option<AtomicFile>,
}

impl FailuresFile {
    fn new(path: Option<PathBuf>, overwrite: bool) -> anyhow::Result<Self> {
        if let Some(path) = path.as_deref().filter(|path| !overwrite && path.exists()) {
            return Err(dixit_corpus::OutputError::Exists { path: path.display().to_string() }.into());
        }
        Ok(Self { path, overwrite, file: None })
    }

    fn write(&mut self, failure: &Failure) -> io::Result<()> {
        let Some(path) = &self.path else { return Ok(()) };
        let file = match &mut self.file {
            Some(file) => file,
            None => self.file.insert(AtomicFile::create(path, self.overwrite).map_err(io::Error::other)?),
        };
        file.write_all(&failure.to_line())
    }

    /// The path of the file, if there is one now.
    fn commit(self) -> anyhow::Result<Option<PathBuf>> {
        match (self.file, self.path) {
            (Some(file), path) => {
                file.commit()?;
                Ok(path)
            }
            (None, Some(path)) if path.exists() => {
                std::fs::remove_file(&path)
                    .with_context(|| format!("could not remove the old `{}`", path.display()))?;
                Ok(None)
            }
            (None, _) => Ok(None),
        }
    }
}

struct Output {
    records: Records,
    failures: FailuresFile,
    failed: u64,
    messages: Messages,
    view: ProgressView,
}

impl Output {
    /// Makes both files appear; gives the path of the failures, if there are any.
    fn commit(self) -> anyhow::Result<Option<PathBuf>> {
        match self.records {
            Records::File(file) => file.commit()?,
            Records::Stdout(mut stdout) => stdout.flush().context("could not write to standard output")?,
        }
        self.failures.commit()
    }
}

impl Sink for Output {
    fn record(&mut self, annotated: &Annotated) -> io::Result<()> {
        match &mut self.records {
            Records::File(file) => file.write_all(&annotated.line),
            Records::Stdout(stdout) => stdout.write_all(&annotated.line),
        }
    }

    fn failure(&mut self, failure: &Failure) -> io::Result<()> {
        self.failed += 1;
        if self.failed <= PRINTED_FAILURES || self.messages.is_verbose() {
            self.view.suspend(|| self.messages.failure(failure));
        }
        self.failures.write(failure)
    }

    fn progress(&mut self, progress: Progress<'_>) -> io::Result<()> {
        self.view.show(progress);
        Ok(())
    }
}
