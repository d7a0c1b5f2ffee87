//! Dead stack: what functions that have returned left there. Ciphers, hashes and derivations copy keys as they please, and no
//! `Drop` reaches those copies.

use std::hint::black_box;

/// For a whole task: the deepest copy of a key that the memory test found lay at 12 KiB.
pub(crate) const TASK: usize = 64 * 1024;
/// For one cipher or derivation.
pub(crate) const CIPHER: usize = 4 * 1024;

/// Does something with secrets, and overwrites so many bytes of the stack that it used. Soon, for what is moved to the heap
/// afterwards takes with it what lies in its gaps.
pub(crate) fn clean<const DEPTH: usize, T>(work: impl FnOnce() -> T) -> T {
    let out = apart(work);
    overwrite::<DEPTH>();
    out
}

/// In a frame of its own, which [`overwrite`] then has in the same place.
#[inline(never)]
fn apart<T>(work: impl FnOnce() -> T) -> T {
    work()
}

#[inline(never)]
fn overwrite<const DEPTH: usize>() {
    let mut dead = [0_u8; DEPTH];
    // Mutable: a constant could lie in the program, and not on the stack.
    black_box(&mut dead);
}
