//! The checks that turn a received mdoc into a verified one (ISO 18013-5 9.1.2.5, 9.3.1).

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{IssuerSigned, IssuerSignedItem, MobileSecurityObject, ValidityInfo, VerifiedMdoc};
use crate::asn1::{self, Certificate};
use crate::cbor;
use crate::error::{Code, Result};
use crate::limits;
use crate::time::UnixTime;
use crate::trust::{Role, TrustedChain};

/// The shortest salt (ISO 18013-5 9.1.2.5), in bytes. Below it a hidden value could be guessed from its digest.
const RANDOM_MIN: usize = 16;

impl IssuerSigned<'_> {
    /// The certificates in `issuerAuth`, document signer first, for [`Anchors::authenticate`]; read, not believed.
    ///
    /// # Errors
    /// Those of [`asn1::parse_chain`]; [`Code::ChainLengthInvalid`] when there are none.
    ///
    /// [`Anchors::authenticate`]: crate::trust::Anchors::authenticate
    pub fn certificates(&self) -> Result<Vec<Certificate>> {
        asn1::parse_chain(self.issuer_auth.x5chain())
    }

    /// Verifies everything that the issuer vouches for, at the time `at`. `trusted` is what
    /// [`Anchors::authenticate`](crate::trust::Anchors::authenticate) made of [`IssuerSigned::certificates`].
    ///
    /// In this order: algorithm and signature by the document signer, the form of the Mobile Security Object, its
    /// validity, every element (named once, salted, digest as signed), the issuing country, and whether an anchor may
    /// stand behind this document type.
    ///
    /// # Errors
    /// - [`Code::MdocAlgUnsupported`] for anything but ES256 and ESP256 (EU-9);
    /// - [`Code::MdocIssuerSignatureInvalid`];
    /// - those of [`MobileSecurityObject::parse`];
    /// - [`Code::MdocValidityInvalid`] unless `signed` <= `validFrom` <= `validUntil` and `signed` lies within the
    ///   validity of the document signer's certificate;
    /// - [`Code::MdocNotYetValid`], [`Code::MdocExpired`], with [`limits::CLOCK_SKEW_SECONDS`] to spare;
    /// - [`Code::MdocElementDoubled`], [`Code::MdocRandomTooShort`], [`Code::MdocDigestMissing`],
    ///   [`Code::MdocDigestMismatch`];
    /// - [`Code::CborKeyDoubled`] for a value in which two keys of a map are one in JSON ([`cbor::to_json`]);
    /// - [`Code::MdocIssuingCountryMismatch`] when an element `issuing_country` or `issuing_jurisdiction` is not what
    ///   the certificate says;
    /// - [`Code::AnchorNotForThis`] when no anchor of an issuer behind the chain is for this document type.
    pub fn verify(self, trusted: &TrustedChain, at: UnixTime) -> Result<VerifiedMdoc> {
        let verified = self.verify_signed_by(trusted.leaf(), at)?;
        let anchors = trusted.anchors_for_type(verified.doc_type())?;
        if anchors.iter().any(|anchor| anchor.role() == Role::Issuer) {
            Ok(verified)
        } else {
            Err(Code::AnchorNotForThis.at("role"))
        }
    }

    /// All checks but those about anchors.
    pub(super) fn verify_signed_by(self, signer: &Certificate, at: UnixTime) -> Result<VerifiedMdoc> {
        let (mso, claims) = self.verify_content(signer, at)?;
        check_issuing_country(&claims, signer)?;
        Ok(VerifiedMdoc::new(&self, &mso, Value::Object(claims)))
    }

    /// What was signed, when it was, and that the elements are what was signed.
    fn verify_content(
        &self,
        signer: &Certificate,
        at: UnixTime,
    ) -> Result<(MobileSecurityObject<'_>, Map<String, Value>)> {
        if !self.issuer_auth.is_es256() {
            return Err(Code::MdocAlgUnsupported.at("issuerAuth"));
        }
        let payload = self
            .issuer_auth
            .verify(signer.public_key())
            .ok_or_else(|| Code::MdocIssuerSignatureInvalid.at("issuerAuth"))?;
        let mso = MobileSecurityObject::parse(payload)?;
        check_validity(&mso.validity, signer, at)?;
        let mut claims = Map::new();
        for (name_space, items) in &self.name_spaces {
            check_elements(&mso, name_space, items)?;
            claims.insert((*name_space).to_owned(), elements_as_json(items)?);
        }
        Ok((mso, claims))
    }
}

