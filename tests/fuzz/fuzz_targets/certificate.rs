//! X.509 certificates and chains.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| wallet_fuzz::target::certificate::run(data));
