//! A certificate that somebody decided to trust, and for what.

use std::collections::BTreeSet;

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Decoder, Encode, Encoder, decode, encode};

use super::list::ListName;
use super::scope::{Channel, Role, Side};
use crate::asn1::{Certificate, KeyUsage};
use crate::error::{Code, Result};
use crate::time::UnixTime;

/// An authority and what it may vouch for. Its certificate is a CA's and may sign certificates: there is no other way
/// to make one. Whether it is still valid is asked at each use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustAnchor {
    side: Option<Side>,
    role: Role,
    channels: BTreeSet<Channel>,
    types: BTreeSet<String>,
    source: String,
    next_update: Option<UnixTime>,
    certificate: Certificate,
}

impl TrustAnchor {
    /// Takes a certificate into a list: for every channel and every type of credential, until narrowed.
    /// `source` says where it comes from: "pinned file", or the address of a published list.
    ///
    /// # Errors
    /// [`Code::AnchorInvalid`] unless it is a CA certificate with `keyCertSign` and without critical extensions that
    /// the core does not know, and has not expired.
    pub fn new(list: ListName, certificate: Certificate, source: &str, at: UnixTime) -> Result<Self> {
        check_authority(&certificate)?;
        if at > certificate.not_after() {
            return Err(Code::AnchorInvalid.at("notAfter"));
        }
        Ok(Self {
            side: list.side(),
            role: list.role(),
            channels: Channel::ALL.into(),
            types: BTreeSet::new(),
            source: source.to_owned(),
            next_update: None,
            certificate,
        })
    }

    /// Narrowed to these channels.
    #[must_use]
    pub fn with_channels(mut self, channels: impl IntoIterator<Item = Channel>) -> Self {
        self.channels = channels.into_iter().collect();
        self
    }

    /// Narrowed to these doctypes and vcts, as a VICAL lists them (ISO 18013-5 Annex C). None means any.
    #[must_use]
    pub fn with_types<T: Into<String>>(mut self, types: impl IntoIterator<Item = T>) -> Self {
        self.types = types.into_iter().map(Into::into).collect();
        self
    }

    /// When the list that it comes from is due to be fetched again.
    #[must_use]
    pub fn with_next_update(mut self, next_update: UnixTime) -> Self {
        self.next_update = Some(next_update);
        self
    }

    /// Whose anchor it is; `None` for HTTPS.
    #[must_use]
    pub fn side(&self) -> Option<Side> {
        self.side
    }

    /// Which part those play whom it certifies.
    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }

    /// The channels it is good for.
    #[must_use]
    pub fn channels(&self) -> &BTreeSet<Channel> {
        &self.channels
    }

    /// The doctypes and vcts that it may stand behind; empty means any.
    #[must_use]
    pub fn types(&self) -> &BTreeSet<String> {
        &self.types
    }

    /// Where it comes from.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// When its list is due to be fetched again, where a list says so. An overdue list still serves offline (EU-44);
    /// what to make of it is for the profile.
    #[must_use]
    pub fn next_update(&self) -> Option<UnixTime> {
        self.next_update
    }

    /// The certificate.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Whether it may stand behind a credential of this doctype or vct.
    #[must_use]
    pub fn allows_type(&self, doctype_or_vct: &str) -> bool {
        self.types.is_empty() || self.types.contains(doctype_or_vct)
    }
}

/// What every anchor must be, at any time.
fn check_authority(certificate: &Certificate) -> Result<()> {
    if !certificate.is_ca() {
        return Err(Code::AnchorInvalid.at("basicConstraints"));
    }
    if !certificate.key_usage().is_some_and(|usage| usage.contains(KeyUsage::KEY_CERT_SIGN)) {
        return Err(Code::AnchorInvalid.at("keyUsage"));
    }
    // A constraint that cannot be kept must not be ignored, in an anchor as elsewhere (RFC 5280 4.2).
    if !certificate.unknown_critical_extensions().is_empty() {
        return Err(Code::AnchorInvalid.at("extensions"));
    }
    // Nothing can chain to it by name.
    if certificate.subject().is_empty() {
        return Err(Code::AnchorInvalid.at("subject"));
    }
    Ok(())
}

/// How an anchor is stored; the vault adds the version of the schema.
#[derive(Encode, Decode)]
struct Record {
    #[n(0)]
    side: Option<Side>,
    #[n(1)]
    role: Role,
    #[n(2)]
    channels: BTreeSet<Channel>,
    #[n(3)]
    types: BTreeSet<String>,
    #[n(4)]
    source: String,
    #[n(5)]
    next_update: Option<i64>,
    #[n(6)]
    certificate: ByteVec,
}

impl<C> Encode<C> for TrustAnchor {
    fn encode<W: encode::Write>(
        &self,
        encoder: &mut Encoder<W>,
        context: &mut C,
    ) -> Result<(), encode::Error<W::Error>> {
        let record = Record {
            side: self.side,
            role: self.role,
            channels: self.channels.clone(),
            types: self.types.clone(),
            source: self.source.clone(),
            next_update: self.next_update.map(|time| time.0),
            certificate: self.certificate.der().to_vec().into(),
        };
        record.encode(encoder, context)
    }
}

impl<'b, C> Decode<'b, C> for TrustAnchor {
    /// Reads what was stored, and checks again that it is an authority. One that has expired since is still read: the
    /// list shows it, and no chain passes by it.
    fn decode(decoder: &mut Decoder<'b>, context: &mut C) -> Result<Self, decode::Error> {
        let record = Record::decode(decoder, context)?;
        let certificate = Certificate::from_der(&record.certificate, "anchor")
            .and_then(|certificate| check_authority(&certificate).map(|()| certificate))
            .map_err(decode::Error::custom)?;
        Ok(Self {
            side: record.side,
            role: record.role,
            channels: record.channels,
            types: record.types,
            source: record.source,
            next_update: record.next_update.map(UnixTime),
            certificate,
        })
    }
}
