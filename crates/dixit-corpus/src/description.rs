//! What decides the bytes that a run writes: program, pipeline, models, options, inputs. A run that was cut off goes on only
//! where all of it is as it was.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::Input;

/// How many differences are told one by one.
const TOLD: usize = 8;

/// What decides the bytes that a run writes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunDescription {
    /// The program's version.
    pub version: String,
    /// The pipeline's name.
    pub pipeline: String,
    /// The hash of its configuration.
    pub config: String,
    /// The SHA-256 of each model, by name, in hexadecimal.
    pub models: BTreeMap<String, String>,
    /// The options that records and failures depend on, by name.
    pub options: BTreeMap<String, String>,
    /// The inputs, in their order.
    pub inputs: Vec<InputState>,
}

/// An input as it was when the run began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputState {
    /// The path as it was named.
    pub path: String,
    /// Its size in bytes, where it is known.
    pub bytes: Option<u64>,
    /// When it was last changed, in nanoseconds since 1970, where it is known.
    pub modified: Option<u64>,
}

/// What differs between two descriptions, a line each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes(Vec<String>);

impl InputState {
    /// The state of `input`.
    pub fn of(input: &Input) -> Self {
        Self { path: input.name.clone(), bytes: input.bytes, modified: input.modified.and_then(nanoseconds) }
    }

    /// The state of the file at `path`.
    pub fn of_path(path: &Path) -> Self {
        let file = path.metadata().ok();
        let modified = file.as_ref().and_then(|file| file.modified().ok());
        let bytes = file.map(|file| file.len());
        Self { path: path.display().to_string(), bytes, modified: modified.and_then(nanoseconds) }
    }
}

fn nanoseconds(time: SystemTime) -> Option<u64> {
    time.duration_since(UNIX_EPOCH).ok().map(|since| since.as_nanos() as u64)
}

impl RunDescription {
    /// What is another now than it is in `self`; `None` for nothing.
    pub fn changes(&self, now: &Self) -> Option<Changes> {
        if self == now {
            return None;
        }
        let mut changes = Vec::new();
        let mut value = |name: &str, then: Option<&String>, now: Option<&String>| {
            if then != now {
                let told = |value: Option<&String>| value.map_or("not there".to_owned(), |value| format!("`{value}`"));
                changes.push(format!("{name}: {} then, {} now", told(then), told(now)));
            }
        };
        value("version", Some(&self.version), Some(&now.version));
        value("pipeline", Some(&self.pipeline), Some(&now.pipeline));
        value("the pipeline's configuration", Some(&self.config), Some(&now.config));
        for (kind, then, now) in [("model ", &self.models, &now.models), ("--", &self.options, &now.options)] {
            let added = now.keys().filter(|name| !then.contains_key(*name));
            for name in then.keys().chain(added) {
                value(&format!("{kind}{name}"), then.get(name), now.get(name));
            }
        }
        changes.extend(self.changed_inputs(now));
        Some(Changes(changes))
    }

    fn changed_inputs(&self, now: &Self) -> Vec<String> {
        let by_path = |inputs: &'_ [InputState]| -> BTreeMap<String, InputState> {
            inputs.iter().map(|input| (input.path.clone(), input.clone())).collect()
        };
        let (then, there) = (by_path(&self.inputs), by_path(&now.inputs));
        let gone = then.keys().filter(|path| !there.contains_key(*path)).map(|path| format!("input `{path}`: gone"));
        let mut changes: Vec<_> = gone.collect();
        for (path, now) in &there {
            match then.get(path) {
                None => changes.push(format!("input `{path}`: new")),
                Some(then) if then.bytes != now.bytes => {
                    let [then, now] = [then.bytes, now.bytes].map(|bytes| bytes.unwrap_or(0));
                    changes.push(format!("input `{path}`: {then} bytes then, {now} now"));
                }
                Some(then) if then != now => changes.push(format!("input `{path}`: written to since")),
                Some(_) => {}
            }
        }
        if changes.is_empty() && self.inputs != now.inputs {
            changes.push("inputs: in another order".to_owned());
        }
        changes
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0[..self.0.len().min(TOLD)].join("\n"))?;
        match self.0.len().saturating_sub(TOLD) {
            0 => Ok(()),
            more => write!(f, "\nand {more} more"),
        }
    }
}

impl std::error::Error for Changes {}

#[cfg(test)]
mod tests {
    use super::*;

    fn description() -> RunDescription {
        let input = |path: &str| InputState { path: path.to_owned(), bytes: Some(3), modified: Some(5) };
        RunDescription {
            version: "1".to_owned(),
            models: [("quotes".to_owned(), "a1".to_owned())].into(),
            options: [("encoding".to_owned(), "utf-8".to_owned())].into(),
            inputs: vec![input("a"), input("b"), input("c")],
            ..RunDescription::default()
        }
    }

    #[test]
    fn tells_what_is_another_now() {
        let then = description();
        assert_eq!(then.changes(&description()), None);
        let mut now = description();
        now.version = "2".to_owned();
        now.models.insert("quotes".to_owned(), "b2".to_owned());
        now.options.clear();
        now.inputs[0].bytes = Some(4);
        now.inputs[1].modified = Some(6);
        now.inputs[2].path = "d".to_owned();
        let told = then.changes(&now).unwrap().to_string();
        let lines = [
            "version: `1` then, `2` now",
            "model quotes: `a1` then, `b2` now",
            "--encoding: `utf-8` then, not there now",
            "input `c`: gone",
            "input `a`: 3 bytes then, 4 now",
            "input `b`: written to since",
            "input `d`: new",
        ];
        assert_eq!(told.lines().collect::<Vec<_>>(), lines);
        let mut now = description();
        now.inputs.swap(0, 1);
        assert_eq!(then.changes(&now).unwrap().to_string(), "inputs: in another order");
    }
}
