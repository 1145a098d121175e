//! Whatever a tokenizer makes of a text, the offsets of its pieces are of the text as it is.
#![allow(clippy::unwrap_used, missing_docs)]

use std::sync::LazyLock;

use dixit_document::{Annotator as _, Document, Paragraph, ParagraphKind, Subwords};
use dixit_subwords::{Kind, SubwordTokenizer, train};
use dixit_text::Span;
use proptest::prelude::*;
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

const TEXTS: [&str; 6] = [
    "Léa Martin a déclaré 🤝 que le dialogue continue à Bamako. « Nous parlerons », a-t-elle dit.",
    "The talks in Bamako go on. “We will talk,” said Amina Yuséf, the chief mediator, on Sunday.",
    "le dialogue social reste ouvert aux 1 500 grévistes de l’Union des cheminots de l’Économie",
    "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789 àâäçéèêëîïôöùûüÿœæ",
    "« » “ ” ‘ ’ … — – - . , ; : ! ? ( ) [ ] { } < > / \\ @ # $ % & * + = ~ ^ _ | \" '",
    "The mediators and the rebels signed the agreement; les médiateurs et les rebelles ont signé l’accord.",
];

/// A tokenizer whose normaliser changes texts in one of the ways that there are.
struct Case {
    name: &'static str,
    tokenizer: SubwordTokenizer,
    /// The pieces by their ids.
    pieces: Vec<String>,
    /// What the normaliser makes of a text, white space apart.
    normalise: fn(&str) -> String,
}

fn case(name: &'static str, kind: Kind, edit: impl Fn(&mut Value), normalise: fn(&str) -> String) -> Case {
    let mut json: Value = serde_json::from_slice(&train(&TEXTS, kind, 700).unwrap()).unwrap();
    edit(&mut json);
    let tokenizer = SubwordTokenizer::from_json(name, json.to_string().as_bytes()).unwrap();
    let vocabulary = &json["model"]["vocab"];
    let mut pieces: Vec<(u64, &str)> = match vocabulary {
        Value::Array(pieces) => (0..).zip(pieces.iter().map(|piece| piece[0].as_str().unwrap())).collect(),
        object => {
            object.as_object().unwrap().iter().map(|(piece, id)| (id.as_u64().unwrap(), piece.as_str())).collect()
        }
    };
    pieces.sort_unstable();
    let pieces = pieces.into_iter().map(|(_, piece)| piece.to_owned()).collect();
    Case { name, tokenizer, pieces, normalise }
}

fn without_marks(text: &str) -> String {
    text.nfd().filter(|&c| !is_combining_mark(c)).collect()
}

static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let lower = |text: &str| without_marks(text).chars().flat_map(char::to_lowercase).collect::<String>();
    let bert = json!({"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true});
    let nfd_lower =
        json!({"type": "Sequence", "normalizers": [{"type": "NFD"}, {"type": "Lowercase"}, {"type": "StripAccents"}]});
    vec![
        case("byte-level BPE", Kind::Bpe, |_| {}, str::to_owned),
        case("byte-level BPE, NFD, lower case", Kind::Bpe, move |json| json["normalizer"] = nfd_lower.clone(), lower),
        case("WordPiece", Kind::WordPiece, |_| {}, str::to_owned),
        case(
            "WordPiece, lower case without accents",
            Kind::WordPiece,
            move |json| json["normalizer"] = bert.clone(),
            lower,
        ),
        case("Unigram, NFKC, Metaspace", Kind::Unigram, |_| {}, |text| text.nfkc().collect()),
        case(
            "Unigram, NFD, Metaspace",
            Kind::Unigram,
            |json| json["normalizer"] = json!({"type": "NFD"}),
            |text| text.nfd().collect(),
        ),
    ]
});

/// A text with its words, as runs of letters and digits with what combines with them, and the subwords of a case.
fn annotated(case: &Case, text: &str) -> (Vec<Span>, Subwords) {
    let mut document = Document::new("a", text).unwrap();
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(start, start + line.len()).trim(text);
        start += line.len();
        if !span.is_empty() {
            paragraphs.push(Paragraph { span, kind: ParagraphKind::Body });
        }
    }
    let word = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    let mut words: Vec<Span> = Vec::new();
    for (at, c) in text.char_indices().filter(|&(_, c)| !c.is_whitespace()) {
        let span = Span::new(at, at + c.len_utf8());
        match words.last_mut() {
            Some(last) if word(c) && last.end() == at && last.of(text).chars().all(word) => *last = last.to(span),
            _ => words.push(span),
        }
    }
    document.set_paragraphs(paragraphs);
    document.set_tokens(words.clone());
    case.tokenizer.annotate(&mut document).unwrap();
    (words, document.subwords().unwrap().clone())
}

