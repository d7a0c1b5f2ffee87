//! Builds mdocs.
