//! Reading topic files: TOML, each key and pattern with its line.

use std::collections::BTreeMap;

use dixit_document::{LanguageCode, Stance, Vocabulary};
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use crate::pattern;
use crate::topic::{Entries, Entry, Scope};
use crate::{PatternFault, Topic, TopicError};

const FILE_KEYS: [&str; 4] = ["about", "en", "fr", "name"];
const LANGUAGE_KEYS: [&str; 4] = ["cues", "hints", "lookalikes", "terms"];
const CUE_KEYS: [&str; 3] = ["scope", "stance", "words"];
const SCOPES: [(&str, Scope); 3] =
    [("attribution", Scope::Attribution), ("content", Scope::Content), ("term", Scope::Term)];

/// Reads a topic file.
pub(crate) fn parse(file: &str, toml: &str) -> Result<Topic, TopicError> {
    let reader = Reader { file, toml };
    let table = DeTable::parse(toml).map_err(|source| TopicError::Syntax {
        file: file.to_owned(),
        line: source.span().map_or(1, |span| reader.line(span.start)),
        source: Box::new(source),
    })?;
    reader.topic(table.get_ref())
}

struct Reader<'t> {
    file: &'t str,
    toml: &'t str,
}

type Value<'t> = Spanned<DeValue<'t>>;

impl Reader<'_> {
    fn topic(&self, table: &DeTable<'_>) -> Result<Topic, TopicError> {
        self.check_keys(table, &FILE_KEYS)?;
        let hint = "say what positions are called, as `name = \"dialogue\"`";
        let name = self.string(table, "name")?.ok_or_else(|| self.missing(1, "name", hint))?;
        if name.trim().is_empty() {
            return Err(self.missing(self.line_of(table, "name"), "name", hint));
        }
        let mut languages = Vec::new();
        for language in [LanguageCode::En, LanguageCode::Fr] {
            if let Some(value) = table.get(language.name()) {
                languages.push((language, self.language(language, value)?));
            }
        }
        if languages.is_empty() {
            return Err(TopicError::NoLanguage { file: self.file.to_owned() });
        }
        Ok(Topic { name, about: self.string(table, "about")?, languages })
    }

    fn language(&self, language: LanguageCode, value: &Value<'_>) -> Result<Entries, TopicError> {
        let line = self.line(value.span().start);
        let table = value.get_ref().as_table().ok_or_else(|| self.wrong(line, language.name(), "a table"))?;
        self.check_keys(table, &LANGUAGE_KEYS)?;
        let mut patterns = Patterns { reader: self, entries: Vec::new(), lines: BTreeMap::new() };
        patterns.add_list(table, "terms", Entry::Term)?;
        if patterns.entries.is_empty() {
            return Err(TopicError::EmptyLanguage { file: self.file.to_owned(), line, language: language.to_string() });
        }
        patterns.add_list(table, "hints", Entry::Hint)?;
        patterns.add_list(table, "lookalikes", Entry::Lookalike)?;
        if let Some(value) = table.get("cues") {
            let expected = "tables `[[en.cues]]`";
            let wrong = || self.wrong(self.line(value.span().start), "cues", expected);
            for cue in value.get_ref().as_array().ok_or_else(wrong)? {
                self.cue(cue.get_ref().as_table().ok_or_else(wrong)?, self.line(cue.span().start), &mut patterns)?;
            }
        }
        Ok(patterns.entries)
    }

    fn cue(&self, table: &DeTable<'_>, line: usize, patterns: &mut Patterns<'_>) -> Result<(), TopicError> {
        self.check_keys(table, &CUE_KEYS)?;
        let names = || Stance::ALL.iter().map(|stance| stance.name());
        let hint = "say which stance the words tell, as `stance = \"support\"`";
        let stance = self.string(table, "stance")?.ok_or_else(|| self.missing(line, "stance", hint))?;
        let stance = Stance::from_name(&stance)
            .map_err(|_| self.wrong(self.line_of(table, "stance"), "stance", &format!("one of {}", listed(names()))))?;
        let scope = match self.string(table, "scope")? {
            None => Scope::Content,
            Some(name) => {
                SCOPES.iter().find(|(known, _)| *known == name).map(|&(_, scope)| scope).ok_or_else(|| {
                    let expected = format!("one of {}", listed(SCOPES.iter().map(|&(known, _)| known)));
                    self.wrong(self.line_of(table, "scope"), "scope", &expected)
                })?
            }
        };
        let count = patterns.entries.len();
        patterns.add_list(table, "words", Entry::Cue(stance, scope))?;
        if patterns.entries.len() == count {
            return Err(self.missing(line, "words", "list the words that tell the stance"));
        }
        Ok(())
    }

    fn check_keys(&self, table: &DeTable<'_>, known: &[&str]) -> Result<(), TopicError> {
        match table.keys().find(|key| !known.contains(&key.get_ref().as_ref())) {
            None => Ok(()),
            Some(key) => Err(TopicError::UnknownKey {
                file: self.file.to_owned(),
                line: self.line(key.span().start),
                key: key.get_ref().to_string(),
                known: listed(known.iter().copied()),
            }),
        }
    }

    fn string(&self, table: &DeTable<'_>, key: &str) -> Result<Option<String>, TopicError> {
        let Some(value) = table.get(key) else { return Ok(None) };
        let line = self.line(value.span().start);
        value.get_ref().as_str().map(|text| Some(text.to_owned())).ok_or_else(|| self.wrong(line, key, "a string"))
    }

    fn line_of(&self, table: &DeTable<'_>, key: &str) -> usize {
        table.get(key).map_or(1, |value| self.line(value.span().start))
    }

    /// The line of the byte at `offset`, from 1.
    fn line(&self, offset: usize) -> usize {
        1 + self.toml.get(..offset).unwrap_or(self.toml).matches('\n').count()
    }

    fn wrong(&self, line: usize, key: &str, expected: &str) -> TopicError {
        let (file, key, expected) = (self.file.to_owned(), key.to_owned(), expected.to_owned());
        TopicError::WrongValue { file, line, key, expected }
    }

    fn missing(&self, line: usize, key: &'static str, hint: &'static str) -> TopicError {
        TopicError::MissingKey { file: self.file.to_owned(), line, key, hint }
    }
}

