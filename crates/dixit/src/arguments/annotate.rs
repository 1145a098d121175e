//! The arguments of `dixit annotate`.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use dixit_corpus::OutputFormat;

#[derive(Debug, Args)]
pub(crate) struct AnnotateArguments {
    /// Files (.txt .jsonl .ndjson .csv .tsv .xml .nitf .json .ninjs .warc .wet, each also with .gz or .zst; .parquet),
    /// folders of them, patterns as `'news/**/*.xml'`, or `-` for standard input
    #[arg(required_unless_present = "retry", value_name = "INPUT")]
    pub(crate) inputs: Vec<String>,
    /// Where the records go: a file (.jsonl, .jsonl.gz, .jsonl.zst or .parquet), a folder that ends in `/`, or `-` for standard output
    #[arg(short, long, value_name = "OUT", default_value = "-")]
    pub(crate) output: String,
    /// The format of the records: jsonl, jsonl.gz, jsonl.zst or parquet [default: by the extension of OUT, else jsonl]
    #[arg(long, value_name = "FORMAT", value_parser = output_format)]
    pub(crate) output_format: Option<OutputFormat>,
    /// Write a folder of files of this size, as 500MB, before compression [default for a folder: 512MiB]
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub(crate) shard_size: Option<u64>,
    /// Where failures go [default: OUT without `.jsonl`, and `.failed.jsonl`; `failed.jsonl` in a folder; none for
    /// standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) failures: Option<PathBuf>,
    /// A pipeline by name (news, training, review) or by the path of a .toml file
    #[arg(short, long, value_name = "PIPELINE", default_value = "news")]
    pub(crate) pipeline: String,
    /// How many threads annotate; 0 for one a core
    #[arg(short, long, value_name = "N", default_value_t = 0)]
    pub(crate) jobs: usize,
    /// Replace the output if it is there
    #[arg(long)]
    pub(crate) overwrite: bool,
    /// Go on where the same command was cut off
    #[arg(long, conflicts_with = "overwrite")]
    pub(crate) resume: bool,
    /// How many seconds pass between two checkpoints
    #[arg(long, value_name = "SECONDS", default_value = "5", value_parser = interval)]
    pub(crate) checkpoint_interval: Duration,
    /// The format of all inputs: txt, jsonl, csv, tsv, xml, nitf, newsml-g2, ninjs, warc or parquet [default: by extension;
    /// standard input by its first characters]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<String>,
    /// The encoding of inputs without a byte-order mark: utf-8, windows-1252, iso-8859-15 …, or `detect` [default: utf-8]
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<String>,
    /// The field of the text [default: what the pipeline names, else text]
    #[arg(long, value_name = "NAME")]
    pub(crate) text_field: Option<String>,
    /// The field of the id; if it is named, every article must have it [default: what the pipeline names, else id]
    #[arg(long, value_name = "NAME")]
    pub(crate) id_field: Option<String>,
    /// A field that stands before the text as its headline
    #[arg(long, value_name = "NAME")]
    pub(crate) headline_field: Option<String>,
    /// Try what stands in a failures file again, and nothing else
    #[arg(long, value_name = "FAILED", conflicts_with_all = ["inputs", "format"])]
    pub(crate) retry: Option<PathBuf>,
    /// Stop when more articles than this have failed
    #[arg(long, value_name = "N")]
    pub(crate) max_failures: Option<u64>,
    /// Give a document up as failed after so many seconds
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) document_timeout: Option<Duration>,
    /// Print how much time each stage took
    #[arg(long)]
    pub(crate) stages: bool,
    /// The longest article that is annotated, in bytes of the file
    #[arg(long, value_name = "SIZE", default_value = "16MiB", value_parser = size)]
    pub(crate) max_document_bytes: u64,
}

fn output_format(name: &str) -> Result<OutputFormat, String> {
    OutputFormat::from_name(name).ok_or_else(|| format!("known are {}", OutputFormat::names()))
}

/// A time, in seconds.
fn interval(text: &str) -> Result<Duration, String> {
    let seconds = text.parse::<f64>().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.ok_or_else(|| "a number of seconds is wanted".to_owned())
}

/// A time over zero, in seconds.
fn seconds(text: &str) -> Result<Duration, String> {
    let wrong = || "a number of seconds over zero is wanted".to_owned();
    interval(text).map_err(|_| wrong()).and_then(|time| if time.is_zero() { Err(wrong()) } else { Ok(time) })
}

/// A number of bytes, with or without a unit.
fn size(text: &str) -> Result<u64, String> {
    const UNITS: [(&str, u64); 7] = [
        ("KiB", 1 << 10),
        ("MiB", 1 << 20),
        ("GiB", 1 << 30),
        ("kB", 1_000),
        ("MB", 1_000_000),
        ("GB", 1_000_000_000),
        ("", 1),
    ];
    let with_unit = |(unit, bytes): &(&str, u64)| Some((text.strip_suffix(unit)?, *bytes));
    let (number, unit) = UNITS.iter().find_map(with_unit).unwrap_or((text, 1));
    let bytes = number.trim_end().parse::<u64>().ok().and_then(|number| number.checked_mul(unit));
    bytes
        .filter(|&bytes| bytes > 0)
        .ok_or_else(|| "a number of bytes over zero is wanted, as 1000000, 500MB or 1GiB".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_sizes_with_and_without_a_unit() {
        assert_eq!(size("20"), Ok(20));
        assert_eq!((size("500MB"), size("2 GiB")), (Ok(500_000_000), Ok(2 << 30)));
        for wrong in ["", "0", "MB", "-1", "1.5GB", "1TB", "99999999999GiB"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
