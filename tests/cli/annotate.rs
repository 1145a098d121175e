//! `dixit annotate` on good input.

use crate::run::{Workspace, json_lines, repository};

#[test]
fn annotates_the_news_of_the_readme_through_every_layer() {
    let workspace = Workspace::new();
    let run = workspace.run(&["annotate", &repository("fixtures/news"), "-o", "annotated.jsonl"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stdout, "");
    assert_eq!(workspace.files(), ["annotated.jsonl"]);
    let records = workspace.lines("annotated.jsonl");
    assert_eq!(records.len(), 22);
    for record in &records {
        for layer in ["language", "paragraphs", "sentences", "tokens", "entities", "speakers", "quotes"] {
            assert!(record.get(layer).is_some(), "{layer}");
        }
    }
    let count = |layer: &str| records.iter().map(|record| record[layer].as_array().unwrap().len()).sum::<usize>();
    assert!(count("entities") > 100 && count("quotes") > 60 && count("speakers") > 30);
    assert!(run.stderr.contains("22 documents"), "{}", run.stderr);
    for row in ["languages", "entities", "quotes", "positions", "failures   0"] {
        assert!(run.stderr.contains(row), "{row}: {}", run.stderr);
    }
}

#[test]
fn keeps_ids_order_and_unknown_fields() {
    let workspace = Workspace::new();
    workspace.write("b.txt", "Talks\n\nThe talks began.");
    workspace.write("a.jsonl", "{\"id\":\"x\",\"text\":\"Oui.\",\"score\":1.50}\n{\"text\":\"Non.\"}\n");
    let run = workspace.run(&["annotate", "b.txt", "a.jsonl", "-o", "-", "-q"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let records = json_lines(&run.stdout);
    let ids: Vec<_> = records.iter().map(|record| record["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["b.txt", "x", "a.jsonl:2"]);
    assert!(run.stdout.contains("\"meta\":{\"score\":1.50}"));
}

#[test]
fn reads_standard_input_as_json_lines_or_as_text() {
    let workspace = Workspace::new();
    let lines =
        workspace.run_with(&["annotate", "-", "-q"], b"{\"id\":1,\"text\":\"Talks.\"}\n{\"id\":2,\"text\":\"Oui.\"}\n");
    assert_eq!(json_lines(&lines.stdout).len(), 2);
    let text = workspace.run_with(&["annotate", "-", "-q"], b"Talks\n\nThe talks began.");
    assert_eq!(json_lines(&text.stdout)[0]["id"], "-");
}

#[test]
fn names_fields_as_the_input_has_them() {
    let workspace = Workspace::new();
    workspace.write("a.jsonl", "{\"url\":\"u1\",\"body\":\"Talks.\",\"id\":9}\n");
    let run = workspace.run(&["annotate", "a.jsonl", "--text-field", "body", "--id-field", "url", "-q"]);
    let record = &json_lines(&run.stdout)[0];
    assert_eq!((record["id"].as_str(), record["text"].as_str()), (Some("u1"), Some("Talks.")));
    assert_eq!(record["meta"]["id"], 9);
}

#[test]
fn never_overwrites_unasked() {
    let workspace = Workspace::new();
    workspace.write("a.txt", "The talks began.");
    workspace.write("out.jsonl", "precious");
    let run = workspace.run(&["annotate", "a.txt", "-o", "out.jsonl"]);
    assert_eq!(run.code, 2);
    assert_eq!(run.stderr, "error: `out.jsonl` is there already\n\nhint: `--overwrite` replaces it\n");
    assert_eq!(workspace.read("out.jsonl"), "precious");
    assert_eq!(workspace.run(&["annotate", "a.txt", "-o", "out.jsonl", "--overwrite"]).code, 0);
    assert_eq!(workspace.lines("out.jsonl").len(), 1);
    assert_eq!(workspace.files(), ["a.txt", "out.jsonl"]);
}

#[test]
fn an_output_in_the_input_folder_is_not_read() {
    let workspace = Workspace::new();
    workspace.write("news/a.txt", "The talks began.");
    for _ in 0..2 {
        let run = workspace.run(&["annotate", "news", "-o", "news/out.jsonl", "--overwrite"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert_eq!(workspace.lines("news/out.jsonl").len(), 1);
    }
}

#[test]
fn a_pipeline_says_which_layers_there_are() {
    let workspace = Workspace::new();
    workspace.write("a.txt", "Talks\n\n“We will talk,” said Amina Yusuf.");
    let training = workspace.run(&["annotate", "a.txt", "-p", "training", "-q"]);
    let record = &json_lines(&training.stdout)[0];
    assert_eq!(record["subwords"]["tokenizer"], "news-bpe");
    assert_eq!(record["annotator"]["pipeline"], "training");
    let review = workspace.run(&["annotate", "a.txt", "-p", "review", "-q"]);
    let record = &json_lines(&review.stdout)[0];
    assert!(record.get("tokens").is_none() && record.get("quotes").is_some());
}

#[test]
fn refuses_an_unknown_pipeline_and_a_bad_one() {
    let workspace = Workspace::new();
    workspace.write("a.txt", "Oui.");
    let run = workspace.run(&["annotate", "a.txt", "-p", "newz"]);
    assert_eq!(run.code, 2);
    let known = "known are `news`, `review`, `training`, or the path of a `.toml` file";
    assert_eq!(run.stderr, format!("error: there is no pipeline `newz`: {known}\n"));
    workspace.write("p.toml", "name = \"p\"\n[[stage]]\nuse = \"quotes\"\n");
    let run = workspace.run(&["annotate", "a.txt", "-p", "p.toml"]);
    assert_eq!(run.code, 2);
    let message = "error: `p.toml`: stage 1, `quotes`, needs the layer `paragraphs`, which no stage before it adds; \
                   put `use = \"paragraphs\"` in front of it\n";
    assert_eq!(run.stderr, message);
}

#[test]
fn warns_of_what_should_not_be_zero() {
    let workspace = Workspace::new();
    workspace.write("empty/readme.md", "no article");
    let run = workspace.run(&["annotate", "empty", "-o", "out.jsonl"]);
    assert_eq!(run.code, 0);
    assert!(run.stderr.contains("warning: passed over 1 file in folders"), "{}", run.stderr);
    assert!(run.stderr.contains("warning: no article was annotated"), "{}", run.stderr);
    assert_eq!(workspace.read("out.jsonl"), "");
}
