//! The report: one page of HTML that needs nothing but itself. Articles are spooled to disk while counts are taken, since
//! the counts stand before them.
//!
//! All pages are in the one file, and its style shows the one that the address names: that needs no script, a link to any article
//! works, and what is not shown is not laid out. Of 5,000 articles (55 MB) Chromium paints the first page after 0.2 s and has read
//! all after 8 s on two busy cores; another page takes 0.3 s.

mod article;
mod chart;
mod counts;

use std::fs::File;
use std::io::{self, BufWriter, Seek as _, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use dixit_document::{EntityLabel, LanguageCode, Stance, Vocabulary as _};
use dixit_record::Record;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

use self::article::ReportArticle;
use self::counts::Counts;
use crate::Selection;

const STYLE: &str = concat!(include_str!("../assets/marks.css"), include_str!("../assets/report.css"));
const SCRIPT: &str = include_str!("../assets/report.js");

/// A report in the making. Holds the counts and one page of articles; the pages before are on disk.
pub struct Report {
    title: String,
    page_size: usize,
    counts: Counts,
    /// The pages that are full.
    spool: BufWriter<File>,
    pages: usize,
    page: Vec<ReportArticle>,
}

impl Report {
    /// `page_size`: articles on a page, at least one.
    ///
    /// # Errors
    /// If no temporary file can be made.
    pub fn new(title: &str, page_size: usize) -> io::Result<Self> {
        let spool = BufWriter::new(tempfile::tempfile()?);
        Ok(Self {
            title: title.to_owned(),
            page_size: page_size.max(1),
            counts: Counts::default(),
            spool,
            pages: 0,
            page: Vec::new(),
        })
    }

    /// Adds what is selected of a record.
    ///
    /// # Errors
    /// If the temporary file cannot be written.
    pub fn add(&mut self, record: &Record<'_>, selection: &Selection) -> io::Result<()> {
        if self.page.len() == self.page_size {
            self.turn(false)?;
        }
        self.counts.add(record, selection);
        self.page.push(ReportArticle::new(self.counts.articles, record, selection));
        Ok(())
    }

    /// How many articles were added.
    pub fn articles(&self) -> usize {
        self.counts.articles
    }

    /// Writes the whole report.
    ///
    /// # Errors
    /// If the temporary file or `out` fails.
    pub fn write(mut self, out: &mut impl Write) -> io::Result<()> {
        if !self.page.is_empty() {
            self.turn(true)?;
        }
        let head = html! {
            (DOCTYPE)
            (PreEscaped("<html lang=\"en\">"))
            (self.head())
            (PreEscaped("<body>"))
            a.skip href="#page-1" { "Skip to the articles" }
            header { h1 { (self.title) } }
            (PreEscaped("<main>"))
            (self.counts.overview())
            (filters())
            (self.navigation())
        };
        out.write_all(head.into_string().as_bytes())?;
        let mut spool = self.spool.into_inner().map_err(io::IntoInnerError::into_error)?;
        spool.rewind()?;
        io::copy(&mut spool, out)?;
        let tail = html! {
            p { button #more type="button" hidden { "Show more articles" } }
            (PreEscaped("</main>"))
            footer { p.facts { "Written by Dixit " (env!("CARGO_PKG_VERSION")) ". Scores are rough probabilities; nothing here was checked by a person unless it says so." } }
            script { (PreEscaped(SCRIPT)) }
            (PreEscaped("</body></html>\n"))
        };
        out.write_all(tail.into_string().as_bytes())
    }

    fn head(&self) -> Markup {
        let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
        let policy = format!(
            "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
            hash(STYLE),
            hash(SCRIPT)
        );
        html! {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (self.title) }
                style { (PreEscaped(STYLE)) }
            }
        }
    }

    fn navigation(&self) -> Markup {
        html! {
            @if self.pages > 1 {
                nav.pages aria-labelledby="pages" {
                    h2 #pages { "Pages" }
                    ol { @for page in 1..=self.pages { li { a href={ "#page-" (page) } aria-label={ "Page " (page) } { (page) } } } }
                }
            }
        }
    }

    /// Writes the page and begins the next, if there is one.
    fn turn(&mut self, last_page: bool) -> io::Result<()> {
        self.pages += 1;
        let number = self.pages;
        let first = (number - 1) * self.page_size + 1;
        let last = first + self.page.len() - 1;
        let articles = std::mem::take(&mut self.page);
        let page = html! {
            section.page.first[number == 1] id={ "page-" (number) } aria-labelledby={ "page-" (number) "-title" } {
                h2 id={ "page-" (number) "-title" } { @if first == last { "Article " (first) } @else { "Articles " (first) " to " (last) } }
                (article::said_table(&articles))
                @for article in &articles { (article.markup) }
                nav.turn aria-label={ "Around page " (number) } {
                    @if number > 1 { a href={ "#page-" (number - 1) } { "Previous page" } } @else { span {} }
                    a href="#" { "Overview" }
                    @if last_page { span {} } @else { a href={ "#page-" (number + 1) } { "Next page" } }
                }
            }
        };
        self.spool.write_all(page.into_string().as_bytes())
    }
}

