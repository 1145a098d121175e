//! The pipelines and topics that the program carries.

/// Name and content of each embedded pipeline.
pub(crate) const PIPELINES: [(&str, &str); 3] = [
    ("news", include_str!("../../../pipelines/news.toml")),
    ("review", include_str!("../../../pipelines/review.toml")),
    ("training", include_str!("../../../pipelines/training.toml")),
];

/// Name and content of each embedded topic.
pub(crate) const TOPICS: [(&str, &str); 2] = [
    ("ceasefire", include_str!("../../../pipelines/topics/ceasefire.toml")),
    ("dialogue", include_str!("../../../pipelines/topics/dialogue.toml")),
];

/// The names of the embedded pipelines.
pub fn builtin_names() -> impl Iterator<Item = &'static str> {
    PIPELINES.iter().map(|&(name, _)| name)
}

/// The names of `entries`, each in backticks.
pub(crate) fn listed(entries: &[(&str, &str)]) -> String {
    entries.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
