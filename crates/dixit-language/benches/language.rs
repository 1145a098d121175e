//! Speed of language detection, in bytes of text a second.
#![allow(clippy::unwrap_used)]

use divan::counter::BytesCount;
use dixit_document::{Annotator as _, Document, Paragraph, ParagraphKind};
use dixit_language::LanguageDetector;
use dixit_text::Span;

const ENGLISH: &str = "The delegations met on Monday in the capital, where the mediator said that the talks would go on for as long \
    as they had to. Nobody expected the two sides to agree on everything before the end of the month.";
const FRENCH: &str = "Les délégations se sont rencontrées lundi dans la capitale, où le médiateur a déclaré que les pourparlers \
    dureraient aussi longtemps qu'il le faudrait. Personne n'attendait un accord avant la fin du mois.";

fn main() {
    divan::main();
}

#[divan::bench(args = ["en", "fr"])]
fn articles(bencher: divan::Bencher<'_, '_>, language: &str) {
    let sentence = if language == "en" { ENGLISH } else { FRENCH };
    let text = [sentence; 20].join("\n\n");
    let mut document = Document::new("bench", text.clone()).unwrap();
    let step = sentence.len() + 2;
    let paragraph = |index| Span::new(index * step, index * step + sentence.len());
    let paragraphs = (0..20).map(|index| Paragraph { span: paragraph(index), kind: ParagraphKind::Body });
    document.set_paragraphs(paragraphs.collect());
    let detector = LanguageDetector::new();
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| detector.annotate(&mut document).unwrap());
}
