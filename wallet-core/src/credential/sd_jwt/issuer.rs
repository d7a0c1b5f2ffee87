//! Who issued it: the `x5c` chain, and whether `iss` says the same.

use url::{Host, Url};

use super::compact::SdJwt;
use crate::asn1::Certificate;
use crate::error::{Code, Result};

impl SdJwt<'_> {
    /// The certificates of `x5c`, leaf first (HAIP 1.0 6.1.1): unverified, to be authenticated by the trust anchors.
    ///
    /// # Errors
    /// [`Code::ChainLengthInvalid`] when there is none or there are too many; [`Code::JwsMalformed`] and the codes
    /// of a certificate that cannot be read.
    pub fn chain(&self) -> Result<Vec<Certificate>> {
        let chain = self.jws.x5c()?.ok_or_else(|| Code::ChainLengthInvalid.at("x5c"))?;
        chain.iter().map(|der| Certificate::from_der(der, "x5c")).collect()
    }
}

/// Whether `iss` fits the certificate that signed.
///
/// The issuer is the subject of the leaf (SD-JWT VC 2.5), and that is whom the wallet shows; `iss` decides nothing,
/// so it may be absent. Where it is present it must not name somebody else: it equals a URI in the leaf's
/// subjectAltName, or it is an https URL whose host equals a dNSName there. A leaf that names neither a URI nor a
/// host has nothing to compare with (the EUDI reference issuer's is such a one), and passes.
///
/// # Errors
/// [`Code::SdJwtIssuerMismatch`].
pub(crate) fn matches_leaf(issuer: Option<&str>, leaf: &Certificate) -> Result<()> {
    match issuer {
        Some(issuer) if !fits(issuer, leaf.uris(), leaf.dns_names()) => {
            Err(Code::SdJwtIssuerMismatch.at("iss"))
        }
        _ => Ok(()),
    }
}

fn fits(issuer: &str, uris: &[String], dns_names: &[String]) -> bool {
    if uris.is_empty() && dns_names.is_empty() {
        return true;
    }
    uris.iter().any(|uri| uri == issuer)
        || https_host(issuer)
            .is_some_and(|host| dns_names.iter().any(|name| name.eq_ignore_ascii_case(&host)))
}

/// The host name of an https URL; wild cards in certificates are not matched, an issuer has its own name.
fn https_host(issuer: &str) -> Option<String> {
    let url = Url::parse(issuer).ok().filter(|url| url.scheme() == "https")?;
    match url.host()? {
        Host::Domain(name) => Some(name.to_owned()),
        Host::Ipv4(_) | Host::Ipv6(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SD-JWT VC 2.5, EU-45.
    #[test]
    fn iss_names_the_certificate_or_nobody_else() {
        let uris = ["https://issuer.example/eu".to_owned()];
        let names = ["issuer.example".to_owned()];
        for (issuer, uris, names, fit) in [
            ("https://issuer.example/eu", &uris[..], &[][..], true),
            ("https://issuer.example/eu/", &uris, &[], false),
            ("https://issuer.example/ca", &uris, &[], false),
            ("https://issuer.example/ca", &uris, &names, true),
            ("https://ISSUER.example", &[], &names, true),
            ("https://issuer.example:8443/x", &[], &names, true),
            ("http://issuer.example", &[], &names, false),
            ("https://other.example", &[], &names, false),
            ("https://sub.issuer.example", &[], &names, false),
            ("https://issuer.example@other.example", &[], &names, false),
            ("issuer.example", &[], &names, false),
            ("did:web:issuer.example", &[], &names, false),
            ("", &[], &names, false),
            ("https://anything.example", &[], &[], true),
        ] {
            assert_eq!(fits(issuer, uris, names), fit, "{issuer} {uris:?} {names:?}");
        }
    }
}
