//! English words: clitics, contractions, hyphens, units.

use dixit_text::Span;

use crate::characters::{is_apostrophe, is_hyphen};
use crate::lexicon::{English, Lexicon};
use crate::scanner::Dialect;

/// The clitics that one word may carry: `wouldn't've`.
const MOST_CLITICS: usize = 3;

/// The rules of English words.
pub(crate) struct EnglishWords<'l> {
    pub(crate) lexicon: &'l Lexicon,
    pub(crate) english: &'l English,
}

impl Dialect for EnglishWords<'_> {
    fn joins(&self, before: &str, mark: char, after: &str) -> bool {
        let last = before.chars().next_back().unwrap_or(' ');
        let next = after.chars().next().unwrap_or(' ');
        let digits = last.is_ascii_digit() && next.is_ascii_digit();
        match mark {
            '.' => joins_stop(before, last, next, after),
            ',' => digits && joins_comma(before, after),
            ':' => digits,
            '/' => digits || self.joins_slash(before, after),
            '&' => last.is_uppercase() && next.is_uppercase(),
            '@' => true,
            c if is_apostrophe(c) => true,
            c if is_hyphen(c) => self.joins_hyphen(before, after),
            _ => false,
        }
    }

    fn takes(&self, word: &str, mark: char, after: &str) -> bool {
        match mark {
            '$' => with_lower(word, |lower| self.english.dollars.contains(lower)),
            c => is_hyphen(c) && is_cut_off(word, after),
        }
    }

    fn opens_word(&self, after: &str) -> bool {
        let end = after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len());
        let word = &after[..end];
        let decade = word.len() == 3 && word.ends_with('s') && word.as_bytes()[..2].iter().all(u8::is_ascii_digit);
        let year = word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_digit());
        let clitic_or_word =
            |lower: &str| self.english.apostrophe_words.contains(lower) || self.english.clitics.contains(lower);
        decade || year || with_lower(word, clitic_or_word)
    }

    fn split(&self, text: &str, word: Span, tokens: &mut Vec<Span>) {
        let surface = word.of(text);
        if let Some(parts) = self.contraction(surface) {
            let mut start = word.start();
            for part in parts.split('|') {
                tokens.push(Span::new(start, start + part.len()));
                start += part.len();
            }
            return;
        }
        if let Some(cut) = self.unit(surface) {
            tokens.push(Span::new(word.start(), word.start() + cut));
            tokens.push(Span::new(word.start() + cut, word.end()));
            return;
        }
        self.split_clitics(text, word, tokens);
    }

    fn lexicon(&self) -> &Lexicon {
        self.lexicon
    }

    fn writes_french_numbers(&self) -> bool {
        false
    }
}

impl EnglishWords<'_> {
    /// The parts of `cannot`, with a bar between.
    fn contraction(&self, word: &str) -> Option<&'static str> {
        if word.len() > 8 || !word.is_ascii() {
            return None;
        }
        with_lower(word, |lower| self.english.contractions.get(lower).copied())
    }

    /// Where the number ends in `5km`.
    fn unit(&self, word: &str) -> Option<usize> {
        if !word.as_bytes().first()?.is_ascii_digit() {
            return None;
        }
        let number = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | ':'))?;
        self.english.units.contains(&word[number..]).then_some(number)
    }

    fn split_clitics(&self, text: &str, word: Span, tokens: &mut Vec<Span>) {
        let mut cuts = [0; MOST_CLITICS];
        let (mut count, mut end) = (0, word.end());
        while count < MOST_CLITICS {
            let Some(cut) = self.clitic(&text[word.start()..end]) else { break };
            end = word.start() + cut;
            cuts[count] = end;
            count += 1;
        }
        let mut start = word.start();
        for &cut in cuts[..count].iter().rev() {
            tokens.push(Span::new(start, cut));
            start = cut;
        }
        tokens.push(Span::new(start, word.end()));
    }

    /// Where `'s`, `'re`, `n't` begins at the end of `word`.
    fn clitic(&self, word: &str) -> Option<usize> {
        let (apostrophe, mark) = word.char_indices().rev().take(4).find(|&(_, c)| is_apostrophe(c))?;
        if apostrophe == 0 || is_decade(word, apostrophe) {
            return None;
        }
        let tail = &word[apostrophe + mark.len_utf8()..];
        if tail.eq_ignore_ascii_case("t") && word[..apostrophe].ends_with(['n', 'N']) && apostrophe > 1 {
            return Some(apostrophe - 1);
        }
        with_lower(tail, |lower| self.english.clitics.contains(lower)).then_some(apostrophe)
    }

    /// `b/c`, `s/he` are one token; any other slash parts words.
    fn joins_slash(&self, before: &str, after: &str) -> bool {
        let end = after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len());
        before.len() < 8 && end < 8 && {
            let word = format!("{before}/{}", &after[..end]);
            with_lower(&word, |lower| self.english.slashed_words.contains(lower))
        }
    }

    /// A prefix keeps its word; a telephone number its parts; any other hyphen parts words.
    fn joins_hyphen(&self, before: &str, after: &str) -> bool {
        let part = before.rsplit(is_hyphen).next().unwrap_or(before);
        let next = &after[..after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len())];
        let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if number(part) && number(next) {
            return joins_numbers(part, next);
        }
        let alone = before.len() == part.len() && !after[next.len()..].starts_with(is_hyphen);
        alone && with_lower(part, |lower| self.english.prefixes.contains(lower))
    }
}

