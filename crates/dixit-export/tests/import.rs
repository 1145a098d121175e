//! Work that comes back from the review tools: untouched it changes nothing, and what a reviewer did is what changes.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use dixit_document::Vocabulary as _;
use dixit_export::{Options, Outcome, Reviews, Tool};
use dixit_record::Record;
use serde_json::{Value, json};

use crate::common::{exported, record, stretch};

/// The files of a tool, as a reviewer finds them.
fn files(tool: Tool) -> Vec<(String, String)> {
    let (files, _) = exported(&[record()], tool.format(), &Options::default());
    files.0.into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
}

/// The file that a reviewer changes.
fn file(tool: Tool) -> &'static str {
    match tool {
        Tool::Prodigy => "tasks.jsonl",
        Tool::LabelStudio => "tasks.json",
        Tool::Doccano => "relations.jsonl",
        Tool::Brat => "a_2f_c3_a9_201.ann",
    }
}

/// The record after the change of a file, what became of it, and what was refused.
fn imported(tool: Tool, change: impl Fn(&str) -> String) -> (Value, Outcome, Vec<String>) {
    let files = files(tool);
    let content = |name: &str| files.iter().find(|(known, _)| known == name).map(|(_, content)| content.as_str());
    let mut reviews = Reviews::new(tool);
    let text = content("a_2f_c3_a9_201.txt");
    reviews.read(file(tool), &change(content(file(tool)).unwrap()), text);
    let line = record();
    let mut record = Record::from_json(&line).unwrap();
    let outcome = reviews.apply(&mut record);
    let mut line = Vec::new();
    record.write_line(&mut line);
    assert!(record.check().is_empty(), "{:?}", record.check());
    (serde_json::from_slice(&line).unwrap(), outcome, reviews.refusals().iter().map(ToString::to_string).collect())
}

/// As [`imported`], of a tool that writes JSON.
fn edited(tool: Tool, edit: impl Fn(&mut Value)) -> (Value, Outcome, Vec<String>) {
    imported(tool, |content| {
        let mut value: Value = serde_json::from_str(content).unwrap();
        edit(&mut value);
        if tool == Tool::LabelStudio { value.to_string() } else { format!("{value}\n") }
    })
}

fn before() -> Value {
    let line = record();
    let mut written = Vec::new();
    Record::from_json(&line).unwrap().write_line(&mut written);
    serde_json::from_slice(&written).unwrap()
}

#[test]
fn what_nobody_touched_is_the_same_record() {
    for &tool in Tool::ALL {
        let (after, outcome, refusals) = imported(tool, str::to_owned);
        assert_eq!((outcome, refusals), (Outcome::Unchanged, Vec::new()), "{tool:?}");
        assert_eq!(after, before(), "{tool:?}");
    }
}

#[test]
fn a_new_label_keeps_all_else() {
    let mut wanted = before();
    wanted["entities"][1]["label"] = "ORG".into();
    wanted["entities"][1]["score"] = 1.0.into();
    for &tool in Tool::ALL {
        let (after, outcome, refusals) = match tool {
            Tool::Prodigy => edited(tool, |task| task["spans"][1]["label"] = "ORG".into()),
            Tool::Doccano => edited(tool, |row| row["entities"][1]["label"] = "ORG".into()),
            Tool::LabelStudio => edited(tool, |tasks| {
                tasks[0]["predictions"][0]["result"][1]["value"]["labels"][0] = "ORG".into();
            }),
            Tool::Brat => imported(tool, |lines| lines.replace("T2\tPERSON", "T2\tORG")),
        };
        wanted["entities"][1]["by"] = format!("review:{}", tool.name()).into();
        // Prodigy's link to the span of another label leads nowhere: it says so, and the quote has no speaker.
        if tool == Tool::Prodigy {
            assert_eq!(refusals.len(), 1, "{refusals:?}");
            assert!(refusals[0].ends_with("`child_span` is none of the spans"), "{refusals:?}");
            continue;
        }
        assert_eq!((outcome, refusals), (Outcome::Changed, Vec::new()), "{tool:?}");
        assert_eq!(after, wanted, "{tool:?}");
    }
}

