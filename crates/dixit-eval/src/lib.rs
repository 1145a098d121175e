//! Measures an annotation by another: precision, recall and F1 of every layer. Opens no files and prints nothing.
//!
//! A [`Corpus`] is read of gold and of predictions, [`evaluate()`] pairs their documents by id and counts, a [`Report`] tells.
//! All counts are summed over documents (micro). "Trimmed" is without what is neither letter nor digit at the ends of a span;
//! words are runs of letters, digits and `_`.
//!
//! | layer | figure | what is right | source |
//! |---|---|---|---|
//! | entities | a label, `all` | trimmed span and label; labels of other names made alike; `nested` ones left out; FAC is LOC in French | `CoNLL` 2003 (Tjong Kim Sang & De Meulder) |
//! | | `core`, `core-unlabelled` | of PERSON, ORG and LOC: span and label, span alone | as above |
//! | | `all-boundary` | the trimmed span, whatever the label | "exact" of `SemEval` 2013 task 9 (Segura-Bedmar et al.) |
//! | | `all-overlap` | the label, and one code point in common; one to one | "type" of `SemEval` 2013 task 9 |
//! | quotes | `recall-`type | content that overlaps, of the gold's quotes of a type | |
//! | | `content-overlap` | words in common over words of both ≥ 0.5, paired one to one, best first | Jaccard |
//! | | `content-exact` | of these, the same trimmed spans | |
//! | | `content-boundary` | the first, and the last code point of a trimmed stretch: each counts, whichever quote it is of | |
//! | | `ggt-0.3`, `ggt-0.8` | words in common over words of the gold ≥ 0.3 and 0.8, paired one to one, best first: a prediction that is too long costs nothing | Gender Gap Tracker (Asr et al. 2021) |
//! | | `ggt-`level`-speaker`, `-verb` | of these, the sources and cues that share a code point with the gold's, where the gold has one | as above |
//! | | `token-exact-`part | the same tokens, punctuation too, whichever quote they are of; cue and source by their first stretch | `CofeNet` (Wang et al. 2022) |
//! | | `token-begin-content` | the same first tokens of stretches, whichever quote they are of | as above, "begin match" |
//! | | `cue`, `source` | in paired quotes, words in common ≥ 0.5 (a cue also if its trimmed span is the same) | |
//! | | `type-accuracy` | paired quotes of the same type | |
//! | | `who-said-what` | paired quotes whose speakers' names agree: all words of the shorter are in the longer | |
//! | attributions | as quotes, less speakers | | PolNeAR (Newell et al. 2018) |
//! | positions | a stance, `micro`, `macro` | paired quotes of the same stance; `macro` is the mean F1 of the stances in the gold | |
//! | | `on-`topic | paired quotes that both have a stance | |
//! | tokens, sentences | | the same span | `CoNLL` 2018 shared task (Zeman et al.) |
//! | | `-boundary` | the same start, and the same end: each counts | |
//! | | `-overlap` | one code point in common; one to one | |
//! | paragraphs | a kind, `all` | the same span and kind | |
//! | | `all-boundary` | the same span, whatever the kind | |
//! | language | `en`, `fr`, `other`, `accuracy` | the same of the three | |
//!
//! Confusion tables count labels and kinds of the same span, and types and stances of paired quotes. Intervals are percentiles of the bootstrap
//! over documents (Efron 1979). Reliability sets scores against the share that is right in ten bins, with the expected
//! calibration error (Guo et al. 2017): entities by span and label, quotes by overlap, speakers of paired quotes by name.
//!
//! [`agreement()`] compares two annotations of which neither is the gold: F1, and what is left of agreement when chance is taken
//! away, Cohen's κ (1960) and Krippendorff's α (2011): labels of spans that both marked, types and stances of paired quotes.

mod agreement;
mod align;
mod coefficients;
mod conllu;
mod corpus;
mod entities;
mod evaluate;
mod figures;
mod matrix;
mod names;
mod positions;
mod print;
mod quotes;
mod reliability;
mod spans;
mod text;

pub use crate::agreement::{Agreement, AgreementFigure, agreement};
pub use crate::corpus::{Corpus, CorpusError};
pub use crate::evaluate::{EvalError, Layer, LayerReport, Options, Report, evaluate};
pub use crate::figures::{Bootstrap, Figure};
pub use crate::matrix::Confusion;
pub use crate::print::Show;
pub use crate::reliability::Reliability;
