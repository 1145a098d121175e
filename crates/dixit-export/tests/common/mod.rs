//! A record with everything that makes formats hard, and files in memory.
#![allow(clippy::unwrap_used, dead_code, missing_docs)]

use std::collections::BTreeMap;
use std::io;

use dixit_export::{Export, Files, Format, Losses, Options};
use dixit_record::Record;
use serde_json::{Value, json};

/// Contents by name.
#[derive(Debug, Default)]
pub(crate) struct MemoryFiles(pub(crate) BTreeMap<String, Vec<u8>>);

impl MemoryFiles {
    pub(crate) fn text(&self, name: &str) -> &str {
        let bytes = self.0.get(name).unwrap_or_else(|| panic!("no `{name}` among {:?}", self.0.keys()));
        std::str::from_utf8(bytes).unwrap()
    }

    pub(crate) fn json(&self, name: &str) -> Value {
        serde_json::from_str(self.text(name)).unwrap()
    }
}

impl Files for MemoryFiles {
    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.0.entry(name.to_owned()).or_default().extend_from_slice(bytes);
        Ok(())
    }

    fn put(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        assert!(self.0.insert(name.to_owned(), bytes.to_vec()).is_none(), "`{name}` is written twice");
        Ok(())
    }
}

/// The export of lines of records.
pub(crate) fn exported(lines: &[String], format: Format, options: &Options) -> (MemoryFiles, Losses) {
    let mut files = MemoryFiles::default();
    let mut export = Export::new(format, options).unwrap();
    for line in lines {
        export.add(&Record::from_json(line).unwrap(), &mut files).unwrap();
    }
    let losses = export.finish(&mut files).unwrap();
    (files, losses)
}

/// The stretch of the text at the first place where `part` stands.
pub(crate) fn stretch(text: &str, part: &str) -> Value {
    let start = text[..text.find(part).unwrap()].chars().count();
    json!({ "start": start, "end": start + part.chars().count(), "text": part })
}

fn entity(text: &str, id: &str, part: &str, label: &str) -> Value {
    let mut entity = stretch(text, part);
    entity["id"] = id.into();
    entity["label"] = label.into();
    entity["score"] = 0.9.into();
    entity["by"] = "model".into();
    entity
}

/// `🤝 Léa Martin dit :` with combining accents, `\r\n`, a quote over two paragraphs, one inside another, and a cue that two quotes share.
pub(crate) fn record() -> String {
    let text = "🤝 Le\u{301}a Martin dit :\r\n\r\n« Paul a dit non.\r\n\r\n» Nous voulons un dialogue. »\r\n";
    let pair = |part: &str| {
        let stretch = stretch(text, part);
        json!([stretch["start"], stretch["end"]])
    };
    let (whole, nested) = ("« Paul a dit non.\r\n\r\n» Nous voulons un dialogue. »", "non");
    let words = "🤝 Le\u{301}a Martin dit : « Paul a dit non . » Nous voulons un dialogue . »";
    let mut end = 0;
    let tokens = words.split(' ').map(|word| {
        let start = end + text[end..].find(word).unwrap();
        end = start + word.len();
        let point = |byte: usize| text[..byte].chars().count();
        json!([point(start), point(end)])
    });
    let tokens: Vec<_> = tokens.collect();
    json!({
        "schema": "dixit/1", "id": "a/é 1", "offsets": "codepoint", "text": text, "meta": {},
        "source": { "path": "a.txt", "line": null, "encoding": "utf-8" },
        "language": { "code": "fr", "confidence": 1.0 },
        "sentences": [pair("🤝 Le\u{301}a Martin dit :"), pair("« Paul a dit non."), pair("» Nous voulons un dialogue. »")],
        "tokens": tokens,
        "subwords": {
            "tokenizer": "test", "ids": [4, 5, 6, 7, 8, 9], "words": [0, 1, 2, 2, 2, 3],
            "offsets": [[0, 1], [2, 6], [7, 9], [9, 11], [11, 13], [14, 17]],
        },
        "entities": [entity(text, "e1", "Le\u{301}a Martin", "PERSON"), entity(text, "e2", "Paul", "PERSON")],
        "speakers": [
            { "id": "s1", "name": "Le\u{301}a Martin", "kind": "person", "mentions": ["e1"] },
            { "id": "s2", "name": "Paul", "kind": "person", "mentions": ["e2"] },
        ],
        "quotes": [
            {
                "id": "q1", "type": "direct", "content": [stretch(text, whole)], "cue": stretch(text, "dit"),
                "source": stretch(text, "Le\u{301}a Martin"), "speaker": { "id": "s1", "name": "Le\u{301}a Martin", "score": 0.9 },
                "positions": [{
                    "topic": "dialogue", "stance": "support", "score": 0.8, "by": "rule",
                    "evidence": [stretch(text, "voulons"), stretch(text, "dialogue")],
                }],
                "score": 0.9, "by": "rule",
            },
            {
                "id": "q2", "type": "indirect", "content": [stretch(text, nested)], "cue": stretch(text, "dit"),
                "source": stretch(text, "Paul"), "speaker": { "id": "s2", "name": "Paul", "score": 0.9 },
                "positions": [], "score": 0.7, "by": "rule",
            },
        ],
        "annotator": { "name": "dixit", "version": "0.1.0", "pipeline": "news", "config": "0" },
    })
    .to_string()
}
