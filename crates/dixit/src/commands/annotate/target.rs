//! Where records and failures go: to files that come to their place at the end, or straight to where nothing can be renamed.

use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use anyhow::bail;
use dixit_corpus::{Input, OutputFormat, OutputOptions, is_stream};

use crate::arguments::AnnotateArguments;

/// The size of the files of a folder, where none is given.
const SHARD_BYTES: u64 = 512 << 20;

pub(super) enum Target {
    Files {
        options: OutputOptions,
        resume: bool,
    },
    Stream {
        /// `None` for standard output.
        path: Option<PathBuf>,
        format: OutputFormat,
        failures: Option<PathBuf>,
        overwrite: bool,
    },
}

impl Target {
    pub(super) fn of(arguments: &AnnotateArguments) -> anyhow::Result<Self> {
        let path = PathBuf::from(&arguments.output);
        let target = if arguments.output == "-" || is_stream(&path) {
            if arguments.output_format.is_some_and(|format| !format.is_stream()) {
                bail!("Parquet is written to a file or a folder: name it by `-o OUT`");
            }
            Self::Stream {
                path: (arguments.output != "-").then_some(path),
                format: arguments.output_format.unwrap_or_default(),
                failures: arguments.failures.clone(),
                overwrite: arguments.overwrite,
            }
        } else {
            Self::Files { options: files(arguments, path)?, resume: arguments.resume }
        };
        let failures = target.failures();
        let is_same = |retry: &Path| failures.as_deref().is_some_and(|failures| is_same_file(failures, retry));
        if let Some(retry) = arguments.retry.as_deref().filter(|retry| is_same(retry)) {
            let (output, retry) = (&arguments.output, retry.display());
            bail!("`{output}` holds the records of the run whose failures are in `{retry}`: name another output");
        }
        Ok(target)
    }

    fn failures(&self) -> Option<PathBuf> {
        match self {
            Self::Files { options, .. } => Some(options.failures_path()),
            Self::Stream { failures, .. } => failures.clone(),
        }
    }

    /// What is written, so that it is not read.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        match self {
            Self::Files { options, .. } => options.paths(),
            Self::Stream { path, failures, .. } => path.iter().chain(failures).cloned().collect(),
        }
    }

    /// A run over what can be read only once cannot be resumed.
    pub(super) fn for_inputs(mut self, inputs: &[Input], resume: bool) -> anyhow::Result<Self> {
        let once = inputs.iter().find(|input| input.bytes.is_none());
        match (&mut self, once) {
            (Self::Stream { .. }, _) if resume => {
                bail!(
                    "what was written straight cannot be gone on with: `--resume` is for a file or a folder, `-o OUT`"
                )
            }
            (Self::Files { .. }, Some(Input { name, .. })) if resume => {
                bail!("`{name}` can be read only once, so a run over it cannot be resumed")
            }
            (Self::Files { options, .. }, once) => options.resumable = once.is_none(),
            (Self::Stream { .. }, _) => {}
        }
        Ok(self)
    }
}

fn files(arguments: &AnnotateArguments, target: PathBuf) -> anyhow::Result<OutputOptions> {
    let is_folder = arguments.output.ends_with(['/', MAIN_SEPARATOR]) || target.is_dir();
    if arguments.shard_size.is_some() && !is_folder && names_a_file(&target) {
        let output = &arguments.output;
        bail!("`{output}` names a file: `--shard-size` is for a folder, as `-o {output}/`");
    }
    let part_bytes = arguments.shard_size.or(is_folder.then_some(SHARD_BYTES));
    let by_name = if part_bytes.is_some() { OutputFormat::default() } else { OutputFormat::of_path(&target) };
    Ok(OutputOptions {
        format: arguments.output_format.unwrap_or(by_name),
        part_bytes,
        failures: arguments.failures.clone(),
        overwrite: arguments.overwrite,
        resumable: true,
        interval: arguments.checkpoint_interval,
        target,
    })
}

/// Whether both paths lead to one file that is there, however they are spelt.
fn is_same_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

fn names_a_file(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    ["jsonl", "ndjson", "gz", "zst", "parquet"].contains(&extension)
}
