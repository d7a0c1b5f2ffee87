//! What a credential says about a person: one file for each kind.
//!
//! Each knows the names that its rulebook gives to things, and nothing of keys, dates of signing or protocols.

pub(super) mod mdl;
pub(super) mod person;
pub(super) mod pid;
