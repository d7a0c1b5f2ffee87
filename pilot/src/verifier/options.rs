//! Which verifier, where, with which certificates.

use std::net::{Ipv4Addr, SocketAddr};

use serde_json::Value;
use wallet_core::profile::{ClientIdPrefix, ResponseMode};
use wallet_core::trust::Side;

use super::queries::BuiltIn;
use super::registration::Registration;
use crate::pki::Pki;

/// What a verifier needs to start.
#[derive(Debug, Clone)]
pub struct VerifierOptions {
    /// The European or the Canadian one.
    pub side: Side,
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The host name in its addresses; wallets must be able to reach it.
    pub host: String,
    /// The certificates.
    pub pki: Pki,
    /// How requests are made when nothing else is said.
    pub response_mode: ResponseMode,
    /// How it identifies itself when nothing else is said.
    pub client_id_prefix: ClientIdPrefix,
    /// What is asked when nothing else is said, as DCQL; [`BuiltIn::default_of`] the side when `None`.
    pub dcql: Option<Value>,
    /// What it says it is registered for when nothing else is said; the European one only.
    pub registration: Registration,
    /// Plain http instead of https.
    pub insecure_http: bool,
}

impl VerifierOptions {
    /// On a free port of this machine, over https; by HAIP 1.0 for the EU (`x509_hash`), by CA-1 for Canada
    /// (`x509_san_dns`), both with encrypted responses.
    #[must_use]
    pub fn new(side: Side, pki: Pki) -> Self {
        Self {
            side,
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            host: "localhost".to_owned(),
            pki,
            response_mode: ResponseMode::DirectPostJwt,
            client_id_prefix: match side {
                Side::Eu => ClientIdPrefix::X509Hash,
                Side::Ca => ClientIdPrefix::X509SanDns,
            },
            dcql: None,
            registration: Registration::default(),
            insecure_http: false,
        }
    }

    /// The query that is asked when nothing else is said.
    pub(super) fn default_query(&self) -> Value {
        self.dcql.clone().unwrap_or_else(|| BuiltIn::default_of(self.side).dcql())
    }
}
