//! URLs, e-mail addresses and DOIs: each is one token.
//!
//! *Finds* a scheme with `://`, `www.`, a name with `@` and a domain, a domain with a path, `doi:10.`.
//! *Example en* `https://example.org/a_(b)`, `desk@example.org`. *Example fr* `www.exemple.fr/paix`.
//! *Leaves alone* the punctuation behind it, and a handle such as `@dixit`.

/// The longest name in front of `@`, and the longest domain, in bytes.
const LONGEST: usize = 128;

/// The last labels by which a domain with a path is known; others are known by a scheme or `www.` only.
const DOMAINS: &str = include_str!("../data/any/domains.txt");

/// The length of an address at the start of `text`, without the punctuation behind it.
pub(crate) fn address(text: &str) -> Option<usize> {
    let first = *text.as_bytes().first()?;
    if !first.is_ascii_alphanumeric() {
        return None;
    }
    let length = if is_url(text) || is_path(text) { url(text) } else { mail(text)? };
    (length > 4).then_some(length)
}

fn is_url(text: &str) -> bool {
    let letters = text.bytes().take(12).take_while(u8::is_ascii_alphabetic).count();
    let rest = &text.as_bytes()[letters..];
    let starts =
        |start: &[u8]| text.as_bytes().get(..start.len()).is_some_and(|bytes| bytes.eq_ignore_ascii_case(start));
    letters > 1 && rest.starts_with(b"://") || starts(b"www.") || starts(b"doi:10.")
}

/// Whether `text` starts with a domain and a slash: `example.org/news`.
fn is_path(text: &str) -> bool {
    let host = text
        .bytes()
        .take(LONGEST)
        .take_while(|&byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
        .count();
    let Some((_, last)) = text[..host].rsplit_once('.') else { return false };
    text[host..].starts_with('/') && DOMAINS.lines().any(|domain| domain == last)
}

/// The length of a URL at the start of `text`.
fn url(text: &str) -> usize {
    let end = text.find(['<', '>', '"', '«', '»', '“', '”', '|']).unwrap_or(text.len());
    let mut url = &text[..end];
    let (round, square) = (url.contains('('), url.contains('['));
    while let Some(last) = url.chars().next_back() {
        let unbalanced = last == ')' && !round || last == ']' && !square;
        if !(matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '…') || unbalanced) {
            break;
        }
        url = &url[..url.len() - last.len_utf8()];
    }
    url.len()
}

/// The length of an e-mail address at the start of `text`.
fn mail(text: &str) -> Option<usize> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+');
    let name = text.bytes().take(LONGEST).take_while(|&byte| fits(byte)).count();
    if text.as_bytes().get(name) != Some(&b'@') {
        return None;
    }
    let domain = text.as_bytes()[name + 1..].iter().take(LONGEST).take_while(|&&byte| fits(byte)).count();
    let domain = text[name + 1..name + 1 + domain].trim_end_matches(['.', '-', '_', '+']);
    domain.contains('.').then_some(name + 1 + domain.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<&str> {
        address(text).map(|length| &text[..length])
    }

    #[test]
    fn leaves_the_punctuation_behind_an_address() {
        assert_eq!(found("https://example.org/a?b=1&c=2)."), Some("https://example.org/a?b=1&c=2"));
        assert_eq!(found("https://example.org/a_(b)"), Some("https://example.org/a_(b)"));
        assert_eq!(found("www.exemple.fr/paix»,"), Some("www.exemple.fr/paix"));
        assert_eq!(found("desk+news@mail.example.org."), Some("desk+news@mail.example.org"));
        assert_eq!(found("example.org/news;"), Some("example.org/news"));
    }

    #[test]
    fn leaves_words_and_handles_alone() {
        for text in ["talks", "@dixit", "a@b", "and/or", "end.Then/now", "http:", "www.", "://", ""] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