#[test]
fn a_quote_that_was_deleted_takes_its_speaker_along() {
    let (after, outcome, refusals) = imported(Tool::Brat, |lines| {
        let gone = ["T8\t", "T9\t", "R6\t", "R7\t", "R8\t", "A3\t"];
        lines
            .lines()
            .filter(|line| !gone.iter().any(|id| line.starts_with(id)))
            .fold(String::new(), |all, line| all + line + "\n")
    });
    assert_eq!((outcome, refusals), (Outcome::Changed, Vec::new()));
    let mut wanted = before();
    wanted["quotes"].as_array_mut().unwrap().pop();
    wanted["speakers"].as_array_mut().unwrap().pop();
    assert_eq!(after, wanted);
}

#[test]
fn a_quote_that_was_added_is_told_by_its_marks_and_knows_its_speaker() {
    let text = before()["text"].as_str().unwrap().to_owned();
    let content = stretch(&text, "« Paul a dit non.");
    let (after, outcome, refusals) = edited(Tool::Doccano, |row| {
        let new = json!({"id": 90, "start_offset": content["start"], "end_offset": content["end"], "label": "CONTENT"});
        row["entities"].as_array_mut().unwrap().push(new);
        for (id, to, kind) in [(90, 0, "speaker"), (91, 3, "cue"), (92, 6, "peace: now:oppose")] {
            row["relations"].as_array_mut().unwrap().push(json!({"id": id, "from_id": 90, "to_id": to, "type": kind}));
        }
    });
    assert_eq!((outcome, refusals), (Outcome::Changed, Vec::new()));
    let wanted = json!({
        "id": "q3", "type": "direct", "content": [content], "cue": stretch(&text, "dit"), "source": null,
        "speaker": {"id": "s1", "name": "Le\u{301}a Martin", "score": 1.0},
        "positions": [{
            "topic": "peace: now", "stance": "oppose", "score": 1.0, "evidence": [stretch(&text, "dialogue")],
            "by": "review:doccano",
        }],
        "score": 1.0, "by": "review:doccano",
    });
    assert_eq!(after["quotes"][0], wanted);
    assert_eq!((&after["quotes"][1], &after["quotes"][2]), (&before()["quotes"][0], &before()["quotes"][1]));
}

#[test]
fn a_corrected_stance_type_and_speaker_replace_what_was_found() {
    let (after, outcome, refusals) = edited(Tool::LabelStudio, |tasks| {
        for item in tasks[0]["predictions"][0]["result"].as_array_mut().unwrap() {
            if item["id"] == "q1" {
                match item["from_name"].as_str() {
                    Some("position") => item["value"]["choices"][0] = "dialogue:oppose".into(),
                    Some("type") => item["value"]["choices"][0] = "mixed".into(),
                    Some("speaker") => item["value"]["text"][0] = "Léa M.".into(),
                    _ => {}
                }
            }
        }
    });
    assert_eq!((outcome, refusals), (Outcome::Changed, Vec::new()));
    let (quote, old) = (&after["quotes"][0], &before()["quotes"][0]);
    assert_eq!((&quote["type"], &quote["content"], &quote["cue"]), (&json!("mixed"), &old["content"], &old["cue"]));
    assert_eq!(quote["positions"][0]["stance"], "oppose");
    assert_eq!(quote["positions"][0]["evidence"], old["positions"][0]["evidence"]);
    assert_eq!(quote["speaker"], json!({"id": "s3", "name": "Léa M.", "score": 1.0}));
    assert_eq!(after["speakers"][1], json!({"id": "s3", "name": "Léa M.", "kind": "description", "mentions": []}));
}

