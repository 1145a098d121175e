//! The people and bodies that a document names: which mentions are the same, what roles stand beside them, he or she.

mod genders;
mod grouping;
mod roles;
mod words;

use dixit_document::{Entity, EntityLabel};
use dixit_text::Span;
use rustc_hash::FxHashMap;

pub(crate) use self::genders::{Gender, Genders, of_determiner as gender_of_determiner, of_noun as gender_of_noun};
use self::roles::Role;
pub(crate) use self::roles::RoleMatch;
pub(crate) use self::words::name_words;
use self::words::word_before;
use crate::lexicon::Class;

/// What is read of a document to know its names.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'d> {
    pub(crate) text: &'d str,
    pub(crate) entities: &'d [Entity],
    pub(crate) sentences: &'d [Span],
    pub(crate) paragraphs: &'d [Span],
    /// What quotes say, in the order of the text.
    pub(crate) contents: &'d [Span],
    /// The sources of quotes, in the order of the text.
    pub(crate) sources: &'d [Span],
    /// The classes of a word in lower case.
    pub(crate) class_of: &'d dyn Fn(&str) -> Class,
}

/// One place where a name stands.
pub(crate) struct Mention {
    pub(crate) span: Span,
    pub(crate) label: EntityLabel,
    /// The entity, unless the name is one that no entity tells.
    pub(crate) entity: Option<usize>,
    pub(crate) group: usize,
    pub(crate) sentence: usize,
    pub(crate) paragraph: usize,
    /// A preposition stands right in front: `of Paul Biya`.
    pub(crate) governed: bool,
    /// The first name of its sentence.
    pub(crate) leads: bool,
    /// Stands inside what somebody says.
    pub(crate) quoted: bool,
}

/// One name with all its mentions.
pub(crate) struct Group {
    pub(crate) label: EntityLabel,
    /// Where the fullest form of the name stands.
    pub(crate) fullest: Span,
    pub(crate) words: Vec<String>,
    /// The mentions, in the order of the text.
    pub(crate) mentions: Vec<usize>,
    pub(crate) gender: Option<Gender>,
}

/// The people and organisations that a document names.
pub(crate) struct Names<'d> {
    pub(crate) reading: Reading<'d>,
    /// In the order of the text, without overlaps.
    pub(crate) mentions: Vec<Mention>,
    pub(crate) groups: Vec<Group>,
    /// The groups by the roles that stand beside their names.
    roles: FxHashMap<String, Vec<Role>>,
}

impl<'d> Names<'d> {
    /// Groups the names of a document.
    pub(crate) fn new(reading: Reading<'d>, genders: &Genders) -> Self {
        let mut names = Self { reading, mentions: Vec::new(), groups: Vec::new(), roles: FxHashMap::default() };
        names.list_mentions();
        names.group_mentions();
        names.tell_genders(genders);
        names.collect_roles();
        names
    }

    /// Lists the entities that can speak, and the sources that are names though no entity says so.
    fn list_mentions(&mut self) {
        let reading = self.reading;
        for (index, entity) in reading.entities.iter().enumerate() {
            if crate::sources::can_speak(entity.label) {
                self.push(entity.span, entity.label, Some(index));
            }
        }
        for &source in reading.sources {
            let from = reading.entities.partition_point(|entity| entity.span.end() <= source.start());
            let free = reading.entities.get(from).is_none_or(|entity| !entity.span.overlaps(source));
            if free && let Some(label) = self.label_of_unknown(source) {
                self.push(source, label, None);
            }
        }
        self.mentions.sort_by_key(|mention| mention.span);
        self.mentions.dedup_by(|later, earlier| later.span.overlaps(earlier.span));
        let mut sentence = None;
        for mention in &mut self.mentions {
            mention.leads = sentence != Some(mention.sentence);
            sentence = Some(mention.sentence);
        }
    }

