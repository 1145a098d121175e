//! Two records for tests, one a language: `fixtures/review/annotated.jsonl`.

use std::sync::LazyLock;

static LINES: &str = include_str!("../../../fixtures/review/annotated.jsonl");

/// Talks in Bamako: two entities, two quotes, the first of which takes a position.
pub(crate) static ENGLISH: LazyLock<&str> = LazyLock::new(|| LINES.lines().next().unwrap_or_default());

/// An emoji, guillemets, and a text that looks like a script.
pub(crate) static FRENCH: LazyLock<&str> = LazyLock::new(|| LINES.lines().nth(1).unwrap_or_default());
