//! A pipeline: annotators in an order that works.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use dixit_document::{AnnotateError, Annotator, Document, Layer, Vocabulary};
use sha2::{Digest, Sha256};

use crate::builtin::{PIPELINES, listed};
use crate::stage::{Used, build, hexadecimal, is_path};
use crate::{InputFile, PipelineError, PipelineFile, StageFile};

/// Stages that run over each document, one after the other.
pub struct Pipeline {
    name: String,
    config: String,
    models: BTreeMap<String, String>,
    omit: Vec<Layer>,
    input: InputFile,
    stages: Vec<Stage>,
}

struct Stage {
    name: &'static str,
    annotator: Box<dyn Annotator>,
}

/// A stage failed on a document.
#[derive(Debug, thiserror::Error)]
#[error("the stage `{stage}` failed")]
pub struct StageError {
    /// The stage's name.
    pub stage: &'static str,
    /// Why.
    pub source: AnnotateError,
}

impl Pipeline {
    /// The embedded pipeline of that name, else the one in the file at that path.
    ///
    /// # Errors
    /// [`PipelineError`], also if the order of the stages cannot work.
    pub fn load(name_or_path: &str) -> Result<Self, PipelineError> {
        if let Some((name, content)) = PIPELINES.iter().find(|(name, _)| *name == name_or_path) {
            return Self::parse(name, content, None);
        }
        if !is_path(name_or_path) {
            return Err(PipelineError::Unknown { name: name_or_path.to_owned(), known: listed(&PIPELINES) });
        }
        let content = fs::read_to_string(name_or_path)
            .map_err(|source| PipelineError::Read { path: name_or_path.to_owned(), source })?;
        Self::parse(name_or_path, &content, Path::new(name_or_path).parent())
    }

    /// The pipeline of a file's content. Paths in it are meant from `folder`.
    ///
    /// # Errors
    /// [`PipelineError`], which calls the file `path`.
    pub fn parse(path: &str, content: &str, folder: Option<&Path>) -> Result<Self, PipelineError> {
        let file: PipelineFile = toml::from_str(content)
            .map_err(|source| PipelineError::Parse { path: path.to_owned(), source: Box::new(source) })?;
        if file.stages.is_empty() {
            return Err(PipelineError::Empty { path: path.to_owned() });
        }
        let omit = file.omit.iter().map(|name| Layer::from_name(name)).collect::<Result<_, _>>();
        let omit = omit.map_err(|source| PipelineError::Omit { path: path.to_owned(), source })?;
        let mut hash = Sha256::new_with_prefix(content);
        let mut models = BTreeMap::new();
        let mut stages = Vec::with_capacity(file.stages.len());
        let mut added = Vec::new();
        for (index, (stage, built)) in file.stages.iter().zip(build(&file.stages, folder)).enumerate() {
            let (annotator, used) = built?;
            for Used { name, digest } in used {
                hash.update(digest);
                models.insert(name, hexadecimal(&digest));
            }
            check_order(path, index + 1, stage.name(), &*annotator, &added)?;
            added.extend_from_slice(annotator.provides());
            stages.push(Stage { name: stage.name(), annotator });
        }
        Ok(Self {
            name: file.name,
            config: hexadecimal(&hash.finalize()[..8]),
            models,
            omit,
            input: file.input,
            stages,
        })
    }

    /// The name that records carry.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A hash over the file and all that it names: 16 hexadecimal digits, the start of a SHA-256.
    pub fn config(&self) -> &str {
        &self.config
    }

    /// The SHA-256 of each model, topic and tokenizer that the stages use, by name, in hexadecimal.
    pub fn models(&self) -> &BTreeMap<String, String> {
        &self.models
    }

    /// The layers that records leave out.
    pub fn omit(&self) -> &[Layer] {
        &self.omit
    }

    /// The fields of the input, as far as the file names them.
    pub fn input(&self) -> &InputFile {
        &self.input
    }

    /// The names of the stages, in their order.
    pub fn stages(&self) -> impl Iterator<Item = &'static str> {
        self.stages.iter().map(|stage| stage.name)
    }

    /// Adds all layers to `document`; gives the time that each stage took.
    ///
    /// # Errors
    /// [`StageError`] if a stage fails; the layers before it stay.
    pub fn annotate(&self, document: &mut Document) -> Result<Vec<Duration>, StageError> {
        let times = self.stages.iter().map(|stage| {
            let start = Instant::now();
            stage.annotator.annotate(document).map_err(|source| StageError { stage: stage.name, source })?;
            Ok(start.elapsed())
        });
        times.collect()
    }
}

