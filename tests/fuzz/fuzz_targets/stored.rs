//! Layouts and summaries from the vault.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| wallet_fuzz::target::stored::run(data));
