//! The type of a quote that a reviewer added, where the tool does not say it.

use dixit_document::QuoteType;
use dixit_text::Span;

/// How much of the content stands inside quotation marks, letters and digits counted.
pub(super) fn kind(text: &str, content: &[Span]) -> QuoteType {
    let (mut inside, mut outside) = (0, 0);
    for span in content {
        let before = text[..span.start()].trim_end();
        let straight = before.ends_with('"') && before.matches('"').count() % 2 == 1;
        let mut quoted = straight || before.ends_with(opens);
        for c in span.of(text).chars() {
            match c {
                '"' => quoted = !quoted,
                c if opens(c) => quoted = true,
                '»' | '”' => quoted = false,
                c if c.is_alphanumeric() && quoted => inside += 1,
                c if c.is_alphanumeric() => outside += 1,
                _ => {}
            }
        }
    }
    match (inside, outside) {
        (0, _) => QuoteType::Indirect,
        (_, 0) => QuoteType::Direct,
        _ => QuoteType::Mixed,
    }
}

fn opens(c: char) -> bool {
    matches!(c, '«' | '“' | '„')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, part: &str) -> QuoteType {
        let start = text.find(part).unwrap();
        kind(text, &[Span::new(start, start + part.len())])
    }

    #[test]
    fn tells_the_type_by_the_marks_in_both_languages() {
        assert_eq!(of("“We will talk,” she said.", "“We will talk,”"), QuoteType::Direct);
        assert_eq!(of("« Nous parlerons », dit-elle.", "Nous parlerons"), QuoteType::Direct);
        assert_eq!(of("\"We will talk,\" she said.", "We will talk"), QuoteType::Direct);
        assert_eq!(of("Elle dit que « l’État » ment.", "que « l’État » ment"), QuoteType::Mixed);
        assert_eq!(of("She said \"no\". He says it won't do.", "it won't do"), QuoteType::Indirect);
    }
}
