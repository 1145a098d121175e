//! Parts and their shares.

/// A part of an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// To train on.
    Train,
    /// To tune on.
    Dev,
    /// To test on.
    Test,
    /// On neither side, since it would be on two.
    LeftOut,
}

impl Part {
    /// All parts, in the order in which they are told.
    pub const ALL: [Self; 4] = [Self::Train, Self::Dev, Self::Test, Self::LeftOut];

    /// The name as files bear it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Dev => "dev",
            Self::Test => "test",
            Self::LeftOut => "left-out",
        }
    }
}

/// How much of an archive each part is to hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shares {
    train: f64,
    test: f64,
}

/// Why an archive cannot be split.
#[derive(Debug, thiserror::Error)]
pub enum SplitError {
    /// The shares are no parts of one whole.
    #[error("the shares {train}, {dev} and {test} are not three parts of 1")]
    Shares {
        /// To train on.
        train: f64,
        /// To tune on.
        dev: f64,
        /// To test on.
        test: f64,
    },
    /// The cuts are out of order.
    #[error("the part to test on cannot begin at `{test}`, before the part to tune on at `{dev}`")]
    Cuts {
        /// Where the part to tune on begins.
        dev: String,
        /// Where the part to test on begins.
        test: String,
    },
}

impl Shares {
    /// Shares that are together 1, none below 0.
    ///
    /// # Errors
    /// [`SplitError::Shares`] otherwise.
    pub fn new(train: f64, dev: f64, test: f64) -> Result<Self, SplitError> {
        let all = [train, dev, test];
        if all.iter().any(|share| !(0.0..=1.0).contains(share)) || (train + dev + test - 1.0).abs() > 1e-6 {
            return Err(SplitError::Shares { train, dev, test });
        }
        Ok(Self { train, test })
    }

    /// The part of a hash.
    pub(crate) fn part(self, hash: u64) -> Part {
        // As many bits as a number below 1 holds.
        self.part_at((hash >> 11) as f64 / (1_u64 << 53) as f64)
    }

    /// The part of the place `at` of the whole, from 0 and below 1.
    pub(crate) fn part_at(self, at: f64) -> Part {
        if at < self.train {
            Part::Train
        } else if at < 1.0 - self.test {
            Part::Dev
        } else {
            Part::Test
        }
    }
}
