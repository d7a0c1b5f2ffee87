//! What a verifier is registered to ask for, and whether a query stays within it (ARF RPRC_21).

use super::members::{self, Object, malformed};
use crate::credential::Format;
use crate::credential::path::ClaimPath;
use crate::error::{Code, Result};
use crate::limits;
use crate::present::dcql::CredentialQuery;
use serde_json::Value;

/// `credentials` of a registration certificate: the types of credentials, and of each the claims, that its holder may
/// ask for. What is not in it is asked for beyond the registration.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope(Vec<RegisteredCredential>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct RegisteredCredential {
    format: Format,
    /// Doctypes or vcts.
    types: Vec<String>,
    paths: Vec<ClaimPath>,
}

impl Scope {
    /// Reads `credentials[]{format, meta{vct_values | doctype_value}, claim[]{path}}`; `claims` in place of `claim` is
    /// how the registers' interface writes it (EU-41). A format that this wallet does not hold is passed over: no query
    /// that it can answer is for such a credential.
    ///
    /// # Errors
    /// [`Code::RegistrationMalformed`], [`Code::RegistrationTooLarge`].
    pub(super) fn read(certificate: &Object) -> Result<Self> {
        let mut credentials = Vec::new();
        let mut left = limits::REGISTRATION_CLAIMS;
        for entry in members::objects(certificate, "credentials", limits::REGISTRATION_CREDENTIALS)? {
            let format = members::exact(entry, "format")?.ok_or_else(|| malformed("format"))?;
            let Some(format) = Format::from_identifier(format) else { continue };
            let meta = members::object(entry, "meta")?.ok_or_else(|| malformed("meta"))?;
            let member = if entry.contains_key("claim") { "claim" } else { "claims" };
            let claims = members::objects(entry, member, left)?;
            left = left.saturating_sub(claims.len());
            let path = |claim: &Object| {
                let path = claim.get("path").ok_or_else(|| malformed("path"))?;
                ClaimPath::from_json(path).map_err(|_| malformed("path"))
            };
            credentials.push(RegisteredCredential {
                format,
                types: types(format, meta)?,
                paths: claims.into_iter().map(path).collect::<Result<_>>()?,
            });
        }
        Ok(Self(credentials))
    }

    /// Whether a claim may be asked for by this query: of each type that would do for it, since the verifier would take
    /// any of them. A registered path covers itself and what lies below it ([`ClaimPath::covers`]).
    #[must_use]
    pub fn covers(&self, query: &CredentialQuery, claim: &ClaimPath) -> bool {
        self.all_types(query, |registered| registered.paths.iter().any(|path| path.covers(claim)))
    }

    /// Whether credentials of the types that would do for this query may be asked for at all: a query without claims still
    /// brings what the issuer put into every presentation.
    #[must_use]
    pub fn covers_credential(&self, query: &CredentialQuery) -> bool {
        self.all_types(query, |_| true)
    }

    fn all_types(&self, query: &CredentialQuery, fits: impl Fn(&RegisteredCredential) -> bool) -> bool {
        let Some((format, types)) = query.meta().wanted() else { return false };
        types.iter().all(|wanted| {
            let same = |one: &&RegisteredCredential| one.format == format && one.types.contains(wanted);
            self.0.iter().filter(same).any(&fits)
        })
    }
}

fn types(format: Format, meta: &Object) -> Result<Vec<String>> {
    let text = |value: &Value, member| value.as_str().map(str::to_owned).ok_or_else(|| malformed(member));
    match format {
        Format::MsoMdoc => {
            let member = "doctype_value";
            Ok(vec![text(meta.get(member).unwrap_or(&Value::Null), member)?])
        }
        Format::DcSdJwt => {
            let member = "vct_values";
            let list = meta.get(member).and_then(Value::as_array).ok_or_else(|| malformed(member))?;
            if list.len() > limits::REGISTRATION_CREDENTIALS {
                return Err(Code::RegistrationTooLarge.at(member));
            }
            list.iter().map(|one| text(one, member)).collect()
        }
    }
}
