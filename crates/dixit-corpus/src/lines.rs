//! Lines of bytes with a limit on their length, in bounded memory.

use std::io::{self, BufRead};

/// What [`read_line`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// A line; its bytes, without the line end, are in the buffer.
    Whole,
    /// A line of so many bytes, which is over the limit; the buffer holds only its beginning.
    TooLong(u64),
    /// The end of the input.
    End,
}

/// Reads one line into `buffer`, at most `limit` bytes of it; what is beyond is passed over, not kept. Gives also how many
/// bytes of the input that took.
pub(crate) fn read_line(input: &mut dyn BufRead, buffer: &mut Vec<u8>, limit: u64) -> io::Result<(Line, u64)> {
    buffer.clear();
    let mut length = 0_u64;
    let mut ended = false;
    while !ended {
        let chunk = match input.fill_buf() {
            Ok(chunk) => chunk,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if chunk.is_empty() {
            if length == 0 {
                return Ok((Line::End, 0));
            }
            break;
        }
        let end = memchr::memchr(b'\n', chunk);
        ended = end.is_some();
        let content = &chunk[..end.unwrap_or(chunk.len())];
        let room = usize::try_from(limit.saturating_sub(buffer.len() as u64)).unwrap_or(usize::MAX);
        buffer.extend_from_slice(&content[..content.len().min(room)]);
        let taken = content.len() + usize::from(ended);
        length += taken as u64;
        input.consume(taken);
    }
    let content = length - u64::from(ended);
    if content > limit {
        return Ok((Line::TooLong(content), length));
    }
    if buffer.last() == Some(&b'\r') {
        buffer.pop();
    }
    Ok((Line::Whole, length))
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn lines(text: &str, limit: u64) -> Vec<(Line, String)> {
        let mut input = BufReader::with_capacity(3, text.as_bytes());
        let mut buffer = Vec::new();
        let mut lines = Vec::new();
        loop {
            match read_line(&mut input, &mut buffer, limit).unwrap().0 {
                Line::End => return lines,
                line => lines.push((line, String::from_utf8(buffer.clone()).unwrap())),
            }
        }
    }

    #[test]
    fn reads_lines_of_both_line_ends_and_the_last_without_one() {
        let wanted = ["one", "", "three", "four"].map(|line| (Line::Whole, line.to_owned()));
        assert_eq!(lines("one\r\n\nthree\nfour", 100), wanted);
        assert_eq!(lines("", 100), []);
        assert_eq!(lines("\n", 100), [(Line::Whole, String::new())]);
    }

    #[test]
    fn passes_over_what_is_beyond_the_limit_and_goes_on() {
        let found = lines("12345678\nab\n123456", 5);
        assert_eq!(found[0], (Line::TooLong(8), "12345".to_owned()));
        assert_eq!(found[1], (Line::Whole, "ab".to_owned()));
        assert_eq!(found[2].0, Line::TooLong(6));
        assert_eq!(lines("12345\n", 5)[0].0, Line::Whole);
    }
}
