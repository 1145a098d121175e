//! `dixit export`: files and folders, what is told, and what is refused. What each format looks like is tested in its crate, and with the tools
//! that read it in `tests/consumers`.

use crate::run::Workspace;

fn annotated() -> Workspace {
    let workspace = Workspace::new();
    workspace.write(
        "a.txt",
        "« Nous voulons un dialogue », a déclaré Léa Martin 🤝.\r\n\r\n“We will talk,” said Amina Yusuf.",
    );
    assert_eq!(workspace.run(&["annotate", "a.txt", "-o", "a.jsonl", "-q"]).code, 0);
    workspace
}

#[test]
fn every_format_is_written_and_tells_what_it_cannot_hold() {
    let workspace = annotated();
    for format in ["conll", "bioes", "prodigy", "gliner", "w3c", "csv"] {
        let run = workspace.run(&["export", "a.jsonl", "--to", format, "-o", format]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stderr.starts_with(&format!("1 record to `{format}`\n")), "{}", run.stderr);
        let printed = workspace.run(&["export", "a.jsonl", "--to", format, "-o", "-", "-q"]);
        assert_eq!((printed.stdout, printed.stderr), (workspace.read(format), String::new()));
    }
    for format in ["hf", "spacy", "label-studio", "doccano", "brat", "webanno"] {
        let run = workspace.run(&["export", "a.jsonl", "--to", format, "-o", format]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(workspace.path(format).is_dir());
    }
    let run = workspace.run(&["export", "a.jsonl", "--to", "conll", "-o", "conll", "--overwrite"]);
    assert!(run.stderr.contains("  `conll` cannot hold quotes beside entities"), "{}", run.stderr);
}

#[test]
fn nothing_is_replaced_unasked_and_nothing_half_is_left() {
    let workspace = annotated();
    workspace.write("brat/mine.txt", "mine");
    let run = workspace.run(&["export", "a.jsonl", "--to", "brat", "-o", "brat"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("is there already\n\nhint: `--overwrite` replaces it\n"), "{}", run.stderr);
    workspace.write("bad.jsonl", format!("{}{{}}\n", workspace.read("a.jsonl")));
    for format in ["brat", "csv"] {
        let run = workspace.run(&["export", "bad.jsonl", "--to", format, "-o", "new"]);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains("could not read `bad.jsonl`, line 2\n  caused by: "), "{}", run.stderr);
    }
    assert_eq!(workspace.files(), ["a.jsonl", "a.txt", "bad.jsonl", "brat"]);
    assert_eq!(workspace.run(&["export", "a.jsonl", "--to", "brat", "-o", "brat", "--overwrite"]).code, 0);
    assert_eq!(workspace.read("brat/mine.txt"), "mine");
}

#[test]
fn refuses_what_cannot_be_and_says_what_can() {
    let workspace = annotated();
    let error = |arguments: &[&str]| {
        let run = workspace.run(&[&["export", "a.jsonl"], arguments].concat());
        assert_eq!(run.code, 2, "{}", run.stderr);
        run.stderr
    };
    let message = error(&["--to", "conllx", "-o", "x"]);
    assert!(message.contains("unknown format `conllx`: known are `conll`, `bioes`"), "{message}");
    let message = error(&["--to", "hf", "-o", "-"]);
    assert!(message.contains("`hf` is a folder of files, which standard output cannot hold"), "{message}");
    let message = error(&["--to", "hf", "-o", "x", "--subwords", "first-piece"]);
    assert!(message.contains("has no subwords, which `hf` needs: annotate with `--pipeline training`"), "{message}");
    let message = error(&["--to", "hf", "-o", "x", "--window", "8", "--stride", "8"]);
    assert!(message.contains("windows of 8 cannot overlap by 8"), "{message}");
    let message = error(&["--to", "csv", "-o", "x", "--layer", "quotes"]);
    assert!(message.contains("`csv` has no choice of a layer; `conll` and `bioes` have"), "{message}");
    let message = error(&["a.jsonl", "--to", "brat", "-o", "x"]);
    assert!(message.contains("the id `a.txt` is there already, and `brat` names files by ids"), "{message}");
    assert_eq!(workspace.files(), ["a.jsonl", "a.txt"]);
}