    fn push(&mut self, span: Span, label: EntityLabel, entity: Option<usize>) {
        let Reading { text, sentences, paragraphs, contents, .. } = self.reading;
        let index_in = |spans: &[Span]| spans.partition_point(|other| other.end() <= span.start());
        let (sentence, paragraph) = (index_in(sentences), index_in(paragraphs));
        let quoted = contents.get(index_in(contents)).is_some_and(|content| content.covers(span));
        let governed = words::is_governor(word_before(text, span.start()));
        self.mentions.push(Mention {
            span,
            label,
            entity,
            group: 0,
            sentence,
            paragraph,
            governed,
            leads: false,
            quoted,
        });
    }

    /// What a source of nothing but capitalised words is: a person by two to four words, else a body.
    fn label_of_unknown(&self, source: Span) -> Option<EntityLabel> {
        let words = source.of(self.reading.text).split_whitespace();
        let (mut count, mut shouted) = (0, true);
        for word in words {
            let first = word.chars().next()?;
            let known = (self.reading.class_of)(&word.to_lowercase());
            let plain = Class::DETERMINER.or(Class::PRONOUN).or(Class::ROLE).or(Class::PREPOSITION).or(Class::CUE);
            if !(first.is_uppercase() || count > 0 && words::is_particle(word)) || known.is(plain) {
                return None;
            }
            count += 1;
            shouted &= !word.contains(char::is_lowercase);
        }
        match count {
            2..=4 if !shouted => Some(EntityLabel::Person),
            1 if !shouted => None,
            0 => None,
            _ => Some(EntityLabel::Organization),
        }
    }

    /// The mentions that touch `span`.
    pub(crate) fn mentions_in(&self, span: Span) -> &[Mention] {
        let from = self.mentions.partition_point(|mention| mention.span.end() <= span.start());
        let to = from + self.mentions[from..].partition_point(|mention| mention.span.start() < span.end());
        &self.mentions[from..to]
    }

    /// How many mentions end at or before `offset`.
    pub(crate) fn mentions_before(&self, offset: usize) -> usize {
        self.mentions.partition_point(|mention| mention.span.end() <= offset)
    }

    /// The group that a source names: of a person in it that nothing governs, or of a body that is all of it.
    ///
    /// A description is of its own, whatever it is of: `a spokesman for the Union`, `l'avocat de Paul Biya`, `Trump's lawyer`.
    pub(crate) fn named_by(&self, source: Span) -> Option<usize> {
        let text = self.reading.text;
        self.mentions_in(source).iter().find_map(|mention| {
            let rest = text.get(mention.span.end()..source.end()).unwrap_or("");
            let ends = match rest.chars().next() {
                None | Some(',' | '(' | ')' | '"' | '”' | '»') => true,
                Some(c) if c.is_whitespace() => {
                    let next = rest.split_whitespace().next().unwrap_or("");
                    matches!(next, "et" | "and" | "," | "(" | "»" | "–" | "-") || words::is_governor(next)
                }
                Some(_) => false,
            };
            let near = mention.span.start() <= source.start() + 4;
            let of = mention.governed && !near;
            let whole = if mention.label == EntityLabel::Person { !of && ends } else { near && ends && is_whole(rest) };
            whole.then_some(mention.group)
        })
    }

    /// The last mention of a group that ends at or before `offset` and is outside `content`, else the last before it.
    pub(crate) fn last_mention(&self, group: usize, offset: usize, content: &[Span]) -> Option<&Mention> {
        let mentions = &self.groups[group].mentions;
        let before = mentions.partition_point(|&index| self.mentions[index].span.end() <= offset);
        let all = || mentions[..before].iter().rev().take(4).map(|&index| &self.mentions[index]);
        all().find(|mention| !content.iter().any(|own| own.covers(mention.span))).or_else(|| all().next())
    }

    /// The text of the fullest form of a group's name.
    pub(crate) fn name_of(&self, group: usize) -> &'d str {
        self.groups[group].fullest.of(self.reading.text)
    }
}

/// Whether nothing of weight follows a body's name in a source.
fn is_whole(rest: &str) -> bool {
    rest.trim_start().is_empty() || rest.trim_start().starts_with(['(', ',', '»', '"', '”'])
}
