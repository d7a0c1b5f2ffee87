//! What the issuer signs (ISO 18013-5 9.1.2.4): digests of the elements, the device key, the validity.

use std::collections::BTreeMap;

use crate::cbor::{self, Reader, TAG_TDATE};
use crate::cose;
use crate::crypto::hash::HashAlg;
use crate::crypto::p256::PublicKey;
use crate::error::{Code, Result};
use crate::time::UnixTime;

/// Where errors in the object are found.
const PLACE: &str = "MobileSecurityObject";

/// The Mobile Security Object.
///
/// ```cddl
/// MobileSecurityObjectBytes = #6.24(bstr .cbor MobileSecurityObject)
/// MobileSecurityObject = { "version": "1.0",
///                          "digestAlgorithm": "SHA-256" / "SHA-384" / "SHA-512",
///                          "valueDigests": { + NameSpace => { + DigestID => Digest } },
///                          "deviceKeyInfo": { "deviceKey": COSE_Key, * tstr => any },
///                          "docType": tstr,
///                          "validityInfo": ValidityInfo,
///                          ? "status": Status }          ; second edition, kept as it came
/// DigestID = uint
/// Digest = bstr
/// ```
pub struct MobileSecurityObject<'a> {
    /// `digestAlgorithm`.
    pub digest_algorithm: HashAlg,
    /// `deviceKey`, a point that was checked.
    pub device_key: PublicKey,
    /// `docType`.
    pub doc_type: &'a str,
    /// `validityInfo`.
    pub validity: ValidityInfo,
    /// `status`, encoded: where to learn whether the mdoc was revoked (EU-46).
    pub status: Option<&'a [u8]>,
    value_digests: BTreeMap<&'a str, BTreeMap<u32, &'a [u8]>>,
}

/// When an mdoc counts. This is technical validity, not the `expiry_date` of the document that it stands for.
///
/// ```cddl
/// ValidityInfo = { "signed": tdate, "validFrom": tdate, "validUntil": tdate, ? "expectedUpdate": tdate }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValidityInfo {
    /// When it was signed.
    pub signed: UnixTime,
    /// From when it counts.
    pub valid_from: UnixTime,
    /// Until when it counts.
    pub valid_until: UnixTime,
    /// When the issuer expects to sign it anew.
    pub expected_update: Option<UnixTime>,
}

impl<'a> MobileSecurityObject<'a> {
    /// Reads the payload of `issuerAuth`, MobileSecurityObjectBytes. Members that the standard does not name are
    /// skipped.
    ///
    /// # Errors
    /// What [`cbor::check`] finds; [`Code::MdocVersionUnsupported`], [`Code::MdocDigestAlgUnsupported`],
    /// [`Code::MdocDeviceKeyInvalid`]; [`Code::DateInvalid`] for a time that is not a `tdate`;
    /// [`Code::MdocMalformed`] for another structure.
    pub fn parse(payload: &'a [u8]) -> Result<Self> {
        cbor::check(payload, PLACE)?;
        let inner = Reader::new(payload, Code::MdocMalformed, PLACE).embedded()?.inner;
        cbor::check(inner, PLACE)?;

        let mut reader = Reader::new(inner, Code::MdocMalformed, PLACE);
        let (mut version, mut digest_algorithm, mut value_digests) = (None, None, None);
        let (mut device_key, mut doc_type, mut validity, mut status) = (None, None, None, None);
        reader.text_map(|name, reader| {
            match name {
                "version" => version = Some(reader.text()?),
                "digestAlgorithm" => digest_algorithm = Some(reader.text()?),
                "valueDigests" => value_digests = Some(read_value_digests(reader)?),
                "deviceKeyInfo" => device_key = read_device_key(reader)?,
                "docType" => doc_type = Some(reader.text()?),
                "validityInfo" => validity = Some(ValidityInfo::read(reader)?),
                "status" => status = Some(reader.item()?),
                _ => reader.skip()?,
            }
            Ok(())
        })?;

        let missing = || Code::MdocMalformed.at(PLACE);
        if version.ok_or_else(missing)? != "1.0" {
            return Err(Code::MdocVersionUnsupported.at(PLACE));
        }
        Ok(Self {
            digest_algorithm: HashAlg::from_mso_name(digest_algorithm.ok_or_else(missing)?)
                .ok_or_else(|| Code::MdocDigestAlgUnsupported.at(PLACE))?,
            device_key: cose::key::read(device_key.ok_or_else(missing)?, "deviceKey")
                .map_err(|_| Code::MdocDeviceKeyInvalid.at("deviceKey"))?,
            doc_type: doc_type.ok_or_else(missing)?,
            validity: validity.ok_or_else(missing)?,
            status,
            value_digests: value_digests.ok_or_else(missing)?,
        })
    }

    /// The digest that the issuer signed for an element.
    #[must_use]
    pub fn value_digest(&self, name_space: &str, digest_id: u32) -> Option<&'a [u8]> {
        self.value_digests.get(name_space)?.get(&digest_id).copied()
    }
}

fn read_value_digests<'a>(reader: &mut Reader<'a>) -> Result<BTreeMap<&'a str, BTreeMap<u32, &'a [u8]>>> {
    let mut value_digests = BTreeMap::new();
    reader.text_map(|name_space, reader| {
        let length = reader.map()?;
        let digests = (0..length).map(|_| Ok((reader.u32()?, reader.bytes()?))).collect::<Result<_>>()?;
        value_digests.insert(name_space, digests);
        Ok(())
    })?;
    Ok(value_digests)
}

fn read_device_key<'a>(reader: &mut Reader<'a>) -> Result<Option<&'a [u8]>> {
    let mut device_key = None;
    reader.text_map(|name, reader| {
        match name {
            "deviceKey" => device_key = Some(reader.item()?),
            _ => reader.skip()?,
        }
        Ok(())
    })?;
    Ok(device_key)
}

impl ValidityInfo {
    fn read(reader: &mut Reader<'_>) -> Result<Self> {
        let (mut signed, mut valid_from, mut valid_until, mut expected_update) = (None, None, None, None);
        reader.text_map(|name, reader| {
            match name {
                "signed" => signed = Some(read_tdate(reader, "signed")?),
                "validFrom" => valid_from = Some(read_tdate(reader, "validFrom")?),
                "validUntil" => valid_until = Some(read_tdate(reader, "validUntil")?),
                "expectedUpdate" => expected_update = Some(read_tdate(reader, "expectedUpdate")?),
                _ => reader.skip()?,
            }
            Ok(())
        })?;
        let missing = || Code::MdocMalformed.at("validityInfo");
        Ok(Self {
            signed: signed.ok_or_else(missing)?,
            valid_from: valid_from.ok_or_else(missing)?,
            valid_until: valid_until.ok_or_else(missing)?,
            expected_update,
        })
    }
}

/// `tdate = #6.0(tstr)`.
fn read_tdate(reader: &mut Reader<'_>, place: &'static str) -> Result<UnixTime> {
    reader.tag(TAG_TDATE)?;
    UnixTime::from_tdate(reader.text()?, place)
}
