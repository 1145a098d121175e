//! The page of a review. What is in it never changes while it is open: articles are fetched and shown by its script.

use dixit_document::{EntityLabel, QuoteType, Stance, Vocabulary};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::Session;

/// What the page says of the review.
#[derive(Clone, Debug)]
pub struct Page {
    /// What is reviewed, e.g. the name of the file.
    pub title: String,
    /// The topic of stances that are set where there is none yet.
    pub topic: String,
    /// What ending the review does, as a button says it.
    pub finish: &'static str,
}

/// A thing that can be done: its name for the script, its key as people read it, and what it does.
struct Tool(&'static str, &'static str, &'static str);

/// What is done to the chosen item.
const ITEM_TOOLS: [Tool; 13] = [
    Tool("accept", "A", "Accept"),
    Tool("reject", "X", "Reject"),
    Tool("clear", "C", "Take back"),
    Tool("label", "L", "Label"),
    Tool("type", "T", "Type"),
    Tool("stance", "S", "Stance"),
    Tool("speaker", "W", "Speaker (who)"),
    Tool("part", "G", "Next part"),
    Tool("edge", "B", "Other end"),
    Tool("back", "←", "End back"),
    Tool("forward", "→", "End forward"),
    Tool("drop", "D", "Drop part"),
    Tool("note", "M", "Note"),
];

/// What is done with selected text.
const TEXT_TOOLS: [Tool; 6] = [
    Tool("select", "V", "Select by keys"),
    Tool("entity", "E", "Add entity"),
    Tool("quote", "Q", "Add quote"),
    Tool("cue", "U", "As cue"),
    Tool("source", "O", "As source"),
    Tool("content", "I", "Into content"),
];

/// What is done to the article.
const ARTICLE_TOOLS: [Tool; 8] = [
    Tool("sign", "Enter", "Sign off, next"),
    Tool("skip", "F", "Skip (for later)"),
    Tool("previous", "P", "Previous article"),
    Tool("next", "N", "Next article"),
    Tool("undo", "Z", "Undo"),
    Tool("redo", "Y", "Redo"),
    Tool("article-note", "Shift M", "Note on the article"),
    Tool("guideline", "R", "Guideline (rules)"),
];

/// Keys that have no button.
const OTHER_KEYS: [(&str, &str); 6] = [
    ("J or ↓, K or ↑", "next, previous item"),
    ("← →", "move the end by a word; with Shift by a character"),
    ("V, then ← →", "move over the words; with Shift take more or less; ↑ ↓ to another paragraph"),
    ("Escape", "leave the selection or a window"),
    ("1 … 9", "choose in a window"),
    ("? or H", "this help"),
];

impl Page {
    /// The page as HTML.
    pub(crate) fn html(&self, session: &Session) -> String {
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { "Review: " (self.title) }
                    link rel="icon" href="data:,";
                    link rel="stylesheet" href="review.css";
                    script type="module" src="review.js" {}
                }
                body data-first=(session.first()) data-length=(session.len()) data-topic=(self.topic)
                    data-labels=(names::<EntityLabel>()) data-stances=(names::<Stance>()) data-types=(names::<QuoteType>()) {
                    (self.header())
                    main {
                        section #article aria-label="Article" tabindex="-1" {}
                        (tools())
                        (guideline())
                    }
                    (dialogs())
                    noscript { p { "This page needs its script. To read without one: dixit report." } }
                }
            }
        };
        page.into_string()
    }

    fn header(&self) -> Markup {
        html! {
            header {
                h1 { (self.title) }
                p #standing {}
                p #saved role="status" {}
                p #problem role="alert" {}
                nav aria-label="Article" { (buttons(&ARTICLE_TOOLS)) (button(&Tool("help", "?", "Keys"))) (button(&Tool("finish", "", self.finish))) }
            }
        }
    }
}

fn names<V: Vocabulary>() -> String {
    V::ALL.iter().map(|value| value.name()).collect::<Vec<_>>().join(" ")
}

fn button(Tool(name, key, title): &Tool) -> Markup {
    html! {
        button type="button" data-do=(name) { (title) @if !key.is_empty() { " " kbd { (key) } } }
    }
}

fn buttons(tools: &[Tool]) -> Markup {
    html! { @for tool in tools { (button(tool)) } }
}

fn tools() -> Markup {
    html! {
        aside #side aria-label="Items" {
            div #item-tools role="toolbar" aria-label="Chosen item" { (buttons(&ITEM_TOOLS)) }
            div #text-tools role="toolbar" aria-label="Selected text" { (buttons(&TEXT_TOOLS)) }
            ol #items aria-label="Items in the order of the text" {}
        }
    }
}

fn guideline() -> Markup {
    html! {
        aside #guideline aria-label="Guideline" hidden {
            section lang="en" { (PreEscaped(include_str!("../assets/guideline.en.html"))) }
            section lang="fr" { (PreEscaped(include_str!("../assets/guideline.fr.html"))) }
        }
    }
}

fn dialogs() -> Markup {
    let tools = ARTICLE_TOOLS.iter().chain(&ITEM_TOOLS).chain(&TEXT_TOOLS);
    html! {
        dialog #help aria-labelledby="help-title" {
            h2 #help-title { "Keys" }
            dl {
                @for Tool(_, key, title) in tools { div { dt { kbd { (key) } } dd { (title) } } }
                @for (key, title) in OTHER_KEYS { div { dt { kbd { (key) } } dd { (title) } } }
            }
            form method="dialog" { button { "Close" } }
        }
        dialog #choice aria-labelledby="choice-title" {
            h2 #choice-title {}
            form method="dialog" #choice-form {
                input #choice-text type="text" autocomplete="off" aria-labelledby="choice-title";
                div #choices {}
                div { button #choice-take type="submit" value="text" { "Take" } button value="" formnovalidate { "Cancel" } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// What the script does at each key that stands in its table.
    fn keys() -> BTreeMap<&'static str, &'static str> {
        let script = include_str!("../assets/review.js");
        let table = script.split_once("const KEYS = {").unwrap().1.split_once("};").unwrap().0;
        let entries = table.split(',').map(str::trim).filter(|entry| !entry.is_empty());
        entries
            .map(|entry| entry.split_once(": ").unwrap())
            .map(|(key, name)| (unquoted(key), unquoted(name)))
            .collect()
    }

    fn unquoted(name: &'static str) -> &'static str {
        name.trim_matches('"')
    }

    #[test]
    fn the_script_does_at_each_key_what_its_button_says() {
        let mut keys = keys();
        let help = Tool("help", "?", "Keys");
        for Tool(name, key, _) in ITEM_TOOLS.iter().chain(&TEXT_TOOLS).chain(&ARTICLE_TOOLS).chain([&help]) {
            // Arrows and Shift are no entries of the table.
            if matches!(*key, "←" | "→" | "Shift M") {
                continue;
            }
            let key = if key.len() == 1 { key.to_lowercase() } else { (*key).to_owned() };
            assert_eq!(keys.remove(&*key), Some(*name), "{key}");
        }
        let without_button = [("Backspace", "reject"), ("Delete", "reject"), ("h", "help")];
        assert!(keys.into_iter().eq(without_button));
    }
}
