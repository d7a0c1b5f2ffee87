//! Whom the wallet trusts, as values.

use crate::error::Result;
use crate::time::UnixTime;
use crate::trust::{Role, Side, TrustAnchor};
use crate::wallet::Wallet;

/// An authority on one of the wallet's lists.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct TrustedAuthority {
    /// The name in its certificate.
    pub name: String,
    /// Whose list it is on; `None` for HTTPS.
    pub side: Option<Side>,
    /// Which part those play whom it certifies.
    pub role: Role,
    /// Where it comes from.
    pub source: String,
    /// When its list is due to be fetched again, where a list says so.
    pub next_update: Option<UnixTime>,
    /// Until when its certificate counts.
    pub not_after: UnixTime,
}

#[uniffi::export]
impl Wallet {
    /// The authorities on all lists. One whose record is damaged is trusted no more and not among them;
    /// [`Wallet::check`] says so.
    ///
    /// # Errors
    /// [`crate::Code::Locked`], and those of a damaged vault.
    pub async fn trusted_authorities(&self) -> Result<Vec<TrustedAuthority>> {
        Ok(self.trust_anchors().await?.iter().map(authority).collect())
    }
}

fn authority(anchor: &TrustAnchor) -> TrustedAuthority {
    TrustedAuthority {
        name: anchor.certificate().display_name(),
        side: anchor.side(),
        role: anchor.role(),
        source: anchor.source().to_owned(),
        next_update: anchor.next_update(),
        not_after: anchor.certificate().not_after(),
    }
}
