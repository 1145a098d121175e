//! Formats of training and review tools. Opens no files and prints nothing.
//!
//! A record becomes a view once: its text, tokens, sentences, marks and links, in bytes. Each [`Format`] writes a view as far as it
//! can and counts what it cannot hold ([`Losses`]). Where the bytes go is for the caller to say ([`Files`]).
//!
//! | format | form | offsets | holds |
//! |---|---|---|---|
//! | `conll` | a file: four columns, IOB2 (Tjong Kim Sang & De Meulder 2003) | none | one layer |
//! | `bioes` | as `conll`, BIOES | none | one layer |
//! | `hf` | a folder: `data.jsonl`, and a dataset card `README.md` with its features | code points | entities, quotes; on tokens or subwords |
//! | `spacy` | a folder: `articles.jsonl`, and `to_docbin.py`, which makes a `DocBin` of it | code points | all |
//! | `prodigy` | a file: JSON lines with tokens, spans and relations | code points; token ends inclusive | all but types |
//! | `label-studio` | a folder: `tasks.json` with predictions, `config.xml` | code points of the text with `\n` | all |
//! | `doccano` | a folder: `sequence.jsonl`, `relations.jsonl` | code points | all but types |
//! | `brat` | a folder: `.txt` and `.ann` for each article, `annotation.conf` | code points of the text with `\n` | all |
//! | `gliner` | a file: a JSON array; token indices inclusive | none | entities |
//! | `webanno` | a folder: a UIMA CAS JSON for each article, for `INCEpTION` | UTF-16 units | all |
//! | `w3c` | a file: Web Annotations, one a line | code points | all |
//! | `csv` | a file: a row for each quote | code points | quotes |
//!
//! Work that was reviewed in Prodigy, Label Studio, doccano or brat comes back through [`Reviews`]: by id, each offset checked.

mod files;
mod format;
mod import;
mod line_ends;
mod losses;
mod tags;
mod view;
mod windows;

pub use crate::files::Files;
pub use crate::format::{Export, ExportError, Format, Labels, Layer, Layout, Options, Windows};
pub use crate::import::{Outcome, Refusal, Reviews, Tool};
pub use crate::losses::Losses;
pub use crate::view::ViewError;
