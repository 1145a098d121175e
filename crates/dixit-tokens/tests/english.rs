//! English words and sentences, a phenomenon a test.

mod common;

use dixit_document::LanguageCode::En;

#[track_caller]
fn words(marked: &str) {
    assert_eq!(common::tokens(&marked.replace('|', ""), En), marked);
}

#[track_caller]
fn sentences(marked: &str) {
    common::check_sentences(marked, En);
}

#[test]
fn splits_clitics_with_either_apostrophe() {
    words("They do|n't know Mali|'s army|, and we|'ve said we|'ll go|.");
    words("They do|n’t know Mali|’s army|, and I|’d|’ve gone|.");
    words("The delegates|' talks can|not fail|; it is gon|na rain|.");
    words("CA|N'T WO|N'T");
}

#[test]
fn keeps_words_that_hold_an_apostrophe() {
    words("O'Neill left at nine o'clock in the '90s|, the 1990's|, with 'em|.");
}

#[test]
fn splits_hyphenated_compounds_but_not_behind_prefixes() {
    words("a long|-|term cease|-|fire with non-state groups and an ex-minister");
    words("her e-mail to the vice-president|, re-elected in mid-August");
}

#[test]
fn splits_numbers_from_units_and_signs() {
    words("$|5|bn|, 3.5|%|, £|1,250.50|, 10|km|, US$|20|, 6:30|pm|, 40|°|C");
    words("pages 13|-|17 of 1|,|2|, on 12/03/2024 at 14:30|, the 20th|, #|1");
    words("call 201-592-4699 or 555-0199");
}

#[test]
fn keeps_addresses_hashtags_and_handles() {
    words("See https://example.org/a?b=c|, www.example.org|, example.org/news or write to desk@example.org|.");
    words("#peace and @dixit in alt.peace.talks");
}

#[test]
fn keeps_abbreviations_and_initials_with_their_stop() {
    words("Gov. J. K. Rowling|, Ph.D.|, of the U.S. Army|, e.g. Mr. Smith Jr.|, No. 5|, p. 12|.");
    words("No|. That is plan B|. The rest waits|.");
    words("She works at Keita Inc.|. It grows|.");
}

#[test]
fn splits_slashes_but_not_of_dates_and_short_forms() {
    words("and|/|or East|/|West on 9/11 b/c of s/he");
}

#[test]
fn keeps_runs_of_marks_and_emoticons() {
    words("Wait|... what|?! No|... :-) -- **** <|b|>");
    words("behaviours|—|that is|–|change");
}

#[test]
fn keeps_words_that_were_cut_off_and_optional_endings() {
    words("I w- want th- the spouse(s) — re- never|- again|.");
}

#[test]
fn separates_every_kind_of_quotation_mark() {
    words("“|Stop|,|” he said|, ‘|now|’|. \"|Go|.|\" « Non » „|Nein|“");
}

#[test]
fn ends_sentences_at_terminal_marks() {
    sentences("He left. ‖ She stayed! ‖ Why? ‖ Nobody knows…");
    sentences("He left at 3.5 km. ‖ 20 people saw it. ‖ really.");
}

#[test]
fn abbreviations_end_sentences_only_before_their_usual_starts() {
    sentences("Mr. Smith met Gov. Keita of the U.S. Army. ‖ He left.");
    sentences("It belongs to Keita Inc. ‖ The firm grows.");
    sentences("They live in the U.S. ‖ It was 5 p.m. ‖ Then J. K. Rowling spoke.");
    sentences("See e.g. The Times, vol. 5. ‖ Yes.");
}

#[test]
fn numbers_of_items_and_sections_begin_sentences() {
    sentences("1. The talks began.");
    sentences("2.1. New rules apply.");
    sentences("1993. ‖ It was a good year.");
}

#[test]
fn initials_end_sentences_only_before_their_usual_starts() {
    sentences("Adam M. Walton and Kirk B. Bart met. ‖ It was plan B. ‖ The rest was plan A.");
}

#[test]
fn closing_marks_belong_to_the_sentence_that_they_close() {
    sentences("“Stop.” ‖ He left (slowly.) ‖ \"Go!\" ‖ Then it ended. [3] ‖ Again.");
    sentences("It ended.[12] ‖ It began again.");
}

#[test]
fn quotations_go_on_with_their_cue() {
    sentences("\"Stop!\" he said. ‖ “Why?” Keita asked. ‖ “No.” ‖ They left.");
}

#[test]
fn dots_in_lower_case_and_in_brackets_go_on() {
    sentences("He waited ... and left (...) for good. ‖ Done.");
    sentences("He had no time (really?) and left.");
    sentences("Yahoo! said so. ‖ Really? ‖ yes.");
}

#[test]
fn soft_line_ends_go_on_and_lists_do_not() {
    sentences(
        "The talks between the two sides began on Monday in the\nCapital and ended late in the evening after the long and\nBitter speeches.",
    );
    sentences("Who came:‖\nGovernment‖\nOpposition‖\nUnions");
    sentences("The parties agreed to the following points, each of them for a year:‖\n- A truce‖\n- a court");
}

#[test]
fn blank_lines_end_sentences() {
    common::check_sentences("No stop here‖\n\nand none here", En);
}
