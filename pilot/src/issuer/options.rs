//! Which issuer, where, with which certificates.

use std::net::{Ipv4Addr, SocketAddr};

use wallet_core::trust::Side;

use crate::pki::Pki;

/// What an issuer needs to start.
#[derive(Debug, Clone)]
pub struct IssuerOptions {
    /// The European or the Canadian one.
    pub side: Side,
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The host name in its addresses; wallets must be able to reach it.
    pub host: String,
    /// The certificates.
    pub pki: Pki,
    /// The most copies in one request.
    pub batch: usize,
    /// Plain http instead of https.
    pub insecure_http: bool,
}

impl IssuerOptions {
    /// On a free port of this machine, over https, with up to ten copies at a time.
    #[must_use]
    pub fn new(side: Side, pki: Pki) -> Self {
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Self { side, listen, host: "localhost".to_owned(), pki, batch: 10, insecure_http: false }
    }
}
