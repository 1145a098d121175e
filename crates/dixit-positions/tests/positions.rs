//! Positions of whole documents: which quotes have one, what it carries, and how long it takes.

use std::time::{Duration, Instant};

use dixit_document::{
    Annotator, Document, Language, LanguageCode, Layer, Paragraph, ParagraphKind, Position, Quote, QuoteType, Stance,
};
use dixit_positions::{PositionFinder, Topic};
use dixit_text::Span;

fn finder() -> PositionFinder {
    let dialogue =
        Topic::parse("dialogue.toml", include_str!("../../../pipelines/topics/dialogue.toml")).expect("it is a topic");
    let ceasefire = Topic::parse("ceasefire.toml", include_str!("../../../pipelines/topics/ceasefire.toml"))
        .expect("it is a topic");
    PositionFinder::new(vec![dialogue, ceasefire])
}

/// A document of one sentence a paragraph, with the quotes of these contents and cues.
fn document(text: &str, language: LanguageCode, kinds: &[ParagraphKind], quotes: &[(&str, &str)]) -> Document {
    let mut document = Document::new("a", text).expect("it is short");
    let mut start = 0;
    let mut paragraphs = Vec::new();
    for (index, part) in text.split("\n\n").enumerate() {
        let kind = kinds.get(index).copied().unwrap_or(ParagraphKind::Body);
        paragraphs.push(Paragraph { span: Span::new(start, start + part.len()), kind });
        start += part.len() + 2;
    }
    let find = |words: &str| text.find(words).map(|start| Span::new(start, start + words.len()));
    let quote = |(content, cue): &(&str, &str)| Quote {
        kind: QuoteType::Indirect,
        content: vec![find(content).expect("it is in the text")],
        cue: find(cue),
        source: None,
        speaker: None,
        score: 1.0,
        by: "test",
    };
    document.set_language(Language { code: language, confidence: 1.0, paragraphs: vec![language; paragraphs.len()] });
    document.set_sentences(paragraphs.iter().map(|paragraph| paragraph.span).collect());
    document.set_tokens(Vec::new());
    document.set_paragraphs(paragraphs);
    document.set_quotes(quotes.iter().map(quote).collect());
    document
}

fn positions(mut document: Document) -> Vec<Position> {
    finder().annotate(&mut document).expect("the layers are there");
    document.positions().expect("it was added").to_vec()
}

#[test]
fn says_which_layers_it_reads_and_adds() {
    assert!(finder().requires().contains(&Layer::Quotes));
    assert_eq!(finder().provides(), [Layer::Positions, Layer::Profile]);
}

#[test]
fn a_document_without_quotes_has_an_empty_layer() {
    assert!(positions(document("Talks.", LanguageCode::En, &[], &[])).is_empty());
}

#[test]
fn a_position_carries_its_evidence_and_rule() {
    let text = "Talks and negotiations\n\nThe rebels said they would only hold talks if the army left.";
    let found =
        positions(document(text, LanguageCode::En, &[], &[("they would only hold talks if the army left", "said")]));
    let dialogue = found.iter().find(|position| position.topic == "dialogue").unwrap();
    assert_eq!(dialogue.stance, Stance::Conditional);
    assert!(dialogue.by.starts_with("rule:"), "{}", dialogue.by);
    assert!((0.0..=1.0).contains(&dialogue.score));
    let evidence: Vec<&str> = dialogue.evidence.iter().map(|span| span.of(text)).collect();
    assert!(evidence.iter().any(|words| words.contains("talks")), "{evidence:?}");
    assert!(dialogue.evidence.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
}

#[test]
fn another_topic_needs_no_code() {
    let text = "Trêve : les combats reprennent\n\nLe général a refusé tout cessez-le-feu et toute trêve.";
    let found = positions(document(text, LanguageCode::Fr, &[], &[("tout cessez-le-feu et toute trêve", "a refusé")]));
    let ceasefire = found.iter().find(|position| position.topic == "ceasefire").unwrap();
    assert_eq!((ceasefire.quote, ceasefire.stance), (0, Stance::Oppose));
}

#[test]
fn pull_quotes_and_other_languages_have_none() {
    let text = "Talks on talks\n\nHe said talks must resume.";
    let quotes = [("talks must resume", "said")];
    let kinds = [ParagraphKind::Headline, ParagraphKind::PullQuote];
    assert!(positions(document(text, LanguageCode::En, &kinds, &quotes)).is_empty());
    assert!(positions(document(text, LanguageCode::Und, &[], &quotes)).is_empty());
    assert!(!positions(document(text, LanguageCode::En, &[], &quotes)).is_empty());
}

#[test]
fn a_quote_that_says_only_it_inherits_the_topic() {
    let text = "Dialogue with the rebels\n\nAsked about dialogue and peace talks, the minister refused to consider it.";
    let found = positions(document(text, LanguageCode::En, &[], &[("to consider it", "refused")]));
    assert_eq!(found[0].stance, Stance::Oppose);
    let text =
        "Dialogue avec les rebelles\n\nInterrogé sur le dialogue et les pourparlers, le ministre a exclu cette voie.";
    let found = positions(document(text, LanguageCode::Fr, &[], &[("cette voie", "a exclu")]));
    assert_eq!(found[0].stance, Stance::Oppose);
}

#[test]
fn a_sentence_of_a_thousand_quotes_takes_linear_time() {
    let time = |count: usize| {
        let text = "he said no talks never only if not, ".repeat(count);
        let mut document = document(&text, LanguageCode::En, &[], &[]);
        let width = text.len() / count;
        let quote = |index: usize| Quote {
            kind: QuoteType::Direct,
            content: vec![Span::new(index * width + 8, index * width + 34)],
            cue: Some(Span::new(index * width + 3, index * width + 7)),
            source: None,
            speaker: None,
            score: 1.0,
            by: "test",
        };
        document.set_quotes((0..count).map(quote).collect());
        let finder = finder();
        let start = Instant::now();
        finder.annotate(&mut document).unwrap();
        start.elapsed()
    };
    let (small, large) = (time(500), time(10_000));
    assert!(large < small * 100 + Duration::from_millis(200), "{small:?} for 500 quotes, {large:?} for 10,000");
}
