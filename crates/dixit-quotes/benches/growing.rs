//! Time of quotes and speakers over texts that grow, hostile ones among them, with the embedded models: where bytes a second stay
//! the same, time is linear.
#![allow(clippy::unwrap_used)]

use std::sync::LazyLock;

use divan::counter::BytesCount;
use dixit_document::{Annotator as _, Document, Language, LanguageCode};
use dixit_entities::EntityTagger;
use dixit_quotes::QuoteFinder;

fn main() {
    divan::main();
}

static FINDER: LazyLock<QuoteFinder> = LazyLock::new(|| QuoteFinder::new(&dixit_models::quotes()).unwrap());
static TAGGER: LazyLock<EntityTagger> =
    LazyLock::new(|| EntityTagger::new(&dixit_models::entities_en(), &dixit_models::entities_fr()).unwrap());

/// What a text repeats.
fn piece(kind: &str) -> String {
    let news = include_str!("../../../fixtures/en/stances_of_an_analysis/input.txt");
    match kind {
        "news" => format!("{news}\n\n"),
        "one paragraph" => news.split_whitespace().collect::<Vec<_>>().join(" ") + " ",
        "marks alone" => "“ ‘ \" « ".to_owned(),
        "an odd number of marks" => format!("“Nobody closes this, {}", news.replace(['“', '”'], "\"")),
        "nested 50 deep" => format!("{}he said{} ", "“a ".repeat(50), "”".repeat(50)),
        other => unreachable!("no such text: {other}"),
    }
}

/// A text of about this many bytes, up to its entities.
fn document(kind: &str, bytes: usize) -> Document {
    let piece = piece(kind);
    // Paragraphs that stand there twice would be taken for pull quotes, and passed over.
    let pieces = (0..=bytes / piece.len()).map(|number| piece.replace(". ", &format!(" for {number} days. ")));
    let mut document = Document::new("bench", pieces.collect::<String>()).unwrap();
    dixit_paragraphs::ParagraphSplitter::new().annotate(&mut document).unwrap();
    let paragraphs = vec![LanguageCode::En; document.paragraphs().unwrap().len()];
    document.set_language(Language { code: LanguageCode::En, confidence: 1.0, paragraphs });
    dixit_tokens::Tokenizer::new().annotate(&mut document).unwrap();
    TAGGER.annotate(&mut document).unwrap();
    document
}

#[divan::bench(
    args = ["news", "one paragraph", "marks alone", "an odd number of marks", "nested 50 deep"],
    consts = [20_000, 200_000, 1_000_000],
    sample_count = 5
)]
fn quotes<const BYTES: usize>(bencher: divan::Bencher<'_, '_>, kind: &str) {
    let document = document(kind, BYTES);
    let bytes = BytesCount::new(document.text().len());
    bencher.counter(bytes).with_inputs(|| document.clone()).bench_local_values(|mut document| {
        FINDER.annotate(&mut document).unwrap();
        document
    });
}
