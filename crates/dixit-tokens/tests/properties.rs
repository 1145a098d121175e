//! What holds for every text: each character in one token, tokens in sentences, sentences in paragraphs.

mod common;

use dixit_document::{Document, LanguageCode, Vocabulary};
use proptest::prelude::*;

fn check(document: &Document) -> Result<(), TestCaseError> {
    let (tokens, sentences) = (document.tokens().expect("it ran"), document.sentences().expect("it ran"));
    let paragraphs: Vec<_> =
        document.paragraphs().expect("they are there").iter().map(|paragraph| paragraph.span).collect();
    prop_assert!(tokens.iter().all(|token| !token.is_empty()));
    for spans in [tokens, sentences] {
        prop_assert!(spans.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
    }
    let inside = |inner: &[dixit_text::Span], outer: &[dixit_text::Span]| {
        inner.iter().all(|span| dixit_text::containing(outer, span.start()).is_some_and(|at| outer[at].covers(*span)))
    };
    prop_assert!(inside(tokens, sentences), "a token crosses a sentence");
    prop_assert!(inside(sentences, &paragraphs), "a sentence crosses a paragraph");
    let covered: String = tokens.iter().map(|token| document.slice(*token)).collect();
    let without_space = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    prop_assert_eq!(without_space(&covered), without_space(document.text()));
    for token in tokens {
        let surface = document.slice(*token);
        let is_number = surface.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, ',' | '.'));
        prop_assert!(is_number || !surface.contains(char::is_whitespace), "{surface:?} holds white space");
    }
    Ok(())
}

proptest! {
    #[test]
    fn every_character_of_any_text_stands_in_one_token(text in "\\PC{0,200}|[\\x00-\\x7F\n\t«»“”’…—\u{a0}\u{202f}éàÉ°€🙂\u{301}]{0,200}") {
        for &code in LanguageCode::ALL {
            check(&common::annotate(&text, code))?;
        }
    }

    #[test]
    fn every_character_of_words_and_marks_stands_in_one_token(
        parts in prop::collection::vec(prop::sample::select(&PARTS[..]), 0..60)
    ) {
        for &code in LanguageCode::ALL {
            check(&common::annotate(&parts.concat(), code))?;
        }
    }
}

const PARTS: [&str; 44] = [
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "\u{a0}",
    "\u{202f}",
    ".",
    "...",
    "…",
    "!",
    "?",
    "\"",
    "'",
    "’",
    "«",
    "»",
    "“",
    "”",
    "(",
    ")",
    "[",
    "]",
    "-",
    "—",
    "/",
    "@",
    "#",
    "$",
    "°",
    "10",
    "000",
    "3",
    "M.",
    "Mr",
    "J",
    "l'",
    "do",
    "n't",
    "t",
    "il",
    "www.a.org",
    "The",
    "\0",
];

#[test]
fn long_runs_of_one_pattern_are_cut_like_short_ones() {
    for part in
        ["l'", "a-", "'s", "J.", "J.-", "\"", "« ", "a.b", "1 000 ", "-t-il", "a/", "x@", "(s)", ". ", "\0", "www."]
    {
        for &code in LanguageCode::ALL {
            check(&common::annotate(&part.repeat(20_000), code)).expect("as for short texts");
        }
    }
}

#[test]
fn an_empty_document_has_empty_layers() {
    let document = common::annotate("", LanguageCode::Fr);
    assert_eq!((document.tokens(), document.sentences()), (Ok(&[][..]), Ok(&[][..])));
}
