//! A document becomes a record, is read back, satisfies its own schema, and every broken one is found out.
#![allow(clippy::unwrap_used)]

use dixit_document::{
    Document, Entity, EntityLabel, Language, LanguageCode, Layer, Paragraph, ParagraphKind, Position, Quote, QuoteType,
    Speaker, SpeakerKind, SpeakerLink, Stance,
};
use dixit_record::{Annotator, Article, ConvertError, Envelope, Meta, Problem, Record, Source, json_schema};
use dixit_text::Span;
use serde_json::{Value, json};

const TEXT: &str = "🤝 « Nous sommes prêts à dialoguer », a déclaré Léa Martin.";

fn span(part: &str) -> Span {
    let start = TEXT.find(part).unwrap();
    Span::new(start, start + part.len())
}

fn article() -> (Document, Envelope) {
    let source = Source { path: "news/a.txt".to_owned(), line: None, encoding: "utf-8".to_owned() };
    let article = Article { id: "a".to_owned(), source, meta: Meta::default(), text: TEXT.to_owned() };
    article.into_document().unwrap()
}

fn annotated() -> (Document, Envelope) {
    let (mut document, envelope) = article();
    document.set_paragraphs(vec![Paragraph { span: Span::new(0, TEXT.len()), kind: ParagraphKind::Body }]);
    document.set_language(Language { code: LanguageCode::Fr, confidence: 0.99, paragraphs: vec![LanguageCode::Fr] });
    document.set_sentences(vec![Span::new(0, TEXT.len())]);
    document.set_tokens(vec![span("🤝"), span("«"), span("Nous")]);
    let entity = Entity { span: span("Léa Martin"), label: EntityLabel::Person, score: 0.9, by: "model" };
    document.set_entities(vec![entity]);
    document.set_speakers(vec![Speaker {
        name: "Léa Martin".to_owned(),
        kind: SpeakerKind::Person,
        mentions: vec![0],
    }]);
    document.set_quotes(vec![Quote {
        kind: QuoteType::Direct,
        content: vec![span("« Nous sommes prêts à dialoguer »")],
        cue: Some(span("a déclaré")),
        source: Some(span("Léa Martin")),
        speaker: Some(SpeakerLink { speaker: 0, score: 0.8 }),
        score: 0.95,
        by: "rule:test",
    }]);
    document.set_positions(vec![Position {
        quote: 0,
        topic: "dialogue".to_owned(),
        stance: Stance::Support,
        score: 0.7,
        evidence: vec![span("prêts à dialoguer")],
        by: "rule:test",
    }]);
    (document, envelope)
}

fn annotator() -> Annotator {
    Annotator {
        name: "dixit".to_owned(),
        version: "0.0.0".to_owned(),
        pipeline: "test".to_owned(),
        config: "0".to_owned(),
    }
}

fn json_of(document: &Document, envelope: &Envelope) -> String {
    let mut line = Vec::new();
    Record::new(document, envelope, &annotator()).unwrap().write_line(&mut line);
    String::from_utf8(line).unwrap()
}

#[test]
fn counts_offsets_in_code_points() {
    let (document, envelope) = annotated();
    let value: Value = serde_json::from_str(&json_of(&document, &envelope)).unwrap();
    assert_eq!(value["offsets"], "codepoint");
    assert_eq!(value["entities"][0]["start"], json!(TEXT.chars().position(|c| c == 'L').unwrap()));
    assert_eq!(value["quotes"][0]["content"][0]["start"], 2);
    assert_eq!(value["quotes"][0]["positions"][0]["evidence"][0]["text"], "prêts à dialoguer");
    assert_eq!(value["quotes"][0]["score"].to_string(), "0.95");
}

#[test]
fn a_layer_that_did_not_run_is_absent_and_an_empty_one_is_there() {
    let (mut document, envelope) = article();
    document.set_tokens(Vec::new());
    let value: Value = serde_json::from_str(&json_of(&document, &envelope)).unwrap();
    assert_eq!(value["tokens"], json!([]));
    for layer in ["language", "paragraphs", "sentences", "subwords", "entities", "speakers", "quotes"] {
        assert!(value.get(layer).is_none(), "{layer}");
    }
}

