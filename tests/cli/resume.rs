//! Runs that are cut off: killed, interrupted, without room, without a reader; and what goes on from there.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use walkdir::WalkDir;

use crate::run::{Workspace, json_lines};

/// An archive of several inputs, some of it bad, whose records are more than one piece of a compressed file.
fn archive(workspace: &Workspace, articles: usize) {
    let pipeline = "name = \"words\"\n[[stage]]\nuse = \"paragraphs\"\n[[stage]]\nuse = \"language\"\n[[stage]]\nuse = \"tokens\"\n";
    workspace.write("words.toml", pipeline);
    let text = |number: usize| {
        let sentence = |count: usize| match number % 2 {
            0 => format!("The talks of day {} began in Paris, said Amina Yusuf. ", count * 7919 % 10_007),
            _ => format!("Les débats du jour {} ont repris, a dit Léa Martin. ", count * 7919 % 10_007),
        };
        (number..number + 40 + number % 60).map(sentence).collect::<String>()
    };
    let line = |number: usize| match number % 31 {
        7 => "{\"id\": \"torn\n".to_owned(),
        _ => format!("{{\"id\":\"{number}\",\"text\":\"{}\"}}\n", text(number)),
    };
    workspace.write("in/a.jsonl", (0..articles).map(line).collect::<String>());
    workspace.write("in/b.txt", text(articles));
    workspace.write(
        "in/c.csv",
        (0..articles)
            .map(|number| format!("{}\n", text(number)))
            .fold("text\n".to_owned(), |rows, row| rows + "\"" + row.trim_end() + "\"\n"),
    );
}

fn command(workspace: &Workspace, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dixit"));
    command.args(arguments).current_dir(workspace.path(".")).env("NO_COLOR", "1").stderr(Stdio::piped());
    command
}

