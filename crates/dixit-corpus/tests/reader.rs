//! Articles of every kind of file are read; what cannot be is a failure in its place.
#![allow(clippy::unwrap_used)]

use std::fs::File;
use std::io::Write;

use dixit_corpus::{Format, ReadOptions, Reader, find_inputs};
use dixit_record::{Article, Failure, Fields};

/// Reads one file of that name and content.
fn read_with(name: &str, content: &[u8], options: ReadOptions) -> Vec<Result<Article, Failure>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    File::create_new(&path).unwrap().write_all(content).unwrap();
    let found = find_inputs(&[path.to_str().unwrap().to_owned()], None, &[]);
    let prefix = format!("{}/", folder.path().to_str().unwrap());
    let strip = |path: String| path.replace(&prefix, "");
    Reader::new(found.inputs, options)
        .map(|result| match result {
            Ok(mut article) => {
                article.id = strip(article.id);
                Ok(article)
            }
            Err(mut failure) => {
                failure.path = strip(failure.path);
                Err(failure)
            }
        })
        .collect()
}

fn read(name: &str, content: &[u8]) -> Vec<Result<Article, Failure>> {
    read_with(name, content, ReadOptions::default())
}

fn texts(results: &[Result<Article, Failure>]) -> Vec<&str> {
    results.iter().map(|result| result.as_ref().map_or("failed", |article| article.text.as_str())).collect()
}

#[test]
fn a_text_file_is_one_article_verbatim() {
    let results = read("a.txt", "Titre\r\n\r\nCorps\0 e\u{301}.\r\n".as_bytes());
    let article = results[0].as_ref().unwrap();
    assert_eq!(article.text, "Titre\r\n\r\nCorps\0 e\u{301}.\r\n");
    assert_eq!((article.id.as_str(), article.source.line), ("a.txt", None));
    assert_eq!(article.source.encoding, "utf-8");
}

#[test]
fn a_bad_line_fails_alone_and_the_numbers_stay() {
    let results =
        read("a.jsonl", b"{\"id\":\"x\",\"text\":\"one\"}\n\nnot json\n{\"text\":\"caf\xE9\"}\n{\"text\":\"last\"}");
    assert_eq!(texts(&results), ["one", "failed", "failed", "last"]);
    let failure = results[1].as_ref().unwrap_err();
    assert_eq!((failure.line, failure.stage.as_str()), (Some(3), "read"));
    assert!(failure.cause.starts_with("not an article in JSON: expected"), "{}", failure.cause);
    assert_eq!(results[2].as_ref().unwrap_err().cause, "not UTF-8: byte 12 is 0xE9");
    assert_eq!(results[3].as_ref().unwrap().id, "a.jsonl:5");
}

#[test]
fn marks_and_utf16_are_read_and_named() {
    let mark_and_text = read("a.txt", b"\xEF\xBB\xBFOui");
    assert_eq!(texts(&mark_and_text), ["Oui"]);
    let utf16 =
        |text: &str| [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    for (name, text) in [("a.txt", "café"), ("a.jsonl", "{\"text\":\"café\"}")] {
        let results = read(name, &utf16(text));
        let article = results[0].as_ref().unwrap();
        assert_eq!((article.text.as_str(), article.source.encoding.as_str()), ("café", "utf-16le"));
    }
    let broken = read("a.txt", b"\xFF\xFEa");
    assert_eq!(broken[0].as_ref().unwrap_err().cause, "not UTF-16: the code unit at byte 2 is half of a character");
}

#[test]
fn an_article_over_the_limit_fails_and_the_next_is_read() {
    let options = || ReadOptions { max_document_bytes: 20, ..ReadOptions::default() };
    let long = format!("{{\"text\":\"{}\"}}\n{{\"text\":\"short\"}}\n", "a".repeat(1000));
    let results = read_with("a.jsonl", long.as_bytes(), options());
    assert_eq!(texts(&results), ["failed", "short"]);
    let cause = &results[0].as_ref().unwrap_err().cause;
    assert_eq!(cause, "the article has 1011 bytes, over the limit of 20; `--max-document-bytes` sets it");
    assert_eq!(texts(&read_with("a.txt", long.as_bytes(), options())), ["failed"]);
}

#[test]
fn fields_can_be_named() {
    let fields = Fields { text: "body".to_owned(), id: "url".to_owned(), id_required: true };
    let lines = b"{\"body\":\"a\",\"url\":\"u\",\"id\":3}\n{\"body\":\"b\"}\n{\"text\":\"c\",\"url\":\"v\"}";
    let results = read_with("a.jsonl", lines, ReadOptions { fields, ..ReadOptions::default() });
    assert_eq!(texts(&results), ["a", "failed", "failed"]);
    assert_eq!(results[0].as_ref().unwrap().meta.get("id"), Some("3"));
    assert_eq!(results[1].as_ref().unwrap_err().cause, "missing field `url`: the record has no other fields");
    assert_eq!(results[2].as_ref().unwrap_err().cause, "missing field `body`: the other fields are `text`");
}

#[test]
fn an_empty_file_is_an_empty_article_and_an_empty_list_of_lines() {
    assert_eq!(texts(&read("a.txt", b"")), [""]);
    assert_eq!(texts(&read("a.jsonl", b"")), [""; 0]);
    assert_eq!(texts(&read("a.jsonl", b"\xEF\xBB\xBF{\"text\":\"\"}")), [""]);
}

#[test]
fn a_file_that_goes_away_is_a_failure() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    File::create_new(&path).unwrap();
    let found = find_inputs(&[path.to_str().unwrap().to_owned()], Some(Format::JsonLines), &[]);
    std::fs::remove_file(&path).unwrap();
    let results: Vec<_> = Reader::new(found.inputs, ReadOptions::default()).collect();
    assert!(results[0].as_ref().unwrap_err().cause.starts_with("could not read the file: No such file"));
}
