//! The vault from outside: what its file shows and proves, and what it survives.

mod bit_flips;
mod kill_test;
mod leaks;
mod lived;
mod migrations;
mod rollback;
mod schema;
mod tampering;
mod two_processes;