/// Waits until `path` is there; a run that ends without it has failed.
fn wait_for(path: &Path, child: &mut Child) {
    let start = Instant::now();
    while !path.exists() {
        assert!(start.elapsed() < Duration::from_mins(1) && child.try_wait().unwrap().is_none(), "{}", path.display());
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Every file of an output with its bytes: of the folder or file `name`, and of its failures.
fn files(workspace: &Workspace, name: &str) -> Vec<(String, Vec<u8>)> {
    let stem = name.split('.').next().unwrap();
    let names = [name.to_owned(), format!("{stem}.failed.jsonl")];
    let paths = names.iter().flat_map(|name| WalkDir::new(workspace.path(name)).sort_by_file_name());
    let files = paths.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let root = workspace.path("");
    files
        .map(|entry| {
            let name = entry.path().strip_prefix(&root).unwrap().to_str().unwrap().replacen(stem, "OUT", 1);
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// Numbers that look random and are the same every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

#[test]
fn fifty_kills_leave_the_bytes_of_one_run() {
    let workspace = Workspace::new();
    archive(&workspace, 250);
    let mut numbers = Numbers(6);
    let (mut kills, mut resumed) = (0, 0);
    let outputs: [(&str, &[&str]); 4] = [
        (".jsonl", &[]),
        (".jsonl.gz", &[]),
        ("", &["--shard-size", "5MB", "--output-format", "jsonl.zst"]),
        (".tables", &["--shard-size", "5MB", "--output-format", "parquet"]),
    ];
    for (number, (extension, options)) in outputs.into_iter().enumerate() {
        let [plain, killed] = ["plain", "killed"].map(|stem| format!("{stem}{number}{extension}"));
        let run = workspace.run(&[&["annotate", "in", "-p", "words.toml", "-q", "-o", &plain][..], options].concat());
        assert_eq!(run.code, 1, "{}", run.stderr);
        let whole = files(&workspace, &plain);
        assert!(whole.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() > 100_000, "{plain}");
        while kills < 13 * (number + 1) {
            let arguments =
                ["annotate", "in", "-p", "words.toml", "-o", &killed, "--resume", "--checkpoint-interval", "0.01"];
            let mut child = command(&workspace, &[&arguments[..], options].concat()).spawn().unwrap();
            std::thread::sleep(Duration::from_millis(1 + numbers.below(120)));
            let alive = child.try_wait().unwrap().is_none();
            child.kill().unwrap();
            let output = child.wait_with_output().unwrap();
            kills += usize::from(alive);
            let stderr = String::from_utf8(output.stderr).unwrap();
            resumed += usize::from(stderr.contains("goes on after"));
            if !alive {
                assert!(is_done(output.status.code(), &stderr), "{stderr}");
                compare_and_remove(&workspace, &whole, &killed);
            }
        }
        let arguments = ["annotate", "in", "-p", "words.toml", "-q", "-o", &killed, "--resume"];
        let run = workspace.run(&[&arguments[..], options].concat());
        assert!(is_done(Some(run.code), &run.stderr), "{}", run.stderr);
        compare_and_remove(&workspace, &whole, &killed);
    }
    assert!(kills >= 50 && resumed >= 20, "{kills} kills, {resumed} of them resumed");
}

/// Whether a run ended well; the one before may have been killed when all was in its place already.
fn is_done(code: Option<i32>, stderr: &str) -> bool {
    code == Some(1) || stderr.ends_with("is there already\n\nhint: `--overwrite` replaces it\n")
}

fn compare_and_remove(workspace: &Workspace, whole: &[(String, Vec<u8>)], name: &str) {
    let found = files(workspace, name);
    let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&found), names(whole));
    for ((name, left), (_, right)) in found.iter().zip(whole) {
        assert!(left == right, "{name}");
    }
    assert!(!workspace.path(&format!("{name}.partial")).exists());
    let path = workspace.path(name);
    if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.unwrap();
    let _ = fs::remove_file(workspace.path(&format!("{}.failed.jsonl", name.split('.').next().unwrap())));
}

#[test]
fn an_interrupt_keeps_what_is_done_and_says_how_to_go_on() {
    let workspace = Workspace::new();
    archive(&workspace, 400);
    for (signal, code) in [("-INT", 130), ("-TERM", 143)] {
        let out = format!("out{code}.jsonl");
        let arguments = ["annotate", "in", "-p", "words.toml", "-o", &out, "-j", "1", "--checkpoint-interval", "0"];
        let mut child = command(&workspace, &arguments).spawn().unwrap();
        wait_for(&workspace.path(&format!("{out}.partial/checkpoint")), &mut child);
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{stderr}");
        assert!(stderr.contains("; the same command with `--resume` goes on\n"), "{stderr}");
        assert!(!workspace.path(&out).exists());
        let run = workspace.run(&["annotate", "in", "-p", "words.toml", "-o", &out]);
        assert_eq!(run.code, 2);
        let unfinished = format!("error: `{out}.partial` is there already: a run was cut off\n");
        assert_eq!(run.stderr, unfinished + "\nhint: `--resume` goes on with it, `--overwrite` begins anew\n");
        let run = workspace.run(&["annotate", "in", "-p", "words.toml", "-o", &out, "--resume"]);
        assert_eq!(run.code, 1, "{}", run.stderr);
        assert!(run.stderr.contains("goes on after"), "{}", run.stderr);
        assert!(run.stderr.contains("788 documents, "), "{}", run.stderr);
    }
    assert!(workspace.read("out130.jsonl") == workspace.read("out143.jsonl"));
}

/// A run that is stopped after its first failure, and so can be resumed.
fn begun(workspace: &Workspace) {
    workspace.write("in/a.jsonl", "{\"text\":\"Oui.\"}\nbroken\n{\"text\":\"Talks.\"}\n");
    workspace.write("words.toml", "name = \"words\"\n[[stage]]\nuse = \"paragraphs\"\n");
    let run = workspace.run(&["annotate", "in", "-p", "words.toml", "-o", "out.jsonl", "--max-failures", "0"]);
    assert_eq!(run.code, 2);
    let hint = "\nhint: the same command with `--resume` goes on from the last checkpoint\n";
    assert!(run.stderr.ends_with(hint), "{}", run.stderr);
}

#[test]
fn what_is_not_as_it_was_is_refused_and_named() {
    let workspace = Workspace::new();
    begun(&workspace);
    let resume = |options: &[&str]| {
        workspace.run(&[&["annotate", "in", "-p", "words.toml", "-o", "out.jsonl", "--resume"], options].concat())
    };
    let run = resume(&["--encoding", "windows-1252", "--text-field", "body"]);
    let begun = "error: `out.jsonl.partial` was begun otherwise\n";
    let hint = "\nhint: `--resume` wants all as it was; `--overwrite` begins anew\n";
    let changes =
        "  caused by: --text-field: `text` then, `body` now\n    --encoding: not there then, `windows-1252` now\n";
    assert_eq!((run.code, run.stderr), (2, format!("{begun}{changes}{hint}")));
    workspace.append("words.toml", "[[stage]]\nuse = \"language\"\n");
    workspace.append("in/a.jsonl", "{\"text\":\"Non.\"}\n");
    workspace.write("in/b.txt", "Oui.");
    let run = resume(&[]);
    assert_eq!(run.code, 2);
    for change in
        ["the pipeline's configuration: `", "input `in/a.jsonl`: 41 bytes then, 57 now", "input `in/b.txt`: new"]
    {
        assert!(run.stderr.contains(change), "{change}: {}", run.stderr);
    }
    let run = workspace.run(&["annotate", "in", "-p", "words.toml", "-o", "out.jsonl", "--overwrite"]);
    assert_eq!((run.code, workspace.lines("out.jsonl").len()), (1, 4), "{}", run.stderr);
}

#[test]
fn a_limit_of_failures_can_be_raised() {
    let workspace = Workspace::new();
    begun(&workspace);
    let run = workspace.run(&["annotate", "in", "-p", "words.toml", "-o", "out.jsonl", "--resume", "-j", "1"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.starts_with("goes on after 1 document\n2 documents, "), "{}", run.stderr);
    assert_eq!(workspace.lines("out.jsonl").len(), 2);
    assert_eq!(workspace.lines("out.failed.jsonl").len(), 1);
}

#[test]
fn a_run_without_room_goes_on_where_there_is_some() {
    let workspace = Workspace::new();
    archive(&workspace, 100);
    let run = |before: &str, out: &str, options: &str| {
        let program = env!("CARGO_BIN_EXE_dixit");
        let script =
            format!("{before} exec {program} annotate in -p words.toml -q -o {out} --checkpoint-interval 0 {options}");
        Command::new("sh").args(["-c", &script]).current_dir(workspace.path(".")).output().unwrap()
    };
    // A file may have 2000 blocks of 512 bytes, and who writes more is told so.
    let output = run("trap '' XFSZ; ulimit -f 2000;", "out.jsonl", "");
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains("caused by: could not write the output\n  caused by: File too large"), "{stderr}");
    assert_eq!(run("", "out.jsonl", "--resume").status.code(), Some(1));
    assert_eq!(run("", "whole.jsonl", "").status.code(), Some(1));
    assert!(workspace.read("out.jsonl") == workspace.read("whole.jsonl"));
    assert!(workspace.read("out.failed.jsonl") == workspace.read("whole.failed.jsonl"));
}

#[test]
fn a_reader_that_has_enough_ends_the_run_without_a_word() {
    let workspace = Workspace::new();
    archive(&workspace, 200);
    let program = env!("CARGO_BIN_EXE_dixit");
    let script = format!("({program} annotate in/c.csv -p words.toml -q -o -; echo $? >code) | head -1");
    let output = Command::new("sh").args(["-c", &script]).current_dir(workspace.path(".")).output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(json_lines(&String::from_utf8(output.stdout).unwrap()).len(), 1);
    assert_eq!(workspace.read("code"), "0\n");
}

#[test]
fn standard_input_cannot_be_resumed_and_two_runs_never_write_one_output() {
    let workspace = Workspace::new();
    workspace.write("words.toml", "name = \"words\"\n[[stage]]\nuse = \"paragraphs\"\n");
    workspace.write("a.txt", "Oui.");
    let from_pipe = ["annotate", "-", "-p", "words.toml", "-o", "out.jsonl"];
    let run = workspace.run(&[&from_pipe[..], &["--resume"]].concat());
    assert_eq!(run.stderr, "error: `-` can be read only once, so a run over it cannot be resumed\n");
    let mut child = command(&workspace, &from_pipe).stdin(Stdio::piped()).spawn().unwrap();
    wait_for(&workspace.path("out.jsonl.partial/run.json"), &mut child);
    for options in [&[][..], &["--resume"], &["--overwrite"]] {
        let run = workspace.run(&[&["annotate", "a.txt", "-p", "words.toml", "-o", "out.jsonl"], options].concat());
        assert_eq!(run.code, 2);
        assert!(run.stderr.starts_with("error: another run writes `"), "{}", run.stderr);
    }
    // The pipe stays open: an interrupt must not wait for it.
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let _pipe = child.stdin.take();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("nothing is kept, since the input can be read only once"), "{stderr}");
    assert_eq!(workspace.files(), ["a.txt", "words.toml"]);
}
