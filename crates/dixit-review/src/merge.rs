//! Two reviews of one article as one record: what both say stands, what only one says is in doubt until a third decides.

use dixit_record::Record;

use crate::value::{Value, text_hash};
use crate::{Decision, Decisions, Subject, Verdict};

/// The score of what only one of two reviewers says.
pub const DISPUTED: f32 = 0.5;

/// Two annotations of an article as one.
#[derive(Clone, Debug)]
pub struct Merged<'a> {
    /// The record of both: what they agree on has the score 1, what they do not has [`DISPUTED`] and `by` says whose it is. Entities in
    /// dispute may overlap.
    pub record: Record<'a>,
    /// How many items are in dispute.
    pub disputes: usize,
}

/// Why two records cannot be merged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// They are of two texts.
    #[error("the texts of `{id}` differ: only reviews of one text can be merged")]
    OtherText {
        /// The id of the records.
        id: String,
    },
}

/// Merges two annotations of one article; `names` say in `by` whose an item in dispute is.
///
/// # Errors
/// [`MergeError::OtherText`].
pub fn merge<'a>(left: Record<'a>, right: &Record<'_>, names: (&str, &str)) -> Result<Merged<'a>, MergeError> {
    if left.text != right.text {
        return Err(MergeError::OtherText { id: left.id.into_owned() });
    }
    let (left_values, right_values) = (values(&left), values(right));
    let mut decisions = Decisions::default();
    let mut decide = |subject, verdict, value| {
        decisions.put(Decision { verdict: Some(verdict), value, ..Decision::none(&left.id, subject) });
    };
    for value in left_values.iter().filter(|value| right_values.contains(value)) {
        decide(Subject::Item(value.hash()), Verdict::Accept, None);
    }
    let text = text_hash(&left.text);
    let only_right: Vec<&Value> = right_values.iter().filter(|value| !left_values.contains(value)).collect();
    for (number, value) in (1..).zip(&only_right) {
        decide(Subject::Added(text.clone(), number), Verdict::Correct, Some((*value).clone()));
    }
    let mut record = decisions.apply_with_overlaps(left).record;
    let whose = |value: &Value| {
        if only_right.contains(&value) { Some(names.1) } else { (!right_values.contains(value)).then_some(names.0) }
    };
    let disputes = dispute(&mut record, whose);
    Ok(Merged { record, disputes })
}

/// Marks what is in dispute, and counts it.
fn dispute<'n>(record: &mut Record<'_>, whose: impl Fn(&Value) -> Option<&'n str>) -> usize {
    let mut disputes = 0;
    for entity in record.entities.iter_mut().flatten() {
        if let Some(name) = whose(&Value::of_entity(entity)) {
            (entity.score, entity.by) = (DISPUTED, name.to_owned().into());
            disputes += 1;
        }
    }
    for quote in record.quotes.iter_mut().flatten() {
        if let Some(name) = whose(&Value::of_quote(quote)) {
            (quote.score, quote.by) = (DISPUTED, name.to_owned().into());
            disputes += 1;
        }
    }
    disputes
}

fn values(record: &Record<'_>) -> Vec<Value> {
    let entities = record.entities.iter().flatten().map(Value::of_entity);
    entities.chain(record.quotes.iter().flatten().map(Value::of_quote)).collect()
}

/// How many items in dispute of a merged record nobody has decided on.
pub fn open_disputes(record: &Record<'_>, decisions: &Decisions) -> usize {
    let is_open = |value: &Value| {
        let decision = decisions.get(&record.id, &Subject::Item(value.hash()));
        decision.is_none_or(|decision| decision.verdict.is_none())
    };
    let entities = record.entities.iter().flatten().filter(|it| it.score <= DISPUTED).map(Value::of_entity);
    let quotes = record.quotes.iter().flatten().filter(|it| it.score <= DISPUTED).map(Value::of_quote);
    entities.chain(quotes).filter(is_open).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ApplyError;
    use crate::examples::{ENGLISH, FRENCH};

    fn merged<'a>(left: &'a str, right: &'a str) -> Merged<'a> {
        let (left, right) = (Record::from_json(left).unwrap(), Record::from_json(right).unwrap());
        merge(left, &right, ("a", "b")).unwrap()
    }

    #[test]
    fn what_both_say_stands_without_dispute() {
        let merged = merged(&ENGLISH, &ENGLISH);
        assert_eq!(merged.disputes, 0);
        assert!(merged.record.entities.iter().flatten().all(|entity| entity.score > 0.99 && entity.by == "review"));
        assert_eq!(open_disputes(&merged.record, &Decisions::default()), 0);
    }

    #[test]
    fn what_only_one_says_is_there_twice_with_whose_it_is() {
        let other = ENGLISH
            .replace("\"label\":\"LOC\"", "\"label\":\"FAC\"")
            .replace("\"stance\":\"support\"", "\"stance\":\"oppose\"");
        let merged = merged(&ENGLISH, &other);
        assert_eq!(merged.disputes, 4);
        let disputed: Vec<_> = merged
            .record
            .entities
            .iter()
            .flatten()
            .filter(|it| it.score < 0.9)
            .map(|it| (&*it.by, it.label.0.to_string()))
            .collect();
        let mut sorted = disputed.clone();
        sorted.sort();
        assert_eq!(sorted, [("a", "LOC".to_owned()), ("b", "FAC".to_owned())]);
        let mut decisions = Decisions::default();
        for value in values(&merged.record) {
            decisions.put(Decision {
                verdict: Some(Verdict::Accept),
                ..Decision::none("bamako", Subject::Item(value.hash()))
            });
        }
        assert_eq!(open_disputes(&merged.record, &Decisions::default()), 4);
        assert_eq!(open_disputes(&merged.record, &decisions), 0);
        assert!(matches!(decisions.apply(merged.record), Err(ApplyError::Overlap { .. })), "one of the two must go");
    }

    #[test]
    fn texts_that_differ_are_refused() {
        let (left, right) = (Record::from_json(&ENGLISH).unwrap(), Record::from_json(&FRENCH).unwrap());
        assert!(matches!(merge(left, &right, ("a", "b")), Err(MergeError::OtherText { .. })));
    }
}
