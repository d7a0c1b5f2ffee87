//! Status lists, and the places in them that credentials name.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| wallet_fuzz::target::status_list::run(data));
