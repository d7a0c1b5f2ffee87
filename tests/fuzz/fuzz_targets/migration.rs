//! What another wallet says when its holder moves.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| wallet_fuzz::target::migration::run(data));
