//! UIMA CAS JSON (version 0.4), as `INCEpTION` reads and writes it: a file for each article, offsets in UTF-16 units as Java counts.
//!
//! Sentences, tokens and entities are of the types of `DKPro` Core; quotes are of two custom layers, `Quote` for spans and `QuoteLink` for what
//! belongs to a quote.

use dixit_text::{OffsetMap, Span, Unit};
use serde_json::{Map, Value, json};

use crate::format::{ExportError, Exporter, Output};
use crate::view::{Role, View};

const SENTENCE: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence";
const TOKEN: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token";
const ENTITY: &str = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity";
const QUOTE: &str = "webanno.custom.Quote";
const LINK: &str = "webanno.custom.QuoteLink";
const ANNOTATION: &str = "uima.tcas.Annotation";
const STRING: &str = "uima.cas.String";

pub(super) struct Webanno;

impl Exporter for Webanno {
    fn add(&mut self, view: &View<'_>, output: &mut Output<'_>) -> Result<(), ExportError> {
        output.article(view, "webanno", "json", &Cas::new(view).into_json())
    }
}

/// The feature structures of an article.
struct Cas<'v> {
    view: &'v View<'v>,
    units: OffsetMap<'v>,
    /// Each as JSON: values of very many take much more room.
    structures: Vec<String>,
}

impl<'v> Cas<'v> {
    fn new(view: &'v View<'v>) -> Self {
        let sofa = json!({
            "%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView",
            "mimeType": "text/plain", "sofaString": view.text(),
        });
        let mut cas =
            Self { view, units: OffsetMap::new(view.text(), Unit::Utf16), structures: vec![sofa.to_string()] };
        cas.document();
        cas.text_layers();
        cas.marks();
        cas
    }

    /// Adds an annotation; gives its id.
    fn add(&mut self, kind: &str, span: Span, features: &[(&str, Value)]) -> usize {
        let id = self.structures.len() + 1;
        let (begin, end) = self.units.units(span);
        let mut structure = json!({ "%ID": id, "%TYPE": kind, "@sofa": 1, "begin": begin, "end": end });
        for (name, value) in features.iter().filter(|(_, value)| !value.is_null()) {
            structure[*name] = value.clone();
        }
        self.structures.push(structure.to_string());
        id
    }

    fn document(&mut self) {
        let language = self.view.record.language.as_ref();
        let language = language.map_or_else(|| "x-unspecified".into(), |language| json!(language.code));
        let whole = Span::new(0, self.view.text().len());
        self.add("uima.tcas.DocumentAnnotation", whole, &[("language", language)]);
    }

    fn text_layers(&mut self) {
        let layers = [(SENTENCE, self.view.sentences.clone()), (TOKEN, self.view.tokens.clone())];
        for (kind, spans) in layers {
            for span in spans.into_iter().flatten() {
                self.add(kind, span, &[]);
            }
        }
    }

    fn marks(&mut self) {
        let (marks, links) = self.view.flat();
        let mut ids = Vec::with_capacity(marks.len());
        for (index, mark) in marks.iter().enumerate() {
            let span = mark.stretches[0];
            ids.push(if mark.label.is_entity() {
                self.add(ENTITY, span, &[("value", mark.label.name().into()), ("identifier", mark.id.as_str().into())])
            } else {
                let features = self.features(index);
                let role = [("role", Value::from(mark.label.name())), ("identifier", mark.id.as_str().into())];
                self.add(QUOTE, span, &[&role[..], &features].concat())
            });
        }
        for link in links.iter().filter(|link| link.role != Role::Speaker) {
            let features = [
                ("label", link.role.name().into()),
                ("@Governor", ids[link.content].into()),
                ("@Dependent", ids[link.other].into()),
            ];
            self.add(LINK, marks[link.other].stretches[0], &features);
        }
    }

    /// What is known of a quote, where the mark is the content of one.
    fn features(&self, mark: usize) -> Vec<(&'static str, Value)> {
        let Some(quote) = self.view.quote_of(mark) else { return Vec::new() };
        let positions = quote.positions.iter().flatten().map(|it| format!("{}:{}", it.topic, it.stance.0));
        let positions: Vec<_> = positions.collect();
        vec![
            ("kind", json!(quote.kind)),
            ("speaker", json!(quote.speaker.as_ref().map(|speaker| &speaker.name))),
            ("position", if positions.is_empty() { Value::Null } else { positions.join(";").into() }),
        ]
    }

    fn into_json(self) -> String {
        let members: Vec<_> = (2..=self.structures.len()).collect();
        let views = json!({ "_InitialView": { "%SOFA": 1, "%MEMBERS": members } });
        let structures = self.structures.join(",\n");
        format!("{{\"%TYPES\":{},\n\"%FEATURE_STRUCTURES\":[{structures}],\n\"%VIEWS\":{views}}}\n", types())
    }
}

/// The types that are not UIMA's own.
fn types() -> Value {
    let string = |name: &str| (name.to_owned(), STRING.to_owned());
    let quote = |name: &str| (name.to_owned(), QUOTE.to_owned());
    let declared = [
        (SENTENCE, Vec::new()),
        (TOKEN, Vec::new()),
        (ENTITY, vec![string("value"), string("identifier")]),
        (QUOTE, ["role", "identifier", "kind", "speaker", "position"].map(string).to_vec()),
        (LINK, vec![string("label"), quote("Governor"), quote("Dependent")]),
    ];
    let declared = declared.into_iter().map(|(name, features)| {
        let mut kind = json!({ "%NAME": name, "%SUPER_TYPE": ANNOTATION });
        for (feature, range) in features {
            kind[&feature] = json!({ "%NAME": feature, "%RANGE": range });
        }
        (name.to_owned(), kind)
    });
    Value::Object(declared.collect::<Map<_, _>>())
}
