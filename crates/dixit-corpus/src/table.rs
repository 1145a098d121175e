//! Records as Parquet, with the columns of every record whatever the pipeline: a layer that did not run is null, one that found nothing
//! is an empty list, `meta` is the very JSON of the line in a string. All compressed with zstd, in groups of rows that bound what is held at once.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead as _, BufReader};
use std::path::Path;
use std::sync::Arc;

use dixit_record::{COLUMNS, Column, ColumnKind};
use parquet::basic::{Compression, ConvertedType, Encoding, LogicalType, Repetition, Type as PhysicalType, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::Result;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{ColumnPath, Type};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::shred::{Columns, Leaf, Values};

/// How many bytes of JSON make a group of rows.
const GROUP: usize = 32 << 20;

/// Makes a Parquet file of a file of records as JSON lines.
pub(crate) fn write_table(lines: &Path, table: &Path) -> io::Result<()> {
    let mut lines = BufReader::with_capacity(1 << 18, File::open(lines)?);
    let file = OpenOptions::new().write(true).create(true).truncate(true).open(table)?;
    let mut writer = SerializedFileWriter::new(file, schema()?, Arc::new(properties()))?;
    let (mut line, mut columns, mut held) = (Vec::new(), Columns::new(), 0);
    loop {
        line.clear();
        let read = lines.read_until(b'\n', &mut line)?;
        if (read == 0 && held > 0) || held >= GROUP {
            write_group(&mut writer, &std::mem::replace(&mut columns, Columns::new()))?;
            held = 0;
        }
        if read == 0 {
            break;
        }
        columns.push(&record(&line)?);
        held += read;
    }
    writer.into_inner()?.sync_all()
}

/// The columns of a record. What is JSON stays as it is written, as a string: no number, escape or depth of it is looked at.
fn record(line: &[u8]) -> serde_json::Result<Value> {
    let fields: BTreeMap<&str, &RawValue> = serde_json::from_slice(line)?;
    let columns = COLUMNS.iter().filter_map(|column| Some((column, fields.get(column.name)?.get())));
    let values = columns.map(|(column, json)| {
        let value = match column.kind {
            ColumnKind::Json => Value::from(json),
            _ => serde_json::from_str(json)?,
        };
        Ok((column.name.to_owned(), value))
    });
    values.collect::<serde_json::Result<_>>().map(Value::Object)
}

fn write_group(writer: &mut SerializedFileWriter<File>, columns: &Columns) -> Result<()> {
    let mut group = writer.next_row_group()?;
    for leaf in &columns.leaves {
        if let Some(mut column) = group.next_column()? {
            write_leaf(&mut column, leaf)?;
            column.close()?;
        }
    }
    group.close().map(|_| ())
}

fn write_leaf(column: &mut SerializedColumnWriter<'_>, leaf: &Leaf) -> Result<usize> {
    let levels = (Some(&leaf.definition[..]), Some(&leaf.repetition[..]));
    // Unsigned numbers have the bits of signed ones; the schema says what they are.
    match &leaf.values {
        Values::Text(texts) => {
            let texts: Vec<_> = texts.iter().map(|text| ByteArray::from(text.as_str())).collect();
            column.typed::<ByteArrayType>().write_batch(&texts, levels.0, levels.1)
        }
        Values::U32(numbers) => {
            let numbers: Vec<_> = numbers.iter().map(|number| number.cast_signed()).collect();
            column.typed::<Int32Type>().write_batch(&numbers, levels.0, levels.1)
        }
        Values::U64(numbers) => {
            let numbers: Vec<_> = numbers.iter().map(|number| number.cast_signed()).collect();
            column.typed::<Int64Type>().write_batch(&numbers, levels.0, levels.1)
        }
        Values::F64(numbers) => column.typed::<DoubleType>().write_batch(numbers, levels.0, levels.1),
    }
}

fn properties() -> WriterProperties {
    let mut properties = WriterProperties::builder()
        .set_created_by("dixit".to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_statistics_enabled(EnabledStatistics::Chunk);
    for column in COLUMNS {
        // Offsets grow from one to the next, and no two are the same: small differences, no dictionary.
        if matches!(column.kind, ColumnKind::List(&ColumnKind::List(_))) {
            let parts = [column.name, "list", "element", "list", "element"].map(str::to_owned);
            let path = ColumnPath::new(parts.to_vec());
            properties = properties
                .set_column_dictionary_enabled(path.clone(), false)
                .set_column_encoding(path, Encoding::DELTA_BINARY_PACKED);
        }
    }
    properties.build()
}

fn schema() -> Result<Arc<Type>> {
    let fields = COLUMNS.iter().map(field).collect::<Result<Vec<_>>>()?;
    Type::group_type_builder("record").with_fields(fields).build().map(Arc::new)
}

fn field(column: &Column) -> Result<Arc<Type>> {
    kind(column.name, column.kind)
}

fn kind(name: &str, kind: ColumnKind) -> Result<Arc<Type>> {
    let unsigned = |bits| LogicalType::integer(bits, false);
    let (physical, logical) = match kind {
        ColumnKind::Text | ColumnKind::Json => (PhysicalType::BYTE_ARRAY, Some(LogicalType::String)),
        ColumnKind::U32 => (PhysicalType::INT32, Some(unsigned(32))),
        ColumnKind::U64 => (PhysicalType::INT64, Some(unsigned(64))),
        ColumnKind::F64 => (PhysicalType::DOUBLE, None),
        ColumnKind::Struct(fields) => {
            let fields = fields.iter().map(field).collect::<Result<Vec<_>>>()?;
            let group = Type::group_type_builder(name).with_repetition(Repetition::OPTIONAL).with_fields(fields);
            return group.build().map(Arc::new);
        }
        ColumnKind::List(element) => return list(name, *element),
    };
    let leaf = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
    leaf.with_logical_type(logical).build().map(Arc::new)
}

/// A list in the three levels that the standard wants.
fn list(name: &str, element: ColumnKind) -> Result<Arc<Type>> {
    let elements = vec![kind("element", element)?];
    let repeated =
        Type::group_type_builder("list").with_repetition(Repetition::REPEATED).with_fields(elements).build()?;
    let list = Type::group_type_builder(name).with_repetition(Repetition::OPTIONAL);
    let list = list.with_logical_type(Some(LogicalType::List)).with_converted_type(ConvertedType::LIST);
    list.with_fields(vec![Arc::new(repeated)]).build().map(Arc::new)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use parquet::file::reader::SerializedFileReader;
    use serde_json::json;

    use super::*;

    /// Two records: one with every layer, one of a pipeline that adds none.
    fn records() -> [Value; 2] {
        let stretch = json!({"start": 0, "end": 4_000_000_000_u32, "text": "Oui “é”"});
        let full = json!({
            "schema": "dixit/1", "id": "1", "source": {"path": "a", "line": u64::MAX, "encoding": "utf-8"},
            "meta": {"n": 1.5, "list": [1, "a", null]}, "offsets": "codepoint", "text": "Oui “é”\u{0}",
            "language": {"code": "fr", "confidence": 0.912},
            "paragraphs": [{"start": 0, "end": 7, "kind": "body", "language": "fr"}],
            "sentences": [[0, 7]], "tokens": [[0, 3], [4, 7], [7, 8]],
            "subwords": {"tokenizer": "t", "ids": [1, 2], "offsets": [[0, 1], [1, 2]], "words": [null, 0], "special_tokens_mask": [1, 0]},
            "entities": [], "speakers": [{"id": "s1", "name": "Léa", "kind": "person", "mentions": []}],
            "quotes": [
                {"id": "q1", "type": "direct", "content": [stretch, stretch], "cue": null, "source": stretch,
                 "speaker": {"id": "s1", "name": "Léa", "score": 0.5},
                 "positions": [{"topic": "t", "stance": "support", "score": 1.0, "evidence": [stretch], "by": "rule"}],
                 "score": 0.25, "by": "rule"},
                {"id": "q2", "type": "mixed", "content": [stretch], "cue": stretch, "source": null, "speaker": null,
                 "positions": [], "score": 0.0, "by": "rule"}
            ],
            "profile": [], "annotator": {"name": "dixit", "version": "0", "pipeline": "p", "config": "c"}
        });
        let names = COLUMNS.map(|column| column.name);
        let bare = names.iter().map(|&name| {
            let known = ["schema", "id", "source", "meta", "offsets", "text", "annotator"].contains(&name);
            (name.to_owned(), if known { full[name].clone() } else { Value::Null })
        });
        let bare = Value::Object(bare.collect());
        [full, bare]
    }

    #[test]
    fn a_table_holds_what_the_lines_held() {
        let folder = tempfile::tempdir().unwrap();
        let (lines, table) = (folder.path().join("a.jsonl"), folder.path().join("a.parquet"));
        let mut file = File::create_new(&lines).unwrap();
        for record in records() {
            writeln!(file, "{record}").unwrap();
        }
        write_table(&lines, &table).unwrap();
        let rows = SerializedFileReader::new(File::open(&table).unwrap()).unwrap().into_iter();
        let read: Vec<_> = rows.map(|row| row.unwrap().to_json_value()).collect();
        assert_eq!(read.len(), 2);
        for (mut row, record) in read.into_iter().zip(records()) {
            row["meta"] = serde_json::from_str(row["meta"].as_str().unwrap()).unwrap();
            assert_eq!(row, record);
        }
    }

    #[test]
    fn meta_is_kept_character_for_character_and_never_stops_the_run() {
        let folder = tempfile::tempdir().unwrap();
        let (lines, table) = (folder.path().join("a.jsonl"), folder.path().join("a.parquet"));
        let deep = "[".repeat(200) + &"]".repeat(200);
        let metas = [r#"{"price":1.50, "n":1e999}"#, r#"{"half":"\ud800"}"#, &format!(r#"{{"deep":{deep}}}"#)];
        let mut file = File::create_new(&lines).unwrap();
        for meta in metas {
            writeln!(file, r#"{{"schema":"dixit/1","id":"1","meta":{meta},"text":"Oui."}}"#).unwrap();
        }
        write_table(&lines, &table).unwrap();
        let rows = SerializedFileReader::new(File::open(&table).unwrap()).unwrap().into_iter();
        let read: Vec<_> = rows.map(|row| row.unwrap().to_json_value()["meta"].clone()).collect();
        assert_eq!(read, metas);
    }
}
