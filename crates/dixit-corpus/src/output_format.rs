//! The formats of outputs: their names, and the files that they are told by.

use std::path::Path;

/// How records are laid out in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OutputFormat {
    /// A record a line, as JSON.
    #[default]
    JsonLines,
    /// The same in gzip.
    Gzip,
    /// The same in zstd.
    Zstd,
    /// A record a row, with the same columns whatever the pipeline.
    Parquet,
}

const ALL: [(OutputFormat, &str); 4] = [
    (OutputFormat::JsonLines, "jsonl"),
    (OutputFormat::Gzip, "jsonl.gz"),
    (OutputFormat::Zstd, "jsonl.zst"),
    (OutputFormat::Parquet, "parquet"),
];

impl OutputFormat {
    /// The format that the name of a file stands for: by its last extension, and JSON lines for one that is not known.
    pub fn of_path(path: &Path) -> Self {
        let extension = path.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase);
        match extension.as_deref() {
            Some("gz") => Self::Gzip,
            Some("zst") => Self::Zstd,
            Some("parquet") => Self::Parquet,
            _ => Self::JsonLines,
        }
    }

    /// The format of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        ALL.iter().find(|(_, known)| *known == name).map(|&(format, _)| format)
    }

    /// Its name, which is also the extension of its files.
    pub fn name(self) -> &'static str {
        ALL.iter().find(|&&(format, _)| format == self).map_or("", |&(_, name)| name)
    }

    /// The names of all formats, for messages.
    pub fn names() -> String {
        ALL.map(|(_, name)| format!("`{name}`")).join(", ")
    }

    /// Whether it can be written from the beginning to the end.
    pub fn is_stream(self) -> bool {
        self != Self::Parquet
    }

    pub(crate) fn is_compressed(self) -> bool {
        matches!(self, Self::Gzip | Self::Zstd)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_told_by_the_extension() {
        assert_eq!(OutputFormat::of_path(Path::new("a.jsonl.GZ")), OutputFormat::Gzip);
        assert_eq!(OutputFormat::of_path(Path::new("a.zst")), OutputFormat::Zstd);
        assert_eq!(OutputFormat::of_path(Path::new("a.txt")), OutputFormat::JsonLines);
        for (format, name) in ALL {
            assert_eq!((OutputFormat::from_name(name), format.name()), (Some(format), name));
        }
    }
}
