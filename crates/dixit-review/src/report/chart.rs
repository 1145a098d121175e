//! Charts of bars as inline SVG, with their numbers in words for who cannot see them.

use maud::{Markup, html};

/// A bar: a name, and parts that stand end to end.
pub(super) struct Bar<'n> {
    pub(super) name: String,
    /// Each part's name, which is its class too, and its length.
    pub(super) parts: Vec<(&'n str, usize)>,
}

const WIDTH: usize = 760;
const NAMES: usize = 240;
const ROW: usize = 26;
/// Room for the total behind the longest bar.
const TOTALS: usize = 60;
/// The most characters of a name beside its bar; the whole name is in the title.
const LONGEST: usize = 32;

/// A figure of bars. `id` is unique on the page; `legend` names the parts, if there are several.
pub(super) fn figure(id: &str, caption: &str, legend: &[&str], bars: &[Bar<'_>]) -> Markup {
    let longest = bars.iter().map(Bar::total).max().unwrap_or(0).max(1);
    let height = bars.len() * ROW + 4;
    html! {
        figure {
            figcaption { (caption) }
            @if !legend.is_empty() {
                ul.legend {
                    @for name in legend { li { svg viewBox="0 0 10 10" aria-hidden="true" { rect.{ "bar " (name) } width="10" height="10" {} } (name) } }
                }
            }
            div.wide {
                svg viewBox={ "0 0 " (WIDTH) " " (height) } role="img" aria-labelledby={ "chart-" (id) } {
                    title id={ "chart-" (id) } { (caption) ". The numbers stand in the table below." }
                    @for (row, bar) in bars.iter().enumerate() { (bar.draw(row, longest)) }
                }
            }
        }
    }
}

impl Bar<'_> {
    fn total(&self) -> usize {
        self.parts.iter().map(|(_, count)| count).sum()
    }

    fn draw(&self, row: usize, longest: usize) -> Markup {
        let scale = |count: usize| count * (WIDTH - NAMES - TOTALS) / longest;
        let (top, baseline) = (row * ROW + 2, row * ROW + 19);
        let mut before = 0;
        let parts = self.parts.iter().filter(|(_, count)| *count > 0).map(|&(name, count)| {
            let (left, right) = (scale(before), scale(before + count));
            before += count;
            (name, count, NAMES + left, right - left)
        });
        let parts: Vec<_> = parts.collect();
        let several = self.parts.len() > 1;
        html! {
            g {
                title { (self.name) @for (name, count) in &self.parts { ", " (name) " " (count) } }
                text x=(NAMES - 10) y=(baseline) text-anchor="end" { (shortened(&self.name)) }
                @for (name, count, x, width) in parts {
                    rect.{ "bar " (name) } x=(x) y=(top) width=(width.max(2) - 1) height=(ROW - 5) {}
                    @if several && width > 24 { text.number x=(x + width / 2) y=(baseline) text-anchor="middle" { (count) } }
                }
                text x=(NAMES + scale(self.total()) + 6) y=(baseline) { (self.total()) }
            }
        }
    }
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    name.chars().take(LONGEST - 1).chain(['…']).collect()
}
