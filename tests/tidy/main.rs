//! The repository keeps its own rules: the top level, the arrows between crates, a `//!` on every file, no file too long.
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

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

/// The files of the repository by their paths from its root: what git tracks, or in a copy that is no checkout all that is there but
/// `target`.
fn files() -> Vec<String> {
    let listed = Command::new("git").args(["ls-files", "-z"]).current_dir(root()).output();
    let files: Vec<String> = match listed {
        Ok(listed) if listed.status.success() => {
            listed.stdout.split(|&byte| byte == 0).map(|path| String::from_utf8(path.to_vec()).unwrap()).collect()
        }
        _ => {
            let root = root();
            let walk = WalkDir::new(&root).into_iter();
            let walk = walk.filter_entry(|entry| !["target", ".git"].iter().any(|name| entry.file_name() == *name));
            let paths = walk.map(|entry| entry.unwrap().into_path()).filter(|path| path.is_file());
            paths.map(|path| path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned()).collect()
        }
    };
    let files: Vec<String> = files.into_iter().filter(|path| root().join(path).is_file()).collect();
    assert!(files.len() > 300);
    files
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
        "tests",
    ];
    for name in files().iter().filter_map(|path| path.split('/').next()) {
        assert!(name.starts_with('.') || known.contains(&name), "`{name}` at the top level");
    }
}

#[test]
fn no_file_names_a_place_of_the_machine_that_it_was_made_on() {
    // Split, so that this file does not name them.
    let places = [["/wo", "rk/"], ["/ro", "ot/"], ["/ho", "me/"], ["/tm", "p/w"]].map(|parts| parts.concat());
    for path in files() {
        let content = fs::read(root().join(&path)).unwrap();
        let names = |place: &String| content.windows(place.len()).any(|bytes| bytes == place.as_bytes());
        assert_eq!(places.iter().find(|place| names(place)), None, "{path}");
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
