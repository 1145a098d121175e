//! The arguments of `dixit train`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use dixit_subwords::Kind;
use dixit_training::Settings;

#[derive(Debug, Subcommand)]
pub(crate) enum TrainCommand {
    /// Learn clusters of words from text, for models of named entities
    Clusters(TrainClustersArguments),
    /// Train a model of named entities for one language
    Entities(TrainEntitiesArguments),
    /// Train the weights of positions on dialogue
    Positions(TrainPositionsArguments),
    /// Train the model of quotes, for both languages
    #[command(
        mut_arg("minimum_count", |argument| argument.default_value("6")),
        mut_arg("threshold", |argument| argument.default_value("0.1")),
        mut_arg("rate", |argument| argument.default_value("0.05"))
    )]
    Quotes(TrainQuotesArguments),
    /// Train the weights that say who a source is
    Speakers(TrainSpeakersArguments),
    /// Train a subword tokenizer: byte-level BPE, `WordPiece` or unigram
    Tokenizer(TrainTokenizerArguments),
}

#[derive(Debug, Args)]
pub(crate) struct TrainClustersArguments {
    /// Plain text to learn from
    #[arg(required = true, value_name = "FILE")]
    pub(crate) inputs: Vec<PathBuf>,
    /// Articles of the kind that is to be tagged, as JSON lines with `text`; their words count three times
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub(crate) articles: Vec<String>,
    /// The language of the text, en or fr
    #[arg(long, value_name = "CODE")]
    pub(crate) language: String,
    /// Where the clusters go
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Leave out words that count less
    #[arg(long, value_name = "N", default_value_t = 6)]
    pub(crate) minimum_count: u32,
    /// Where the learning starts from
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// Replace the output if it is there
    #[arg(long)]
    pub(crate) overwrite: bool,
}

#[derive(Debug, Args)]
pub(crate) struct TrainEntitiesArguments {
    /// Corpora to learn from: JSON lines with `id`, `lang`, `text` and `entities` (`start`, `end`, `label`)
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    pub(crate) train: Vec<PathBuf>,
    /// Corpora of the same form to choose the best model by
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    pub(crate) dev: Vec<PathBuf>,
    /// Corpora of the other language, of which the names of people, places and organisations are learned too
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub(crate) also: Vec<PathBuf>,
    /// How many times as much a document of the language counts as one of those
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..))]
    pub(crate) emphasis: u8,
    /// The language to learn, en or fr; documents of others are passed over
    #[arg(long, value_name = "CODE")]
    pub(crate) language: String,
    /// Clusters of the language's words, as `dixit train clusters` writes them
    #[arg(long, value_name = "FILE")]
    pub(crate) clusters: Option<PathBuf>,
    /// Where the model goes
    #[arg(short, long, value_name = "MODEL")]
    pub(crate) output: PathBuf,
    /// The most epochs
    #[arg(long, value_name = "N", default_value_t = 14)]
    pub(crate) epochs: usize,
    /// Learn so many times from nothing, in other orders, and take the mean
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..))]
    pub(crate) runs: u8,
    /// Stop a run after so many epochs that are no better
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(crate) patience: usize,
    #[command(flatten)]
    pub(crate) learning: LearningArguments,
    /// Replace the output if it is there
    #[arg(long)]
    pub(crate) overwrite: bool,
}

/// How a model of the tagger is learned. The defaults are those for entities; [`TrainCommand::Quotes`] has some of its own.
#[derive(Debug, Args)]
pub(crate) struct LearningArguments {
    /// Leave out features that are seen less often
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub(crate) minimum_count: u32,
    /// Leave out weights below this
    #[arg(long, value_name = "WEIGHT", default_value_t = 0.04)]
    pub(crate) threshold: f32,
    /// The size of a step of learning
    #[arg(long, value_name = "RATE", default_value_t = 0.1)]
    pub(crate) rate: f32,
    /// The share of features that are passed over at random
    #[arg(long, value_name = "SHARE", default_value_t = 0.3)]
    pub(crate) dropout: f32,
    /// How much of a weight is lost with each step that changes it
    #[arg(long, value_name = "SHARE", default_value_t = 0.00002)]
    pub(crate) decay: f32,
    /// Where the order of what is learned from starts from
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
}

