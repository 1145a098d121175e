//! Bad input: what can be read is annotated, what cannot is in the failures file with where and why.

use std::fmt::Write as _;

use serde_json::Value;

use crate::run::{Run, Workspace};

/// Annotates everything in `in/`; gives the ids of the records and the failures.
fn annotate(workspace: &Workspace) -> (Run, Vec<String>, Vec<Value>) {
    let run = workspace.run(&["annotate", "in", "-o", "out.jsonl"]);
    let ids = workspace.lines("out.jsonl").iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect();
    let failed =
        if workspace.path("out.failed.jsonl").exists() { workspace.lines("out.failed.jsonl") } else { Vec::new() };
    (run, ids, failed)
}

fn cause(failure: &Value) -> &str {
    failure["cause"].as_str().unwrap()
}

#[test]
fn a_missing_input_is_reported_and_the_rest_is_annotated() {
    let workspace = Workspace::new();
    workspace.write("a.txt", "The talks began.");
    let run = workspace.run(&["annotate", "missing.txt", "a.txt", "photo.png", "-o", "out.jsonl"]);
    assert_eq!(run.code, 1);
    assert_eq!(workspace.lines("out.jsonl").len(), 1);
    let failed = workspace.lines("out.failed.jsonl");
    assert_eq!((failed[0]["path"].as_str(), failed[0]["stage"].as_str()), (Some("missing.txt"), Some("read")));
    assert!(cause(&failed[0]).starts_with("could not read `missing.txt`: No such file"), "{failed:?}");
    let shown =
        "error: `missing.txt` failed\n  caused by: read: could not read `missing.txt`: No such file or directory";
    assert!(run.stderr.starts_with(shown), "{}", run.stderr);
    assert!(run.stderr.contains("what failed, and why, is in `out.failed.jsonl`"), "{}", run.stderr);
}

#[test]
fn lines_that_are_no_articles_fail_alone() {
    let workspace = Workspace::new();
    let lines: &[u8] = b"{\"id\":\"good\",\"text\":\"The talks began.\"}\nnot json\n{\"id\":\"no text\"}\n[1]\n{\"text\":7}\n{\"text\":\"caf\xE9\"}\n\n{\"id\":\"last\",\"text\":\"Oui.\"}";
    workspace.write("in/a.jsonl", lines);
    let (run, ids, failed) = annotate(&workspace);
    assert_eq!((run.code, ids), (1, vec!["good".to_owned(), "last".to_owned()]));
    let places: Vec<_> = failed.iter().map(|failure| failure["line"].as_u64().unwrap()).collect();
    assert_eq!(places, [2, 3, 4, 5, 6]);
    assert_eq!(cause(&failed[1]), "missing field `text`: the record has no other fields");
    assert_eq!(cause(&failed[4]), "not UTF-8: byte 12 is 0xE9");
}

#[test]
fn odd_but_readable_bytes_are_annotated_as_they_are() {
    let workspace = Workspace::new();
    let utf16: Vec<u8> =
        [0xFEFF].into_iter().chain("Les pourparlers ont repris.".encode_utf16()).flat_map(u16::to_le_bytes).collect();
    workspace.write("in/1-mark.txt", "\u{feff}The talks began.");
    workspace.write("in/2-crlf.txt", "Talks\r\n\r\nThe talks began.\r\n");
    workspace.write("in/3-nul.txt", "The talks\0 began.");
    workspace.write("in/4-empty.txt", "");
    workspace.write("in/5-utf16.txt", utf16);
    let (run, ids, failed) = annotate(&workspace);
    assert_eq!((run.code, ids.len(), failed.len()), (0, 5, 0), "{}", run.stderr);
    let records = workspace.lines("out.jsonl");
    assert_eq!(records[0]["text"], "The talks began.");
    assert_eq!(records[1]["text"], "Talks\r\n\r\nThe talks began.\r\n");
    assert_eq!(records[1]["paragraphs"].as_array().unwrap().len(), 2);
    assert_eq!(records[2]["text"], "The talks\0 began.");
    assert_eq!(
        (&records[3]["language"]["code"], &records[3]["quotes"]),
        (&Value::from("und"), &Value::from(Vec::<u8>::new()))
    );
    assert_eq!(records[4]["source"]["encoding"], "utf-16le");
    assert!(run.stderr.contains("1 of 5 documents hold no text"), "{}", run.stderr);
}

#[test]
fn bytes_that_are_no_text_fail_with_their_place() {
    let workspace = Workspace::new();
    workspace.write("in/latin1.txt", b"Les d\xE9bats");
    workspace.write("in/utf16.txt", b"\xFF\xFEa");
    let (run, ids, failed) = annotate(&workspace);
    assert_eq!((run.code, ids.len()), (1, 0));
    assert_eq!(cause(&failed[0]), "not UTF-8: byte 5 is 0xE9");
    assert_eq!(cause(&failed[1]), "not UTF-16: the code unit at byte 2 is half of a character");
}

#[test]
fn a_line_of_100_megabytes_fails_alone() {
    let workspace = Workspace::new();
    let mut lines = String::from("{\"text\":\"first\"}\n{\"text\":\"");
    lines.push_str(&"word ".repeat(20_000_000));
    let _ = writeln!(lines, "\"}}\n{{\"text\":\"last\"}}");
    workspace.write("in/a.jsonl", lines);
    let (run, ids, failed) = annotate(&workspace);
    assert_eq!((run.code, ids), (1, vec!["in/a.jsonl:1".to_owned(), "in/a.jsonl:3".to_owned()]));
    assert_eq!(failed[0]["line"], 2);
    assert!(cause(&failed[0]).ends_with("over the limit of 16777216; `--max-document-bytes` sets it"));
}

#[test]
fn an_old_failures_file_does_not_outlive_a_good_run() {
    let workspace = Workspace::new();
    workspace.write("in/a.jsonl", "broken\n");
    assert_eq!(annotate(&workspace).0.code, 1);
    workspace.write("b.txt", "The talks began.");
    let run = workspace.run(&["annotate", "b.txt", "-o", "out.jsonl", "--overwrite"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(workspace.files(), ["b.txt", "in", "out.jsonl"]);
}
