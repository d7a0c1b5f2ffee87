//! Dead stack: what functions that have returned left there. Ciphers, hashes and derivations copy keys as they please, and no
//! `Drop` reaches those copies.

use std::hint::black_box;

/// More than anything that handles secrets uses: the deepest copy of a key that the memory test found lay at 12 KiB.
const DEPTH: usize = 64 * 1024;

/// Does something with secrets, and overwrites the stack that it used.
pub(crate) fn clean<T>(work: impl FnOnce() -> T) -> T {
    let out = apart(work);
    overwrite();
    out
}

/// In a frame of its own, which [`overwrite`] then has in the same place.
#[inline(never)]
fn apart<T>(work: impl FnOnce() -> T) -> T {
    work()
}

#[inline(never)]
fn overwrite() {
    let mut dead = [0_u8; DEPTH];
    // Mutable: a constant could lie in the program, and not on the stack.
    black_box(&mut dead);
}
