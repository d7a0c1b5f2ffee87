//! Mutators that know the structure of an input, so that what is tried gets past the first check. Each works on the
//! bytes of the input alone, so every input stands for itself and a failure can be repeated.

mod cbor;
mod compact;
mod file;

pub use cbor::mutate as cbor;
pub use compact::mutate as compact;
pub use file::mutate as file;

use libfuzzer_sys::fuzzer_mutate;

/// How long what is mutated inside something may become.
const PART_MAX: usize = 4096;

/// Random numbers from libFuzzer's seed (SplitMix64).
struct Random(u64);

impl Random {
    fn new(seed: u32) -> Self {
        Self(seed.into())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`; 0 for 0.
    fn below(&mut self, bound: usize) -> usize {
        match u64::try_from(bound) {
            Ok(bound @ 1..) => usize::try_from(self.next() % bound).unwrap_or_default(),
            _ => 0,
        }
    }
}

/// A part of an input, mutated as libFuzzer does it.
fn part(bytes: &[u8]) -> Vec<u8> {
    let length = bytes.len().min(PART_MAX);
    let mut buffer = vec![0; length + 64];
    buffer[..length].copy_from_slice(&bytes[..length]);
    let capacity = buffer.len();
    let length = fuzzer_mutate(&mut buffer, length, capacity);
    buffer.truncate(length);
    buffer
}

/// Puts what was made into libFuzzer's buffer; without it, or when it is too long, libFuzzer mutates by itself.
fn put(data: &mut [u8], size: usize, max_size: usize, made: Option<Vec<u8>>) -> usize {
    match made {
        Some(made) if !made.is_empty() && made.len() <= max_size => {
            data[..made.len()].copy_from_slice(&made);
            made.len()
        }
        _ => fuzzer_mutate(data, size, max_size),
    }
}
