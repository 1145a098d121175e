//! Arbitrary bytes as an input of this format.
#![no_main]

use dixit_corpus::Format;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| dixit_fuzz::read(Format::Warc, bytes));
