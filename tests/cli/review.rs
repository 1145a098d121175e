//! `dixit review`: who may talk to the page's server, what is kept of decisions, and what is written of them.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::run::{Workspace, json_lines, repository};

const DECISIONS: &str = "in.jsonl.decisions.jsonl";

/// A review that is killed at the end.
pub(crate) struct Review {
    child: Child,
    host: String,
    token: String,
}

impl Review {
    fn start(workspace: &Workspace, arguments: &[&str]) -> Self {
        Self::start_with(workspace, &[&["review", "in.jsonl"], arguments].concat())
    }

    /// Starts a command that serves a page.
    pub(crate) fn start_with(workspace: &Workspace, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dixit"))
            .arg("-q")
            .args(arguments)
            .current_dir(workspace.path("."))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let (host, token) = address.trim().strip_prefix("http://").unwrap().split_once('/').unwrap();
        Self { child, host: host.to_owned(), token: token.trim_end_matches('/').to_owned() }
    }

    /// Ends it as the button of the page does; gives the exit code.
    pub(crate) fn finish(mut self) -> i32 {
        assert_eq!(self.post("finish", &format!("http://{}", self.host), "{}").0, 200);
        self.child.wait().unwrap().code().unwrap()
    }

    /// The status, the headers and the body of an answer to a request that is sent as it is.
    fn send(&self, request: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8(answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), head.to_ascii_lowercase(), body.to_owned())
    }

    fn get(&self, path: &str) -> (u16, String, String) {
        self.send(&format!("GET /{}/{path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.token, self.host))
    }

    pub(crate) fn article(&self, place: usize) -> Value {
        serde_json::from_str(&self.get(&format!("article?place={place}")).2).unwrap()
    }

    fn post(&self, path: &str, origin: &str, body: &str) -> (u16, String) {
        let (status, _, body) = self.send(&format!(
            "POST /{}/{path} HTTP/1.1\r\nHost: {}\r\nOrigin: {origin}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.token,
            self.host,
            body.len()
        ));
        (status, body)
    }

    /// Does something as the page does.
    pub(crate) fn act(&self, place: usize, item: &Value, action: &Value) -> (u16, String) {
        let id = self.article(place)["id"].clone();
        let body = json!({"place": place, "id": id, "item": item, "action": action}).to_string();
        self.post("act", &format!("http://{}", self.host), &body)
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Review {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn workspace() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("in.jsonl", std::fs::read(repository("fixtures/review/annotated.jsonl")).unwrap());
    workspace
}

#[test]
fn what_was_told_to_be_saved_outlives_a_killed_program() {
    let workspace = workspace();
    let review = Review::start(&workspace, &["--order", "file"]);
    let subject = review.article(0)["items"][0]["subject"].clone();
    assert_eq!(review.act(0, &subject, &json!("accept")).0, 200);
    assert_eq!(review.act(0, &Value::Null, &json!("sign")).0, 200);
    review.kill();
    let review = Review::start(&workspace, &["--order", "file"]);
    let article = review.article(0);
    assert_eq!((&article["items"][0]["verdict"], &article["verdict"]), (&json!("accept"), &json!("sign")));
    assert_eq!((&article["settled"], &article["next"]), (&json!(1), &json!(1)));
}

#[test]
fn a_line_that_was_cut_off_is_taken_away_and_told() {
    let workspace = workspace();
    workspace.write(DECISIONS, r#"{"id":"bamako","subject":{"wh"#);
    let mut child = Command::new(env!("CARGO_BIN_EXE_dixit"))
        .args(["review", "in.jsonl", "--no-progress"])
        .current_dir(workspace.path("."))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut String::new()).unwrap();
    child.kill().unwrap();
    let told = String::from_utf8(child.wait_with_output().unwrap().stderr).unwrap();
    assert!(told.contains("had been cut off: its 29 bytes are taken away"), "{told}");
    assert_eq!(workspace.read(DECISIONS), "");
}

#[test]
fn a_file_that_is_not_there_leaves_nothing_beside_it() {
    let workspace = Workspace::new();
    let run = workspace.run(&["review", "typo.jsonl"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("could not read `typo.jsonl`"), "{}", run.stderr);
    assert_eq!(std::fs::read_dir(workspace.path(".")).unwrap().count(), 0);
}

#[test]
fn the_same_file_is_not_opened_twice() {
    let workspace = workspace();
    let review = Review::start(&workspace, &[]);
    let second = workspace.run(&["review", "in.jsonl"]);
    assert_eq!((second.code, second.stdout.as_str()), (2, ""));
    assert!(second.stderr.contains("`in.jsonl.decisions.jsonl` is open in another review"), "{}", second.stderr);
    review.kill();
    Review::start(&workspace, &[]);
}

#[test]
fn only_its_own_page_is_answered() {
    let workspace = workspace();
    let review = Review::start(&workspace, &[]);
    let (status, head, page) = review.get("");
    assert_eq!(status, 200);
    for header in
        ["content-security-policy: default-src 'none';", "x-content-type-options: nosniff", "cache-control: no-store"]
    {
        assert!(head.contains(header), "{header} in {head}");
    }
    assert!(!page.contains("<script>"), "no script stands in the page itself");
    let host = &review.host;
    let status = |request: &str| review.send(request).0;
    assert_eq!(status(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")), 404);
    assert_eq!(
        status(&format!("GET /{}/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", review.token)),
        421
    );
    let traversal =
        format!("GET /{}/../../in.jsonl HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n", review.token);
    assert_eq!(status(&traversal), 404);
    assert_eq!(review.post("act", "http://evil.example", "{}").0, 403);
    assert_eq!(review.post("act", &format!("http://{host}"), "{").0, 400);
    assert_eq!(review.post("act", &format!("http://{host}"), &" ".repeat(2 << 20)).0, 413);
    assert!(!workspace.path(DECISIONS).exists() || workspace.read(DECISIONS).is_empty());
}

#[test]
fn impossible_edits_are_refused_and_change_nothing() {
    let workspace = workspace();
    let review = Review::start(&workspace, &["--order", "file"]);
    let entity = review.article(0)["items"][1]["subject"].clone();
    let far = json!({"add_entity": {"start": 5, "end": 9999, "label": "ORG"}});
    assert_eq!(review.act(0, &Value::Null, &far).0, 422);
    let over = json!({"add_entity": {"start": 48, "end": 50, "label": "ORG"}});
    assert!(review.act(0, &Value::Null, &over).1.contains("would overlap `Amina Yusuf`"));
    assert_eq!(review.act(0, &entity, &json!({"edit": {"speaker": "x"}})).0, 422);
    assert_eq!(review.act(0, &json!({"what": "item", "on": "none"}), &json!("accept")).0, 409);
    assert_eq!(review.act(0, &entity, &json!({"edit": {"label": "PLANET"}})).0, 400);
    assert_eq!(review.get("article?place=2").0, 404);
    assert_eq!(workspace.read(DECISIONS), "");
}

#[test]
fn doubt_comes_first_unless_the_order_of_the_file_or_a_filter_is_asked_for() {
    let workspace = Workspace::new();
    let lines = std::fs::read_to_string(repository("fixtures/review/annotated.jsonl")).unwrap();
    let reversed: Vec<&str> = lines.lines().rev().collect();
    workspace.write("in.jsonl", reversed.join("\n"));
    let first = |arguments: &[&str]| Review::start(&workspace, arguments).article(0)["id"].clone();
    assert_eq!(first(&["--order", "file"]), "pourparlers");
    assert_eq!(first(&[]), "bamako");
    assert_eq!(first(&["--lang", "fr"]), "pourparlers");
}

#[test]
fn decisions_are_applied_and_those_that_no_longer_apply_are_told() {
    let workspace = workspace();
    let review = Review::start(&workspace, &["--order", "file"]);
    let items = review.article(0)["items"].clone();
    assert_eq!(review.act(0, &items[1]["subject"], &json!("reject")).0, 200);
    assert_eq!(review.act(0, &items[2]["subject"], &json!({"edit": {"label": "FAC"}})).0, 200);
    assert_eq!(review.act(1, &Value::Null, &json!("sign")).0, 200);
    review.kill();
    let gold = workspace.run(&["review", "in.jsonl", "--apply", "-o", "-"]);
    assert_eq!((gold.code, gold.stderr.as_str()), (0, "2 records in `-`, with 3 decisions\n"));
    let records = json_lines(&gold.stdout);
    assert_eq!(records[0]["entities"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&records[0]["entities"][0]["label"], &records[0]["entities"][0]["by"]),
        (&json!("FAC"), &json!("review"))
    );
    let signed = workspace.run(&["review", "in.jsonl", "--apply", "--signed", "-o", "-"]).stdout;
    assert_eq!(json_lines(&signed)[0]["id"], "pourparlers");
    let export = ["export", "in.jsonl", "--to", "csv", "--decisions", DECISIONS, "-o", "-"];
    assert!(workspace.run(&export).stderr.contains("  with 3 decisions\n"));
    let brat = ["export", "in.jsonl", "--to", "brat", "--decisions", DECISIONS, "-o", "brat", "-q"];
    assert_eq!(workspace.run(&brat).code, 0);
    let standoff = workspace.read("brat/bamako.ann");
    assert!(standoff.contains("\tFAC 63 69\t") && !standoff.contains("\tLOC "), "{standoff}");
    let eval = workspace.run(&["eval", "in.jsonl", "in.jsonl", "--decisions", DECISIONS, "-l", "entities", "--json"]);
    assert!(eval.stderr.starts_with("`in.jsonl` with 3 decisions\n"), "{}", eval.stderr);
    let report: Value = serde_json::from_str(&eval.stdout).unwrap();
    let all =
        report["layers"]["entities"]["figures"].as_array().unwrap().iter().find(|it| it["name"] == "all-boundary");
    assert_eq!((&all.unwrap()["right"], &all.unwrap()["gold"]), (&json!(1), &json!(2)));
    workspace.write("again.jsonl", workspace.read("in.jsonl").replace("\"label\":\"LOC\"", "\"label\":\"ORG\""));
    let arguments = ["review", "again.jsonl", "--decisions", DECISIONS, "--apply", "-o", "gold.jsonl"];
    let again = workspace.run(&arguments);
    assert!(again.stderr.starts_with("warning: 1 decision does not apply any more"), "{}", again.stderr);
    assert_eq!(workspace.run(&["validate", "gold.jsonl"]).code, 0);
    assert_eq!(workspace.run(&arguments).code, 2, "what is there is not overwritten");
}
