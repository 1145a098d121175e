//! All patterns of one language in one automaton, and the hits of it in a text.

use dixit_document::LanguageCode;
use dixit_text::Span;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::Topic;
use crate::class::Class;
use crate::pattern::{self, GAP, Part};
use crate::topic::Entry;
use crate::words::{push_lower_case, words_of};

/// What a pattern means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// An expression of the language, whatever the topic.
    General(Class),
    /// An entry of the topic with this index.
    Topic(u16, Entry),
}

/// A pattern that matches some words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    /// The index of the first word.
    pub(crate) first: usize,
    /// The index after the last word.
    pub(crate) end: usize,
    /// What the pattern means.
    pub(crate) mark: Mark,
    /// The number of the pattern in its lexicon.
    pub(crate) pattern: u32,
}

/// The patterns of one language: the crate's, and those of the topics.
pub(crate) struct Lexicon {
    words: FxHashMap<String, u32>,
    prefixes: FxHashMap<String, u32>,
    /// The lengths in bytes that prefixes have, in increasing order.
    lengths: Vec<usize>,
    /// The first two bytes of each prefix: most words begin as none does.
    beginnings: FxHashSet<[u8; 2]>,
    nodes: Vec<Node>,
    edges: FxHashMap<(u32, u32), u32>,
    pattern_count: u32,
}

/// A state of the automaton: what has been read of some patterns.
#[derive(Default)]
struct Node {
    /// The patterns that end here.
    marks: Vec<(Mark, u32)>,
    /// The state after up to [`GAP`] more words.
    gap: Option<u32>,
}

/// Which symbols a word stands for: itself, and the prefixes of it that patterns have.
#[derive(Clone, Copy, Default)]
struct Symbols {
    ids: [u32; 6],
    count: u8,
}

impl Symbols {
    fn push(&mut self, id: u32) {
        if let Some(slot) = self.ids.get_mut(usize::from(self.count)) {
            *slot = id;
            self.count += 1;
        }
    }

    fn ids(&self) -> &[u32] {
        &self.ids[..usize::from(self.count)]
    }
}

impl Lexicon {
    /// The patterns of `language`.
    ///
    /// # Panics
    /// If a pattern of the crate's own data cannot be read, which a test excludes.
    pub(crate) fn new(language: LanguageCode, topics: &[Topic]) -> Self {
        let mut lexicon = Self {
            words: FxHashMap::default(),
            prefixes: FxHashMap::default(),
            lengths: Vec::new(),
            beginnings: FxHashSet::default(),
            nodes: vec![Node::default()],
            edges: FxHashMap::default(),
            pattern_count: 0,
        };
        for &class in Class::FILES {
            for line in class.patterns(language).lines().filter(|line| !line.starts_with("# ")) {
                let parts = pattern::parse(line).expect("the crate's patterns are tested");
                lexicon.add(&parts, Mark::General(class));
            }
        }
        for (index, topic) in topics.iter().enumerate() {
            let of_language = topic.languages.iter().filter(|(code, _)| *code == language);
            for (parts, entry) in of_language.flat_map(|(_, entries)| entries) {
                lexicon.add(parts, Mark::Topic(index as u16, *entry));
            }
        }
        lexicon.lengths = lexicon.prefixes.keys().map(String::len).collect();
        lexicon.lengths.sort_unstable();
        lexicon.lengths.dedup();
        lexicon.beginnings = lexicon.prefixes.keys().flat_map(|prefix| beginnings(prefix.as_bytes())).collect();
        lexicon
    }

    fn add(&mut self, parts: &[Part], mark: Mark) {
        let mut node = 0;
        for part in parts {
            node = match part {
                Part::Gap => self.gap_after(node),
                Part::Word(word) => {
                    let next = self.next_symbol();
                    let symbol = *self.words.entry(word.clone()).or_insert(next);
                    self.child(node, symbol)
                }
                Part::Prefix(prefix) => {
                    let next = self.next_symbol();
                    let symbol = *self.prefixes.entry(prefix.clone()).or_insert(next);
                    self.child(node, symbol)
                }
            };
        }
        self.nodes[node as usize].marks.push((mark, self.pattern_count));
        self.pattern_count += 1;
    }

    fn next_symbol(&self) -> u32 {
        (self.words.len() + self.prefixes.len()) as u32
    }

