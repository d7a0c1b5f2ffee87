//! The two header maps of a COSE message (RFC 9052 3).

use std::collections::BTreeSet;

use minicbor::data::Type;

use super::{LABEL_ALG, LABEL_TYP, LABEL_X5CHAIN};
use crate::cbor::Reader;
use crate::error::{Code, Result};
use crate::limits;

/// Header label `crit`.
const LABEL_CRIT: i64 = 2;

/// What the core reads of one header map. Labels it does not know are remembered, not their values.
#[derive(Default)]
pub(super) struct Headers<'a> {
    labels: BTreeSet<Label<'a>>,
    /// `alg`, when it is an int.
    pub(super) alg: Option<i64>,
    /// `typ`, when it is a text.
    pub(super) typ: Option<&'a str>,
    /// `x5chain`: DER certificates, leaf first.
    pub(super) x5chain: Option<Vec<&'a [u8]>>,
}

/// A header label: `int / tstr`.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Label<'a> {
    Int(i64),
    Text(&'a str),
}

impl<'a> Headers<'a> {
    /// Reads `header_map`.
    ///
    /// ```cddl
    /// header_map = { ? 1 => int / tstr,        ; alg
    ///                ? 2 => [+ label],         ; crit
    ///                ? 16 => uint / tstr,      ; typ
    ///                ? 33 => COSE_X509,        ; x5chain
    ///                * label => any }
    /// ```
    ///
    /// # Errors
    /// The reader's; [`Code::CoseCriticalUnknown`] when there is a `crit`: it names what must be understood, and none
    /// of the profiles uses it; [`Code::ChainLengthInvalid`] as [`x5chain`].
    pub(super) fn read(reader: &mut Reader<'a>, place: &'static str) -> Result<Self> {
        let mut headers = Self::default();
        for _ in 0..reader.map()? {
            let label = match reader.datatype()? {
                Type::String => Label::Text(reader.text()?),
                _ => Label::Int(reader.i64()?),
            };
            match label {
                Label::Int(LABEL_ALG) if reader.datatype()? != Type::String => {
                    headers.alg = Some(reader.i64()?)
                }
                Label::Int(LABEL_CRIT) => return Err(Code::CoseCriticalUnknown.at(place)),
                Label::Int(LABEL_TYP) if reader.datatype()? == Type::String => {
                    headers.typ = Some(reader.text()?)
                }
                Label::Int(LABEL_X5CHAIN) => headers.x5chain = Some(x5chain(reader)?),
                _ => reader.skip()?,
            }
            headers.labels.insert(label);
        }
        Ok(headers)
    }

    /// Whether a label is in both maps, which makes a message malformed (RFC 9052 3).
    pub(super) fn share_a_label(&self, other: &Self) -> bool {
        !self.labels.is_disjoint(&other.labels)
    }
}

/// Reads `COSE_X509 = bstr / [ 2*certs: bstr ]` (RFC 9360 2). An array of one is accepted: issuers write it.
///
/// # Errors
/// The reader's; [`Code::ChainLengthInvalid`] for no certificate, too many, or one that is too large.
fn x5chain<'a>(reader: &mut Reader<'a>) -> Result<Vec<&'a [u8]>> {
    let invalid = || Code::ChainLengthInvalid.at("x5chain");
    let length = if reader.datatype()? == Type::Array { reader.array()? } else { 1 };
    if length == 0 || length > limits::CHAIN_CERTIFICATES as u64 {
        return Err(invalid());
    }
    let chain: Vec<_> = (0..length).map(|_| reader.bytes()).collect::<Result<_>>()?;
    if chain.iter().any(|certificate| certificate.len() > limits::CERTIFICATE) {
        return Err(invalid());
    }
    Ok(chain)
}
