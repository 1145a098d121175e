//! What the model sees of each position around a head.
//!
//! A head is a word that may attribute, or a quotation that may stand alone. All that is seen is relative to it: the side, the distance,
//! what stands between; and what the rules say of it, so that the model learns where to believe them.

use std::ops::Range;

use dixit_document::{LanguageCode, QuoteType};
use dixit_tagger::{Features, feature, text_hash};

use crate::finder::Draft;
use crate::items::{Items, Seen, Window, between};
use crate::words::Words;

/// What stands in front of a paragraph and behind it.
const NOTHING: Seen = Seen { word: 1, ending: 1, class: 1, entity: 1, between: 0 };

/// What the rules say of a position.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u64)]
pub(crate) enum Said {
    /// Nothing.
    #[default]
    Nothing,
    ContentBegins,
    Content,
    ContentEnds,
    ContentAlone,
    Cue,
    Source,
}

/// What is known of a head besides the positions around it.
pub(crate) struct Head<'r> {
    /// What the rules found for it.
    pub(crate) rules: &'r [&'r Draft],
    /// Whether it stands inside a quotation.
    pub(crate) inside: bool,
    /// Whether it stands in a headline.
    pub(crate) headline: bool,
    /// Whether the gold follows another guide than the project's.
    pub(crate) foreign: bool,
}

/// What the rules say of the positions of `window`.
pub(crate) fn said(words: &Words<'_>, items: &Items, window: &Window, rules: &[&Draft]) -> Vec<Said> {
    let mut said = vec![Said::Nothing; window.items.len()];
    let mut fill = |range: Range<usize>, tags: [Said; 4]| {
        if range.is_empty() {
            return;
        }
        let (first, last) = (items.at(range.start), items.at(range.end - 1));
        for index in first.max(window.items.start)..(last + 1).min(window.items.end) {
            said[index - window.items.start] = match (index == first, index == last) {
                (true, true) => tags[3],
                (true, false) => tags[0],
                (false, true) => tags[2],
                (false, false) => tags[1],
            };
        }
    };
    for span in rules.iter().flat_map(|rule| &rule.content) {
        let tags = [Said::ContentBegins, Said::Content, Said::ContentEnds, Said::ContentAlone];
        fill(words.within(*span), tags);
    }
    for rule in rules {
        for (span, tag) in [(rule.source, Said::Source), (rule.cue, Said::Cue)] {
            if let Some(span) = span {
                fill(words.overlapping(span), [tag; 4]);
            }
        }
    }
    said
}

/// Describes the positions of `window` that are in `wanted` into `features`.
pub(crate) fn describe(
    words: &Words<'_>,
    items: &Items,
    window: &Window,
    head: &Head<'_>,
    wanted: Range<usize>,
    features: &mut Features,
) {
    features.clear();
    let said = said(words, items, window, head.rules);
    let view = View {
        items,
        window,
        head: items.items[window.head].seen,
        language: u64::from(words.language == LanguageCode::Fr),
        rule: head.rules.first().map_or(0, |rule| text_hash(rule.by)),
    };
    let flags = view.between();
    for index in wanted {
        let at = index - window.items.start;
        view.common(index, flags[at], features);
        view.ruled(index, &said, features);
        if index == window.head {
            view.of_head(head, features);
        }
        features.end_position();
    }
}

struct View<'v> {
    items: &'v Items,
    window: &'v Window,
    head: Seen,
    language: u64,
    /// The rule that found something, hashed; 0 for none.
    rule: u64,
}

