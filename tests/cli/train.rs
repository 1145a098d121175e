//! Training: what it writes, and what it refuses.

use crate::run::Workspace;

/// Sentences of a shape, with who speaks and where.
fn corpus() -> String {
    let names = [("Tobias Amadi", "Abuja"), ("Grace Okon", "Lagos"), ("Ruth Bello", "Kano"), ("Peter Eze", "Jos")];
    let line = |(number, (person, place)): (usize, &(&str, &str))| {
        let text = format!("President {person} spoke in {place} today.");
        let (start, at) = (10 + person.chars().count(), 10 + person.chars().count() + 10);
        let end = at + place.chars().count();
        format!(
            r#"{{"id":"{number}","lang":"en","text":"{text}","entities":[{{"start":10,"end":{start},"label":"PERSON"}},{{"start":{at},"end":{end},"label":"LOC"}}]}}"#
        )
    };
    names.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn trains_clusters_and_entities_with_the_same_bytes_each_time() {
    let workspace = Workspace::new();
    workspace.write("gold.jsonl", corpus());
    workspace.write("text.txt", "The president spoke in Lagos.\nThe minister spoke in Kano.\n\n".repeat(20));
    let clusters = |output| {
        let options = ["--articles", "gold.jsonl", "--language", "en", "--minimum-count", "3", "-o", output];
        workspace.run(&[&["train", "clusters", "text.txt"], &options[..]].concat())
    };
    assert_eq!((clusters("a").code, clusters("b").code), (0, 0));
    assert_eq!(std::fs::read(workspace.path("a")).unwrap(), std::fs::read(workspace.path("b")).unwrap());
    let entities = |output| {
        let options = ["--clusters", "a", "--language", "en", "--minimum-count", "1", "--epochs", "5", "-o", output];
        workspace.run(&[&["train", "entities", "--train", "gold.jsonl", "--dev", "gold.jsonl"], &options[..]].concat())
    };
    let run = entities("model");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("epoch 1: loss"), "{}", run.stderr);
    assert_eq!(entities("again").code, 0);
    assert_eq!(std::fs::read(workspace.path("model")).unwrap(), std::fs::read(workspace.path("again")).unwrap());
}

#[test]
fn damaged_clusters_are_refused_by_name() {
    let workspace = Workspace::new();
    workspace.write("gold.jsonl", corpus());
    workspace.write("bad", b"DXWC\x01");
    workspace.write("other", b"DXWC\x09\x00\x00\x00\x00\x00");
    let train = |clusters| {
        let gold = ["train", "entities", "--train", "gold.jsonl", "--dev", "gold.jsonl", "--language", "en"];
        workspace.run(&[&gold[..], &["-o", "model", "--clusters", clusters]].concat())
    };
    let cut_off = train("bad");
    assert_eq!(cut_off.code, 2);
    let wanted = "error: `bad` cannot be used\n  caused by: the clusters are cut off at byte 5";
    assert!(cut_off.stderr.contains(wanted), "{}", cut_off.stderr);
    let other = train("other").stderr;
    assert!(other.contains("`other` cannot be used\n  caused by: clusters of version 9"), "{other}");
    assert!(!workspace.path("model").exists());
}

#[test]
fn entities_that_end_inside_a_word_are_counted_and_bad_lines_named() {
    let workspace = Workspace::new();
    let inside = r#"{"id":"x","lang":"en","text":"Abuja spoke.","entities":[{"start":0,"end":3,"label":"LOC"}]}"#;
    workspace.write("gold.jsonl", format!("{}\n{inside}", corpus()));
    workspace.write("bad.jsonl", format!("{}\nnot json", corpus()));
    let train = |gold, output| {
        workspace.run(&["train", "entities", "--train", gold, "--dev", gold, "--language", "en", "-o", output])
    };
    let run = train("gold.jsonl", "model");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stderr.contains("warning: 1 entity begins or ends inside a word or another and is not learned"),
        "{}",
        run.stderr
    );
    let bad = train("bad.jsonl", "other");
    assert_eq!(bad.code, 2);
    assert!(bad.stderr.contains("`bad.jsonl`, line 5"), "{}", bad.stderr);
}

#[test]
fn a_tokenizer_of_each_kind_labels_the_subwords_of_a_pipeline_of_ones_own() {
    let workspace = Workspace::new();
    let texts = "« Nous voulons un dialogue », a déclaré Léa Martin à Bamako.\n\n“We will talk,” said Le\u{301}a Martin 🤝.\r\n";
    workspace.write("a.txt", texts.repeat(3));
    for kind in ["bpe", "wordpiece", "unigram"] {
        let file = format!("{kind}.json");
        let run = workspace.run(&["train", "tokenizer", "a.txt", "--kind", kind, "--vocabulary", "300", "-o", &file]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stderr.contains("learning from 1 texts, 0.0 MB\ntrained on 1 texts"), "{}", run.stderr);
        let stages = ["paragraphs", "language", "tokens", "subwords", "entities"];
        let stage = |name: &&str| {
            format!(
                "[[stage]]\nuse = \"{name}\"\n{}",
                if *name == "subwords" { format!("tokenizer = \"./{file}\"\n") } else { String::new() }
            )
        };
        let pipeline = format!("{kind}.toml");
        workspace.write(&pipeline, format!("name = \"{kind}\"\n{}", stages.iter().map(stage).collect::<String>()));
        let records = format!("{kind}.jsonl");
        assert_eq!(workspace.run(&["annotate", "a.txt", "-p", &format!("./{pipeline}"), "-o", &records, "-q"]).code, 0);
        assert_eq!(workspace.run(&["validate", &records]).code, 0);
        let run = workspace.run(&[
            "export",
            &records,
            "--to",
            "hf",
            "--subwords",
            "all-pieces",
            "--window",
            "32",
            "--stride",
            "8",
            "-o",
            kind,
        ]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let text = &workspace.lines(&records)[0]["text"];
        let text: Vec<char> = text.as_str().unwrap().chars().collect();
        let mut named = String::new();
        for row in workspace.lines(&format!("{kind}/data.jsonl")) {
            assert!(row["input_ids"].as_array().unwrap().len() <= 32);
            for (label, offsets) in row["labels"].as_array().unwrap().iter().zip(row["offsets"].as_array().unwrap()) {
                if label.as_i64().unwrap() > 0 {
                    let [start, end] = [0, 1].map(|end| offsets[end].as_u64().unwrap() as usize);
                    named.extend(&text[start..end]);
                }
            }
        }
        let named: String = named.split_whitespace().collect();
        assert!(named.contains("LéaMartin") && named.contains("Le\u{301}aMartin"), "{kind}: {named}");
    }
}
