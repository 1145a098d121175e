//! Names of files and of types that every tool and system takes, made of ids and topics that may hold anything.

use std::fmt::Write as _;

/// The longest name, in bytes.
const LONGEST: usize = 180;

/// A file name for an id: ASCII letters, digits, `-` and `.` stand for themselves, `_` and two hexadecimal digits for each other byte. Two
/// ids have two names. One that would be longer than a system takes is cut, and ends in a hash of the id.
pub(crate) fn file_name(id: &str) -> String {
    let mut name = String::new();
    for (place, byte) in id.bytes().enumerate() {
        if byte.is_ascii_alphanumeric() || byte == b'-' || (byte == b'.' && place > 0) {
            name.push(char::from(byte));
        } else {
            let _ = write!(name, "_{byte:02x}");
        }
    }
    if name.is_empty() {
        return "_".to_owned();
    }
    if name.len() > LONGEST {
        name.truncate(LONGEST);
        let _ = write!(name, "__{:016x}", fnv(id));
    }
    name
}

/// An identifier for the name of a topic: what is no ASCII letter, digit or `-` becomes `_`.
pub(crate) fn identifier(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
    let plain: String = name.chars().map(plain).collect();
    if plain.starts_with(|c: char| c.is_ascii_alphabetic()) { plain } else { format!("t{plain}") }
}

/// FNV-1a (Fowler, Noll & Vo): the same everywhere and forever.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_has_a_name_of_its_own_that_leaves_no_folder() {
        let ids = ["news/a.jsonl:1", "news/a.jsonl_1", "..", ".", "", "_", "é", "e\u{301}", "a b", "a\0b", "../../x"];
        let names: Vec<_> = ids.iter().map(|id| file_name(id)).collect();
        assert_eq!(names[..3], ["news_2fa.jsonl_3a1", "news_2fa.jsonl_5f1", "_2e."]);
        let different: std::collections::BTreeSet<_> = names.iter().collect();
        assert_eq!(different.len(), ids.len(), "{names:?}");
        assert!(names.iter().all(|name| !name.contains(['/', '\0']) && !name.starts_with('.')));
        let long = ["a".repeat(300), "a".repeat(301)].map(|id| file_name(&id));
        assert!(long[0] != long[1] && long.iter().all(|name| name.len() < 220));
    }

    #[test]
    fn an_identifier_holds_no_space() {
        assert_eq!(identifier("peace talks: é"), "peace_talks___");
        assert_eq!(identifier("5G"), "t5G");
    }
}
