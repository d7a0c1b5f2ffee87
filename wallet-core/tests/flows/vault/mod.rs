//! The vault from outside: what its file holds and proves, and what it survives.

mod migrations;
