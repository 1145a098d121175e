//! `dixit eval`: figures of small pairs of gold and prediction, whose expected values an independent scorer gave.

use std::fmt::Write as _;

use serde_json::Value;

use crate::run::{Workspace, json_lines, repository};

/// The figures of a layer, a line each: name, value, right, predicted, gold.
fn figures(gold: &str, predicted: &str, layer: &str) -> String {
    let path = |name: &str| repository(&format!("tests/cli/eval/{name}"));
    let run = Workspace::new().run(&["eval", &path(gold), &path(predicted), "--layer", layer, "--json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let report = json_lines(&run.stdout).remove(0);
    let count = |value: &Value| value.as_u64().map_or("-".to_owned(), |count| count.to_string());
    let mut lines = String::new();
    for figure in report["layers"][layer]["figures"].as_array().unwrap() {
        let (name, value) = (figure["name"].as_str().unwrap(), figure["value"].as_f64().unwrap());
        let [right, predicted, gold] = ["right", "predicted", "gold"].map(|field| count(&figure[field]));
        writeln!(lines, "{name} {value:.4} {right} {predicted} {gold}").unwrap();
    }
    lines
}

#[test]
fn entities_fold_facilities_in_french_and_leave_out_nested_ones() {
    let expected = "\
LOC 0.8000 2 2 3
ORG 0.0000 0 1 1
PERSON 0.6667 2 3 3
all 0.6154 4 6 7
all-boundary 0.7692 5 6 7
all-overlap 0.7692 5 6 7
core-unlabelled 0.7692 5 6 7
core 0.6154 4 6 7
";
    assert_eq!(figures("gold.jsonl", "pred.jsonl", "entities"), expected);
}

#[test]
fn quotes_are_paired_by_words_and_judged_by_part() {
    let expected = "\
recall-direct 1.0000 2 - 2
recall-indirect 0.6667 2 - 3
ggt-0.3 1.0000 5 5 5
ggt-0.3-speaker 1.0000 5 - 5
ggt-0.3-verb 0.6000 3 - 5
ggt-0.8 1.0000 5 5 5
ggt-0.8-speaker 1.0000 5 - 5
ggt-0.8-verb 0.6000 3 - 5
token-begin-content 0.4000 2 5 5
token-exact-content 0.2000 1 5 5
token-exact-cue 0.7500 3 3 5
token-exact-source 0.8000 4 5 5
content-boundary 0.8000 8 10 10
content-exact 0.6000 3 5 5
content-overlap 0.8000 4 5 5
cue 0.4444 2 4 5
source 0.8000 4 5 5
type-accuracy 0.7500 3 - 4
who-said-what 0.5000 2 4 4
";
    assert_eq!(figures("gold.jsonl", "pred.jsonl", "quotes"), expected);
}

#[test]
fn positions_have_a_mean_over_the_stances_of_the_gold() {
    let expected = "\
support 0.8000 2 2 3
conditional 0.0000 0 0 0
oppose 0.0000 0 1 2
neutral 0.0000 0 2 0
on-dialogue 0.8000 4 5 5
micro 0.4000 2 5 5
macro 0.4000 - - -
";
    assert_eq!(figures("gold.jsonl", "pred.jsonl", "positions"), expected);
}

#[test]
fn attributions_are_measured_by_the_predicted_quotes() {
    let figures = figures("attributions.jsonl", "pred.jsonl", "attributions");
    for line in ["recall-direct 1.0000 1 - 1", "ggt-0.8 0.8000 2 3 2", "content-exact 0.8000 2 3 2"] {
        assert!(figures.lines().any(|other| other == line), "{line} in {figures}");
    }
    let last = "content-overlap 0.8000 2 3 2\ncue 0.4000 1 3 2\nsource 0.5000 1 3 1\ntype-accuracy 1.0000 2 - 2\n";
    assert!(figures.ends_with(last), "{figures}");
}

#[test]
fn tokens_sentences_and_languages_are_read_of_their_formats() {
    let expected = "tokens-boundary 0.8571 12 12 16\ntokens-overlap 0.8571 6 6 8\ntokens 0.7143 5 6 8\n";
    assert_eq!(figures("tokens.conllu", "tokens.jsonl", "tokens"), expected);
    let expected = "sentences-boundary 0.6667 4 6 6\nsentences-overlap 0.6667 2 3 3\nsentences 0.3333 1 3 3\n";
    assert_eq!(figures("tokens.conllu", "tokens.jsonl", "sentences"), expected);
    let expected = "en 0.0000 0 - 2\nfr 1.0000 1 - 1\nother 1.0000 1 - 1\naccuracy 0.5000 2 - 4\n";
    assert_eq!(figures("language.tsv", "language.jsonl", "language"), expected);
    let run = Workspace::new().run(&["eval", &repository("tests/cli/eval/tokens.conllu"), "--texts"]);
    assert_eq!(
        run.stdout,
        "{\"id\":\"a#0\",\"text\":\"Don't go.\\n\\nVient du Mali\"}\n{\"id\":\"b#0\",\"text\":\"Oui\"}\n"
    );
}

#[test]
fn the_table_is_aligned_and_tells_what_is_missing() {
    let [gold, predicted] = ["gold.jsonl", "pred.jsonl"].map(|name| repository(&format!("tests/cli/eval/{name}")));
    let arguments = ["eval", &gold, &predicted, "--confusion", "--reliability", "--bootstrap", "100", "--seed", "7"];
    let (run, again) = (Workspace::new().run(&arguments), Workspace::new().run(&arguments));
    assert_eq!(run.stdout, again.stdout);
    let lines: Vec<_> = run.stdout.lines().collect();
    assert_eq!(lines[0], "entities         precision  recall      F1  right  predicted  gold           95 %");
    assert!(
        lines[3].starts_with("PERSON              0.6667  0.6667  0.6667      2          3     3  0.0000-"),
        "{}",
        lines[3]
    );
    assert!(
        run.stdout.contains("gold \\ predicted  LOC  ORG  PERSON  none\nLOC                 2    1       0     0\n"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("scores of speakers, expected calibration error "), "{}", run.stdout);
    let warning = format!("warning: 1 of 3 documents are not in `{predicted}`; what they hold counts as missed\n");
    assert_eq!(run.stderr, warning);
}

#[test]
fn an_annotation_agrees_with_itself() {
    let workspace = Workspace::new();
    workspace.write("a.txt", "“We will talk,” said Amina Yusuf.");
    assert_eq!(workspace.run(&["annotate", "a.txt", "-o", "a.jsonl"]).code, 0);
    let run = workspace.run(&["eval", "a.jsonl", "a.jsonl", "--json"]);
    let report = json_lines(&run.stdout).remove(0);
    let tokens = &report["layers"]["tokens"]["figures"][0];
    assert_eq!((tokens["value"].as_f64(), tokens["right"] == tokens["gold"]), (Some(1.0), true), "{report}");
}

#[test]
fn refuses_what_cannot_be_compared() {
    let workspace = Workspace::new();
    workspace.write("a.jsonl", r#"{"id":"a","text":"Où ?","entities":[]}"#);
    workspace.write("b.jsonl", r#"{"id":"a","text":"On ?","entities":[]}"#);
    workspace.write("c.jsonl", r#"{"id":"c","text":"On ?","entities":[]}"#);
    workspace.write("bad.jsonl", "{\"id\":\"a\",\"text\":\"Oui\",\"tokens\":[[0,4]]}\n");
    let error = |arguments: &[&str]| {
        let run = workspace.run(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.stderr);
        run.stderr
    };
    let message = error(&["eval", "a.jsonl", "b.jsonl"]);
    assert!(message.contains("caused by: the texts of `a` differ from code point 1: "), "{message}");
    let message = error(&["eval", "a.jsonl", "c.jsonl"]);
    assert!(message.contains("its first id is `a`, the first predicted one `c`"), "{message}");
    let message = error(&["eval", "a.jsonl", "bad.jsonl"]);
    assert!(message.contains("could not read `bad.jsonl`\n  caused by: line 1: the token 0..4 of `a`"), "{message}");
    let message = error(&["eval", "a.jsonl", "a.jsonl", "--layer", "quotes"]);
    assert!(message.contains("the gold has no quotes"), "{message}");
    let message = error(&["eval", "a.jsonl", "a.jsonl", "--layer", "verbs"]);
    assert!(message.contains("known layers are `entities`, `quotes`, `attributions`"), "{message}");
}

#[test]
fn paragraphs_are_measured_by_span_and_kind() {
    let workspace = Workspace::new();
    let document = |kinds: [&str; 3]| {
        let [a, b, c] = kinds.map(|kind| format!("\"kind\":\"{kind}\""));
        format!(
            "{{\"id\":\"a\",\"text\":\"Un\\n\\nDeux\\n\\nTrois\",\"paragraphs\":[{{\"start\":0,\"end\":2,{a}}},{{\"start\":4,\"end\":8,{b}}},{{\"start\":10,\"end\":15,{c}}}]}}"
        )
    };
    workspace.write("gold.jsonl", document(["headline", "body", "body"]));
    workspace.write(
        "pred.jsonl",
        document(["headline", "byline", "body"]).replace("\"start\":10,\"end\":15", "\"start\":11,\"end\":15"),
    );
    let run = workspace.run(&["eval", "gold.jsonl", "pred.jsonl", "--layer", "paragraphs", "--confusion"]);
    let lines: Vec<_> = run.stdout.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(lines[1], "body 0.0000 0.0000 0.0000 0 1 2");
    assert_eq!(
        lines[2..5],
        [
            "headline 1.0000 1.0000 1.0000 1 1 1",
            "all-boundary 0.6667 0.6667 0.6667 2 3 3",
            "all 0.3333 0.3333 0.3333 1 3 3"
        ]
    );
    assert_eq!(
        lines[6..],
        ["gold \\ predicted body byline headline none", "body 0 1 0 1", "headline 0 0 1 0", "none 1 0 0 0"]
    );
}
