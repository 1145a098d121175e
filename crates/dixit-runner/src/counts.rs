//! What a run counts.

use std::collections::BTreeMap;
use std::time::Duration;

use dixit_document::{Document, EntityLabel, LanguageCode, QuoteType, Stance};
use serde::{Deserialize, Serialize};

/// Counts of what is in documents; sums over documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Documents that were annotated.
    pub documents: u64,
    /// Documents without a single character that is not white space.
    pub empty: u64,
    /// Articles and inputs that failed.
    pub failures: u64,
    /// Bytes of the texts, in UTF-8.
    pub bytes: u64,
    /// Words and punctuation marks.
    pub tokens: u64,
    /// Documents by language.
    #[serde(with = "by_name")]
    pub languages: BTreeMap<LanguageCode, u64>,
    /// Entities by label; `None` if no pipeline stage adds them.
    #[serde(with = "by_name::optional", default, skip_serializing_if = "Option::is_none")]
    pub entities: Option<BTreeMap<EntityLabel, u64>>,
    /// Quotes by type; `None` if no pipeline stage adds them.
    #[serde(with = "by_name::optional", default, skip_serializing_if = "Option::is_none")]
    pub quotes: Option<BTreeMap<QuoteType, u64>>,
    /// Positions by stance; `None` if no pipeline stage adds them.
    #[serde(with = "by_name::optional", default, skip_serializing_if = "Option::is_none")]
    pub positions: Option<BTreeMap<Stance, u64>>,
    /// The time that each stage took, summed over all threads, by its number in the pipeline; not written, since it is never
    /// the same.
    #[serde(skip)]
    pub stages: Vec<Duration>,
}

impl Counts {
    /// The counts of one document.
    pub fn of(document: &Document) -> Self {
        let text = document.text();
        Self {
            documents: 1,
            empty: u64::from(text.trim().is_empty()),
            failures: 0,
            bytes: text.len() as u64,
            tokens: document.tokens().map_or(0, |tokens| tokens.len() as u64),
            languages: document.language().map_or_else(|_| BTreeMap::new(), |language| tally([language.code])),
            entities: document.entities().ok().map(|entities| tally(entities.iter().map(|entity| entity.label))),
            quotes: document.quotes().ok().map(|quotes| tally(quotes.iter().map(|quote| quote.kind))),
            positions: document.positions().ok().map(|all| tally(all.iter().map(|position| position.stance))),
            stages: Vec::new(),
        }
    }

    /// Adds `other` to these.
    pub fn add(&mut self, other: &Self) {
        self.documents += other.documents;
        self.empty += other.empty;
        self.failures += other.failures;
        self.bytes += other.bytes;
        self.tokens += other.tokens;
        add(&mut self.languages, &other.languages);
        add_some(&mut self.entities, other.entities.as_ref());
        add_some(&mut self.quotes, other.quotes.as_ref());
        add_some(&mut self.positions, other.positions.as_ref());
        if self.stages.len() < other.stages.len() {
            self.stages.resize(other.stages.len(), Duration::ZERO);
        }
        for (sum, time) in self.stages.iter_mut().zip(&other.stages) {
            *sum += *time;
        }
    }
}

/// Counts by the names of what is counted.
mod by_name {
    use std::collections::BTreeMap;

    use dixit_document::Vocabulary;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<V: Vocabulary, S: Serializer>(
        counts: &BTreeMap<V, u64>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_map(counts.iter().map(|(value, count)| (value.name(), count)))
    }

    pub(super) fn deserialize<'de, V: Vocabulary + Ord, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<V, u64>, D::Error> {
        let counts = BTreeMap::<String, u64>::deserialize(deserializer)?;
        counts.into_iter().map(|(name, count)| Ok((V::from_name(&name).map_err(D::Error::custom)?, count))).collect()
    }

    /// The same for counts that may be absent.
    pub(super) mod optional {
        use super::{BTreeMap, Deserializer, Serializer, Vocabulary};

        #[expect(clippy::ref_option, reason = "serde passes by reference")]
        pub(in super::super) fn serialize<V: Vocabulary, S: Serializer>(
            counts: &Option<BTreeMap<V, u64>>,
            serializer: S,
        ) -> Result<S::Ok, S::Error> {
            match counts {
                Some(counts) => super::serialize(counts, serializer),
                None => serializer.serialize_none(),
            }
        }

        pub(in super::super) fn deserialize<'de, V: Vocabulary + Ord, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<Option<BTreeMap<V, u64>>, D::Error> {
            super::deserialize(deserializer).map(Some)
        }
    }
}

fn tally<K: Ord>(keys: impl IntoIterator<Item = K>) -> BTreeMap<K, u64> {
    let mut counts = BTreeMap::new();
    for key in keys {
        *counts.entry(key).or_default() += 1;
    }
    counts
}

fn add<K: Ord + Copy>(sum: &mut BTreeMap<K, u64>, other: &BTreeMap<K, u64>) {
    for (&key, &count) in other {
        *sum.entry(key).or_default() += count;
    }
}

fn add_some<K: Ord + Copy>(sum: &mut Option<BTreeMap<K, u64>>, other: Option<&BTreeMap<K, u64>>) {
    if let Some(other) = other {
        add(sum.get_or_insert_default(), other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_tells_absent_from_none_found() {
        let mut document = Document::new("a", "Oui.").expect("short");
        let mut sum = Counts::of(&document);
        assert_eq!((sum.documents, sum.empty, sum.entities.as_ref()), (1, 0, None));
        document.set_entities(Vec::new());
        sum.add(&Counts::of(&document));
        assert_eq!((sum.documents, sum.bytes, &sum.entities), (2, 8, &Some(BTreeMap::new())));
        let json = serde_json::to_string(&sum).expect("counts are JSON");
        assert_eq!(serde_json::from_str::<Counts>(&json).expect("and back"), sum);
        assert_eq!(Counts::of(&Document::new("a", " \n\u{a0}").expect("short")).empty, 1);
    }
}
