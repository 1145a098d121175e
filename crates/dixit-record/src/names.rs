//! Vocabularies in JSON: a value is its name.

use std::borrow::Cow;
use std::fmt;

use dixit_document::Vocabulary;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

/// A value of a vocabulary, read and written as its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named<V>(pub V);

impl<V: Vocabulary> Serialize for Named<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name())
    }
}

impl<'de, V: Vocabulary> Deserialize<'de> for Named<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name<V>(std::marker::PhantomData<V>);
        impl<V: Vocabulary> Visitor<'_> for Name<V> {
            type Value = Named<V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "the name of a {}", V::WHAT)
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
                V::from_name(name).map(Named).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Name(std::marker::PhantomData))
    }
}

impl<V: Vocabulary> JsonSchema for Named<V> {
    fn schema_name() -> Cow<'static, str> {
        V::WHAT.replace(' ', "_").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<_> = V::ALL.iter().map(|value| value.name()).collect();
        json_schema!({ "type": "string", "enum": names })
    }
}
