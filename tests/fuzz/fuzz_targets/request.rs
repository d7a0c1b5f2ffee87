//! Requests of a verifier that signs whatever it is told to.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| wallet_fuzz::target::request::run(data));
