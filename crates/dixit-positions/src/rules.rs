//! The rules, one a section: what each finds, in both languages, and what it leaves alone.
//!
//! A rule is a class of expressions (`data/<language>/<class>.txt`, or the cues of a topic file) in a part of a quote's
//! surroundings. `data/any/rules.tsv` says what each speaks for; `data/any/weights.tsv` corrects that by what was
//! learned from annotated articles; the sum decides. So a rule is a strong hint and not a verdict: the examples below
//! hold together with all other rules. A position's `by` names the rule that said most.
//!
//! The examples share these lines:
//! ```
//! use dixit_document::{LanguageCode::{self, En, Fr}, Stance::{self, *}};
//! use dixit_positions::{PositionFinder, Topic};
//! fn stance(language: LanguageCode, cue: &str, content: &str) -> Option<Stance> {
//!     let topic = Topic::parse("dialogue.toml", include_str!("../../../pipelines/topics/dialogue.toml")).ok()?;
//!     let headline = if language == En { "Talks: no date for dialogue" } else { "Pourparlers : pas de date pour le dialogue" };
//!     let positions = PositionFinder::new(vec![topic]).try_sentence(language, headline, cue, content).ok()?;
//!     positions.first().map(|position| position.stance)
//! }
//!
//! // `condition`
//! // Finds: what must happen first, or who must be left out.
//! // Leaves alone: support with a reason, an `if` that sets no term.
//! assert_eq!(stance(En, "said", "they would negotiate only after the rebels lay down their arms"), Some(Conditional));
//! assert_eq!(stance(Fr, "a dit", "qu'il négocierait à condition que les armes soient déposées"), Some(Conditional));
//!
//! // `refusal`, `topic-refusal`
//! // Finds: refusal, rejection, leaving the table.
//! // Leaves alone: a refusal with a condition for lifting it, which is a condition.
//! assert_eq!(stance(En, "said", "\"We will never negotiate with killers.\""), Some(Oppose));
//! assert_eq!(stance(Fr, "a dit", "« Il n'est pas question de négocier avec des terroristes. »"), Some(Oppose));
//! assert_eq!(stance(En, "said", "there would be no talks until the prisoners were freed"), Some(Conditional));
//! assert_eq!(stance(Fr, "a dit", "qu'il n'y aurait pas de pourparlers tant que les prisonniers ne seraient pas libérés"), Some(Conditional));
//!
//! // `favour`, `appeal`, `topic-support`
//! // Finds: readiness, wishes, appeals, praise. Negation turns the opposite round.
//! assert_eq!(stance(En, "said", "there is no alternative to talks"), Some(Support));
//! assert_eq!(stance(Fr, "a dit", "qu'il n'y a pas d'autre voie que le dialogue"), Some(Support));
//! assert_eq!(stance(En, "said", "he had never opposed the talks"), Some(Support));
//! assert_eq!(stance(Fr, "a dit", "ne s'être jamais opposé aux négociations"), Some(Support));
//!
//! // `supporting-cue`, `refusing-cue`
//! // Finds: an attribution that has a side of its own.
//! assert_eq!(stance(En, "called for", "talks with the rebels"), Some(Support));
//! assert_eq!(stance(En, "ruled out", "talks with the rebels"), Some(Oppose));
//! assert_eq!(stance(Fr, "a appelé", "à des pourparlers avec les rebelles"), Some(Support));
//! assert_eq!(stance(Fr, "a exclu", "des pourparlers avec les rebelles"), Some(Oppose));
//!
//! // `derision`, `irony`, `rhetorical-question`, `finality`
//! // Finds: scorn of the process, which opposes it whatever its words are.
//! assert_eq!(stance(En, "called", "the dialogue a farce and a waste of time"), Some(Oppose));
//! assert_eq!(stance(Fr, "a qualifié", "le dialogue de mascarade inutile"), Some(Oppose));
//! assert_eq!(stance(En, "asked", "\"What is the point of another round of talks?\""), Some(Oppose));
//! assert_eq!(stance(Fr, "a demandé", "« À quoi bon encore un dialogue ? »"), Some(Oppose));
//!
//! // `change-of-mind`
//! // Finds: a side that the speaker has left.
//! assert_eq!(stance(En, "said", "\"I used to burn their letters. I was wrong, and now I am ready to talk.\""), Some(Support));
//! assert_eq!(stance(Fr, "a dit", "« J'ai cru à la guerre. Je me suis trompé, aujourd'hui je veux le dialogue. »"), Some(Support));
//!
//! // `report`, `reporting-cue`
//! // Finds: dates and proceedings.
//! // Leaves alone: dates within an appeal.
//! assert_eq!(stance(En, "confirmed", "that the next round of talks would be held on Monday"), Some(Neutral));
//! assert_eq!(stance(Fr, "a confirmé", "que la prochaine séance de négociations se tiendrait lundi"), Some(Neutral));
//!
//! // `topic`
//! // Finds: whether the quote is about the topic at all.
//! // Leaves alone: other matters, lookalikes of the topic file.
//! assert_eq!(stance(En, "put", "the number of dead at fourteen"), None);
//! assert_eq!(stance(Fr, "a chiffré", "à quatorze le nombre des morts"), None);
//! ```
