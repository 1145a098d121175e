//! What is asked of a candidate before it is taken for the speaker.

/// A set of features.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Features(u128);

impl Features {
    pub(crate) fn add(&mut self, feature: Feature) {
        self.0 |= 1 << feature as u32;
    }

    pub(crate) fn add_if(&mut self, holds: bool, feature: Feature) {
        if holds {
            self.add(feature);
        }
    }

    /// The numbers of the features, from the least.
    pub(crate) fn iter(self) -> impl Iterator<Item = usize> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let next = rest.trailing_zeros();
            (rest != 0).then(|| {
                rest &= rest - 1;
                next as usize
            })
        })
    }
}

macro_rules! features {
    ($($(#[$doc:meta])* $feature:ident = $name:literal,)+) => {
        /// A fact about a candidate. The names stand in the file of weights.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Feature { $($(#[$doc])* $feature,)+ }

        impl Feature {
            /// The names, in the order of the numbers.
            pub(crate) const NAMES: &'static [&'static str] = &[$($name,)+];
        }
    };
}

features! {
    // What the candidate is.
    Nobody = "nobody",
    Own = "own",
    Person = "person",
    Organization = "organization",
    Place = "place",
    OtherName = "other_name",
    DescribedPerson = "described_person",
    DescribedPeople = "described_people",
    DescribedBody = "described_body",
    DescribedDocument = "described_document",
    DescribedOther = "described_other",
    // Where it was last mentioned in front of the source.
    SameSentence = "same_sentence",
    SentenceBefore = "sentence_before",
    TwoSentencesBefore = "two_sentences_before",
    FewSentencesBefore = "few_sentences_before",
    FarBefore = "far_before",
    OnlyBehind = "only_behind",
    SameParagraph = "same_paragraph",
    ParagraphBefore = "paragraph_before",
    Nearest = "nearest",
    SecondNearest = "second_nearest",
    ThirdNearest = "third_nearest",
    // How it was mentioned there.
    Governed = "governed",
    Leads = "leads",
    LeadsSentenceBefore = "leads_sentence_before",
    LeadsSameSentence = "leads_same_sentence",
    Quoted = "quoted",
    InOwnContent = "in_own_content",
    // How it is named in the article.
    FullName = "full_name",
    Once = "once",
    Often = "often",
    Most = "most",
    InHeadline = "in_headline",
    // What it said.
    Last = "last",
    LastSameParagraph = "last_same_paragraph",
    LastParagraphBefore = "last_paragraph_before",
    LastSameSentence = "last_same_sentence",
    SecondLast = "second_last",
    SpokeBefore = "spoke_before",
    Next = "next",
    // What it agrees in.
    GenderAgrees = "gender_agrees",
    GenderDiffers = "gender_differs",
    GenderUnknown = "gender_unknown",
    OnlyOfGender = "only_of_gender",
    NumberAgrees = "number_agrees",
    NumberDiffers = "number_differs",
    LastAgrees = "last_agrees",
    // How a description fits.
    RoleAll = "role_all",
    RoleMost = "role_most",
    RoleHead = "role_head",
    NoRole = "no_role",
    SharesWord = "shares_word",
    SharesHead = "shares_head",
    Within = "within",
    WithinAtEnd = "within_at_end",
    // What the description itself is.
    OwnDefinite = "own_definite",
    OwnIndefinite = "own_indefinite",
    OwnPossessive = "own_possessive",
    OwnPlural = "own_plural",
    OwnShort = "own_short",
    OwnLong = "own_long",
    OwnWithName = "own_with_name",
    OwnHasRoleOfName = "own_has_role_of_name",
    Definite = "definite",
    Short = "short",
    // What the quote is.
    Direct = "direct",
    NobodyIndirect = "nobody_indirect",
    NobodyFirst = "nobody_first",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_its_features_from_the_least() {
        let mut features = Features::default();
        features.add(Feature::NobodyFirst);
        features.add_if(true, Feature::Own);
        features.add_if(false, Feature::Person);
        assert_eq!(features.iter().map(|index| Feature::NAMES[index]).collect::<Vec<_>>(), ["own", "nobody_first"]);
        assert!(Feature::NAMES.len() <= 128);
    }
}
