//! What could not be done: one line of a failures file.

use std::error::Error;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

/// An article or an input that failed, with where, why, and the bytes to try it again with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Failure {
    /// The path of the file as it was named; `-` for standard input.
    pub path: String,
    /// The line, from 1, where the file has one article a line or row.
    pub line: Option<u64>,
    /// The first byte of the article in the file, after decompression; for a row of Parquet, how many stand before
    /// it; null if the whole input failed.
    pub offset: Option<u64>,
    /// The article's id, where it is known.
    pub id: Option<String>,
    /// The stage that failed: `read`, a stage of the pipeline, `record`, `panic` or `time`.
    pub stage: String,
    /// What happened, from the outermost cause to the innermost.
    pub cause: String,
    /// The format in which `raw` is one article.
    pub format: Option<String>,
    /// The character encoding of `raw`.
    pub encoding: Option<String>,
    /// The article as it was read, in base64; null where it was too long to be held.
    pub raw: Option<String>,
}

/// Why a line is no failure.
#[derive(Debug, thiserror::Error)]
pub enum FailureError {
    /// It is not JSON, or not of this form.
    #[error("not a line of a failures file")]
    Json(#[from] serde_json::Error),
    /// The bytes are not base64.
    #[error("`raw` is not base64")]
    Raw(#[from] base64::DecodeError),
}

impl Failure {
    /// The causes of `error`, outermost first, in one line.
    pub fn cause_of(error: &dyn Error) -> String {
        let mut cause = error.to_string();
        let mut inner = error.source();
        while let Some(error) = inner {
            let message = error.to_string();
            if !cause.ends_with(&message) {
                cause.push_str(": ");
                cause.push_str(&message);
            }
            inner = error.source();
        }
        cause
    }

    /// A failure to read all of `path`.
    pub fn of_input(path: &str, error: &dyn Error) -> Self {
        Self {
            path: path.to_owned(),
            line: None,
            offset: None,
            id: None,
            stage: "read".to_owned(),
            cause: Self::cause_of(error),
            format: None,
            encoding: None,
            raw: None,
        }
    }

    /// `bytes` as [`Failure::raw`] holds them.
    pub fn encode_raw(bytes: &[u8]) -> String {
        STANDARD.encode(bytes)
    }

    /// The failure of a line of JSON, and the bytes of its article.
    ///
    /// # Errors
    /// [`FailureError`].
    pub fn from_json(line: &[u8]) -> Result<(Self, Option<Vec<u8>>), FailureError> {
        let failure: Self = serde_json::from_slice(line)?;
        let raw = failure.raw.as_ref().map(|raw| STANDARD.decode(raw)).transpose()?;
        Ok((failure, raw))
    }

    /// The failure as a line of JSON, with its line end.
    ///
    /// # Panics
    /// Never: strings and numbers are always JSON.
    pub fn to_line(&self) -> Vec<u8> {
        let mut line = serde_json::to_vec(self).expect("strings and numbers are always JSON");
        line.push(b'\n');
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_back_the_very_bytes() {
        let bytes = b"caf\xE9\0\n";
        let error = std::io::Error::other("torn");
        let failure = Failure { raw: Some(Failure::encode_raw(bytes)), ..Failure::of_input("a.txt", &error) };
        let (again, raw) = Failure::from_json(&failure.to_line()).unwrap();
        assert_eq!((again, raw.as_deref()), (failure, Some(&bytes[..])));
        assert!(Failure::from_json(b"{}").is_err());
    }
}
