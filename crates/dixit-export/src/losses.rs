//! What a format could not hold.

use std::collections::BTreeMap;

/// What is lost of marks that end inside a word, where a format knows whole words only.
pub(crate) const INSIDE_WORDS: &str = "ends of marks inside words (the mark is widened to the word)";
/// What is lost of quotes where a format says of each mark only what it is.
pub(crate) const LINKS: &str = "links of cues and sources to their quotes";
/// What is lost of quotes where a word bears one tag.
pub(crate) const NESTED: &str = "marks of quotes inside others";
/// What is lost where a speaker is an entity that a quote is linked to.
pub(crate) const NAMELESS: &str = "speakers that no entity names";
/// What is lost where a position is a link to the words that tell it.
pub(crate) const UNTOLD: &str = "positions that no words tell";

/// How many of what were left out, by what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Losses(BTreeMap<&'static str, u64>);

impl Losses {
    /// Counts `number` more of `what`, a plural: `positions`.
    pub(crate) fn add(&mut self, what: &'static str, number: usize) {
        if number > 0 {
            *self.0.entry(what).or_default() += number as u64;
        }
    }

    /// Whether nothing was left out.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What was left out, and how many, in the order of the alphabet.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, u64)> {
        self.0.iter().map(|(&what, &number)| (what, number))
    }
}
