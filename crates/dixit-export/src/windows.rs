//! Long articles in windows that overlap, so that nothing is cut off.

use std::ops::Range;

use crate::format::Windows;

/// The windows over `count` pieces: each but the first starts with the last `overlap` of the one before, the last ends with the last piece.
/// Without windows one range over all.
pub(crate) fn windows(count: usize, windows: Option<Windows>) -> Vec<Range<usize>> {
    let Windows { length, overlap } = windows.unwrap_or(Windows { length: count.max(1), overlap: 0 });
    let step = length - overlap;
    let after_first = count.saturating_sub(length).div_ceil(step);
    (0..=after_first).map(|window| window * step..(window * step + length).min(count)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_is_in_a_window_and_neighbours_share_the_overlap() {
        for count in 0..40 {
            for length in 1..9 {
                for overlap in 0..length {
                    let ranges = windows(count, Some(Windows { length, overlap }));
                    assert_eq!((ranges[0].start, ranges.last().unwrap().end), (0, count));
                    assert!(ranges.iter().all(|range| range.len() <= length));
                    assert!(ranges.windows(2).all(|pair| pair[0].end - pair[1].start == overlap));
                }
            }
        }
        assert!(windows(7, None).into_iter().eq(std::iter::once(0..7)));
    }
}