fn check_order(
    path: &str,
    position: usize,
    stage: &'static str,
    annotator: &dyn Annotator,
    added: &[Layer],
) -> Result<(), PipelineError> {
    if let Some(&layer) = annotator.requires().iter().find(|layer| !added.contains(layer)) {
        let hint = format!("put `use = \"{}\"` in front of it", StageFile::that_adds(layer));
        return Err(PipelineError::Order { path: path.to_owned(), position, stage, layer, hint });
    }
    match annotator.provides().iter().find(|layer| added.contains(layer)) {
        Some(&layer) => Err(PipelineError::Again { path: path.to_owned(), position, stage, layer }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin_names;

    fn error(content: &str) -> String {
        let error = Pipeline::parse("p.toml", content, None).map(|_| ()).expect_err("must be refused");
        match std::error::Error::source(&error) {
            Some(source) => format!("{error}: {source}"),
            None => error.to_string(),
        }
    }

    #[test]
    fn every_embedded_pipeline_loads_under_its_name() {
        for name in builtin_names() {
            assert_eq!(Pipeline::load(name).expect("it is embedded").name(), name);
        }
    }

    #[test]
    fn refuses_an_order_that_cannot_work_and_says_what_is_missing() {
        let stages = "name = \"x\"\n[[stage]]\nuse = \"paragraphs\"\n[[stage]]\nuse = \"tokens\"\n";
        assert_eq!(
            error(stages),
            "`p.toml`: stage 2, `tokens`, needs the layer `language`, which no stage before it adds; \
             put `use = \"language\"` in front of it"
        );
        let twice = "name = \"x\"\n[[stage]]\nuse = \"paragraphs\"\n[[stage]]\nuse = \"paragraphs\"\n";
        assert_eq!(error(twice), "`p.toml`: stage 2, `paragraphs`, adds the layer `paragraphs` again");
        assert_eq!(error("name = \"x\"\n"), "`p.toml` has no stages: a pipeline lists them as `[[stage]]`");
    }

    #[test]
    fn refuses_unknown_keys_and_stages_with_the_known_names() {
        let unknown = error("name = \"x\"\n[[stage]]\nuse = \"entitys\"\n");
        assert!(unknown.contains("line 3") && unknown.contains("`entities`"), "{unknown}");
        let key = error("name = \"x\"\n[[stage]]\nuse = \"language\"\nminimum = 1\n");
        assert!(key.contains("unknown field `minimum`") && key.contains("`minimum-confidence`"), "{key}");
        let top = error("name = \"x\"\ncolour = 1\n");
        assert!(top.contains("unknown field `colour`, expected one of `name`, `omit`, `input`, `stage`"), "{top}");
        let omit = error("name = \"x\"\nomit = [\"words\"]\n[[stage]]\nuse = \"paragraphs\"\n");
        assert!(omit.contains("unknown layer `words`: known are `paragraphs`"), "{omit}");
    }

    #[test]
    fn refuses_unknown_topics_tokenizers_and_pipelines_with_the_known_names() {
        let error = |stage| build(&[stage], None).remove(0).map(|_| ()).expect_err("unknown");
        let topics = error(StageFile::Positions { topics: vec!["peace".to_owned()] }).to_string();
        assert!(topics.contains("there is no topic `peace`: known are `ceasefire`, `dialogue`"), "{topics}");
        let tokenizer = error(StageFile::Subwords { tokenizer: "bert".to_owned() });
        assert!(matches!(tokenizer, PipelineError::UnknownTokenizer { .. }));
        let error = Pipeline::load("newz").map(|_| ()).expect_err("unknown").to_string();
        assert_eq!(
            error,
            "there is no pipeline `newz`: known are `news`, `review`, `training`, or the path of a `.toml` file"
        );
        assert!(matches!(Pipeline::load("missing.toml").map(|_| ()), Err(PipelineError::Read { .. })));
    }

    #[test]
    fn the_config_changes_with_the_file() {
        let one = Pipeline::parse("p", "name = \"x\"\n[[stage]]\nuse = \"paragraphs\"\n", None).expect("good");
        let two = Pipeline::parse("p", "name = \"y\"\n[[stage]]\nuse = \"paragraphs\"\n", None).expect("good");
        assert_ne!(one.config(), two.config());
        assert_eq!(one.config().len(), 16);
    }
}
