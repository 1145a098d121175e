//! Articles of every kind of file are read; what cannot be is a failure in its place.
#![allow(clippy::unwrap_used)]

use std::fs::File;
use std::io::{Cursor, Write};

use dixit_corpus::{EncodingChoice, Format, ReadOptions, Reader, Retry, find_inputs};
use dixit_record::{Article, Failure, Fields, Reading};

/// Reads one file of that name and content.
fn read_with(name: &str, content: &[u8], options: ReadOptions) -> Vec<Result<Article, Box<Failure>>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    File::create_new(&path).unwrap().write_all(content).unwrap();
    let found = find_inputs(&[path.to_str().unwrap().to_owned()], None, &[]);
    let prefix = format!("{}/", folder.path().to_str().unwrap());
    let strip = |path: String| path.replace(&prefix, "");
    Reader::new(found.inputs, options)
        .map(|reading| match reading.into_result() {
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

fn read(name: &str, content: &[u8]) -> Vec<Result<Article, Box<Failure>>> {
    read_with(name, content, ReadOptions::default())
}

fn texts(results: &[Result<Article, Box<Failure>>]) -> Vec<&str> {
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
    let csv = read("a.csv", &utf16("id,text\n1,\"Oui,\nnon\"\n"));
    assert_eq!(texts(&csv), ["Oui,\nnon"]);
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
    let fields = Fields { text: "body".to_owned(), id: "url".to_owned(), headline: None, id_required: true };
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
    assert!(results[0].article.as_ref().unwrap_err().starts_with("could not read the file: No such file"));
}

#[test]
fn rows_of_csv_and_tsv_are_articles_with_their_fields() {
    let csv = "id,text,section\r\n1,\"Oui, \"\"non\"\",\r\nfin\",a\r\n2,\"Talks\"\r\n3,5\" pipe,c\r\n";
    let results = read("a.csv", csv.as_bytes());
    assert_eq!(texts(&results), ["Oui, \"non\",\nfin", "failed", "5\" pipe"]);
    let article = results[0].as_ref().unwrap();
    assert_eq!((article.id.as_str(), article.meta.get("section")), ("1", Some("\"a\"")));
    let failure = results[1].as_ref().unwrap_err();
    assert_eq!((failure.line, failure.offset), (Some(4), Some(43)));
    assert_eq!(failure.cause, "the row has 2 fields, the first row names 3");
    assert_eq!(texts(&read("a.tsv", b"text\tid\nLes d\xC3\xA9bats\tx\n")), ["Les débats"]);
    assert_eq!(texts(&read("a.csv", b"")), [""; 0]);
}

#[test]
fn a_row_over_the_limit_fails_and_the_next_is_read() {
    let options = ReadOptions { max_document_bytes: 30, ..ReadOptions::default() };
    let rows = format!("text\n\"{}\"\nshort\n", "a".repeat(1000));
    assert_eq!(texts(&read_with("a.csv", rows.as_bytes(), options)), ["failed", "short"]);
}

#[test]
fn plain_text_of_warc_is_read_and_the_rest_is_passed_over() {
    let record = |kind: &str, content: &str, body: &str| {
        let length = body.len();
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://a/\r\nWARC-Record-ID: <urn:{length}>\r\nContent-Type: \
             {content}\r\nContent-Length: {length}\r\n\r\n{body}\r\n\r\n"
        )
    };
    let warc = [
        record("warcinfo", "application/warc-fields", "a: b"),
        record("conversion", "text/plain", "Les débats.\n"),
        record("response", "application/http", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nTalks."),
        record("response", "application/http", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Talks."),
    ];
    let results = read("a.warc", warc.concat().as_bytes());
    assert_eq!(texts(&results), ["Les débats.\n", "Talks."]);
    let article = results[0].as_ref().unwrap();
    assert_eq!((article.id.as_str(), article.meta.get("url")), ("urn:13", Some("\"http://a/\"")));
    let whole = warc.concat();
    let torn = read("a.warc", &whole.as_bytes()[..whole.len() - 30]);
    assert!(torn.last().unwrap().as_ref().unwrap_err().cause.contains("a record is torn"));
}

#[test]
fn legacy_encodings_are_named_or_detected_and_the_record_says_which() {
    let bytes = b"{\"text\":\"Les d\xE9bats ont repris \xE0 Gen\xE8ve, a d\xE9clar\xE9 le m\xE9diateur.\"}\n";
    assert_eq!(texts(&read("a.jsonl", bytes)), ["failed"]);
    for (choice, name) in [("iso-8859-15", "iso-8859-15"), ("detect", "windows-1252")] {
        let encoding = EncodingChoice::from_name(choice).unwrap();
        let results = read_with("a.jsonl", bytes, ReadOptions { encoding, ..ReadOptions::default() });
        let article = results[0].as_ref().unwrap();
        assert_eq!(article.text, "Les débats ont repris à Genève, a déclaré le médiateur.");
        assert_eq!(article.source.encoding, name);
    }
    let xml =
        b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><nitf><body.content><p>\xC9t\xE9</p></body.content></nitf>";
    assert_eq!(texts(&read("a.xml", xml)), ["Été"]);
}

#[test]
fn a_failure_holds_what_it_takes_to_try_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("failed.jsonl");
    let mut file = File::create_new(&path).unwrap();
    let csv = read("a.csv", b"id,text\n1,good\n2,caf\xE9\n");
    let lines = read("a.jsonl", b"{\"text\":\"d\xE9bats\"}\n{\"text\":\"\xE9t\xE9\"}\n");
    let failures: Vec<_> = csv.into_iter().chain(lines).filter_map(Result::err).collect();
    for failure in &failures {
        file.write_all(&failure.to_line()).unwrap();
    }
    let again = |encoding| {
        let encoding = EncodingChoice::from_name(encoding).unwrap();
        let options = ReadOptions { encoding, ..ReadOptions::default() };
        Retry::open(&path, options).unwrap().map(Reading::into_result).collect::<Vec<_>>()
    };
    let results = again("windows-1252");
    assert_eq!(texts(&results), ["café", "débats", "été"]);
    assert_eq!(results[2].as_ref().unwrap().id, format!("{}:2", failures[2].path));
    assert_eq!(results[0].as_ref().unwrap().source.line, Some(3));
    let same: Vec<_> = again("utf-8").into_iter().filter_map(Result::err).collect();
    assert_eq!(same, failures);
}

#[test]
fn a_declaration_that_is_cut_off_is_no_encoding() {
    for xml in ["<?xml version=\"1.0\" encoding=", "<?xml encoding='", "<?xml encoding=>"] {
        assert_eq!(texts(&read("a.xml", xml.as_bytes())), ["failed"], "{xml}");
    }
}

#[test]
fn a_text_that_begins_with_a_second_mark_keeps_it() {
    let bytes = "\u{feff}\u{feff}Oui.".as_bytes();
    let input = || find_inputs(&["-".to_owned()], Some(Format::Text), &[]).inputs.remove(0);
    let read = |bytes: &[u8]| {
        let mut reader = Reader::of_content(input(), Cursor::new(bytes.to_vec()), ReadOptions::default());
        let reading = reader.next().unwrap();
        (reading.article.unwrap().text, reading.origin.raw.unwrap())
    };
    assert_eq!(read(bytes), ("\u{feff}Oui.".to_owned(), bytes.to_vec()));
}

#[test]
fn an_article_among_several_of_one_file_is_the_one_that_is_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.xml");
    let item = |id: &str| {
        format!(
            "<newsItem guid=\"{id}\"><contentSet><inlineXML><p>Text of {id}.</p></inlineXML></contentSet></newsItem>"
        )
    };
    let file = format!("<newsMessage><itemSet>{}{}</itemSet></newsMessage>", item("one"), item("two"));
    File::create_new(&path).unwrap().write_all(file.as_bytes()).unwrap();
    let inputs = find_inputs(&[path.to_str().unwrap().to_owned()], None, &[]).inputs;
    let readings: Vec<_> = Reader::new(inputs, ReadOptions::default()).collect();
    let second = readings.into_iter().nth(1).unwrap();
    assert_eq!(second.article.as_ref().unwrap().id, "two");
    let failure = second.origin.failure(Some("two".to_owned()), "time", "too long".to_owned());
    let failed = folder.path().join("failed.jsonl");
    File::create_new(&failed).unwrap().write_all(&failure.to_line()).unwrap();
    let again: Vec<_> = Retry::open(&failed, ReadOptions::default()).unwrap().map(Reading::into_result).collect();
    assert_eq!(texts(&again), ["Text of two."]);
}
