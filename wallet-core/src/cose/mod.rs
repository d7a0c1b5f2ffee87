//! COSE, only COSE_Sign1 with ES256 (RFC 9052).
