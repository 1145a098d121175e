//! The formats of inputs.

use std::path::Path;

/// How the articles of an input are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One article: the headline first, paragraphs separated by blank lines.
    Text,
    /// One article a line, as a JSON object.
    JsonLines,
}

impl Format {
    /// The formats, each with its name and the extensions of its files.
    pub const ALL: [(Self, &'static str, &'static [&'static str]); 2] =
        [(Self::Text, "txt", &["txt"]), (Self::JsonLines, "jsonl", &["jsonl", "ndjson"])];

    /// The format that the extension of `path` stands for.
    pub fn of_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Self::ALL.iter().find(|(_, _, extensions)| extensions.contains(&extension.as_str())).map(|&(format, ..)| format)
    }

    /// The format of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known, _)| *known == name).map(|&(format, ..)| format)
    }

    /// The format of content without a name: JSON lines if its first character opens an object, else text.
    pub fn of_content(start: &[u8]) -> Self {
        let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
        match start.iter().find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'{') => Self::JsonLines,
            _ => Self::Text,
        }
    }

    /// The extensions of all formats, for messages: `.txt, .jsonl, .ndjson`.
    pub fn extensions() -> String {
        let all = Self::ALL.iter().flat_map(|(_, _, extensions)| extensions.iter());
        all.map(|extension| format!(".{extension}")).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_files_by_their_extension_whatever_its_case() {
        assert_eq!(Format::of_path(Path::new("a/B.TXT")), Some(Format::Text));
        assert_eq!(Format::of_path(Path::new("a.ndjson")), Some(Format::JsonLines));
        assert_eq!(Format::of_path(Path::new("a.csv")), None);
        assert_eq!(Format::of_path(Path::new("jsonl")), None);
    }

    #[test]
    fn tells_json_lines_from_text_by_the_first_character() {
        assert_eq!(Format::of_content(b"\xEF\xBB\xBF\n {\"text\":1}"), Format::JsonLines);
        assert_eq!(Format::of_content(b"Talks {resume}"), Format::Text);
        assert_eq!(Format::of_content(b""), Format::Text);
    }
}
