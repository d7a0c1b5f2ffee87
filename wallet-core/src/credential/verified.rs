//! A credential as an issuer sent it, verified, over its formats.

use serde_json::Value;

use super::mdoc::IssuerSigned;
use super::path::ClaimLocation;
use super::sd_jwt::{self, SdJwt};
use super::stored::Layout;
use super::summary::{Kind, Outline, extended_types};
use super::{CredentialId, Format, Summary};
use crate::crypto::p256::PublicKey;
use crate::error::{Code, Result};
use crate::time::UnixTime;
use crate::trust::status::StatusReference;
use crate::trust::{Anchors, Channel, PathProfile, Role, TrustedChain};

/// What is forgiven an issuer, by the lists that it stands on.
pub type IssuerLeniency = fn(&TrustedChain) -> sd_jwt::Leniency;

/// A credential copy of which everything was verified: issuer, signature, digests, disclosures, validity. Only
/// [`VerifiedCredential::verify`] makes it.
///
/// It has no `Debug`: it holds claims.
pub struct VerifiedCredential {
    bytes: Vec<u8>,
    layout: Layout,
    kind: Kind,
    claims: Value,
    locations: Vec<ClaimLocation>,
    valid_from: Option<UnixTime>,
    valid_until: Option<UnixTime>,
    device_key: PublicKey,
    status: Option<StatusReference>,
    issuer: TrustedChain,
}

impl VerifiedCredential {
    /// Verifies a credential as it came: the text of an SD-JWT, the encoded IssuerSigned of an mdoc.
    ///
    /// # Errors
    /// Those of the format; those of the trust module for the issuer; [`Code::AnchorNotForThis`] when the issuer may
    /// not sign this type; [`Code::StatusReferenceMalformed`].
    pub fn verify(
        format: Format,
        bytes: &[u8],
        anchors: &Anchors,
        leniency: IssuerLeniency,
        at: UnixTime,
    ) -> Result<Self> {
        match format {
            Format::MsoMdoc => Self::verify_mdoc(bytes, anchors, at),
            Format::DcSdJwt => Self::verify_sd_jwt(bytes, anchors, leniency, at),
        }
    }

    fn verify_mdoc(bytes: &[u8], anchors: &Anchors, at: UnixTime) -> Result<Self> {
        let issuer_signed = IssuerSigned::parse(bytes)?;
        let chain = issuer_signed.certificates()?;
        let issuer =
            anchors.authenticate(&chain, PathProfile::MdocIssuer, Role::Issuer, Channel::OpenId4Vci, at)?;
        let verified = issuer_signed.verify(&issuer, at)?;
        issuer.anchors_for_type(verified.doc_type())?;
        let locations = verified.locations();
        let pairs = locations.iter().filter_map(|location| match location.0.as_slice() {
            [super::path::Step::Key(space), super::path::Step::Key(element)] => {
                Some((space.as_str(), element.as_str()))
            }
            _ => None,
        });
        let kind = Kind {
            format: Format::MsoMdoc,
            type_identifier: verified.doc_type().to_owned(),
            extends: Vec::new(),
            authority_key_ids: authority_key_ids(&issuer),
            holder_binding: true,
            outline: Outline::of_elements(pairs),
        };
        Ok(Self {
            bytes: verified.issuer_signed().to_vec(),
            layout: Layout::MsoMdoc(verified.layout().clone()),
            kind,
            claims: verified.claims().clone(),
            locations,
            valid_from: Some(verified.validity().valid_from),
            valid_until: Some(verified.validity().valid_until),
            device_key: verified.device_key().clone(),
            status: verified.status().map_or(Ok(None), StatusReference::from_mso)?,
            issuer,
        })
    }

    fn verify_sd_jwt(
        bytes: &[u8],
        anchors: &Anchors,
        leniency: IssuerLeniency,
        at: UnixTime,
    ) -> Result<Self> {
        let compact = std::str::from_utf8(bytes).map_err(|_| Code::SdJwtMalformed.at("UTF-8"))?;
        let sd_jwt = SdJwt::parse(compact)?;
        let chain = sd_jwt.chain()?;
        let issuer =
            anchors.authenticate(&chain, PathProfile::SdJwtIssuer, Role::Issuer, Channel::OpenId4Vci, at)?;
        let verified = sd_jwt.verify(&issuer, at, leniency(&issuer))?;
        issuer.anchors_for_type(verified.vct())?;
        // An issuer shuffles disclosures so that their order says nothing; a person reads them in some order.
        let mut locations = verified.locations().to_vec();
        locations.sort_unstable();
        let payload = verified.claims().as_object().ok_or_else(|| Code::SdJwtMalformed.at("payload"))?;
        let kind = Kind {
            format: Format::DcSdJwt,
            type_identifier: verified.vct().to_owned(),
            extends: extended_types(verified.vct()),
            authority_key_ids: authority_key_ids(&issuer),
            holder_binding: true,
            outline: Outline::of_payload(payload, verified.layout().disclosable().cloned().collect()),
        };
        Ok(Self {
            bytes: compact.as_bytes().to_vec(),
            layout: Layout::DcSdJwt(verified.layout().clone()),
            kind,
            claims: verified.claims().clone(),
            locations,
            valid_from: verified.validity().not_before,
            valid_until: verified.validity().until,
            device_key: verified.device_key().clone(),
            status: StatusReference::from_claims(payload)?,
            issuer,
        })
    }

    /// What came, byte for byte, to be stored with [`VerifiedCredential::layout`].
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Where things lie in the bytes.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// `doctype` or `vct`.
    #[must_use]
    pub fn type_id(&self) -> &str {
        &self.kind.type_identifier
    }

    /// Everything it says, with every disclosure applied.
    #[must_use]
    pub fn claims(&self) -> &Value {
        &self.claims
    }

    /// The citizen's claims, without what is only about the credential: of an mdoc in the issuer's order.
    #[must_use]
    pub fn locations(&self) -> &[ClaimLocation] {
        &self.locations
    }

    /// From when and until when it counts.
    #[must_use]
    pub fn validity(&self) -> (Option<UnixTime>, Option<UnixTime>) {
        (self.valid_from, self.valid_until)
    }

    /// The key that it is bound to.
    #[must_use]
    pub fn device_key(&self) -> &PublicKey {
        &self.device_key
    }

    /// Where its issuer says whether it still counts; `None` when it names no status list.
    #[must_use]
    pub fn status(&self) -> Option<&StatusReference> {
        self.status.as_ref()
    }

    /// Who signed it, and on which lists that stands.
    #[must_use]
    pub fn issuer(&self) -> &TrustedChain {
        &self.issuer
    }

    /// What queries look at, under the id that the credential gets.
    #[must_use]
    pub fn summary(&self, credential: CredentialId) -> Summary {
        Summary {
            credential,
            valid_from: self.valid_from.map(|time| time.0),
            valid_until: self.valid_until.map(|time| time.0),
            kind: self.kind.clone(),
            withdrawn: None,
        }
    }
}

fn authority_key_ids(issuer: &TrustedChain) -> Vec<Vec<u8>> {
    issuer.authority_key_ids().into_iter().map(<[u8]>::to_vec).collect()
}
