//! X.509 certificates, read but not judged.
