//! The stored records. Field numbers are the format of the file: add new ones, never change or reuse one.

use minicbor::{Decode, Encode};
use zeroize::Zeroize;

use super::history::Party;
use super::reuse::{ReusePolicy, VerifierMark};
use super::seal::{Id, Table};
use super::status::StoredStatus;
use super::transaction::Record;
use crate::credential::{Format, Layout, Summary};
use crate::platform::{KeyAuthentication, KeyLevel};
use crate::trust::TrustAnchor;
use crate::trust::status::StatusReference;

impl Record for Summary {
    const TABLE: Table = Table::Summary;
}

impl Record for TrustAnchor {
    const TABLE: Table = Table::Anchor;
}

/// A text in one language, as an issuer's metadata gives it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Localized {
    /// BCP 47 language tag; empty when the issuer names none.
    #[n(0)]
    pub locale: String,
    /// The text.
    #[n(1)]
    pub text: String,
}

impl Localized {
    /// The text for a locale: that of the language and region, of the language, in English, or the first; `None` of
    /// none.
    #[must_use]
    pub fn best<'a>(texts: &'a [Self], locale: &str) -> Option<&'a str> {
        let language = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let rank = |one: &&Self| match () {
            () if one.locale.replace('_', "-").eq_ignore_ascii_case(&locale.replace('_', "-")) => 0,
            () if language(&one.locale) == language(locale) => 1,
            () if language(&one.locale) == "en" => 2,
            () => 3,
        };
        texts.iter().min_by_key(rank).map(|one| one.text.as_str())
    }
}

/// One issuance of one credential in one format; an entry of the citizen's list. Its record lies under the same id as
/// its [`Summary`].
#[derive(Clone, Encode, Decode)]
pub(crate) struct StoredCredential {
    #[n(0)]
    pub(crate) format: Format,
    /// `doctype` or `vct`.
    #[n(1)]
    pub(crate) type_id: String,
    /// Joins the formats of one issuance.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub(crate) issued_together: Id,
    /// Who issued it, and how that was verified.
    #[n(3)]
    pub(crate) issuer: Party,
    /// The issuer's names for itself in its metadata.
    #[n(4)]
    pub(crate) issuer_names: Vec<Localized>,
    /// The names of the credential in the issuer's metadata.
    #[n(5)]
    pub(crate) names: Vec<Localized>,
    /// Seconds since 1970.
    #[n(6)]
    pub(crate) received_at: i64,
    #[n(7)]
    pub(crate) valid_from: Option<i64>,
    #[n(8)]
    pub(crate) valid_until: Option<i64>,
    /// In records that were written before there was [`StoredCredential::reuse`]: whether each copy may be shown once only.
    #[n(9)]
    pub(crate) once_only: Option<bool>,
    #[n(10)]
    pub(crate) copies: Vec<CopyState>,
    /// How often the issuer allows a copy to be shown.
    #[n(11)]
    pub(crate) reuse: Option<ReusePolicy>,
    /// What its issuer's status list said of it when it was last looked up.
    #[n(12)]
    pub(crate) status: Option<StoredStatus>,
}

impl StoredCredential {
    /// How often the issuer allows a copy to be shown.
    pub(crate) fn reuse(&self) -> ReusePolicy {
        self.reuse.unwrap_or_else(|| ReusePolicy::before_policies(self.once_only))
    }
}

impl Record for StoredCredential {
    const TABLE: Table = Table::Credential;
}

/// The changing part of one copy; its content lies in [`CopyContent`] under the same id.
#[derive(Clone, Encode, Decode)]
pub(crate) struct CopyState {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub(crate) id: Id,
    /// The [`StoredKey`] that it is bound to.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub(crate) key: Id,
    #[n(2)]
    pub(crate) state: CopyUse,
    /// How often it was shown, or may have been.
    #[n(3)]
    pub(crate) uses: u32,
    /// The verifier that this copy is for, where the issuer wants another copy for each ([`VerifierMark`]).
    #[cbor(n(4), with = "minicbor::bytes")]
    pub(crate) verifier: Option<VerifierMark>,
    /// Until when this copy counts, seconds since 1970. Copies of a later issuance count for longer.
    #[n(5)]
    pub(crate) valid_until: Option<i64>,
    /// Its place in a status list, where it names one.
    #[n(6)]
    pub(crate) status: Option<StatusReference>,
}

