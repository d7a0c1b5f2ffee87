//! What a leaf must be.

use super::*;
use crate::asn1::oid::{
    self, ANY_EXTENDED_KEY_USAGE, CLIENT_AUTH, EUDI_PID_DOCUMENT_SIGNER, MDL_DOCUMENT_SIGNER,
    MDL_READER_AUTH, SERVER_AUTH,
};
use crate::asn1::{BasicConstraints, KeyUsage};
use crate::issue::certificate::Extension;

/// HAIP 1.0 5 and 6.1.1.
#[test]
fn eu_4_eu_45_a_leaf_may_not_be_self_signed() {
    for case in all() {
        let good = case.build();
        let anchors = Anchors::from_iter([good.anchor]);
        case.authenticate(&anchors, &good.chain).unwrap();
        let own = Authority::root(&case.leaf).unwrap();
        let error = case.authenticate(&anchors, &[own.certificate]).unwrap_err();
        assert_eq!(error.code(), Code::CertificateSelfSigned);
        assert_eq!(error.fault().at(), Some("leaf"));
    }
}

/// A subject that happens to have its issuer's name is not self-signed: somebody else's key signed it.
#[test]
fn a_leaf_with_its_issuers_name_is_not_self_signed() {
    passes(&Case::mdoc(), |case| case.leaf.subject = case.root.subject.clone());
}

#[test]
fn x509_times_have_no_skew() {
    for case in all() {
        let Validity { not_before, not_after } = case.leaf.validity;
        passes(&case, |case| case.at = not_before);
        passes(&case, |case| case.at = not_after);
        refused(&case, Code::CertificateNotYetValid, "leaf", |case| case.at = not_before.plus(-1));
        refused(&case, Code::CertificateExpired, "leaf", |case| case.at = not_after.plus(1));
    }
}

#[test]
fn a_critical_extension_that_nobody_evaluates_is_refused() {
    let extension = |critical| Extension {
        id: oid::ObjectIdentifier::new_unwrap("1.3.6.1.4.1.32473.1"),
        critical,
        value: vec![5, 0],
    };
    for case in all() {
        passes(&case, |case| case.leaf.extensions.push(extension(false)));
        refused(&case, Code::CertificateExtensionUnknown, "leaf", |case| {
            case.leaf.extensions.push(extension(true));
        });
    }
}

#[test]
fn a_leaf_may_not_be_an_authority() {
    for case in all() {
        passes(&case, |case| {
            case.leaf.basic_constraints = Some(BasicConstraints { ca: false, path_len: None });
        });
        refused(&case, Code::CertificateIsCa, "leaf", |case| {
            case.leaf.basic_constraints = Some(BasicConstraints { ca: true, path_len: None });
        });
    }
}

#[test]
fn a_leaf_is_for_digital_signatures() {
    for case in all() {
        for usage in [None, Some(KeyUsage::NON_REPUDIATION), Some(KeyUsage::KEY_AGREEMENT)] {
            refused(&case, Code::CertificateKeyUsageInvalid, "leaf", |case| case.leaf.key_usage = usage);
        }
    }
}

/// ISO 18013-5 B.1.4 names one usage; elsewhere others may stand beside it.
#[test]
fn a_document_signer_is_for_nothing_else() {
    let both = Some(KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION));
    refused(&Case::mdoc(), Code::CertificateKeyUsageInvalid, "leaf", |case| case.leaf.key_usage = both);
    passes(&Case::sd_jwt(), |case| case.leaf.key_usage = both);
    passes(&Case::request(), |case| case.leaf.key_usage = both);
}

/// ISO 18013-5 B.1.4, and the PID Rulebook with its own purpose.
#[test]
fn a_document_signer_says_that_it_is_one() {
    let case = Case::mdoc();
    passes(&case, |case| case.leaf.purposes_critical = false);
    passes(&case, |case| case.leaf.purposes = vec![EUDI_PID_DOCUMENT_SIGNER]);
    passes(&case, |case| case.leaf.purposes = vec![CLIENT_AUTH, MDL_DOCUMENT_SIGNER]);
    for purposes in [vec![], vec![MDL_READER_AUTH], vec![ANY_EXTENDED_KEY_USAGE]] {
        refused(&case, Code::CertificateExtendedKeyUsageInvalid, "leaf", |case| {
            case.leaf.purposes = purposes
        });
    }
}

/// ISO 18013-5 B.1.4: at most 457 days.
#[test]
fn a_document_signer_is_short_lived() {
    let from = NOW.plus(-DAY);
    let mut case = Case::mdoc();
    case.leaf.validity = Validity::days(from, 457);
    refused(&case, Code::CertificateValidityTooLong, "leaf", |case| {
        case.leaf.validity.not_after = case.leaf.validity.not_after.plus(1);
    });
    passes(&Case::sd_jwt(), |case| case.leaf.validity = Validity::days(from, 458));
    passes(&Case::request(), |case| case.leaf.validity = Validity::days(from, 458));
}

/// One profile a channel: a verifier online is not held to ISO's profile for readers, nor to any one purpose, but a
/// certificate that is for something else does not sign requests.
#[test]
fn eu_43_a_request_signer_may_have_any_purpose_that_fits() {
    let case = Case::request();
    for purpose in [CLIENT_AUTH, SERVER_AUTH, ANY_EXTENDED_KEY_USAGE, MDL_READER_AUTH] {
        for critical in [false, true] {
            passes(&case, |case| {
                case.leaf.purposes = vec![purpose];
                case.leaf.purposes_critical = critical;
            });
        }
    }
    let code_signing = oid::ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.3");
    for purpose in [MDL_DOCUMENT_SIGNER, code_signing] {
        refused(&case, Code::CertificateExtendedKeyUsageInvalid, "leaf", |case| {
            case.leaf.purposes = vec![purpose];
        });
    }
}

#[test]
fn eu_45_a_signer_of_sd_jwts_may_have_any_purpose() {
    for purpose in [MDL_DOCUMENT_SIGNER, EUDI_PID_DOCUMENT_SIGNER, CLIENT_AUTH] {
        passes(&Case::sd_jwt(), |case| case.leaf.purposes = vec![purpose]);
    }
}

/// The name that the citizen reads.
#[test]
fn the_leaf_is_the_first_certificate() {
    let chain = Case::request().outcome().unwrap();
    assert_eq!(chain.leaf().display_name(), "Verifier");
    assert_eq!(chain.certificates().len(), 2);
    assert_eq!(chain.certificates().first(), Some(chain.leaf()));
}
