//! Sentences and words of English and French: the layers `sentences` and `tokens`.
//!
//! A paragraph is cut into words by the rules of its language, then the words into sentences. What is known about a language is
//! data (`data/<language>/*.txt`, an entry a line, sorted by byte); the code knows characters only. No rule was learned by a
//! program: each can be read, and changed, in its list. Time is linear in the text, whatever stands in it.
//!
//! ```
//! use dixit_document::{Annotator, Document, Language, LanguageCode, Paragraph, ParagraphKind};
//! use dixit_text::Span;
//!
//! let mut document = Document::new("a", "L’armée attend. Viendra-t-il ?")?;
//! document.set_paragraphs(vec![Paragraph { span: Span::new(0, document.text().len()), kind: ParagraphKind::Body }]);
//! document.set_language(Language { code: LanguageCode::Fr, confidence: 1.0, paragraphs: vec![LanguageCode::Fr] });
//! dixit_tokens::Tokenizer::new().annotate(&mut document)?;
//!
//! let words: Vec<_> = document.tokens()?.iter().map(|&token| document.slice(token)).collect();
//! assert_eq!(words, ["L’", "armée", "attend", ".", "Viendra", "-t-il", "?"]);
//! assert_eq!(document.sentences()?.len(), 2);
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```
//!
//! # Words
//! Words follow Universal Dependencies 2.16: English as EWT and GUM, French as GSD and Sequoia.
//!
//! - Clitics are words of their own: `do|n't`, `can|not`, `gon|na`, `Mali|'s`, `talks|'`; so are contractions without their
//!   apostrophe, `do|nt`, `i|m`, unless they are words too (`its`, `lets`). Typographic and ASCII apostrophes count the same.
//! - English hyphenated compounds are split, `cease|-|fire`, but for the prefixes of `prefixes.txt`: `non-state`, `e-mail`. Telephone
//!   and case numbers stay whole, ranges are split: `555-0199`, `13|-|17`.
//! - English numbers are split from what they count: `5|km`, `$|5`, `3.5|%`, `24|°|C`, `6:30|pm`, `#|1`; not from letters that
//!   make them words: `20th`, `4A`.
//! - French elision splits after the apostrophe, `l'|armée`, `jusqu'|ici`, but for `whole_words.txt`: `aujourd'hui`, `l'on`.
//!   Inversion splits before the hyphen, `a|-t-il`, `donnez|-le|-moi`, `ce jour|-là`, but for `compounds.txt`: `rendez-vous`.
//!   Other compounds stay whole: `Jean-Pierre`, `peut-être`, `1998-2003`.
//! - French contractions (`du`, `aux`) are one token, though UD analyses them as two words: a token is a stretch of text.
//! - French numbers keep the space between their thousands, `10 000`, whether it is an ordinary, a no-break or a thin one: the only
//!   tokens that hold white space. Times and units are split: `14|h|30`, `5|km`, `50|%`.
//! - The full stop of an abbreviation belongs to it, also at the end of a sentence: `U.S.`, `M.`, `etc.` That of a single capital
//!   does not where a sentence ends: `plan B|.`
//! - URLs, e-mail addresses, hashtags, handles and emoticons are one token, and so is a run of dots or hyphens, or of `!` and `?`.
//!
//! # Sentences
//! - A sentence ends at `.`, `!`, `?`, `…` and their runs, with the quotation marks, brackets and references (`[3]`) behind.
//!   It goes on behind the full stop of a title (`Mr.`, `M.`); behind one that may end a sentence (`Inc.`, `U.S.`, `etc.`) it
//!   ends only before a word of `starters.txt` or a quotation mark.
//! - Behind three dots, and behind a closing mark, a word in lower case goes on: `“Stop!” he said`, `« Partez ! » a-t-il
//!   dit`; so does a name with a verb of `speech.txt`: `“Why?” Keita asked`.
//! - Inside a paragraph, a line end is one of the author's where the next word would still have fitted on the line and begins like a
//!   sentence, or a bullet or a dash of dialogue follows. A line end in wrapped text is none.
//! - A colon, a dash and, in English, a semicolon do not end a sentence. In French a semicolon does before a word of `starters.txt`.
//!
//! # Where the treebanks differ
//! - `.` before lower case: EWT (informal) and the French treebanks end a sentence there, GUM in half of few cases; we end it, unless
//!   the word looks like an abbreviation. `?` before lower case: EWT ends, GUM (speech) goes on; we end it in English, and go on in
//!   French, where the cue of a dialogue follows: `Où vas-tu ? demanda-t-il`.
//! - Semicolons: GUM splits one in ten, GSD and Sequoia nearly all before a capital, Sequoia also before lower case; see above.
//! - Slashes: GUM and EWT split most and keep some (`b/c`, `s/he`), as we do by list; French treebanks split words (`et|/|ou`,
//!   `mg|/|kg`; GSD once keeps `km/h`) and keep numbers (`1/10`, which GSD splits).
//! - `°C` is one token in Sequoia behind a space; close to its number GSD writes `9|°|C`, and so do we.
//! - Prefixes: EWT's guidelines keep more of them than GUM (`eco-`, `neo-`, `quasi-` are split in GUM); we follow GUM there.
//! - `(a)`, `1)`, `[...]`: GUM has them as one token or three; we split them, as EWT does.

mod abbreviations;
mod addresses;
mod characters;
mod english;
mod french;
mod lexicon;
mod lines;
mod marks;
mod neutral;
mod scanner;
mod sentences;
mod tokenizer;

pub use crate::tokenizer::Tokenizer;