/// Where a copy is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub(crate) enum CopyUse {
    /// Never shown.
    #[n(0)]
    Fresh,
    /// Taken by a presentation whose outcome is not known yet.
    #[n(1)]
    Reserved,
    /// Shown, or maybe shown.
    #[n(2)]
    Spent,
    /// Never to be shown again: its key is gone.
    #[n(3)]
    Retired,
}

/// The part of a copy that never changes: what the issuer signed, byte for byte, and where things lie in it.
#[derive(Encode, Decode)]
pub(crate) struct CopyContent {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub(crate) bytes: Vec<u8>,
    #[n(1)]
    pub(crate) layout: Layout,
}

impl Drop for CopyContent {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

impl Record for CopyContent {
    const TABLE: Table = Table::Copy;
}

/// A key in the secure area, or in software, that a copy is bound to.
#[derive(Clone, Encode, Decode)]
pub(crate) struct StoredKey {
    /// Its name in the secure area: vault id and this record's id.
    #[n(0)]
    pub(crate) alias: String,
    #[n(1)]
    pub(crate) life: KeyLife,
    /// What was made; absent while planned.
    #[n(2)]
    pub(crate) made: Option<MadeKey>,
    /// The pending flow that it was made for, until a copy has it.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub(crate) flow: Option<Id>,
}

impl Record for StoredKey {
    const TABLE: Table = Table::Key;
}

/// A key that no copy has: not yet, or no longer. They lie apart, so that looking for those that nobody will ever need
/// costs nothing when there are none.
#[derive(Clone, Encode, Decode)]
#[cbor(transparent)]
pub(crate) struct LooseKey(#[n(0)] pub(crate) StoredKey);

impl Record for LooseKey {
    const TABLE: Table = Table::LooseKey;
}

/// What the secure area made.
#[derive(Clone, Encode, Decode)]
pub(crate) struct MadeKey {
    /// `04 ‖ x ‖ y`.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub(crate) public_key: Vec<u8>,
    /// The level that was obtained.
    #[n(1)]
    pub(crate) level: KeyLevel,
    /// Whether the platform asks the citizen before it signs.
    #[n(2)]
    pub(crate) user_authentication: bool,
    /// How it asks; absent in keys of the first format, which were all in software.
    #[n(3)]
    pub(crate) authentication: Option<KeyAuthentication>,
}

/// The life of a key. `Planned` is on disk before the key is made, `Deleting` before it is deleted, so that a kill
/// leaves no key that nobody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub(crate) enum KeyLife {
    #[n(0)]
    Planned,
    #[n(1)]
    Live,
    #[n(2)]
    Deleting,
}

/// The private half of a key of the software area.
#[derive(Encode, Decode)]
pub(crate) struct SoftwareKey {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub(crate) scalar: [u8; 32],
}

impl Drop for SoftwareKey {
    fn drop(&mut self) {
        self.scalar.zeroize();
    }
}

impl Record for SoftwareKey {
    const TABLE: Table = Table::SoftwareKey;
}

/// A flow that waits for the citizen, the network, or both.
#[derive(Encode, Decode)]
pub(crate) struct PendingFlow {
    /// The link that began it; the same link resumes it.
    #[n(0)]
    pub(crate) link: String,
    /// Seconds since 1970; afterwards the flow is void.
    #[n(1)]
    pub(crate) expires_at: i64,
    #[n(2)]
    pub(crate) flow: Flow,
}

impl Record for PendingFlow {
    const TABLE: Table = Table::Pending;
}

/// What is kept of a flow.
#[derive(Encode, Decode)]
pub(crate) enum Flow {
    /// A verifier's request, fetched once.
    #[n(0)]
    Request(#[n(0)] PendingRequest),
    /// An issuance: credentials that were received and wait for a yes.
    #[n(1)]
    Issuance(#[n(0)] PendingIssuance),
}

/// A fetched request.
#[derive(Encode, Decode)]
pub(crate) struct PendingRequest {
    /// The Request Object as it came; empty when the request is unsigned and so all in the link.
    #[n(0)]
    pub(crate) request_object: String,
    /// Set once a response is on its way.
    #[n(1)]
    pub(crate) sending: Option<Sending>,
    /// The nonce that was posted for it and must stand in it.
    #[n(2)]
    pub(crate) wallet_nonce: Option<String>,
}

/// A response on its way: enough to tell the truth after a kill.
#[derive(Clone, Encode, Decode)]
pub(crate) struct Sending {
    /// The entry in the history that says so.
    #[n(0)]
    pub(crate) history: u64,
    #[n(1)]
    pub(crate) copies: Vec<ReservedCopy>,
    /// Milliseconds since boot, and the boot: whoever finds this later than a call can last knows it was cut off.
    #[n(2)]
    pub(crate) since_boot_ms: u64,
    #[n(3)]
    pub(crate) boot_id: String,
}

/// A copy that a presentation has taken.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub(crate) struct ReservedCopy {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub(crate) credential: Id,
    #[cbor(n(1), with = "minicbor::bytes")]
    pub(crate) copy: Id,
}

/// Credentials that were received and wait for a yes.
#[derive(Encode, Decode)]
pub(crate) struct PendingIssuance {
    #[n(0)]
    pub(crate) issuer: String,
    #[n(1)]
    pub(crate) issuer_names: Vec<Localized>,
    #[n(2)]
    pub(crate) received: Vec<ReceivedCredential>,
}

/// One credential of an issuance, in all its copies.
#[derive(Encode, Decode)]
pub(crate) struct ReceivedCredential {
    #[n(0)]
    pub(crate) format: Format,
    /// The type that the issuer's metadata promises.
    #[n(1)]
    pub(crate) type_id: String,
    #[n(2)]
    pub(crate) names: Vec<Localized>,
    /// In records that were written before there was [`ReceivedCredential::reuse`].
    #[n(3)]
    pub(crate) once_only: Option<bool>,
    #[n(4)]
    pub(crate) copies: Vec<ReceivedCopy>,
    #[n(6)]
    pub(crate) keys: Vec<ProvenKey>,
    /// How often the issuer allows a copy to be shown.
    #[n(7)]
    pub(crate) reuse: Option<ReusePolicy>,
    /// Where and how the issuer wants to hear what became of it.
    #[n(5)]
    pub(crate) notification: Option<StoredNotification>,
}

impl ReceivedCredential {
    /// How often the issuer allows a copy to be shown.
    pub(crate) fn reuse(&self) -> ReusePolicy {
        self.reuse.unwrap_or_else(|| ReusePolicy::before_policies(self.once_only))
    }
}

/// One copy as it came.
#[derive(Encode, Decode)]
pub(crate) struct ReceivedCopy {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub(crate) bytes: Vec<u8>,
}

impl Drop for ReceivedCopy {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

/// A key that a proof was made with, and so one that a copy may be bound to.
#[derive(Clone, Encode, Decode)]
pub(crate) struct ProvenKey {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub(crate) id: Id,
    /// `04 ‖ x ‖ y`.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub(crate) public_key: Vec<u8>,
}

/// OpenID4VCI 1.0 section 11.
#[derive(Clone, Encode, Decode)]
pub(crate) struct StoredNotification {
    #[n(0)]
    pub(crate) endpoint: String,
    #[n(1)]
    pub(crate) notification_id: String,
    #[n(2)]
    pub(crate) access_token: String,
}

impl Drop for StoredNotification {
    fn drop(&mut self) {
        self.access_token.zeroize();
    }
}

/// Requests and offers that were refused before their sender was authenticated: time and code, and how many more there were.
#[derive(Default, Encode, Decode)]
pub(crate) struct Refusals {
    #[n(0)]
    pub(crate) folded: u64,
    /// (seconds since 1970, code), oldest first.
    #[n(1)]
    pub(crate) recent: Vec<(i64, u16)>,
}

impl Refusals {
    /// The one record of its kind.
    pub(crate) const ID: Id = [0; 16];
}

impl Record for Refusals {
    const TABLE: Table = Table::Refusals;
}
