//! Speed of sentences and words on synthetic news, in bytes a second of one core.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use dixit_document::{Annotator, Document, Language, LanguageCode, Paragraph, ParagraphKind};
use dixit_text::Span;
use dixit_tokens::Tokenizer;

const ENGLISH: &str = "Gov. Keita said on 12 March that the U.S. envoy doesn't expect a long-term cease-fire before the talks. \
    “We can't wait,” he told reporters in Bamako, “and Mali's army won't either.” More than 10,000 people (3.5% of them \
    children) fled to example.org camps at 6:30pm. Why? Nobody knows... ";
const FRENCH: &str = "M. Keïta a déclaré mardi que l’armée n’attend pas d’accord avant les pourparlers. « Peut-être viendra-t-il, \
    qu’en pensez-vous ? », a-t-elle demandé à Jean-Pierre Ba, aujourd’hui à 14h30. Plus de 10 000 personnes, p. ex. dans le \
    nord, ont fui vers les camps, selon l’ONU (3,5 % d’enfants)… ";

fn main() {
    divan::main();
}

#[divan::bench]
fn english(bencher: Bencher) {
    bench(bencher, &ENGLISH.repeat(3_000), LanguageCode::En);
}

#[divan::bench]
fn french(bencher: Bencher) {
    bench(bencher, &FRENCH.repeat(3_000), LanguageCode::Fr);
}

#[divan::bench]
fn neither(bencher: Bencher) {
    bench(bencher, &FRENCH.repeat(3_000), LanguageCode::Und);
}

/// What must not take time that grows faster than the text: twice the text, twice the time.
#[divan::bench(args = ["\"", "l'", "a-", "J.-", "x/y@", "w. ", "it's's"], consts = [250_000, 500_000])]
fn one_pattern<const BYTES: usize>(bencher: Bencher, part: &str) {
    bench(bencher, &part.repeat(BYTES / part.len()), LanguageCode::Fr);
}

fn bench(bencher: Bencher, text: &str, code: LanguageCode) {
    let tokenizer = Tokenizer::new();
    let mut document = Document::new("bench", text).expect("the text is short");
    let span = Span::new(0, text.len()).trim(text);
    document.set_paragraphs(vec![Paragraph { span, kind: ParagraphKind::Body }]);
    document.set_language(Language { code, confidence: 1.0, paragraphs: vec![code] });
    bencher.counter(BytesCount::new(text.len())).bench_local(move || {
        tokenizer.annotate(black_box(&mut document)).expect("paragraphs and language are there");
    });
}
