//! What people decided: one line of JSON a decision, and the last one on a thing counts.

use std::collections::BTreeMap;
use std::io::{self, Read};

use serde::{Deserialize, Serialize};

use crate::Value;

/// What was decided on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "what", content = "on")]
pub enum Subject {
    /// An item of the record, by the hash of what it says.
    Item(String),
    /// An item that a person adds to the text of this hash; each has a number of its own.
    Added(String, u32),
    /// The article as a whole, by the hash of its text and items.
    Article(String),
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The item is right as it is.
    Accept,
    /// There is no such item.
    Reject,
    /// The item is right as `value` says it.
    Correct,
    /// All items of the article are right as they now are.
    Sign,
    /// The article is left for later.
    Skip,
}

/// One line of a file of decisions: all that is decided on one subject, in place of what was before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The id of the record.
    pub id: String,
    /// What was decided on.
    pub subject: Subject,
    /// What was decided; `None` where that was taken back.
    pub verdict: Option<Verdict>,
    /// What is right, for [`Verdict::Correct`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// What the person wrote beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Decision {
    /// Nothing decided on a subject.
    pub fn none(id: &str, subject: Subject) -> Self {
        Self { id: id.to_owned(), subject, verdict: None, value: None, note: None }
    }

    /// Whether it says nothing.
    pub fn is_none(&self) -> bool {
        self.verdict.is_none() && self.note.is_none()
    }
}

/// The decisions that count, by record and subject.
#[derive(Clone, Debug, Default)]
pub struct Decisions(BTreeMap<String, BTreeMap<Subject, Decision>>);

/// Why a line is no decision.
#[derive(Debug, thiserror::Error)]
#[error("line {line} is no decision")]
pub struct DecisionError {
    /// The line, from 1.
    pub line: u64,
    /// What is wrong there.
    pub source: serde_json::Error,
}

/// Why decisions cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadDecisionsError {
    /// A line is no decision.
    #[error(transparent)]
    Decision(#[from] DecisionError),
    /// The system refuses.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl Decisions {
    /// The decisions of a file that is not open for more. A last line that was cut off is left out.
    ///
    /// # Errors
    /// [`ReadDecisionsError`], with the line.
    pub fn read(mut input: impl Read) -> Result<Self, ReadDecisionsError> {
        let (mut decisions, mut bytes) = (Self::default(), Vec::new());
        input.read_to_end(&mut bytes)?;
        parse_all(&bytes, |decision| {
            decisions.put(decision);
        })?;
        Ok(decisions)
    }

    /// Puts a decision in place of the one on the same subject, which it gives back.
    pub fn put(&mut self, decision: Decision) -> Option<Decision> {
        let of_record = self.0.entry(decision.id.clone()).or_default();
        if decision.is_none() {
            of_record.remove(&decision.subject)
        } else {
            of_record.insert(decision.subject.clone(), decision)
        }
    }

    /// The decision on a subject.
    pub fn get(&self, id: &str, subject: &Subject) -> Option<&Decision> {
        self.0.get(id)?.get(subject)
    }

    /// The decisions on a record, in the order of their subjects.
    pub fn of_record(&self, id: &str) -> impl Iterator<Item = &Decision> {
        self.0.get(id).into_iter().flat_map(BTreeMap::values)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.values().map(BTreeMap::len).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the record of this id was signed off or skipped, in whatever state it then was.
    pub fn is_settled(&self, id: &str) -> bool {
        self.of_record(id).any(|decision| matches!(decision.verdict, Some(Verdict::Sign | Verdict::Skip)))
    }

    /// The ids of the records that are decided on, in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// Gives `take` the decision of each line, and back the bytes of the lines that are good: all, less a last line that was cut off.
///
/// # Errors
/// [`DecisionError`] if a line that has its end is no decision.
pub(crate) fn parse_all(bytes: &[u8], mut take: impl FnMut(Decision)) -> Result<usize, DecisionError> {
    let mut good = 0;
    for (number, line) in (1..).zip(bytes.split_inclusive(|&byte| byte == b'\n')) {
        if !line.trim_ascii().is_empty() {
            match serde_json::from_slice(line) {
                Ok(decision) => take(decision),
                Err(_) if !line.ends_with(b"\n") => break,
                Err(source) => return Err(DecisionError { line: number, source }),
            }
        }
        good += line.len();
    }
    Ok(good)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCEPT: &str = r#"{"id":"a","subject":{"what":"item","on":"f0"},"verdict":"accept"}"#;

    #[test]
    fn the_last_word_counts_and_nothing_takes_it_back() {
        let lines = format!("{ACCEPT}\n\n{}\n", ACCEPT.replace("accept", "reject"));
        let decisions = Decisions::read(lines.as_bytes()).unwrap();
        let subject = Subject::Item("f0".to_owned());
        assert_eq!(decisions.get("a", &subject).unwrap().verdict, Some(Verdict::Reject));
        let withdrawn = format!("{lines}{}\n", ACCEPT.replace("\"accept\"", "null"));
        assert!(Decisions::read(withdrawn.as_bytes()).unwrap().is_empty());
    }

    #[test]
    fn a_line_that_was_cut_off_at_the_end_is_left_out_and_one_before_is_an_error() {
        let noted = ACCEPT.replace("\"f0\"", "\"é\"");
        for cut in 0..noted.len() {
            let torn = [ACCEPT.as_bytes(), b"\n", &noted.as_bytes()[..cut]].concat();
            assert_eq!(Decisions::read(&*torn).unwrap().len(), 1, "{cut}");
        }
        let torn = format!("{ACCEPT}\n{}", &ACCEPT[..30]);
        let error = Decisions::read(format!("{torn}\n{ACCEPT}\n").as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), "line 2 is no decision");
    }

    #[test]
    fn subjects_are_written_so_that_people_can_read_them() {
        let added = Decision {
            verdict: Some(Verdict::Correct),
            note: Some("manque".to_owned()),
            ..Decision::none("a", Subject::Added("f0".to_owned(), 2))
        };
        let json = serde_json::to_string(&added).unwrap();
        assert_eq!(json, r#"{"id":"a","subject":{"what":"added","on":["f0",2]},"verdict":"correct","note":"manque"}"#);
        assert_eq!(serde_json::from_str::<Decision>(&json).unwrap(), added);
    }
}
