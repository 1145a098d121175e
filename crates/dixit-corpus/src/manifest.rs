//! What lies beside the parts of a folder: `manifest.json`, which says what was made from what, and `README.md`, a dataset card,
//! by which `datasets.load_dataset` knows the columns. Neither has a date: the same run writes the same bytes.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use dixit_record::features_yaml;
use serde::Serialize;
use serde_json::Value;

use crate::{InputSummary, OutputFormat, Part, RunDescription};

/// What a folder of records was made from and what it holds.
#[derive(Debug, Serialize)]
struct Manifest<'r> {
    /// The form of the manifest.
    schema: &'static str,
    /// The form of the records.
    record: &'static str,
    program: Program<'r>,
    pipeline: Pipeline<'r>,
    /// The SHA-256 of each model.
    models: &'r BTreeMap<String, String>,
    options: &'r BTreeMap<String, String>,
    counts: &'r Value,
    inputs: &'r [InputSummary],
    outputs: &'r [Part],
}

#[derive(Debug, Serialize)]
struct Program<'r> {
    name: &'static str,
    version: &'r str,
}

#[derive(Debug, Serialize)]
struct Pipeline<'r> {
    name: &'r str,
    config: &'r str,
}

/// Writes the manifest and the card into `folder`.
pub(crate) fn write_manifest(
    folder: &Path,
    run: &RunDescription,
    format: OutputFormat,
    counts: &Value,
    inputs: &[InputSummary],
    outputs: &[Part],
) -> io::Result<()> {
    let manifest = Manifest {
        schema: "dixit-manifest/1",
        record: "dixit/1",
        program: Program { name: "dixit", version: &run.version },
        pipeline: Pipeline { name: &run.pipeline, config: &run.config },
        models: &run.models,
        options: &run.options,
        counts,
        inputs,
        outputs,
    };
    let mut json = serde_json::to_string_pretty(&manifest)?;
    json.push('\n');
    write(&folder.join("manifest.json"), &json)?;
    write(&folder.join("README.md"), &card(run, format, outputs))
}

/// The dataset card: front matter for Hugging Face, then what a person wants to know.
fn card(run: &RunDescription, format: OutputFormat, outputs: &[Part]) -> String {
    let extension = format.name();
    let records: u64 = outputs.iter().map(|part| part.records).sum();
    let needs = if format == OutputFormat::Zstd { "  # needs the package zstandard" } else { "" };
    let polars = if format == OutputFormat::Parquet {
        "import polars, pyarrow.dataset\npolars.scan_parquet(\"PATH/OF/THIS/FOLDER/data/*.parquet\")\npyarrow.dataset.dataset(\"PATH/OF/THIS/FOLDER/data\")\n"
    } else {
        ""
    };
    let RunDescription { version, pipeline, config, .. } = run;
    format!(
        "---
language:
- en
- fr
configs:
- config_name: default
  data_files:
  - split: train
    path: data/*.{extension}
dataset_info:
  features:
{features}---

# Annotated news

{records} records in {files} files, written by dixit {version} with the pipeline `{pipeline}` (`{config}`). `manifest.json` says from which
inputs, with which models and options, and gives the SHA-256 of every file.

A record is an article with its language, paragraphs, sentences, words, named entities, quotes with their speakers, and the positions that
speakers take. Offsets are Unicode code points, ends exclusive, as Python slices. A layer that did not run is absent (null in a table); one that
ran and found nothing is an empty list. `by` says what found a thing, `score` is a rough probability. All of it was found by a program, and part of
it is wrong. `dixit schema` prints the JSON Schema, `dixit validate` checks every record.

```python
import datasets, duckdb
records = datasets.load_dataset(\"PATH/OF/THIS/FOLDER\", split=\"train\"){needs}
duckdb.sql(\"select id, unnest(quotes) from 'PATH/OF/THIS/FOLDER/data/*.{extension}'\")
{polars}```

Where the articles come from and what may be done with them is not known here: say it below.
",
        features = features_yaml(2),
        files = outputs.len(),
    )
}

fn write(path: &Path, content: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(path)?;
    file.write_all(content.as_bytes())?;
    file.sync_all()
}
