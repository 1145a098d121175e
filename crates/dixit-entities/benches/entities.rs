//! Speed of entities alone, from tokens on, with the embedded models, English and French separately, in tokens a second on one thread;
//! and of loading both models.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use divan::counter::ItemsCount;
use dixit_document::{Annotator as _, Document, Language, LanguageCode};
use dixit_entities::EntityTagger;

fn main() {
    divan::main();
}

fn tagger() -> EntityTagger {
    EntityTagger::new(&dixit_models::entities_en(), &dixit_models::entities_fr()).unwrap()
}

/// The news fixtures of a language, cut into words.
fn articles(language: LanguageCode, folder: &str) -> Vec<Document> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/news").join(folder);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let document = |path: &std::path::PathBuf| {
        let mut document = Document::new("bench", fs::read_to_string(path).unwrap()).unwrap();
        dixit_paragraphs::ParagraphSplitter::new().annotate(&mut document).unwrap();
        let paragraphs = vec![language; document.paragraphs().unwrap().len()];
        document.set_language(Language { code: language, confidence: 1.0, paragraphs });
        dixit_tokens::Tokenizer::new().annotate(&mut document).unwrap();
        document
    };
    paths.iter().map(document).collect()
}

#[divan::bench(args = ["en", "fr"])]
fn tokens_to_entities(bencher: divan::Bencher<'_, '_>, folder: &str) {
    let tagger = tagger();
    let language = if folder == "fr" { LanguageCode::Fr } else { LanguageCode::En };
    let articles = articles(language, folder);
    let tokens: usize = articles.iter().map(|article| article.tokens().unwrap().len()).sum();
    bencher.counter(ItemsCount::new(tokens)).with_inputs(|| articles.clone()).bench_local_values(|mut articles| {
        for article in &mut articles {
            tagger.annotate(article).unwrap();
        }
        articles
    });
}

#[divan::bench]
fn load() -> EntityTagger {
    tagger()
}
