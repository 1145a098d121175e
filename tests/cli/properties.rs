//! What holds for every run: the order and the bytes do not depend on the threads, every surface is the slice at its offsets.

use serde_json::Value;

use crate::run::{Workspace, json_lines, repository};

#[test]
fn one_job_and_eight_write_the_same_bytes() {
    let workspace = Workspace::new();
    let news = repository("fixtures");
    let outputs =
        ["1", "8"].map(|jobs| workspace.run(&["annotate", &news, "-p", "training", "--jobs", jobs, "-q"]).stdout);
    assert!(outputs[0].len() > 100_000);
    assert!(outputs[0] == outputs[1]);
}

#[test]
fn every_surface_is_the_text_at_its_offsets() {
    let workspace = Workspace::new();
    let run = workspace.run(&["annotate", &repository("fixtures"), "-q"]);
    let mut checked = 0;
    for record in json_lines(&run.stdout) {
        let text: Vec<char> = record["text"].as_str().unwrap().chars().collect();
        check(&record, &text, &mut checked);
    }
    assert!(checked > 500, "{checked}");
}

/// Checks every object that has `start`, `end` and `text`.
fn check(value: &Value, text: &[char], checked: &mut usize) {
    match value {
        Value::Object(fields) => {
            if let (Some(start), Some(end), Some(surface)) =
                (fields.get("start"), fields.get("end"), fields.get("text"))
            {
                let slice: String = text[index(start)..index(end)].iter().collect();
                assert_eq!(slice, surface.as_str().unwrap());
                *checked += 1;
            }
            fields.values().for_each(|inner| check(inner, text, checked));
        }
        Value::Array(values) => values.iter().for_each(|inner| check(inner, text, checked)),
        _ => {}
    }
}

fn index(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

#[test]
fn hostile_texts_are_annotated() {
    let workspace = Workspace::new();
    let texts = [
        "“".repeat(5_000),
        "« “ ‘ \" ' ".repeat(2_000),
        format!("{}said{}", "“a ".repeat(50), "”".repeat(50)),
        "said ".repeat(20_000),
        "a-t-il dit, ".repeat(10_000),
        "l'".repeat(20_000),
        format!("He said {}", "that he said ".repeat(5_000)),
        "A. ".repeat(20_000),
        "\u{301}\u{200d}\u{fe0f}\u{0}\u{feff}".repeat(1_000),
        "word ".repeat(200_000),
        "Four people died on Monday near the border, according to a report on".to_owned(),
        format!("Four people died, according to {}", "a video by ".repeat(30_000)),
        "Selon ce que. Paul a parlé. Selon ce qu'".to_owned(),
        "'a ".repeat(50_000),
        "“He told me ‘I heard ‘no’’ and left".repeat(500),
    ];
    let lines: Vec<_> = texts.iter().map(|text| serde_json::json!({ "text": text }).to_string()).collect();
    workspace.write("a.jsonl", lines.join("\n"));
    let run = workspace.run(&["annotate", "a.jsonl", "-o", "out.jsonl"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let run = workspace.run(&["validate", "out.jsonl"]);
    assert_eq!(run.stderr, "15 records, 0 problems\n", "{}", run.stdout);
}
