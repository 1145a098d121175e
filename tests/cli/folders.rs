//! Folders of records: parts of a size, what the manifest says of them, and the libraries that load them.

use std::fs;
use std::process::Command;

use crate::run::Workspace;

/// An archive whose first part has nothing but empty layers, and whose fields are of more than one type.
fn archive(workspace: &Workspace) {
    let plain = |number: usize| {
        format!("{{\"id\":\"{number}\",\"text\":\"It rains here.\",\"n\":{number},\"tags\":\"none\"}}\n")
    };
    let quote = "« Nous allons parler avec eux », a déclaré Léa Martin à Paris.";
    let last = format!("{{\"id\":\"last\",\"text\":\"{quote}\",\"n\":1.5,\"tags\":[\"a\",{{\"b\":null}}]}}\n");
    workspace.write("in.jsonl", (0..8).map(plain).collect::<String>() + "broken\n" + &last);
}

#[test]
fn a_folder_holds_parts_a_manifest_a_card_and_what_failed() {
    let workspace = Workspace::new();
    archive(&workspace);
    let run =
        workspace.run(&["annotate", "in.jsonl", "-o", "out/", "--shard-size", "1kB", "--output-format", "jsonl.gz"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.ends_with("what failed, and why, is in `out/failed.jsonl`\n"), "{}", run.stderr);
    assert_eq!(workspace.files(), ["in.jsonl", "out"]);
    let manifest: serde_json::Value = serde_json::from_str(&workspace.read("out/manifest.json")).unwrap();
    let parts = manifest["outputs"].as_array().unwrap();
    assert!(parts.len() > 2);
    let sums = parts
        .iter()
        .map(|part| format!("{}  out/{}\n", part["sha256"].as_str().unwrap(), part["path"].as_str().unwrap()));
    let input = &manifest["inputs"][0];
    let sum = format!("{}  in.jsonl\n", input["sha256"].as_str().unwrap());
    workspace.write("sums", sums.collect::<String>() + &sum);
    // The system's own tool, so that nothing of ours is checked against itself.
    let check = Command::new("sha256sum").args(["-c", "--quiet", "sums"]).current_dir(workspace.path(".")).status();
    assert!(check.unwrap().success());
    assert_eq!(input["bytes"], fs::metadata(workspace.path("in.jsonl")).unwrap().len());
    assert_eq!((&manifest["counts"]["documents"], &manifest["counts"]["failures"]), (&9.into(), &1.into()));
    assert_eq!(workspace.lines("out/failed.jsonl")[0]["line"], 9);
    let again = ["annotate", "in.jsonl", "-o", "out", "--shard-size", "1kB", "--output-format", "jsonl.gz"];
    let run = workspace.run(&again);
    assert_eq!((run.code, run.stderr.contains("out` is there already")), (2, true), "{}", run.stderr);
    let [readme, before] = ["out/README.md", "out/manifest.json"].map(|name| workspace.read(name));
    assert_eq!(workspace.run(&[&again[..], &["--overwrite", "-j", "1"]].concat()).code, 1);
    assert_eq!((workspace.read("out/README.md"), workspace.read("out/manifest.json")), (readme, before));
    assert_eq!(workspace.files(), ["in.jsonl", "out", "sums"]);
}

#[test]
fn a_folder_of_something_else_is_never_replaced() {
    let workspace = Workspace::new();
    workspace.write("a.txt", "Oui.");
    workspace.write("home/precious.txt", "Non.");
    let run = workspace.run(&["annotate", "a.txt", "-o", "home", "--overwrite"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("is not replaced: it holds `precious.txt`, which no run wrote"), "{}", run.stderr);
    assert_eq!(workspace.read("home/precious.txt"), "Non.");
    assert_eq!(workspace.files(), ["a.txt", "home"]);
    let run = workspace.run(&["annotate", "a.txt", "-o", "out.jsonl", "--shard-size", "1MB"]);
    assert_eq!(run.stderr, "error: `out.jsonl` names a file: `--shard-size` is for a folder, as `-o out.jsonl/`\n");
    fs::create_dir(workspace.path("empty")).unwrap();
    assert_eq!(workspace.run(&["annotate", "a.txt", "-o", "empty", "-q"]).code, 0);
    assert_eq!(workspace.lines("empty/data/part-00000.jsonl").len(), 1);
}

#[test]
fn a_table_is_read_again_as_the_articles_that_it_holds() {
    let workspace = Workspace::new();
    archive(&workspace);
    assert_eq!(workspace.run(&["annotate", "in.jsonl", "-o", "out.parquet"]).code, 1);
    assert_eq!(workspace.lines("out.failed.jsonl").len(), 1);
    assert_eq!(workspace.run(&["annotate", "in.jsonl", "-o", "lines.jsonl"]).code, 1);
    let again = ["annotate", "out.parquet", "-o", "again.jsonl", "--max-document-bytes", "1000"];
    let run = workspace.run(&again);
    let failed = workspace.lines("again.failed.jsonl");
    assert_eq!((run.code, failed.len(), &failed[0]["line"]), (1, 1, &9.into()), "{}", run.stderr);
    let retry = workspace.run(&["annotate", "--retry", "again.failed.jsonl", "-q"]);
    assert_eq!((retry.code, retry.stdout.contains("\"id\":\"last\"")), (0, true), "{}", retry.stderr);
    let (lines, again) = (workspace.lines("lines.jsonl"), workspace.lines("again.jsonl"));
    assert_eq!((lines.len(), again.len()), (9, 8));
    for (one, other) in lines.iter().zip(&again) {
        assert_eq!((&one["id"], &one["text"], &one["tokens"]), (&other["id"], &other["text"], &other["tokens"]));
        assert_eq!(other["meta"]["meta"], serde_json::json!(one["meta"].to_string()));
    }
}

#[test]
fn a_torn_table_is_a_failure_and_the_next_input_is_read() {
    let workspace = Workspace::new();
    archive(&workspace);
    assert_eq!(workspace.run(&["annotate", "in.jsonl", "-o", "out.parquet"]).code, 1);
    let whole = fs::read(workspace.path("out.parquet")).unwrap();
    let mut broken = whole.clone();
    broken[whole.len() / 3..whole.len() / 2].fill(0xAA);
    workspace.write("in/a.parquet", &whole[..whole.len() / 2]);
    workspace.write("in/b.parquet", broken);
    workspace.write("in/c.txt", "Oui.");
    let run = workspace.run(&["annotate", "in", "-o", "again.jsonl"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let failed = workspace.lines("again.failed.jsonl");
    let paths: Vec<_> = failed.iter().map(|failure| failure["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["in/a.parquet", "in/b.parquet"]);
    assert_eq!(workspace.lines("again.jsonl").last().unwrap()["id"], "in/c.txt");
    let run = workspace.run_with(&["annotate", "-", "-q"], &whole);
    assert!(run.stderr.contains("Parquet is read from a file that is not compressed"), "{}", run.stderr);
}

#[test]
fn no_articles_make_one_empty_part() {
    let workspace = Workspace::new();
    workspace.write("a.jsonl", "");
    for format in ["jsonl", "jsonl.gz", "jsonl.zst", "parquet"] {
        let out = format!("{format}-out/");
        assert_eq!(workspace.run(&["annotate", "a.jsonl", "-o", &out, "--output-format", format]).code, 0);
        let part = fs::read(workspace.path(&format!("{out}data/part-00000.{format}"))).unwrap();
        assert_eq!(part.is_empty(), format == "jsonl");
    }
}
