//! French words and sentences, a phenomenon a test.

mod common;

use dixit_document::LanguageCode::Fr;

#[track_caller]
fn words(marked: &str) {
    assert_eq!(common::tokens(&marked.replace('|', ""), Fr), marked);
}

#[track_caller]
fn sentences(marked: &str) {
    common::check_sentences(marked, Fr);
}

#[test]
fn splits_elision_with_either_apostrophe() {
    words("L'|armée dit qu'|il n'|y a pas d'|accord jusqu'|ici|, lorsqu'|on s'|en va|.");
    words("L’|armée dit qu’|il n’|y a pas d’|accord|, puisqu’|elle l’|a dit|.");
    words("QU'|EST|-CE QUE C'|EST");
}

#[test]
fn keeps_words_that_hold_an_apostrophe() {
    words("aujourd'hui|, quelqu'un|, presqu'île|, prud'hommes|, l'on|, c'est-à-dire d'|aujourd’hui");
}

#[test]
fn splits_elision_before_a_quotation_mark() {
    words("l'|« oasis » et d'|\"|or|\"");
}

#[test]
fn splits_inversion_before_the_hyphen() {
    words(
        "Que dit|-il|? A|-t-il parlé|, sont|-elles là|, a|-t-on vu|, est|-ce vrai|, dis|-moi|, allons|-y|, donnez|-le|-moi|.",
    );
}

#[test]
fn keeps_compounds() {
    words("Jean-Pierre ira peut-être au rendez-vous des Hauts-de-Seine|, au-delà|, celui-ci et ceux-là|.");
    words("ce jour|-là|, cette fois|-ci");
}

#[test]
fn keeps_the_spaces_of_thousands() {
    for space in [' ', '\u{a0}', '\u{202f}', '\u{2009}'] {
        words(&format!("les 10{space}000 soldats|, 1{space}250{space}000,50 €"));
    }
    words("en 2004 250 soldats|, le 12 1000");
}

#[test]
fn splits_times_units_and_signs() {
    words("à 14|h|30|, 9|h|, 5|km|, 3,5|%|, 50 %|, 2 °C|, -3|, le 12/03/2024|, le 1er au XXIe|, n° 5");
    words("60 mg|/|kg et|/|ou 1/10");
}

#[test]
fn keeps_abbreviations_and_initials_with_their_stop() {
    words("M. Keïta|, Mme Ba|, le Dr. J. Le Goff|, p. ex. av. J.-C.|, J.-P. Raffarin|, S.A.|, p. 12|, etc.");
    words("le changement de cap|. Le reste");
}

#[test]
fn separates_guillemets_and_their_spaces() {
    words("« Non »|, dit|-il|. «|Oui|» “|Si|”");
    assert_eq!(common::tokens("«\u{a0}Non\u{202f}!\u{a0}»", Fr), "« Non ! »");
}

#[test]
fn keeps_addresses_hashtags_and_optional_endings() {
    words("Voir https://exemple.fr/paix|, #paix|, @dixit|, écrire à redaction@exemple.fr|. Élu(e)s");
}

#[test]
fn ends_sentences_at_terminal_marks() {
    sentences("Il part. ‖ Elle reste ! ‖ Pourquoi ? ‖ Nul ne sait…");
    sentences("M. Keïta a vu le Dr. Ba, av. J.-C., p. ex. ici. ‖ Il part.");
    sentences("Il y avait des tentes, des vivres, etc. ‖ Les soldats partent.");
}

#[test]
fn guillemets_belong_to_the_sentence_that_they_close() {
    sentences("« Partez. » ‖ Il part. ‖ «\u{a0}Restez\u{a0}!\u{a0}» ‖ Elle reste.");
}

#[test]
fn quotations_go_on_with_their_cue() {
    sentences("« Partez ! » a-t-il dit. ‖ « Pourquoi ? », demande Awa.");
    sentences("— Où vas-tu ? demanda-t-il. ‖ Elle ne dit rien.");
}

#[test]
fn dots_in_lower_case_and_in_brackets_go_on() {
    sentences("Il attend... puis il part (...) pour de bon. ‖ Fini.");
}

#[test]
fn dialogue_dashes_and_lists_begin_sentences() {
    sentences("— Tu viens ce soir avec nous à la réunion du comité de paix‖\n— non, dit-elle, pas ce soir.");
    sentences("Sont venus :‖\n- le gouvernement‖\n- les partis");
}

#[test]
fn semicolons_end_sentences_only_before_the_start_of_another() {
    sentences("Il dirige le journal des émigrés ; ‖ La même année, il part.");
    sentences("Paris ; Londres ; Berlin et Rome ; puis rien.");
}
