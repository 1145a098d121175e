//! The JSON Schema of a record, from its types.

use crate::Record;

/// The JSON Schema (draft 2020-12) of a record, pretty-printed.
///
/// # Panics
/// Never: a schema is always JSON.
pub fn json_schema() -> String {
    let schema = schemars::schema_for!(Record<'static>);
    serde_json::to_string_pretty(&schema).expect("a schema is always JSON")
}
