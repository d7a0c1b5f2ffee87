//! Verifies an mdoc presentation: a DeviceResponse (ISO 18013-5 9.3) for OpenID4VP (OpenID4VP 1.0 B.2, HAIP 1.0 5.3.1).

mod document;

use document::{DeviceSigned, Document};

use crate::cbor::{self, Reader};
use crate::cose::Sign1;
use crate::credential::mdoc::{IssuerSigned, SessionTranscript, VerifiedMdoc, device_authentication_bytes};
use crate::crypto::p256::PublicKey;
use crate::error::{Code, Result};
use crate::time::UnixTime;
use crate::trust::status::StatusReference;
use crate::trust::{Anchors, Channel, PathProfile, Role, TrustedChain};

/// A presentation that passed every check. Nothing but [`verify`] makes one.
pub struct VerifiedPresentation {
    mdoc: VerifiedMdoc,
    issuer: TrustedChain,
}

impl VerifiedPresentation {
    /// What was disclosed, by the issuer's word.
    #[must_use]
    pub fn mdoc(&self) -> &VerifiedMdoc {
        &self.mdoc
    }

    /// Where its issuer says whether it still counts; `None` when it names no status list. Nothing was looked up.
    ///
    /// # Errors
    /// [`Code::StatusReferenceMalformed`], and what [`cbor::check`] finds.
    pub fn status(&self) -> Result<Option<StatusReference>> {
        self.mdoc.status().map_or(Ok(None), StatusReference::from_mso)
    }

    /// Who issued it, and the anchors that stand behind them.
    #[must_use]
    pub fn issuer(&self) -> &TrustedChain {
        &self.issuer
    }
}

/// Prints the type, never a claim.
impl std::fmt::Debug for VerifiedPresentation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "VerifiedPresentation({})", self.mdoc.doc_type())
    }
}

/// Verifies the encoded DeviceResponse that answers the conversation of `transcript`, at the time `at`.
///
/// Elements that the device itself asserts are refused: no profile asks for them, and beside the issuer's they could be
/// taken for the issuer's. A device MAC needs a reader's ephemeral key, which OpenID4VP has not (EU-34), so it counts
/// as no device authentication. Unknown members are skipped.
///
/// # Errors
/// In this order:
/// - what [`cbor::check`] finds; [`Code::MdocMalformed`] for another structure;
/// - [`Code::MdocVersionUnsupported`], [`Code::MdocStatusNotOk`]; [`Code::PresentationMalformed`] unless there is exactly
///   one document (EU-26);
/// - those of [`IssuerSigned::parse`], [`IssuerSigned::certificates`], [`Anchors::authenticate`] and
///   [`IssuerSigned::verify`];
/// - [`Code::MdocDocTypeMismatch`] when the document names another type than the issuer signed;
/// - [`Code::MdocDeviceAuthMissing`], [`Code::MdocDeviceElementsRefused`], [`Code::MdocAlgUnsupported`],
///   [`Code::MdocDeviceSignatureInvalid`].
pub fn verify(
    device_response: &[u8],
    transcript: &SessionTranscript,
    anchors: &Anchors,
    channel: Channel,
    at: UnixTime,
) -> Result<VerifiedPresentation> {
    let document = document::read_only_document(device_response)?;
    let issuer_signed = IssuerSigned::parse(document.issuer_signed)?;
    let chain = issuer_signed.certificates()?;
    let issuer = anchors.authenticate(&chain, PathProfile::MdocIssuer, Role::Issuer, channel, at)?;
    let mdoc = issuer_signed.verify(&issuer, at)?;
    if document.doc_type != mdoc.doc_type() {
        return Err(Code::MdocDocTypeMismatch.at("docType"));
    }
    check_device(&document, transcript, mdoc.device_key())?;
    Ok(VerifiedPresentation { mdoc, issuer })
}

/// ISO 18013-5 9.1.3.5: the key that the issuer bound signed this conversation.
fn check_device(document: &Document<'_>, transcript: &SessionTranscript, key: &PublicKey) -> Result<()> {
    const PLACE: &str = "deviceSignature";
    let Some(DeviceSigned { name_spaces, signature: Some(signature) }) = document.device_signed else {
        return Err(Code::MdocDeviceAuthMissing.at(PLACE));
    };
    cbor::check(name_spaces.inner, "deviceSigned nameSpaces")?;
    if Reader::new(name_spaces.inner, Code::MdocMalformed, "deviceSigned nameSpaces").map()? != 0 {
        return Err(Code::MdocDeviceElementsRefused.at("deviceSigned nameSpaces"));
    }
    let signature = Sign1::parse(signature, PLACE)?;
    if !signature.is_es256() {
        return Err(Code::MdocAlgUnsupported.at(PLACE));
    }
    let signed = device_authentication_bytes(transcript, document.doc_type, name_spaces.whole);
    if signature.verify_detached(key, &signed) {
        Ok(())
    } else {
        Err(Code::MdocDeviceSignatureInvalid.at(PLACE))
    }
}

#[cfg(test)]
mod tests;
