//! One article in, one line of JSON or one failure out.

use dixit_pipeline::Pipeline;
use dixit_record::{Annotator, Article, Failure, Origin, Record};
use rayon::prelude::*;

use crate::Counts;
use crate::panics::caught;

/// What became of an article that was annotated.
#[derive(Clone, Debug)]
pub struct Annotated {
    /// The record as a line of JSON, with its line end.
    pub line: Vec<u8>,
    /// What is in it.
    pub counts: Counts,
}

/// What records say of the program and `pipeline`; `version` is the program's.
pub fn annotator_of(pipeline: &Pipeline, version: &str) -> Annotator {
    Annotator {
        name: "dixit".to_owned(),
        version: version.to_owned(),
        pipeline: pipeline.name().to_owned(),
        config: pipeline.config().to_owned(),
    }
}

/// Annotates one article: a pure function of it, the pipeline and the version.
///
/// # Errors
/// A [`Failure`] with the stage and the cause, also for a panic inside a stage. It has no bytes to try again with: the caller
/// has the article.
pub fn annotate(pipeline: &Pipeline, annotator: &Annotator, article: Article) -> Result<Annotated, Box<Failure>> {
    let id = Some(article.id.clone());
    let origin = Origin { path: article.source.path.clone(), line: article.source.line, ..Origin::default() };
    staged(pipeline, annotator, article).map_err(|(stage, cause)| Box::new(origin.failure(id, stage, cause)))
}

/// As [`annotate`]; an error is the stage and the cause.
pub(crate) fn staged(
    pipeline: &Pipeline,
    annotator: &Annotator,
    article: Article,
) -> Result<Annotated, (&'static str, String)> {
    caught(|| annotate_uncaught(pipeline, annotator, article)).unwrap_or_else(|panic| Err(("panic", panic)))
}

/// Annotates a batch on the threads of the current rayon pool; results are in the order of the articles.
pub fn annotate_batch(
    pipeline: &Pipeline,
    annotator: &Annotator,
    articles: Vec<Article>,
) -> Vec<Result<Annotated, Box<Failure>>> {
    articles.into_par_iter().map(|article| annotate(pipeline, annotator, article)).collect()
}

fn annotate_uncaught(
    pipeline: &Pipeline,
    annotator: &Annotator,
    article: Article,
) -> Result<Annotated, (&'static str, String)> {
    let (mut document, envelope) = article.into_document().map_err(|error| ("read", Failure::cause_of(&error)))?;
    let stages =
        pipeline.annotate(&mut document).map_err(|error| (error.stage, Failure::cause_of(&error.source)))?;
    let mut record =
        Record::new(&document, &envelope, annotator).map_err(|error| ("record", Failure::cause_of(&error)))?;
    for &layer in pipeline.omit() {
        record.omit(layer);
    }
    let mut line = Vec::with_capacity(document.text().len() * 4);
    record.write_line(&mut line);
    Ok(Annotated { line, counts: Counts { stages, ..Counts::of(&document) } })
}
