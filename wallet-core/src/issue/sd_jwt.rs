//! Builds SD-JWT VCs.
