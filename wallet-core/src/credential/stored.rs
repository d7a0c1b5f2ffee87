//! A stored credential over its formats: one claim read again, and a presentation prepared, from bytes and layout.

use minicbor::{Decode, Encode};
use serde_json::Value;

use super::mdoc::{self, SessionTranscript, UnsignedDeviceResponse};
use super::path::ClaimLocation;
use super::sd_jwt::{self, KeyBinding};
use super::summary::Outline;
use crate::crypto::p256::Signature;
use crate::crypto::secret::SecretBytes;
use crate::error::{Code, Result};
use crate::jose::base64url;
use crate::time::UnixTime;

/// Where things lie in the stored bytes, by format.
#[derive(Clone, Encode, Decode)]
pub enum Layout {
    /// In an encoded IssuerSigned.
    #[n(0)]
    MsoMdoc(#[n(0)] mdoc::Layout),
    /// In an SD-JWT, compact.
    #[n(1)]
    DcSdJwt(#[n(0)] sd_jwt::Layout),
}

impl Layout {
    /// The citizen's claims, without what is only about the credential: of an mdoc all elements, in its order.
    #[must_use]
    pub fn personal_claims(&self, outline: &Outline) -> Vec<ClaimLocation> {
        match self {
            Self::MsoMdoc(layout) => layout.locations(),
            Self::DcSdJwt(_) => {
                outline.leaves.iter().filter(|leaf| !sd_jwt::is_technical(leaf)).cloned().collect()
            }
        }
    }
}

/// The value of one claim as JSON; `None` when the credential has no such claim.
///
/// # Errors
/// [`Code::RecordDamaged`] when bytes and layout do not belong together.
pub fn claim_value(bytes: &[u8], layout: &Layout, location: &ClaimLocation) -> Result<Option<Value>> {
    match layout {
        Layout::MsoMdoc(layout) => mdoc::claim_value(bytes, layout, location).map(Some),
        Layout::DcSdJwt(layout) => sd_jwt::claim_value(text(bytes)?, layout, location),
    }
}

/// What a presentation over OpenID4VP is bound to, so that it is of use to nobody else and only once.
pub struct Binding<'a> {
    /// The verifier's full client identifier, prefix included.
    pub client_id: &'a str,
    /// `nonce` of the request.
    pub nonce: &'a str,
    /// `response_uri` of the request.
    pub response_uri: &'a str,
    /// The thumbprint of the key that the response is encrypted to; `None` when it is not encrypted.
    pub jwk_thumbprint: Option<[u8; 32]>,
    /// Now.
    pub issued_at: UnixTime,
}

/// A presentation that waits for the signature of the key that its credential is bound to.
pub enum UnsignedPresentation {
    /// A DeviceResponse.
    MsoMdoc(UnsignedDeviceResponse),
    /// An SD-JWT with its key binding.
    DcSdJwt(sd_jwt::UnsignedPresentation),
}

impl UnsignedPresentation {
    /// What the key signs (ES256).
    #[must_use]
    pub fn to_sign(&self) -> &[u8] {
        match self {
            Self::MsoMdoc(unsigned) => unsigned.to_sign(),
            Self::DcSdJwt(unsigned) => unsigned.to_sign(),
        }
    }

    /// The presentation as the `vp_token` carries it (EU-26).
    #[must_use]
    pub fn finish(self, signature: &Signature) -> String {
        match self {
            Self::MsoMdoc(unsigned) => base64url::encode(&SecretBytes::new(unsigned.finish(signature))),
            Self::DcSdJwt(unsigned) => unsigned.finish(signature),
        }
    }
}

/// Prepares a presentation that discloses exactly these claims.
///
/// # Errors
/// [`Code::RecordDamaged`] when bytes and layout do not belong together.
pub fn prepare(
    bytes: &[u8],
    layout: &Layout,
    disclose: &[ClaimLocation],
    binding: &Binding<'_>,
) -> Result<UnsignedPresentation> {
    match layout {
        Layout::MsoMdoc(layout) => {
            let transcript = SessionTranscript::openid4vp(
                binding.client_id,
                binding.nonce,
                binding.jwk_thumbprint,
                binding.response_uri,
            );
            mdoc::prepare(bytes, layout, disclose, &transcript).map(UnsignedPresentation::MsoMdoc)
        }
        Layout::DcSdJwt(layout) => {
            let binding = KeyBinding {
                audience: binding.client_id,
                nonce: binding.nonce,
                issued_at: binding.issued_at,
            };
            sd_jwt::prepare(text(bytes)?, layout, disclose, &binding).map(UnsignedPresentation::DcSdJwt)
        }
    }
}

fn text(bytes: &[u8]) -> Result<&str> {
    std::str::from_utf8(bytes).map_err(|_| Code::RecordDamaged.at("copy"))
}
