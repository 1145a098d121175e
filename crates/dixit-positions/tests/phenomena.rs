//! What tells a stance, a phenomenon a test, in both languages.

use dixit_document::LanguageCode::{self, En, Fr};
use dixit_document::Stance::{self, Conditional, Neutral, Oppose, Support};
use dixit_positions::{PositionFinder, Topic};

/// The stance of `content`, attributed by `cue` in an article that is about dialogue.
fn stance(finder: &PositionFinder, language: LanguageCode, cue: &str, content: &str) -> Option<Stance> {
    let headline = match language {
        Fr => "Pourparlers : pas de date pour le dialogue",
        _ => "Talks: no date for dialogue",
    };
    let positions = finder.try_sentence(language, headline, cue, content).expect("it is short");
    positions.first().map(|position| position.stance)
}

#[track_caller]
fn expect(stances: &[(LanguageCode, &str, &str, Option<Stance>)]) {
    let topic = Topic::parse("dialogue.toml", include_str!("../../../pipelines/topics/dialogue.toml"));
    let finder = PositionFinder::new(vec![topic.expect("it is a topic")]);
    for &(language, cue, content, expected) in stances {
        assert_eq!(stance(&finder, language, cue, content), expected, "{cue} {content}");
    }
}

#[test]
fn readiness_and_appeals_support() {
    expect(&[
        (En, "said", "the government was ready to negotiate", Some(Support)),
        (Fr, "a dit", "que le gouvernement était prêt à négocier", Some(Support)),
        (En, "urged", "the parties to return to the negotiating table", Some(Support)),
        (Fr, "exhorte", "les parties à reprendre les négociations", Some(Support)),
    ]);
}

#[test]
fn no_alternative_supports() {
    expect(&[
        (En, "said", "there is no alternative to talks", Some(Support)),
        (En, "said", "dialogue is the only way to end the crisis", Some(Support)),
        (Fr, "a dit", "qu'il n'y a pas d'autre voie que le dialogue", Some(Support)),
        (Fr, "a dit", "que le dialogue est la seule issue à la crise", Some(Support)),
    ]);
}

#[test]
fn denied_opposition_does_not_oppose() {
    expect(&[
        (En, "said", "he had never opposed the talks", Some(Support)),
        (En, "said", "he was not against dialogue", Some(Support)),
        (Fr, "a dit", "ne s'être jamais opposé aux négociations", Some(Support)),
    ]);
}

#[test]
fn refusals_oppose() {
    expect(&[
        (En, "said", "\"We will never negotiate with killers.\"", Some(Oppose)),
        (En, "said", "it was pulling out of the peace talks", Some(Oppose)),
        (Fr, "a dit", "« Il n'est pas question de négocier avec des terroristes. »", Some(Oppose)),
        (Fr, "a annoncé", "qu'il se retirait des pourparlers", Some(Oppose)),
    ]);
}

#[test]
fn the_end_of_dialogue_opposes() {
    expect(&[
        (En, "said", "the time for dialogue was over", Some(Oppose)),
        (Fr, "a dit", "que le temps du dialogue était terminé", Some(Oppose)),
    ]);
}

#[test]
fn conditions_are_conditional() {
    expect(&[
        (En, "said", "they would negotiate only after the rebels lay down their arms", Some(Conditional)),
        (En, "said", "he would attend the talks if the president was there", Some(Conditional)),
        (Fr, "a dit", "qu'il négocierait à condition que les armes soient déposées", Some(Conditional)),
        (Fr, "a dit", "qu'il participerait aux pourparlers si le président y était", Some(Conditional)),
    ]);
}

#[test]
fn a_refusal_with_a_condition_is_conditional() {
    expect(&[
        (En, "said", "there would be no talks until the prisoners were freed", Some(Conditional)),
        (En, "said", "\"Unless they withdraw, we will not negotiate.\"", Some(Conditional)),
        (
            Fr,
            "a dit",
            "qu'il n'y aurait pas de pourparlers tant que les prisonniers ne seraient pas libérés",
            Some(Conditional),
        ),
        (Fr, "a prévenu", "qu'il n'y aurait pas de dialogue sans la libération des otages", Some(Conditional)),
    ]);
}

#[test]
fn some_parties_only_is_conditional() {
    expect(&[(En, "said", "the government would talk to the elders, but not with the jihadists", Some(Conditional))]);
}

#[test]
fn the_cue_has_a_side_of_its_own() {
    expect(&[
        (En, "called for", "talks with the rebels", Some(Support)),
        (En, "welcomed", "the opening of negotiations", Some(Support)),
        (En, "ruled out", "talks with the rebels", Some(Oppose)),
        (En, "refused", "to hold talks with the rebels", Some(Oppose)),
        (Fr, "a appelé", "à des pourparlers avec les rebelles", Some(Support)),
        (Fr, "s'est dit favorable", "à un dialogue avec les rebelles", Some(Support)),
        (Fr, "a exclu", "des pourparlers avec les rebelles", Some(Oppose)),
        (Fr, "a refusé", "de dialoguer avec les rebelles", Some(Oppose)),
    ]);
}

#[test]
fn scorn_opposes() {
    expect(&[
        (En, "called", "the dialogue a farce and a waste of time", Some(Oppose)),
        (Fr, "a qualifié", "le dialogue de mascarade inutile", Some(Oppose)),
    ]);
}

#[test]
fn irony_counts_by_what_it_means() {
    expect(&[
        (En, "said", "\"Bravo! Another dialogue. We needed one more.\"", Some(Oppose)),
        (Fr, "a dit", "« Bravo ! Encore un dialogue pour rien. »", Some(Oppose)),
    ]);
}

#[test]
fn rhetorical_questions_oppose() {
    expect(&[
        (En, "asked", "\"What is the point of another round of talks?\"", Some(Oppose)),
        (Fr, "a demandé", "« À quoi bon encore un dialogue ? »", Some(Oppose)),
    ]);
}

#[test]
fn a_change_of_mind_counts_by_its_end() {
    expect(&[
        (En, "said", "\"I used to burn their letters. I was wrong, and now I am ready to talk.\"", Some(Support)),
        (Fr, "a dit", "« J'ai cru à la guerre. Je me suis trompé, aujourd'hui je veux le dialogue. »", Some(Support)),
    ]);
}

#[test]
fn proceedings_are_neutral() {
    expect(&[
        (En, "confirmed", "that the next round of talks would be held on Monday", Some(Neutral)),
        (En, "denied", "that any talks had taken place", Some(Neutral)),
        (Fr, "a confirmé", "que la prochaine séance de négociations se tiendrait lundi", Some(Neutral)),
        (Fr, "a démenti", "que des négociations aient eu lieu", Some(Neutral)),
    ]);
}

#[test]
fn other_matters_have_none() {
    expect(&[
        (En, "put", "the number of dead at fourteen", None),
        (Fr, "a chiffré", "à quatorze le nombre des morts", None),
    ]);
}

#[test]
fn lookalikes_have_none() {
    expect(&[
        (En, "said", "the company was in talks to buy a rival", None),
        (En, "said", "the dialogue box would not close", None),
        (Fr, "a dit", "que la société était en pourparlers pour acheter un concurrent", None),
        (Fr, "a dit", "que la boîte de dialogue restait ouverte", None),
    ]);
}
