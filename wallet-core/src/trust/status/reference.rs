//! The place in a status list that a credential names.

use minicbor::{Decode, Encode};
use serde_json::{Map, Value};

use crate::cbor::{self, Reader};
use crate::error::{Code, Result};
use crate::limits;

const PLACE: &str = "status";

/// `status_list` of a credential: which list, and where in it (Token Status List 6.2, 6.3).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Encode, Decode)]
pub struct StatusReference {
    /// `uri`: where the list lies, and what it calls itself.
    #[n(0)]
    pub uri: String,
    /// `idx`: the place, from 0.
    #[n(1)]
    pub index: u64,
}

impl StatusReference {
    /// Reads it from the claims of a credential in JSON; `None` when they name no status list.
    ///
    /// # Errors
    /// [`Code::StatusReferenceMalformed`] when they name one in another form than the standard's.
    pub fn from_claims(claims: &Map<String, Value>) -> Result<Option<Self>> {
        let malformed = || Code::StatusReferenceMalformed.at(PLACE);
        let Some(status) = claims.get("status") else { return Ok(None) };
        let Some(reference) = status.as_object().ok_or_else(malformed)?.get("status_list") else {
            return Ok(None);
        };
        let index = reference.get("idx").and_then(Value::as_u64);
        let uri = reference.get("uri").and_then(Value::as_str);
        Self::new(uri, index).map(Some)
    }

    /// Reads it from the encoded `status` of a Mobile Security Object; `None` when it names no status list.
    ///
    /// # Errors
    /// What [`cbor::check`] finds; [`Code::StatusReferenceMalformed`] for another form than the standard's.
    pub fn from_mso(status: &[u8]) -> Result<Option<Self>> {
        cbor::check(status, PLACE)?;
        let (mut found, mut uri, mut index) = (false, None, None);
        Reader::new(status, Code::StatusReferenceMalformed, PLACE).text_map(|mechanism, reader| {
            if mechanism != "status_list" {
                return reader.skip();
            }
            found = true;
            reader.text_map(|member, reader| {
                match member {
                    "uri" => uri = Some(reader.text()?),
                    "idx" => index = u64::try_from(reader.i64()?).ok(),
                    _ => reader.skip()?,
                }
                Ok(())
            })
        })?;
        found.then(|| Self::new(uri, index)).transpose()
    }

    fn new(uri: Option<&str>, index: Option<u64>) -> Result<Self> {
        let uri = uri.filter(|uri| !uri.is_empty() && uri.len() <= limits::STATUS_URI);
        uri.zip(index)
            .map(|(uri, index)| Self { uri: uri.to_owned(), index })
            .ok_or_else(|| Code::StatusReferenceMalformed.at(PLACE))
    }
}
