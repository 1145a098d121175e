//! The inputs that the fuzzers of `tests/fuzz` kept are read to their end, and from their middle as from their beginning.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Cursor;
use std::path::Path;

use dixit_corpus::{EncodingChoice, Format, Input, ReadOptions, Reader};

fn reader(format: Format, content: &[u8]) -> Reader {
    let encoding = EncodingChoice::Utf8;
    let input = Input { name: "a".to_owned(), path: None, format: Some(format), bytes: None, modified: None, encoding };
    Reader::of_content(input, Cursor::new(content.to_vec()), ReadOptions::default())
}

#[test]
fn whatever_was_found_is_read_and_gone_on_with() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fuzz/corpus");
    let mut read = 0;
    for (folder, format) in [
        ("csv", Format::Csv),
        ("jsonl", Format::JsonLines),
        ("newsml", Format::NewsMl),
        ("ninjs", Format::Ninjs),
        ("nitf", Format::Nitf),
        ("tsv", Format::Tsv),
        ("txt", Format::Text),
        ("warc", Format::Warc),
        ("xml", Format::Xml),
    ] {
        for entry in fs::read_dir(corpus.join(folder)).unwrap() {
            // The first byte is for the fuzzer.
            let content = fs::read(entry.unwrap().path()).unwrap().split_off(1);
            let articles = |reader: Reader| reader.map(|reading| format!("{:?}", reading.article)).collect::<Vec<_>>();
            let all: Vec<_> = reader(format, &content).collect();
            let middle = all.len() / 2;
            let Some(position) = all.get(middle).map(|reading| reading.position) else { continue };
            let mut rest = reader(format, &content);
            rest.skip_to(position);
            assert_eq!(articles(rest), articles(reader(format, &content))[middle + 1..]);
            read += 1;
        }
    }
    assert!(read > 200, "{read}");
}
