//! The fields of the input that the pipeline does not know, kept as they are written there.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::value::RawValue;

/// Fields in their order, each value as the very characters of the input: `1.50` stays `1.50`.
#[derive(Clone, Debug, Default)]
pub struct Meta(Vec<(String, Box<RawValue>)>);

impl Meta {
    /// Adds a field at the end.
    pub fn push(&mut self, name: String, value: Box<RawValue>) {
        self.0.push((name, value));
    }

    /// Adds a field at the end whose value is a string.
    ///
    /// # Panics
    /// Never: a string is always JSON.
    pub fn push_text(&mut self, name: String, text: &str) {
        self.push(name, serde_json::value::to_raw_value(text).expect("a string is always JSON"));
    }

    /// The fields in their order, each with its value as JSON.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.get()))
    }

    /// The JSON of a field's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(field, _)| *field == name).map(|(_, value)| value)
    }

    /// Whether there is no field.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Meta {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl<'de> Deserialize<'de> for Meta {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Meta;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Meta, A::Error> {
                let mut meta = Meta::default();
                while let Some((name, value)) = map.next_entry()? {
                    meta.push(name, value);
                }
                Ok(meta)
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

impl JsonSchema for Meta {
    fn schema_name() -> Cow<'static, str> {
        "meta".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "description": "The fields of the input that the pipeline does not know, untouched." })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_order_and_every_character_of_a_value() {
        let json = r#"{"z":1.50,"a":{"b":[1, 2]},"big":123456789012345678901234567890}"#;
        let meta: Meta = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&meta).unwrap(), json);
        assert_eq!(meta.get("z"), Some("1.50"));
    }
}
