//! Dates, times, amounts of money and percentages, by their form.

use dixit_document::{Entity, EntityLabel, LanguageCode};

use crate::lexicon::Lists;
use crate::words::Words;

/// The quantity that begins at the word `start`, and the word behind it.
pub(crate) fn quantity(words: &Words<'_>, start: usize) -> Option<(Entity, usize)> {
    let found = money(words, start)
        .map(|end| (end, EntityLabel::Money, "rule:money"))
        .or_else(|| percent(words, start).map(|end| (end, EntityLabel::Percent, "rule:percent")))
        .or_else(|| time(words, start).map(|end| (end, EntityLabel::Time, "rule:time")))
        .or_else(|| date(words, start).map(|end| (end, EntityLabel::Date, "rule:date")));
    let (end, label, by) = found?;
    Some((words.entity(&(start..end), label, 0.85, by), end))
}

/// *Finds* `$1.5 billion`, `US$ 40m`, `20 million euros`. *Example fr*: `18,50 €`, `10 000 francs CFA`.
/// *Leaves alone* numbers without a currency.
fn money(words: &Words<'_>, start: usize) -> Option<usize> {
    if words.is(start, Lists::CURRENCY_MARK) || words.surface(start).ends_with('$') {
        let mut end = start + 1;
        if words.is(end, Lists::CURRENCY_MARK) {
            end += 1;
        }
        return words.is_number(end).then(|| scale(words, end + 1));
    }
    let counted = words.is_number(start) || words.is(start, Lists::NUMBER);
    if !counted {
        return None;
    }
    let mut end = scale(words, start + 1);
    if words.language == LanguageCode::Fr && matches!(words.surface(end), "de" | "d'" | "d’") {
        end += 1;
    }
    if !words.is(end, Lists::CURRENCY.or(Lists::CURRENCY_MARK)) {
        let named = words.is(end, Lists::DEMONYM) && words.is(end + 1, Lists::CURRENCY);
        return named.then_some(end + 2);
    }
    end += 1;
    if words.is(end, Lists::CURRENCY_MARK) {
        end += 1;
    }
    Some(end)
}

/// The word behind `million`, `bn` and other number words.
fn scale(words: &Words<'_>, mut index: usize) -> usize {
    while words.is(index, Lists::NUMBER) && !matches!(words.surface(index), "a" | "un" | "une" | "one") {
        index += 1;
    }
    index
}

/// *Finds* `3.5%`, `20 percent`. *Example fr*: `3,5 %`, `12 pour cent`.
fn percent(words: &Words<'_>, start: usize) -> Option<usize> {
    if !words.is_number(start) && !words.is(start, Lists::NUMBER) {
        return None;
    }
    match words.surface(start + 1) {
        "%" | "percent" | "pc" => Some(start + 2),
        "per" | "pour" if words.surface(start + 2) == "cent" => Some(start + 3),
        _ => None,
    }
}

/// *Finds* `5 p.m.`, `10:30 GMT`. *Example fr*: `14h30`, `9 heures`, `14 h 30 UTC`.
/// *Leaves alone* stretches of time: `for 3 hours`.
fn time(words: &Words<'_>, start: usize) -> Option<usize> {
    let word = words.surface(start);
    if words.language == LanguageCode::Fr && matches!(word, "midi" | "minuit") {
        return Some(start + 1);
    }
    if !words.first_byte(start).is_ascii_digit() {
        return None;
    }
    let mut end = start + 1;
    if is_clock(word) {
        // `14h30`, `10:30`
    } else if words.value(start).is_some_and(|hour| hour <= 24) {
        match words.surface(end) {
            "h" | "heures" | "heure" if words.language == LanguageCode::Fr => {
                end += 1;
                if words.value(end).is_some_and(|minute| minute < 60) {
                    end += 1;
                }
            }
            "a.m." | "p.m." | "am" | "pm" | "AM" | "PM" => end += 1,
            _ => return None,
        }
    } else {
        return None;
    }
    while matches!(words.surface(end), "a.m." | "p.m." | "am" | "pm" | "AM" | "PM" | "GMT" | "UTC" | "CET" | "EST") {
        end += 1;
    }
    Some(end)
}

