//! `dixit agreement`: how far two reviewers of the same texts agree.

use serde_json::{Value, json};

use crate::review::Review;
use crate::run::{Workspace, repository};

/// Two copies of the annotated articles: in the second another label and another stance.
fn copies() -> Workspace {
    let workspace = Workspace::new();
    let one = std::fs::read_to_string(repository("fixtures/review/annotated.jsonl")).unwrap();
    let other = one.replace("\"label\":\"LOC\"", "\"label\":\"FAC\"").replacen(
        "\"stance\":\"support\"",
        "\"stance\":\"oppose\"",
        1,
    );
    workspace.write("a.jsonl", one);
    workspace.write("b.jsonl", other);
    workspace
}

fn figures(workspace: &Workspace, left: &str, right: &str) -> Vec<(String, Option<f64>, u64)> {
    let run = workspace.run(&["agreement", left, right, "--json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let figure = |figure: &Value| {
        let name = format!("{} {}", figure["layer"].as_str().unwrap(), figure["name"].as_str().unwrap());
        (name, figure["value"].as_f64(), figure["units"].as_u64().unwrap())
    };
    report["figures"].as_array().unwrap().iter().map(figure).collect()
}

fn value(figures: &[(String, Option<f64>, u64)], name: &str) -> Option<f64> {
    figures.iter().find(|(known, ..)| known == name).unwrap_or_else(|| panic!("{name} in {figures:?}")).1
}

#[test]
fn counts_what_two_reviewers_see_alike() {
    let workspace = copies();
    let figures = figures(&workspace, "a.jsonl", "b.jsonl");
    // Of three entities each, two are the same; of three quotes each, all have the same content.
    assert!((value(&figures, "entities exact-f1").unwrap() - 2.0 / 3.0).abs() < 1e-9);
    assert_eq!(value(&figures, "quotes exact-f1"), Some(1.0));
    // Stances of the pairs: support and oppose, none and none, support and support: by hand, κ = (2/3 − 3/9) / (1 − 3/9).
    assert!((value(&figures, "positions kappa-stances").unwrap() - 0.5).abs() < 1e-9);
    // Pooled: support 3, none 2, oppose 1; α = 1 − (2/6) / (22/30).
    assert!((value(&figures, "positions alpha-stances").unwrap() - 6.0 / 11.0).abs() < 1e-9);
}

#[test]
fn prints_a_table_and_warns_of_what_only_one_has() {
    let workspace = copies();
    workspace.write("c.jsonl", workspace.read("a.jsonl").lines().next().unwrap());
    let run = workspace.run(&["agreement", "c.jsonl", "b.jsonl"]);
    assert_eq!(run.code, 0);
    assert!(run.stderr.contains("passed over 1 document that only `b.jsonl` has"), "{}", run.stderr);
    let line = run.stdout.lines().find(|line| line.contains("overlap-f1")).unwrap();
    assert_eq!(line.split_whitespace().collect::<Vec<_>>(), ["entities", "overlap-f1", "0.5000", "4"]);
    assert_eq!(workspace.run(&["agreement", "a.jsonl", "none.jsonl"]).code, 2);
    workspace.write("d.jsonl", workspace.read("c.jsonl").replace("bamako", "gao"));
    let run = workspace.run(&["agreement", "c.jsonl", "d.jsonl"]);
    assert_eq!(run.code, 2);
    let told = "no document is in both: the first id of the one is `bamako`, of the other `gao`";
    assert!(run.stderr.contains(told), "{}", run.stderr);
}

#[test]
fn the_decisions_beside_a_copy_count() {
    let workspace = copies();
    let review = Review::start_with(&workspace, &["review", "a.jsonl", "--order", "file"]);
    let items = review.article(0)["items"].clone();
    let place = items.as_array().unwrap().iter().find(|it| it["entity"]["label"] == "LOC").unwrap();
    assert_eq!(review.act(0, &place["subject"], &json!("reject")).0, 200);
    assert_eq!(review.finish(), 0);
    let run = workspace.run(&["agreement", "a.jsonl", "b.jsonl"]);
    assert_eq!(run.stderr.lines().next(), Some("`a.jsonl` with 1 decision"));
    // Of two and three entities, two are the same.
    let figures = figures(&workspace, "a.jsonl", "b.jsonl");
    assert_eq!(value(&figures, "entities exact-f1"), Some(0.8));
}

#[test]
fn a_decision_that_no_longer_applies_is_told() {
    let workspace = copies();
    let decision =
        r#"{"id":"bamako","subject":{"what":"item","on":"of an item that is not there"},"verdict":"reject"}"#;
    workspace.write("a.jsonl.decisions.jsonl", format!("{decision}\n"));
    let run = workspace.run(&["agreement", "a.jsonl", "b.jsonl"]);
    assert!(run.stderr.contains("`a.jsonl` with 0 decisions\n"), "{}", run.stderr);
    assert!(run.stderr.contains("warning: 1 decision does not apply any more"), "{}", run.stderr);
}
