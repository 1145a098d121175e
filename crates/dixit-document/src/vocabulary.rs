//! Closed sets of names: labels, kinds, types, stances, layers.

use std::fmt;

/// A closed set of values that are written by name.
pub trait Vocabulary: Copy + Eq + fmt::Debug + 'static {
    /// What a value is called in messages, e.g. `entity label`.
    const WHAT: &'static str;
    /// All values, in the order in which they are listed to people.
    const ALL: &'static [Self];

    /// The name as it is written in records and pipeline files.
    fn name(self) -> &'static str;

    /// The value of that name.
    ///
    /// # Errors
    /// [`UnknownName`], which lists the known names.
    fn from_name(name: &str) -> Result<Self, UnknownName> {
        Self::ALL.iter().copied().find(|value| value.name() == name).ok_or_else(|| UnknownName {
            what: Self::WHAT,
            name: name.to_owned(),
            known: Self::ALL.iter().map(|value| format!("`{}`", value.name())).collect::<Vec<_>>().join(", "),
        })
    }
}

/// A name that is not in its vocabulary.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown {what} `{name}`: known are {known}")]
pub struct UnknownName {
    /// What was to be named.
    pub what: &'static str,
    /// The name that is not known.
    pub name: String,
    /// The known names, each in backticks.
    pub known: String,
}

/// Declares an enum that is a [`Vocabulary`]; each variant with its name.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $type:ident, $what:literal { $($(#[$doc:meta])* $variant:ident = $name:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type {
            $($(#[$doc])* $variant),+
        }

        impl $crate::Vocabulary for $type {
            const WHAT: &'static str = $what;
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name),+
                }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad($crate::Vocabulary::name(*self))
            }
        }
    };
}
pub(crate) use vocabulary;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Stance;

    #[test]
    fn every_name_leads_back_to_its_value() {
        for &stance in Stance::ALL {
            assert_eq!(Stance::from_name(stance.name()), Ok(stance));
        }
    }

    #[test]
    fn an_unknown_name_lists_the_known_ones() {
        let message = Stance::from_name("in favour").expect_err("not a stance").to_string();
        assert_eq!(message, "unknown stance `in favour`: known are `support`, `conditional`, `oppose`, `neutral`");
    }
}
