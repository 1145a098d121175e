//! The annotator of the layer `subwords`.

use dixit_document::{AnnotateError, Annotator, Document, Layer, Subwords};
use dixit_text::{Span, containing};
use tokenizers::Tokenizer;
use unicode_normalization::char::is_combining_mark;

/// Adds the pieces of a Hugging Face tokenizer.
///
/// Each paragraph is encoded by itself; what the model wants around a text, as `[CLS]` and `[SEP]`, stands around the whole of them. A truncation
/// or padding in the tokenizer's file is not followed: no piece is dropped, and none is made up.
pub struct SubwordTokenizer {
    name: String,
    tokenizer: Tokenizer,
    /// The ids that stand in front of a text, and behind it.
    around: [Vec<u32>; 2],
}

/// Why a tokenizer cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SubwordError {
    /// The file is no `tokenizer.json`.
    #[error("not a Hugging Face `tokenizer.json`: {0}")]
    Parse(#[source] tokenizers::Error),
    /// The tokenizer cannot be trained.
    #[error("could not train the tokenizer: {0}")]
    Train(#[source] tokenizers::Error),
}

impl SubwordTokenizer {
    /// The tokenizer of the content of a `tokenizer.json`; records call it `name`.
    ///
    /// # Errors
    /// [`SubwordError::Parse`] if it is none.
    pub fn from_json(name: &str, json: &[u8]) -> Result<Self, SubwordError> {
        let mut tokenizer = Tokenizer::from_bytes(json).map_err(SubwordError::Parse)?;
        tokenizer.with_truncation(None).map_err(SubwordError::Parse)?;
        tokenizer.with_padding(None);
        let around = around(&tokenizer).map_err(SubwordError::Parse)?;
        Ok(Self { name: name.to_owned(), tokenizer, around })
    }
}

impl Annotator for SubwordTokenizer {
    fn requires(&self) -> &'static [Layer] {
        &[Layer::Paragraphs, Layer::Tokens]
    }

    fn provides(&self) -> &'static [Layer] {
        &[Layer::Subwords]
    }

    fn annotate(&self, document: &mut Document) -> Result<(), AnnotateError> {
        let tokens = document.tokens()?;
        let text = document.text();
        let mut subwords = Subwords { tokenizer: self.name.clone(), ..Subwords::default() };
        let [front, behind] = &self.around;
        add_special(&mut subwords, front, 0);
        for paragraph in document.paragraphs()? {
            let inner = paragraph.span.of(text);
            let encoding = self.tokenizer.encode(inner, false).map_err(AnnotateError::Failed)?;
            let spans = whole(inner, encoding.get_offsets());
            for (&id, (start, end)) in encoding.get_ids().iter().zip(spans) {
                let span = Span::new(paragraph.span.start() + start, paragraph.span.start() + end);
                let visible = span.trim(text);
                let word = if visible.is_empty() { None } else { containing(tokens, visible.start()) };
                subwords.ids.push(id);
                subwords.spans.push(span);
                subwords.words.push(word.map(|index| index as u32));
                subwords.special.push(false);
            }
        }
        add_special(&mut subwords, behind, text.len());
        document.set_subwords(subwords);
        Ok(())
    }
}

/// The offsets, in bytes, with the marks and letters right behind a piece that are in no other.
///
/// Where a normaliser takes marks away, or makes one letter of a letter and its marks (or of two letters, as in Korean), the library gives the place
/// of the first alone.
fn whole(text: &str, offsets: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let with_rest = |index: usize, (start, end): (usize, usize)| {
        let next = offsets[index + 1..].iter().find(|&&(_, other)| other > end).map(|&(start, _)| start.max(end));
        let rest =
            text[end..next.unwrap_or(text.len())].chars().take_while(|&c| is_combining_mark(c) || c.is_alphanumeric());
        (start, if start == end { end } else { end + rest.map(char::len_utf8).sum::<usize>() })
    };
    offsets.iter().enumerate().map(|(index, &offsets)| with_rest(index, offsets)).collect()
}

