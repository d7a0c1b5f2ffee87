//! The checks of RFC 5280 6.1 between one certificate and the next. X.509 times are compared without allowance.

use super::profile::{KeyUsageRule, PurposeRule, Rules};
use crate::asn1::{Certificate, KeyUsage};
use crate::error::{Code, Result};
use crate::time::UnixTime;

/// The names of the places in a chain, as errors give them.
pub(super) const LEAF: &str = "leaf";
pub(super) const INTERMEDIATE: &str = "intermediate";
pub(super) const ANCHOR: &str = "anchor";

/// Checks all that a chain shows by itself: each certificate, and each link between two of them. What only an anchor
/// can answer is left open.
pub(super) fn check_presented(chain: &[Certificate], rules: &Rules, at: UnixTime) -> Result<()> {
    let Some((leaf, authorities)) = chain.split_first() else {
        return Err(Code::ChainLengthInvalid.error());
    };
    check_leaf(leaf, rules, at)?;
    let mut issued = (leaf, LEAF);
    for (depth, authority) in authorities.iter().enumerate() {
        check_issued_by(issued.0, authority, issued.1)?;
        let below = authorities.get(..depth).unwrap_or_default();
        check_authority(authority, below, INTERMEDIATE, at)?;
        check_purposes_of_authority(authority, rules)?;
        issued = (authority, INTERMEDIATE);
    }
    Ok(())
}

fn check_leaf(leaf: &Certificate, rules: &Rules, at: UnixTime) -> Result<()> {
    // HAIP 1.0 5 and 6.1.1: whoever vouches for himself is vouched for by nobody.
    if leaf.is_self_signed() {
        return Err(Code::CertificateSelfSigned.at(LEAF));
    }
    check_extensions_known(leaf, LEAF)?;
    check_validity(leaf, LEAF, at)?;
    if leaf.is_ca() {
        return Err(Code::CertificateIsCa.at(LEAF));
    }
    let usage = leaf.key_usage().unwrap_or_default();
    let usage_fits = match rules.leaf_key_usage {
        KeyUsageRule::Exactly(wanted) => usage == wanted,
        KeyUsageRule::Includes(wanted) => usage.contains(wanted),
    };
    if !usage_fits {
        return Err(Code::CertificateKeyUsageInvalid.at(LEAF));
    }
    let purpose_fits = match (&rules.purposes, leaf.purposes()) {
        (PurposeRule::Any, _) | (PurposeRule::Optional(_), None) => true,
        (PurposeRule::Required(_), None) => false,
        (PurposeRule::Required(wanted) | PurposeRule::Optional(wanted), Some(purposes)) => {
            purposes.include_one_of(wanted)
        }
    };
    if !purpose_fits {
        return Err(Code::CertificateExtendedKeyUsageInvalid.at(LEAF));
    }
    let span = leaf.not_after().0.saturating_sub(leaf.not_before().0);
    if rules.leaf_validity.is_some_and(|longest| span > longest) {
        return Err(Code::CertificateValidityTooLong.at(LEAF));
    }
    Ok(())
}

/// An intermediate that is limited to other purposes cannot certify for this one: RFC 5280 leaves it open, everybody
/// who checks paths reads it so.
fn check_purposes_of_authority(authority: &Certificate, rules: &Rules) -> Result<()> {
    let (PurposeRule::Required(wanted) | PurposeRule::Optional(wanted)) = &rules.purposes else {
        return Ok(());
    };
    match authority.purposes() {
        Some(purposes) if !purposes.include_one_of(wanted) => {
            Err(Code::CertificateExtendedKeyUsageInvalid.at(INTERMEDIATE))
        }
        _ => Ok(()),
    }
}

/// Name, signature and key identifiers, in this order: a wrong key identifier over a good signature is a mistake of the
/// issuer and is told as such.
pub(super) fn check_issued_by(
    subject: &Certificate,
    issuer: &Certificate,
    place: &'static str,
) -> Result<()> {
    if !subject.issuer().is_same(issuer.subject()) {
        return Err(Code::CertificateNameMismatch.at(place));
    }
    subject.verify_signature(issuer.public_key(), place)?;
    if key_ids_differ(subject, issuer) {
        return Err(Code::CertificateKeyIdentifierMismatch.at(place));
    }
    Ok(())
}

/// Whether both sides name a key, and not the same.
pub(super) fn key_ids_differ(subject: &Certificate, issuer: &Certificate) -> bool {
    matches!((subject.authority_key_id(), issuer.subject_key_id()), (Some(named), Some(own)) if named != own)
}

/// What a certificate must be to issue others, with `below` standing between it and the leaf.
pub(super) fn check_authority(
    authority: &Certificate,
    below: &[Certificate],
    place: &'static str,
    at: UnixTime,
) -> Result<()> {
    check_extensions_known(authority, place)?;
    check_validity(authority, place, at)?;
    let constraints = authority.basic_constraints().unwrap_or_default();
    if !constraints.ca {
        return Err(Code::CertificateNotCa.at(place));
    }
    if !authority.key_usage().unwrap_or_default().contains(KeyUsage::KEY_CERT_SIGN) {
        return Err(Code::CertificateKeyUsageInvalid.at(place));
    }
    // RFC 5280 4.2.1.9 counts the intermediates that are not self-issued.
    let counted = below.iter().filter(|certificate| !certificate.is_self_issued()).count();
    if constraints.path_len.is_some_and(|longest| counted > usize::from(longest)) {
        return Err(Code::CertificatePathTooLong.at(place));
    }
    Ok(())
}

fn check_validity(certificate: &Certificate, place: &'static str, at: UnixTime) -> Result<()> {
    if at < certificate.not_before() {
        return Err(Code::CertificateNotYetValid.at(place));
    }
    if at > certificate.not_after() {
        return Err(Code::CertificateExpired.at(place));
    }
    Ok(())
}

fn check_extensions_known(certificate: &Certificate, place: &'static str) -> Result<()> {
    if certificate.unknown_critical_extensions().is_empty() {
        Ok(())
    } else {
        Err(Code::CertificateExtensionUnknown.at(place))
    }
}
