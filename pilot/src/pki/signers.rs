//! What signs.

use wallet_core::asn1::Certificate;
use wallet_core::crypto::p256::SecretKey;

/// A certificate with its key. The chain that it shows is the certificate alone: its root is an anchor, and anchors are
/// not sent (HAIP 1.0 5 and 6.1.1).
pub struct Signer {
    /// The certificate.
    pub certificate: Certificate,
    /// Its key.
    pub key: SecretKey,
}
