//! The pages in a real browser, by the keyboard. These tests need Chromium and its driver; `.ci/run` installs and runs them:
//! `cargo test --test browser -- --ignored`. Pictures of the pages are left in `target/tmp/browser`.
#![allow(clippy::unwrap_used, missing_docs)]

mod driver;

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::driver::Browser;

const LEFT: &str = "\u{e012}";
const RIGHT: &str = "\u{e014}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const WIDE: (u32, u32) = (1400, 900);
const NARROW: (u32, u32) = (400, 850);

/// A review in a folder of its own, which is killed at the end.
struct Review {
    child: Child,
    address: String,
}

impl Review {
    fn start(file: &Path) -> Self {
        let mut child =
            dixit(&["review", file.to_str().unwrap(), "--order", "file"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Self { child, address: address.trim().to_owned() }
    }

    /// Ends it in the hardest way there is.
    fn kill(&mut self) {
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

fn dixit(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dixit"));
    command.args(arguments).arg("--quiet").stdin(Stdio::null());
    command
}

/// A copy of the two annotated articles.
fn annotated(folder: &Path) -> PathBuf {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/review/annotated.jsonl");
    let path = folder.join("articles.jsonl");
    fs::copy(fixture, &path).unwrap();
    path
}

/// The chosen item as the list shows it.
const CHOSEN: &str = "document.querySelector('.item[aria-current]')?.innerText";

fn wait_for_item(browser: &Browser, words: &[&str]) {
    for word in words {
        browser.wait_for(&format!("{CHOSEN}?.includes({})", json!(word)));
    }
}

fn wait_until_saved(browser: &Browser) {
    browser.wait_for("document.getElementById('saved').textContent === 'saved'");
}

fn lines(path: &Path) -> Vec<Value> {
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_reviewer_works_by_keyboard_and_a_killed_program_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = annotated(folder.path());
    let mut review = Review::start(&file);
    let browser = Browser::start();
    browser.open(&review.address);
    wait_for_item(&browser, &["q1", "Amina Yusuf", "support", "score 0.97"]);

    browser.press(&["a"]);
    wait_for_item(&browser, &["accepted"]);
    wait_until_saved(&browser);
    browser.press(&["s", "3"]);
    wait_for_item(&browser, &["oppose", "corrected"]);
    browser.press(&["j", "j"]);
    wait_for_item(&browser, &["Bamako", "LOC"]);
    browser.press(&["l", "4"]);
    wait_for_item(&browser, &["FAC", "corrected"]);
    browser.press(&["j", RIGHT]);
    wait_for_item(&browser, &["q2", "calm."]);
    browser.press(&["b", LEFT]);
    wait_for_item(&browser, &["for calm."]);
    browser.press_with_shift(RIGHT);
    wait_for_item(&browser, &["or calm."]);
    assert!(lines(&folder.path().join("articles.jsonl.decisions.jsonl")).len() >= 6);

    review.kill();
    browser.press(&["x"]);
    browser.wait_for("document.getElementById('saved').textContent === 'not saved'");
    browser.wait_for("document.getElementById('problem').textContent.includes('does not answer')");

    let review = Review::start(&file);
    browser.complaints();
    browser.open(&review.address);
    wait_for_item(&browser, &["q1", "oppose", "corrected"]);
    browser.press(&["j", "j", "j"]);
    wait_for_item(&browser, &["or calm.", "corrected"]);
    browser.press(&["z"]);
    wait_for_item(&browser, &["for calm."]);
    browser.press(&["y"]);
    wait_for_item(&browser, &["or calm."]);
    browser.press(&["z", "c"]);
    wait_for_item(&browser, &["calm", "score 0.60"]);
    wait_until_saved(&browser);

    browser.press(&["k", "k", "k", "w", "2"]);
    wait_for_item(&browser, &["q1", "not known"]);
    browser.press(&["w", "M", "a", "l", "i", ENTER]);
    wait_for_item(&browser, &["q1 Mali"]);
    browser.press(&["m"]);
    browser.press(&["s", "u", "r", "e", "?", ENTER]);
    browser.wait_for("document.querySelector('#items .note')?.textContent === 'Note: sure?'");
    browser.press(&[ENTER]);
    browser.wait_for("document.getElementById('standing').textContent.includes('2 of 2')");
    browser.wait_for("document.getElementById('article').innerText.includes('<script>alert(1)</script>')");
    assert_eq!(browser.complaints(), json!([]));
    drop(browser);
    drop(review);
    check_gold(folder.path(), &file);
}

/// What was decided reaches the records.
fn check_gold(folder: &Path, file: &Path) {
    let gold = folder.join("gold.jsonl");
    let status = dixit(&["review", file.to_str().unwrap(), "--apply", "-o", gold.to_str().unwrap()]).status().unwrap();
    assert!(status.success());
    assert!(dixit(&["validate", gold.to_str().unwrap()]).status().unwrap().success());
    let records = lines(&gold);
    assert_eq!(records[0]["quotes"][0]["positions"][0]["stance"], "oppose");
    assert_eq!(records[0]["quotes"][0]["by"], "review");
    assert_eq!(records[0]["quotes"][0]["speaker"]["name"], "Mali");
    assert_eq!(records[0]["quotes"][1]["content"][0]["text"], "calm");
    assert_eq!(records[0]["entities"][1]["label"], "FAC");
    assert_eq!(records[0]["profile"][0]["stance"], "oppose");
    assert_eq!(records[1], lines(file)[1], "nobody decided on the other article");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn spans_are_added_by_keys_and_with_the_mouse() {
    let folder = tempfile::tempdir().unwrap();
    let file = annotated(folder.path());
    let review = Review::start(&file);
    let browser = Browser::start();
    browser.open(&format!("{}#2", review.address));
    wait_for_item(&browser, &["q1", "Léa Martin"]);
    // By keys: over the words, from the end of the quote; two of them.
    browser.press(&["v", RIGHT, RIGHT]);
    browser.press_with_shift(RIGHT);
    browser.wait_for("document.querySelector('.selected')?.textContent.startsWith('déclaré')");
    browser.press(&[ESCAPE, "v"]);
    browser.wait_for("document.querySelector('.selected')?.textContent === ','");
    browser.press(&[ESCAPE]);
    // With the mouse: the headline, after the emoji is counted right.
    browser.script(
        "const run = document.querySelector('#article h2 [data-start]').firstChild; const range = document.createRange(); \
         range.setStart(run, 0); range.setEnd(run, 11); getSelection().removeAllRanges(); getSelection().addRange(range); \
         document.getElementById('article').dispatchEvent(new MouseEvent('mouseup', {bubbles: true}))",
    );
    browser.wait_for("document.querySelector('.selected')?.textContent === 'Pourparlers'");
    browser.press(&["e", "6"]);
    wait_for_item(&browser, &["+1", "Pourparlers", "EVENT"]);
    browser.press(&["v"]);
    browser.press(&["q"]);
    wait_for_item(&browser, &["+2", "🤝"]);
    browser.press(&["x"]);
    browser.wait_for("!document.getElementById('items').innerText.includes('+2')");
    // Another entity over the first is refused, and says why.
    browser.press(&["k", "k", "k"]);
    browser.script(
        "const run = document.querySelector('#article h2 [data-start]').firstChild; const range = document.createRange(); \
         range.setStart(run, 2); range.setEnd(run, 5); getSelection().removeAllRanges(); getSelection().addRange(range); \
         document.getElementById('article').dispatchEvent(new MouseEvent('mouseup', {bubbles: true}))",
    );
    browser.wait_for("document.querySelector('.selected')");
    browser.press(&["e", "1"]);
    browser.wait_for("document.getElementById('problem').textContent.includes('would overlap `Pourparlers`')");
    drop(browser);
    drop(review);
    let output = dixit(&["review", file.to_str().unwrap(), "--apply", "-o", "-"]).output().unwrap();
    let record: Value =
        serde_json::from_str(String::from_utf8(output.stdout).unwrap().lines().nth(1).unwrap()).unwrap();
    assert_eq!(record["entities"][0]["text"], "Pourparlers");
    assert_eq!(record["entities"][0]["label"], "EVENT");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn the_page_fits_narrow_and_wide_windows_in_light_and_dark() {
    let folder = tempfile::tempdir().unwrap();
    let review = Review::start(&annotated(folder.path()));
    let browser = Browser::start();
    browser.open(&review.address);
    wait_for_item(&browser, &["q1"]);
    for (name, size) in [("wide", WIDE), ("narrow", NARROW)] {
        for scheme in ["light", "dark"] {
            browser.picture_of(&format!("review-{name}-{scheme}"), size, scheme);
            assert_eq!(
                browser.script("return document.documentElement.scrollWidth <= innerWidth"),
                json!(true),
                "{name}"
            );
        }
        browser.press(&["r"]);
        browser.wait_for("document.querySelector('#guideline section[lang=fr]').offsetHeight > 0");
        browser.picture_of(&format!("review-{name}-guideline"), size, "light");
        browser.press(&["r", "?"]);
        browser.wait_for("document.getElementById('help').open");
        browser.picture_of(&format!("review-{name}-help"), size, "light");
        browser.press(&[ESCAPE]);
    }
    assert_eq!(browser.complaints(), json!([]));
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn the_report_reads_without_a_server_and_filters_with_one_script() {
    let folder = tempfile::tempdir().unwrap();
    let file = annotated(folder.path());
    let page = folder.path().join("report.html");
    let arguments = ["report", file.to_str().unwrap(), "-o", page.to_str().unwrap(), "--page-size", "1"];
    assert!(dixit(&arguments).status().unwrap().success());
    let browser = Browser::start();
    browser.open(&format!("file://{}", page.display()));
    browser
        .wait_for("document.querySelector('#a1').offsetHeight > 0 && document.querySelector('#a2').offsetHeight === 0");
    browser.script("location.hash = '#a2'");
    browser
        .wait_for("document.querySelector('#a2').offsetHeight > 0 && document.querySelector('#a1').offsetHeight === 0");
    browser.script(
        "document.querySelector('[name=speaker]').value = 'LEA'; document.querySelector('#filters').requestSubmit()",
    );
    browser.wait_for("document.querySelector('#found').textContent === '1 of 2 articles pass'");
    browser.script("document.querySelector('#filters').reset()");
    browser.wait_for("document.querySelector('#found').textContent === ''");
    for (name, size) in [("wide", WIDE), ("narrow", NARROW)] {
        for scheme in ["light", "dark"] {
            browser.picture_of(&format!("report-{name}-{scheme}"), size, scheme);
            assert_eq!(
                browser.script("return document.documentElement.scrollWidth <= innerWidth"),
                json!(true),
                "{name}"
            );
        }
    }
    assert_eq!(browser.complaints(), json!([]));
}
