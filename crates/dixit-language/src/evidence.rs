//! How much speaks for each tongue in a stretch of text.

use crate::lexicon::Lexicon;
use crate::tongue::Tongue;

/// The longest function word, in bytes.
const LONGEST: usize = 16;
/// What a function word weighs that only one tongue has.
const WORD: f32 = 2.0;
/// What a group of letters weighs.
const LETTERS: f32 = 0.6;

/// The weight of the evidence for each tongue, and how much text it is from.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Evidence {
    pub(crate) weights: [f32; Tongue::COUNT],
    /// Words of letters.
    pub(crate) words: u32,
    /// Letters of the Latin script.
    pub(crate) latin: u32,
    /// Letters of other scripts.
    pub(crate) other: u32,
}

impl Evidence {
    /// Gathers the evidence of function words in `text`.
    pub(crate) fn of_words(text: &str, lexicon: &Lexicon) -> Self {
        let mut evidence = Self::default();
        let mut word = Word::default();
        let mut apostrophe = false;
        for c in text.chars() {
            if c.is_ascii_alphabetic() || (!c.is_ascii() && c.is_alphabetic()) {
                if is_latin(c) {
                    evidence.latin += 1;
                } else {
                    evidence.other += 1;
                }
                word.push(c);
                continue;
            }
            let mark = matches!(c, '\'' | '’');
            evidence.count(&mut word, apostrophe, mark, lexicon);
            apostrophe = mark;
        }
        evidence.count(&mut word, apostrophe, false, lexicon);
        evidence
    }

    /// Counts a word that has ended: `before` and `after` say whether an apostrophe stands there.
    fn count(&mut self, word: &mut Word, before: bool, after: bool, lexicon: &Lexicon) {
        if word.length == 0 {
            return;
        }
        self.words += 1;
        if let Some(form) = word.form(before, after) {
            let tongues = lexicon.tongues_of(form);
            let share = WORD / tongues.count_ones().max(1) as f32;
            for tongue in Tongue::ALL {
                if tongues & (1 << tongue as u8) != 0 {
                    self.weights[tongue as usize] += share;
                }
            }
        }
        *word = Word::default();
    }

    /// Adds the evidence of letters.
    pub(crate) fn add_letters(&mut self, text: &str, lexicon: &Lexicon) {
        for tongue in lexicon.letters_in(&text.to_lowercase()) {
            self.weights[tongue as usize] += LETTERS;
        }
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (sum, weight) in self.weights.iter_mut().zip(other.weights) {
            *sum += weight;
        }
        self.words += other.words;
        self.latin += other.latin;
        self.other += other.other;
    }

    /// Whether most letters are of another script than ours.
    pub(crate) fn is_foreign_script(&self) -> bool {
        self.other > self.latin
    }

    /// The tongue that most speaks for, and by how much more than for the next.
    pub(crate) fn best(&self) -> (Tongue, f32) {
        let mut best = (Tongue::English, f32::MIN);
        let mut second = f32::MIN;
        for tongue in Tongue::ALL {
            let weight = self.weights[tongue as usize];
            if weight > best.1 {
                second = best.1;
                best = (tongue, weight);
            } else if weight > second {
                second = weight;
            }
        }
        (best.0, best.1 - second)
    }
}

fn is_latin(c: char) -> bool {
    c.is_ascii() || matches!(c, '\u{AA}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' | '\u{300}'..='\u{36F}')
}

/// A word in lower case, with room for an apostrophe on both sides.
#[derive(Default)]
struct Word {
    bytes: [u8; LONGEST + 2],
    length: usize,
}

impl Word {
    fn push(&mut self, c: char) {
        let mut utf8 = [0; 4];
        let lower = if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) };
        let encoded = lower.encode_utf8(&mut utf8).as_bytes();
        if self.length + encoded.len() <= LONGEST {
            self.bytes[1 + self.length..1 + self.length + encoded.len()].copy_from_slice(encoded);
        }
        self.length += encoded.len();
    }

    /// The word as the data writes it: with the apostrophe behind (`l'`) or, for what is short, before it (`'s`).
    fn form(&mut self, before: bool, after: bool) -> Option<&str> {
        if self.length > LONGEST {
            return None;
        }
        let mut range = 1..=self.length;
        if after {
            self.bytes[1 + self.length] = b'\'';
            range = 1..=self.length + 1;
        } else if before && self.length <= 2 {
            self.bytes[0] = b'\'';
            range = 0..=self.length;
        }
        std::str::from_utf8(&self.bytes[range]).ok()
    }
}
