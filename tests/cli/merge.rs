//! `dixit merge`: two reviews as one, once everything in dispute is decided.

use serde_json::json;

use crate::review::Review;
use crate::run::{Workspace, json_lines, repository};

fn copies() -> Workspace {
    let workspace = Workspace::new();
    let one = std::fs::read_to_string(repository("fixtures/review/annotated.jsonl")).unwrap();
    workspace.write("b.jsonl", one.replace("\"label\":\"LOC\"", "\"label\":\"FAC\""));
    workspace.write("a.jsonl", one);
    workspace
}

#[test]
fn what_is_not_in_dispute_is_written_at_once() {
    let workspace = copies();
    let run = workspace.run(&["merge", "a.jsonl", "a.jsonl", "-o", "gold.jsonl"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, "0 disagreements in 0 articles\n2 records in `gold.jsonl`\n"));
    assert_eq!(workspace.files(), ["a.jsonl", "b.jsonl", "gold.jsonl"]);
    assert!(json_lines(&workspace.read("gold.jsonl")).iter().all(|record| record["quotes"][0]["by"] == "review"));
    assert_eq!(workspace.run(&["validate", "gold.jsonl"]).code, 0);
}

#[test]
fn a_page_decides_what_is_in_dispute() {
    let workspace = copies();
    let arguments = ["merge", "a.jsonl", "b.jsonl", "-o", "gold.jsonl"];
    let first = workspace.run(&[&arguments[..], &["--no-page"]].concat());
    assert_eq!(first.code, 1);
    assert!(first.stderr.contains("2 disagreements in 1 article\n"), "{}", first.stderr);
    assert!(!workspace.path("gold.jsonl").exists());

    let review = Review::start_with(&workspace, &arguments);
    let article = review.article(0);
    assert_eq!((&article["id"], &article["length"]), (&json!("bamako"), &json!(1)));
    let disputed: Vec<_> =
        article["items"].as_array().unwrap().iter().filter(|item| item["score"] == 0.5).cloned().collect();
    assert_eq!((&disputed[0]["by"], &disputed[1]["by"]), (&json!("a.jsonl"), &json!("b.jsonl")));
    assert_eq!(review.act(0, &disputed[0]["subject"], &json!("reject")).0, 200);
    assert_eq!(review.act(0, &disputed[1]["subject"], &json!("accept")).0, 200);
    assert_eq!(review.finish(), 0);
    let records = json_lines(&workspace.read("gold.jsonl"));
    assert_eq!((records.len(), &records[0]["entities"][1]["label"]), (2, &json!("FAC")));
    assert_eq!(workspace.run(&["validate", "gold.jsonl"]).code, 0);
    assert_eq!(workspace.run(&arguments).code, 2, "what is there is not overwritten");
}

#[test]
fn decisions_that_do_not_apply_and_ids_that_come_twice_are_told() {
    let workspace = copies();
    let stale = json!({"id": "bamako", "subject": {"what": "item", "on": "gone"}, "verdict": "reject"}).to_string();
    workspace.write("a.jsonl.decisions.jsonl", stale + "\n");
    let run = workspace.run(&["merge", "a.jsonl", "a.jsonl", "-o", "gold.jsonl"]);
    assert!(run.stderr.contains("warning: 2 decisions do not apply any more"), "{}", run.stderr);
    let twice = workspace.read("b.jsonl").repeat(2);
    workspace.write("c.jsonl", twice);
    let run = workspace.run(&["merge", "a.jsonl", "c.jsonl", "-o", "other.jsonl"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("`c.jsonl` has the id `bamako` twice"), "{}", run.stderr);
}
