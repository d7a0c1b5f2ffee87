//! From JSON to a query in which every rule of OpenID4VP 1.0 section 6 holds.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::query::{
    ClaimsQuery, CredentialQuery, CredentialSetQuery, Meta, Query, QueryMask, TrustedAuthorities,
};
use super::values::ExpectedValues;
use crate::credential::Format;
use crate::credential::path::ClaimPath;
use crate::error::{Code, Result, WalletError};
use crate::jose::base64url;
use crate::limits;
use crate::profile::DcqlLeniency;

type Object = Map<String, Value>;

impl Query {
    /// Reads and validates `dcql_query`. Unknown members are ignored, as section 6 demands.
    ///
    /// # Errors
    /// [`Code::DcqlInvalid`] at the member that breaks a rule; [`Code::DcqlTooLarge`] beyond the limits.
    pub fn parse(value: &Value, leniency: &DcqlLeniency) -> Result<Self> {
        let object = object(value, "dcql_query")?;
        let list = list(object.get("credentials"), "credentials")?;
        if list.len() > limits::DCQL_CREDENTIALS {
            return Err(Code::DcqlTooLarge.at("credentials"));
        }
        let mut parser = Parser { leniency, claims: limits::DCQL_CLAIMS, sets: limits::DCQL_SETS };
        let mut positions = HashMap::new();
        let mut credentials = Vec::with_capacity(list.len());
        for (position, entry) in list.iter().enumerate() {
            let query = parser.credential(entry)?;
            if positions.insert(query.id.clone(), position).is_some() {
                return Err(invalid("credentials.id"));
            }
            credentials.push(Arc::new(query));
        }
        let credential_sets = parser.credential_sets(object, &positions)?;
        Ok(Self { credentials: credentials.into(), credential_sets: credential_sets.into() })
    }
}

struct Parser<'a> {
    leniency: &'a DcqlLeniency,
    /// How many claims queries may still come.
    claims: usize,
    /// How many combinations may still come.
    sets: usize,
}

