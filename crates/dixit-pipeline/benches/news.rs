//! Speed of the pipeline `news`, all layers, English and French separately, in bytes of text a second on one thread.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use divan::counter::BytesCount;
use dixit_document::Document;
use dixit_pipeline::Pipeline;

fn main() {
    divan::main();
}

/// The news fixtures of a language, one document after the other.
fn articles(language: &str) -> Vec<Document> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/news").join(language);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| Document::new("bench", fs::read_to_string(path).unwrap()).unwrap()).collect()
}

#[divan::bench(args = ["en", "fr"])]
fn all_layers(bencher: divan::Bencher<'_, '_>, language: &str) {
    let pipeline = Pipeline::load("news").unwrap();
    let articles = articles(language);
    let bytes: usize = articles.iter().map(|article| article.text().len()).sum();
    bencher.counter(BytesCount::new(bytes)).with_inputs(|| articles.clone()).bench_local_values(|mut articles| {
        for article in &mut articles {
            pipeline.annotate(article).unwrap();
        }
        articles
    });
}

#[divan::bench]
fn load() -> Pipeline {
    Pipeline::load("news").unwrap()
}
