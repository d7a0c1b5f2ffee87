//! What the wallet holds, for lists and detail screens.

use std::sync::Arc;

use serde_json::Value;

use super::open::Wallet;
use super::top_up::{self, TopUp};
use crate::credential::path::ClaimLocation;
use crate::credential::{self, Claim, CredentialId, Format, Summary};
use crate::error::{Code, Result};
use crate::present::holdings;
use crate::time::UnixTime;
use crate::vault::damage::{Damage, is_damage};
use crate::vault::history::Party;
use crate::vault::model::{CopyUse, Localized, StoredCredential};
use crate::vault::reuse::ReuseMethod;
use crate::vault::status::CredentialStatus;
use crate::vault::{Id, Readable, Transaction};

/// What the wallet holds. Where something is damaged, the rest is here all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CredentialList {
    /// The credentials that can be read, the newest first.
    pub entries: Vec<CredentialEntry>,
    /// What cannot: an app says so, and [`Wallet::check`] tells more.
    pub damaged: Vec<Damage>,
}

/// One entry of the list: a credential with all its copies. No claims, no images.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CredentialEntry {
    /// Its id in this wallet.
    pub id: CredentialId,
    /// The format.
    pub format: Format,
    /// `doctype` or `vct`.
    pub type_id: String,
    /// The issuer's names for it, by language.
    pub names: Vec<Localized>,
    /// Who issued it, and how that was verified.
    pub issuer: Party,
    /// Equal for credentials that came in one issuance.
    pub issued_together: CredentialId,
    /// When it was kept, seconds since 1970.
    pub received_at: i64,
    /// From when it counts, seconds since 1970.
    pub valid_from: Option<i64>,
    /// Until when it counts, seconds since 1970.
    pub valid_until: Option<i64>,
    /// How many copies there are.
    pub copies: u64,
    /// How many of them nobody has seen yet.
    pub fresh_copies: u64,
    /// No copy can be shown any more, since the keys are not on this phone: it has to be issued again.
    pub needs_reissue: bool,
    /// Whether its issuer says that it still counts.
    pub status: CredentialStatus,
    /// How often the issuer allows a copy to be shown.
    pub reuse: ReuseMethod,
    /// Why the issuer should be asked for more copies now; empty when there is no need.
    pub top_up: Vec<TopUp>,
}

/// A credential with its claims, which are wiped when it is dropped. It has no `Debug`: it holds them.
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CredentialDetails {
    /// What the list says of it.
    pub entry: CredentialEntry,
    claims: Vec<Arc<Claim>>,
}

impl CredentialDetails {
    /// The claims with their values, in the issuer's order.
    pub fn claims(&self) -> impl Iterator<Item = (&ClaimLocation, &Value)> {
        self.claims.iter().map(|claim| (&claim.location, claim.value()))
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Wallet {
    /// Everything the wallet holds.
    ///
    /// # Errors
    /// [`Code::Locked`]; [`Code::ManifestDamaged`] when nothing at all can be proven.
    pub async fn credentials(&self) -> Result<CredentialList> {
        let now = self.context.now()?;
        let list = move |transaction: &mut Transaction<'_>| {
            let mut list = match transaction.all_as(|id, stored| entry(id, stored, now)) {
                Ok(entries) => CredentialList { entries, damaged: Vec::new() },
                Err(error) if is_damage(&error) => {
                    let Readable { records, damaged } = transaction.readable()?;
                    let entries = records.into_iter().map(|(id, stored)| entry(id, stored, now)).collect();
                    CredentialList { entries, damaged }
                }
                Err(error) => return Err(error),
            };
            list.entries.sort_unstable_by(|a, b| {
                (b.received_at, &a.type_id, a.id).cmp(&(a.received_at, &b.type_id, b.id))
            });
            Ok(list)
        };
        self.context.vault.read(list).await
    }

    /// One credential with its claims.
    ///
    /// # Errors
    /// [`Code::NotFound`], [`Code::Locked`], and those of a damaged vault.
    pub async fn credential(&self, id: CredentialId) -> Result<CredentialDetails> {
        let now = self.context.now()?;
        let show = move |transaction: &mut Transaction<'_>| {
            let stored: StoredCredential = transaction.get(&id.0)?;
            let content = holdings::content(transaction, &stored)?;
            let summary: Summary = transaction.get(&id.0)?;
            let mut claims = Vec::new();
            for location in content.layout.personal_claims(&summary.kind.outline) {
                let value = credential::claim_value(&content.bytes, &content.layout, &location)?;
                let value = value.ok_or_else(|| Code::RecordDamaged.at("claim"))?;
                claims.push(Arc::new(Claim::new(&stored.type_id, location, value)));
            }
            Ok(CredentialDetails { entry: entry(id.0, stored, now), claims })
        };
        self.context.vault.read(show).await
    }
}

fn entry(id: Id, stored: StoredCredential, now: UnixTime) -> CredentialEntry {
    CredentialEntry {
        reuse: stored.reuse().method,
        top_up: top_up::advice(&stored, now),
        status: CredentialStatus::of(&stored, now),
        id: CredentialId(id),
        format: stored.format,
        type_id: stored.type_id,
        names: stored.names,
        issuer: stored.issuer,
        issued_together: CredentialId(stored.issued_together),
        received_at: stored.received_at,
        valid_from: stored.valid_from,
        valid_until: stored.valid_until,
        copies: stored.copies.len() as u64,
        fresh_copies: stored.copies.iter().filter(|copy| copy.state == CopyUse::Fresh).count() as u64,
        needs_reissue: stored.copies.iter().all(|copy| copy.state == CopyUse::Retired),
    }
}
