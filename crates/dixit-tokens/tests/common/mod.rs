//! Runs the tokenizer on one text, and writes what it finds as a line that a person can read.

use dixit_document::{Annotator, Document, Language, LanguageCode, Paragraph, ParagraphKind};
use dixit_text::Span;
use dixit_tokens::Tokenizer;

/// The document of `text` with its tokens and sentences; paragraphs are separated by blank lines.
pub(crate) fn annotate(text: &str, code: LanguageCode) -> Document {
    let mut document = Document::new("test", text).expect("the text is short");
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for block in text.split("\n\n") {
        let span = Span::new(start, start + block.len()).trim(text);
        if !span.is_empty() {
            paragraphs.push(Paragraph { span, kind: ParagraphKind::Body });
        }
        start += block.len() + 2;
    }
    document.set_language(Language { code, confidence: 1.0, paragraphs: vec![code; paragraphs.len()] });
    document.set_paragraphs(paragraphs);
    Tokenizer::new().annotate(&mut document).expect("paragraphs and language are there");
    document
}

/// The tokens of `text`: a bar where one ends at the start of the next, a space where there was white space.
#[allow(dead_code, reason = "not every test file looks at tokens")]
pub(crate) fn tokens(text: &str, code: LanguageCode) -> String {
    let document = annotate(text, code);
    let mut marked = String::new();
    let mut end = 0;
    for span in document.tokens().expect("it ran") {
        match () {
            () if end == 0 => {}
            () if span.start() == end => marked.push('|'),
            () => marked.push(' '),
        }
        marked.push_str(document.slice(*span));
        end = span.end();
    }
    marked
}

/// The sentences of `text`, in order.
#[allow(dead_code, reason = "not every test file looks at sentences")]
pub(crate) fn sentences(text: &str, code: LanguageCode) -> Vec<String> {
    let document = annotate(text, code);
    document.sentences().expect("it ran").iter().map(|span| document.slice(*span).to_owned()).collect()
}

/// Checks that the sentences of `marked` end where its double bars stand: `One. ‖ Two.`
#[allow(dead_code, reason = "not every test file looks at sentences")]
#[track_caller]
pub(crate) fn check_sentences(marked: &str, code: LanguageCode) {
    let text = marked.replace(" ‖ ", " ").replace("‖\n", "\n");
    let expected: Vec<_> = marked.split('‖').map(str::trim).collect();
    assert_eq!(sentences(&text, code), expected);
}
