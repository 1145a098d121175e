//! Topics that users write, the profile of an article, and training: through the program.

use serde_json::Value;

use crate::run::{Run, Workspace};

const STAGES: [&str; 5] = ["paragraphs", "language", "tokens", "entities", "quotes"];

/// A workspace with a pipeline whose topic is `my.toml`.
fn with_topic(topic: &str) -> (Workspace, Run) {
    let workspace = Workspace::new();
    let stages = STAGES.map(|stage| format!("[[stage]]\nuse = \"{stage}\"\n")).concat();
    let positions = "[[stage]]\nuse = \"positions\"\ntopics = [\"./my.toml\", \"ceasefire\"]\n";
    workspace.write("my-pipeline.toml", format!("name = \"mine\"\n{stages}{positions}"));
    workspace.write("my.toml", topic);
    let text = "Strike and walkout\n\nThe union would refuse any strike, said Amina Yusuf.\n\n\
                \"We welcome the ceasefire and the truce,\" said Omar Diallo.";
    workspace.write("a.txt", text);
    let run = workspace.run(&["annotate", "a.txt", "-p", "./my-pipeline.toml", "-o", "out.jsonl"]);
    (workspace, run)
}

#[test]
fn topics_of_users_and_the_second_topic_need_no_code() {
    let (workspace, run) = with_topic("name = \"strike\"\n[en]\nterms = [\"strike*\", \"walkout*\"]\n");
    assert_eq!(run.code, 0, "{}", run.stderr);
    let record = &workspace.lines("out.jsonl")[0];
    let quotes = record["quotes"].as_array().unwrap().iter();
    let positions = quotes.flat_map(|quote| quote["positions"].as_array().unwrap());
    let told: Vec<_> = positions.map(|position| (position["topic"].as_str(), position["stance"].as_str())).collect();
    assert_eq!(told, [(Some("strike"), Some("oppose")), (Some("ceasefire"), Some("support"))]);
    let profile = record["profile"].as_array().unwrap();
    let told: Vec<_> = profile.iter().map(|line| (line["topic"].as_str(), line["strongest"].as_str())).collect();
    assert_eq!(told, [(Some("strike"), Some("q1")), (Some("ceasefire"), Some("q2"))]);
    assert_eq!(workspace.run(&["validate", "out.jsonl"]).code, 0);
}

#[test]
fn a_bad_topic_file_is_refused_with_file_line_and_what_to_do() {
    let head = "name = \"strike\"\n[en]\n";
    for (topic, expected) in [
        ("terms = [\"strike*\"]\nstopwords = []", "line 4: unknown key `stopwords`: known here are `cues`"),
        ("terms = []", "line 2: `[en]` has no terms: add some, or take the table out"),
        ("terms = [\"*\"]", "line 3: `*` matches everything: write at least two letters before `*`"),
        ("terms = [\".*\"]", "line 3: `.*` matches everything: write at least two letters before `*`"),
        (
            "terms = [\"(strike|walk\"]",
            "line 3: bad pattern `(strike|walk`: patterns are words and no regular expressions",
        ),
        ("terms = [\"str*ke\"]", "line 3: bad pattern `str*ke`: `*` may stand only at the end of a word"),
    ] {
        let (workspace, run) = with_topic(&format!("{head}{topic}\n"));
        assert_eq!(run.code, 2, "{topic}: {}", run.stderr);
        let told: String = run.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains("my.toml`") && told.contains(expected), "{topic}: {}", run.stderr);
        assert!(!workspace.path("out.jsonl").exists());
    }
}

#[test]
fn positions_are_trained_by_command() {
    let workspace = Workspace::new();
    let line = r#"{"id":"a","lang":"en","text":"Talks\n\nHe said talks must resume.","quotes":[{"content":[[15,32]],"type":"indirect","cue":[10,14],"source":[7,9],"speaker":"Tom","position":"support"}]}"#;
    workspace.write("gold.jsonl", line);
    let run =
        workspace.run(&["train", "positions", "--train", "gold.jsonl", "--dev", "gold.jsonl", "-o", "weights.tsv"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("on topic F1 1.0000"), "{}", run.stderr);
    assert!(workspace.read("weights.tsv").starts_with("# feature\tabout\tsupport"));
    workspace.write("bad.jsonl", line.replace("[[15,32]]", "[[15,320]]"));
    let run = workspace.run(&["train", "positions", "--train", "bad.jsonl", "-o", "other.tsv"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("could not read `bad.jsonl`, line 1"), "{}", run.stderr);
    assert!(run.stderr.contains("15..320 of `a` is not a span of its text"), "{}", run.stderr);
}

#[test]
fn the_profile_is_absent_without_positions_and_empty_without_quotes() {
    let workspace = Workspace::new();
    workspace.write("a.txt", "The sky is blue.");
    let run = workspace.run(&["annotate", "a.txt"]);
    let record: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(record["profile"], Value::Array(Vec::new()));
    workspace.write("p.toml", "name = \"p\"\n[[stage]]\nuse = \"paragraphs\"\n");
    let record: Value = serde_json::from_str(&workspace.run(&["annotate", "a.txt", "-p", "./p.toml"]).stdout).unwrap();
    assert!(record.get("profile").is_none());
}

#[test]
fn an_analysis_yields_every_stance_and_none_of_pull_quotes_and_scare_quotes() {
    let workspace = Workspace::new();
    workspace.write("a.txt", include_str!("../../fixtures/en/stances_of_an_analysis/input.txt"));
    let record: Value = serde_json::from_str(&workspace.run(&["annotate", "a.txt"]).stdout).unwrap();
    let told = |line: &Value| {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        (text(&line["speaker"]["name"]), text(&line["stance"]), line["quotes"].as_u64().unwrap())
    };
    let expected = [
        ("Moussa Tiéfolo", "support"),
        ("Bakary Doumbo", "oppose"),
        ("Council of River Elders", "support"),
        ("Civic League", "conditional"),
        ("Laurent Sékou", "support"),
        ("Awa Tangara", "support"),
        ("Ousmane Dabo", "oppose"),
        ("A spokesman for the African Union mission", "neutral"),
    ];
    let expected = expected.map(|(name, stance)| (name.to_owned(), stance.to_owned(), 1));
    assert_eq!(record["profile"].as_array().unwrap().iter().map(told).collect::<Vec<_>>(), expected);
}
