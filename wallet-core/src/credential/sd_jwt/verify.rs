//! A credential as it comes from its issuer.

use super::check::{Checked, Leniency};
use super::compact::SdJwt;
use super::issuer::matches_leaf;
use super::verified::VerifiedSdJwt;
use crate::error::{Code, Result};
use crate::time::UnixTime;
use crate::trust::TrustedChain;

impl SdJwt<'_> {
    /// Verifies a credential as it comes from its issuer (RFC 9901 7.1 and 7.2; SD-JWT VC 2.4; HAIP 1.0 6.1).
    ///
    /// `trusted` is what became of [`SdJwt::chain`] when the trust anchors were asked; `leniency` comes from the
    /// profile.
    ///
    /// # Errors
    /// - [`Code::SdJwtKeyBindingUnexpected`] for a KB-JWT, which only a presentation has;
    /// - [`Code::SdJwtTypInvalid`], [`Code::SdJwtAlgUnsupported`], [`Code::SdJwtSignatureInvalid`];
    /// - [`Code::SdJwtHashAlgUnsupported`], [`Code::SdJwtDisclosureDoubled`],
    ///   [`Code::SdJwtDisclosureUnreferenced`], [`Code::SdJwtDisclosureMalformed`], [`Code::SdJwtDigestDoubled`],
    ///   [`Code::SdJwtClaimNameForbidden`], [`Code::SdJwtTooManyDisclosures`];
    /// - [`Code::SdJwtClaimMustNotBeHidden`], [`Code::SdJwtVctMismatch`], [`Code::SdJwtHolderKeyInvalid`],
    ///   [`Code::SdJwtExpired`], [`Code::SdJwtNotYetValid`];
    /// - [`Code::AnchorInChain`], [`Code::AnchorNotForThis`] when no anchor of the chain is for its types,
    ///   [`Code::SdJwtIssuerMismatch`];
    /// - [`Code::SdJwtMalformed`] and the codes of strict JSON.
    pub fn verify(self, trusted: &TrustedChain, at: UnixTime, leniency: Leniency) -> Result<VerifiedSdJwt> {
        if self.key_binding().is_some() {
            return Err(Code::SdJwtKeyBindingUnexpected.error());
        }
        let checked = self.check_with_issuer(trusted, at, leniency)?;
        VerifiedSdJwt::new(&self, checked)
    }

    /// What a credential and a presentation have in common: all but key binding.
    ///
    /// # Errors
    /// Those of [`SdJwt::verify`].
    pub(crate) fn check_with_issuer(
        &self,
        trusted: &TrustedChain,
        at: UnixTime,
        leniency: Leniency,
    ) -> Result<Checked> {
        if trusted.contains_anchor() && !leniency.anchor_in_chain {
            return Err(Code::AnchorInChain.at("x5c"));
        }
        let checked = self.check(trusted.leaf().public_key(), at, leniency)?;
        // Each type that it claims, or an issuer of library cards could call one a PID too.
        for vct in &checked.registered.types {
            trusted.anchors_for_type(vct)?;
        }
        matches_leaf(checked.registered.issuer.as_deref(), trusted.leaf())?;
        Ok(checked)
    }
}
