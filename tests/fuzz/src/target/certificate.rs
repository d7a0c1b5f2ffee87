//! X.509 certificates and chains.

use der::{Decode, Encode};
use wallet_core::asn1::{Certificate, parse_chain, pem};
use wallet_core::limits;
use wallet_core::trust::{Channel, PathProfile, Role};

use crate::fixture::NOW;
use crate::fixture::pki::{ISSUERS, PKI};
use crate::vectors::Vectors;

/// Certificates one after another, each after its length in two bytes.
fn split(mut rest: &[u8]) -> Vec<&[u8]> {
    let mut out = Vec::new();
    while let Some((length, after)) = rest.split_first_chunk()
        && let Some((certificate, after)) = after.split_at_checked(u16::from_be_bytes(*length).into())
    {
        out.push(certificate);
        rest = after;
    }
    out
}

/// A chain as this target reads it.
#[must_use]
pub fn joined(chain: &[&[u8]]) -> Vec<u8> {
    let length = |der: &[u8]| u16::try_from(der.len()).expect("a certificate").to_be_bytes();
    chain.iter().flat_map(|der| [&length(der), *der].concat()).collect()
}

/// A certificate keeps its bytes, which another library reads and encodes to the same, and comes back from PEM; a chain
/// is trusted only when its leaf is one that the fixture's authorities signed.
pub fn run(data: &[u8]) {
    let ders = split(data);
    let Ok(chain) = parse_chain(&ders) else { return };
    for (certificate, der) in chain.iter().zip(&ders) {
        look_at(certificate, der);
    }
    for profile in [PathProfile::MdocIssuer, PathProfile::SdJwtIssuer, PathProfile::RequestSigner] {
        let trusted = ISSUERS.authenticate(&chain, profile, Role::Issuer, Channel::OpenId4Vci, NOW);
        if let Ok(trusted) = trusted {
            let signers = [&PKI.eu_document_signer, &PKI.ca_document_signer, &PKI.eu_jwt_signer];
            let leaf = trusted.leaf();
            assert!(signers.iter().any(|signer| {
                let known = &signer.certificate;
                known.subject() == leaf.subject()
                    && known.public_key() == leaf.public_key()
                    && (known.not_before(), known.not_after()) == (leaf.not_before(), leaf.not_after())
            }));
        }
    }
}

fn look_at(certificate: &Certificate, der: &[u8]) {
    assert_eq!(certificate.der(), der);
    assert!(der.len() <= limits::CERTIFICATE);
    let other = x509_cert::Certificate::from_der(der).expect("what the core accepts");
    assert_eq!(other.to_der().expect("memory"), der, "not the one encoding of DER");
    assert!(!certificate.display_name().chars().any(char::is_control));
    assert!(certificate.dns_names().iter().chain(certificate.uris()).all(|name| name.is_ascii()));
    assert!(!certificate.issuer().is_empty());
    assert!(certificate.subject().is_same(certificate.subject()));
    assert_eq!(
        certificate.is_self_signed(),
        certificate.is_self_issued()
            && certificate.verify_signature(certificate.public_key(), "fuzz").is_ok()
    );
    let listed = pem::parse(&pem::encode([certificate])).expect("PEM of our own");
    assert!(matches!(&listed[..], [one] if one.certificate.as_ref() == Ok(certificate)));
}

/// Every signer of the fixture, alone and with its authority, and published certificates.
#[must_use]
pub fn seeds(vectors: &Vectors) -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = vectors.certificates().iter().map(|der| joined(&[der])).collect();
    for (signer, authority) in [
        (&PKI.eu_document_signer, &PKI.eu_issuers),
        (&PKI.ca_document_signer, &PKI.ca_issuers),
        (&PKI.eu_jwt_signer, &PKI.eu_issuers),
        (&PKI.eu_verifier, &PKI.eu_verifiers),
    ] {
        let (leaf, root) = (signer.certificate.der(), authority.certificate.der());
        seeds.extend([joined(&[leaf]), joined(&[leaf, root]), joined(&[root])]);
    }
    seeds
}
