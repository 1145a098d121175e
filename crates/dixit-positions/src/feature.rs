//! The names and numbers of features.

use crate::class::{Class, Zone};

/// How a class stands in a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// It stands there.
    Plain,
    /// It stands there behind a negation.
    Negated,
    /// It stands there near a term of the topic.
    Near,
    /// It stands there, in an article that hardly names the topic.
    Weak,
}

impl Form {
    const ALL: [Self; 4] = [Self::Plain, Self::Negated, Self::Near, Self::Weak];

    const fn name(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Negated => ":negated",
            Self::Near => ":near",
            Self::Weak => ":weak",
        }
    }
}

/// Declares what is seen of a quote besides classes in zones.
macro_rules! shapes {
    ($($(#[$doc:meta])* $shape:ident = $name:literal;)+) => {
        /// What is seen of a quote besides classes in zones.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Shape {
            $($(#[$doc])* $shape),+
        }

        impl Shape {
            const ALL: &'static [Self] = &[$(Self::$shape),+];

            const fn name(self) -> &'static str {
                match self {
                    $(Self::$shape => $name),+
                }
            }
        }
    };
}

shapes! {
    /// Always there.
    Bias = "bias";
    /// All in quotation marks.
    Direct = "direct";
    /// Partly in quotation marks.
    Mixed = "mixed";
    /// A question mark in the content.
    QuestionMark = "question-mark";
    /// An exclamation mark in the content.
    ExclamationMark = "exclamation-mark";
    /// A number in the content.
    Number = "number";
    /// Four words or fewer.
    Tiny = "tiny";
    /// Ten words or fewer.
    Short = "short";
    /// More than 25 words.
    Long = "long";
    /// No cue.
    NoCue = "no-cue";
    /// No source.
    NoSource = "no-source";
    /// It stands inside another quote.
    Inner = "inner";
    /// Another quote stands inside it.
    Outer = "outer";
    /// The article names the topic once or twice.
    ArticleSome = "article-some";
    /// The article names the topic three times or more.
    ArticleMuch = "article-much";
    /// The article names the topic once in 60 words or more often.
    ArticleDense = "article-dense";
    /// The article has fewer than 10 hints in a thousand words.
    HintsRare = "hints-rare";
    /// Fewer than 20.
    HintsSome = "hints-some";
    /// Fewer than 35.
    HintsMany = "hints-many";
    /// 35 or more.
    HintsDense = "hints-dense";
    /// The first paragraph names the topic.
    Headline = "headline";
    /// It stands in the first paragraph.
    InHeadline = "in-headline";
    /// Two hints or more in the content.
    Hints = "hints";
    /// Neither term nor hint in the content.
    Nothing = "nothing";
    /// Neither term nor hint in the content, but around it.
    Inherited = "inherited";
    /// Six words or fewer that refer back to what the rest of the sentence names.
    Referred = "referred";
    /// A condition and nothing that speaks against.
    OpenCondition = "open-condition";
    /// A condition and something that speaks against.
    RefusalWithCondition = "refusal-with-condition";
    /// Something that speaks for, and no condition.
    PlainFavour = "plain-favour";
    /// Something that speaks against, and no condition.
    PlainRefusal = "plain-refusal";
    /// Proceedings, with nothing that speaks for or against.
    PlainReport = "plain-report";
    /// A cue that refuses, and no condition.
    RefusingCue = "refusing-cue";
    /// What may open a condition, and something that speaks for.
    OpeningWithFavour = "opening-with-favour";
    /// What may open a condition, and something that speaks against.
    OpeningWithRefusal = "opening-with-refusal";
    /// What may open a condition, and something to do.
    OpeningWithAction = "opening-with-action";
    /// Nothing of any stance in the content.
    NoStance = "no-stance";
    /// Another matter and neither term nor hint.
    PlainElsewhere = "plain-elsewhere";
}

/// A feature: its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Feature(u32);

/// How many features there are besides words.
pub(crate) const COUNT: usize = Zone::ALL.len() * Class::ALL.len() * Form::ALL.len() + Shape::ALL.len();

impl Feature {
    pub(crate) const fn of_class(zone: Zone, class: Class, form: Form) -> Self {
        Self(((zone as usize * Class::ALL.len() + class as usize) * Form::ALL.len() + form as usize) as u32)
    }

    pub(crate) const fn of_shape(shape: Shape) -> Self {
        Self((Zone::ALL.len() * Class::ALL.len() * Form::ALL.len() + shape as usize) as u32)
    }

    /// The feature of the word with this number in a vocabulary.
    pub(crate) const fn of_word(number: usize) -> Self {
        Self((COUNT + number) as u32)
    }

    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }

    /// All features besides words.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        (0..COUNT as u32).map(Self)
    }

    /// The class that it tells of.
    pub(crate) fn class(self) -> Option<Class> {
        self.parts().map(|(_, class, _)| class)
    }

    /// The name in the files of weights, e.g. `content:favour:near`. Words have theirs in the vocabulary.
    ///
    /// # Panics
    /// If it is a word's.
    pub(crate) fn name(self) -> String {
        if let Some((zone, class, form)) = self.parts() {
            return format!("{}:{}{}", zone.name(), class.name(), form.name());
        }
        let first = Zone::ALL.len() * Class::ALL.len() * Form::ALL.len();
        format!("shape:{}", Shape::ALL[self.index() - first].name())
    }

    fn parts(self) -> Option<(Zone, Class, Form)> {
        let (rest, form) = (self.index() / Form::ALL.len(), Form::ALL[self.index() % Form::ALL.len()]);
        let zone = Zone::ALL.get(rest / Class::ALL.len())?;
        Some((*zone, Class::ALL[rest % Class::ALL.len()], form))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_feature_has_a_name_of_its_own() {
        let names: BTreeSet<String> = Feature::all().map(Feature::name).collect();
        assert_eq!(names.len(), COUNT);
        let feature = Feature::of_class(Zone::Cue, Class::CueFavour, Form::Near);
        assert_eq!((feature.name().as_str(), feature.class()), ("cue:cue_favour:near", Some(Class::CueFavour)));
        assert_eq!(Feature::of_shape(Shape::Bias).name(), "shape:bias");
    }
}
