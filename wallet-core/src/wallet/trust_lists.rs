//! Whom the wallet trusts: anchors on its lists, sealed in the vault.

use super::open::Wallet;
use crate::asn1::pem;
use crate::error::{Code, Result};
use crate::trust::{ListName, TrustAnchor};
use crate::vault::Transaction;

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Wallet {
    /// Adds the certificates of a PEM text to a list; `source` says for people where they came from. Certificates that
    /// are on the list already stay once. Returns how many were added.
    ///
    /// # Errors
    /// [`Code::AnchorInvalid`] and others when one of them cannot be an anchor; then none is added.
    pub async fn add_trust_anchors(&self, list: ListName, pem_text: &str, source: &str) -> Result<u64> {
        let now = self.context.now()?;
        let mut anchors = Vec::new();
        for listed in pem::parse(pem_text)? {
            anchors.push(TrustAnchor::new(list, listed.certificate?, source, now)?);
        }
        if anchors.is_empty() {
            return Err(Code::AnchorInvalid.at("no certificate"));
        }
        let add = move |transaction: &mut Transaction<'_>| {
            let known: Vec<TrustAnchor> = transaction
                .readable::<TrustAnchor>()?
                .records
                .into_iter()
                .map(|(_, anchor)| anchor)
                .collect();
            let same = |one: &TrustAnchor, other: &TrustAnchor| {
                one.certificate().der() == other.certificate().der()
                    && (one.side(), one.role()) == (other.side(), other.role())
            };
            let mut added = 0;
            for anchor in anchors.iter().filter(|anchor| !known.iter().any(|other| same(other, anchor))) {
                transaction.insert(anchor)?;
                added += 1;
            }
            Ok(added)
        };
        self.context.vault.write(add).await
    }
}

impl Wallet {
    /// The anchors on all lists. One whose record is damaged is trusted no more and not among them;
    /// [`Wallet::check`] says so.
    ///
    /// # Errors
    /// [`Code::Locked`], and those of a damaged vault.
    pub async fn trust_anchors(&self) -> Result<Vec<TrustAnchor>> {
        Ok(self.context.anchors().await?.iter().cloned().collect())
    }
}