impl Parser<'_> {
    /// Section 6.1.
    fn credential(&mut self, value: &Value) -> Result<CredentialQuery> {
        let object = object(value, "credentials")?;
        let id = identifier(object.get("id"), "credentials.id")?;
        let identifier = text(object.get("format"), "format")?;
        let format = match Format::from_identifier(identifier) {
            None if self.leniency.vc_sd_jwt && identifier == "vc+sd-jwt" => Some(Format::DcSdJwt),
            format => format,
        };
        let meta = self.meta(format, object.get("meta"))?;
        let claims = self.claims(format, object.get("claims"), object.contains_key("claim_sets"))?;
        let combinations = self.combinations(&claims, object.get("claim_sets"))?;
        Ok(CredentialQuery {
            id,
            format: identifier.to_owned(),
            meta,
            multiple: flag(object, "multiple")?.unwrap_or(false),
            require_cryptographic_holder_binding: flag(object, "require_cryptographic_holder_binding")?
                .unwrap_or(true),
            trusted_authorities: trusted_authorities(object.get("trusted_authorities"))?,
            claims,
            combinations,
        })
    }

    /// Appendices B.2.3 and B.3.5. What these require is required, although section 6.1 allows an empty object in
    /// general: a query for any type at all would sweep through everything that the citizen holds.
    fn meta(&self, format: Option<Format>, value: Option<&Value>) -> Result<Meta> {
        let meta = object(value.ok_or_else(|| invalid("meta"))?, "meta")?;
        match format {
            None => Ok(Meta::Unsupported),
            Some(Format::DcSdJwt) => {
                Ok(Meta::DcSdJwt { vct_values: texts(meta.get("vct_values"), "vct_values")? })
            }
            Some(Format::MsoMdoc) => {
                let drafts = meta.get("doctype_values").filter(|_| self.leniency.doctype_values);
                let doctype_values = match (meta.get("doctype_value"), drafts) {
                    (None, Some(values)) => texts(Some(values), "doctype_values")?,
                    (value, _) => vec![text(value, "doctype_value")?.to_owned()],
                };
                Ok(Meta::MsoMdoc { doctype_values })
            }
        }
    }

    /// `claims` (section 6.3).
    fn claims(
        &mut self,
        format: Option<Format>,
        value: Option<&Value>,
        ids_needed: bool,
    ) -> Result<Vec<ClaimsQuery>> {
        let Some(value) = value else { return Ok(Vec::new()) };
        let entries = list(Some(value), "claims")?;
        self.claims =
            self.claims.checked_sub(entries.len()).ok_or_else(|| Code::DcqlTooLarge.at("claims"))?;
        let claims = entries.iter().map(|entry| self.claim(format, entry)).collect::<Result<Vec<_>>>()?;
        let mut ids = HashSet::new();
        if claims.iter().any(|claim| claim.id.as_ref().map_or(ids_needed, |id| !ids.insert(id))) {
            return Err(invalid("claims.id"));
        }
        Ok(with_retention_agreed(claims))
    }

    fn claim(&self, format: Option<Format>, value: &Value) -> Result<ClaimsQuery> {
        let object = object(value, "claims")?;
        let id = object.get("id").map(|id| identifier(Some(id), "claims.id")).transpose()?;
        let is_mdoc = format == Some(Format::MsoMdoc);
        let path = match object.get("path") {
            None if is_mdoc && self.leniency.namespace_and_claim_name => ClaimPath::from_json(&json!([
                text(object.get("namespace"), "namespace")?,
                text(object.get("claim_name"), "claim_name")?
            ]))?,
            path => ClaimPath::from_json(path.unwrap_or(&Value::Null))?,
        };
        let values = match object.get("values") {
            None => None,
            values => {
                Some(ExpectedValues::from_json(list(values, "values")?).ok_or_else(|| invalid("values"))?)
            }
        };
        // A member of mdoc queries; in any other it is unknown and so ignored.
        let intent_to_retain = if is_mdoc { flag(object, "intent_to_retain")? } else { None };
        Ok(ClaimsQuery { id, path, values, intent_to_retain })
    }

    /// `claim_sets` (section 6.1), or what its absence means (section 6.4.1).
    fn combinations(&mut self, claims: &[ClaimsQuery], value: Option<&Value>) -> Result<Vec<Vec<usize>>> {
        let Some(value) = value else { return Ok(vec![once_each(claims, 0..claims.len())]) };
        if claims.is_empty() {
            return Err(invalid("claim_sets"));
        }
        let sets = list(Some(value), "claim_sets")?;
        self.take_sets(sets.len(), "claim_sets")?;
        let positions: HashMap<&str, usize> = (claims.iter().enumerate())
            .filter_map(|(position, claim)| Some((claim.id()?, position)))
            .collect();
        let position = |id: &Value| id.as_str().and_then(|id| positions.get(id).copied());
        let set = |set: &Value| {
            let ids = set.as_array()?.iter().map(position).collect::<Option<Vec<_>>>()?;
            Some(once_each(claims, ids))
        };
        sets.iter().map(set).collect::<Option<_>>().ok_or_else(|| invalid("claim_sets"))
    }

    /// Section 6.2.
    fn credential_sets(
        &mut self,
        object: &Object,
        positions: &HashMap<String, usize>,
    ) -> Result<Vec<CredentialSetQuery>> {
        let Some(value) = object.get("credential_sets") else { return Ok(Vec::new()) };
        list(Some(value), "credential_sets")?
            .iter()
            .map(|entry| self.credential_set(entry, positions))
            .collect()
    }

    fn credential_set(
        &mut self,
        value: &Value,
        positions: &HashMap<String, usize>,
    ) -> Result<CredentialSetQuery> {
        let object = object(value, "credential_sets")?;
        let entries = list(object.get("options"), "options")?;
        self.take_sets(entries.len(), "credential_sets")?;
        let mut options = Vec::with_capacity(entries.len());
        let mut masks = Vec::with_capacity(entries.len());
        for entry in entries {
            let mut ids = Vec::new();
            let mut mask: QueryMask = 0;
            for id in list(Some(entry), "options")? {
                let known = id.as_str().and_then(|id| positions.get_key_value(id));
                let (id, position) = known.ok_or_else(|| invalid("options"))?;
                if mask >> position & 1 == 0 {
                    mask |= 1 << position;
                    ids.push(id.clone());
                }
            }
            options.push(ids);
            masks.push(mask);
        }
        Ok(CredentialSetQuery { options, masks, required: flag(object, "required")?.unwrap_or(true) })
    }

    fn take_sets(&mut self, count: usize, place: &'static str) -> Result<()> {
        self.sets = self.sets.checked_sub(count).ok_or_else(|| Code::DcqlTooLarge.at(place))?;
        Ok(())
    }
}

