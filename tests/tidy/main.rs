//! The repository keeps its own rules: the top level, the arrows between crates, a `//!` on every file, no file too long.
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn rust_files() -> Vec<PathBuf> {
    let of = |folder: &str| {
        let walk = WalkDir::new(root().join(folder)).sort_by_file_name().into_iter();
        walk.filter_entry(|entry| entry.file_name() != "target").map(|entry| entry.unwrap().into_path())
    };
    of("crates").chain(of("tests")).filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

#[test]
fn the_top_level_holds_what_the_layout_says() {
    let known = [
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
        "crates",
        "fixtures",
        "pipelines",
        "target",
        "tests",
    ];
    for entry in fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let output = Path::new(&name).extension().is_some_and(|extension| extension == "jsonl" || extension == "index");
        assert!(name.starts_with('.') || output || known.contains(&name.as_str()), "`{name}` at the top level");
    }
}

#[test]
fn every_file_says_what_it_holds_and_is_not_too_long() {
    let files = rust_files();
    assert!(files.len() > 60);
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//!"), "{}: no `//!` on the first line", path.display());
        assert!(text.lines().count() <= 500, "{}: over 500 lines", path.display());
    }
}

/// The crates of the workspace that each crate uses, without its tests.
fn arrows() -> BTreeMap<String, BTreeSet<String>> {
    let mut arrows = BTreeMap::new();
    for entry in fs::read_dir(root().join("crates")).unwrap() {
        let path = entry.unwrap().path().join("Cargo.toml");
        let Ok(manifest) = fs::read_to_string(&path) else { continue };
        let name = path.parent().unwrap().file_name().unwrap().to_str().unwrap().to_owned();
        let dependencies = manifest.split("[dependencies]").nth(1).unwrap_or("").split("\n[").next().unwrap();
        let uses =
            dependencies.lines().filter_map(|line| line.split('.').next()).filter(|name| name.starts_with("dixit-"));
        arrows.insert(name, uses.map(str::to_owned).collect());
    }
    arrows
}

#[test]
fn the_map_has_every_crate_and_every_arrow() {
    let map = fs::read_to_string(root().join("crates/README.md")).unwrap();
    let mut drawn = BTreeMap::new();
    for row in map.lines().filter(|line| line.starts_with("| `dixit")) {
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        let uses =
            cells[3].split(", ").filter(|name| *name != "—").map(|name| format!("dixit-{}", name.trim_matches('`')));
        drawn.insert(cells[1].trim_matches('`').to_owned(), uses.collect::<BTreeSet<_>>());
    }
    assert_eq!(drawn, arrows(), "`crates/README.md` must draw the arrows of the manifests");
}

#[test]
fn each_outside_crate_has_one_owner() {
    let owners = [
        ("whatlang", "dixit-language"),
        ("tokenizers", "dixit-subwords"),
        ("clap", "dixit"),
        ("indicatif", "dixit"),
        ("rayon", "dixit-runner"),
    ];
    for (dependency, owner) in owners {
        for name in arrows().keys() {
            let manifest = fs::read_to_string(root().join("crates").join(name).join("Cargo.toml")).unwrap();
            let uses = manifest.lines().any(|line| line.starts_with(&format!("{dependency}.")));
            assert_eq!(uses, name == owner, "`{dependency}` belongs to `{owner}`, and `{name}` is at odds");
        }
    }
}
