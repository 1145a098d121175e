//! Finds the signature of a quotation: the line behind it that names who said it.

use dixit_document::{AnnotateError, Document, EntityLabel};
use dixit_text::Span;

use crate::finder::Draft;

/// The most words of a name that signs.
const NAME: usize = 8;
/// The most bytes of a line that signs.
const LINE: usize = 120;

/// Gives each quote that has neither cue nor source, and ends its paragraph, the name that the next paragraph is signed with.
///
/// *Finds* a dash and the name of somebody or of a body. *Example en*: `— Amina Sow, teacher`. *Example fr*: `— Préfecture du Nord`.
/// *Leaves alone* what is a sentence, as dialogue is: `— Je n'en sais rien.`
pub(crate) fn sign(document: &Document, drafts: &mut [Draft]) -> Result<(), AnnotateError> {
    let (text, paragraphs, entities) = (document.text(), document.paragraphs()?, document.entities()?);
    let speaks = |name: Span| {
        let first = entities.partition_point(|entity| entity.span.end() <= name.start());
        let near = entities[first..].iter().take_while(|entity| entity.span.start() < name.end());
        near.into_iter().any(|entity| matches!(entity.label, EntityLabel::Person | EntityLabel::Organization))
    };
    let unsigned = |draft: &&mut Draft| draft.cue.is_none() && draft.source.is_none();
    for draft in drafts.iter_mut().filter(unsigned) {
        let Some(end) = draft.content.last().map(|content| content.end()) else { continue };
        let own = paragraphs.partition_point(|paragraph| paragraph.span.end() < end);
        let ends = paragraphs.get(own).is_some_and(|own| !text[end..own.span.end()].contains(char::is_alphanumeric));
        let next = paragraphs.get(own + 1).filter(|next| ends && next.kind.is_article());
        draft.source = next.and_then(|next| signature(text, next.span)).filter(|&name| speaks(name));
    }
    Ok(())
}

/// The name in a line that is one behind a dash.
fn signature(text: &str, line: Span) -> Option<Span> {
    let whole = line.of(text);
    let signed = whole.strip_prefix(['—', '–', '―'])?.trim();
    let is_sentence = signed.ends_with(['.', '!', '?', '…', ':']) || signed.contains(['«', '“', '"', '\n']);
    let name = signed.split([',', '(', ';']).next()?.trim_end();
    let named = signed.len() <= LINE
        && name.starts_with(char::is_uppercase)
        && name.split_whitespace().count() <= NAME
        && !is_sentence;
    let start = line.start() + whole.find(name)?;
    named.then(|| Span::new(start, start + name.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(line: &str) -> Option<&str> {
        signature(line, Span::new(0, line.len())).map(|name| name.of(line))
    }

    #[test]
    fn a_dash_and_a_name_sign() {
        assert_eq!(signed("— Stéphanie, témoin"), Some("Stéphanie"));
        assert_eq!(signed("– Préfecture des Bouches-du-Rhône"), Some("Préfecture des Bouches-du-Rhône"));
        assert_eq!(signed("― Amina Sow (teacher)"), Some("Amina Sow"));
    }

    #[test]
    fn a_line_of_dialogue_does_not() {
        for line in [
            "— Je n'en sais rien.",
            "— et puis rien",
            "Amina Sow",
            "- Ceasefire talks",
            "— Oui, dit-elle, « peut-être »",
            "—",
            "",
        ] {
            assert_eq!(signed(line), None, "{line}");
        }
    }
}