/// A path is looked at once in each combination: section 6.1 lets wallets ignore further claims queries for the same.
fn once_each(claims: &[ClaimsQuery], positions: impl IntoIterator<Item = usize>) -> Vec<usize> {
    let mut paths = HashSet::new();
    let is_new = |position: &usize| claims.get(*position).is_some_and(|claim| paths.insert(&claim.path));
    positions.into_iter().filter(is_new).collect()
}

/// Of several claims queries with one path only one is looked at; an intent to retain must not get lost with the rest.
fn with_retention_agreed(mut claims: Vec<ClaimsQuery>) -> Vec<ClaimsQuery> {
    let retained: HashSet<ClaimPath> = claims
        .iter()
        .filter(|claim| claim.intent_to_retain == Some(true))
        .map(|claim| claim.path.clone())
        .collect();
    for claim in claims.iter_mut().filter(|claim| retained.contains(&claim.path)) {
        claim.intent_to_retain = Some(true);
    }
    claims
}

/// Section 6.1.1.
fn trusted_authorities(value: Option<&Value>) -> Result<Option<TrustedAuthorities>> {
    let Some(value) = value else { return Ok(None) };
    let mut authority_key_ids = BTreeSet::new();
    for entry in list(Some(value), "trusted_authorities")? {
        let entry = object(entry, "trusted_authorities")?;
        let of_type = text(entry.get("type"), "trusted_authorities.type")?;
        let values = texts(entry.get("values"), "trusted_authorities.values")?;
        if of_type == "aki" {
            for id in values {
                let id = base64url::decode(id, "aki").map_err(|_| invalid("trusted_authorities.values"))?;
                authority_key_ids.insert(id);
            }
        }
    }
    Ok(Some(TrustedAuthorities { authority_key_ids }))
}

fn invalid(place: &'static str) -> WalletError {
    Code::DcqlInvalid.at(place)
}

fn object<'a>(value: &'a Value, place: &'static str) -> Result<&'a Object> {
    value.as_object().ok_or_else(|| invalid(place))
}

/// A non-empty array.
fn list<'a>(value: Option<&'a Value>, place: &'static str) -> Result<&'a [Value]> {
    let list = value.and_then(Value::as_array).filter(|list| !list.is_empty());
    list.map(Vec::as_slice).ok_or_else(|| invalid(place))
}

/// A non-empty string.
fn text<'a>(value: Option<&'a Value>, place: &'static str) -> Result<&'a str> {
    value.and_then(Value::as_str).filter(|text| !text.is_empty()).ok_or_else(|| invalid(place))
}

/// A non-empty array of non-empty strings.
fn texts(value: Option<&Value>, place: &'static str) -> Result<Vec<String>> {
    list(value, place)?.iter().map(|value| text(Some(value), place).map(str::to_owned)).collect()
}

/// A non-empty string of ASCII letters, digits, `_` and `-`.
fn identifier(value: Option<&Value>, place: &'static str) -> Result<String> {
    let id = text(value, place)?;
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if id.bytes().all(allowed) { Ok(id.to_owned()) } else { Err(invalid(place)) }
}

/// An optional boolean.
fn flag(object: &Object, name: &'static str) -> Result<Option<bool>> {
    match object.get(name) {
        None => Ok(None),
        Some(value) => value.as_bool().map(Some).ok_or_else(|| invalid(name)),
    }
}
