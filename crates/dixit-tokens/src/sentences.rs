//! Cuts the words of a paragraph into sentences.
//!
//! A sentence ends at a terminal mark with what closes it behind, unless an abbreviation owns the full stop or the text goes on;
//! at the end of a line that its author ended; and at a few marks that end one by the treebanks' custom.

use dixit_document::LanguageCode;
use dixit_text::Span;

use crate::abbreviations::{is_acronym, looks_abbreviated};
use crate::characters::{is_apostrophe, is_closer, is_straight_quote, is_terminal};
use crate::lexicon::{Abbreviation, Lexicon};
use crate::lines::Lines;

/// The length from which a run of one mark is a line drawn across the text.
const RULE: usize = 10;

/// The words of one paragraph, which are cut into sentences.
pub(crate) struct Paragraph<'p> {
    /// The text of the document.
    pub(crate) text: &'p str,
    /// Where the paragraph stands.
    pub(crate) span: Span,
    /// Its words.
    pub(crate) tokens: &'p [Span],
    /// What is known about the words of its language.
    pub(crate) lexicon: &'p Lexicon,
    /// Its language.
    pub(crate) language: LanguageCode,
}

impl Paragraph<'_> {
    /// Adds the sentences of the paragraph to `sentences`.
    pub(crate) fn cut(&self, sentences: &mut Vec<Span>) {
        let mut lines = Lines::new(self.text, self.span);
        let (mut first, mut index, mut in_quote) = (0, 0, false);
        while index < self.tokens.len() {
            let (end, ends) = self.end_at(first, index, in_quote);
            in_quote ^= (index..=end).filter(|&index| self.surface(index) == "\"").count() % 2 == 1;
            let breaks = lines.as_mut().is_some_and(|lines| lines.breaks(self.tokens, index..end + 1));
            if (ends || breaks) && end + 1 < self.tokens.len() {
                sentences.push(self.tokens[first].to(self.tokens[end]));
                first = end + 1;
            }
            index = end + 1;
        }
        if let Some(&last) = self.tokens.last() {
            sentences.push(self.tokens[first].to(last));
        }
    }

    fn surface(&self, index: usize) -> &str {
        self.tokens[index].of(self.text)
    }

    /// The first character of the word at `index`, or a space.
    fn initial(&self, index: usize) -> char {
        self.surface(index).chars().next().unwrap_or(' ')
    }

    /// Whether white space stands between the word at `index` and the next.
    fn is_free_behind(&self, index: usize) -> bool {
        self.tokens.get(index + 1).is_none_or(|next| next.start() > self.tokens[index].end())
    }

    /// The index of the last of the words that belong together with the one at `index`, and whether they end a sentence that
    /// began at `first`. `in_quote` says whether an odd number of straight quotation marks stands before.
    fn end_at(&self, first: usize, index: usize, in_quote: bool) -> (usize, bool) {
        let word = self.surface(index);
        let last = word.as_bytes().last().copied().unwrap_or_default();
        if last.is_ascii_alphanumeric() || !word.ends_with(is_terminal) {
            return (index, self.ends_by_custom(index, last));
        }
        if word.chars().all(is_terminal) {
            let end = self.closers(index, in_quote);
            let next = end + 1;
            return (end, next < self.tokens.len() && !self.goes_on(first, index, end));
        }
        let end = if self.tokens.get(index + 1).is_some_and(|next| next.of(self.text) == ".") {
            index
        } else {
            self.closers(index, in_quote)
        };
        let next = end + 1;
        (end, next < self.tokens.len() && self.ends_after_abbreviation(index, next))
    }

    /// Whether the word at `index` ends a sentence without a terminal mark: a semicolon before a capital in French, an address
    /// or a rule before the start of another sentence, an emoticon.
    fn ends_by_custom(&self, index: usize, last: u8) -> bool {
        let word = self.surface(index);
        let Some(next) = self.tokens.get(index + 1).map(|next| next.of(self.text)) else { return false };
        if word.len() == 1 {
            let semicolon = last == b';' && self.language == LanguageCode::Fr;
            return semicolon && next.starts_with(char::is_uppercase) && self.lexicon.is_starter(elided(next));
        }
        let is_rule = word.len() >= RULE && matches!(last, b'=' | b'_' | b'*' | b'-');
        let is_emoticon = word.len() < 4 && matches!(last, b')' | b'(') && word.starts_with([':', ';', '=']);
        if is_rule || is_emoticon {
            return next.starts_with(|c: char| c.is_uppercase() || is_straight_quote(c));
        }
        word.len() > RULE && is_address(word) && (self.lexicon.is_starter(elided(next)) || next.starts_with("http"))
    }

    /// The index of the last word that closes the sentence that the terminal mark at `index` ends: further terminal marks,
    /// quotation marks and brackets, and references such as `[3]`.
    fn closers(&self, index: usize, in_quote: bool) -> usize {
        let mut end = index;
        while end + 1 < self.tokens.len() {
            let step = if self.closes(index, end + 1, in_quote) { 1 } else { self.reference(end + 1) };
            if step == 0 {
                break;
            }
            end += step;
        }
        end
    }

    /// Whether the mark at `index` closes what the terminal mark at `terminal` ends.
    fn closes(&self, terminal: usize, index: usize, in_quote: bool) -> bool {
        let touches = !self.is_free_behind(index - 1);
        let mark = self.surface(index);
        let mut characters = mark.chars();
        let (Some(c), rest) = (characters.next(), characters.as_str()) else { return false };
        if is_terminal(c) {
            return mark.chars().all(is_terminal) && (touches || index == terminal + 1 && c != '…' && rest.is_empty());
        }
        let next = self.tokens.get(index + 1).map(|next| next.of(self.text));
        let stands_free =
            self.is_free_behind(index) || next.is_none_or(|next| !next.starts_with(char::is_alphanumeric));
        rest.is_empty()
            && match c {
                '»' | '›' => true,
                c if is_closer(c) => touches,
                '"' if !touches => in_quote && index == terminal + 1 && self.is_free_behind(index),
                c => is_straight_quote(c) && touches && stands_free,
            }
    }

    /// The number of words of a reference at `index` that stands behind a full stop: `[3]`, `[...]`, `[citation needed]`.
    fn reference(&self, index: usize) -> usize {
        if self.surface(index) != "[" {
            return 0;
        }
        let inner = |index: usize| self.tokens.get(index).map_or("", |span| span.of(self.text));
        let first = inner(index + 1);
        let is_number = first.len() < 4 && first.bytes().all(|byte| byte.is_ascii_digit());
        if inner(index + 2) == "]" && (is_number || matches!(first, "..." | "…")) {
            return 3;
        }
        (4..7).find(|&count| inner(index + count - 1) == "]" && inner(index + count - 2) == "needed").unwrap_or(0)
    }

    /// Whether a sentence that began at `first` goes on behind the terminal mark at `index` with closers up to `end`.
    fn goes_on(&self, first: usize, index: usize, end: usize) -> bool {
        let next = end + 1;
        let following = self.surface(next);
        let c = self.initial(next);
        let touches = !self.is_free_behind(end);
        if touches && end == index && (c.is_alphanumeric() || matches!(c, ',' | ';' | ':' | ')' | '-')) {
            // `over.The`: a space was forgotten, unless what follows is no sentence.
            return !c.is_uppercase();
        }
        if matches!(c, ',' | ';' | ':' | ')' | ']' | '%' | '–' | '—') && end > index
            || matches!(c, ',' | ';' | ':' | ')' | ']')
        {
            return true;
        }
        if following == "-" && touches || self.is_all_of_bracket(index, end) {
            return true;
        }
        if c.is_lowercase() { self.goes_on_in_lower_case(first, index, end) } else { self.names_speaker(index, end) }
    }

    /// Whether the terminal mark at `index` is all that stands in a bracket: `(...)`, `(?)`.
    fn is_all_of_bracket(&self, index: usize, end: usize) -> bool {
        end == index + 1
            && index > 0
            && matches!(self.surface(index - 1), "(" | "[")
            && matches!(self.surface(index + 1), ")" | "]")
    }

    /// Whether a word in lower case behind a terminal mark goes on with the sentence. A full stop ends one all the same, and in
    /// English a question mark does; behind a closing mark, or three dots, it goes on.
    fn goes_on_in_lower_case(&self, first: usize, index: usize, end: usize) -> bool {
        let mark = self.surface(index);
        let before = if index > first { self.surface(index - 1) } else { "" };
        if end > index || mark.len() > 1 && !mark.starts_with(['!', '?']) {
            return true;
        }
        match mark.chars().next() {
            Some('.') => looks_abbreviated(before),
            Some('?') => self.language != LanguageCode::En,
            // `Yahoo! said`
            _ => self.language != LanguageCode::En || before.starts_with(char::is_uppercase),
        }
    }

    /// Whether a quotation ends at `end` with `?` or `!`, and who speaks follows: `“Why?” Keita asked.`
    fn names_speaker(&self, index: usize, end: usize) -> bool {
        let is_quote = |c: char| is_closer(c) && !matches!(c, ')' | ']' | '}') || is_straight_quote(c);
        end > index
            && self.surface(index).ends_with(['!', '?'])
            && self.surface(end).starts_with(is_quote)
            && (end + 2..end + 4).any(|index| index < self.tokens.len() && self.lexicon.is_speech(self.surface(index)))
            && !self.lexicon.is_starter(self.surface(end + 1))
    }

    /// Whether a sentence ends behind the abbreviation at `index`; the word at `next` follows, perhaps behind closers.
    fn ends_after_abbreviation(&self, index: usize, next: usize) -> bool {
        let word = self.surface(index);
        let may_end = match self.lexicon.abbreviation(word) {
            Some(kind) => kind == Abbreviation::Final,
            None => is_acronym(word),
        };
        let is_item = word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let opens = matches!(self.initial(next), '"' | '“' | '«') && self.is_free_behind(next - 1);
        may_end && !is_item && (opens || self.lexicon.is_starter(elided(self.surface(next))))
    }
}

/// The word up to its apostrophe: `l'` of a word that was not cut.
fn elided(word: &str) -> &str {
    match word.char_indices().take(8).find(|&(at, c)| at > 0 && is_apostrophe(c)) {
        Some((at, c)) => &word[..at + c.len_utf8()],
        None => word,
    }
}

/// Whether `word` is a URL or an e-mail address.
fn is_address(word: &str) -> bool {
    word.starts_with("http") || word.starts_with("www.") || word.bytes().take(64).skip(1).any(|byte| byte == b'@')
}
