//! Certificates as text (RFC 7468): the form in which trust lists are pinned on a command line.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Certificate;
use super::certificate::Parts;
use crate::error::{Code, Result};

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

/// One certificate of a PEM text, whether or not the core can use it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its subject, for a person who must find it in the list.
    pub display_name: String,
    /// SHA-256 of its DER bytes, to find it with other tools.
    pub sha256: [u8; 32],
    /// The certificate, or [`Code::CertificateAlgUnsupported`] when its key is not on P-256.
    pub certificate: Result<Certificate>,
}

/// Reads every certificate of a PEM text. What stands between the blocks is passed over, as is any other kind of
/// block, since files with a chain often carry explanations.
///
/// # Errors
/// [`Code::CertificateMalformed`] when there is none, a block does not end, or one is no certificate. A certificate
/// with another kind of key is no error: it is listed, so that the caller can name it.
pub fn parse(text: &str) -> Result<Vec<Listed>> {
    let malformed = || Code::CertificateMalformed.at("PEM");
    let mut listed = Vec::new();
    let mut rest = text;
    while let Some((_, from_begin)) = rest.split_once(BEGIN) {
        let (body, after) = from_begin.split_once(END).ok_or_else(malformed)?;
        rest = after;
        let compact: String = body.chars().filter(|c| !c.is_ascii_whitespace()).collect();
        let der = STANDARD.decode(compact).map_err(|_| malformed())?;
        let (parts, key) = Parts::read(&der, "PEM")?;
        listed.push(Listed {
            display_name: parts.display_name(),
            sha256: parts.sha256(),
            certificate: key.map(|key| Certificate::new(parts, key)),
        });
    }
    if listed.is_empty() { Err(malformed()) } else { Ok(listed) }
}

/// The PEM text of certificates, one block after another.
#[must_use]
pub fn encode<'a>(certificates: impl IntoIterator<Item = &'a Certificate>) -> String {
    /// RFC 7468 2: lines of 64 characters.
    const LINE: usize = 64;
    let mut out = String::new();
    for certificate in certificates {
        out.push_str(BEGIN);
        for (index, character) in STANDARD.encode(certificate.der()).chars().enumerate() {
            if index % LINE == 0 {
                out.push('\n');
            }
            out.push(character);
        }
        out.push('\n');
        out.push_str(END);
        out.push('\n');
    }
    out
}
