//! Verifies an SD-JWT VC presentation.
