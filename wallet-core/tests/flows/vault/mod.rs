//! The vault from outside: what its file shows and proves, and what it survives.

mod bit_flips;
mod closing;
mod deleting;
mod history;
// Whether a process is within a transaction is read from `/proc`.
#[cfg(target_os = "linux")]
mod kill_test;
mod leaks;
mod lived;
mod migrations;
mod rollback;
mod schema;
mod tampering;
#[cfg(target_os = "linux")]
mod two_processes;
