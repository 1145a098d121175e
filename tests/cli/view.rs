//! `dixit view`: what is shown of annotated files, and what of it passes the filters.

use crate::run::{Workspace, repository};

fn annotated() -> String {
    repository("fixtures/review/annotated.jsonl")
}

fn ids(arguments: &[&str]) -> Vec<String> {
    let file = annotated();
    let run = Workspace::new().run(&[&["view", &file], arguments].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    let titles = run.stdout.lines().filter(|line| !line.starts_with(' ') && !line.is_empty());
    titles.map(|line| line.split(' ').next().unwrap().to_owned()).collect()
}

#[test]
fn is_plain_and_the_same_every_time_when_it_is_piped() {
    let file = annotated();
    let (first, second) = (Workspace::new().run(&["view", &file]), Workspace::new().run(&["view", &file]));
    assert_eq!((first.code, first.stderr.as_str()), (0, ""));
    assert_eq!(first.stdout, second.stdout);
    assert!(!first.stdout.contains('\x1b'));
    let text = "{q1 « Nous sommes prêts à dialoguer »}, a déclaré [Léa Martin PERSON], <script>alert(1)</script>.";
    assert!(first.stdout.contains(text), "{}", first.stdout);
    let colored = Workspace::new().run(&["view", &file, "--color", "always"]);
    assert!(colored.stdout.contains("\x1b[35mLéa Martin\x1b[0m"), "{:?}", colored.stdout);
}

#[test]
fn explains_where_each_decision_came_from() {
    let file = annotated();
    let run = Workspace::new().run(&["view", &file, "--explain", "--id", "bamako"]);
    for reason in ["quote 0.970 by rule:direct-cue-behind", "speaker 0.700 from `She`", "e2 Bamako LOC 0.400 by model"]
    {
        assert!(run.stdout.contains(reason), "{reason} in {}", run.stdout);
    }
    assert!(run.stdout.contains("dialogue support 0.900 by rule:topic-support from `no alternative to` `talks`"));
}

#[test]
fn shows_what_passes_every_filter() {
    assert_eq!(ids(&[]), ["bamako", "pourparlers"]);
    assert_eq!(ids(&["--lang", "fr"]), ["pourparlers"]);
    assert_eq!(ids(&["--label", "LOC,ORG"]), ["bamako"]);
    assert_eq!(ids(&["--speaker", "lea"]), ["pourparlers"]);
    assert_eq!(ids(&["--stance", "support", "--min-score", "0.96"]), ["bamako"]);
    assert_eq!(ids(&["--max-score", "0.5"]), ["bamako"]);
    assert_eq!(ids(&["--grep", "PRETS"]), ["pourparlers"]);
    assert_eq!(ids(&["--id", "pourparlers", "--id", "bamako"]), ["bamako", "pourparlers"]);
    assert_eq!(ids(&["--stance", "oppose"]), [""; 0]);
}

#[test]
fn warns_when_nothing_passes() {
    let file = annotated();
    let run = Workspace::new().run(&["view", &file, "--lang", "und"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
    assert_eq!(run.stderr, "warning: no article is shown: none passes the filters, or the files are empty\n");
}

#[test]
fn an_unknown_name_lists_the_known_ones() {
    let file = annotated();
    let run = Workspace::new().run(&["view", &file, "--stance", "for"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("unknown stance `for`: known are `support`, `conditional`"), "{}", run.stderr);
}

#[test]
fn a_line_that_is_no_record_stops_it_with_its_place_after_what_is_good() {
    let workspace = Workspace::new();
    let good = std::fs::read_to_string(annotated()).unwrap();
    workspace.write("in.jsonl", format!("{good}\n{{\"id\":1}}\n"));
    let run = workspace.run(&["view", "in.jsonl"]);
    assert_eq!(run.code, 2);
    assert!(run.stdout.contains("pourparlers fr"));
    assert!(run.stderr.starts_with("error: could not read `in.jsonl`, line 4\n"), "{}", run.stderr);
    assert_eq!(workspace.run(&["view", "none.jsonl"]).code, 2);
}

#[test]
fn reads_standard_input_and_text_that_would_steer_the_terminal() {
    let good = std::fs::read_to_string(annotated()).unwrap();
    let hostile = good.lines().next().unwrap().replace("Talks\\n\\n", "T\\u001b[1ms\\n\\n");
    let run = Workspace::new().run_with(&["view", "-", "--color", "never"], hostile.as_bytes());
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("T\u{fffd}[1ms") && !run.stdout.contains('\x1b'), "{}", run.stdout);
}
