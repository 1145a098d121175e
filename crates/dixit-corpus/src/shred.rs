//! A record as the columns of a table: the values of each leaf of the schema, with the levels that tell what is null, what is an empty
//! list and where a list begins, as Parquet has them (Melnik and others, *Dremel*, 2010).

use dixit_record::{COLUMNS, Column, ColumnKind};
use serde_json::Value;

/// The values of a leaf.
#[derive(Debug, PartialEq)]
pub(crate) enum Values {
    Text(Vec<String>),
    U32(Vec<u32>),
    U64(Vec<u64>),
    F64(Vec<f64>),
}

/// A leaf of the schema, for some records.
#[derive(Debug, PartialEq)]
pub(crate) struct Leaf {
    pub(crate) values: Values,
    /// How much of the path to each value is there.
    pub(crate) definition: Vec<i16>,
    /// At which list of the path each value goes on; 0 for a new record.
    pub(crate) repetition: Vec<i16>,
}

/// Records as columns.
#[derive(Debug)]
pub(crate) struct Columns {
    pub(crate) leaves: Vec<Leaf>,
}

impl Columns {
    pub(crate) fn new() -> Self {
        let mut leaves = Vec::new();
        for column in COLUMNS {
            add_leaves(column.kind, &mut leaves);
        }
        Self { leaves }
    }

    /// Adds a record, in which JSON is a string of it. What does not fit the schema is null.
    pub(crate) fn push(&mut self, record: &Value) {
        let levels = Levels { definition: 0, repetition: 0, lists: 0 };
        let rest = shred_fields(&COLUMNS, record, levels, &mut self.leaves);
        debug_assert!(rest.is_empty());
    }
}

#[derive(Clone, Copy)]
struct Levels {
    definition: i16,
    repetition: i16,
    /// How many lists are open.
    lists: i16,
}

impl Levels {
    fn deeper(self) -> Self {
        Self { definition: self.definition + 1, ..self }
    }
}

fn add_leaves(kind: ColumnKind, leaves: &mut Vec<Leaf>) {
    let values = match kind {
        ColumnKind::Text | ColumnKind::Json => Values::Text(Vec::new()),
        ColumnKind::U32 => Values::U32(Vec::new()),
        ColumnKind::U64 => Values::U64(Vec::new()),
        ColumnKind::F64 => Values::F64(Vec::new()),
        ColumnKind::Struct(fields) => return fields.iter().for_each(|field| add_leaves(field.kind, leaves)),
        ColumnKind::List(element) => return add_leaves(*element, leaves),
    };
    leaves.push(Leaf { values, definition: Vec::new(), repetition: Vec::new() });
}

fn shred_fields<'l>(fields: &[Column], value: &Value, levels: Levels, leaves: &'l mut [Leaf]) -> &'l mut [Leaf] {
    fields.iter().fold(leaves, |leaves, field| {
        let value = value.get(field.name).unwrap_or(&Value::Null);
        shred(field.kind, value, levels, leaves)
    })
}

/// Adds `value` to the first of `leaves`, which are those of `kind` and what is behind; gives those behind.
fn shred<'l>(kind: ColumnKind, value: &Value, levels: Levels, leaves: &'l mut [Leaf]) -> &'l mut [Leaf] {
    match (kind, value) {
        (ColumnKind::Struct(fields), Value::Object(_)) => shred_fields(fields, value, levels.deeper(), leaves),
        (ColumnKind::List(element), Value::Array(values)) if !values.is_empty() => {
            let count = count(*element);
            for (index, value) in values.iter().enumerate() {
                let repetition = if index == 0 { levels.repetition } else { levels.lists + 1 };
                let levels = Levels { definition: levels.definition + 2, repetition, lists: levels.lists + 1 };
                shred(*element, value, levels, leaves);
            }
            &mut leaves[count..]
        }
        (ColumnKind::List(_), Value::Array(_)) => missing(kind, levels.deeper(), leaves),
        (ColumnKind::Struct(_) | ColumnKind::List(_), _) => missing(kind, levels, leaves),
        _ => {
            let (leaf, rest) = leaves.split_at_mut(1);
            let is_there = push(&mut leaf[0].values, value);
            leaf[0].definition.push(levels.definition + i16::from(is_there));
            leaf[0].repetition.push(levels.repetition);
            rest
        }
    }
}

/// Adds nothing to all leaves of `kind`.
fn missing(kind: ColumnKind, levels: Levels, leaves: &mut [Leaf]) -> &mut [Leaf] {
    let (own, rest) = leaves.split_at_mut(count(kind));
    for leaf in own {
        leaf.definition.push(levels.definition);
        leaf.repetition.push(levels.repetition);
    }
    rest
}

/// Adds a value to a leaf; gives whether it is one.
fn push(values: &mut Values, value: &Value) -> bool {
    match (values, value) {
        (Values::Text(texts), Value::String(text)) => texts.push(text.clone()),
        (Values::U32(numbers), value) => match value.as_u64().and_then(|number| u32::try_from(number).ok()) {
            Some(number) => numbers.push(number),
            None => return false,
        },
        (Values::U64(numbers), value) => match value.as_u64() {
            Some(number) => numbers.push(number),
            None => return false,
        },
        (Values::F64(numbers), value) => match value.as_f64() {
            Some(number) => numbers.push(number),
            None => return false,
        },
        (Values::Text(_), _) => return false,
    }
    true
}

/// How many leaves `kind` has.
fn count(kind: ColumnKind) -> usize {
    match kind {
        ColumnKind::Struct(fields) => fields.iter().map(|field| count(field.kind)).sum(),
        ColumnKind::List(element) => count(*element),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The leaves of one column, without their values.
    fn levels(kind: ColumnKind, values: &[Value]) -> Vec<(Vec<i16>, Vec<i16>)> {
        let mut leaves = Vec::new();
        add_leaves(kind, &mut leaves);
        for value in values {
            shred(kind, value, Levels { definition: 0, repetition: 0, lists: 0 }, &mut leaves);
        }
        leaves.into_iter().map(|leaf| (leaf.definition, leaf.repetition)).collect()
    }

    #[test]
    fn absent_empty_and_filled_lists_are_three_things() {
        let lists = [Value::Null, serde_json::json!([]), serde_json::json!([1, null, 3])];
        let (definition, repetition) = levels(ColumnKind::List(&ColumnKind::U32), &lists).remove(0);
        assert_eq!(definition, [0, 1, 3, 2, 3]);
        assert_eq!(repetition, [0, 0, 0, 1, 1]);
    }

    #[test]
    fn lists_of_lists_say_which_goes_on() {
        const PAIRS: ColumnKind = ColumnKind::List(&ColumnKind::List(&ColumnKind::U32));
        let (definition, repetition) = levels(PAIRS, &[serde_json::json!([[0, 3], [4, 5], []])]).remove(0);
        assert_eq!(definition, [5, 5, 5, 5, 3]);
        assert_eq!(repetition, [0, 2, 1, 2, 1]);
    }

    #[test]
    fn every_leaf_of_a_missing_struct_is_missing() {
        const PAIR: ColumnKind = ColumnKind::Struct(&[
            Column { name: "a", kind: ColumnKind::Text },
            Column { name: "b", kind: ColumnKind::List(&ColumnKind::F64) },
        ]);
        let values = [Value::Null, serde_json::json!({"a": "x"}), serde_json::json!({"b": [0.5]})];
        let found = levels(PAIR, &values);
        assert_eq!(found[0], (vec![0, 2, 1], vec![0, 0, 0]));
        assert_eq!(found[1], (vec![0, 1, 4], vec![0, 0, 0]));
    }
}
