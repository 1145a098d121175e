//! What each paragraph is to the article.

use aho_corasick::AhoCorasick;
use dixit_document::ParagraphKind;
use dixit_text::Span;
use rustc_hash::FxHashSet;

use crate::pull_quotes::find_pull_quotes;

/// The longest headline, in characters.
const HEADLINE: usize = 160;
/// The longest byline that opens with `By`, in words.
const BYLINE: usize = 14;
/// The longest list of authors, in words.
const AUTHORS: usize = 60;
/// The longest paragraph that one phrase makes boilerplate, in characters.
const NOTICE: usize = 600;

/// What is known about kinds.
pub(crate) struct Kinds {
    notices: AhoCorasick,
    list_headings: FxHashSet<&'static str>,
    byline_openers: Vec<&'static str>,
    author_roles: FxHashSet<&'static str>,
}

impl Kinds {
    pub(crate) fn new() -> Self {
        let phrases = include_str!("../data/boilerplate.txt").lines();
        let builder = AhoCorasick::new(phrases);
        Self {
            notices: builder.unwrap_or_else(|error| unreachable!("the phrases are few and short: {error}")),
            list_headings: include_str!("../data/list_headings.txt").lines().collect(),
            byline_openers: include_str!("../data/byline_openers.txt").lines().collect(),
            author_roles: include_str!("../data/author_roles.txt").lines().collect(),
        }
    }

    /// The kind of each paragraph.
    pub(crate) fn of(&self, text: &str, spans: &[Span]) -> Vec<ParagraphKind> {
        let lower: Vec<String> = spans.iter().map(|span| normal(span.of(text))).collect();
        let mut kinds: Vec<_> = (0..spans.len()).map(|index| self.kind(index, text, spans, &lower)).collect();
        for index in find_pull_quotes(text, spans) {
            if kinds[index] == ParagraphKind::Body {
                kinds[index] = ParagraphKind::PullQuote;
            }
        }
        self.mark_lists(text, spans, &lower, &mut kinds);
        kinds
    }

    fn kind(&self, index: usize, text: &str, spans: &[Span], lower: &[String]) -> ParagraphKind {
        let (surface, lower) = (spans[index].of(text), lower[index].as_str());
        if self.is_byline(surface, lower) {
            ParagraphKind::Byline
        } else if self.is_notice(surface, lower) {
            ParagraphKind::Boilerplate
        } else if index == 0 && spans.len() > 1 && is_title(surface) {
            ParagraphKind::Headline
        } else {
            ParagraphKind::Body
        }
    }

    /// Finds `By Jane Doe`, `Par Léa Martin`, a date alone, an e-mail address, a list of authors with what they are.
    fn is_byline(&self, surface: &str, lower: &str) -> bool {
        let words = surface.split_whitespace().count();
        if words <= BYLINE
            && !ends_sentence(surface)
            && self.byline_openers.iter().any(|opener| opens_name(surface, lower, opener))
        {
            return true;
        }
        if words <= 2 && lower.contains('@') && !lower.contains(' ') && lower.contains('.') {
            return true;
        }
        is_dateline(surface) || self.is_author_list(surface, lower, words)
    }

    fn is_author_list(&self, surface: &str, lower: &str, words: usize) -> bool {
        if words > AUTHORS
            || !(4..=AUTHORS).contains(&words)
            || ends_sentence(surface)
            || surface.contains(['"', '“', '«', ':'])
        {
            return false;
        }
        let roles = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| self.author_roles.contains(word)).count();
        let capitals = surface.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count();
        roles > 0 && surface.contains(',') && capitals * 10 >= words * 6
    }

    fn is_notice(&self, surface: &str, lower: &str) -> bool {
        let is_url = !surface.contains(char::is_whitespace) && (lower.starts_with("http") || lower.starts_with("www."));
        is_url || (lower.len() <= NOTICE && !surface.contains(['“', '«', '"']) && self.notices.is_match(lower))
    }

    /// Behind `Related content` comes a list of titles, up to the first paragraph that is a sentence.
    fn mark_lists(&self, text: &str, spans: &[Span], lower: &[String], kinds: &mut [ParagraphKind]) {
        let mut in_list = false;
        for (index, span) in spans.iter().enumerate() {
            let heading = lower[index].trim_end_matches([':', ' ', '\u{a0}', '\u{202f}', '.']);
            if index > 0 && self.list_headings.contains(heading) {
                in_list = true;
            } else if in_list && !is_title(span.of(text)) {
                in_list = false;
            }
            if in_list {
                kinds[index] = ParagraphKind::Boilerplate;
            }
        }
    }
}

