//! Documents of CoNLL-U: their texts, tokens and sentences. What else the format holds is passed over.

use std::collections::HashMap;

use dixit_record::{GoldDocument, GoldSpan};

use crate::CorpusError;

/// Sentences after which a document is cut, so that files without `# newdoc` have documents too.
const SENTENCES: usize = 40;

const WANTED: &str = "a word with ten columns is wanted";

/// A surface token and the words of which it is made, if they are listed.
struct Surface {
    form: String,
    words: Vec<String>,
    space_after: bool,
}

#[derive(Default)]
struct Builder {
    documents: Vec<GoldDocument>,
    /// How many documents each name has.
    parts: HashMap<String, usize>,
    /// The name of the last document, without its part.
    base: String,
    /// The name of the document that begins.
    name: Option<String>,
    sentence: Vec<Surface>,
    new_paragraph: bool,
    sentences: usize,
    length: u32,
    /// The last word of the open multiword token.
    up_to: u32,
}

/// The documents of the numbered lines: sentences are joined by a space, paragraphs by a blank line.
///
/// A multiword token whose words spell it out (`don't`) counts as its words, another (`du`) as one token. Empty nodes are
/// passed over. The id is the document's name, `#` and the number of the part.
pub(crate) fn read(
    lines: impl Iterator<Item = Result<(u64, String), CorpusError>>,
) -> Result<Vec<GoldDocument>, CorpusError> {
    let mut builder = Builder { base: "doc".to_owned(), ..Builder::default() };
    for line in lines {
        let (number, line) = line?;
        if let Some(rest) = line.strip_prefix("# newdoc") {
            builder.flush();
            let name = rest.split_once('=').map(|(_, name)| name.trim().to_owned());
            builder.name = Some(name.unwrap_or_else(|| format!("doc{}", builder.documents.len())));
        } else if line.starts_with("# newpar") {
            builder.flush();
            builder.new_paragraph = true;
        } else if line.trim().is_empty() {
            builder.flush();
            builder.up_to = 0;
        } else if !line.starts_with('#') {
            builder.word(&line).ok_or(CorpusError::Line { line: number, wanted: WANTED })?;
        }
    }
    builder.flush();
    Ok(builder.documents)
}

impl Builder {
    /// Adds the word of a line; `None` if it is not of the format.
    fn word(&mut self, line: &str) -> Option<()> {
        let columns: Vec<_> = line.split('\t').collect();
        let (&number, &form, misc) = (columns.first()?, columns.get(1)?, columns.get(9)?);
        if number.contains('.') {
            return Some(());
        }
        let surface = |words| Surface { form: form.to_owned(), words, space_after: !misc.contains("SpaceAfter=No") };
        if let Some((_, last)) = number.split_once('-') {
            self.up_to = last.parse().ok()?;
            self.sentence.push(surface(Vec::new()));
        } else if number.parse::<u32>().ok()? <= self.up_to {
            self.sentence.last_mut()?.words.push(form.to_owned());
        } else {
            self.sentence.push(surface(Vec::new()));
        }
        Some(())
    }

    /// Ends the sentence, if one is open.
    fn flush(&mut self) {
        if self.sentence.is_empty() {
            return;
        }
        if self.name.is_some() || self.documents.is_empty() || self.sentences == SENTENCES {
            self.begin();
        }
        let sentence = std::mem::take(&mut self.sentence);
        let document = self.documents.last_mut().expect("a document has begun");
        let (tokens, sentences) = (document.tokens.get_or_insert_default(), document.sentences.get_or_insert_default());
        let mut write = |text: &str, length: &mut u32| {
            document.text.push_str(text);
            *length += text.chars().count() as u32;
        };
        if self.length > 0 {
            write(if self.new_paragraph { "\n\n" } else { " " }, &mut self.length);
        }
        let (start, last) = (self.length, sentence.len() - 1);
        for (index, Surface { form, words, space_after }) in sentence.into_iter().enumerate() {
            let mut end = self.length;
            write(&form, &mut self.length);
            if words.len() > 1 && words.concat() == form {
                for word in words {
                    let start = end;
                    end += word.chars().count() as u32;
                    tokens.push(GoldSpan { start, end });
                }
            } else {
                tokens.push(GoldSpan { start: end, end: self.length });
            }
            if space_after && index < last {
                write(" ", &mut self.length);
            }
        }
        sentences.push(GoldSpan { start, end: self.length });
        self.new_paragraph = false;
        self.sentences += 1;
    }

    /// Begins a document: of the name that was read, else the next part of the last.
    fn begin(&mut self) {
        let name = self.name.take().unwrap_or_else(|| self.base.clone());
        name.split('#').next().unwrap_or_default().clone_into(&mut self.base);
        let part = self.parts.entry(name.clone()).or_default();
        let id = format!("{name}#{part}");
        *part += 1;
        self.documents.push(GoldDocument { id, ..GoldDocument::default() });
        (self.sentences, self.length) = (0, 0);
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::Corpus;

    fn documents(words: &[&str]) -> Vec<GoldDocument> {
        let lines = words.iter().map(|line| {
            let line = line.replace(' ', "\t");
            if line.is_empty() || line.starts_with('#') {
                line.replace('\t', " ") + "\n"
            } else {
                let (front, misc) = line.rsplit_once('\t').unwrap();
                format!("{front}{}\t{misc}\n", "\t_".repeat(7))
            }
        });
        Corpus::read(Path::new("a.conllu"), lines.collect::<String>().as_bytes()).unwrap().documents
    }

    fn spans(pairs: &[(u32, u32)]) -> Vec<GoldSpan> {
        pairs.iter().map(|&(start, end)| GoldSpan { start, end }).collect()
    }

    #[test]
    fn splits_contractions_that_spell_out_and_keeps_others() {
        let read = documents(&[
            "# newdoc id = é",
            "1-2 don't _",
            "1 do _",
            "2 n't _",
            "3 go SpaceAfter=No",
            "4 . _",
            "",
            "# newpar",
            "1 Vient _",
            "2-3 du _",
            "2 de _",
            "3 le _",
            "3.1 x _",
            "4 Mali _",
        ]);
        assert_eq!((read[0].id.as_str(), read[0].text.as_str()), ("é#0", "don't go.\n\nVient du Mali"));
        let tokens = spans(&[(0, 2), (2, 5), (6, 8), (8, 9), (11, 16), (17, 19), (20, 24)]);
        assert_eq!(read[0].tokens.as_deref(), Some(&tokens[..]));
        assert_eq!(read[0].sentences.as_deref(), Some(&spans(&[(0, 9), (11, 24)])[..]));
    }

    #[test]
    fn cuts_a_document_after_forty_sentences() {
        let read = documents(&["1 Oui _", ""].repeat(81));
        let ids: Vec<_> = read.iter().map(|document| document.id.as_str()).collect();
        assert_eq!(ids, ["doc#0", "doc#1", "doc#2"]);
        assert_eq!(read[1].sentences.as_ref().unwrap().len(), 40);
    }
}
