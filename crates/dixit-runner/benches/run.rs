//! Speed of a whole run, from the bytes of the inputs to those of the records: English and French separately, on one thread and two, in
//! bytes of input a second. What it takes longer than `dixit-pipeline`'s `news` is reading, order and JSON.
#![allow(clippy::unwrap_used)]

use std::io;
use std::path::Path;
use std::sync::Arc;

use divan::counter::BytesCount;
use dixit_corpus::{Input, ReadOptions, Reader, find_inputs};
use dixit_pipeline::Pipeline;
use dixit_record::Failure;
use dixit_runner::{Annotated, Counts, Progress, RunOptions, Sink, annotator_of, run};

fn main() {
    divan::main();
}

/// The news fixtures of a language, many times over.
fn inputs(language: &str) -> Vec<Input> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/news").join(language);
    let found = find_inputs(&[folder.to_str().unwrap().to_owned()], None, &[]).inputs;
    found.iter().cycle().take(found.len() * 8).cloned().collect()
}

#[derive(Default)]
struct Counted {
    bytes: usize,
}

impl Sink for Counted {
    fn record(&mut self, annotated: &Annotated) -> io::Result<()> {
        self.bytes += annotated.line.len();
        Ok(())
    }

    fn failure(&mut self, failure: &Failure) -> io::Result<()> {
        Err(io::Error::other(failure.cause.clone()))
    }

    fn progress(&mut self, _: Progress<'_>) -> io::Result<()> {
        Ok(())
    }
}

#[divan::bench(args = [("en", 1), ("fr", 1), ("en", 2), ("fr", 2)])]
fn whole(bencher: divan::Bencher<'_, '_>, (language, jobs): (&str, usize)) {
    let pipeline = Arc::new(Pipeline::load("news").unwrap());
    let annotator = Arc::new(annotator_of(&pipeline));
    let options = RunOptions { jobs, ..RunOptions::default() };
    let inputs = inputs(language);
    let bytes: u64 = inputs.iter().filter_map(|input| input.bytes).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        let mut reader = Reader::new(inputs.clone(), ReadOptions::default());
        let (mut counts, mut sink) = (Counts::default(), Counted::default());
        run(&pipeline, &annotator, &options, &mut counts, move || reader.next(), &mut sink).unwrap();
        assert_eq!(counts.documents, inputs.len() as u64);
        sink.bytes
    });
}
