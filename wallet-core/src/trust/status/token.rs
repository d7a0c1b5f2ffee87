//! A Status List Token: a list with its issuer's signature, as JWT or CWT (Token Status List 5).

use minicbor::data::Type;
use serde_json::Value;

use super::list::{Bits, StatusList};
use crate::asn1;
use crate::cbor::{self, Reader};
use crate::cose::Sign1;
use crate::crypto::p256::PublicKey;
use crate::error::{Code, Result};
use crate::jose::base64url;
use crate::jose::jws::Jws;
use crate::json;
use crate::limits;
use crate::time::UnixTime;
use crate::trust::{Anchors, Channel, PathProfile, Role, TrustedChain};

/// `typ` of a list as JWT, and its media type after `application/`.
pub const JWT_TYPE: &str = "statuslist+jwt";
/// `typ` of a list as CWT: its media type.
pub const CWT_TYPE: &str = "application/statuslist+cwt";
/// What a list is asked for as: the form that HAIP requires, or the other.
pub const ACCEPT: &str = "application/statuslist+jwt, application/statuslist+cwt;q=0.9";

/// Labels of a list's claims as CWT (RFC 8392 3.1.1; Token Status List 14.2).
pub(crate) mod labels {
    pub(crate) const SUB: i64 = 2;
    pub(crate) const EXP: i64 = 4;
    pub(crate) const IAT: i64 = 6;
    pub(crate) const STATUS_LIST: i64 = 65_533;
    pub(crate) const TTL: i64 = 65_534;
}

const PLACE: &str = "status list token";

/// A list that passed every check. Only [`verify`] makes one.
#[derive(Debug, Clone)]
pub struct StatusListToken {
    list: StatusList,
    expires_at: Option<UnixTime>,
    ttl: Option<i64>,
    signer: TrustedChain,
}

impl StatusListToken {
    /// The list.
    #[must_use]
    pub fn list(&self) -> &StatusList {
        &self.list
    }

    /// Who signed it.
    #[must_use]
    pub fn signer(&self) -> &TrustedChain {
        &self.signer
    }

    /// Until when a list that was fetched at `at` needs no other: its `ttl`, at most its `exp`. Of lists that say nothing,
    /// [`limits::STATUS_FRESH_SECONDS`].
    #[must_use]
    pub fn fresh_until(&self, at: UnixTime) -> UnixTime {
        let ttl = self.ttl.unwrap_or(limits::STATUS_FRESH_SECONDS);
        let fresh = at.plus(ttl.clamp(limits::STATUS_TTL_MIN_SECONDS, limits::STATUS_TTL_MAX_SECONDS));
        self.expires_at.map_or(fresh, |exp| fresh.min(exp))
    }

    /// Until when what a list says counts that was fetched at `at`: its `exp`. Of lists that have none,
    /// [`limits::STATUS_FRESH_SECONDS`], or as long as it is fresh.
    #[must_use]
    pub fn good_until(&self, at: UnixTime) -> UnixTime {
        let longest = at.plus(limits::STATUS_TTL_MAX_SECONDS);
        let without = at.plus(limits::STATUS_FRESH_SECONDS).max(self.fresh_until(at));
        self.expires_at.map_or(without, |exp| exp.min(longest))
    }

    /// Whether whoever stands behind the issuer of a credential stands behind this list. Nobody else's list says anything about
    /// it, however trusted they are for their own.
    ///
    /// # Errors
    /// [`Code::StatusListNotTheIssuers`].
    pub fn is_of<'a>(&self, authority_key_ids: impl IntoIterator<Item = &'a [u8]>) -> Result<()> {
        let own = self.signer.authority_key_ids();
        let shared = authority_key_ids.into_iter().any(|id| own.contains(&id));
        if shared { Ok(()) } else { Err(Code::StatusListNotTheIssuers.error()) }
    }
}

/// Verifies the list that was fetched from `uri`, in either form.
///
/// # Errors
/// - [`Code::StatusListTypInvalid`]; those of a JWS or COSE message, and of a chain, which must lead to an anchor for
///   issuers; [`Code::StatusListSignatureInvalid`];
/// - [`Code::StatusListMalformed`], [`Code::StatusListTooLarge`];
/// - [`Code::StatusListNotThisOne`] when it is a list, but that of another address;
/// - [`Code::StatusListNotYetValid`], [`Code::StatusListExpired`].
pub fn verify(
    token: &[u8],
    uri: &str,
    anchors: &Anchors,
    channel: Channel,
    at: UnixTime,
) -> Result<StatusListToken> {
    // A COSE_Sign1 begins with a tag or an array, a JWS with base64url: no byte begins both.
    let (claims, signer) = match token.first() {
        Some(first) if first.is_ascii() => jwt(token, anchors, channel, at)?,
        _ => cwt(token, anchors, channel, at)?,
    };
    if claims.sub != uri {
        return Err(Code::StatusListNotThisOne.at("sub"));
    }
    if claims.issued_at > at.plus(limits::CLOCK_SKEW_SECONDS) {
        return Err(Code::StatusListNotYetValid.at("iat"));
    }
    let late = at.plus(-limits::CLOCK_SKEW_SECONDS);
    if claims.expires_at.is_some_and(|exp| late >= exp) {
        return Err(Code::StatusListExpired.at("exp"));
    }
    let list = StatusList::inflate(claims.bits, &claims.lst)?;
    Ok(StatusListToken { list, expires_at: claims.expires_at, ttl: claims.ttl, signer })
}