impl LearningArguments {
    pub(crate) fn settings(&self) -> Settings {
        let &Self { minimum_count, rate, decay, dropout, threshold, seed } = self;
        Settings { minimum_count, rate, decay, dropout, threshold, seed }
    }
}

#[derive(Debug, Args)]
pub(crate) struct TrainSpeakersArguments {
    /// Corpora to learn from: JSON lines with `id`, `text` and `quotes`
    #[arg(long, num_args = 1.., value_name = "FILE", requires = "output")]
    pub(crate) train: Vec<PathBuf>,
    /// Corpora of the same form to measure the embedded weights on: with gold quotes, and with those that are found
    #[arg(long, num_args = 1.., value_name = "FILE", required_unless_present = "train")]
    pub(crate) dev: Vec<PathBuf>,
    /// Where the texts of documents that have none are, by id: gold that stands off its texts
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub(crate) texts: Vec<PathBuf>,
    /// Where the weights go
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Replace the output if it is there
    #[arg(long)]
    pub(crate) overwrite: bool,
}

#[derive(Debug, Args)]
pub(crate) struct TrainQuotesArguments {
    /// Corpora to learn from: JSON lines with `id`, `lang`, `text` and `quotes` (`content`, `cue`, `source`), or `attributions` after
    /// another guide
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    pub(crate) train: Vec<PathBuf>,
    /// Corpora of the same form to choose the best model by
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    pub(crate) dev: Vec<PathBuf>,
    /// Where the texts of documents that have none are, by id: gold that stands off its texts
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub(crate) texts: Vec<PathBuf>,
    /// Where the model goes
    #[arg(short, long, value_name = "MODEL")]
    pub(crate) output: PathBuf,
    /// How many epochs
    #[arg(long, value_name = "N", default_value_t = 6)]
    pub(crate) epochs: usize,
    /// How many times as much a document with `quotes` counts as one with `attributions`
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(crate) emphasis: usize,
    #[command(flatten)]
    pub(crate) learning: LearningArguments,
    /// Replace the output if it is there
    #[arg(long)]
    pub(crate) overwrite: bool,
}

#[derive(Debug, Args)]
pub(crate) struct TrainPositionsArguments {
    /// Corpora to learn from: JSON lines with `id`, `lang`, `text` and `quotes` (`content`, `type`, `position` …)
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    pub(crate) train: Vec<PathBuf>,
    /// Corpora without positions (`attributions`): what does not name dialogue counts as something else
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub(crate) elsewhere: Vec<PathBuf>,
    /// Learn from every Nth article of those only
    #[arg(long, value_name = "N", default_value_t = 4)]
    pub(crate) every: usize,
    /// How much each of their quotes counts
    #[arg(long, value_name = "WEIGHT", default_value_t = 0.6)]
    pub(crate) elsewhere_weight: f32,
    /// Corpora of the same form as those to learn from, to measure on
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub(crate) dev: Vec<PathBuf>,
    /// Where the texts of documents that have none are, by id: gold that stands off its texts
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub(crate) texts: Vec<PathBuf>,
    /// Where the weights go
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Replace the output if it is there
    #[arg(long)]
    pub(crate) overwrite: bool,
}

#[derive(Debug, Args)]
pub(crate) struct TrainTokenizerArguments {
    /// Files (.txt, .jsonl, .ndjson), folders of them, or `-` for standard input
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<String>,
    /// Where the tokenizer goes
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// bpe (byte-level), wordpiece or unigram
    #[arg(long, value_name = "KIND", default_value_t = Kind::Bpe, value_parser = Kind::from_name)]
    pub(crate) kind: Kind,
    /// The size of the vocabulary
    #[arg(long, value_name = "N", default_value_t = 16_000)]
    pub(crate) vocabulary: usize,
    /// Replace the output if it is there
    #[arg(long)]
    pub(crate) overwrite: bool,
}
