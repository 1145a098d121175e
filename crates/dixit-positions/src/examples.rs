//! The crate's own examples: short quotes whose stances are known, one a line in `data/<language>/examples.tsv`.
//!
//! A line is a stance (`none` where it is not about dialogue), the words that signal the attribution and the content,
//! separated by tabs. They are there to learn from beside a corpus, which may be small.

use dixit_document::{
    AnnotateError, Document, Language, LanguageCode, Paragraph, ParagraphKind, Quote, QuoteType, Stance, Vocabulary,
};
use dixit_text::Span;

/// The files, and for each a headline that is about dialogue.
const FILES: [(LanguageCode, &str, &str); 2] = [
    (LanguageCode::En, include_str!("../data/en/examples.tsv"), "Talks: the negotiations, the dialogue, the ceasefire"),
    (
        LanguageCode::Fr,
        include_str!("../data/fr/examples.tsv"),
        "Pourparlers : les négociations, le dialogue, la trêve",
    ),
];

/// All examples: each an article of a headline and a quote, and the stance of the quote.
pub(crate) fn examples() -> Result<Vec<(Document, Option<Stance>)>, AnnotateError> {
    let mut examples = Vec::new();
    for (language, file, headline) in FILES {
        for line in file.lines().filter(|line| !line.starts_with("# ")) {
            let mut columns = line.splitn(3, '\t');
            if let (Some(stance), Some(cue), Some(content)) = (columns.next(), columns.next(), columns.next()) {
                examples.push((article(language, headline, cue, content)?, Stance::from_name(stance).ok()));
            }
        }
    }
    Ok(examples)
}

/// An article of a headline and one quote.
pub(crate) fn article(
    language: LanguageCode,
    headline: &str,
    cue: &str,
    content: &str,
) -> Result<Document, AnnotateError> {
    let body = headline.len() + 2;
    let text = format!("{headline}\n\nMarlot {cue} {content}.");
    let source = Span::new(body, body + "Marlot".len());
    let cue = Span::new(source.end() + 1, source.end() + 1 + cue.len());
    let content_span = Span::new(cue.end() + 1, cue.end() + 1 + content.len());
    let kind = match (content.starts_with(['"', '«', '“']), content.contains(['"', '«', '“'])) {
        (true, _) => QuoteType::Direct,
        (false, true) => QuoteType::Mixed,
        (false, false) => QuoteType::Indirect,
    };
    let paragraphs = [
        Paragraph { span: Span::new(0, headline.len()), kind: ParagraphKind::Headline },
        Paragraph { span: Span::new(body, text.len()), kind: ParagraphKind::Body },
    ];
    let quote = Quote {
        kind,
        content: vec![content_span],
        cue: Some(cue),
        source: Some(source),
        speaker: None,
        score: 1.0,
        by: "example",
    };
    let mut document = Document::new("example", text).map_err(|error| AnnotateError::Failed(Box::new(error)))?;
    document.set_language(Language { code: language, confidence: 1.0, paragraphs: vec![language; 2] });
    document.set_sentences(paragraphs.iter().map(|paragraph| paragraph.span).collect());
    document.set_paragraphs(paragraphs.into());
    document.set_tokens(Vec::new());
    document.set_quotes(vec![quote]);
    Ok(document)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_is_whole_and_in_order() {
        for (language, file, _) in FILES {
            let lines: Vec<&str> = file.lines().filter(|line| !line.starts_with("# ")).collect();
            assert!(lines.windows(2).all(|pair| pair[0] < pair[1]), "{language}");
            for line in lines {
                let columns: Vec<&str> = line.split('\t').collect();
                assert_eq!(columns.len(), 3, "{line}");
                assert!(columns[0] == "none" || Stance::from_name(columns[0]).is_ok(), "{line}");
            }
        }
    }
}
