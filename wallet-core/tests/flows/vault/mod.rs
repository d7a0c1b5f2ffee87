//! The vault from outside: what its file shows and proves, and what it survives.

mod bit_flips;
mod closing;
mod deleting;
mod history;
mod kept;
// What a process does, and what is in its memory, is read from `/proc`.
#[cfg(target_os = "linux")]
mod kill_test;
mod leaks;
mod lived;
#[cfg(target_os = "linux")]
mod memory;
mod migrations;
mod rollback;
mod schema;
mod search;
mod tampering;
#[cfg(target_os = "linux")]
mod two_processes;
