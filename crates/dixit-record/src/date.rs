//! When an article was published, as far as its meta says.

use crate::Meta;

/// The fields of `meta` in which a date is looked for, in this order.
const DATE_FIELDS: [&str; 8] =
    ["date", "datePublished", "published", "published_at", "publication_date", "pub_date", "pubdate", "created_at"];

/// The date of an article, `2020-03-08`, or `2020-03` where no day is told: of `field`, else of the first of the usual fields that holds one.
///
/// A date begins as `2020-03-08`, `2020/03/08` or `2020-03` does, or is `20200308`.
pub fn date_of(meta: &Meta, field: Option<&str>) -> Option<String> {
    let fields = field.map_or_else(|| DATE_FIELDS.to_vec(), |field| vec![field]);
    fields.iter().filter_map(|field| meta.get(field)).find_map(date)
}

fn date(json: &str) -> Option<String> {
    let date = json.trim_matches('"');
    let number = |text: &str, most: u8| {
        let value = text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u8>().ok()).flatten()?;
        (1..=most).contains(&value).then_some(value)
    };
    let (year, rest) = (date.get(..4)?, date.get(4..)?);
    let separated = rest.starts_with(['-', '/']);
    let whole = date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit());
    // A number that merely begins like a date, as a time stamp does, is none.
    if !year.bytes().all(|byte| byte.is_ascii_digit()) || !(separated || whole) {
        return None;
    }
    let rest = rest.strip_prefix(['-', '/']).unwrap_or(rest);
    let (month, rest) = (number(rest.get(..2)?, 12)?, &rest[2..]);
    let day = if whole { rest } else { rest.strip_prefix(['-', '/']).unwrap_or_default() };
    let day = day.get(..2).and_then(|day| number(day, 31));
    Some(day.map_or_else(|| format!("{year}-{month:02}"), |day| format!("{year}-{month:02}-{day:02}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_dates_in_their_usual_forms() {
        for json in [r#""2020-03-08T10:00:00Z""#, r#""2020/03/08""#, r#""20200308""#, "20200308", r#""2020-03-08""#] {
            assert_eq!(date(json).as_deref(), Some("2020-03-08"), "{json}");
        }
        assert_eq!(date(r#""2020-03""#).as_deref(), Some("2020-03"));
        for json in
            ["1583661600", r#""8 March 2020""#, r#""2020-13-01""#, "null", "\"\"", r#""é020-03""#, r#""2020-é""#]
        {
            assert_eq!(date(json), None, "{json}");
        }
    }
}
