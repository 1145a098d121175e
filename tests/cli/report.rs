//! `dixit report`: one page that stands alone, and never over another unasked.

use crate::run::{Workspace, repository};

#[test]
fn writes_a_page_that_stands_alone() {
    let (workspace, file) = (Workspace::new(), repository("fixtures/review/annotated.jsonl"));
    let run = workspace.run(&["report", &file, "-o", "report.html", "--title", "Mars & avril"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
    assert_eq!(run.stderr, "2 articles in `report.html`\n");
    let page = workspace.read("report.html");
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"en\">") && page.ends_with("</html>\n"));
    assert!(page.contains("<h1>Mars &amp; avril</h1>") && page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    let again = workspace.run(&["report", &file, "-o", "again.html", "--title", "Mars & avril", "-q"]);
    assert_eq!((again.code, again.stderr.as_str()), (0, ""));
    assert_eq!(page, workspace.read("again.html"));
}

#[test]
fn refuses_to_overwrite_unasked_and_leaves_nothing_behind_when_it_stops() {
    let (workspace, file) = (Workspace::new(), repository("fixtures/review/annotated.jsonl"));
    workspace.write("report.html", "mine");
    let run = workspace.run(&["report", &file, "-o", "report.html"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("`report.html` is there already"), "{}", run.stderr);
    workspace.write("bad.jsonl", "{}\n");
    assert_eq!(workspace.run(&["report", "bad.jsonl", "-o", "other.html"]).code, 2);
    assert_eq!(workspace.files(), ["bad.jsonl", "report.html"]);
    assert_eq!(workspace.read("report.html"), "mine");
    assert_eq!(workspace.run(&["report", &file, "-o", "report.html", "--overwrite"]).code, 0);
}

#[test]
fn holds_what_passes_the_filters_by_pages() {
    let (workspace, file) = (Workspace::new(), repository("fixtures/review/annotated.jsonl"));
    let french = workspace.run(&["report", &file, "-o", "-", "--lang", "fr"]).stdout;
    assert_eq!(french.matches("<article").count(), 1);
    let pages = workspace.run(&["report", &file, "-o", "-", "--page-size", "1"]).stdout;
    assert!(pages.contains("<a href=\"#page-2\">Next page</a>"));
    let none = workspace.run(&["report", &file, "-o", "-", "--stance", "oppose"]);
    assert!(none.stderr.starts_with("warning: no article is in the report"), "{}", none.stderr);
}
