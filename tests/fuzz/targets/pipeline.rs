//! Arbitrary bytes through the whole pipeline.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| dixit_fuzz::annotate(bytes));
