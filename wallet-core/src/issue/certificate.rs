//! X.509 certificates for pilots and tests.
