//! What a tool gives back of one article, before it is checked.

/// What a tool gives back of one article. Offsets are code points of `text`.
#[derive(Debug, Default)]
pub(crate) struct Reviewed {
    /// Where it was read: `a.jsonl:3`.
    pub(crate) place: String,
    /// The text as the tool has it.
    pub(crate) text: String,
    /// What is marked.
    pub(crate) marks: Vec<ReviewedMark>,
    /// What belongs to what; `None` if the tool was not asked for it, so that quotes cannot be told.
    pub(crate) links: Option<Vec<ReviewedLink>>,
    /// What is said of a mark, by its index.
    pub(crate) facts: Vec<(usize, Fact)>,
    /// Lines, spans and links that could not be read at all.
    pub(crate) refusals: Vec<(String, String)>,
}

/// A mark of a tool.
#[derive(Clone, Debug, Default)]
pub(crate) struct ReviewedMark {
    /// What the tool calls it, for messages: `span 2`.
    pub(crate) name: String,
    /// Our id, where the tool kept it.
    pub(crate) id: Option<String>,
    /// The name of the label.
    pub(crate) label: String,
    /// Where it stands.
    pub(crate) stretches: Vec<(usize, usize)>,
    /// What the tool says stands there.
    pub(crate) said: Option<String>,
}

/// A link between two marks, by their indices.
#[derive(Clone, Debug)]
pub(crate) struct ReviewedLink {
    /// What the tool calls it, for messages.
    pub(crate) name: String,
    /// The mark of the content.
    pub(crate) from: usize,
    /// What belongs to it.
    pub(crate) to: usize,
    /// As what.
    pub(crate) role: ReviewedRole,
}

/// As what a mark belongs to a quote, and what the link says besides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ReviewedRole {
    /// The words that attribute.
    Cue,
    /// The mention of who is quoted.
    Source,
    /// An entity that names the speaker.
    Speaker,
    /// A further stretch of its content.
    Part,
    /// The words that tell its position on a topic; with the stance where a link tells it.
    Evidence(String, Option<String>),
}

/// What is said of the content of a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fact {
    /// Its type.
    Kind(String),
    /// The name of its speaker.
    Speaker(String),
    /// Its position: topic and stance.
    Position(String, String),
}

impl ReviewedRole {
    /// The role of that name, where a link tells the stance: `cue`, `dialogue:support`.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "cue" => Self::Cue,
            "source" => Self::Source,
            "speaker" => Self::Speaker,
            "part" => Self::Part,
            _ => {
                let (topic, stance) = name.rsplit_once(':')?;
                Self::Evidence(topic.to_owned(), Some(stance.to_owned()))
            }
        })
    }
}
