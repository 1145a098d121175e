//! The words of names, compared without case, accents and hyphens.

/// The words of a name, folded: in lower case, without accents, hyphens and possessives.
pub(crate) fn name_words(name: &str) -> Vec<String> {
    let parts = name.split(|c: char| !c.is_alphanumeric());
    let mut words: Vec<String> = parts.filter(|word| !word.is_empty()).map(fold).collect();
    let possessive = words.len() > 1 && (name.ends_with("'s") || name.ends_with("’s"));
    if possessive {
        words.pop();
    }
    words
}

/// `word` in lower case, without the accents of Latin letters.
pub(crate) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.chars().flat_map(char::to_lowercase).map(without_accent).collect()
}

fn without_accent(letter: char) -> char {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ę' | 'ě' | 'ė' => 'e',
        'ğ' | 'ģ' => 'g',
        'ì'..='ï' | 'ī' | 'į' | 'ı' => 'i',
        'ł' | 'ļ' => 'l',
        'ñ' | 'ń' | 'ň' | 'ņ' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ț' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' | 'ų' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}

/// The last word in front of `offset`, of at most 16 bytes; empty if punctuation stands between.
pub(crate) fn word_before(text: &str, offset: usize) -> &str {
    let before = text[text.floor_char_boundary(offset.saturating_sub(16))..offset].trim_end_matches([' ', '\u{a0}']);
    before.rsplit([' ', '\n', '\u{a0}', '(', '«', '“', '"']).next().unwrap_or("")
}

/// Whether what follows `word` is no subject: `of`, `avec`.
pub(crate) fn is_governor(word: &str) -> bool {
    matches!(
        word,
        "of" | "to"
            | "with"
            | "by"
            | "for"
            | "from"
            | "against"
            | "in"
            | "on"
            | "at"
            | "than"
            | "like"
            | "after"
            | "about"
            | "between"
            | "under"
            | "over"
            | "into"
            | "de"
            | "d'"
            | "d’"
            | "du"
            | "des"
            | "à"
            | "au"
            | "aux"
            | "avec"
            | "par"
            | "pour"
            | "contre"
            | "chez"
            | "en"
            | "sur"
            | "dans"
            | "entre"
            | "vers"
            | "sous"
            | "et"
            | "and"
    )
}

/// Whether `word` joins the parts of a name: `bin`, `van`, `de`.
pub(crate) fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "ag" | "al"
            | "ben"
            | "bin"
            | "bint"
            | "da"
            | "de"
            | "del"
            | "della"
            | "den"
            | "der"
            | "di"
            | "do"
            | "dos"
            | "du"
            | "el"
            | "ibn"
            | "la"
            | "le"
            | "of"
            | "ould"
            | "ter"
            | "the"
            | "van"
            | "von"
            | "y"
    )
}

/// Whether a word of a name is of the letters of acronyms.
pub(crate) fn is_acronym(name: &str) -> bool {
    let letters = name.chars().filter(|&c| c != '.' && c != '-');
    (2..=8).contains(&letters.clone().count()) && letters.clone().all(|c| c.is_uppercase() || c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_accents_hyphens_and_possessives() {
        assert_eq!(name_words("Ban Ki-Moon"), name_words("BAN KI MOON"));
        assert_eq!(name_words("Désiré Kœnig"), ["desire", "kœnig"]);
        assert_eq!(name_words("Amina Yusuf’s"), ["amina", "yusuf"]);
        assert_eq!(name_words("« Élysée »"), ["elysee"]);
    }

    #[test]
    fn sees_the_word_in_front() {
        assert_eq!(word_before("avec Paul", 5), "avec");
        assert_eq!(word_before("« Paul", 3), "");
        assert!(
            is_governor("avec") && !is_governor("dit") && is_acronym("RTE") && is_acronym("U.N.") && !is_acronym("Rte")
        );
    }
}
