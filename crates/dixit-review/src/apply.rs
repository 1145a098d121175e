//! A record as people decided that it is: gold.

mod entities;
mod quotes;
mod speakers;

use std::collections::BTreeSet;

use dixit_record::Record;

use self::entities::{check_overlaps, entities};
use self::quotes::quotes;
use self::speakers::{profile_of, speakers};
use crate::value::{CodePoints, Value, article_hash, text_hash};
use crate::{Decision, Decisions, Subject, Verdict};

/// What `by` says of items that a person decided on. Their score is 1.
pub const BY: &str = "review";

/// A record with the decisions on it.
#[derive(Clone, Debug)]
pub struct Applied<'a> {
    /// The record. Without decisions it is what it was, else ids are counted anew and the profile is made anew.
    pub record: Record<'a>,
    /// How many decisions still apply.
    pub used: usize,
    /// Those that do not: what they were on is not in the record any more.
    pub stale: Vec<Decision>,
    /// Whether a person signed the article off as it is.
    pub signed: bool,
}

/// Why decisions on a record cannot be applied.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    /// Two entities that are both to be there overlap.
    #[error("in `{id}` the entities `{left}` and `{right}` overlap, from code point {start}: reject one of them")]
    Overlap {
        /// The id of the record.
        id: String,
        /// The text of the first.
        left: String,
        /// The text of the second.
        right: String,
        /// Where the second starts.
        start: u32,
    },
}

impl Decisions {
    /// The record with the decisions on it. What nobody decided on stays as it is.
    ///
    /// # Errors
    /// [`ApplyError`] if two decisions cannot both be.
    pub fn apply<'a>(&self, record: Record<'a>) -> Result<Applied<'a>, ApplyError> {
        let applied = self.apply_with_overlaps(record);
        applied.record.entities.as_deref().map_or(Ok(()), |entities| check_overlaps(&applied.record.id, entities))?;
        Ok(applied)
    }

    /// As [`Decisions::apply`], for entities that may overlap.
    pub(crate) fn apply_with_overlaps<'a>(&self, mut record: Record<'a>) -> Applied<'a> {
        if self.of_record(&record.id).next().is_none() {
            return Applied { record, used: 0, stale: Vec::new(), signed: false };
        }
        let article = Subject::Article(article_hash(&record));
        let signed = self.get(&record.id, &article).is_some_and(|decision| decision.verdict == Some(Verdict::Sign));
        let mut rulings = Rulings::new(self, &record);
        rulings.used.insert(article);
        if rulings.decides {
            let old_speakers = record.speakers.take();
            let ids = entities(&mut record, &mut rulings);
            quotes(&mut record, &mut rulings, old_speakers.as_deref().unwrap_or_default());
            speakers(&mut record, old_speakers, &ids);
            record.profile = record.profile.take().map(|_| profile_of(&record));
        }
        let (used, stale): (Vec<_>, Vec<_>) =
            self.of_record(&record.id).cloned().partition(|decision| rulings.used.contains(&decision.subject));
        Applied { record, used: used.len(), stale, signed }
    }
}

/// What is to become of an item.
enum Ruling {
    Keep,
    Accept,
    Drop,
    Replace(Value),
}

/// The decisions on one record, and which of them found what they are on.
struct Rulings<'d> {
    decisions: &'d Decisions,
    id: String,
    stretches: CodePoints,
    text: String,
    /// Whether any decision is on an item.
    decides: bool,
    used: BTreeSet<Subject>,
}

impl<'d> Rulings<'d> {
    fn new(decisions: &'d Decisions, record: &Record<'_>) -> Self {
        let is_on_item = |decision: &Decision| !matches!(decision.subject, Subject::Article(_));
        Self {
            decisions,
            id: record.id.to_string(),
            stretches: CodePoints::new(&record.text),
            text: text_hash(&record.text),
            decides: decisions.of_record(&record.id).any(is_on_item),
            used: BTreeSet::new(),
        }
    }

    fn on(&mut self, value: &Value) -> Ruling {
        let subject = Subject::Item(value.hash());
        let Some(decision) = self.decisions.get(&self.id, &subject) else { return Ruling::Keep };
        let ruling = match (decision.verdict, &decision.value) {
            (Some(Verdict::Accept), _) => Ruling::Accept,
            (Some(Verdict::Reject), _) => Ruling::Drop,
            (Some(Verdict::Correct), Some(value)) if self.stretches.fit(value) => Ruling::Replace(value.clone()),
            (Some(Verdict::Correct), _) => return Ruling::Keep,
            _ => Ruling::Keep,
        };
        self.used.insert(subject);
        ruling
    }