/// Whether two numbers with a hyphen between are one, as of a telephone or a case, and not a range.
fn joins_numbers(part: &str, next: &str) -> bool {
    match part.len() {
        1 => matches!(next.len(), 3 | 4),
        2 => next.len() == 3 || next.starts_with('0'),
        3 => matches!(next.len(), 3 | 4),
        4 => next.len() == 4 && (part.starts_with('0') || next.starts_with('0')),
        _ => next.len() == 4,
    }
}

/// Whether a comma between digits is one of thousands.
fn joins_comma(before: &str, after: &str) -> bool {
    let digits = |byte: &u8| byte.is_ascii_digit();
    let left = before.bytes().rev().take(4).take_while(digits).count();
    let right = after.bytes().take(4).take_while(digits).count();
    left < 4 && right == 3
}

/// Whether `word` is a decade, `1930's`, whose apostrophe parts nothing.
fn is_decade(word: &str, apostrophe: usize) -> bool {
    let number = &word[..apostrophe];
    matches!(number.len(), 2 | 4) && number.ends_with('0') && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether `word` was broken off by its speaker, so that the hyphen behind it is part of it: `th- that`.
fn is_cut_off(word: &str, after: &str) -> bool {
    if after.starts_with(|c: char| !c.is_whitespace() && !matches!(c, '.' | ',' | '?' | '!')) {
        return false;
    }
    let capitals = word.bytes().all(|byte| byte.is_ascii_uppercase());
    let letters = word.len() < 16 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let short = word.len() == 1 || word.len() == 2 && !capitals;
    let vowels = word.bytes().any(|byte| matches!(byte.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y'));
    let next = after.get(..32).unwrap_or(after).trim_start_matches([' ', '.', ',', '—', '–']);
    let again = next.len() > word.len() && next.as_bytes()[..word.len()].eq_ignore_ascii_case(word.as_bytes());
    letters && (short || !vowels && !capitals && word.len() < 5 || again)
}

/// Whether the full stop joins: in `3.5`, `U.S`, `example.org`, `Ph.D.`, but not where a space was forgotten: `over.The`.
pub(crate) fn joins_stop(before: &str, last: char, next: char, after: &str) -> bool {
    let part = before.rsplit(|c| c == '.' || is_apostrophe(c)).next().unwrap_or(before);
    match (last.is_ascii_digit(), next.is_ascii_digit()) {
        (true, true) => true,
        (true, false) => part.len() <= 2 || !next.is_uppercase(),
        (false, true) => part.len() <= 2,
        (false, false) => {
            let degree =
                part.len() < 4 && part.starts_with(char::is_uppercase) && after[next.len_utf8()..].starts_with('.');
            degree || !next.is_uppercase() || part.chars().count() == 1
        }
    }
}

/// Calls `look` with the word in lower case, without allocation for short ASCII.
pub(crate) fn with_lower<T>(word: &str, look: impl FnOnce(&str) -> T) -> T {
    let mut buffer = [0_u8; 32];
    if word.len() <= buffer.len() && word.is_ascii() {
        let lower = &mut buffer[..word.len()];
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        return look(std::str::from_utf8(lower).unwrap_or(word));
    }
    look(&word.to_lowercase())
}
