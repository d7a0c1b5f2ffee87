//! A backup.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_target!(|data: &[u8]| wallet_fuzz::target::backup_file::run(data));
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    wallet_fuzz::mutate::file(data, size, max_size, seed)
});
