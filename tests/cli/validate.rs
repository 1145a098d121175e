//! `dixit validate` and `dixit schema`.

use serde_json::Value;

use crate::run::{Workspace, repository};

#[test]
fn every_record_of_every_pipeline_is_valid() {
    let workspace = Workspace::new();
    for pipeline in ["news", "training", "review"] {
        let run =
            workspace.run(&["annotate", &repository("fixtures"), "-p", pipeline, "-o", "out.jsonl", "--overwrite"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let run = workspace.run(&["validate", "out.jsonl"]);
        assert_eq!((run.code, run.stdout.as_str()), (0, ""));
        assert!(run.stderr.ends_with(" records, 0 problems\n"), "{}", run.stderr);
    }
}

#[test]
fn names_file_line_and_place_of_a_problem() {
    let workspace = Workspace::new();
    workspace.write("a.txt", "“We will talk,” said Amina Yusuf.");
    let run = workspace.run(&["annotate", "a.txt", "-q"]);
    let shifted = run.stdout.replacen("\"text\":\"said\"", "\"text\":\"says\"", 1);
    assert_ne!(shifted, run.stdout);
    workspace.write("bad.jsonl", format!("{}\n{shifted}{{\"schema\":\"dixit/9\"}}\nnot json\n", run.stdout.trim_end()));
    let run = workspace.run(&["validate", "bad.jsonl"]);
    assert_eq!(run.code, 1);
    let lines: Vec<_> = run.stdout.lines().collect();
    assert_eq!(lines[0], "bad.jsonl:2: `quotes[0].cue`: the text says `says`, but at 16..20 stands `said`");
    assert!(
        lines[1].starts_with("bad.jsonl:3: `schema`: unknown variant `dixit/9`, expected `dixit/1`"),
        "{}",
        lines[1]
    );
    assert!(lines[2].starts_with("bad.jsonl:4: `.`: expected"), "{}", lines[2]);
    assert_eq!(run.stderr, "4 records, 3 problems\n");
}

#[test]
fn a_file_that_cannot_be_read_stops_it() {
    let run = Workspace::new().run(&["validate", "missing.jsonl"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.starts_with("error: could not read `missing.jsonl`\n  caused by: No such file"),
        "{}",
        run.stderr
    );
}

#[test]
fn prints_the_schema_of_a_record() {
    let run = Workspace::new().run(&["schema"]);
    let schema: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(schema["title"], "A record of Dixit");
    let required = schema["required"].as_array().unwrap();
    assert!(required.contains(&"text".into()) && !required.contains(&"tokens".into()));
}
