//! The roles that stand beside names: `Interior Minister Luz Manyoma`, `Léa Martin, présidente de l'Union`.

use dixit_document::EntityLabel;
use dixit_text::Span;

use super::genders::{of_determiner, of_noun, of_title};
use super::{Names, name_words};
use crate::lexicon::Class;

/// How many uses of a role are kept.
const KEPT: usize = 8;
/// How many bytes in front of a name and behind it are read for roles.
const REACH: usize = 80;

/// A role beside a name, with the words around it: `ministre`, of `le ministre de la Défense`.
pub(super) struct Role {
    group: usize,
    words: Vec<String>,
}

/// How well a description fits a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RoleMatch {
    pub(crate) group: usize,
    /// How many words of the description, longer than three letters, stand beside the name, of how many.
    pub(crate) shared: usize,
    pub(crate) all: usize,
}

impl<'d> Names<'d> {
    /// Collects what stands beside the names of people.
    pub(super) fn collect_roles(&mut self) {
        for index in 0..self.mentions.len() {
            let mention = &self.mentions[index];
            if mention.label != EntityLabel::Person {
                continue;
            }
            let (group, span) = (mention.group, mention.span);
            let [before, after] = self.beside(span);
            for (part, in_front) in [(before, true), (after, false)] {
                if let Some(part) = part {
                    self.note_gender(group, part, in_front);
                    self.note_roles(group, part);
                }
            }
        }
    }

    fn note_roles(&mut self, group: usize, part: &str) {
        let words = name_words(part);
        for lowered in part.split(|c: char| !c.is_alphanumeric() && c != '-').map(str::to_lowercase) {
            if lowered.is_empty() || !(self.reading.class_of)(&lowered).is(Class::ROLE) {
                continue;
            }
            // Of `porte-parole` the last part, since names and descriptions are compared without hyphens.
            let key = super::words::fold(lowered.rsplit('-').next().unwrap_or(&lowered));
            let uses = self.roles.entry(key).or_default();
            if uses.len() < KEPT && !uses.iter().any(|used| used.group == group && used.words == words) {
                uses.push(Role { group, words: words.clone() });
            }
        }
    }

    /// What stands right in front of a name, and in apposition behind it.
    fn beside(&self, name: Span) -> [Option<&'d str>; 2] {
        let text = self.reading.text;
        let before = &text[text.floor_char_boundary(name.start().saturating_sub(REACH))..name.start()];
        let before = before.trim_end();
        let before = before.strip_suffix(',').unwrap_or(before);
        let before = before.rsplit(['.', ',', ';', ':', '\n', '«', '“', '(']).next();
        let after = &text[name.end()..text.ceil_char_boundary((name.end() + REACH).min(text.len()))];
        let apposed = after.trim_start().strip_prefix([',', '(']);
        [before, apposed.and_then(|rest| rest.split([',', '.', ';', '\n', '«', '“', ')']).next())]
    }

    /// A title tells whether she or he, or a noun, or in French the article: `Mme`, `spokeswoman`, `la ministre`.
    fn note_gender(&mut self, group: usize, part: &str, in_front: bool) {
        let words: Vec<String> = part.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect();
        let near = words.iter().filter(|word| !word.is_empty());
        if in_front {
            let title = near.clone().next_back().and_then(|word| of_title(word));
            if title.is_some() {
                self.groups[group].gender = title;
                return;
            }
        }
        if self.groups[group].gender.is_some() {
            return;
        }
        let role = words.iter().position(|word| (self.reading.class_of)(word).is(Class::ROLE));
        self.groups[group].gender =
            role.and_then(|role| of_noun(&words[role]).or_else(|| of_determiner(words.get(role.checked_sub(1)?)?)));
    }

    /// The groups that have a role of the description beside their names, each with its best match.
    pub(crate) fn by_role(&self, words: &[String]) -> Vec<RoleMatch> {
        let all = words.iter().filter(|word| word.len() > 3).count();
        let mut found: Vec<RoleMatch> = Vec::new();
        for role in words.iter().filter_map(|word| self.roles.get(word)).flatten() {
            let shared = words.iter().filter(|word| word.len() > 3 && role.words.contains(word)).count();
            match found.iter_mut().find(|known| known.group == role.group) {
                Some(known) => known.shared = known.shared.max(shared),
                None => found.push(RoleMatch { group: role.group, shared, all }),
            }
        }
        found
    }
}
