//! Compact JWE under a passphrase.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_target!(|data: &[u8]| wallet_fuzz::target::pbes2::run(data));
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    wallet_fuzz::mutate::compact(data, size, max_size, seed)
});
