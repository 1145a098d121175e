//! How long a reviewer waits over a file of 1 GiB: for its index, made once; for the first article after that, in the order of doubt;
//! and for each next one.
#![allow(clippy::unwrap_used)]

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use divan::counter::BytesCount;
use dixit_review::{Filter, Index, Order, Queue, Session};

const SIZE: u64 = 1 << 30;

fn main() {
    divan::main();
    if let Some(folder) = FOLDER.get() {
        fs::remove_dir_all(folder).unwrap();
    }
}

static FOLDER: OnceLock<PathBuf> = OnceLock::new();

/// The annotated articles of the fixture over and over, each with an id of its own.
fn archive() -> PathBuf {
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap().keep();
        write_archive(&folder.join("archive.jsonl"));
        folder
    });
    folder.join("archive.jsonl")
}

fn write_archive(path: &Path) {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/review/annotated.jsonl");
    let fixture = fs::read_to_string(fixture).unwrap();
    let mut file = BufWriter::new(File::create_new(path).unwrap());
    let (mut size, mut number) = (0, 0);
    while size < SIZE {
        for line in fixture.lines() {
            let line = line.replacen("\"id\":\"", &format!("\"id\":\"{number}-"), 1);
            writeln!(file, "{line}").unwrap();
            (size, number) = (size + line.len() as u64 + 1, number + 1);
        }
    }
    file.flush().unwrap();
}

fn session(archive: &Path) -> Session {
    let decisions = archive.with_extension("decisions.jsonl");
    let queue = Queue { order: Order::Doubt, filter: &Filter::default() };
    Session::open(archive, &decisions, queue, |_, _| {}).unwrap()
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn index(bencher: divan::Bencher<'_, '_>) {
    let archive = archive();
    let kept = archive.with_extension("jsonl.index");
    bencher
        .counter(BytesCount::new(SIZE))
        .with_inputs(|| fs::remove_file(&kept).ok())
        .bench_local_values(|_| Index::of_file(&archive, |_, _| {}).unwrap());
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn open_and_first_article(bencher: divan::Bencher<'_, '_>) {
    let archive = archive();
    drop(session(&archive));
    bencher.bench_local(|| session(&archive).article(0).unwrap());
}

#[divan::bench]
fn next_article(bencher: divan::Bencher<'_, '_>) {
    let mut session = session(&archive());
    let mut place = 0;
    bencher.bench_local(|| {
        place += 1;
        session.article(place % session.len()).unwrap()
    });
}