fn check(case: &Case, text: &str) {
    let (words, subwords) = annotated(case, text);
    let Subwords { ids, spans, words: starts, special, .. } = &subwords;
    let name = case.name;
    assert!([spans.len(), starts.len(), special.len()].iter().all(|&length| length == ids.len()), "{name}: {text:?}");
    assert!(spans.windows(2).all(|pair| pair[0].start() <= pair[1].start()), "{name} goes back: {text:?} {spans:?}");
    for (index, &span) in spans.iter().enumerate() {
        let slice = span.get(text).unwrap_or_else(|| panic!("{name}: {span:?} cuts a character of {text:?}"));
        let visible = span.trim(text);
        let word = words.iter().position(|word| !visible.is_empty() && word.contains(visible.start()));
        assert_eq!(starts[index].map(|word| word as usize), word, "{name}: {slice:?} of {text:?}");
        assert!(!special[index] || span.is_empty(), "{name}: a special piece at {slice:?} of {text:?}");
        says(case, ids[index], slice, text);
    }
    // Nothing that is a letter or digit is lost.
    for (at, c) in text.char_indices().filter(|&(_, c)| c.is_alphanumeric() && !is_combining_mark(c)) {
        assert!(spans.iter().any(|span| span.contains(at)), "{name}: no piece has {c:?} at {at} of {text:?}");
    }
}

/// A piece that the vocabulary spells out says what stands at its offsets.
fn says(case: &Case, id: u32, slice: &str, text: &str) {
    let piece = &case.pieces[id as usize];
    let spelled = piece.trim_start_matches("##").replace('▁', "");
    let known = spelled.chars().all(|c| c.is_alphanumeric() && (c.is_ascii() || !case.name.starts_with("byte-level")));
    if !known || spelled.is_empty() || ["unk", "UNK"].iter().any(|name| piece.contains(name)) {
        return;
    }
    // Characters without a shape, as soft hyphens, are taken away by some.
    let shapeless = |c: char| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fffd}');
    let said = (case.normalise)(slice);
    let said: String = said.chars().filter(|&c| !c.is_whitespace() && !shapeless(c)).collect();
    // Offsets are of whole characters: where one becomes several, as `½` or `ﬁ` do, a piece may be a part of it.
    let one_becomes_several =
        slice.trim().chars().count() < spelled.chars().count() || said.chars().count() > slice.trim().chars().count();
    let right = if one_becomes_several { said.contains(&spelled) || spelled.contains(&said) } else { said == spelled };
    assert!(right, "{}: the piece {piece:?} stands at {slice:?} ({said:?}) of {text:?}", case.name);
}

#[test]
fn hard_texts_keep_their_offsets() {
    let texts = [
        "🤝 Le\u{301}a Martin dit :\r\n\r\n« Oui 🕊️ », a-t-elle de\u{301}clare\u{301}.",
        "E\u{301}TE\u{301} İSTANBUL ẞ ﬁn ½ ① Ⅳ ㎏ Å ǆ",
        "a\u{a0}b\u{202f}c\u{200b}d\u{feff}e\u{ad}f",
        "\u{301}\u{301}\u{301} début",
        "नमस्ते 世界 مرحبا 🧑‍🤝‍🧑 👩🏽‍⚕️",
        "tab\tnul\0bell\u{7}end",
        "   spaces   everywhere   ",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "",
        "\r\n",
    ];
    for case in CASES.iter() {
        texts.iter().chain(&TEXTS).for_each(|text| check(case, text));
    }
}

#[test]
fn what_a_model_wants_around_a_text_is_marked() {
    for case in CASES.iter() {
        let (_, subwords) = annotated(case, "Un.\n\nDeux.");
        let special: Vec<_> = subwords.special.iter().map(|&special| usize::from(special)).collect();
        let wanted = usize::from(!case.name.starts_with("byte-level"));
        assert_eq!(
            (special[0], special[special.len() - 1], special.iter().sum()),
            (wanted, wanted, 2 * wanted),
            "{}",
            case.name
        );
    }
}

#[test]
fn training_twice_gives_the_same_pieces() {
    for kind in [Kind::Bpe, Kind::WordPiece] {
        assert!(train(&TEXTS, kind, 500).unwrap() == train(&TEXTS, kind, 500).unwrap(), "{kind}");
    }
    let pieces = || {
        let mut pieces = case("unigram", Kind::Unigram, |_| {}, str::to_owned).pieces;
        pieces.sort();
        pieces
    };
    assert_eq!(pieces(), pieces());
}

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z]{1,9}",
        2 => "[éèêàçùôîœÉÀ]{1,3}",
        1 => "[a-e][\u{300}-\u{304}]{1,2}",
        2 => "[ \u{a0}\u{202f}]{1,2}",
        1 => "(\r\n|\n){1,2}",
        1 => "[🤝🕊🧑👩🏽\u{200d}\u{fe0f}]{1,3}",
        2 => "[«»“”’'\"—.,!?:;-]{1,2}",
        1 => "[İẞﬁ½①Ⅳ㎏ǆÅ]",
        1 => "[\\p{L}&&[\\p{Latin}\\p{Greek}\\p{Cyrillic}\\p{Arabic}\\p{Hebrew}\\p{Han}\\p{Devanagari}\\p{Hangul}]]{1,4}",
    ];
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_keeps_its_offsets(text in any_text()) {
        for case in CASES.iter() {
            check(case, &text);
        }
    }
}
