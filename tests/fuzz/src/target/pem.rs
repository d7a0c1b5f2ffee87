//! PEM texts.

use crate::fixture::pki::PKI;
use crate::vectors::Vectors;
use wallet_core::asn1::Certificate;
use wallet_core::asn1::pem;
use wallet_core::crypto::hash::sha256;
use wallet_core::trust::ListName;

/// What is listed with a usable key comes back from the PEM that is written of it.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(listed) = pem::parse(text) else { return };
    assert!(!listed.is_empty());
    let certificates: Vec<_> = listed.iter().filter_map(|one| one.certificate.as_ref().ok()).collect();
    for one in &listed {
        assert!(!one.display_name.is_empty() && !one.display_name.chars().any(char::is_control));
        if let Ok(certificate) = &one.certificate {
            assert_eq!(
                (sha256(certificate.der()), certificate.display_name()),
                (one.sha256, one.display_name.clone())
            );
        }
    }
    let again = pem::parse(&pem::encode(certificates.iter().copied())).unwrap_or_default();
    let again: Vec<_> = again.iter().filter_map(|one| one.certificate.as_ref().ok()).collect();
    assert_eq!(again, certificates);
}

/// The fixture's lists, and published certificates.
#[must_use]
pub fn seeds(vectors: &Vectors) -> Vec<Vec<u8>> {
    let lists = ListName::ALL.map(|list| PKI.list(list));
    let both = [lists.concat(), lists[0].replace("CERTIFICATE", "PRIVATE KEY") + &lists[1]];
    let published = vectors.certificates().into_iter().filter_map(|der| {
        let certificate = Certificate::from_der(&der, "vector").ok()?;
        Some(pem::encode([&certificate]))
    });
    lists.into_iter().chain(both).chain(published).map(String::into_bytes).collect()
}
