//! The form of a pipeline file.

use serde::Deserialize;

/// A pipeline file.
///
/// ```toml
/// name = "quotes-only"
/// omit = ["tokens"]          # layers that records leave out; may be absent
///
/// [input]                    # the fields of the input; may be absent, and so may each
/// text = "body"
/// id = "url"
/// headline = "title"
///
/// [[stage]]
/// use = "paragraphs"
///
/// [[stage]]
/// use = "language"
/// minimum-confidence = 0.6   # options of the stage; may be absent
/// ```
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PipelineFile {
    /// The name that records carry.
    pub name: String,
    /// The layers that records leave out.
    #[serde(default)]
    pub omit: Vec<String>,
    /// The fields of the input.
    #[serde(default)]
    pub input: InputFile,
    /// The stages, in the order in which they run.
    #[serde(default, rename = "stage")]
    pub stages: Vec<StageFile>,
}

/// Which fields of the input hold what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct InputFile {
    /// The field of the text.
    pub text: Option<String>,
    /// The field of the id; if it is named, every article must have it.
    pub id: Option<String>,
    /// The field of a headline that stands before the text.
    pub headline: Option<String>,
}

/// A stage with its options.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "use", deny_unknown_fields, rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum StageFile {
    /// Adds `paragraphs`.
    Paragraphs {},
    /// Adds `language`.
    Language {
        /// Below this confidence a document is `und`, 0 to 1.
        minimum_confidence: Option<f32>,
    },
    /// Adds `sentences` and `tokens`.
    Tokens {},
    /// Adds `subwords`.
    Subwords {
        /// The embedded tokenizer's name, or the path of a Hugging Face `tokenizer.json`.
        tokenizer: String,
    },
    /// Adds `entities`.
    Entities {},
    /// Adds `speakers` and `quotes`.
    Quotes {},
    /// Adds `positions`.
    Positions {
        /// The names of embedded topics, or paths of topic files.
        topics: Vec<String>,
    },
}