/// Adds pieces that stand for no text, at the byte `at`.
fn add_special(subwords: &mut Subwords, ids: &[u32], at: usize) {
    for &id in ids {
        subwords.ids.push(id);
        subwords.spans.push(Span::new(at, at));
        subwords.words.push(None);
        subwords.special.push(true);
    }
}

/// What the tokenizer puts in front of a text and behind it.
fn around(tokenizer: &Tokenizer) -> Result<[Vec<u32>; 2], tokenizers::Error> {
    let encoding = tokenizer.encode("a", true)?;
    let special = |&(&mask, _): &(&u32, &u32)| mask == 1;
    let pieces = || encoding.get_special_tokens_mask().iter().zip(encoding.get_ids());
    let front: Vec<u32> = pieces().take_while(special).map(|(_, &id)| id).collect();
    let mut behind: Vec<u32> = pieces().skip(front.len()).rev().take_while(special).map(|(_, &id)| id).collect();
    behind.reverse();
    Ok([front, behind])
}

#[cfg(test)]
mod tests {
    use dixit_document::{Paragraph, ParagraphKind};

    use super::*;
    use crate::{Kind, train};

    fn annotated(text: &str, tokens: Vec<Span>) -> Subwords {
        let json =
            train(&["Léa Martin a déclaré 🤝 que le dialogue continue. The talks go on."], Kind::Bpe, 400).unwrap();
        let tokenizer = SubwordTokenizer::from_json("test", &json).unwrap();
        let mut document = Document::new("a", text).unwrap();
        let paragraph = Paragraph { span: Span::new(0, text.len()), kind: ParagraphKind::Body };
        document.set_paragraphs(vec![paragraph]);
        document.set_tokens(tokens);
        tokenizer.annotate(&mut document).unwrap();
        document.subwords().unwrap().clone()
    }

    #[test]
    fn pieces_cover_the_text_and_name_their_words() {
        let text = "🤝 Léa e\u{301}té";
        let tokens = vec![Span::new(0, 4), Span::new(5, 9), Span::new(10, text.len())];
        let subwords = annotated(text, tokens);
        let covered: usize =
            (0..text.len()).filter(|&byte| subwords.spans.iter().any(|span| span.contains(byte))).count();
        assert_eq!(covered, text.chars().filter(|c| !c.is_whitespace()).map(char::len_utf8).sum::<usize>());
        assert!(subwords.spans.iter().all(|span| span.get(text).is_some()));
        assert_eq!(subwords.words.first(), Some(&Some(0)));
        assert_eq!(subwords.words.last(), Some(&Some(2)));
    }

    #[test]
    fn follows_no_truncation() {
        let json = train(&["a b c"], Kind::Bpe, 300).unwrap();
        let mut tokenizer = Tokenizer::from_bytes(&json).unwrap();
        let truncation = tokenizers::TruncationParams { max_length: 2, ..Default::default() };
        tokenizer.with_truncation(Some(truncation)).unwrap();
        let json = tokenizer.to_string(false).unwrap();
        let tokenizer = SubwordTokenizer::from_json("test", json.as_bytes()).unwrap();
        assert!(tokenizer.tokenizer.encode("a b c a b c", false).unwrap().len() >= 6);
    }

    #[test]
    fn refuses_what_is_no_tokenizer() {
        let error = SubwordTokenizer::from_json("test", b"{}").map(|_| ()).unwrap_err().to_string();
        assert!(error.starts_with("not a Hugging Face `tokenizer.json`"), "{error}");
    }

    #[test]
    fn training_twice_gives_the_same_bytes() {
        let texts = ["Le dialogue continue à Bamako.", "The talks in Bamako go on and on."];
        assert_eq!(train(&texts, Kind::Bpe, 320).unwrap(), train(&texts, Kind::Bpe, 320).unwrap());
    }
}
