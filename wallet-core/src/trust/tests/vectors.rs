//! Certificates that others made. Their anchors are not among the vectors, so the best answer is
//! [`Code::AnchorUnknown`]: it says that all else held.

use super::*;
use crate::jose::jws::Jws;
use crate::testing::{hex, vector, vector_text};

fn code(chain: &[Certificate], profile: PathProfile, role: Role, at: &str) -> Code {
    let at = UnixTime::from_tdate(at, "test").unwrap();
    Anchors::new().authenticate(chain, profile, role, Channel::OpenId4Vp, at).unwrap_err().code()
}

fn x5c(name: &str) -> Option<Vec<Certificate>> {
    let text = vector_text(name)?;
    let jws = text.trim().split('~').next().unwrap();
    let ders = Jws::parse(jws, "test").unwrap().x5c().unwrap().unwrap();
    Some(crate::asn1::parse_chain(&ders).unwrap())
}

#[test]
fn eu_45_signers_of_person_identification_data() {
    for (name, at) in [
        ("eudi-pid-sdjwt-python-issuer.txt", "2026-11-22T00:00:00Z"),
        ("eudi-pid-sdjwt-de-bundesdruckerei.txt", "2026-11-22T00:00:00Z"),
    ] {
        let Some(chain) = x5c(name) else { return };
        assert_eq!(code(&chain, PathProfile::SdJwtIssuer, Role::Issuer, at), Code::AnchorUnknown, "{name}");
        let expired = "2030-01-01T00:00:00Z";
        assert_eq!(
            code(&chain, PathProfile::SdJwtIssuer, Role::Issuer, expired),
            Code::CertificateExpired,
            "{name}"
        );
    }
}

#[test]
fn a_registration_certificate_that_vouches_for_itself() {
    let Some(chain) = x5c("eudi-wrprc-sample.jwt") else { return };
    let at = "2026-11-22T00:00:00Z";
    assert_eq!(code(&chain, PathProfile::RequestSigner, Role::Verifier, at), Code::CertificateSelfSigned);
}

/// ISO 18013-5 Annex D: the document signer, and a reader's certificate where a request's is wanted.
#[test]
fn certificates_of_annex_d() {
    let Some(vectors) = vector("iso18013-5-annex-d.json") else { return };
    let certificate = |name: &str| {
        let der = hex(vectors["vectors"][name].as_str().unwrap());
        vec![Certificate::from_der(&der, "leaf").unwrap()]
    };
    let at = "2020-11-01T00:00:00Z";
    let signer = certificate("DS_CERT");
    assert_eq!(signer[0].subject().common_name(), Some("utopia ds"));
    assert_eq!(code(&signer, PathProfile::MdocIssuer, Role::Issuer, at), Code::AnchorUnknown);
    let reader = certificate("READER_CERT");
    assert_eq!(code(&reader, PathProfile::RequestSigner, Role::Verifier, at), Code::AnchorUnknown);
    assert_eq!(
        code(&reader, PathProfile::MdocIssuer, Role::Issuer, at),
        Code::CertificateExtendedKeyUsageInvalid
    );
}

/// The reference issuer's document signer has the purpose of the PID Rulebook, not ISO's.
#[test]
fn the_document_signer_of_the_eu_reference_issuer() {
    let Some(text) = vector_text("eudi-mdl-issuersigned.txt") else { return };
    let bytes = crate::jose::base64url::decode(text.trim(), "test").unwrap();
    // x5chain (COSE label 33) holds one byte string of two length bytes.
    let start = bytes.windows(5).position(|window| window[..4] == [0x18, 0x21, 0x59, 0x02]).unwrap() + 5;
    let length = usize::from(bytes[start - 2]) * 256 + usize::from(bytes[start - 1]);
    let chain = [Certificate::from_der(&bytes[start..start + length], "leaf").unwrap()];
    assert_eq!(chain[0].display_name(), "PID DS - 02");
    let code = |profile, at| code(&chain, profile, Role::Issuer, at);
    assert_eq!(code(PathProfile::MdocIssuer, "2025-05-01T00:00:00Z"), Code::AnchorUnknown);
    assert_eq!(code(PathProfile::MdocIssuer, "2026-07-05T00:00:00Z"), Code::CertificateExpired);
}
