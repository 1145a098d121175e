//! What holds for arbitrary bytes: every reader ends, gives the same articles twice, goes on where it is told to, and what it gives as an
//! article's own bytes is that article; every text is annotated, and its record is a good one.

use std::io::Cursor;
use std::sync::LazyLock;

use dixit_corpus::{EncodingChoice, Format, Input, ReadOptions, Reader};
use dixit_pipeline::Pipeline;
use dixit_record::{Annotator, Article, Reading, Record, Source};
use dixit_runner::{annotate as annotate_article, annotator_of};

/// The limit on an article, low enough to be met.
const LIMIT: u64 = 300;

/// Reads `bytes` as an input of that format; the first byte chooses the encoding and whether the limit is low.
pub fn read(format: Format, bytes: &[u8]) {
    let Some((choice, content)) = bytes.split_first() else { return };
    let encoding = ["utf-8", "windows-1252", "detect", "iso-8859-15"][usize::from(choice % 4)];
    let mut options = ReadOptions { encoding: EncodingChoice::from_name(encoding).expect("it is known"), ..ReadOptions::default() };
    if choice & 4 != 0 {
        options.max_document_bytes = LIMIT;
    }
    let all: Vec<_> = reader(format, content, &options).collect();
    let Some(middle) = all.get(all.len() / 2) else { return };
    let mut rest = reader(format, content, &options);
    rest.skip_to(middle.position);
    let rest: Vec<_> = rest.collect();
    assert_eq!(told(&all[all.len() / 2 + 1..]), told(&rest));
    all.iter().for_each(|reading| again(reading, &options));
}

fn reader(format: Format, content: &[u8], options: &ReadOptions) -> Reader {
    let encoding = EncodingChoice::Utf8;
    let input = Input { name: "a".to_owned(), path: None, format: Some(format), bytes: None, modified: None, encoding };
    Reader::of_content(input, Cursor::new(content.to_vec()), options.clone())
}

/// What is the same for the same article.
fn told(readings: &[Reading]) -> Vec<(Option<u64>, Result<(String, String), String>)> {
    let article = |article: &Article| (article.id.clone(), article.text.clone());
    readings.iter().map(|reading| (reading.origin.line, reading.article.as_ref().map(article).map_err(Clone::clone))).collect()
}

/// The bytes that a failure would hold are the article, alone and in full.
fn again(reading: &Reading, options: &ReadOptions) {
    let origin = &reading.origin;
    let (Some(raw), Some(format)) = (&origin.raw, origin.format.and_then(Format::from_name)) else { return };
    let Ok(article) = &reading.article else { return };
    let named = origin.encoding.as_deref().and_then(EncodingChoice::from_name).unwrap_or_default();
    let options = ReadOptions { encoding: named, ..options.clone() };
    let texts: Vec<_> = reader(format, raw, &options).map(|reading| reading.article.map(|article| article.text)).collect();
    assert_eq!(texts, [Ok(article.text.clone())]);
}

static PIPELINE: LazyLock<(Pipeline, Annotator)> = LazyLock::new(|| {
    let pipeline = Pipeline::load("training").expect("it is embedded");
    let annotator = annotator_of(&pipeline);
    (pipeline, annotator)
});

/// Annotates `bytes` as a text: UTF-8, with what is none taken for Latin-1.
pub fn annotate(bytes: &[u8]) {
    let text = String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| bytes.iter().map(|&byte| char::from(byte)).collect());
    let source = Source { path: "a".to_owned(), line: None, encoding: "utf-8".to_owned() };
    let article = Article { id: "a".to_owned(), source, meta: Default::default(), text: text.clone() };
    let (pipeline, annotator) = &*PIPELINE;
    let annotated = annotate_article(pipeline, annotator, article).expect("every text is annotated");
    let record = Record::from_json(std::str::from_utf8(&annotated.line).expect("JSON is UTF-8")).expect("it is a record");
    assert_eq!(record.text, text);
    let problems = record.check();
    assert!(problems.is_empty(), "{problems:?}");
}
