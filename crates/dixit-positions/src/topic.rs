//! Topics: what speakers take positions on, as data.

use dixit_document::{LanguageCode, Stance};

use crate::TopicError;
use crate::pattern::Part;

/// What speakers take positions on, read from a topic file.
///
/// ```
/// use dixit_positions::Topic;
/// let topic = Topic::parse("strike.toml", "name = \"strike\"\n[en]\nterms = [\"strike*\", \"walkout*\"]\n")?;
/// assert_eq!(topic.name(), "strike");
/// # Ok::<(), dixit_positions::TopicError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Topic {
    pub(crate) name: String,
    pub(crate) about: Option<String>,
    /// What is known about it in each language; none empty.
    pub(crate) languages: Vec<(LanguageCode, Entries)>,
}

/// What a topic file says for one language: patterns, and what each is.
pub(crate) type Entries = Vec<(Vec<Part>, Entry)>;

/// What a pattern of a topic file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// It names the topic.
    Term,
    /// It speaks of the topic in an article that is about it.
    Hint,
    /// It looks like a term or a hint and is none.
    Lookalike,
    /// It tells a stance.
    Cue(Stance, Scope),
}

/// Where a cue of a topic file counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// In the content of a quote, wherever it stands.
    Content,
    /// In the content, where a term or a hint stands in the same sentence.
    Term,
    /// In the words that signal the attribution, and around them.
    Attribution,
}

impl Topic {
    /// Reads a topic file. `file_name` is for messages.
    ///
    /// # Errors
    /// [`TopicError`], which says the line and what to do.
    pub fn parse(file_name: &str, toml: &str) -> Result<Self, TopicError> {
        crate::topic_file::parse(file_name, toml)
    }

    /// The name, which positions carry.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is about, for people.
    pub fn about(&self) -> Option<&str> {
        self.about.as_deref()
    }
}