#[test]
fn a_moved_end_is_found_behind_line_ends() {
    // `« Paul a dit non.` and `» Nous voulons un dialogue. »`, of which the last mark goes.
    let (after, outcome, refusals) = imported(Tool::Brat, |lines| {
        lines.replace(
            "21 38;40 69\t« Paul a dit non. » Nous voulons un dialogue. »",
            "21 38;40 67\t« Paul a dit non. » Nous voulons un dialogue.",
        )
    });
    assert_eq!((outcome, refusals), (Outcome::Changed, Vec::new()));
    let text = after["text"].as_str().unwrap();
    let wanted = json!([stretch(text, "« Paul a dit non."), stretch(text, "» Nous voulons un dialogue.")]);
    assert_eq!((&after["quotes"][0]["content"], &after["quotes"][0]["id"]), (&wanted, &json!("q1")));
}

#[test]
fn sequence_labels_bring_entities_and_leave_quotes_alone() {
    let (files, _) = exported(&[record()], Tool::Doccano.format(), &Options::default());
    let mut row = files.json("sequence.jsonl");
    row["label"][1][2] = "ORG".into();
    let mut reviews = Reviews::new(Tool::Doccano);
    reviews.read("all.jsonl", &row.to_string(), None);
    let line = record();
    let mut record = Record::from_json(&line).unwrap();
    assert_eq!(reviews.apply(&mut record), Outcome::Changed);
    assert_eq!(record.quotes.as_ref().unwrap().len(), 2);
    assert_eq!(record.entities.as_ref().unwrap()[1].label.0.to_string(), "ORG");
}

#[test]
fn refuses_with_the_place_what_does_not_fit() {
    let (after, outcome, refusals) = edited(Tool::Prodigy, |task| {
        task["spans"][0]["end"] = 400.into();
        task["spans"][1]["label"] = "PERS".into();
        task["relations"] = json!([]);
    });
    assert_eq!(outcome, Outcome::Changed);
    assert_eq!(after["entities"], json!([]));
    let refused = |at: usize| refusals[at].split(": known").next().unwrap();
    assert_eq!(refused(0), "tasks.jsonl:1, span 1: 2..400 is no span of a text of 75 code points");
    assert_eq!(refused(1), "tasks.jsonl:1, span 2: unknown label `PERS`");
    assert_eq!(refused(2), "tasks.jsonl:1, span 4: the cue is linked to no quote");
    let (after, outcome, refusals) = edited(Tool::Prodigy, |task| task["text"] = "Le\u{301}a".into());
    assert_eq!((after, outcome), (before(), Outcome::Unchanged));
    assert_eq!(refusals, ["tasks.jsonl:1: the text is not that of the record `a/é 1`: it differs from code point 0"]);
    let (_, outcome, refusals) = imported(Tool::Brat, |lines| lines.replace("23 27\tPaul", "23 27\tPaula"));
    assert_eq!(outcome, Outcome::Changed);
    assert_eq!(refusals[0], "a_2f_c3_a9_201.ann, line 2: the tool says `Paula`, but at its offsets stands `Paul`");
    let (_, outcome, refusals) = imported(Tool::LabelStudio, |_| "{".to_owned());
    assert_eq!(outcome, Outcome::NotReviewed);
    assert!(refusals[0].starts_with("tasks.json: not a list of tasks in JSON: "), "{refusals:?}");
}

#[test]
fn rejected_work_is_passed_over_and_the_last_annotation_counts() {
    let (after, outcome, _) = edited(Tool::Prodigy, |task| {
        task["answer"] = "reject".into();
        task["spans"] = json!([]);
    });
    assert_eq!((after, outcome), (before(), Outcome::NotReviewed));
    let (after, outcome, _) = edited(Tool::LabelStudio, |tasks| {
        let result = tasks[0]["predictions"][0]["result"].clone();
        let skipped = json!({"result": [], "was_cancelled": true});
        tasks[0]["annotations"] = json!([{"result": []}, {"result": result, "was_cancelled": false}, skipped]);
    });
    assert_eq!((after, outcome), (before(), Outcome::Unchanged));
}
