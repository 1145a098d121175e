//! Why a pipeline cannot be built.

use std::io;

use dixit_document::{Layer, UnknownName};

/// A pipeline that cannot be built; each says where and what is known.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// Neither a name that is known nor a file.
    #[error("there is no pipeline `{name}`: known are {known}, or the path of a `.toml` file")]
    Unknown {
        /// The name.
        name: String,
        /// The embedded ones.
        known: String,
    },
    /// A file that cannot be read.
    #[error("could not read `{path}`")]
    Read {
        /// The path.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// A file that is no pipeline: bad TOML, an unknown key, a wrong type.
    #[error("`{path}` is not a pipeline")]
    Parse {
        /// The path, or the name of an embedded one.
        path: String,
        /// What is wrong, with line and column.
        source: Box<toml::de::Error>,
    },
    /// A layer name that is not known.
    #[error("`{path}`, `omit`")]
    Omit {
        /// The path, or the name of an embedded one.
        path: String,
        /// The name and the known ones.
        source: UnknownName,
    },
    /// No stages at all.
    #[error("`{path}` has no stages: a pipeline lists them as `[[stage]]`")]
    Empty {
        /// The path, or the name of an embedded one.
        path: String,
    },
    /// A stage that reads what no stage before it adds.
    #[error("`{path}`: stage {position}, `{stage}`, needs the layer `{layer}`, which no stage before it adds; {hint}")]
    Order {
        /// The path, or the name of an embedded one.
        path: String,
        /// The position of the stage, from 1.
        position: usize,
        /// The stage.
        stage: &'static str,
        /// The layer that it lacks.
        layer: Layer,
        /// What adds the layer.
        hint: String,
    },
    /// A stage that adds what another has added.
    #[error("`{path}`: stage {position}, `{stage}`, adds the layer `{layer}` again")]
    Again {
        /// The path, or the name of an embedded one.
        path: String,
        /// The position of the stage, from 1.
        position: usize,
        /// The stage.
        stage: &'static str,
        /// The layer that is there already.
        layer: Layer,
    },
    /// A topic that is neither known nor a file.
    #[error("there is no topic `{name}`: known are {known}, or the path of a `.toml` file")]
    UnknownTopic {
        /// The name.
        name: String,
        /// The embedded ones.
        known: String,
    },
    /// A topic file with an error.
    #[error("the topic `{name}` cannot be used")]
    Topic {
        /// The name or path.
        name: String,
        /// What is wrong, with the line.
        source: dixit_positions::TopicError,
    },
    /// A model of entities that cannot be read.
    #[error("the model of entities cannot be used")]
    Entities(#[source] dixit_entities::EntityModelError),
    /// A model of quotes that cannot be read.
    #[error("the model of quotes cannot be used")]
    Quotes(#[source] dixit_quotes::QuoteModelError),
    /// A tokenizer that is neither known nor a file.
    #[error("there is no tokenizer `{name}`: known is `{known}`, or the path of a Hugging Face `tokenizer.json`")]
    UnknownTokenizer {
        /// The name.
        name: String,
        /// The embedded one.
        known: &'static str,
    },
    /// A tokenizer file with an error.
    #[error("the tokenizer `{name}` cannot be used")]
    Tokenizer {
        /// The name or path.
        name: String,
        /// What is wrong.
        source: dixit_subwords::SubwordError,
    },
}