    fn child(&mut self, node: u32, symbol: u32) -> u32 {
        if let Some(&child) = self.edges.get(&(node, symbol)) {
            return child;
        }
        let child = self.new_node();
        self.edges.insert((node, symbol), child);
        child
    }

    fn gap_after(&mut self, node: u32) -> u32 {
        if let Some(gap) = self.nodes[node as usize].gap {
            return gap;
        }
        let gap = self.new_node();
        self.nodes[node as usize].gap = Some(gap);
        gap
    }

    fn new_node(&mut self) -> u32 {
        self.nodes.push(Node::default());
        (self.nodes.len() - 1) as u32
    }

    /// Puts the words of `span` behind `words`, and what matches there behind `hits`, in the order of the first word.
    pub(crate) fn read(&self, text: &str, span: Span, words: &mut Vec<Span>, hits: &mut Vec<Hit>) {
        let first = words.len();
        words.extend(words_of(span.of(text), span.start()));
        let mut buffer = String::new();
        let symbols: Vec<Symbols> =
            words[first..].iter().map(|word| self.symbols(word.of(text), &mut buffer)).collect();
        for start in 0..symbols.len() {
            self.follow(&symbols, (0, start), (start, first), hits);
        }
    }

    fn symbols(&self, word: &str, buffer: &mut String) -> Symbols {
        buffer.clear();
        push_lower_case(word, buffer);
        let mut symbols = Symbols::default();
        if let Some(&id) = self.words.get(buffer.as_str()) {
            symbols.push(id);
        }
        let beginning = buffer.as_bytes().first_chunk::<2>();
        if buffer.len() > 1 && beginning.is_none_or(|beginning| !self.beginnings.contains(beginning)) {
            return symbols;
        }
        for &length in self.lengths.iter().take_while(|&&length| length <= buffer.len()) {
            if let Some(&id) = buffer.get(..length).and_then(|prefix| self.prefixes.get(prefix)) {
                symbols.push(id);
            }
        }
        symbols
    }

    /// Follows all patterns from the state `at.0` on the word `at.1`; `from` is where they began, and the offset of
    /// the words.
    fn follow(&self, symbols: &[Symbols], at: (u32, usize), from: (usize, usize), hits: &mut Vec<Hit>) {
        let Some(word) = symbols.get(at.1) else { return };
        for &symbol in word.ids() {
            let Some(&next) = self.edges.get(&(at.0, symbol)) else { continue };
            let (node, end) = (&self.nodes[next as usize], at.1 + 1);
            let (start, offset) = from;
            hits.extend(node.marks.iter().map(|&(mark, pattern)| Hit {
                first: offset + start,
                end: offset + end,
                mark,
                pattern,
            }));
            self.follow(symbols, (next, end), from, hits);
            if let Some(gap) = node.gap {
                for skipped in 0..=GAP {
                    self.follow(symbols, (gap, end + skipped), from, hits);
                }
            }
        }
    }
}

/// The first two bytes that a word with this prefix may have.
fn beginnings(prefix: &[u8]) -> impl Iterator<Item = [u8; 2]> {
    let first = prefix.first().copied().unwrap_or_default();
    let second = prefix.get(1).map_or(0..=u8::MAX, |&second| second..=second);
    second.map(move |second| [first, second])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hits(text: &str) -> Vec<(&str, Mark)> {
        let toml = "name = \"t\"\n[en]\nterms = [\"negotiat*\", \"peace process\", \"neither ... nor\"]";
        let lexicon = Lexicon::new(LanguageCode::En, &[Topic::parse("t", toml).unwrap()]);
        let (mut words, mut hits) = (Vec::new(), Vec::new());
        lexicon.read(text, Span::new(0, text.len()), &mut words, &mut hits);
        let is_term = |hit: &&Hit| hit.mark == Mark::Topic(0, Entry::Term);
        hits.iter().filter(is_term).map(|hit| (words[hit.first].to(words[hit.end - 1]).of(text), hit.mark)).collect()
    }

    #[test]
    fn matches_words_prefixes_and_gaps_in_any_case() {
        let found: Vec<&str> =
            hits("The Peace process: NEGOTIATORS want neither war nor defeat.").iter().map(|hit| hit.0).collect();
        assert_eq!(found, ["Peace process", "NEGOTIATORS", "neither war nor"]);
    }

    #[test]
    fn leaves_alone_what_only_begins_like_a_pattern() {
        assert!(hits("Peaceful processes. Renegotiated, neither one of the two ever nor so.").is_empty());
    }
}
