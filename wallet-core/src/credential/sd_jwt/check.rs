//! Everything that holds for a credential and for a presentation of it, once the issuer's key is known.

use serde_json::{Map, Value};

use super::compact::SdJwt;
use super::process::{Processed, process};
use super::registered::{Registered, refuse_digests_inside, refuse_hidden};
use crate::crypto::p256::PublicKey;
use crate::error::{Code, Result};
use crate::json;
use crate::time::UnixTime;

/// What a profile lets pass that the standards refuse. The default is nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Leniency {
    /// `typ` may also be `vc+sd-jwt`, its name until draft 5 of SD-JWT VC, which Canadian issuers still write.
    pub vc_sd_jwt_typ: bool,
    /// The trust anchor may stand in `x5c`, which HAIP 1.0 6.1.1 forbids.
    pub anchor_in_chain: bool,
}

impl Leniency {
    fn accepts_typ(self, typ: Option<&str>) -> bool {
        match typ {
            Some("dc+sd-jwt") => true,
            Some("vc+sd-jwt") => self.vc_sd_jwt_typ,
            _ => false,
        }
    }
}

/// A credential or presentation that passed every check but who its issuer is.
pub(crate) struct Checked {
    /// The processed payload and the places of the disclosures.
    pub(crate) processed: Processed,
    /// The claims that make it a credential.
    pub(crate) registered: Registered,
}

impl SdJwt<'_> {
    /// The issuer-signed payload, when the signature is `key`'s.
    ///
    /// # Errors
    /// [`Code::SdJwtAlgUnsupported`], [`Code::SdJwtSignatureInvalid`], and the codes of strict JSON.
    pub(crate) fn signed_payload(&self, key: &PublicKey) -> Result<Map<String, Value>> {
        if !self.jws.is_es256() {
            return Err(Code::SdJwtAlgUnsupported.at("alg"));
        }
        let payload = self.jws.verify(key).ok_or_else(|| Code::SdJwtSignatureInvalid.error())?;
        json::parse_object(payload, "payload")
    }

    /// Checks `typ`, signature, disclosures and registered claims, in this order.
    ///
    /// # Errors
    /// [`Code::SdJwtTypInvalid`]; those of [`SdJwt::signed_payload`], [`process`] and [`Registered::read`];
    /// [`Code::SdJwtClaimMustNotBeHidden`]; [`Code::SdJwtExpired`] and [`Code::SdJwtNotYetValid`].
    pub(crate) fn check(&self, key: &PublicKey, at: UnixTime, leniency: Leniency) -> Result<Checked> {
        if !leniency.accepts_typ(self.jws.header_text("typ")) {
            return Err(Code::SdJwtTypInvalid.at("typ"));
        }
        let payload = self.signed_payload(key)?;
        refuse_digests_inside(&payload)?;
        let processed = process(payload, &self.disclosures)?;
        refuse_hidden(&processed.placed)?;
        let registered = Registered::read(&processed.claims)?;
        registered.validity.check(at)?;
        Ok(Checked { processed, registered })
    }
}
