//! What the fuzz targets have in common, and the targets themselves: the files in `fuzz_targets` only hand libFuzzer's
//! bytes on.
//!
//! - [`target`]: one function for each target, which panics when a property does not hold
//! - [`fixture`]: the world that they play in
//! - [`mutate`]: mutators that keep the structure of an input
//! - [`tree`]: a second reader of CBOR
//! - [`vectors`]: published vectors, for seeds

pub mod fixture;
pub mod mutate;
pub mod target;
pub mod tree;
pub mod vectors;
