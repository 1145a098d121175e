//! What each format looks like, of one hard record.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use dixit_document::Vocabulary as _;
use dixit_export::{Export, Format, Labels, Layer, Options, Windows};
use dixit_record::Record;
use serde_json::{Value, json};

use crate::common::{exported, record};

fn export(format: Format, options: Options) -> (common::MemoryFiles, Vec<(&'static str, u64)>) {
    let (files, losses) = exported(&[record()], format, &options);
    (files, losses.iter().collect())
}

/// What stands at code points of a text.
fn slice(text: &str, start: &Value, end: &Value) -> String {
    let (start, end) = (start.as_u64().unwrap() as usize, end.as_u64().unwrap() as usize);
    text.chars().skip(start).take(end - start).collect()
}

#[test]
fn conll_has_four_columns_and_a_layer() {
    let (files, losses) = export(Format::Conll, Options::default());
    let expected = "-DOCSTART- -X- O O\n\n🤝 -X- _ O\nLe\u{301}a -X- _ B-PERSON\nMartin -X- _ I-PERSON\ndit -X- _ O\n: -X- _ O\n\n\
                    « -X- _ O\nPaul -X- _ B-PERSON\na -X- _ O\n";
    assert!(files.text("articles.conll").starts_with(expected), "{}", files.text("articles.conll"));
    let entities = ("quotes beside entities (`--layer quotes` writes them)", 2);
    assert_eq!(losses, [("positions", 1), entities, ("speakers", 2)]);
}

#[test]
fn bioes_begins_a_quote_anew_in_each_sentence_and_counts_what_is_nested() {
    let (files, losses) = export(Format::Bioes, Options { layer: Some(Layer::Quotes), ..Options::default() });
    let tags: Vec<_> = files.text("articles.conll").lines().filter_map(|line| line.rsplit(' ').next()).collect();
    let expected = "O  O B-SOURCE E-SOURCE S-CUE O  B-CONTENT I-CONTENT I-CONTENT I-CONTENT I-CONTENT E-CONTENT  \
                    B-CONTENT I-CONTENT I-CONTENT I-CONTENT I-CONTENT I-CONTENT E-CONTENT ";
    assert_eq!(tags.join(" "), expected);
    assert!(losses.contains(&("marks of quotes inside others", 2)), "{losses:?}");
}

#[test]
fn hf_numbers_the_labels_of_pieces_and_windows_lose_none() {
    let rows = |pieces, windows| {
        let options = Options { subwords: Some(pieces), windows, layer: None };
        let (files, _) = export(Format::Hf, options);
        let rows: Vec<Value> =
            files.text("data.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        rows.iter().map(|row| row["labels"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(rows(Labels::FirstPiece, None), [json!([0, 1, 2, -100, -100, 0])]);
    assert_eq!(rows(Labels::AllPieces, None), [json!([0, 1, 2, 2, 2, 0])]);
    let windows = Some(Windows { length: 4, overlap: 2 });
    assert_eq!(rows(Labels::FirstPiece, windows), [json!([0, 1, 2, -100]), json!([2, -100, -100, 0])]);
}

#[test]
fn hf_puts_what_stands_around_a_text_around_each_window() {
    let mut record: Value = serde_json::from_str(&record()).unwrap();
    record["subwords"] = json!({
        "tokenizer": "test", "ids": [101, 4, 5, 6, 7, 102], "words": [null, 0, 1, 2, 3, null],
        "offsets": [[0, 0], [0, 1], [2, 6], [7, 13], [14, 17], [75, 75]], "special_tokens_mask": [1, 0, 0, 0, 0, 1],
    });
    let options = |length| {
        let windows = Some(Windows { length, overlap: 1 });
        Options { subwords: Some(Labels::FirstPiece), windows, layer: None }
    };
    let (files, _) = exported(&[record.to_string()], Format::Hf, &options(4));
    let rows: Vec<Value> = files.text("data.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let columns: Vec<_> =
        rows.iter().map(|row| [&row["input_ids"], &row["labels"], &row["special_tokens_mask"]]).collect();
    let mask = json!([1, 0, 0, 1]);
    assert_eq!(columns[0], [&json!([101, 4, 5, 102]), &json!([-100, 0, 1, -100]), &mask]);
    assert_eq!(columns[1], [&json!([101, 5, 6, 102]), &json!([-100, 1, 2, -100]), &mask]);
    assert_eq!((columns[2][0], columns.len()), (&json!([101, 6, 7, 102]), 3));
    let mut export = Export::new(Format::Hf, &options(3)).unwrap();
    let record = record.to_string();
    let error = export.add(&Record::from_json(&record).unwrap(), &mut common::MemoryFiles::default()).unwrap_err();
    assert!(error.to_string().starts_with("windows of 1 cannot overlap by 1"), "{error}");
}

#[test]
fn hf_tells_its_features_in_the_card() {
    let (files, losses) = export(Format::Hf, Options::default());
    let card = files.text("README.md");
    assert!(card.starts_with("---\n") && card.contains("class_label:\n        names:\n          '0': O\n"), "{card}");
    let row: Value = serde_json::from_str(files.text("data.jsonl")).unwrap();
    assert_eq!(row["tokens"].as_array().unwrap().len(), row["quote_tags"].as_array().unwrap().len());
    assert_eq!(losses[1], ("marks of quotes inside others", 2));
}

#[test]
fn prodigy_ends_tokens_inclusively_and_shares_a_cue() {
    let (files, losses) = export(Format::Prodigy, Options::default());
    let task: Value = serde_json::from_str(files.text("tasks.jsonl")).unwrap();
    let spans = task["spans"].as_array().unwrap();
    let person = json!({"start":2,"end":13,"token_start":1,"token_end":2,"label":"PERSON","id":"e1"});
    assert_eq!(spans[0], person);
    assert_eq!(spans.iter().filter(|span| span["label"] == "CUE").count(), 1);
    let cues = task["relations"].as_array().unwrap().iter().filter(|relation| relation["label"] == "cue");
    assert_eq!(cues.map(|relation| relation["child"].clone()).collect::<Vec<_>>(), [json!(3), json!(3)]);
    assert_eq!(losses, [("types of quotes", 2)]);
}

#[test]
fn label_studio_counts_in_the_text_with_line_feeds() {
    let (files, losses) = export(Format::LabelStudio, Options::default());
    let task = &files.json("tasks.json")[0];
    let text = task["data"]["text"].as_str().unwrap();
    assert!(!text.contains('\r'));
    for region in task["predictions"][0]["result"].as_array().unwrap().iter().filter(|it| it["type"] == "labels") {
        let value = &region["value"];
        assert_eq!(slice(text, &value["start"], &value["end"]), value["text"].as_str().unwrap());
    }
    let config = files.text("config.xml");
    assert!(config.contains("<Choice value=\"dialogue:support\"/>"), "{config}");
    assert!(losses.is_empty());
}

#[test]
fn doccano_links_by_ids() {
    let (files, _) = export(Format::Doccano, Options::default());
    let row = files.json("relations.jsonl");
    let entities = row["entities"].as_array().unwrap();
    let of = |id: &Value| entities.iter().find(|entity| entity["id"] == *id).unwrap()["label"].as_str().unwrap();
    let relations: Vec<_> = row["relations"].as_array().unwrap().iter().collect();
    let links: Vec<_> =
        relations.iter().map(|it| format!("{} {}", it["type"].as_str().unwrap(), of(&it["to_id"]))).collect();
    let quote = ["cue CUE", "source SOURCE", "speaker PERSON"];
    let evidence = ["dialogue:support EVIDENCE"; 2];
    assert_eq!(links, [&quote[..], &evidence[..], &quote[..]].concat());
    assert_eq!(files.json("sequence.jsonl")["label"][0], json!([2, 13, "PERSON"]));
}

#[test]
fn brat_breaks_a_quote_into_fragments_at_line_ends() {
    let (files, losses) = export(Format::Brat, Options::default());
    let annotations = files.text("a_2f_c3_a9_201.ann");
    let content = "T3\tCONTENT 21 38;40 69\t« Paul a dit non. » Nous voulons un dialogue. »\n";
    assert!(annotations.contains(content), "{annotations}");
    assert!(annotations.contains("\tevidence-dialogue Arg1:T3 Arg2:T"), "{annotations}");
    assert!(
        annotations.ends_with("A1\ttype T3 direct\nA2\tposition-dialogue T3 support\nA3\ttype T8 indirect\n"),
        "{annotations}"
    );
    assert!(!files.text("a_2f_c3_a9_201.txt").contains('\r'));
    assert!(losses.is_empty());
}

#[test]
fn gliner_counts_words_inclusively_in_each_window() {
    let windows = Some(Windows { length: 4, overlap: 3 });
    let (files, losses) = export(Format::Gliner, Options { windows, ..Options::default() });
    let passages = files.json("train.json");
    assert_eq!(
        passages[0],
        json!({"tokenized_text": ["🤝", "Le\u{301}a", "Martin", "dit"], "ner": [[1, 2, "person"]]})
    );
    assert_eq!(passages[1]["ner"], json!([[0, 1, "person"]]));
    assert_eq!(losses, [("positions", 1), ("quotes", 2), ("speakers", 2)]);
    let windows = Some(Windows { length: 1, overlap: 0 });
    let (_, losses) = export(Format::Gliner, Options { windows, ..Options::default() });
    assert_eq!(losses[0], ("entities that no window holds whole", 1));
}

#[test]
fn webanno_counts_utf16_units() {
    let (files, _) = export(Format::Webanno, Options::default());
    let cas = files.json("a_2f_c3_a9_201.json");
    let structures = cas["%FEATURE_STRUCTURES"].as_array().unwrap();
    let person = structures.iter().find(|it| it["identifier"] == "e1").unwrap();
    assert_eq!((&person["begin"], &person["end"]), (&json!(3), &json!(14)));
    let links = structures.iter().filter(|it| it["%TYPE"] == "webanno.custom.QuoteLink");
    assert!(
        links.clone().count() == 6
            && links
                .clone()
                .all(|link| structures[link["@Governor"].as_u64().unwrap() as usize - 1]["role"] == "CONTENT")
    );
}

#[test]
fn w3c_tells_what_stands_around() {
    let (files, losses) = export(Format::W3c, Options::default());
    let annotations: Vec<Value> =
        files.text("annotations.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let selector = &annotations[0]["target"]["selector"];
    assert_eq!((&selector[0]["exact"], &selector[0]["prefix"]), (&json!("Le\u{301}a Martin"), &json!("🤝 ")));
    assert_eq!(selector[1], json!({"type":"TextPositionSelector","start":2,"end":13}));
    assert_eq!(annotations[0]["target"]["source"], "urn:dixit:a%2F%C3%A9%201");
    assert!(losses.is_empty());
}

#[test]
fn csv_has_a_row_for_each_quote() {
    let (files, losses) = export(Format::Csv, Options::default());
    let mut rows = csv::Reader::from_reader(files.text("quotes.csv").as_bytes());
    let rows: Vec<_> = rows.records().map(Result::unwrap).collect();
    assert_eq!(
        (&rows[0][3], &rows[0][7], &rows[1][6], &rows[1][8]),
        ("Le\u{301}a Martin", "dialogue:support", "non", "36-39")
    );
    assert_eq!(losses, [("entities", 2)]);
}

#[test]
fn every_format_takes_a_record_without_marks_and_none_at_all() {
    let mut record: Value = serde_json::from_str(&record()).unwrap();
    for (layer, empty) in [("entities", json!([])), ("quotes", json!([])), ("speakers", json!([]))] {
        record[layer] = empty;
    }
    record["text"] = "".into();
    for layer in ["tokens", "sentences"] {
        record[layer] = json!([]);
    }
    record["subwords"] = json!({"tokenizer": "t", "ids": [], "offsets": [], "words": []});
    for &format in Format::ALL {
        for lines in [vec![record.to_string()], vec![]] {
            let (files, losses) = exported(&lines, format, &Options::default());
            assert!(losses.is_empty(), "{format:?}");
            for name in ["tasks.json", "train.json"].iter().filter(|&&name| files.0.contains_key(name)) {
                assert!(files.json(name).is_array(), "{format:?}");
            }
        }
    }
}

#[test]
fn refuses_what_it_cannot_follow_and_what_is_not_valid() {
    let message = |format, options: &Options| Export::new(format, options).map(|_| ()).unwrap_err().to_string();
    let windows = Some(Windows { length: 4, overlap: 4 });
    let error = message(Format::Hf, &Options { windows, ..Options::default() });
    assert!(error.starts_with("windows of 4 cannot overlap by 4"), "{error}");
    let error = message(Format::Csv, &Options { windows, ..Options::default() });
    assert_eq!(error, "`csv` has no windows; `hf` and `gliner` have");
    let error = Format::from_name("conllx").unwrap_err().to_string();
    assert!(error.starts_with("unknown format `conllx`: known are `conll`, `bioes`, `hf`"), "{error}");
    let add = |line: &str, format| {
        let mut export = Export::new(format, &Options::default()).unwrap();
        export.add(&Record::from_json(line).unwrap(), &mut common::MemoryFiles::default()).unwrap_err().to_string()
    };
    let shifted = record().replacen("\"text\":\"Paul\"", "\"text\":\"Paula\"", 1);
    assert!(add(&shifted, Format::Csv).starts_with("the record `a/é 1` is not valid: `entities[1]`: "));
    let mut bare: Value = serde_json::from_str(&record()).unwrap();
    bare.as_object_mut().unwrap().remove("tokens");
    bare.as_object_mut().unwrap().remove("subwords");
    let error = add(&bare.to_string(), Format::Conll);
    assert_eq!(error, "the record `a/é 1` has no tokens, which `conll` needs: annotate with `--pipeline news`");
}
