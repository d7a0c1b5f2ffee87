//! What a registration certificate says (ETSI TS 119 475 5.2.4; EU-41). Members that this wallet has no use for are not
//! looked at.

use super::members::{self, Object, malformed};
use super::scope::Scope;
use crate::credential::sd_jwt::Validity;
use crate::error::{Code, Result};
use crate::vault::history::{RegistrationDetails, RegistrationStatus, SupervisoryAuthority};

/// What one says, in the form in which it is checked and shown.
pub(super) struct Claims {
    pub(super) details: RegistrationDetails,
    pub(super) scope: Scope,
    /// `iat`, `nbf`, `exp`.
    pub(super) validity: Validity,
    /// Whether `status` names an entry of a status list, as it must.
    pub(super) has_status: bool,
}

impl Claims {
    /// Reads them; `registrar` is the name of who signed.
    ///
    /// # Errors
    /// [`Code::RegistrationMalformed`], [`Code::RegistrationTooLarge`], at the member.
    pub(super) fn read(payload: &Object, registrar: String) -> Result<Self> {
        let identifier = members::exact(payload, "sub")?.ok_or_else(|| malformed("sub"))?.to_owned();
        let intermediary = match members::object(payload, "intermediary")? {
            None => None,
            Some(one) => {
                let sub = members::exact(one, "sub")?.ok_or_else(|| malformed("intermediary"))?;
                Some(sub.to_owned())
            }
        };
        let name = match members::text(payload, "name")? {
            None => members::text(payload, "sub_ln")?,
            name => name,
        };
        // Whoever asks through somebody else is known by nothing but this name.
        if intermediary.is_some() && name.is_none() {
            return Err(malformed("name"));
        }
        let details = RegistrationDetails {
            name: name.unwrap_or_default(),
            identifier,
            country: members::text(payload, "country")?,
            intermediary,
            purposes: members::localized(payload, "purpose")?,
            service_descriptions: members::localized(payload, "srv_description")?,
            intended_use_id: members::text(payload, "intended_use_id")?,
            privacy_policy: members::https(payload, "privacy_policy")?,
            support_uri: members::https(payload, "support_uri")?,
            info_uri: members::https(payload, "info_uri")?,
            registry_uri: members::https(payload, "registry_uri")?,
            supervisory_authority: members::object(payload, "supervisory_authority")?
                .map(supervisory_authority)
                .transpose()?,
            registrar,
            status: RegistrationStatus::NotChecked,
        };
        let validity =
            Validity::read(payload).map_err(|error| malformed(error.fault().at().unwrap_or("iat")))?;
        // Without it nothing says how old a certificate is that has no `exp`.
        if validity.issued_at.is_none() {
            return Err(malformed("iat"));
        }
        Ok(Self { details, scope: Scope::read(payload)?, validity, has_status: has_status(payload) })
    }

    /// Whether it holds at a time.
    ///
    /// # Errors
    /// [`Code::RegistrationExpired`], [`Code::RegistrationNotYetValid`].
    pub(super) fn check_times(&self, at: crate::time::UnixTime) -> Result<()> {
        self.validity.check(at).map_err(|error| match error.code() {
            Code::SdJwtExpired => Code::RegistrationExpired.at("exp"),
            _ => Code::RegistrationNotYetValid.at("iat"),
        })
    }
}

fn supervisory_authority(from: &Object) -> Result<SupervisoryAuthority> {
    Ok(SupervisoryAuthority {
        name: members::text(from, "name")?,
        email: members::email(from, "email")?,
        phone: members::phone(from, "phone")?,
        uri: members::https(from, "uri")?,
    })
}

/// `status.status_list{idx, uri}` (EU-46).
fn has_status(payload: &Object) -> bool {
    let list = payload.get("status").and_then(|status| status.get("status_list"));
    list.is_some_and(|list| {
        list.get("idx").is_some_and(serde_json::Value::is_u64)
            && list.get("uri").is_some_and(serde_json::Value::is_string)
    })
}
