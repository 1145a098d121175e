//! The annotator of the layer `language`.

use dixit_document::{AnnotateError, Annotator, Document, Language, LanguageCode, Layer, Paragraph};
use whatlang::Detector;

use crate::evidence::Evidence;
use crate::lexicon::Lexicon;
use crate::tongue::Tongue;

/// How many bytes at the beginning of a paragraph are looked at.
const SAMPLE: usize = 1024;
/// A margin at which nothing more is asked.
const CLEAR: f32 = 8.0;
/// What whatlang's word weighs, at its full confidence.
const WHATLANG: f32 = 2.5;
/// What speaks for English and French before anything is read: the archives are of these. French has more letters of its own to
/// show itself by, so a text without any is rather English.
const PRIOR: [(Tongue, f32); 2] = [(Tongue::English, 1.4), (Tongue::French, 0.6)];
/// The margin at which a paragraph may have another language than its document.
const STRONG: f32 = 6.0;
/// The share of a paragraph's words, as margin a word, that it needs besides.
const DENSE: f32 = 0.35;

/// Tells the language of a document and of each paragraph.
///
/// Looks at the first KiB of each paragraph. A paragraph with little evidence of its own takes the document's language.
pub struct LanguageDetector {
    lexicon: Lexicon,
    whatlang: Detector,
    minimum_confidence: f32,
}

impl LanguageDetector {
    /// The detector with its data loaded.
    pub fn new() -> Self {
        let whatlang = Detector::with_allowlist(Tongue::ALL.into_iter().map(Tongue::whatlang).collect());
        Self { lexicon: Lexicon::new(), whatlang, minimum_confidence: 0.0 }
    }

    /// Calls documents `und` whose language has a lower confidence, 0 to 1.
    #[must_use]
    pub fn with_minimum_confidence(mut self, confidence: f32) -> Self {
        self.minimum_confidence = confidence;
        self
    }

    /// The evidence of a text: words always, letters and whatlang where the words leave doubt.
    fn evidence(&self, text: &str) -> Evidence {
        let mut evidence = Evidence::of_words(text, &self.lexicon);
        if evidence.latin == 0 || evidence.best().1 >= CLEAR {
            return evidence;
        }
        evidence.add_letters(text, &self.lexicon);
        if evidence.best().1 < CLEAR
            && let Some(info) = self.whatlang.detect(text)
            && let Some(tongue) = Tongue::from_whatlang(info.lang())
        {
            evidence.weights[tongue as usize] += WHATLANG * info.confidence() as f32;
        }
        evidence
    }

    /// The language of all the text, and its confidence.
    fn decide(&self, evidence: &Evidence) -> (LanguageCode, f32) {
        if evidence.latin == 0 || evidence.is_foreign_script() {
            return (LanguageCode::Und, if evidence.other > 0 { 1.0 } else { 0.0 });
        }
        let mut with_prior = *evidence;
        for (tongue, weight) in PRIOR {
            with_prior.weights[tongue as usize] += weight;
        }
        let (tongue, margin) = with_prior.best();
        let confidence = confidence(margin);
        if confidence < self.minimum_confidence {
            return (LanguageCode::Und, 1.0 - confidence);
        }
        (tongue.code(), confidence)
    }
}

impl Default for LanguageDetector {
    fn default() -> Self {
        Self::new()
    }
}

impl Annotator for LanguageDetector {
    fn requires(&self) -> &'static [Layer] {
        &[Layer::Paragraphs]
    }

    fn provides(&self) -> &'static [Layer] {
        &[Layer::Language]
    }

    fn annotate(&self, document: &mut Document) -> Result<(), AnnotateError> {
        let text = document.text();
        let paragraphs = document.paragraphs()?;
        let evidence: Vec<_> = paragraphs.iter().map(|paragraph| self.evidence(sample(text, paragraph))).collect();
        let mut article = Evidence::default();
        let mut all = Evidence::default();
        for (paragraph, evidence) in paragraphs.iter().zip(&evidence) {
            all.add(evidence);
            if paragraph.kind.is_article() {
                article.add(evidence);
            }
        }
        let (code, confidence) = self.decide(if article.words > 0 { &article } else { &all });
        let codes = evidence.iter().map(|evidence| paragraph_language(evidence, code)).collect();
        document.set_language(Language { code, confidence, paragraphs: codes });
        Ok(())
    }
}

/// The language of a paragraph in a document of `code`.
fn paragraph_language(evidence: &Evidence, code: LanguageCode) -> LanguageCode {
    if evidence.is_foreign_script() {
        return LanguageCode::Und;
    }
    let (tongue, margin) = evidence.best();
    let strong = margin >= STRONG && margin >= DENSE * evidence.words as f32;
    if strong { tongue.code() } else { code }
}

/// The beginning of a paragraph.
fn sample<'t>(text: &'t str, paragraph: &Paragraph) -> &'t str {
    let text = paragraph.span.of(text);
    &text[..text.floor_char_boundary(SAMPLE)]
}

/// The probability that the best is right, from its margin: a logistic curve through what was measured on sentences of four
/// languages (of those at 0.7 about 7 in 10 are right, from 0.9 on more than 99 in 100).
fn confidence(margin: f32) -> f32 {
    1.0 / (1.0 + (-0.8 * margin).exp())
}

#[cfg(test)]
mod tests {
    use dixit_text::Span;

    use super::*;
    use dixit_document::ParagraphKind;

    fn detect(text: &str) -> Language {
        let mut document = Document::new("a", text).unwrap();
        let mut start = 0;
        let mut paragraphs = Vec::new();
        for part in text.split("\n\n") {
            paragraphs.push(Paragraph { span: Span::new(start, start + part.len()), kind: ParagraphKind::Body });
            start += part.len() + 2;
        }
        document.set_paragraphs(paragraphs);
        LanguageDetector::new().annotate(&mut document).unwrap();
        document.language().unwrap().clone()
    }

    use LanguageCode::{En, Fr, Und};

    #[test]
    fn tells_english_french_and_neither() {
        for (text, code) in [
            ("The delegations met on Monday for talks.", En),
            ("Les délégations se sont rencontrées lundi.", Fr),
            ("Las delegaciones se reunieron el lunes para hablar de la paz.", Und),
            ("De delegaties kwamen maandag bijeen voor overleg.", Und),
            ("Die Delegationen trafen sich am Montag zu Gesprächen.", Und),
            ("Переговоры начались в понедельник.", Und),
            ("huh?", En),
            ("L'accord n'a pas été signé.", Fr),
        ] {
            assert_eq!(detect(text).code, code, "{text}");
        }
    }

    #[test]
    fn a_text_without_letters_is_of_no_language() {
        for text in ["", "12 345 !", "…"] {
            let language = detect(text);
            assert_eq!((language.code, language.confidence), (Und, 0.0));
        }
    }

    #[test]
    fn marks_a_paragraph_of_another_language() {
        let text = "Le ministre a réagi mardi dans un communiqué publié à Bruxelles.\n\n\
            We have always said that there is no alternative to talks with the rebels.\n\n\
            Il n'a pas voulu en dire plus sur les négociations en cours.\n\nNairobi, 3 mai";
        assert_eq!(detect(text).paragraphs, [Fr, En, Fr, Fr]);
    }

    #[test]
    fn below_the_minimum_confidence_a_document_is_of_no_language() {
        let detector = LanguageDetector::new().with_minimum_confidence(0.9);
        assert_eq!(detector.decide(&detector.evidence("Nairobi")).0, Und);
        assert_eq!(detector.decide(&detector.evidence("The talks will go on until the end of the month.")).0, En);
    }
}
