//! Where things are in the compact text of a stored credential, so that presenting is cutting and joining.

use minicbor::{Decode, Encode};

use super::compact::SdJwt;
use crate::credential::path::ClaimLocation;
use crate::crypto::hash::HashAlg;
use crate::error::{Code, Result};

/// The layout of one stored SD-JWT VC: made when it was verified, kept beside its text.
///
/// It names claims, never their values. It is stored as CBOR:
///
/// ```cddl
/// Layout      = [ alg: 256 / 384 / 512, issuer-jwt: uint, [* Disclosure] ]  ; lengths and offsets in bytes
/// Disclosure  = [ start: uint, end: uint, ClaimLocation ]
/// ```
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub struct Layout {
    /// The hash algorithm of the credential (`_sd_alg`), which `sd_hash` uses too.
    #[cbor(n(0), with = "stored_alg")]
    pub(super) alg: HashAlg,
    /// The length of the issuer JWT.
    #[n(1)]
    pub(super) issuer_jwt: u32,
    /// The disclosures, as they stand in the text.
    #[n(2)]
    pub(super) disclosures: Vec<LaidOut>,
}

/// One disclosure in the text.
#[derive(Clone, PartialEq, Eq, Encode, Decode)]
pub(super) struct LaidOut {
    #[n(0)]
    start: u32,
    #[n(1)]
    end: u32,
    /// The claim that it discloses.
    #[n(2)]
    pub(super) location: ClaimLocation,
}

impl Layout {
    /// The layout of a text whose disclosures were placed.
    pub(super) fn new(sd_jwt: &SdJwt<'_>, placed: Vec<ClaimLocation>, alg: HashAlg) -> Result<Self> {
        let offset = |at: usize| u32::try_from(at).map_err(|_| Code::SdJwtMalformed.at("length"));
        let mut start = sd_jwt.issuer_jwt_len + 1;
        let mut disclosures = Vec::with_capacity(placed.len());
        for (text, location) in sd_jwt.disclosures.iter().zip(placed) {
            let end = start + text.len();
            disclosures.push(LaidOut { start: offset(start)?, end: offset(end)?, location });
            start = end + 1;
        }
        Ok(Self { alg, issuer_jwt: offset(sd_jwt.issuer_jwt_len)?, disclosures })
    }

    /// The locations that are disclosures of their own: what can be shown or left out one by one.
    pub fn disclosable(&self) -> impl Iterator<Item = &ClaimLocation> {
        self.disclosures.iter().map(|disclosure| &disclosure.location)
    }

    /// The issuer JWT in the text that this is the layout of.
    ///
    /// # Errors
    /// [`Code::RecordDamaged`] when it is the layout of another text.
    pub(super) fn issuer_jwt<'a>(&self, compact: &'a str) -> Result<&'a str> {
        cut(compact, 0, self.issuer_jwt)
    }
}

impl LaidOut {
    /// The disclosure in the text.
    ///
    /// # Errors
    /// [`Code::RecordDamaged`] when it is the layout of another text.
    pub(super) fn text<'a>(&self, compact: &'a str) -> Result<&'a str> {
        cut(compact, self.start, self.end)
    }
}

/// A part that a tilde follows, as each does in an SD-JWT: a layout of another text is noticed, if not always.
fn cut(compact: &str, start: u32, end: u32) -> Result<&str> {
    let (start, end) = (start as usize, end as usize);
    let part = compact.get(start..end).filter(|_| compact.as_bytes().get(end) == Some(&b'~'));
    part.ok_or_else(|| Code::RecordDamaged.at("layout"))
}

/// A hash algorithm as the number in its name.
mod stored_alg {
    use minicbor::decode::{Decoder, Error};
    use minicbor::encode::{Encoder, Write};

    use crate::crypto::hash::HashAlg;

    pub(super) fn encode<C, W: Write>(
        alg: &HashAlg,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        let number = match alg {
            HashAlg::Sha256 => 256,
            HashAlg::Sha384 => 384,
            HashAlg::Sha512 => 512,
        };
        e.u16(number)?.ok()
    }

    pub(super) fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<HashAlg, Error> {
        match d.u16()? {
            256 => Ok(HashAlg::Sha256),
            384 => Ok(HashAlg::Sha384),
            512 => Ok(HashAlg::Sha512),
            _ => Err(Error::message("unknown hash algorithm")),
        }
    }
}
