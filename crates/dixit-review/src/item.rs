//! The items of an article as a reviewer sees them: what the program found and what is added, each with its decision.

use dixit_record::Record;

use crate::value::{CodePoints, Value, text_hash};
use crate::{Decision, Decisions, Subject, Verdict};

/// An entity or quote, with what was decided on it.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) subject: Subject,
    /// Its id in the record; `+1`, `+2` … for what is added.
    pub(crate) id: String,
    /// Its score; 1 for what is added.
    pub(crate) score: f32,
    /// What found it.
    pub(crate) by: String,
    /// What the record says; for what is added, what the person said.
    pub(crate) original: Value,
    pub(crate) decision: Option<Decision>,
}

impl Item {
    /// What it says with the decision on it.
    pub(crate) fn current(&self) -> &Value {
        self.decision.as_ref().and_then(|decision| decision.value.as_ref()).unwrap_or(&self.original)
    }

    pub(crate) fn verdict(&self) -> Option<Verdict> {
        self.decision.as_ref().and_then(|decision| decision.verdict)
    }

    pub(crate) fn is_rejected(&self) -> bool {
        self.verdict() == Some(Verdict::Reject)
    }

    /// Whether a person said what it says.
    pub(crate) fn is_changed(&self) -> bool {
        self.decision.as_ref().is_some_and(|decision| decision.value.is_some())
    }
}

/// The items of a record, in the order of the text; quotes before the entities in them.
pub(crate) fn items(record: &Record<'_>, decisions: &Decisions) -> Vec<Item> {
    let text = CodePoints::new(&record.text);
    let item = |id: &str, score, by: &str, original: Value| {
        let subject = Subject::Item(original.hash());
        let decision = decisions.get(&record.id, &subject).cloned();
        // A correction that does not fit the text any more does not apply.
        let decision = decision.filter(|decision| decision.value.as_ref().is_none_or(|value| text.fit(value)));
        Item { subject, id: id.to_owned(), score, by: by.to_owned(), original, decision }
    };
    let entities = record.entities.iter().flatten();
    let entities = entities.map(|entity| item(&entity.id, entity.score, &entity.by, Value::of_entity(entity)));
    let quotes = record.quotes.iter().flatten();
    let quotes = quotes.map(|quote| item(&quote.id, quote.score, &quote.by, Value::of_quote(quote)));
    let mut items: Vec<Item> = quotes.chain(entities).collect();
    let hash = text_hash(&record.text);
    for decision in decisions.of_record(&record.id) {
        let Subject::Added(on, number) = &decision.subject else { continue };
        if let Some(value) = decision.value.clone().filter(|value| *on == hash && text.fit(value)) {
            let (subject, decision) = (decision.subject.clone(), Some(decision.clone()));
            let (id, by) = (format!("+{number}"), crate::apply::BY.to_owned());
            items.push(Item { subject, id, score: 1.0, by, original: value, decision });
        }
    }
    items.sort_by_key(|item| (item.current().start(), matches!(item.current(), Value::Entity(_))));
    items
}
