//! What an entry of a backup is. Numbers are the format of the file: add with a new version, never change or reuse one.

use minicbor::{Decode, Encode};
use zeroize::Zeroize;

use crate::credential::Summary;
use crate::trust::TrustAnchor;
use crate::vault::Id;
use crate::vault::history::HistoryEntry;
use crate::vault::model::{CopyContent, Refusals, StoredCredential};
use crate::vault::moved::{ImportedHistory, Reissue};

/// One entry. Keys come before the credentials that use them, credentials before their copies.
#[derive(Encode, Decode)]
pub(super) enum Entry {
    #[n(0)]
    Key(#[n(0)] KeyEntry),
    #[n(1)]
    Credential(#[n(0)] Box<CredentialEntry>),
    #[n(2)]
    Copy(#[n(0)] Box<CopyEntry>),
    #[n(3)]
    Anchor(#[n(0)] Box<TrustAnchor>),
    #[n(4)]
    Refusals(#[n(0)] Refusals),
    #[n(5)]
    History(#[n(0)] Box<LoggedEntry>),
    #[n(6)]
    Reissue(#[n(0)] Reissue),
    #[n(7)]
    Imported(#[n(0)] ImportedHistory),
    /// The last one.
    #[n(8)]
    End,
}

/// A key of the software area. Keys in hardware have no entry: they stay where they are.
#[derive(Encode, Decode)]
pub(super) struct KeyEntry {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub(super) id: Id,
    #[cbor(n(1), with = "minicbor::bytes")]
    pub(super) scalar: [u8; 32],
}

impl Drop for KeyEntry {
    fn drop(&mut self) {
        self.scalar.zeroize();
    }
}

/// A credential and what queries look at of it.
#[derive(Encode, Decode)]
pub(super) struct CredentialEntry {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub(super) id: Id,
    #[n(1)]
    pub(super) credential: StoredCredential,
    #[n(2)]
    pub(super) summary: Summary,
}

/// The content of a copy.
#[derive(Encode, Decode)]
pub(super) struct CopyEntry {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub(super) id: Id,
    #[n(1)]
    pub(super) content: CopyContent,
}

/// An entry of the history under its number, which outcomes refer to.
#[derive(Encode, Decode)]
pub(super) struct LoggedEntry {
    #[n(0)]
    pub(super) number: u64,
    #[n(1)]
    pub(super) entry: HistoryEntry,
}