fn check_validity(validity: &ValidityInfo, signer: &Certificate, at: UnixTime) -> Result<()> {
    let ValidityInfo { signed, valid_from, valid_until, .. } = *validity;
    // 9.1.2.4: validFrom is not before signed, validUntil not before validFrom.
    if valid_from < signed {
        return Err(Code::MdocValidityInvalid.at("validFrom"));
    }
    if valid_until < valid_from {
        return Err(Code::MdocValidityInvalid.at("validUntil"));
    }
    // 9.3.1: a signer that had no certificate yet, or not any more, did not sign this. No skew: one clock set both.
    if signed < signer.not_before() || signed > signer.not_after() {
        return Err(Code::MdocValidityInvalid.at("signed"));
    }
    if at.plus(limits::CLOCK_SKEW_SECONDS) < valid_from {
        return Err(Code::MdocNotYetValid.at("validFrom"));
    }
    if at > valid_until.plus(limits::CLOCK_SKEW_SECONDS) {
        return Err(Code::MdocExpired.at("validUntil"));
    }
    Ok(())
}

fn check_elements(
    mso: &MobileSecurityObject<'_>,
    name_space: &str,
    items: &[IssuerSignedItem<'_>],
) -> Result<()> {
    let (mut identifiers, mut digest_ids) = (BTreeSet::new(), BTreeSet::new());
    for item in items {
        if !identifiers.insert(item.element_identifier) {
            return Err(Code::MdocElementDoubled.at("elementIdentifier"));
        }
        if !digest_ids.insert(item.digest_id) {
            return Err(Code::MdocElementDoubled.at("digestID"));
        }
        if item.random.len() < RANDOM_MIN {
            return Err(Code::MdocRandomTooShort.at("random"));
        }
        let signed = mso
            .value_digest(name_space, item.digest_id)
            .ok_or_else(|| Code::MdocDigestMissing.at("valueDigests"))?;
        if mso.digest_algorithm.digest(item.encoded) != signed {
            return Err(Code::MdocDigestMismatch.at("valueDigests"));
        }
    }
    Ok(())
}

fn elements_as_json(items: &[IssuerSignedItem<'_>]) -> Result<Value> {
    let element = |item: &IssuerSignedItem<'_>| {
        Ok((item.element_identifier.to_owned(), cbor::to_json(item.element_value, "elementValue")?))
    };
    items.iter().map(element).collect::<Result<_>>().map(Value::Object)
}

/// 9.3.1: the country, and the jurisdiction where the certificate names one, are the document signer's. The elements
/// have these names in the mDL and in the PID, so they mean this in every name space.
fn check_issuing_country(claims: &Map<String, Value>, signer: &Certificate) -> Result<()> {
    let (country, state) = (signer.subject().country(), signer.subject().state());
    for elements in claims.values() {
        if let Some(element) = elements.get("issuing_country")
            && (country.is_none() || element.as_str() != country)
        {
            return Err(Code::MdocIssuingCountryMismatch.at("issuing_country"));
        }
        if let (Some(element), Some(state)) = (elements.get("issuing_jurisdiction"), state)
            && !element.as_str().is_some_and(|jurisdiction| is_jurisdiction(jurisdiction, country, state))
        {
            return Err(Code::MdocIssuingCountryMismatch.at("issuing_jurisdiction"));
        }
    }
    Ok(())
}

/// Whether `jurisdiction` (ISO 3166-2, `CA-BC`) is what a certificate calls `state`. Certificates write it in full, as
/// Credo demands (canada.md 2.1 item 5), or without the country: the AAMVA's list of authorities has both (3.3).
fn is_jurisdiction(jurisdiction: &str, country: Option<&str>, state: &str) -> bool {
    let without_country = || {
        let (of_country, subdivision) = jurisdiction.split_once('-')?;
        (Some(of_country) == country).then_some(subdivision)
    };
    jurisdiction == state || without_country() == Some(state)
}

#[cfg(test)]
#[path = "verify_tests.rs"]
mod tests;
