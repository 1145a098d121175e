//! From a stage of the file to its annotator.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

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

/// Builds annotators, and hashes what they are built from.
pub(crate) struct Builder {
    /// The folder of the pipeline file, from which paths in it are meant; `None` for an embedded one.
    pub(crate) folder: Option<PathBuf>,
    pub(crate) hash: Sha256,
    /// The SHA-256 of each model and each file that is named, by name.
    pub(crate) models: BTreeMap<String, String>,
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

impl Builder {
    pub(crate) fn build(&mut self, stage: &StageFile) -> Result<Box<dyn Annotator>, PipelineError> {
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
        let digest = Sha256::digest(content);
        self.hash.update(digest);
        self.models.insert(name.to_owned(), hexadecimal(&digest));
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
        self.folder.as_deref().unwrap_or(Path::new("")).join(path)
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
