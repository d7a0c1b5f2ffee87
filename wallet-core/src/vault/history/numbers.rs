//! Numbers of entries, as ranges: who deletes everything deletes one range.

use std::collections::BTreeSet;

use super::entry::NumberRange;

/// Numbers as the fewest ranges.
pub(super) fn ranges(numbers: &BTreeSet<u64>) -> Vec<NumberRange> {
    let mut ranges: Vec<NumberRange> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some(range) if range.last.checked_add(1) == Some(*number) => range.last = *number,
            _ => ranges.push(NumberRange { first: *number, last: *number }),
        }
    }
    ranges
}

/// Whether a number is in one of these.
pub(super) fn contains(ranges: &[NumberRange], number: u64) -> bool {
    ranges.iter().any(|range| (range.first..=range.last).contains(&number))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn ranges_hold_the_numbers_and_no_others(numbers in proptest::collection::btree_set(0..40_u64, 0..40)) {
            let ranges = ranges(&numbers);
            for number in 0..45 {
                prop_assert_eq!(contains(&ranges, number), numbers.contains(&number));
            }
            prop_assert!(ranges.windows(2).all(|pair| pair[0].last + 1 < pair[1].first));
        }
    }
}
