//! The languages that are told apart.

use dixit_document::LanguageCode;
use whatlang::Lang;

/// A language that evidence can speak for: the two that are annotated, and the ones that they are taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tongue {
    English,
    French,
    Spanish,
    Dutch,
    German,
    Italian,
    Portuguese,
}

impl Tongue {
    pub(crate) const ALL: [Self; 7] =
        [Self::English, Self::French, Self::Spanish, Self::Dutch, Self::German, Self::Italian, Self::Portuguese];
    pub(crate) const COUNT: usize = Self::ALL.len();

    /// What the record says of it.
    pub(crate) fn code(self) -> LanguageCode {
        match self {
            Self::English => LanguageCode::En,
            Self::French => LanguageCode::Fr,
            _ => LanguageCode::Und,
        }
    }

    /// ISO 639-1, as the data files write it.
    pub(crate) fn iso(self) -> &'static str {
        ["en", "fr", "es", "nl", "de", "it", "pt"][self as usize]
    }

    pub(crate) fn whatlang(self) -> Lang {
        [Lang::Eng, Lang::Fra, Lang::Spa, Lang::Nld, Lang::Deu, Lang::Ita, Lang::Por][self as usize]
    }

    pub(crate) fn from_whatlang(lang: Lang) -> Option<Self> {
        Self::ALL.into_iter().find(|tongue| tongue.whatlang() == lang)
    }
}