#[test]
fn is_read_back_as_it_was_written() {
    let (document, envelope) = annotated();
    let line = json_of(&document, &envelope);
    let record = Record::from_json(line.trim_end()).unwrap();
    assert_eq!(record.check(), []);
    let mut again = Vec::new();
    record.write_line(&mut again);
    assert_eq!(String::from_utf8(again).unwrap(), line);
}

#[test]
fn satisfies_its_own_schema() {
    let schema: Value = serde_json::from_str(&json_schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (document, envelope) in [article(), annotated()] {
        let value: Value = serde_json::from_str(&json_of(&document, &envelope)).unwrap();
        let errors: Vec<_> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
    let (document, envelope) = annotated();
    let mut value: Value = serde_json::from_str(&json_of(&document, &envelope)).unwrap();
    value["entities"][0]["label"] = json!("PLANET");
    assert!(!validator.is_valid(&value));
}

#[test]
fn names_the_place_of_what_is_not_of_the_schema() {
    let (document, envelope) = annotated();
    let line = json_of(&document, &envelope).replace("\"stance\":\"support\"", "\"stance\":\"for\"");
    let error = Record::from_json(line.trim_end()).unwrap_err().to_string();
    assert!(error.starts_with("`quotes[0].positions[0].stance`: unknown stance `for`: known are `support`"), "{error}");
    let error = Record::from_json(r#"{"schema":"dixit/1","colour":1}"#).unwrap_err().to_string();
    assert!(error.contains("unknown field `colour`"), "{error}");
}

/// The problems of the annotated record after `change`.
fn problems(change: impl FnOnce(&mut Value)) -> Vec<Problem> {
    let (document, envelope) = annotated();
    let mut value: Value = serde_json::from_str(&json_of(&document, &envelope)).unwrap();
    change(&mut value);
    let line = value.to_string();
    Record::from_json(&line).unwrap().check()
}

#[test]
fn finds_every_kind_of_problem() {
    type Change = fn(&mut Value);
    let cases: [(&str, Change); 9] = [
        ("`tokens[2]`: 4..999 is not a span", |value| value["tokens"][2][1] = json!(999)),
        ("`tokens[1]`: 2..1 is not a span", |value| value["tokens"][1][1] = json!(1)),
        ("`tokens[1]` starts at 0, before", |value| value["tokens"][1][0] = json!(0)),
        ("`entities[0]`: the text says `Lea`", |value| value["entities"][0]["text"] = json!("Lea")),
        ("`speakers[0].mentions[0]` names `e9`", |value| value["speakers"][0]["mentions"][0] = json!("e9")),
        ("`quotes[0].speaker` names `s7`", |value| value["quotes"][0]["speaker"]["id"] = json!("s7")),
        ("`quotes[0].speaker` calls `s1` `Zoé`", |value| value["quotes"][0]["speaker"]["name"] = json!("Zoé")),
        ("`quotes[0].content` is empty", |value| value["quotes"][0]["content"] = json!([])),
        ("`entities[0].score` is 1.5", |value| value["entities"][0]["score"] = json!(1.5)),
    ];
    assert_eq!(problems(|_| {}), []);
    for (message, change) in cases {
        let found = problems(change);
        assert!(found.iter().any(|problem| problem.to_string().starts_with(message)), "{message}: {found:?}");
    }
}

#[test]
fn refuses_layers_that_do_not_fit_the_text() {
    let (mut document, envelope) = annotated();
    document.set_tokens(vec![Span::new(1, 4)]);
    let error = Record::new(&document, &envelope, &annotator()).unwrap_err();
    assert_eq!(error, ConvertError::BadSpan { layer: Layer::Tokens, span: Span::new(1, 4) });
    let (mut document, envelope) = annotated();
    document.set_speakers(Vec::new());
    let error = Record::new(&document, &envelope, &annotator()).unwrap_err();
    assert_eq!(error, ConvertError::BadIndex { layer: Layer::Quotes, target: Layer::Speakers, index: 0 });
}

#[test]
fn leaves_out_the_layers_that_are_not_wanted() {
    let (document, envelope) = annotated();
    let annotator = annotator();
    let mut record = Record::new(&document, &envelope, &annotator).unwrap();
    record.omit(Layer::Tokens);
    record.omit(Layer::Positions);
    let mut line = Vec::new();
    record.write_line(&mut line);
    let value: Value = serde_json::from_slice(&line).unwrap();
    assert!(value.get("tokens").is_none());
    assert!(value["quotes"][0].get("positions").is_none());
}
