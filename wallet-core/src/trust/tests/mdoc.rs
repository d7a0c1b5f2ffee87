//! What an IACA and its document signer must be together (ISO 18013-5 B.1.2, B.1.4).

use super::*;
use crate::asn1::BasicConstraints;
use crate::issue::certificate::AuthorityKeyId;

#[test]
fn an_iaca_issues_document_signers_only() {
    for path_len in [None, Some(1)] {
        refused(&Case::mdoc(), Code::CertificatePathTooLong, "anchor", |case| {
            case.root.basic_constraints = Some(BasicConstraints { ca: true, path_len });
        });
    }
}

/// A renewal of the IACA, certified by the old one, has the same name, so `pathLenConstraint` does not count it
/// (RFC 5280 4.2.1.9). A document signer must be issued by an IACA that is trusted itself.
#[test]
fn nothing_stands_between_an_iaca_and_its_document_signer() {
    let mut case = Case::mdoc();
    refused(&case.clone(), Code::CertificatePathTooLong, "intermediate", |case| {
        case.intermediates.push(case.root.clone());
    });
    // With such a link elsewhere the path is good: it is this profile that refuses it.
    case.intermediates.push(case.root.clone());
    case.profile = PathProfile::SdJwtIssuer;
    case.outcome().unwrap();
}

#[test]
fn the_key_of_the_iaca_is_named() {
    let case = Case::mdoc();
    refused(&case, Code::CertificateKeyIdentifierMismatch, "leaf", |case| {
        case.leaf.authority_key_id = AuthorityKeyId::Absent;
    });
    refused(&case, Code::CertificateKeyIdentifierMismatch, "leaf", |case| {
        case.leaf.authority_key_id = AuthorityKeyId::Other(vec![1; 20]);
    });
    refused(&case, Code::CertificateKeyIdentifierMismatch, "anchor", |case| {
        case.root.subject_key_id = false;
        case.leaf.authority_key_id = AuthorityKeyId::Other(vec![1; 20]);
    });
}

#[test]
fn a_document_signer_is_of_its_iacas_country() {
    let case = Case::mdoc();
    for subject in [Subject::new("DS"), Subject::new("DS").country("US"), Subject::new("DS").country("ca")] {
        refused(&case, Code::CertificateCountryMismatch, "leaf countryName", |case| {
            case.leaf.subject = subject.state("CA-BC");
        });
    }
    refused(&case, Code::CertificateCountryMismatch, "leaf countryName", |case| {
        case.root.subject = Subject::new("IACA");
        case.leaf.subject = Subject::new("DS");
    });
}

/// The state counts where both have one: Credo compares it with `issuing_jurisdiction`, as `CA-BC`.
#[test]
fn a_document_signer_is_of_its_iacas_state() {
    let case = Case::mdoc();
    passes(&case, |case| case.leaf.subject = Subject::new("DS").country("CA"));
    passes(&case, |case| case.root.subject = Subject::new("IACA").country("CA"));
    refused(&case, Code::CertificateCountryMismatch, "leaf stateOrProvinceName", |case| {
        case.leaf.subject = Subject::new("DS").country("CA").state("CA-ON");
    });
}
