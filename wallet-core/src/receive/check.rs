//! What is checked of received credentials before they are shown, kept or believed (EU-56; ARF ISSU_11a).

use serde_json::Value;

use crate::credential::VerifiedCredential;
use crate::credential::sd_jwt;
use crate::crypto::p256::PublicKey;
use crate::error::{Code, Result};
use crate::profile::Profile;
use crate::time::UnixTime;
use crate::trust::{Anchors, TrustedChain};
use crate::vault::Id;
use crate::vault::model::{ProvenKey, ReceivedCredential};

/// A key that proofs were made with.
pub(super) struct OfferedKey {
    pub(super) id: Id,
    pub(super) public: PublicKey,
}

impl TryFrom<&ProvenKey> for OfferedKey {
    type Error = crate::WalletError;

    fn try_from(key: &ProvenKey) -> Result<Self> {
        Ok(Self { id: key.id, public: PublicKey::from_sec1(&key.public_key)? })
    }
}

/// One verified copy and the key it is bound to.
pub(super) struct CheckedCopy {
    pub(super) credential: VerifiedCredential,
    pub(super) key: Id,
}

/// Verifies all copies of one credential, and that they are what was offered: of the promised type, each bound to
/// another of our keys, and alike in everything else.
///
/// # Errors
/// Those of verification; [`Code::TypeNotAsOffered`], [`Code::KeyNotOurs`], [`Code::CopiesDiffer`].
pub(super) fn check(
    received: &ReceivedCredential,
    keys: &[OfferedKey],
    anchors: &Anchors,
    at: UnixTime,
) -> Result<Vec<CheckedCopy>> {
    let mut checked: Vec<CheckedCopy> = Vec::with_capacity(received.copies.len());
    for copy in &received.copies {
        let credential = VerifiedCredential::verify(received.format, &copy.bytes, anchors, leniency, at)?;
        if credential.type_id() != received.type_id {
            return Err(Code::TypeNotAsOffered.error());
        }
        let key = keys.iter().find(|key| key.public == *credential.device_key());
        let key = key.filter(|key| checked.iter().all(|other| other.key != key.id));
        let key = key.ok_or_else(|| Code::KeyNotOurs.error())?.id;
        if let Some(first) = checked.first() {
            check_alike(&first.credential, &credential)?;
        }
        checked.push(CheckedCopy { credential, key });
    }
    Ok(checked)
}

/// Copies of one credential differ in keys, salts and signatures, never in what they say or how long they count: else
/// the citizen would agree to one and show another.
fn check_alike(first: &VerifiedCredential, other: &VerifiedCredential) -> Result<()> {
    let locations = |credential: &VerifiedCredential| {
        let mut locations = credential.locations().to_vec();
        locations.sort_unstable();
        locations
    };
    let same = first.validity() == other.validity()
        && locations(first) == locations(other)
        && personal(first) == personal(other)
        && first.issuer().leaf().has_same_subject_and_key(other.issuer().leaf());
    if same { Ok(()) } else { Err(Code::CopiesDiffer.error()) }
}

/// The claims without those that must differ from copy to copy: the key, and the place in a status list.
fn personal(credential: &VerifiedCredential) -> Value {
    let mut claims = credential.claims().clone();
    if let Some(object) = claims.as_object_mut() {
        for name in ["cnf", "status", "iat", "jti"] {
            object.remove(name);
        }
    }
    claims
}

fn leniency(issuer: &TrustedChain) -> sd_jwt::Leniency {
    let side = issuer.anchors().first().and_then(|anchor| anchor.side());
    side.map_or_else(sd_jwt::Leniency::default, |side| Profile::of(side).sd_jwt)
}
