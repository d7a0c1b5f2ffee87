//! Registration certificates of a registrar that signs whatever it is told to.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| wallet_fuzz::target::registration::run(data));
