//! base64url.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| wallet_fuzz::target::base64url::run(data));
