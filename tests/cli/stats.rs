//! `dixit stats`: counts as a table and as JSON.

use serde_json::{Value, json};

use crate::run::Workspace;

const ARCHIVE: &str = concat!(
    r#"{"id":"a","date":"2020-03-08","text":"Talks on talks\n\nThe governor, Amina Yusuf, ruled out talks with the rebels."}"#,
    "\n",
    r#"{"id":"b","date":"2020-04-01","text":"Talks, talks\n\n\"There is no alternative to talks,\" said Amina Yusuf."}"#,
    "\n",
    r#"{"id":"c","text":"Pourparlers\n\n« Il n’y a pas d’autre voie que le dialogue », a déclaré Amina Yusuf."}"#,
);

fn annotated() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("in.jsonl", ARCHIVE);
    assert_eq!(workspace.run(&["annotate", "in.jsonl", "-o", "out.jsonl", "-q"]).code, 0);
    workspace
}

fn of_speaker(stats: &Value) -> Vec<(&Value, u64, u64)> {
    let rows = stats["positions"].as_array().unwrap().iter();
    let rows = rows.filter(|row| row["speaker"] == "Amina Yusuf");
    rows.map(|row| (&row["month"], row["support"].as_u64().unwrap(), row["oppose"].as_u64().unwrap())).collect()
}

#[test]
fn counts_who_stands_where_by_month() {
    let run = annotated().run(&["stats", "out.jsonl", "--positions", "--json"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let stats: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(stats["documents"], 3);
    let rows = of_speaker(&stats);
    assert_eq!(rows, [(&Value::Null, 1, 0), (&json!("2020-03"), 0, 1), (&json!("2020-04"), 1, 0)]);
    assert_eq!(stats["stances"]["dialogue"], json!({"support":2,"conditional":0,"oppose":1,"neutral":0}));
}

#[test]
fn prints_tables() {
    let workspace = annotated();
    let table = workspace.run(&["stats", "out.jsonl", "--positions"]).stdout;
    let line = table.lines().find(|line| line.contains("2020-03")).unwrap();
    assert_eq!(
        line.split_whitespace().collect::<Vec<_>>(),
        ["dialogue", "Amina", "Yusuf", "2020-03", "0", "0", "1", "0"]
    );
    let counts = workspace.run(&["stats", "out.jsonl"]).stdout;
    assert!(counts.starts_with("documents  3\n"), "{counts}");
    assert!(counts.contains("languages  3: en 2, fr 1\n"), "{counts}");
    assert!(counts.contains("positions  3 on dialogue: support 2, conditional 0, oppose 1, neutral 0"), "{counts}");
}

#[test]
fn a_line_that_is_no_record_stops_it_with_its_place() {
    let workspace = Workspace::new();
    workspace.write("bad.jsonl", "\n{}\n");
    let run = workspace.run(&["stats", "bad.jsonl"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("could not read `bad.jsonl`, line 2"), "{}", run.stderr);
}
