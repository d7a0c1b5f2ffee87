//! CBOR from outside (RFC 8949), strict.
