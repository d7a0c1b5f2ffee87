//! What client and server share of TLS.

use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use wallet_core::asn1::Certificate;
use wallet_core::crypto::p256::SecretKey;
use wallet_core::issue::certificate::keys;

/// The one crypto provider of the process, given to each connection by hand: a process-wide default could be set twice.
pub(super) fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// A server's certificate and key, ready for TLS 1.2 and 1.3.
#[derive(Clone)]
pub struct TlsIdentity(Arc<rustls::ServerConfig>);

impl TlsIdentity {
    /// From the chain, the server's own certificate first, and its private key.
    ///
    /// # Errors
    /// When the key is not that of the first certificate.
    pub fn new(chain: &[Certificate], key: &SecretKey) -> Result<Self, rustls::Error> {
        let pem = keys::to_pem(key).map_err(|error| rustls::Error::General(error.to_string()))?;
        let key = PrivateKeyDer::from_pem_slice(pem.as_bytes())
            .map_err(|error| rustls::Error::General(error.to_string()))?;
        let chain =
            chain.iter().map(|certificate| CertificateDer::from(certificate.der().to_vec())).collect();
        let mut config = rustls::ServerConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, key)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self(Arc::new(config)))
    }

    pub(super) fn config(&self) -> Arc<rustls::ServerConfig> {
        Arc::clone(&self.0)
    }
}
