//! What holds between one certificate and the next.

use super::*;
use crate::asn1::oid::{self, CLIENT_AUTH, MDL_DOCUMENT_SIGNER};
use crate::asn1::{BasicConstraints, KeyUsage};
use crate::issue::certificate::{AuthorityKeyId, Extension};
use crate::limits;

#[test]
fn names_chain_byte_by_byte() {
    for case in [Case::sd_jwt(), Case::request()] {
        for other in ["Someone", "intermediate", "Intermediate "] {
            refused(&case, Code::CertificateNameMismatch, "leaf", |case| {
                case.leaf.issuer = Some(Subject::new(other));
            });
        }
    }
}

#[test]
fn every_signature_is_verified() {
    for case in [Case::sd_jwt(), Case::request()] {
        refused(&case, Code::CertificateSignatureInvalid, "leaf", |case| case.forged = Some(0));
        refused(&case, Code::CertificateSignatureInvalid, "intermediate", |case| case.forged = Some(1));
    }
    refused(&Case::mdoc(), Code::CertificateSignatureInvalid, "leaf", |case| case.forged = Some(0));
}

/// Every byte of the certificate is under the signature or is the signature.
#[test]
fn no_byte_can_be_changed() {
    let case = Case::mdoc();
    let built = case.build();
    let anchors = Anchors::from_iter([built.anchor]);
    let der = built.chain[0].der();
    for index in 0..der.len() {
        let mut changed = der.to_vec();
        changed[index] ^= 1;
        let Ok(leaf) = Certificate::from_der(&changed, "leaf") else { continue };
        assert!(case.authenticate(&anchors, &[leaf]).is_err(), "byte {index}");
    }
}

#[test]
fn key_identifiers_agree_where_both_have_one() {
    for case in [Case::sd_jwt(), Case::request()] {
        passes(&case, |case| case.leaf.authority_key_id = AuthorityKeyId::Absent);
        passes(&case, |case| case.intermediate().subject_key_id = false);
        passes(&case, |case| case.root.subject_key_id = false);
        refused(&case, Code::CertificateKeyIdentifierMismatch, "leaf", |case| {
            case.leaf.authority_key_id = AuthorityKeyId::Other(vec![1; 20]);
        });
        refused(&case, Code::CertificateKeyIdentifierMismatch, "intermediate", |case| {
            case.intermediate().authority_key_id = AuthorityKeyId::Other(vec![1; 20]);
        });
    }
}

#[test]
fn only_an_authority_issues() {
    for case in [Case::sd_jwt(), Case::request()] {
        for constraints in [None, Some(BasicConstraints { ca: false, path_len: None })] {
            refused(&case, Code::CertificateNotCa, "intermediate", |case| {
                case.intermediate().basic_constraints = constraints;
            });
        }
        for usage in [None, Some(KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::CRL_SIGN))] {
            refused(&case, Code::CertificateKeyUsageInvalid, "intermediate", |case| {
                case.intermediate().key_usage = usage;
            });
        }
    }
}

#[test]
fn an_intermediate_is_valid_at_the_time() {
    for mut case in [Case::sd_jwt(), Case::request()] {
        case.leaf.validity = around_now(999);
        let Validity { not_before, not_after } = case.intermediate().validity;
        passes(&case, |case| case.at = not_before);
        passes(&case, |case| case.at = not_after);
        refused(&case, Code::CertificateNotYetValid, "intermediate", |case| case.at = not_before.plus(-1));
        refused(&case, Code::CertificateExpired, "intermediate", |case| case.at = not_after.plus(1));
    }
}

/// RFC 5280 4.2.1.9, in an intermediate: it may not have another below it.
#[test]
fn a_path_is_as_long_as_an_intermediate_allows() {
    for mut case in [Case::sd_jwt(), Case::request()] {
        case.root.basic_constraints = Some(BasicConstraints { ca: true, path_len: None });
        case.intermediate().basic_constraints = Some(BasicConstraints { ca: true, path_len: Some(1) });
        case.intermediates.push(Template::authority(Subject::new("Lower"), around_now(400), None));
        refused(&case, Code::CertificatePathTooLong, "intermediate", |case| {
            case.intermediate().basic_constraints = Some(BasicConstraints { ca: true, path_len: Some(0) });
        });
    }
}

/// RFC 5280 4.2.1.9, in the anchor.
#[test]
fn a_path_is_as_long_as_the_anchor_allows() {
    for case in [Case::sd_jwt(), Case::request()] {
        refused(&case, Code::CertificatePathTooLong, "anchor", |case| {
            case.root.basic_constraints = Some(BasicConstraints { ca: true, path_len: Some(0) });
        });
    }
}

/// Name constraints are such an extension: the core does not evaluate them, so it does not pretend to.
#[test]
fn critical_extensions_of_an_intermediate_are_known() {
    let extension = |critical| Extension { id: oid::NAME_CONSTRAINTS, critical, value: vec![0x30, 0] };
    for case in [Case::sd_jwt(), Case::request()] {
        passes(&case, |case| case.intermediate().extensions.push(extension(false)));
        refused(&case, Code::CertificateExtensionUnknown, "intermediate", |case| {
            case.intermediate().extensions.push(extension(true));
        });
    }
}

#[test]
fn an_intermediate_for_other_purposes_does_not_certify_verifiers() {
    let case = Case::request();
    passes(&case, |case| case.intermediate().purposes = vec![CLIENT_AUTH]);
    refused(&case, Code::CertificateExtendedKeyUsageInvalid, "intermediate", |case| {
        case.intermediate().purposes = vec![MDL_DOCUMENT_SIGNER];
    });
    passes(&Case::sd_jwt(), |case| case.intermediate().purposes = vec![MDL_DOCUMENT_SIGNER]);
}

/// RFC 7515 4.1.6 and the limits: one certificate at least, five at most.
#[test]
fn a_chain_has_one_to_five_certificates() {
    let mut case = Case::request();
    case.root.basic_constraints = Some(BasicConstraints { ca: true, path_len: None });
    case.intermediates = ["A", "B", "C", "D"]
        .map(|name| Template::authority(Subject::new(name), around_now(400), None))
        .to_vec();
    assert_eq!(case.build().chain.len(), limits::CHAIN_CERTIFICATES);
    case.outcome().unwrap();
    case.intermediates.push(Template::authority(Subject::new("E"), around_now(400), None));
    assert_eq!(case.outcome().unwrap_err().code(), Code::ChainLengthInvalid);
    case.intermediates.clear();
    case.outcome().unwrap();
    let built = case.build();
    let none = case.authenticate(&Anchors::from_iter([built.anchor]), &[]);
    assert_eq!(none.unwrap_err().code(), Code::ChainLengthInvalid);
}

#[test]
fn the_order_of_a_chain_matters() {
    let case = Case::request();
    let Built { anchor, mut chain } = case.build();
    let anchors = Anchors::from_iter([anchor]);
    case.authenticate(&anchors, &chain).unwrap();
    chain.reverse();
    assert_eq!(case.authenticate(&anchors, &chain).unwrap_err().code(), Code::CertificateIsCa);
}
