//! French words: elision, inversion, compounds, times of day.

use dixit_text::Span;

use crate::characters::{is_apostrophe, is_hyphen};
use crate::english::{joins_stop, with_lower};
use crate::lexicon::{French, Lexicon};
use crate::scanner::Dialect;

/// The enclitics that one verb may carry: `donne-le-moi`.
const MOST_ENCLITICS: usize = 3;
/// The longest entry of the lists of whole words and compounds, in bytes.
const LONGEST: usize = 32;

/// The rules of French words.
pub(crate) struct FrenchWords<'l> {
    pub(crate) lexicon: &'l Lexicon,
    pub(crate) french: &'l French,
}

impl Dialect for FrenchWords<'_> {
    fn joins(&self, before: &str, mark: char, after: &str) -> bool {
        let last = before.chars().next_back().unwrap_or(' ');
        let next = after.chars().next().unwrap_or(' ');
        let digits = last.is_ascii_digit() && next.is_ascii_digit();
        match mark {
            '.' => joins_stop(before, last, next, after),
            ',' | ':' => digits,
            '/' => last.is_ascii_digit() || next.is_ascii_digit() || is_code(before),
            '@' => true,
            '&' => last.is_uppercase() && next.is_uppercase(),
            c => is_apostrophe(c) || is_hyphen(c),
        }
    }

    /// The apostrophe of `l'« armée »`, the degree of `n°`.
    fn takes(&self, word: &str, mark: char, after: &str) -> bool {
        match mark {
            '°' => matches!(word, "n" | "N") && !after.starts_with(char::is_alphabetic),
            c => is_apostrophe(c) && self.is_elision(word) && elides_before(after),
        }
    }

    fn opens_word(&self, _after: &str) -> bool {
        false
    }

    fn split(&self, text: &str, word: Span, tokens: &mut Vec<Span>) {
        let surface = word.of(text);
        if surface.as_bytes()[0].is_ascii_digit() {
            self.split_number(word, surface, tokens);
        } else if surface.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            tokens.push(word);
        } else {
            self.split_word(text, word, tokens);
        }
    }

    fn lexicon(&self) -> &Lexicon {
        self.lexicon
    }

    fn writes_french_numbers(&self) -> bool {
        true
    }
}

impl FrenchWords<'_> {
    /// `20h30` is three tokens, `5km` two.
    fn split_number(&self, word: Span, surface: &str, tokens: &mut Vec<Span>) {
        let number = surface.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(surface.len());
        let unit = &surface[number..];
        let minutes = unit.strip_prefix(['h', 'H']);
        let is_time = number <= 2
            && minutes.is_some_and(|rest| rest.len() <= 2 && rest.bytes().all(|byte| byte.is_ascii_digit()));
        let middle = word.start() + number;
        if is_time {
            tokens.push(Span::new(word.start(), middle));
            tokens.push(Span::new(middle, middle + 1));
            if middle + 1 < word.end() {
                tokens.push(Span::new(middle + 1, word.end()));
            }
        } else if self.french.units.contains(unit) {
            tokens.push(Span::new(word.start(), middle));
            tokens.push(Span::new(middle, word.end()));
        } else {
            tokens.push(word);
        }
    }

    fn split_word(&self, text: &str, word: Span, tokens: &mut Vec<Span>) {
        let mut start = word.start();
        while let Some(cut) = self.elision(&text[start..word.end()]) {
            tokens.push(Span::new(start, start + cut));
            start += cut;
        }
        let mut cuts = [0; MOST_ENCLITICS];
        let (mut count, mut end) = (0, word.end());
        while count < MOST_ENCLITICS {
            let Some(cut) = self.inversion(&text[start..end]) else { break };
            end = start + cut;
            cuts[count] = end;
            count += 1;
        }
        for &cut in cuts[..count].iter().rev() {
            tokens.push(Span::new(start, cut));
            start = cut;
        }
        tokens.push(Span::new(start, word.end()));
    }

    fn is_elision(&self, word: &str) -> bool {
        word.len() <= LONGEST && with_lower(word, |lower| self.french.elisions.contains(lower))
    }

    /// Where the word behind `l'` begins.
    fn elision(&self, word: &str) -> Option<usize> {
        let (apostrophe, mark) = word.char_indices().take(12).find(|&(_, c)| is_apostrophe(c))?;
        let end = apostrophe + mark.len_utf8();
        (end < word.len() && self.is_elision(&word[..apostrophe]) && !self.is_whole(word)).then_some(end)
    }

    /// Whether `word` stays whole in spite of its apostrophe.
    fn is_whole(&self, word: &str) -> bool {
        word.len() <= LONGEST && with_lower(&word.replace('’', "'"), |lower| self.french.whole_words.contains(lower))
    }

    /// Where `-t-il`, `-moi`, `-là` begins at the end of `word`.
    fn inversion(&self, word: &str) -> Option<usize> {
        let (cut, mark) = word.char_indices().rev().take(6).find(|&(_, c)| is_hyphen(c))?;
        let tail = &word[cut + mark.len_utf8()..];
        let before = &word[..cut];
        let capitals = before.ends_with(char::is_uppercase);
        if before.is_empty()
            || !(capitals || tail.starts_with(char::is_lowercase))
            || !with_lower(tail, |lower| self.french.enclitics.contains(lower))
            || word.len() <= LONGEST && with_lower(word, |lower| self.french.compounds.contains(lower))
        {
            return None;
        }
        let verb = before.strip_suffix(['t', 'T']).filter(|verb| verb.ends_with(is_hyphen));
        let (hyphen, _) = verb.and_then(|verb| verb.char_indices().next_back()).unwrap_or((cut, mark));
        (hyphen > 0).then_some(hyphen)
    }
}

/// Whether `word` is a code and no word, so that a slash behind it is part of it: `IIb/IIIa`.
fn is_code(word: &str) -> bool {
    let mut characters = word.chars().rev().take(3);
    let last = characters.next().is_some_and(char::is_lowercase);
    last && characters.filter(|c| c.is_uppercase()).count() == 2
}

/// Whether an elided word may stand in front of `after`: of a quotation mark, or, by a slip, of a space and a vowel.
fn elides_before(after: &str) -> bool {
    match after.strip_prefix([' ', '\u{a0}', '\u{202f}']) {
        Some(next) => next.chars().next().is_some_and(|c| "aeiouyhàâéèêëîïôœûAEIOUYHÀÂÉÈÊËÎÏÔŒÛ".contains(c)),
        None => !after.starts_with(char::is_whitespace),
    }
}
