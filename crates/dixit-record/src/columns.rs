//! The record as a table: its columns with their types, for formats and tools that want to know them before they read a line.
//!
//! A column is absent, or null, where its layer did not run. `meta` is JSON, since its fields are those of the input.

use std::fmt::Write as _;

/// A column of a table or a field of a struct; each may be null.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in the record.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
}

/// What a column holds.
#[derive(Clone, Copy, Debug)]
pub enum ColumnKind {
    /// A string.
    Text,
    /// Any JSON.
    Json,
    /// A number from 0, below 2³².
    U32,
    /// A number from 0, below 2⁶⁴.
    U64,
    /// A number with a fraction.
    F64,
    /// Fields.
    Struct(&'static [Column]),
    /// Any number of values.
    List(&'static ColumnKind),
}

use ColumnKind::{F64, Json, List, Struct, Text, U32, U64};

const fn column(name: &'static str, kind: ColumnKind) -> Column {
    Column { name, kind }
}

const STRETCH: ColumnKind = Struct(&[column("start", U32), column("end", U32), column("text", Text)]);

const PARAGRAPH: ColumnKind =
    Struct(&[column("start", U32), column("end", U32), column("kind", Text), column("language", Text)]);

const SUBWORDS: ColumnKind = Struct(&[
    column("tokenizer", Text),
    column("ids", List(&U32)),
    column("offsets", List(&List(&U32))),
    column("words", List(&U32)),
    column("special_tokens_mask", List(&U32)),
]);

const ENTITY: ColumnKind = Struct(&[
    column("id", Text),
    column("start", U32),
    column("end", U32),
    column("text", Text),
    column("label", Text),
    column("score", F64),
    column("by", Text),
]);

const SPEAKER: ColumnKind =
    Struct(&[column("id", Text), column("name", Text), column("kind", Text), column("mentions", List(&Text))]);

const POSITION: ColumnKind = Struct(&[
    column("topic", Text),
    column("stance", Text),
    column("score", F64),
    column("evidence", List(&STRETCH)),
    column("by", Text),
]);

const QUOTE: ColumnKind = Struct(&[
    column("id", Text),
    column("type", Text),
    column("content", List(&STRETCH)),
    column("cue", STRETCH),
    column("source", STRETCH),
    column("speaker", Struct(&[column("id", Text), column("name", Text), column("score", F64)])),
    column("positions", List(&POSITION)),
    column("score", F64),
    column("by", Text),
]);

const PROFILE: ColumnKind = Struct(&[
    column("speaker", Struct(&[column("id", Text), column("name", Text)])),
    column("topic", Text),
    column("stance", Text),
    column("score", F64),
    column("quotes", U32),
    column("strongest", Text),
]);

const ANNOTATOR: ColumnKind =
    Struct(&[column("name", Text), column("version", Text), column("pipeline", Text), column("config", Text)]);

/// The columns of a record, in their order.
pub const COLUMNS: [Column; 16] = [
    column("schema", Text),
    column("id", Text),
    column("source", Struct(&[column("path", Text), column("line", U64), column("encoding", Text)])),
    column("meta", Json),
    column("offsets", Text),
    column("text", Text),
    column("language", Struct(&[column("code", Text), column("confidence", F64)])),
    column("paragraphs", List(&PARAGRAPH)),
    column("sentences", List(&List(&U32))),
    column("tokens", List(&List(&U32))),
    column("subwords", SUBWORDS),
    column("entities", List(&ENTITY)),
    column("speakers", List(&SPEAKER)),
    column("quotes", List(&QUOTE)),
    column("profile", List(&PROFILE)),
    column("annotator", ANNOTATOR),
];

/// The columns as `dataset_info.features` of a Hugging Face dataset card, in YAML that is indented by `indent` spaces.
pub fn features_yaml(indent: usize) -> String {
    let mut yaml = String::new();
    fields_yaml(&mut yaml, &COLUMNS, indent);
    yaml
}

fn fields_yaml(yaml: &mut String, fields: &[Column], indent: usize) {
    for field in fields {
        let _ = writeln!(yaml, "{:indent$}- name: {}", "", field.name);
        kind_yaml(yaml, field.kind, "dtype", indent + 2);
    }
}

/// `key` is what comes before a type of one word.
fn kind_yaml(yaml: &mut String, kind: ColumnKind, key: &str, indent: usize) {
    let word = match kind {
        Text => "string",
        Json => "json",
        U32 => "uint32",
        U64 => "uint64",
        F64 => "float64",
        Struct(fields) => {
            let key = if key == "list" { key } else { "struct" };
            let _ = writeln!(yaml, "{:indent$}{key}:", "");
            return fields_yaml(yaml, fields, indent);
        }
        List(&inner @ List(_)) => {
            let _ = writeln!(yaml, "{:indent$}list:", "");
            return kind_yaml(yaml, inner, "list", indent + 2);
        }
        List(&inner) => return kind_yaml(yaml, inner, "list", indent),
    };
    let _ = writeln!(yaml, "{:indent$}{key}: {word}", "");
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// The columns that the JSON Schema has at `schema`, as text.
    fn of_schema(root: &Value, schema: &Value) -> String {
        if let Some(path) = schema["$ref"].as_str() {
            return of_schema(root, root.pointer(path.trim_start_matches('#')).unwrap());
        }
        if let Some(either) = schema["anyOf"].as_array() {
            return of_schema(root, either.iter().find(|inner| inner["type"] != "null").unwrap());
        }
        let kinds = [schema["type"].as_str(), schema["type"][0].as_str()];
        match kinds.into_iter().flatten().next() {
            Some("object") => match schema["properties"].as_object() {
                Some(fields) => {
                    let fields = fields.iter().map(|(name, field)| format!("{name} {}", of_schema(root, field)));
                    format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
                }
                None => "json".to_owned(),
            },
            Some("array") => format!("[{}]", of_schema(root, &schema["items"])),
            Some("integer") => schema["format"].as_str().unwrap().replace("uint8", "uint32"),
            Some("number") => "float".to_owned(),
            _ => "string".to_owned(),
        }
    }

    fn of_columns(columns: &[Column]) -> String {
        let fields = columns.iter().map(|column| format!("{} {}", column.name, of_kind(column.kind)));
        format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
    }

    fn of_kind(kind: ColumnKind) -> String {
        match kind {
            Text => "string".to_owned(),
            Json => "json".to_owned(),
            U32 => "uint32".to_owned(),
            U64 => "uint64".to_owned(),
            F64 => "float".to_owned(),
            Struct(fields) => of_columns(fields),
            List(inner) => format!("[{}]", of_kind(*inner)),
        }
    }

    #[test]
    fn are_those_of_the_schema() {
        let schema: Value = serde_json::from_str(&crate::json_schema()).unwrap();
        assert_eq!(of_columns(&COLUMNS), of_schema(&schema, &schema));
    }

    #[test]
    fn lists_of_every_kind_are_features() {
        let yaml = features_yaml(2);
        assert!(yaml.starts_with("  - name: schema\n    dtype: string\n"), "{yaml}");
        assert!(yaml.contains("  - name: tokens\n    list:\n      list: uint32\n"), "{yaml}");
        assert!(yaml.contains("    - name: mentions\n      list: string\n"), "{yaml}");
        assert!(
            yaml.contains("    - name: content\n      list:\n      - name: start\n        dtype: uint32\n"),
            "{yaml}"
        );
        assert!(yaml.contains("    - name: cue\n      struct:\n      - name: start\n"), "{yaml}");
    }
}
