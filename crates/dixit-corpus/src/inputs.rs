//! From what the user named to a list of files, in an order that is the same everywhere.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use walkdir::{DirEntry, WalkDir};

use crate::place::is_partial;
use crate::{EncodingChoice, Format};

/// One file to read, or standard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The path as it was named, with `/` between its parts; `-` for standard input.
    pub name: String,
    /// The file; `None` for standard input.
    pub path: Option<PathBuf>,
    /// Its format; `None` to tell by its content.
    pub format: Option<Format>,
    /// Its size in bytes, where it is known.
    pub bytes: Option<u64>,
    /// When it was last changed, where it is known.
    pub modified: Option<SystemTime>,
    /// Its encoding if it is not the one of all inputs; UTF-8 for that.
    pub encoding: EncodingChoice,
}

/// Why something that was named cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// There is no such file or folder, or it may not be read.
    #[error("could not read `{name}`")]
    Unreadable {
        /// The path as it was named.
        name: String,
        /// What the system says.
        source: io::Error,
    },
    /// A pattern that no file fits.
    #[error("no file fits `{name}`")]
    NoMatch {
        /// The pattern.
        name: String,
    },
    /// A pattern that is none.
    #[error("`{name}` is no pattern of paths")]
    Pattern {
        /// The pattern.
        name: String,
        /// What is wrong with it.
        source: glob::PatternError,
    },
    /// A file whose extension stands for no format.
    #[error("`{name}` has no known extension: known are {known}")]
    UnknownFormat {
        /// The path as it was named.
        name: String,
        /// The known extensions.
        known: String,
    },
}

impl InputError {
    /// The path that could not be read.
    pub fn name(&self) -> &str {
        match self {
            Self::Unreadable { name, .. }
            | Self::NoMatch { name }
            | Self::Pattern { name, .. }
            | Self::UnknownFormat { name, .. } => name,
        }
    }
}

/// What [`find_inputs`] found.
#[derive(Debug, Default)]
pub struct Found {
    /// The files, in the order of the arguments; within a folder, by path.
    pub inputs: Vec<Input>,
    /// What cannot be read.
    pub errors: Vec<InputError>,
    /// How many files in folders were passed over, since their extension stands for no format.
    pub passed_over: usize,
    /// The files that were named more than once; they are read once.
    pub repeated: Vec<String>,
}

/// The files that `names` stand for: a file is itself, a folder is all files below it with a known extension, `-` is standard
/// input, and a name with `*`, `?` or `[` that is no file is a pattern: `**` stands for folders of any depth.
///
/// `format` overrules extensions. Hidden files and folders inside a folder are passed over, and so are the paths in `outputs`
/// and what a run has not finished, since a run must not read what it writes.
pub fn find_inputs(names: &[String], format: Option<Format>, outputs: &[PathBuf]) -> Found {
    let outputs = outputs.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let mut search = Search { format, outputs, seen: HashSet::new(), found: Found::default() };
    for name in names {
        search.name(name);
    }
    search.found
}

struct Search {
    format: Option<Format>,
    outputs: HashSet<PathBuf>,
    seen: HashSet<PathBuf>,
    found: Found,
}

impl Search {
    fn name(&mut self, name: &str) {
        let path = Path::new(name);
        if name == "-" {
            if self.seen.insert(PathBuf::from(name)) {
                self.found.inputs.push(Input {
                    name: name.to_owned(),
                    path: None,
                    format: self.format,
                    bytes: None,
                    modified: None,
                    encoding: EncodingChoice::Utf8,
                });
            } else {
                self.found.repeated.push(name.to_owned());
            }
            return;
        }
        match path.metadata() {
            Err(_) if name.contains(['*', '?', '[']) => self.pattern(name),
            Err(source) => self.found.errors.push(InputError::Unreadable { name: name.to_owned(), source }),
            Ok(metadata) if metadata.is_dir() => self.folder(path),
            Ok(_) => match self.format.or_else(|| Format::of_path(path)) {
                Some(format) => self.file(path, format),
                None => self
                    .found
                    .errors
                    .push(InputError::UnknownFormat { name: name.to_owned(), known: Format::extensions() }),
            },
        }
    }

    fn pattern(&mut self, name: &str) {
        let paths = match glob::glob(name) {
            Ok(paths) => paths,
            Err(source) => return self.found.errors.push(InputError::Pattern { name: name.to_owned(), source }),
        };
        let mut paths: Vec<_> = paths.filter_map(Result::ok).collect();
        paths.sort();
        if paths.is_empty() {
            self.found.errors.push(InputError::NoMatch { name: name.to_owned() });
        }
        for path in paths {
            match self.format.or_else(|| Format::of_path(&path)) {
                _ if path.is_dir() || path.ancestors().any(is_partial) => {}
                Some(format) => self.file(&path, format),
                None => self.found.passed_over += 1,
            }
        }
    }