/// The patterns of one language, and the line of each by its role.
struct Patterns<'r> {
    reader: &'r Reader<'r>,
    entries: Entries,
    lines: BTreeMap<(&'static str, String), usize>,
}

impl Patterns<'_> {
    fn add_list(&mut self, table: &DeTable<'_>, key: &str, entry: Entry) -> Result<(), TopicError> {
        let Some(value) = table.get(key) else { return Ok(()) };
        let reader = self.reader;
        let wrong = |value: &Value<'_>| reader.wrong(reader.line(value.span().start), key, "a list of strings");
        let list: &DeArray<'_> = value.get_ref().as_array().ok_or_else(|| wrong(value))?;
        for item in list {
            let text = item.get_ref().as_str().ok_or_else(|| wrong(item))?;
            self.add(text, reader.line(item.span().start), entry)?;
        }
        Ok(())
    }

    fn add(&mut self, text: &str, line: usize, entry: Entry) -> Result<(), TopicError> {
        let (file, pattern) = (self.reader.file.to_owned(), text.to_owned());
        let parts = match pattern::parse(text) {
            Ok(parts) => parts,
            Err(PatternFault::Everything) => return Err(TopicError::MatchesEverything { file, line, pattern }),
            Err(fault) => return Err(TopicError::BadPattern { file, line, pattern, fault }),
        };
        if let Some(first) = self.lines.insert((role(entry), format!("{parts:?}")), line) {
            return Err(TopicError::Duplicate { file, line, pattern, first });
        }
        self.entries.push((parts, entry));
        Ok(())
    }
}

/// Within which entries a pattern may stand once only.
const fn role(entry: Entry) -> &'static str {
    match entry {
        Entry::Term | Entry::Hint => "names",
        Entry::Lookalike => "lookalikes",
        Entry::Cue(..) => "cues",
    }
}

fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(toml: &str) -> String {
        parse("my.toml", toml).expect_err("must be refused").to_string()
    }

    #[test]
    fn reads_the_topics_that_are_shipped() {
        for (name, toml) in [
            ("dialogue", include_str!("../../../pipelines/topics/dialogue.toml")),
            ("ceasefire", include_str!("../../../pipelines/topics/ceasefire.toml")),
        ] {
            let topic = parse(name, toml).unwrap();
            assert_eq!((topic.name(), topic.languages.len()), (name, 2));
        }
    }

    #[test]
    fn reads_the_example_of_the_documentation() {
        let readme = include_str!("../../../pipelines/topics/README.md");
        let example = readme.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
        let topic = parse("strike.toml", example).unwrap();
        assert_eq!((topic.name(), topic.about()), ("strike", Some("Going on strike.")));
        let cues = topic.languages[0].1.iter().filter(|(_, entry)| matches!(entry, Entry::Cue(..)));
        let scopes: Vec<Entry> = cues.map(|(_, entry)| *entry).collect();
        assert_eq!(scopes[0], Entry::Cue(Stance::Oppose, Scope::Term));
        assert_eq!(scopes[3], Entry::Cue(Stance::Support, Scope::Content));
    }

    #[test]
    fn refuses_what_is_not_toml() {
        insta::assert_snapshot!(error("name = \"a\"\n[en\n"), @"`my.toml`, line 2: not TOML: unclosed table, expected `]`");
    }

    #[test]
    fn refuses_unknown_keys_with_the_known_ones() {
        insta::assert_snapshot!(error("name = \"a\"\ncolour = 1\n[en]\nterms = [\"talks\"]"), @"`my.toml`, line 2: unknown key `colour`: known here are `about`, `en`, `fr`, `name`");
        insta::assert_snapshot!(error("name = \"a\"\n[en]\nterms = [\"talks\"]\nstopwords = []"), @"`my.toml`, line 4: unknown key `stopwords`: known here are `cues`, `hints`, `lookalikes`, `terms`");
        insta::assert_snapshot!(error("name = \"a\"\n[en]\nterms = [\"talks\"]\n[[en.cues]]\nstance = \"oppose\"\nverbs = []"), @"`my.toml`, line 6: unknown key `verbs`: known here are `scope`, `stance`, `words`");
    }

    #[test]
    fn refuses_what_is_missing_or_empty() {
        insta::assert_snapshot!(error("[en]\nterms = [\"talks\"]"), @r#"`my.toml`, line 1: `name` is missing: say what positions are called, as `name = "dialogue"`"#);
        insta::assert_snapshot!(error("name = \"a\""), @"`my.toml`: no language: add a table `[en]` or `[fr]` with `terms`");
        insta::assert_snapshot!(error("name = \"a\"\n\n[fr]\nhints = [\"table\"]"), @"`my.toml`, line 3: `[fr]` has no terms: add some, or take the table out");
        insta::assert_snapshot!(error("name = \"a\"\n[en]\nterms = [\"talks\"]\n\n[[en.cues]]\nstance = \"oppose\""), @"`my.toml`, line 5: `words` is missing: list the words that tell the stance");
    }

    #[test]
    fn refuses_values_of_the_wrong_kind() {
        insta::assert_snapshot!(error("name = 1"), @"`my.toml`, line 1: `name` must be a string");
        insta::assert_snapshot!(error("name = \"a\"\n[en]\nterms = [\"talks\", 2]"), @"`my.toml`, line 3: `terms` must be a list of strings");
        insta::assert_snapshot!(error("name = \"a\"\n[en]\nterms = [\"talks\"]\n[[en.cues]]\nstance = \"against\"\nwords = [\"no\"]"), @"`my.toml`, line 5: `stance` must be one of `support`, `conditional`, `oppose`, `neutral`");
        insta::assert_snapshot!(error("name = \"a\"\n[en]\nterms = [\"talks\"]\n[[en.cues]]\nstance = \"oppose\"\nscope = \"all\""), @"`my.toml`, line 6: `scope` must be one of `attribution`, `content`, `term`");
    }

    #[test]
    fn refuses_patterns_that_cannot_be_meant() {
        insta::assert_snapshot!(error("name = \"a\"\n[en]\nterms = [\n  \"talks\",\n  \"*\",\n]"), @"`my.toml`, line 5: `*` matches everything: write at least two letters before `*`");
        insta::assert_snapshot!(error("name = \"a\"\n[en]\nterms = [\"neg*iate\"]"), @"`my.toml`, line 3: bad pattern `neg*iate`: `*` may stand only at the end of a word, as in `negotiat*`");
        insta::assert_snapshot!(error("name = \"a\"\n[en]\nterms = [\"\"]"), @"`my.toml`, line 3: bad pattern ``: it is empty: write at least one word");
        insta::assert_snapshot!(error("name = \"a\"\n[en]\nterms = [\"talks\"]\nhints = [\"table\",\n\"Talks\"]"), @"`my.toml`, line 5: `Talks` stands already in line 3: take one of them out");
    }
}