/// The filters, which the script shows.
fn filters() -> Markup {
    fn choice(name: &str, title: &str, names: impl Iterator<Item = &'static str>) -> Markup {
        html! {
            label { (title) select name=(name) { option value="" { "any" } @for name in names { option { (name) } } } }
        }
    }
    html! {
        search hidden {
            h2 { "Find articles" }
            form #filters {
                label { "Words" input name="words" type="search" autocomplete="off"; }
                label { "Speaker" input name="speaker" type="search" autocomplete="off"; }
                (choice("stance", "Stance", Stance::ALL.iter().map(|stance| stance.name())))
                (choice("label", "Entity", EntityLabel::ALL.iter().map(|label| label.name())))
                (choice("language", "Language", LanguageCode::ALL.iter().map(|code| code.name())))
                button type="reset" { "Show all" }
            }
            p #found role="status" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Filter;
    use crate::examples::{ENGLISH, FRENCH};

    fn report(lines: &[&str], page_size: usize) -> String {
        let mut report = Report::new("Qui a dit quoi <en mars>", page_size).unwrap();
        for line in lines {
            let record = Record::from_json(line).unwrap();
            report.add(&record, &Filter::default().select(&record).unwrap()).unwrap();
        }
        let mut out = Vec::new();
        report.write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_looks_like_markup_in_an_article_is_shown() {
        let page = report(&[&FRENCH], 50);
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
        assert!(page.contains("<h1>Qui a dit quoi &lt;en mars&gt;</h1>"));
        assert_eq!(page.matches("<script").count(), 1);
    }

    #[test]
    fn needs_nothing_but_itself() {
        let page = report(&[&ENGLISH, &FRENCH], 50);
        for reference in ["http:", "https:", "src=", "@import", "url("] {
            assert!(!page.contains(reference), "{reference}");
        }
        let policy = "default-src 'none'; style-src 'sha256-";
        assert!(page.contains(policy));
    }

    #[test]
    fn says_who_said_what_and_where_they_stand() {
        let page = report(&[&ENGLISH], 50);
        let row = "<th scope=\"row\">Amina Yusuf</th><td><span class=\"stance support\">support</span> (dialogue)</td>";
        assert!(page.contains(row), "{page}");
        assert!(page.contains("<span class=\"tag support\" lang=\"en\">q1 Amina Yusuf: support</span>"));
        assert!(page.contains("<span class=\"content support\" id=\"a1q1\">“There is </span>"));
        assert!(page.contains("<span class=\"content evidence support\">no alternative to</span>"));
        assert!(
            page.contains("<span class=\"entity LOC\">Bamako</span><small class=\"label\" lang=\"en\">LOC</small>")
        );
        assert!(page.contains("<title>Amina Yusuf, support 1, conditional 0, oppose 0, neutral 0</title>"));
    }

    #[test]
    fn an_article_says_its_language_and_every_page_the_next() {
        let page = report(&[&ENGLISH, &FRENCH, &ENGLISH], 2);
        assert!(page.contains("<article id=\"a2\" lang=\"fr\" aria-label=\"Article 2\""));
        assert!(page.contains("<section class=\"page first\" id=\"page-1\""));
        assert!(page.contains("<a href=\"#page-2\">Next page</a>"));
        assert!(page.contains("Article 3</h2>"));
        assert_eq!(page.matches("<section class=\"page").count(), 2);
        assert!(!report(&[&ENGLISH, &FRENCH], 2).contains("Next page"), "a page that is full may be the last");
    }

    #[test]
    fn an_empty_report_says_that_nobody_takes_a_position() {
        assert!(report(&[], 50).contains("Nobody takes a position here."));
    }

    /// The relative luminance of `#rrggbb`, as the Web Content Accessibility Guidelines 2.2 define it.
    fn luminance(color: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(left: &str, right: &str) -> f64 {
        let (left, right) = (luminance(left), luminance(right));
        (left.max(right) + 0.05) / (left.min(right) + 0.05)
    }

    #[test]
    fn texts_stand_out_from_their_ground_in_light_dark_and_print() {
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
        let schemes: Vec<&str> = STYLE.split(":root {").skip(1).map(|rest| rest.split('}').next().unwrap()).collect();
        assert_eq!(schemes.len(), 3);
        for scheme in schemes {
            let color = |name: &str| {
                let value =
                    scheme.split(&format!("--{name}: ")).nth(1).unwrap_or_else(|| panic!("no {name} in {scheme}"));
                let value = value.split(';').next().unwrap();
                if value.len() == 4 {
                    value.chars().skip(1).fold("#".to_owned(), |all, c| format!("{all}{c}{c}"))
                } else {
                    value.to_owned()
                }
            };
            let mut pairs = vec![
                ("muted", "ground"),
                ("text", "ground"),
                ("text", "panel"),
                ("link", "ground"),
                ("content-text", "ground"),
            ];
            for tint in ["support", "conditional", "oppose", "neutral", "content"] {
                pairs.extend([("text", tint), ("content-text", tint)]);
            }
            for (text, ground) in &pairs {
                let found = contrast(&color(text), &color(ground));
                assert!(found >= 4.5, "{text} on {ground} in {scheme}: {found:.2}");
            }
            for stance in ["support", "conditional", "oppose", "neutral"] {
                assert!(contrast(&color(&format!("{stance}-text")), &color("ground")) >= 4.5);
            }
            assert!(contrast(&color("line"), &color("ground")) >= 3.0);
        }
        for bar in STYLE.split(".bar.").skip(1).take(4) {
            let fill = bar.split("fill: ").nth(1).unwrap().split(';').next().unwrap();
            assert!(contrast(fill, "#ffffff") >= 4.5 && contrast(fill, "#0f1419") >= 3.0, "{bar}");
        }
    }
}
