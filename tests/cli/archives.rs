//! Archives of every kind: formats, compression, encodings; failures that are tried again; limits of failures and time.

use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::run::{Workspace, json_lines};

/// `text` as gzip of two members, by the system's own tool, so that nothing of ours is checked against itself.
fn gzip(text: &str) -> Vec<u8> {
    let middle = text.len() / 2;
    let member = |part: &[u8]| {
        let mut child = Command::new("gzip").arg("-c").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(part).unwrap();
        child.wait_with_output().unwrap().stdout
    };
    [member(&text.as_bytes()[..middle]), member(&text.as_bytes()[middle..])].concat()
}

#[test]
fn reads_a_folder_of_every_format() {
    let workspace = Workspace::new();
    workspace.write("in/a.jsonl.gz", gzip("{\"id\":\"1\",\"text\":\"Talks.\"}\n{\"id\":\"2\",\"text\":\"Oui.\"}\n"));
    workspace.write("in/b.csv", "id,text\n3,\"Talks,\nagain.\"\n");
    workspace.write("in/c.tsv", "id\ttext\n4\tNon.\n");
    workspace.write("in/d.xml", "<nitf><body><body.content><p>Talks.</p></body.content></body></nitf>");
    workspace.write("in/e.json", "{\"uri\":\"5\",\"headline\":\"Oui\",\"body_xhtml\":\"<p>Non.</p>\"}");
    workspace.write("in/f.wet", "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <6>\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nTalks.\r\n\r\n");
    let run = workspace.run(&["annotate", "in/*", "-q"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let records = json_lines(&run.stdout);
    let ids: Vec<_> = records.iter().map(|record| record["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["1", "2", "3", "4", "in/d.xml", "5", "6"]);
    assert_eq!(records[2]["text"], "Talks,\nagain.");
    assert_eq!(records[5]["text"], "Oui\n\nNon.");
}

#[test]
fn what_failed_is_tried_again_from_its_own_bytes() {
    let workspace = Workspace::new();
    workspace.write("in/a.jsonl", b"{\"text\":\"good\"}\n{\"text\":\"Les d\xE9bats\"}\n");
    workspace.write("in/b.txt", b"\xC9t\xE9.");
    let run = workspace.run(&["annotate", "in", "-o", "out.jsonl"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let failed = workspace.lines("out.failed.jsonl");
    assert_eq!((&failed[0]["line"], &failed[0]["offset"]), (&2.into(), &16.into()));
    std::fs::remove_dir_all(workspace.path("in")).unwrap();
    let records = workspace.read("out.jsonl");
    for failures in ["out.failed.jsonl", "./out.failed.jsonl"] {
        let over = workspace.run(&["annotate", "--retry", failures, "-o", "out.jsonl", "--overwrite"]);
        assert_eq!(over.code, 2);
        assert!(over.stderr.contains("name another output"), "{}", over.stderr);
        assert_eq!(workspace.read("out.jsonl"), records);
    }
    let retry = ["annotate", "--retry", "out.failed.jsonl", "-o", "again.jsonl"];
    assert_eq!(workspace.run(&retry).code, 1);
    assert_eq!(workspace.lines("again.failed.jsonl"), failed);
    let run = workspace.run(&[&retry[..], &["--encoding", "windows-1252", "--overwrite"]].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    let records = workspace.lines("again.jsonl");
    assert_eq!((&records[0]["id"], &records[0]["text"]), (&"in/a.jsonl:2".into(), &"Les débats".into()));
    assert_eq!((&records[1]["id"], &records[1]["text"]), (&"in/b.txt".into(), &"Été.".into()));
    assert_eq!(records[1]["source"]["encoding"], "windows-1252");
}

#[test]
fn an_article_that_was_too_long_is_found_again_in_its_file() {
    let workspace = Workspace::new();
    workspace.write("a.jsonl", format!("{{\"text\":\"Oui.\"}}\n{{\"text\":\"{}\"}}\n", "Talks. ".repeat(100)));
    let run = workspace.run(&["annotate", "a.jsonl", "-o", "out.jsonl", "--max-document-bytes", "100"]);
    assert_eq!(run.code, 1);
    assert!(workspace.lines("out.failed.jsonl")[0]["raw"].is_null());
    let run = workspace.run(&["annotate", "--retry", "out.failed.jsonl", "-q"]);
    assert_eq!((run.code, json_lines(&run.stdout)[0]["id"].as_str()), (0, Some("a.jsonl:2")));
}

#[test]
fn stops_when_too_many_fail() {
    let workspace = Workspace::new();
    workspace.write("a.jsonl", "1\n2\n3\n{\"text\":\"Oui.\"}\n");
    let run = workspace.run(&["annotate", "a.jsonl", "-o", "out.jsonl", "--max-failures", "2"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("more than 2 articles failed; `--max-failures` sets how many may"), "{}", run.stderr);
    assert_eq!(workspace.files(), ["a.jsonl", "out.jsonl.partial"]);
    let run = workspace.run(&["annotate", "a.jsonl", "-o", "out.jsonl", "--max-failures", "3", "--resume"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
}

#[test]
fn a_run_to_standard_output_that_stops_keeps_what_it_counted() {
    let workspace = Workspace::new();
    workspace.write("a.jsonl", "{\"text\":\"Oui.\"}\n1\n{\"text\":\"Non.\"}\n2\n{\"text\":\"Talks.\"}\n");
    let run = workspace.run(&["annotate", "a.jsonl", "--failures", "failed.jsonl", "--max-failures", "1"]);
    assert_eq!(run.code, 2);
    let texts: Vec<_> = json_lines(&run.stdout).iter().map(|record| record["text"].clone()).collect();
    assert_eq!(texts, ["Oui.", "Non."]);
    assert_eq!(workspace.lines("failed.jsonl").len(), 2);
    assert!(run.stderr.contains("what failed, and why, is in `failed.jsonl`\n"), "{}", run.stderr);
    assert!(run.stderr.contains("error: the run stopped\n  caused by: more than 1 articles failed"), "{}", run.stderr);
}

#[test]
fn a_document_that_takes_too_long_fails_alone() {
    let workspace = Workspace::new();
    let long = format!("{{\"id\":\"long\",\"text\":\"{}\"}}\n", "“We will talk,” said Amina Yusuf. ".repeat(200_000));
    workspace.write("a.jsonl", format!("{long}{{\"id\":\"short\",\"text\":\"Oui.\"}}\n"));
    let run = workspace.run(&["annotate", "a.jsonl", "-o", "out.jsonl", "--document-timeout", "1", "--jobs", "1"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert_eq!(workspace.lines("out.jsonl")[0]["id"], "short");
    let failed = &workspace.lines("out.failed.jsonl")[0];
    assert_eq!((&failed["id"], &failed["stage"]), (&"long".into(), &"time".into()));
    assert_eq!(failed["cause"], "not done after 1 s; `--document-timeout` sets it");
}

#[test]
fn fields_are_named_in_the_pipeline_and_flags_go_before() {
    let workspace = Workspace::new();
    let input = "[input]\ntext = \"corps\"\nid = \"url\"\nheadline = \"titre\"\n";
    workspace.write("p.toml", format!("name = \"p\"\n{input}[[stage]]\nuse = \"paragraphs\"\n"));
    workspace.write("a.csv", "url,titre,corps,note\nu1,Oui,Non.,Talks.\n");
    let run = workspace.run(&["annotate", "a.csv", "-p", "p.toml", "-q"]);
    let record = &json_lines(&run.stdout)[0];
    assert_eq!((&record["id"], &record["text"]), (&"u1".into(), &"Oui\n\nNon.".into()));
    let run = workspace.run(&["annotate", "a.csv", "-p", "p.toml", "-q", "--text-field", "note"]);
    assert_eq!(json_lines(&run.stdout)[0]["text"], "Oui\n\nTalks.");
}

#[test]
fn unknown_encodings_and_formats_are_refused_with_the_known_ones() {
    let workspace = Workspace::new();
    workspace.write("a.txt", "Oui.");
    let run = workspace.run(&["annotate", "a.txt", "--encoding", "latin-99"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.starts_with("error: unknown encoding `latin-99`: known are `detect`"), "{}", run.stderr);
    let run = workspace.run(&["annotate", "a.txt", "--format", "doc"]);
    assert!(run.stderr.starts_with("error: unknown format `doc`: known are `txt`, `jsonl`, `csv`"), "{}", run.stderr);
}
