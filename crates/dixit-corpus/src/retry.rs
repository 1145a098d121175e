//! Reads again what failed: from the bytes that the failures file holds, else from the input.

use std::fs::File;
use std::io::{BufRead, BufReader, Cursor};
use std::path::{Path, PathBuf};

use dixit_record::{Failure, FailureError, Origin, Position, Reading};

use crate::input_log::hash_of;
use crate::{EncodingChoice, Format, Input, InputLog, InputSummary, ReadOptions, Reader};

/// Why a failures file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RetryError {
    /// The system refuses.
    #[error("could not read `{path}`")]
    Io {
        /// The failures file.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// A line is no failure.
    #[error("`{path}`, line {line}")]
    Line {
        /// The failures file.
        path: String,
        /// The line, from 1.
        line: u64,
        /// Why.
        source: FailureError,
    },
}

/// The articles of a failures file, in its order.
pub struct Retry {
    path: String,
    lines: std::io::Split<BufReader<File>>,
    articles: u64,
    log: InputLog,
    options: ReadOptions,
    /// The articles of an input that failed as a whole.
    whole: Option<Reader>,
}

impl Retry {
    /// Opens a failures file. `options` count as for the first run, with an encoding that is named before the one that was used.
    ///
    /// # Errors
    /// [`RetryError`] if it cannot be read, or a line is no failure: all are looked at before the first is tried.
    pub fn open(path: &Path, options: ReadOptions) -> Result<Self, RetryError> {
        let name = path.display().to_string();
        let lines = || {
            let file = File::open(path).map_err(|source| RetryError::Io { path: name.clone(), source })?;
            Ok(BufReader::new(file).split(b'\n'))
        };
        for (number, line) in lines()?.enumerate() {
            let line = line.map_err(|source| RetryError::Io { path: name.clone(), source })?;
            let place = |source| RetryError::Line { path: name.clone(), line: number as u64 + 1, source };
            Failure::from_json(&line).map_err(place)?;
        }
        Ok(Self { lines: lines()?, path: name, articles: 0, log: InputLog::default(), options, whole: None })
    }

    /// Goes to `position`: articles are read and left.
    pub fn skip_to(&mut self, position: Position) {
        while self.articles < position.articles && self.next().is_some() {}
    }

    /// Where it is told what was read of the failures file.
    pub fn log(&self) -> InputLog {
        self.log.clone()
    }

    fn again(&mut self, failure: &Failure, raw: Option<Vec<u8>>) -> Option<Reading> {
        let format = failure.format.as_deref().and_then(Format::from_name);
        let Some(raw) = raw else { return self.input_again(failure, format) };
        let input = self.input(failure, format, false);
        let mut reading = Reader::of_content(input, Cursor::new(raw), self.options.clone()).next()?;
        if let Ok(article) = &mut reading.article {
            let made = |line| format!("{}:{line}", failure.path);
            if let (Some(line), Some(short)) = (failure.line, article.source.line)
                && article.id == made(short)
            {
                article.id = made(line);
            }
            article.source.line = failure.line;
        }
        reading.origin.line = failure.line;
        reading.origin.offset = failure.offset;
        Some(reading)
    }

    /// The article at the place of `failure`; all of the input if that failed as a whole.
    fn input_again(&mut self, failure: &Failure, format: Option<Format>) -> Option<Reading> {
        let input = self.input(failure, format, true);
        let mut reader = Reader::new(vec![input], self.options.clone());
        let Some(offset) = failure.offset else {
            let first = reader.next();
            self.whole = Some(reader);
            return first;
        };
        // Articles of one XML file differ by their ids alone.
        let id = |reading: &Reading| reading.article.as_ref().ok().map(|article| article.id.clone());
        let at = |reading: &Reading| {
            reading.origin.line == failure.line
                && reading.origin.offset.is_none_or(|here| here == offset)
                && (failure.line.is_some() || failure.id.is_none() || failure.id == id(reading))
        };
        reader.find(at)
    }

    fn next_reading(&mut self) -> Option<Reading> {
        loop {
            if let Some(reading) = self.whole.as_mut().and_then(Iterator::next) {
                return Some(reading);
            }
            self.whole = None;
            let line = self.lines.next()?;
            let failure = line.map_err(|error| error.to_string());
            let failure = failure.and_then(|line| Failure::from_json(&line).map_err(|error| error.to_string()));
            match failure {
                Ok((failure, raw)) => {
                    if let Some(reading) = self.again(&failure, raw) {
                        return Some(reading);
                    }
                }
                Err(cause) => {
                    let origin = Origin { path: self.path.clone(), ..Origin::default() };
                    let position = Position::default();
                    return Some(Reading { origin, article: Err(cause), position, bytes_read: 0 });
                }
            }
        }
    }

    fn input(&self, failure: &Failure, format: Option<Format>, is_file: bool) -> Input {
        let used = failure.encoding.as_deref().and_then(EncodingChoice::from_name);
        let path = (is_file && failure.path != "-").then(|| PathBuf::from(&failure.path));
        let format = format.or_else(|| path.as_deref().and_then(Format::of_path));
        let encoding = match self.options.encoding {
            EncodingChoice::Utf8 => used.filter(|_| !is_file).unwrap_or_default(),
            named => named,
        };
        Input { name: failure.path.clone(), path, format, bytes: None, modified: None, encoding }
    }
}

impl Iterator for Retry {
    type Item = Reading;

    fn next(&mut self) -> Option<Reading> {
        let mut reading = self.next_reading();
        if let Some(reading) = &mut reading {
            self.articles += 1;
            reading.position = Position { inputs: 0, articles: self.articles };
        } else {
            let (bytes, sha256) = hash_of(Path::new(&self.path)).map_or((0, None), |(bytes, hash)| (bytes, Some(hash)));
            self.log.push(0, InputSummary { path: self.path.clone(), bytes, sha256, passed_over: 0 });
        }
        reading
    }
}
