//! What the crate itself knows of a language: classes of expressions, each a file of patterns.
//!
//! They say nothing of any topic: a condition is a condition whatever it is about. A topic file adds its own cues.

use dixit_document::{LanguageCode, Stance};

use crate::topic::{Entry, Scope};

/// A part of the surroundings of a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zone {
    /// What is attributed.
    Content,
    /// The words that signal the attribution.
    Cue,
    /// The rest of the sentences in which the quote stands.
    Frame,
    /// The sentence before, of the same paragraph, less what is quoted there.
    Before,
    /// What the same speaker said just before.
    Previous,
}

impl Zone {
    pub(crate) const ALL: [Self; 5] = [Self::Content, Self::Cue, Self::Frame, Self::Before, Self::Previous];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::Cue => "cue",
            Self::Frame => "frame",
            Self::Before => "before",
            Self::Previous => "previous",
        }
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

const CONTENT: u8 = Zone::Content.bit();
const CUE: u8 = Zone::Cue.bit();
const FRAME: u8 = Zone::Frame.bit();
const BEFORE: u8 = Zone::Before.bit();
const PREVIOUS: u8 = Zone::Previous.bit();

/// Declares the classes: name, the zones in which each is looked for, the rule that it gives its name to.
macro_rules! classes {
    (
        files { $($(#[$doc:meta])* $file:ident = $file_name:literal, $file_zones:expr, $file_rule:literal;)+ }
        topic { $($(#[$topic_doc:meta])* $topic:ident = $topic_name:literal, $topic_zones:expr, $topic_rule:literal;)+ }
    ) => {
        /// A class of expressions: those of the crate, a file for each language, and those of a topic.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum Class {
            $($(#[$doc])* $file,)+
            $($(#[$topic_doc])* $topic,)+
        }

        impl Class {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$file,)+ $(Self::$topic,)+];

            /// The classes that are files of the crate.
            pub(crate) const FILES: &'static [Self] = &[$(Self::$file,)+];

            pub(crate) const fn name(self) -> &'static str {
                match self {
                    $(Self::$file => $file_name,)+
                    $(Self::$topic => $topic_name,)+
                }
            }

            /// The rule that has decided where this class weighs most.
            pub(crate) const fn rule(self) -> &'static str {
                match self {
                    $(Self::$file => concat!("rule:", $file_rule),)+
                    $(Self::$topic => concat!("rule:", $topic_rule),)+
                }
            }

            const fn zones(self) -> u8 {
                match self {
                    $(Self::$file => $file_zones,)+
                    $(Self::$topic => $topic_zones,)+
                }
            }

            /// The patterns of a class in a language, one a line; empty for a language that has none.
            pub(crate) const fn patterns(self, language: LanguageCode) -> &'static str {
                match (self, language) {
                    $(
                        (Self::$file, LanguageCode::En) => include_str!(concat!("../data/en/", $file_name, ".txt")),
                        (Self::$file, LanguageCode::Fr) => include_str!(concat!("../data/fr/", $file_name, ".txt")),
                    )+
                    _ => "",
                }
            }
        }
    };
}

classes! {
    files {
        /// Refusal, rejection, leaving: `refuse to`, `hors de question`.
        Against = "against", CONTENT | CUE | FRAME, "refusal";
        /// Words that stand for what was said before: `it`, `cette voie`.
        Anaphora = "anaphora", CONTENT, "inheritance";
        /// What comes first: `before`, `d'abord`.
        Before = "before", CONTENT, "condition";
        /// Appeals to act: `let them`, `qu'ils viennent`.
        Call = "call", CONTENT, "appeal";
        /// Change of mind: `I used to`, `j'ai cru`.
        Change = "change", CONTENT | CUE | FRAME, "change-of-mind";
        /// Concession: `although`, `certes`.
        Concession = "concession", CONTENT | CUE | FRAME, "concession";
        /// Conditions: `only if`, `à condition que`.
        Condition = "condition", CONTENT | CUE | FRAME, "condition";
        /// Attributions that speak against: `ruled out`, `a exclu`.
        CueAgainst = "cue_against", CUE | FRAME, "refusing-cue";
        /// Attributions that warn or set terms: `warned`, `exige`.
        CueCondition = "cue_condition", CUE | FRAME, "demanding-cue";
        /// Attributions that speak for: `called for`, `propose`.
        CueFavour = "cue_favour", CUE | FRAME, "supporting-cue";
        /// Attributions of complaints, sums, denials: `accused`, `chiffre`.
        CueOther = "cue_other", CUE, "reporting-cue";
        /// Attributions that inform: `confirmed`, `précise`.
        CueReport = "cue_report", CUE, "reporting-cue";
        /// Words that run something down: `farce`, `mascarade`.
        Derision = "derision", CONTENT | FRAME, "derision";
        /// Other matters of such articles: casualties, sums, courts.
        Elsewhere = "elsewhere", CONTENT, "report";
        /// Some parties, places or terms only: `not with`, `de nation à nation`.
        Exclusion = "exclusion", CONTENT, "exclusion";
        /// Wish, readiness, praise: `open to`, `prêts à`.
        Favour = "favour", CONTENT | CUE | FRAME, "favour";
        /// That it is over: `no longer`, `tourné la page`.
        Finality = "finality", CONTENT, "finality";
        /// What is to come.
        Future = "future", CONTENT, "report";
        /// `if`, `s'il`.
        If = "if", CONTENT, "condition";
        /// The narrator tells of terms: `names his price`.
        IntroCondition = "intro_condition", CUE | FRAME | BEFORE, "narration";
        /// The narrator tells of hardness: `was unmoved`, `intraitable`.
        IntroHard = "intro_hard", CUE | FRAME | BEFORE, "narration";
        /// The narrator tells of softness: `a softer line`, `plus souple`.
        IntroSoft = "intro_soft", CUE | FRAME | BEFORE, "narration";
        /// Marks of irony: `bravo`, `as if`.
        Irony = "irony", CONTENT, "irony";
        /// Modality: `must`, `il faut`.
        Modality = "modality", CONTENT, "appeal";
        /// Negation.
        Negation = "negation", CONTENT | CUE, "refusal";
        /// What was.
        Past = "past", CONTENT, "report";
        /// What leaves out: `only`, `sauf`.
        Only = "only", CONTENT, "condition";
        /// Patience: `as long as it takes`, `je reviendrai`.
        Patience = "patience", CONTENT, "patience";
        /// The speaker's own side.
        Person1 = "person1", CONTENT, "favour";
        /// Others.
        Person3 = "person3", CONTENT, "report";
        /// Comparisons: `better than`, `mieux vaut`.
        Preference = "preference", CONTENT, "preference";
        /// Openings of rhetorical questions: `why should`, `à quoi bon`.
        Question = "question", CONTENT, "rhetorical-question";
        /// Who studies or watches: `historian`, `chercheuse`.
        RoleAnalyst = "role_analyst", FRAME, "role";
        /// Who fights: `commander`, `milice`.
        RoleArmed = "role_armed", FRAME, "role";
        /// Who lives there: `nurse`, `commerçante`.
        RoleCivil = "role_civil", FRAME, "role";
        /// Who preaches or is heeded: `imam`, `chef coutumier`.
        RoleClergy = "role_clergy", FRAME, "role";
        /// Who mediates: `envoy`, `facilitatrice`.
        RoleMediator = "role_mediator", FRAME, "role";
        /// Who governs: `minister`, `préfet`.
        RoleOfficial = "role_official", FRAME, "role";
        /// Who is elected: `senator`, `députée`.
        RolePolitician = "role_politician", FRAME, "role";
        /// Who speaks for members: `union`, `patronat`.
        RoleUnion = "role_union", FRAME, "role";
        /// Dates and proceedings: `will be held`, `s'est tenue`.
        Schedule = "schedule", CONTENT, "report";
        /// Days, months, spells.
        Weekday = "weekday", CONTENT, "report";
        /// What comes after: `when`, `une fois`.
        When = "when", CONTENT, "condition";
    }
    topic {
        /// Names the topic.
        Term = "term", CONTENT | CUE | FRAME | BEFORE | PREVIOUS, "topic";
        /// Speaks of the topic where the article is about it.
        Hint = "hint", CONTENT | CUE | FRAME | BEFORE | PREVIOUS, "topic";
        /// A topic's cue of support.
        Support = "support", CONTENT | CUE | FRAME | BEFORE | PREVIOUS, "topic-support";
        /// A topic's cue of a condition.
        Conditional = "conditional", CONTENT | CUE | FRAME | BEFORE | PREVIOUS, "topic-condition";
        /// A topic's cue of opposition.
        Oppose = "oppose", CONTENT | CUE | FRAME | BEFORE | PREVIOUS, "topic-refusal";
        /// A topic's cue of neutrality.
        Neutral = "neutral", CONTENT | CUE | FRAME | BEFORE | PREVIOUS, "topic-report";
    }
}

impl Class {
    /// Whether the class is looked for in `zone`.
    pub(crate) const fn is_in(self, zone: Zone) -> bool {
        self.zones() & zone.bit() != 0
    }

    /// The class of an entry of a topic file; `None` for lookalikes, which only take away.
    pub(crate) const fn of(entry: Entry) -> Option<Self> {
        match entry {
            Entry::Term => Some(Self::Term),
            Entry::Hint => Some(Self::Hint),
            Entry::Lookalike => None,
            Entry::Cue(Stance::Support, _) => Some(Self::Support),
            Entry::Cue(Stance::Conditional, _) => Some(Self::Conditional),
            Entry::Cue(Stance::Oppose, _) => Some(Self::Oppose),
            Entry::Cue(Stance::Neutral, _) => Some(Self::Neutral),
        }
    }

    /// Whether a reader sees from the words of the class where the speaker stands; who speaks and when do not show it.
    pub(crate) const fn shows(self) -> bool {
        !matches!(
            self,
            Self::RoleAnalyst
                | Self::RoleArmed
                | Self::RoleCivil
                | Self::RoleClergy
                | Self::RoleMediator
                | Self::RoleOfficial
                | Self::RolePolitician
                | Self::RoleUnion
                | Self::Person1
                | Self::Person3
                | Self::Past
                | Self::Future
        )
    }

    /// Whether a negation before it turns it round.
    pub(crate) const fn turns(self) -> bool {
        matches!(
            self,
            Self::Favour
                | Self::Against
                | Self::Call
                | Self::Term
                | Self::Support
                | Self::Oppose
                | Self::CueFavour
                | Self::CueAgainst
        )
    }
}

impl Scope {
    /// Whether a cue of this scope counts in `zone`.
    pub(crate) const fn is_in(self, zone: Zone) -> bool {
        match self {
            Self::Attribution => matches!(zone, Zone::Cue | Zone::Frame | Zone::Before),
            Self::Content | Self::Term => matches!(zone, Zone::Content | Zone::Previous),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern;

    #[test]
    fn every_file_is_sorted_and_every_pattern_reads() {
        for &class in Class::FILES {
            for language in [LanguageCode::En, LanguageCode::Fr] {
                let lines: Vec<&str> =
                    class.patterns(language).lines().filter(|line| !line.starts_with("# ")).collect();
                assert!(!lines.is_empty(), "{} {language}", class.name());
                for pair in lines.windows(2) {
                    assert!(pair[0] < pair[1], "{} {language}: `{}` before `{}`", class.name(), pair[0], pair[1]);
                }
                for line in lines {
                    assert!(pattern::parse(line).is_ok(), "{} {language}: `{line}`", class.name());
                }
            }
        }
    }
}
