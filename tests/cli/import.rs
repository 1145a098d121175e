//! `dixit import`: what went out to review tools comes back. What a change does is tested in the crate.

use crate::run::{Workspace, repository};

#[test]
fn every_fixture_comes_back_from_every_tool_as_the_same_bytes() {
    let workspace = Workspace::new();
    let run = workspace.run(&["annotate", &format!("{}/**/*.txt", repository("fixtures")), "-o", "all.jsonl", "-q"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for (tool, file) in
        [("prodigy", ""), ("label-studio", "/tasks.json"), ("doccano", "/relations.jsonl"), ("brat", "")]
    {
        let run = workspace.run(&["export", "all.jsonl", "--to", tool, "-o", tool]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let (reviewed, back) = (format!("{tool}{file}"), format!("{tool}.jsonl"));
        let run = workspace.run(&["import", &reviewed, "--from", tool, "--onto", "all.jsonl", "-o", &back]);
        assert_eq!(run.code, 0, "{tool}: {}", run.stderr);
        assert!(run.stderr.contains(" records, 0 changed by reviewers, "), "{}", run.stderr);
        assert!(workspace.read(&back) == workspace.read("all.jsonl"), "{tool} changed what nobody touched");
    }
}

#[test]
fn a_correction_is_taken_and_the_rest_is_told() {
    let workspace = Workspace::new();
    workspace.write(
        "in.jsonl",
        "{\"id\":\"a\",\"text\":\"Léa Martin est à Lyon.\\r\\n\"}\n{\"id\":\"b\",\"text\":\"Rien.\"}\n",
    );
    assert_eq!(workspace.run(&["annotate", "in.jsonl", "-o", "a.jsonl", "-q"]).code, 0);
    assert_eq!(workspace.run(&["export", "a.jsonl", "--to", "prodigy", "-o", "p.jsonl", "-q"]).code, 0);
    let tasks = workspace.read("p.jsonl").replace("\"LOC\"", "\"ORG\"");
    let other = "{\"text\":\"x\",\"meta\":{\"doc_id\":\"c\"},\"spans\":[]}\nnot json\n{\"answer\":\"reject\"}\n";
    workspace.write("reviewed.jsonl", format!("{}\n{other}", tasks.lines().next().unwrap()));
    let run = workspace.run(&["import", "reviewed.jsonl", "--from", "prodigy", "--onto", "a.jsonl", "--reviewed-only"]);
    assert_eq!(run.code, 1);
    let expected = "warning: not taken: reviewed.jsonl:3: not JSON: expected ident at line 1 column 2\n\
                    warning: not taken: reviewed.jsonl:2: none of the records is of this article\n\
                    2 records, 1 changed by reviewers, 0 left as they were\n\
                    1 task passed over: rejected, skipped or not reviewed\n";
    assert_eq!(run.stderr, expected);
    assert_eq!(run.stdout.lines().count(), 1);
    assert!(
        run.stdout.contains("\"text\":\"Lyon\",\"label\":\"ORG\",\"score\":1.0,\"by\":\"review:prodigy\""),
        "{}",
        run.stdout
    );
    workspace.write("back.jsonl", &run.stdout);
    assert_eq!(workspace.run(&["validate", "back.jsonl"]).code, 0);
}

#[test]
fn refuses_tools_and_files_that_are_not_there() {
    let workspace = Workspace::new();
    let run = workspace.run(&["import", "x", "--from", "word", "--onto", "a.jsonl"]);
    assert_eq!(run.code, 2);
    let known = "unknown tool `word`: known are `prodigy`, `label-studio`, `doccano`, `brat`";
    assert!(run.stderr.contains(known), "{}", run.stderr);
    let run = workspace.run(&["import", "x", "--from", "brat", "--onto", "a.jsonl"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("could not read the folder `x`"), "{}", run.stderr);
}