/// What both forms say.
struct Claims {
    sub: String,
    issued_at: UnixTime,
    expires_at: Option<UnixTime>,
    ttl: Option<i64>,
    bits: Bits,
    /// zlib.
    lst: Vec<u8>,
}

fn malformed(member: &'static str) -> crate::WalletError {
    Code::StatusListMalformed.at(member)
}

fn authenticate(
    ders: &[impl AsRef<[u8]>],
    anchors: &Anchors,
    channel: Channel,
    at: UnixTime,
) -> Result<TrustedChain> {
    let chain = asn1::parse_chain(ders)?;
    anchors.authenticate(&chain, PathProfile::StatusListSigner, Role::Issuer, channel, at)
}

fn signed<'a>(
    verify: impl FnOnce(&PublicKey) -> Option<&'a [u8]>,
    signer: &TrustedChain,
) -> Result<&'a [u8]> {
    verify(signer.leaf().public_key()).ok_or_else(|| Code::StatusListSignatureInvalid.error())
}

fn jwt(token: &[u8], anchors: &Anchors, channel: Channel, at: UnixTime) -> Result<(Claims, TrustedChain)> {
    // Some servers end a text with a line.
    let compact = std::str::from_utf8(token).map_err(|_| Code::JwsMalformed.at(PLACE))?.trim_ascii_end();
    let jws = Jws::parse(compact, PLACE)?;
    if jws.header_text("typ") != Some(JWT_TYPE) {
        return Err(Code::StatusListTypInvalid.at("typ"));
    }
    // HAIP 1.0 6.1 wants the chain in the token (EU-46).
    let ders = jws.x5c()?.ok_or_else(|| Code::ChainLengthInvalid.at("x5c"))?;
    let signer = authenticate(&ders, anchors, channel, at)?;
    let payload = json::parse_object(signed(|key| jws.verify(key), &signer)?, PLACE)?;
    let date = |name| match payload.get(name) {
        None => Ok(None),
        Some(value) => value.as_i64().map(|seconds| Some(UnixTime(seconds))).ok_or_else(|| malformed(name)),
    };
    let ttl = match payload.get("ttl") {
        None => None,
        Some(value) => Some(positive(value.as_i64())?),
    };
    let list = payload.get("status_list").and_then(Value::as_object);
    let list = list.ok_or_else(|| malformed("status_list"))?;
    let lst = list.get("lst").and_then(Value::as_str).ok_or_else(|| malformed("lst"))?;
    let claims = Claims {
        sub: payload.get("sub").and_then(Value::as_str).ok_or_else(|| malformed("sub"))?.to_owned(),
        issued_at: date("iat")?.ok_or_else(|| malformed("iat"))?,
        expires_at: date("exp")?,
        ttl,
        bits: bits(list.get("bits").and_then(Value::as_u64))?,
        lst: base64url::decode(lst, "lst").map_err(|_| malformed("lst"))?,
    };
    Ok((claims, signer))
}

fn cwt(token: &[u8], anchors: &Anchors, channel: Channel, at: UnixTime) -> Result<(Claims, TrustedChain)> {
    let message = Sign1::parse(token, PLACE)?;
    if message.typ() != Some(CWT_TYPE) {
        return Err(Code::StatusListTypInvalid.at("typ"));
    }
    let signer = authenticate(message.x5chain(), anchors, channel, at)?;
    let payload = signed(|key| message.verify(key), &signer)?;
    Ok((read_cwt_claims(payload)?, signer))
}

fn read_cwt_claims(payload: &[u8]) -> Result<Claims> {
    cbor::check(payload, PLACE)?;
    let mut reader = Reader::new(payload, Code::StatusListMalformed, PLACE);
    let (mut sub, mut issued_at, mut expires_at, mut ttl) = (None, None, None, None);
    let (mut size, mut lst) = (None, None);
    for _ in 0..reader.map()? {
        if reader.datatype()? == Type::String {
            reader.skip()?;
            reader.skip()?;
            continue;
        }
        match reader.i64()? {
            labels::SUB => sub = Some(reader.text()?.to_owned()),
            labels::IAT => issued_at = Some(UnixTime(reader.i64()?)),
            labels::EXP => expires_at = Some(UnixTime(reader.i64()?)),
            labels::TTL => ttl = Some(positive(Some(reader.i64()?))?),
            labels::STATUS_LIST => reader.text_map(|member, reader| {
                match member {
                    "bits" => size = u64::try_from(reader.i64()?).ok(),
                    "lst" => lst = Some(reader.bytes()?.to_vec()),
                    _ => reader.skip()?,
                }
                Ok(())
            })?,
            _ => reader.skip()?,
        }
    }
    Ok(Claims {
        sub: sub.ok_or_else(|| malformed("sub"))?,
        issued_at: issued_at.ok_or_else(|| malformed("iat"))?,
        expires_at,
        ttl,
        bits: bits(size)?,
        lst: lst.ok_or_else(|| malformed("lst"))?,
    })
}

fn bits(bits: Option<u64>) -> Result<Bits> {
    bits.and_then(Bits::new).ok_or_else(|| malformed("bits"))
}

fn positive(ttl: Option<i64>) -> Result<i64> {
    ttl.filter(|ttl| *ttl > 0).ok_or_else(|| malformed("ttl"))
}