impl View<'_> {
    fn seen(&self, index: usize) -> Seen {
        self.items.items.get(index).map_or(NOTHING, |item| item.seen)
    }

    /// What stands between the head and each position, both left out: the bits, and how many commas up to three.
    fn between(&self) -> Vec<u64> {
        let Range { start, end } = self.window.items;
        let mut flags = vec![0; end - start];
        let add = |sum: u64, index: usize| {
            let own = self.seen(index).between;
            let commas = (sum >> 8) + (own & between::COMMA);
            (sum & 0xFF) | own | (commas.min(3) << 8)
        };
        let mut sum = 0;
        for index in self.window.head + 1..end {
            flags[index - start] = sum;
            sum = add(sum, index);
        }
        sum = 0;
        for index in (start..self.window.head).rev() {
            flags[index - start] = sum;
            sum = add(sum, index);
        }
        flags
    }

    /// On which side of the head and how far: 0 is the head.
    fn distance(&self, index: usize) -> u64 {
        let away = index.abs_diff(self.window.head);
        let bucket = match away {
            0..=6 => away,
            7..=9 => 7,
            10..=14 => 8,
            15..=24 => 9,
            _ => 10,
        };
        bucket as u64 * 2 + u64::from(index < self.window.head)
    }

    fn common(&self, index: usize, flags: u64, features: &mut Features) {
        let [before, own, after] = [index.wrapping_sub(1), index, index + 1].map(|at| self.seen(at));
        let distance = self.distance(index);
        let side = if index == self.window.head { 2 } else { u64::from(index < self.window.head) };
        let head = self.head;
        let (from_start, to_end) = (index - self.window.items.start, self.window.items.end - index - 1);
        let edge = (from_start.min(2) * 4 + to_end.min(3)) as u64;
        let mut push = |template: u8, parts: &[u64]| features.push(feature(template, parts));
        push(1, &[own.word, side]);
        push(2, &[before.word, side]);
        push(3, &[after.word, side]);
        push(4, &[before.word, own.word]);
        push(5, &[own.word, after.word]);
        push(6, &[before.class, own.class, after.class]);
        push(7, &[own.ending, side]);
        push(8, &[own.class, distance]);
        push(9, &[distance, edge]);
        push(10, &[head.word, own.word, side]);
        push(11, &[head.word, distance]);
        push(12, &[head.class, own.class, distance]);
        push(13, &[flags, side]);
        push(14, &[flags, own.class, side]);
        push(15, &[flags, before.class, side]);
        push(16, &[own.class, edge, side]);
        push(17, &[before.entity, own.entity, after.entity, side]);
        push(18, &[own.entity, distance]);
        push(19, &[flags & 0xFF, head.class, own.class]);
        push(20, &[own.class, after.class, self.seen(index + 2).class, side]);
        push(21, &[self.seen(index.wrapping_sub(2)).class, before.class, own.class, side]);
        push(22, &[own.class, own.entity, flags & 0x1F, side]);
        push(23, &[after.class, after.entity, side, u64::from(to_end == 0)]);
    }

    /// What the rules say of the position and its neighbours.
    fn ruled(&self, index: usize, said: &[Said], features: &mut Features) {
        let at = index - self.window.items.start;
        let own = said[at] as u64;
        let side = if index == self.window.head { 2 } else { u64::from(index < self.window.head) };
        features.push(feature(30, &[own, side, u64::from(self.rule != 0)]));
        if self.rule == 0 {
            return;
        }
        let of = |at: usize| said.get(at).copied().unwrap_or_default() as u64;
        features.push(feature(31, &[own, self.language, self.rule]));
        features.push(feature(32, &[of(at.wrapping_sub(1)), own, of(at + 1), self.language]));
        features.push(feature(33, &[own, self.seen(index).class]));
        features.push(feature(34, &[own, of(at + 1), self.seen(index + 1).class]));
        features.push(feature(35, &[own, self.head.class, side]));
    }

    fn of_head(&self, head: &Head<'_>, features: &mut Features) {
        let index = self.window.head;
        let own = self.head;
        let [far, before, after, beyond] =
            [index.wrapping_sub(2), index.wrapping_sub(1), index + 1, index + 2].map(|at| self.seen(at));
        let (left, right) =
            (self.around(self.window.items.start..index), self.around(index + 1..self.window.items.end));
        let kind = head.rules.first().map_or(0, |rule| match rule.kind {
            QuoteType::Direct => 1,
            QuoteType::Mixed => 2,
            QuoteType::Indirect => 3,
        });
        let sourced = u64::from(head.rules.first().is_some_and(|rule| rule.source.is_some()));
        let flags = u64::from(head.inside) * 2 + u64::from(head.headline);
        let mut push = |template: u8, parts: &[u64]| features.push(feature(template, parts));
        push(40, &[own.word]);
        push(41, &[own.word, before.word]);
        push(42, &[own.word, after.word]);
        push(43, &[before.class, own.class, after.class]);
        push(44, &[before.word]);
        push(45, &[after.word]);
        push(46, &[before.word, after.word]);
        push(47, &[far.class, before.class, after.class, beyond.class]);
        push(48, &[self.rule, own.class, self.language]);
        push(49, &[self.rule, own.word]);
        push(50, &[left & 0x1F, right & 0x1F]);
        push(51, &[right, own.class]);
        push(52, &[left, own.class]);
        push(53, &[flags, self.language]);
        push(54, &[flags, own.word]);
        push(55, &[self.language, own.class]);
        push(56, &[self.rule, kind, sourced, self.language]);
        push(57, &[own.word, right & 0x5A]);
        push(58, &[far.word, before.word, own.word]);
        push(59, &[own.word, after.word, beyond.word]);
        push(60, &[own.word, before.entity, before.class]);
        if head.foreign {
            push(61, &[own.class]);
            push(62, &[own.word]);
            push(63, &[self.rule, kind]);
        }
    }

    /// All bits of what stands at the positions.
    fn around(&self, range: Range<usize>) -> u64 {
        range.fold(0, |bits, index| bits | self.seen(index).between)
    }
}
