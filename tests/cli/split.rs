//! `dixit split`: parts on disk, the same again, and what is refused. How near-duplicates are found is tested in the crate.

use std::collections::BTreeMap;

use serde_json::json;

use crate::run::Workspace;

/// Articles of 60 words of their own; every fifth is the one before under another id, a little longer.
fn archive(count: usize) -> String {
    let line = |index: usize| {
        let (base, length) = if index % 5 == 4 { (index - 1, 64) } else { (index, 60) };
        let text: Vec<_> = (0..length).map(|word| format!("mot{}", base * 1000 + word)).collect();
        let meta = json!({"outlet": format!("outlet {}", index % 8)});
        let date = format!("2020-{:02}-01", 1 + index % 12);
        format!("{}\n", json!({"id": format!("é{index}"), "date": date, "text": text.join(" "), "meta": meta}))
    };
    (0..count).map(line).collect()
}

/// The part of each id.
fn parts(workspace: &Workspace, folder: &str) -> BTreeMap<String, &'static str> {
    let mut parts = BTreeMap::new();
    for part in ["train", "dev", "test", "left-out"] {
        let name = format!("{folder}/{part}.jsonl");
        if part == "left-out" && !workspace.path(&name).exists() {
            continue;
        }
        for line in workspace.lines(&name) {
            let id = line["id"].as_str().unwrap().to_owned();
            assert_eq!(parts.insert(id, part), None);
        }
    }
    parts
}

#[test]
fn every_article_is_in_one_part_with_its_near_duplicate_and_stays_there() {
    let workspace = Workspace::new();
    workspace.write("some.jsonl", archive(200));
    workspace.write("more.jsonl", archive(300));
    let run = workspace.run(&["split", "some.jsonl", "-o", "some"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
    assert!(
        run.stderr.starts_with("200 articles, 80 with near-duplicates, 160 clusters\n  train    "),
        "{}",
        run.stderr
    );
    let some = parts(&workspace, "some");
    assert_eq!(some.len(), 200);
    assert!((4..200).step_by(5).all(|copy| some[&format!("é{copy}")] == some[&format!("é{}", copy - 1)]));
    assert_eq!(workspace.run(&["split", "more.jsonl", "-o", "more"]).code, 0);
    let more = parts(&workspace, "more");
    assert!(some.iter().all(|(id, part)| more[id] == *part));
    assert_eq!(workspace.run(&["split", "some.jsonl", "-o", "again"]).code, 0);
    for part in ["train", "dev", "test"] {
        assert_eq!(workspace.read(&format!("some/{part}.jsonl")), workspace.read(&format!("again/{part}.jsonl")));
    }
    let arguments =
        ["split", "more.jsonl", "-o", "kept", "--keep", "some", "--train", "0", "--dev", "0", "--test", "1"];
    assert_eq!(workspace.run(&arguments).code, 0);
    let kept = parts(&workspace, "kept");
    assert!(kept.iter().all(|(id, &part)| part == some.get(id).copied().unwrap_or("test")));
}

#[test]
fn sources_and_dates_decide_if_they_are_asked() {
    let workspace = Workspace::new();
    workspace.write("a.jsonl", archive(240));
    let run = workspace.run(&["split", "a.jsonl", "-o", "s", "--by", "source", "--source-field", "outlet"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let mut sides: BTreeMap<String, &str> = BTreeMap::new();
    for part in ["train", "dev", "test"] {
        for line in workspace.lines(&format!("s/{part}.jsonl")) {
            let outlet = line["meta"]["outlet"].to_string();
            assert_eq!(*sides.entry(outlet).or_insert(part), part);
        }
    }
    let run = workspace.run(&["split", "a.jsonl", "-o", "d", "--by", "date"]);
    assert!(run.stderr.contains("the same cuts again: `--dev-from 2020-"), "{}", run.stderr);
    let dates = |part: &str| {
        let lines = workspace.lines(&format!("d/{part}.jsonl"));
        lines.iter().map(|line| line["date"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    // A copy goes with the earlier article, so what is tested on is later than all that is no copy.
    assert!(!dates("test").is_empty() && dates("test").iter().min() > dates("dev").iter().min());
}

#[test]
fn nothing_of_the_split_before_stays_where_one_is_overwritten() {
    let workspace = Workspace::new();
    workspace.write("a.jsonl", archive(240));
    workspace.run(&["split", "a.jsonl", "-o", "s", "--by", "source", "--source-field", "outlet"]);
    assert!(!workspace.read("s/left-out.jsonl").is_empty());
    let run = workspace.run(&["split", "a.jsonl", "-o", "s", "--overwrite"]);
    assert_eq!((run.code, parts(&workspace, "s").len()), (0, 240), "{}", run.stderr);
}

#[test]
fn refuses_what_cannot_be_split() {
    let workspace = Workspace::new();
    workspace.write("a.jsonl", "{\"id\":\"a\",\"text\":\"Oui\"}\n{\"text\":\"Non\"}\n");
    let error = |arguments: &[&str]| {
        let run = workspace.run(arguments);
        assert_eq!((run.code, workspace.files()), (2, vec!["a.jsonl".to_owned()]), "{}", run.stderr);
        run.stderr
    };
    let message = error(&["split", "a.jsonl", "-o", "x", "--train", "0.9"]);
    assert!(message.contains("the shares 0.9, 0.1 and 0.1 are not three parts of 1"), "{message}");
    let message = error(&["split", "a.jsonl", "-o", "x"]);
    assert!(message.contains("could not read `a.jsonl`, line 2\n  caused by: missing field `id`"), "{message}");
    let message = error(&["split", "-", "-o", "x"]);
    assert!(message.contains("standard input can be read once"), "{message}");
    let message = error(&["split", "a.jsonl", "-o", "x", "--by", "date", "--dev-from", "2021", "--test-from", "2020"]);
    assert!(message.contains("the part to test on cannot begin at `2020`"), "{message}");
}
