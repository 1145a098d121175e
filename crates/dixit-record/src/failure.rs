//! What could not be done: one line of a failures file.

use std::error::Error;

use serde::{Deserialize, Serialize};

/// An article or an input that failed, with where and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Failure {
    /// The path of the file as it was named; `-` for standard input.
    pub path: String,
    /// The line, from 1, where the file has one article a line.
    pub line: Option<u64>,
    /// The article's id, where it is known.
    pub id: Option<String>,
    /// The stage that failed: `read`, a stage of the pipeline, or `record`.
    pub stage: String,
    /// What happened, from the outermost cause to the innermost.
    pub cause: String,
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
