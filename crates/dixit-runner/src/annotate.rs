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

/// What records say of the program and `pipeline`.
pub fn annotator_of(pipeline: &Pipeline) -> Annotator {
    Annotator {
        name: "dixit".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
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
    let stages = pipeline.annotate(&mut document).map_err(|error| (error.stage, Failure::cause_of(&error.source)))?;
    let mut record =
        Record::new(&document, &envelope, annotator).map_err(|error| ("record", Failure::cause_of(&error)))?;
    for &layer in pipeline.omit() {
        record.omit(layer);
    }
    let mut line = Vec::with_capacity(document.text().len() * 4);
    record.write_line(&mut line);
    Ok(Annotated { line, counts: Counts { stages, ..Counts::of(&document) } })
}

#[cfg(test)]
mod tests {
    use dixit_record::{Meta, Source};

    use super::*;

    #[test]
    fn a_batch_gives_what_each_article_gives_in_their_order() {
        let stages = "name = \"p\"\n[[stage]]\nuse = \"paragraphs\"\n";
        let pipeline = Pipeline::parse("p.toml", stages, None).expect("good");
        let annotator = annotator_of(&pipeline);
        let article = |number: usize| {
            let source = Source { path: "a".to_owned(), line: Some(number as u64), encoding: "utf-8".to_owned() };
            Article { id: number.to_string(), source, meta: Meta::default(), text: "Oui.\n\n".repeat(number) }
        };
        let line = |result: Result<Annotated, Box<Failure>>| result.expect("every text is annotated").line;
        let batch = annotate_batch(&pipeline, &annotator, (0..100).map(article).collect());
        let alone = (0..100).map(|number| annotate(&pipeline, &annotator, article(number)));
        assert!(batch.into_iter().map(line).eq(alone.map(line)));
    }
}
