//! Arbitrary bytes as a record and as a failure.
#![no_main]

use dixit_record::{Failure, Record};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some(record) = std::str::from_utf8(bytes).ok().and_then(|line| Record::from_json(line).ok()) {
        let _ = record.check();
        let mut line = Vec::new();
        record.write_line(&mut line);
    }
    let _ = Failure::from_json(bytes);
});