/// Whether the word is an hour with its minutes: `10:30`, `14h`, `9h05`.
fn is_clock(word: &str) -> bool {
    let Some((hour, minute)) = word.split_once([':', 'h', 'H']) else { return false };
    let digits =
        |part: &str, least: usize| (least..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(hour, 1) && (digits(minute, 2) || minute.is_empty() && word.ends_with(['h', 'H']))
}

/// *Finds* days, months and years: `Monday`, `3 March 2021`, `March 3, 2021`, `2019`. *Example fr*: `samedi 1er mai 2021`.
/// *Leaves alone* other numbers, and `may`, `march` in lower case.
fn date(words: &Words<'_>, start: usize) -> Option<usize> {
    let mut index = start;
    let mut end = None;
    if words.is(index, Lists::WEEKDAY) {
        index += 1;
        end = Some(index);
        if words.surface(index) == "," && (day(words, index + 1) || words.is(index + 1, Lists::MONTH)) {
            index += 1;
        }
    }
    if day(words, index) && words.is(index + 1, Lists::MONTH) {
        index += 2;
        end = Some(index);
    } else if words.is(index, Lists::MONTH) && (words.surface(index) != "May" || is_month_of_may(words, index)) {
        index += 1;
        end = Some(index);
        if day(words, index) {
            index += 1;
            end = Some(index);
        }
        if words.surface(index) == "," && year(words, index + 1) {
            index += 1;
        }
    }
    if year(words, index) && (end.is_some() || !counts_something(words, index)) {
        end = Some(index + 1);
    }
    end.or_else(|| is_numeric_date(words.surface(start)).then_some(start + 1))
}

/// `May` is a month next to a number or behind a preposition, not `May I`.
fn is_month_of_may(words: &Words<'_>, index: usize) -> bool {
    let before = index.checked_sub(1).map_or("", |before| words.surface(before));
    words.first_byte(index + 1).is_ascii_digit()
        || matches!(before, "in" | "In" | "since" | "Since" | "until" | "by" | "of" | "last" | "early" | "late")
}

/// Whether the word is a day of the month: `3`, `3rd`, `1er`.
fn day(words: &Words<'_>, index: usize) -> bool {
    let word = words.surface(index);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits)
        && matches!(&word[digits..], "" | "st" | "nd" | "rd" | "th" | "er")
        && word[..digits].parse().is_ok_and(|day: u32| (1..=31).contains(&day))
}

/// Whether the word is a year, or two joined by a hyphen or a slash.
fn year(words: &Words<'_>, index: usize) -> bool {
    let word = words.surface(index);
    let (first, rest) = word.split_at_checked(4).unwrap_or(("", word));
    let joined = rest
        .strip_prefix(['-', '/', '–'])
        .is_some_and(|rest| matches!(rest.len(), 2 | 4) && rest.bytes().all(|byte| byte.is_ascii_digit()));
    first.bytes().all(|byte| byte.is_ascii_digit())
        && (first.starts_with("19") || first.starts_with("20") || first.starts_with("18"))
        && (rest.is_empty() || joined)
}

/// Whether the number counts what follows: `2000 soldiers`.
fn counts_something(words: &Words<'_>, index: usize) -> bool {
    let next = words.surface(index + 1);
    let before = index.checked_sub(1).map_or("", |before| words.surface(before));
    let open = next.starts_with(char::is_lowercase)
        && !words.is(index + 1, Lists::CONNECTOR)
        && !matches!(before, "in" | "In" | "en" | "En" | "since" | "Since" | "depuis" | "Depuis");
    open && (next.ends_with('s') && next.len() > 3 || matches!(next, "people" | "km" | "m" | "mètres"))
}

/// Whether the word is a date of digits: `2021-03-04`, `04/03/2021`.
fn is_numeric_date(word: &str) -> bool {
    let parts: Vec<_> = word.split(['-', '/', '.']).collect();
    parts.len() == 3
        && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
        && (parts[0].len() == 4 || parts[2].len() == 4)
}

#[cfg(test)]
mod tests {
    use dixit_document::Vocabulary as _;
    use dixit_text::Span;

    use super::*;
    use crate::lexicon::Lexicon;

    /// The quantities among words that spaces separate.
    fn quantities(language: LanguageCode, text: &str) -> Vec<String> {
        let lexicon = if language == LanguageCode::Fr { Lexicon::french() } else { Lexicon::english() };
        let mut start = 0;
        let spans: Vec<Span> = text
            .split(' ')
            .map(|word| {
                start += word.len() + 1;
                Span::new(start - word.len() - 1, start - 1)
            })
            .collect();
        let words = Words::new(text, &spans, language, &lexicon);
        let mut found = Vec::new();
        let mut index = 0;
        while index < words.len() {
            match quantity(&words, index) {
                Some((entity, end)) => {
                    found.push(format!("{} {}", entity.label.name(), entity.span.of(text)));
                    index = end;
                }
                None => index += 1,
            }
        }
        found
    }

    #[test]
    fn finds_dates_times_money_and_percentages() {
        let text =
            "On 3 March 2021 at 5 p.m. it paid $ 1.5 billion , or 3.5 % of 20 million euros , to 2000 soldiers .";
        let wanted =
            ["DATE 3 March 2021", "TIME 5 p.m.", "MONEY $ 1.5 billion", "PERCENT 3.5 %", "MONEY 20 million euros"];
        assert_eq!(quantities(LanguageCode::En, text), wanted);
    }

    #[test]
    fn trouve_dates_heures_montants_et_pourcentages() {
        let text = "Le samedi 1er mai 2021 à 14h30 , il coûte 18,50 € , soit 12 pour cent de 10 millions d' euros .";
        let wanted = [
            "DATE samedi 1er mai 2021",
            "TIME 14h30",
            "MONEY 18,50 €",
            "PERCENT 12 pour cent",
            "MONEY 10 millions d' euros",
        ];
        assert_eq!(quantities(LanguageCode::Fr, text), wanted);
    }

    #[test]
    fn leaves_alone_may_i_and_plain_numbers() {
        assert!(quantities(LanguageCode::En, "May I have 40 of the 2000 soldiers ?").is_empty());
    }
}
