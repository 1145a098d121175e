//! A record as text that a person can read: paragraphs, a sentence a line with `|` between words that touch, then entities and quotes.

use std::fmt::Write as _;

use serde_json::Value;

/// The record, marked up.
pub(crate) fn markup(record: &Value) -> String {
    let text: Vec<char> = record["text"].as_str().unwrap().chars().collect();
    let mut out = format!("language {} {}\n", string(&record["language"]["code"]), record["language"]["confidence"]);
    for paragraph in array(&record["paragraphs"]) {
        let _ = writeln!(out, "\n[{} {}]", string(&paragraph["kind"]), string(&paragraph["language"]));
        let (start, end) = (number(&paragraph["start"]), number(&paragraph["end"]));
        for sentence in array(&record["sentences"]).iter().map(pair).filter(|&(from, to)| start <= from && to <= end) {
            let _ = writeln!(out, "{}", words(&text, array(&record["tokens"]), sentence));
        }
    }
    for entity in array(&record["entities"]) {
        let _ = write!(out, "\n{} {} ({})", string(&entity["label"]), string(&entity["text"]), string(&entity["by"]));
    }
    for quote in array(&record["quotes"]) {
        out.push_str("\n\n");
        out.push_str(&quote_lines(quote));
    }
    for line in array(&record["profile"]) {
        let (speaker, topic, stance) =
            (string(&line["speaker"]["name"]), string(&line["topic"]), string(&line["stance"]));
        let _ = write!(out, "\n\n{speaker} on {topic}: {stance} ({})", string(&line["strongest"]));
    }
    out.push('\n');
    out
}

fn words(text: &[char], tokens: &[Value], (start, end): (usize, usize)) -> String {
    let mut line = String::new();
    let mut before = start;
    for (from, to) in tokens.iter().map(pair).filter(|&(from, to)| start <= from && to <= end) {
        if from > start {
            line.push(if before == from { '|' } else { ' ' });
        }
        line.extend(text[from..to].iter().map(|&c| if c.is_control() { '␀' } else { c }));
        before = to;
    }
    line
}

fn quote_lines(quote: &Value) -> String {
    let content: Vec<_> = array(&quote["content"]).iter().map(|stretch| string(&stretch["text"])).collect();
    let mut lines = format!("{} ({}): {}", string(&quote["type"]), string(&quote["by"]), content.join(" … "));
    for part in ["cue", "source"] {
        if !quote[part].is_null() {
            let _ = write!(lines, "\n  {part}: {}", string(&quote[part]["text"]));
        }
    }
    if !quote["speaker"].is_null() {
        let _ = write!(lines, "\n  speaker: {}", string(&quote["speaker"]["name"]));
    }
    for position in array(&quote["positions"]) {
        let evidence: Vec<_> = array(&position["evidence"]).iter().map(|stretch| string(&stretch["text"])).collect();
        let (topic, stance) = (string(&position["topic"]), string(&position["stance"]));
        let _ = write!(lines, "\n  {topic}: {stance} — {}", evidence.join(" … "));
    }
    lines
}

fn string(value: &Value) -> &str {
    value.as_str().unwrap_or("-")
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

fn pair(value: &Value) -> (usize, usize) {
    (number(&value[0]), number(&value[1]))
}
