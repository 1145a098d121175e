//! Golden tests: each folder `fixtures/<language>/<behaviour>/` holds a text, the record that it must give, and the same marked up for
//! people. `DIXIT_BLESS=1` writes both anew.
#![allow(clippy::unwrap_used, missing_docs)]

mod markup;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn folders(language: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(language);
    let mut folders: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

fn annotate(folder: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_dixit"))
        .args(["annotate", "input.txt", "-q", "--jobs", "1"])
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}: {}", folder.display(), String::from_utf8(output.stderr).unwrap());
    let mut record: Value = serde_json::from_slice(&output.stdout).unwrap();
    // The hash of the pipeline changes with every topic; it is no part of a behaviour.
    record["annotator"] = Value::Null;
    format!("{record}\n")
}

fn check(language: &str) {
    let bless = std::env::var_os("DIXIT_BLESS").is_some();
    let folders = folders(language);
    assert!(folders.len() >= 25, "there are {} fixtures for `{language}`", folders.len());
    let mut different = Vec::new();
    for folder in folders {
        let record = annotate(&folder);
        let marked_up = markup::markup(&serde_json::from_str(&record).unwrap());
        for (name, found) in [("expected.jsonl", &record), ("expected.txt", &marked_up)] {
            let path = folder.join(name);
            if bless {
                fs::OpenOptions::new()
                    .write(true)
                    .create(true)
                    .truncate(true)
                    .open(&path)
                    .unwrap()
                    .write_all(found.as_bytes())
                    .unwrap();
            } else if fs::read_to_string(&path).unwrap_or_default() != *found {
                different.push(format!("{}\n{found}", path.display()));
            }
        }
    }
    assert!(different.is_empty(), "not as expected (`DIXIT_BLESS=1` accepts):\n{}", different.join("\n"));
}

#[test]
fn english_fixtures_are_annotated_as_expected() {
    check("en");
}

#[test]
fn french_fixtures_are_annotated_as_expected() {
    check("fr");
}