/// In lower case, with ASCII apostrophes.
fn normal(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.to_lowercase().replace('’', "'") }
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '»', ')', '’', '\u{a0}', '\u{202f}', ' ']).ends_with(['.', '…'])
}

/// Short, and not a sentence with its full stop.
fn is_title(text: &str) -> bool {
    text.chars().count() <= HEADLINE && !ends_sentence(text)
}

/// Whether `opener` stands before a name: `By Jane Doe`, not `By Friday, talks …`.
fn opens_name(surface: &str, lower: &str, opener: &str) -> bool {
    let Some(rest) = lower.strip_prefix(opener) else { return false };
    if !rest.starts_with([' ', ':', '\u{a0}']) {
        return false;
    }
    let names: Vec<_> = surface.split_whitespace().skip(opener.split(' ').count()).collect();
    let is_name =
        |word: &&str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || word.chars().count() <= 3;
    !names.is_empty() && names.iter().all(|word| is_name(word) || word.contains('@'))
}

/// A date or a place and a date alone, with a dash or full stop behind: `11 janvier 2016. –`, `KABUL, 3 May 2021`.
fn is_dateline(text: &str) -> bool {
    let words: Vec<_> = text.split_whitespace().collect();
    let year = |word: &&str| {
        let digits: String = word.chars().filter(char::is_ascii_digit).collect();
        digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
    };
    (2..=8).contains(&words.len())
        && words.iter().any(year)
        && text.trim_end_matches([' ', '\u{a0}']).ends_with(['–', '—', '-'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::split::split;

    fn kinds(text: &str) -> Vec<ParagraphKind> {
        Kinds::new().of(text, &split(text))
    }

    use ParagraphKind::{Body, Boilerplate, Byline, Headline, PullQuote};

    #[test]
    fn tells_the_parts_of_an_analysis() {
        let text = "Can talks help bring stability?\n\nBy Awa Diallo\n\nSince 2012 the country has faced a crisis with many drivers and sources. Nobody denies it.\n\n\
            Since 2012 the country has faced a crisis with many drivers and sources\n\n\
            The state must talk, said the mayor.\n\nAwa Diallo, Senior Researcher, and Oumar Keita, Research Officer, Sahel Office, ISS Dakar\n\n\
            This article was produced with the support of a fund.\n\nRelated content\n\nWhat next for the Sahel?";
        assert_eq!(
            kinds(text),
            [Headline, Byline, Body, PullQuote, Body, Byline, Boilerplate, Boilerplate, Boilerplate]
        );
    }

    #[test]
    fn distingue_les_parties_d_un_article() {
        let text = "Mali : le dialogue en question\n\nPar Léa Martin\n\n11 janvier 2016. –\n\nLe ministre a pris la parole hier.\n\nÀ lire aussi\n\nLe retour des médiateurs";
        assert_eq!(kinds(text), [Headline, Byline, Byline, Body, Boilerplate, Boilerplate]);
    }

    #[test]
    fn leaves_alone_what_only_looks_like_a_byline() {
        assert_eq!(kinds("Talks\n\nBy Friday the talks had failed.\n\nPar Dieu, il a menti."), [Headline, Body, Body]);
        assert_eq!(kinds("One paragraph alone"), [Body]);
    }

    #[test]
    fn a_quotation_is_not_boilerplate_for_its_words() {
        assert_eq!(kinds("Talks\n\n“Follow us on the road to peace,” he said."), [Headline, Body]);
    }

    #[test]
    fn every_data_file_is_sorted_without_duplicates() {
        for file in [
            include_str!("../data/author_roles.txt"),
            include_str!("../data/boilerplate.txt"),
            include_str!("../data/byline_openers.txt"),
            include_str!("../data/list_headings.txt"),
        ] {
            assert!(file.lines().is_sorted_by(|a, b| a < b));
        }
    }
}
