//! What the README shows is what the program prints.

use serde_json::Value;

use crate::run::{Workspace, repository};

fn readme() -> String {
    std::fs::read_to_string(repository("README.md")).unwrap()
}

/// What stands between `before` and the fence that ends the block.
fn block_behind<'t>(text: &'t str, before: &str) -> &'t str {
    let (_, rest) = text.split_once(before).unwrap();
    rest.split_once("```").unwrap().0
}

#[test]
fn the_first_command_ends_with_the_counts_that_the_readme_shows() {
    let (workspace, readme) = (Workspace::new(), readme());
    let run = workspace.run(&["annotate", &repository("fixtures/news"), "-o", "annotated.jsonl"]);
    // How long it took differs from run to run.
    let lasting = |text: &str| -> Vec<String> {
        text.trim().lines().map(|line| line.split(" in ").next().unwrap().to_owned()).collect()
    };
    assert_eq!(lasting(&run.stderr), lasting(block_behind(&readme, "and ends with counts:\n\n```\n")));
}

#[test]
fn the_record_that_the_readme_shows_is_what_its_text_gives() {
    let (workspace, readme) = (Workspace::new(), readme());
    let text = block_behind(&readme, "Of the text\n\n```\n");
    workspace.write("a.txt", text);
    let run = workspace.run(&["annotate", "a.txt", "-q"]);
    let record: Value = serde_json::from_str(&run.stdout).unwrap();
    let shown = format!("{{{}}}", block_behind(&readme, "broken here to be read):\n\n```json\n"));
    let shown: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(record["quotes"], shown["quotes"]);
}
