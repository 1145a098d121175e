//! Positions: stances on one topic, of quotes whose contents overlap.

use crate::align::align;
use crate::evaluate::{LayerReport, Pair};
use crate::figures::{Bootstrap, Counts, Kind, Table};
use crate::matrix::Confusion;
use crate::quotes::OVERLAP;
use crate::text::{Text, jaccard};

const STANCES: [&str; 4] = ["support", "conditional", "oppose", "neutral"];

pub(crate) fn evaluate(pairs: &[Pair<'_>], topic: &str, bootstrap: Option<Bootstrap>) -> LayerReport {
    let mut names = STANCES.map(|stance| (stance.to_owned(), Kind::F1)).to_vec();
    names.push((format!("on-{topic}"), Kind::F1));
    names.push(("micro".to_owned(), Kind::F1));
    names.push(("macro".to_owned(), Kind::MeanF1(STANCES.len())));
    let mut confusion = Confusion::default();
    let documents = pairs.iter().map(|pair| counts(pair, topic, &mut confusion)).collect();
    LayerReport {
        figures: Table { names, documents }.figures(bootstrap),
        confusion: Some(confusion),
        reliability: Vec::new(),
    }
}

fn counts(pair: &Pair<'_>, topic: &str, confusion: &mut Confusion) -> Vec<Counts> {
    let (gold, predicted) = (pair.gold.quotes.as_deref().unwrap_or_default(), pair.predicted_quotes());
    let stances = |quotes: &[dixit_record::GoldQuote], name: &str| {
        quotes.iter().filter(|quote| quote.stance(topic) == Some(name)).count()
    };
    let mut counts = STANCES.map(|name| Counts::new(0, stances(predicted, name), stances(gold, name))).to_vec();
    let on_topic =
        |quotes: &[dixit_record::GoldQuote]| quotes.iter().filter(|quote| quote.stance(topic).is_some()).count();
    let mut any = Counts::new(0, on_topic(predicted), on_topic(gold));
    let mut micro = any;
    let aligned = align(&Text::new(&pair.gold.text), gold, predicted, OVERLAP, jaccard);
    let (mut found, mut used) = (vec![None; gold.len()], vec![false; predicted.len()]);
    for &(left, right) in &aligned {
        let (want, got) = (gold[left].stance(topic), predicted[right].stance(topic));
        (found[left], used[right]) = (got, true);
        any.right += usize::from(want.is_some() && got.is_some());
        if let Some(place) = STANCES.iter().position(|&name| Some(name) == want && want == got) {
            counts[place].right += 1;
            micro.right += 1;
        }
    }
    for (quote, got) in gold.iter().zip(found) {
        if quote.stance(topic).is_some() || got.is_some() {
            confusion.add(quote.stance(topic), got);
        }
    }
    for (quote, _) in predicted.iter().zip(used).filter(|(quote, used)| !used && quote.stance(topic).is_some()) {
        confusion.add(None, quote.stance(topic));
    }
    counts.extend([any, micro, Counts::default()]);
    counts
}