    /// What is added to this very text.
    fn added(&mut self) -> Vec<Value> {
        let mut values = Vec::new();
        for decision in self.decisions.of_record(&self.id) {
            let Subject::Added(text, _) = &decision.subject else { continue };
            let fits = |value: &&Value| *text == self.text && self.stretches.fit(value);
            if let Some(value) = decision.value.as_ref().filter(fits) {
                self.used.insert(decision.subject.clone());
                values.push(value.clone());
            }
        }
        values
    }
}

#[cfg(test)]
mod tests {
    use dixit_document::{EntityLabel, Stance};
    use dixit_record::Named;

    use super::*;
    use crate::examples::{ENGLISH, FRENCH};
    use crate::value::{EntityValue, QuoteValue};

    fn record(line: &str) -> Record<'_> {
        Record::from_json(line).unwrap()
    }

    fn decision(record: &Record<'_>, subject: Subject, verdict: Verdict, value: Option<Value>) -> Decision {
        Decision { verdict: Some(verdict), value, ..Decision::none(&record.id, subject) }
    }

    fn quote(record: &Record<'_>, index: usize) -> (Subject, QuoteValue) {
        let value = Value::of_quote(&record.quotes.as_ref().unwrap()[index]);
        let subject = Subject::Item(value.hash());
        let Value::Quote(value) = value else { unreachable!() };
        (subject, value)
    }

    fn entity(record: &Record<'_>, index: usize) -> Subject {
        Subject::Item(Value::of_entity(&record.entities.as_ref().unwrap()[index]).hash())
    }

    fn applied(line: &str, decisions: Vec<Decision>) -> Applied<'_> {
        let mut all = Decisions::default();
        for decision in decisions {
            all.put(decision);
        }
        let applied = all.apply(record(line)).unwrap();
        assert_eq!(applied.record.check(), []);
        applied
    }

    fn line(record: &Record<'_>) -> String {
        let mut line = Vec::new();
        record.write_line(&mut line);
        String::from_utf8(line).unwrap()
    }

    #[test]
    fn without_decisions_a_record_stays_as_it_is() {
        for example in [&*ENGLISH, &*FRENCH] {
            let applied = applied(example, Vec::new());
            assert_eq!(line(&applied.record).trim_end(), *example);
            assert_eq!((applied.used, applied.stale.len(), applied.signed), (0, 0, false));
        }
    }

    #[test]
    fn what_is_rejected_goes_and_ids_are_counted_anew() {
        let record = record(&ENGLISH);
        let (first_quote, _) = quote(&record, 0);
        let first_entity = entity(&record, 0);
        let reject = |subject| decision(&record, subject, Verdict::Reject, None);
        let applied = applied(&ENGLISH, vec![reject(first_quote), reject(first_entity)]).record;
        let entities = applied.entities.as_ref().unwrap();
        assert_eq!((entities.len(), &*entities[0].id, &*entities[0].text), (1, "e1", "Bamako"));
        let quotes = applied.quotes.as_ref().unwrap();
        assert_eq!((quotes.len(), &*quotes[0].id, &*quotes[0].content[0].text), (1, "q1", "calm"));
        let speakers = applied.speakers.as_ref().unwrap();
        assert_eq!((speakers.len(), speakers[0].mentions.len()), (1, 0), "she still speaks, her name is no entity");
        assert!(applied.profile.as_ref().unwrap().is_empty(), "nobody takes a position any more");
    }

    #[test]
    fn a_corrected_stance_and_speaker_reach_the_profile() {
        let record = record(&ENGLISH);
        let (subject, mut value) = quote(&record, 0);
        value.positions[0].stance = Named(Stance::Oppose);
        value.speaker = Some("Bamako".to_owned());
        let correct = decision(&record, subject, Verdict::Correct, Some(Value::Quote(value)));
        let applied = applied(&ENGLISH, vec![correct]).record;
        let names: Vec<_> = applied.speakers.as_ref().unwrap().iter().map(|it| (&*it.id, &*it.name)).collect();
        assert_eq!(names, [("s1", "Bamako"), ("s2", "Amina Yusuf")]);
        assert_eq!(applied.speakers.as_ref().unwrap()[0].mentions, ["e2"]);
        let profile = &applied.profile.as_ref().unwrap()[0];
        assert_eq!((&*profile.speaker.name, profile.stance.0, &*profile.strongest), ("Bamako", Stance::Oppose, "q1"));
    }

    #[test]
    fn what_is_added_stands_in_the_order_of_the_text() {
        let record = record(&FRENCH);
        let span = CodePoints::new(&record.text).cut(0, 11).unwrap();
        let value = Value::Entity(EntityValue { span, label: Named(EntityLabel::Event) });
        let subject = Subject::Added(text_hash(&record.text), 1);
        let add = decision(&record, subject.clone(), Verdict::Correct, Some(value.clone()));
        let found = applied(&FRENCH, vec![add]).record;
        let texts: Vec<_> = found.entities.as_ref().unwrap().iter().map(|it| (&*it.id, &*it.text)).collect();
        assert_eq!(texts, [("e1", "Pourparlers"), ("e2", "Léa Martin")]);
        assert_eq!(found.speakers.as_ref().unwrap()[0].mentions, ["e2"], "the mention follows its entity");
        let elsewhere =
            Decision { id: "bamako".to_owned(), ..decision(&record, subject, Verdict::Correct, Some(value)) };
        assert_eq!(applied(&ENGLISH, vec![elsewhere]).stale.len(), 1);
    }

    #[test]
    fn a_decision_on_what_is_not_there_any_more_is_stale_and_changes_nothing() {
        let record = record(&ENGLISH);
        let (subject, value) = quote(&record, 1);
        let reject = decision(&record, subject, Verdict::Reject, None);
        let accept = decision(&record, entity(&record, 0), Verdict::Accept, None);
        let other = ENGLISH.replace("\"label\":\"PERSON\"", "\"label\":\"ORG\"");
        let found = applied(&other, vec![reject, accept]);
        assert_eq!((found.used, found.stale.len()), (1, 1));
        assert_eq!(found.record.entities.as_ref().unwrap()[0].by, "model", "the decision was on another label");
        assert!(
            !found
                .record
                .quotes
                .as_ref()
                .unwrap()
                .iter()
                .any(|quote| Value::of_quote(quote) == Value::Quote(value.clone()))
        );
    }

    #[test]
    fn a_sign_off_holds_as_long_as_the_article_says_the_same() {
        let record = record(&ENGLISH);
        let sign = decision(&record, Subject::Article(article_hash(&record)), Verdict::Sign, None);
        assert!(applied(&ENGLISH, vec![sign.clone()]).signed);
        let rescored = ENGLISH.replace("\"score\":0.4", "\"score\":0.5");
        assert!(applied(&rescored, vec![sign.clone()]).signed);
        let other = applied(&ENGLISH.replace("\"label\":\"LOC\"", "\"label\":\"FAC\""), vec![sign]).stale.len();
        assert_eq!(other, 1);
    }

    #[test]
    fn entities_that_overlap_are_refused() {
        let record = record(&ENGLISH);
        let start = record.entities.as_ref().unwrap()[0].start + 2;
        let span = CodePoints::new(&record.text).cut(start, start + 2).unwrap();
        let value = Value::Entity(EntityValue { span, label: Named(EntityLabel::Misc) });
        let mut all = Decisions::default();
        all.put(decision(&record, Subject::Added(text_hash(&record.text), 1), Verdict::Correct, Some(value)));
        assert!(matches!(all.apply(record), Err(ApplyError::Overlap { .. })));
    }

    #[test]
    fn any_accepting_and_rejecting_gives_a_good_record_and_twice_the_same() {
        let record = record(&ENGLISH);
        let subjects = [entity(&record, 0), entity(&record, 1), quote(&record, 0).0, quote(&record, 1).0];
        let verdicts = [None, Some(Verdict::Accept), Some(Verdict::Reject)];
        for choice in 0..verdicts.len().pow(subjects.len() as u32) {
            let mut all = Decisions::default();
            for (place, subject) in subjects.iter().enumerate() {
                let verdict = verdicts[choice / verdicts.len().pow(place as u32) % verdicts.len()];
                all.put(Decision { verdict, ..Decision::none(&record.id, subject.clone()) });
            }
            let once = all.apply(record.clone()).unwrap().record;
            assert_eq!(once.check(), [], "{choice}");
            let twice = all.apply(once.clone()).unwrap().record;
            assert_eq!(line(&once), line(&twice), "{choice}");
        }
    }
}
