//! From a stage of the file to its annotator.

use std::fmt::Write as _;
use std::fs;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use dixit_document::{Annotator, Layer};
use dixit_entities::EntityTagger;
use dixit_language::LanguageDetector;
use dixit_paragraphs::ParagraphSplitter;
use dixit_positions::{PositionFinder, Topic};
use dixit_quotes::QuoteFinder;
use dixit_subwords::SubwordTokenizer;
use dixit_tokens::Tokenizer;
use sha2::{Digest, Sha256};

use crate::builtin::{TOPICS, listed};
use crate::{PipelineError, StageFile};

/// A stage that is built, or why it cannot be.
pub(crate) type Built = Result<(Box<dyn Annotator>, Vec<Used>), PipelineError>;

/// A model or a file that a stage is built from.
pub(crate) struct Used {
    pub(crate) name: String,
    pub(crate) digest: [u8; 32],
}

/// Builds a stage, and hashes what it is built from.
struct Builder<'f> {
    /// The folder of the pipeline file, from which paths in it are meant; `None` for an embedded one.
    folder: Option<&'f Path>,
    used: Vec<Used>,
}

/// How many stages are built at once; a file of more is none that works.
const AT_ONCE: usize = 16;

/// Builds all stages, each on a thread of its own, since models take long to read.
pub(crate) fn build(stages: &[StageFile], folder: Option<&Path>) -> Vec<Built> {
    let build = |stage| {
        let mut builder = Builder { folder, used: Vec::new() };
        builder.build(stage).map(|annotator| (annotator, builder.used))
    };
    if stages.len() > AT_ONCE {
        return stages.iter().map(build).collect();
    }
    thread::scope(|scope| {
        let threads: Vec<_> = stages.iter().map(|stage| scope.spawn(move || build(stage))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

impl StageFile {
    /// The name of the stage, as the file writes it.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Paragraphs {} => "paragraphs",
            Self::Language { .. } => "language",
            Self::Tokens {} => "tokens",
            Self::Subwords { .. } => "subwords",
            Self::Entities {} => "entities",
            Self::Quotes {} => "quotes",
            Self::Positions { .. } => "positions",
        }
    }

    /// The name of the stage that adds `layer`.
    pub(crate) fn that_adds(layer: Layer) -> &'static str {
        match layer {
            Layer::Paragraphs => "paragraphs",
            Layer::Language => "language",
            Layer::Sentences | Layer::Tokens => "tokens",
            Layer::Subwords => "subwords",
            Layer::Entities => "entities",
            Layer::Speakers | Layer::Quotes => "quotes",
            Layer::Positions | Layer::Profile => "positions",
        }
    }
}

impl Builder<'_> {
    fn build(&mut self, stage: &StageFile) -> Result<Box<dyn Annotator>, PipelineError> {
        Ok(match stage {
            StageFile::Paragraphs {} => Box::new(ParagraphSplitter::new()),
            StageFile::Language { minimum_confidence } => {
                let detector = LanguageDetector::new();
                Box::new(match minimum_confidence {
                    Some(confidence) => detector.with_minimum_confidence(*confidence),
                    None => detector,
                })
            }
            StageFile::Tokens {} => Box::new(Tokenizer::new()),
            StageFile::Subwords { tokenizer } => Box::new(self.subwords(tokenizer)?),
            StageFile::Entities {} => {
                let (english, french) = (dixit_models::entities_en(), dixit_models::entities_fr());
                self.add("entities-en", &english);
                self.add("entities-fr", &french);
                Box::new(EntityTagger::new(&english, &french).map_err(PipelineError::Entities)?)
            }
            StageFile::Quotes {} => {
                let model = dixit_models::quotes();
                self.add("quotes", &model);
                self.add("speakers", dixit_quotes::speaker_weights().as_bytes());
                Box::new(QuoteFinder::new(&model).map_err(PipelineError::Quotes)?)
            }
            StageFile::Positions { topics } => {
                let weights = PositionFinder::weights().concat();
                self.add("positions", weights.as_bytes());
                let topics = topics.iter().map(|topic| self.topic(topic)).collect::<Result<_, _>>()?;
                Box::new(PositionFinder::new(topics))
            }
        })
    }

    /// Takes note of a model or a file.
    fn add(&mut self, name: &str, content: &[u8]) {
        self.used.push(Used { name: name.to_owned(), digest: Sha256::digest(content).into() });
    }

    fn topic(&mut self, name: &str) -> Result<Topic, PipelineError> {
        let embedded = TOPICS.iter().find(|(known, _)| *known == name).map(|&(_, content)| content.to_owned());
        let content = match embedded {
            Some(content) => content,
            None if is_path(name) => {
                let path = self.resolve(name);
                fs::read_to_string(&path)
                    .map_err(|source| PipelineError::Read { path: path.display().to_string(), source })?
            }
            None => return Err(PipelineError::UnknownTopic { name: name.to_owned(), known: listed(&TOPICS) }),
        };
        self.add(&format!("topic {name}"), content.as_bytes());
        Topic::parse(name, &content).map_err(|source| PipelineError::Topic { name: name.to_owned(), source })
    }

    fn subwords(&mut self, name: &str) -> Result<SubwordTokenizer, PipelineError> {
        let json = if name == dixit_models::TOKENIZER_NAME {
            dixit_models::tokenizer()
        } else if is_path(name) {
            let path = self.resolve(name);
            fs::read(&path).map_err(|source| PipelineError::Read { path: path.display().to_string(), source })?
        } else {
            let known = dixit_models::TOKENIZER_NAME;
            return Err(PipelineError::UnknownTokenizer { name: name.to_owned(), known });
        };
        self.add(&format!("subwords {name}"), &json);
        SubwordTokenizer::from_json(name, &json)
            .map_err(|source| PipelineError::Tokenizer { name: name.to_owned(), source })
    }

    fn resolve(&self, path: &str) -> PathBuf {
        self.folder.unwrap_or(Path::new("")).join(path)
    }
}

/// Bytes as hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Whether `name` can only be meant as a path.
pub(crate) fn is_path(name: &str) -> bool {
    name.contains(['/', '\\', '.'])
}