    fn folder(&mut self, folder: &Path) {
        let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
        let left = |entry: &DirEntry| hidden(entry.file_name()) || is_partial(entry.path());
        let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name();
        let entries = walk.into_iter().filter_entry(|entry| entry.depth() == 0 || !left(entry));
        for entry in entries {
            match entry {
                Ok(entry) if entry.file_type().is_file() => match self.format.or_else(|| Format::of_path(entry.path()))
                {
                    Some(format) => self.file(entry.path(), format),
                    None => self.found.passed_over += 1,
                },
                Ok(_) => {}
                Err(error) => {
                    let name = slashed(error.path().unwrap_or(folder));
                    self.found.errors.push(InputError::Unreadable { name, source: error.into() });
                }
            }
        }
    }

    fn file(&mut self, path: &Path, format: Format) {
        if let Ok(canonical) = path.canonicalize() {
            if canonical.ancestors().any(|path| self.outputs.contains(path)) {
                return;
            }
            if !self.seen.insert(canonical) {
                self.found.repeated.push(slashed(path));
                return;
            }
        }
        let metadata = path.metadata().ok().filter(std::fs::Metadata::is_file);
        self.found.inputs.push(Input {
            name: slashed(path),
            path: Some(path.to_owned()),
            format: Some(format),
            bytes: metadata.as_ref().map(std::fs::Metadata::len),
            modified: metadata.and_then(|metadata| metadata.modified().ok()),
            encoding: EncodingChoice::Utf8,
        });
    }
}

/// The path with `/` between its parts, so that ids are the same on every system.
fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn names(found: &Found, root: &Path) -> Vec<String> {
        let root = format!("{}/", slashed(root));
        found.inputs.iter().map(|input| input.name.replacen(&root, "", 1)).collect()
    }

    fn folder_with(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::File::create_new(path).unwrap();
        }
        folder
    }

    #[test]
    fn lists_a_folder_by_path_without_hidden_and_unknown_files() {
        let folder = folder_with(&["b.txt", "a/2.jsonl", "a/1.TXT", ".git/c.txt", "d.pdf"]);
        let found = find_inputs(&[folder.path().to_str().unwrap().to_owned()], None, &[]);
        assert_eq!(names(&found, folder.path()), ["a/1.TXT", "a/2.jsonl", "b.txt"]);
        assert_eq!(found.passed_over, 1);
        assert!(found.errors.is_empty());
    }

    #[test]
    fn reads_a_file_once_that_is_named_twice_and_never_the_output() {
        let folder = folder_with(&["a.txt", "out.jsonl"]);
        let file = folder.path().join("a.txt").to_str().unwrap().to_owned();
        let names_given = [file.clone(), folder.path().to_str().unwrap().to_owned()];
        let found = find_inputs(&names_given, None, &[folder.path().join("out.jsonl")]);
        assert_eq!(names(&found, folder.path()), ["a.txt"]);
        assert_eq!(found.repeated, [file]);
    }

    #[test]
    fn a_pattern_is_the_files_that_fit_by_path() {
        let folder = folder_with(&["b/2.txt", "a/1.txt", "a/1.pdf", "a/0.csv"]);
        let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        let found = find_inputs(&[path("**/*.txt"), path("a/1.p*"), path("*.csv")], None, &[]);
        assert_eq!(names(&found, folder.path()), ["a/1.txt", "b/2.txt"]);
        assert_eq!(found.passed_over, 1);
        assert!(matches!(found.errors[..], [InputError::NoMatch { .. }]));
    }

    #[test]
    fn reports_what_is_missing_or_of_no_known_format_and_goes_on() {
        let folder = folder_with(&["a.txt", "b.pdf"]);
        let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        let found = find_inputs(&[path("missing.txt"), path("b.pdf"), path("a.txt"), "-".to_owned()], None, &[]);
        assert_eq!(names(&found, folder.path()), ["a.txt", "-"]);
        assert!(matches!(found.errors[0], InputError::Unreadable { .. }));
        let message = found.errors[1].to_string();
        assert!(message.contains("has no known extension: known are .txt, .jsonl, .ndjson"), "{message}");
        let found = find_inputs(&[path("b.pdf")], Some(Format::Text), &[]);
        assert_eq!(found.inputs.len(), 1);
    }
}
