//! A credential that was verified: what can be stored, shown as trusted, and presented.

use serde_json::Value;

use super::check::Checked;
use super::compact::SdJwt;
use super::layout::Layout;
use super::registered::{Validity, is_technical};
use crate::credential::path::ClaimLocation;
use crate::crypto::p256::PublicKey;
use crate::error::Result;

/// An SD-JWT VC whose issuer, signature, disclosures and validity were verified. Only [`SdJwt::verify`] makes it.
///
/// It has no `Debug`: it holds claims.
pub struct VerifiedSdJwt {
    compact: String,
    types: Vec<String>,
    claims: Value,
    locations: Vec<ClaimLocation>,
    always_disclosed: Vec<ClaimLocation>,
    validity: Validity,
    device_key: PublicKey,
    layout: Layout,
}

impl VerifiedSdJwt {
    pub(super) fn new(sd_jwt: &SdJwt<'_>, checked: Checked) -> Result<Self> {
        let Checked { processed, registered } = checked;
        let leaves = processed.leaves.into_iter().filter(|leaf| !is_technical(&leaf.location));
        let mut locations = Vec::new();
        let mut always_disclosed = Vec::new();
        for leaf in leaves {
            if leaf.always_disclosed {
                always_disclosed.push(leaf.location.clone());
            }
            locations.push(leaf.location);
        }
        Ok(Self {
            compact: sd_jwt.compact.to_owned(),
            types: registered.types,
            claims: Value::Object(processed.claims),
            locations,
            always_disclosed,
            validity: registered.validity,
            device_key: registered.device_key,
            layout: Layout::new(sd_jwt, processed.placed, processed.alg)?,
        })
    }

    /// The text as it came, to be stored with [`VerifiedSdJwt::layout`].
    #[must_use]
    pub fn compact(&self) -> &str {
        &self.compact
    }

    /// `vct`: its type.
    #[must_use]
    pub fn vct(&self) -> &str {
        self.types.first().map_or("", String::as_str)
    }

    /// `vct`, then the further types that the issuer says it is of (`aka_vcts`).
    #[must_use]
    pub fn types(&self) -> &[String] {
        &self.types
    }

    /// The processed payload: every claim in its place, no digests, `_sd_alg` removed.
    #[must_use]
    pub fn claims(&self) -> &Value {
        &self.claims
    }

    /// Where the citizen's claims are: each that has no claims inside, arrays by index. Claims about the credential
    /// itself (`iss`, `exp`, `cnf`, `status` and the like) are not among them.
    #[must_use]
    pub fn locations(&self) -> &[ClaimLocation] {
        &self.locations
    }

    /// Those of [`VerifiedSdJwt::locations`] that every presentation shows.
    #[must_use]
    pub fn always_disclosed(&self) -> &[ClaimLocation] {
        &self.always_disclosed
    }

    /// When it may be used.
    #[must_use]
    pub fn validity(&self) -> Validity {
        self.validity
    }

    /// The key that the credential is bound to (`cnf.jwk`). The caller checks that it is its own.
    #[must_use]
    pub fn device_key(&self) -> &PublicKey {
        &self.device_key
    }

    /// Where things are in the text.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }
}
