//! The vault from outside: what its file holds and proves, and what it survives.

mod closing;
mod deleting;
mod history;
mod migrations;
