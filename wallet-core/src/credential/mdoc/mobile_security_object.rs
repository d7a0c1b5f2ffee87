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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cbor::Writer;
    use crate::crypto::p256::SecretKey;
    use crate::testing::{hex, vector};

    type Members = Vec<(&'static str, Vec<u8>)>;

    fn encoded(write: impl FnOnce(&mut Writer)) -> Vec<u8> {
        let mut out = Writer::default();
        write(&mut out);
        out.into_bytes()
    }

    fn map(members: &Members) -> Vec<u8> {
        encoded(|out| {
            out.map(members.len());
            members.iter().for_each(|(name, value)| _ = out.text(name).raw(value));
        })
    }

    fn tdate(text: &str) -> Vec<u8> {
        encoded(|out| _ = out.tag(0).text(text))
    }

    fn validity() -> Members {
        let date = tdate("2026-11-22T10:00:00Z");
        vec![("signed", date.clone()), ("validFrom", date.clone()), ("validUntil", date)]
    }

    fn members() -> Members {
        let key = SecretKey::random().unwrap().public_key();
        let key = encoded(|out| cose::key::write(&key, out));
        vec![
            ("version", encoded(|out| _ = out.text("1.0"))),
            ("digestAlgorithm", encoded(|out| _ = out.text("SHA-256"))),
            ("valueDigests", encoded(|out| _ = out.map(1).text("ns").map(1).int(7).bytes(&[1]))),
            ("deviceKeyInfo", map(&vec![("deviceKey", key)])),
            ("docType", encoded(|out| _ = out.text("type"))),
            ("validityInfo", map(&validity())),
        ]
    }

    /// The code when the MSO is embedded as it must be.
    fn code(members: &Members) -> Option<Code> {
        let payload = encoded(|out| _ = out.embedded(&map(members)));
        MobileSecurityObject::parse(&payload).err().map(|error| error.code())
    }

    fn with(name: &'static str, value: Vec<u8>) -> Members {
        let mut members = members();
        match members.iter_mut().find(|(known, _)| *known == name) {
            Some(member) => member.1 = value,
            None => members.push((name, value)),
        }
        members
    }

    #[test]
    fn reads_what_is_in_it() {
        let payload = encoded(|out| _ = out.embedded(&map(&with("status", hex("a10102")))));
        let mso = MobileSecurityObject::parse(&payload).unwrap();
        assert_eq!((mso.doc_type, mso.digest_algorithm), ("type", HashAlg::Sha256));
        assert_eq!(mso.value_digest("ns", 7), Some(&[1][..]));
        assert_eq!(mso.value_digest("ns", 8), None);
        assert_eq!(mso.value_digest("other", 7), None);
        assert_eq!(mso.status, Some(&hex("a10102")[..]));
        assert_eq!(mso.validity.signed, UnixTime(1_795_341_600));
        assert_eq!(mso.validity.expected_update, None);
    }

    #[test]
    fn each_member_is_required() {
        assert_eq!(code(&members()), None);
        for missing in 0..members().len() {
            let mut fewer = members();
            let (name, _) = fewer.remove(missing);
            assert_eq!(code(&fewer), Some(Code::MdocMalformed), "without {name}");
        }
        for missing in 0..3 {
            let mut fewer = validity();
            let (name, _) = fewer.remove(missing);
            assert_eq!(code(&with("validityInfo", map(&fewer))), Some(Code::MdocMalformed), "without {name}");
        }
        assert_eq!(code(&with("deviceKeyInfo", hex("a0"))), Some(Code::MdocMalformed));
        assert_eq!(code(&with("unknown", hex("00"))), None);
    }

    #[test]
    fn each_member_has_its_type() {
        for (name, value, expected) in [
            ("version", encoded(|out| _ = out.text("2.0")), Code::MdocVersionUnsupported),
            ("version", hex("01"), Code::MdocMalformed),
            ("digestAlgorithm", encoded(|out| _ = out.text("sha-256")), Code::MdocDigestAlgUnsupported),
            // digestID: a text, negative, beyond 32 bits; the digest: a text.
            (
                "valueDigests",
                encoded(|out| _ = out.map(1).text("ns").map(1).text("7").bytes(&[1])),
                Code::MdocMalformed,
            ),
            (
                "valueDigests",
                encoded(|out| _ = out.map(1).text("ns").map(1).int(-7).bytes(&[1])),
                Code::MdocMalformed,
            ),
            (
                "valueDigests",
                encoded(|out| _ = out.map(1).text("ns").map(1).int(1 << 32).bytes(&[1])),
                Code::MdocMalformed,
            ),
            (
                "valueDigests",
                encoded(|out| _ = out.map(1).text("ns").map(1).int(7).text("x")),
                Code::MdocMalformed,
            ),
            ("valueDigests", hex("80"), Code::MdocMalformed),
            ("docType", hex("4100"), Code::MdocMalformed),
            ("deviceKeyInfo", map(&vec![("deviceKey", hex("a0"))]), Code::MdocDeviceKeyInvalid),
        ] {
            assert_eq!(code(&with(name, value)), Some(expected), "{name}");
        }
        // A digestID twice, in two encodings.
        let doubled = [hex("a1626e73a2"), hex("074101"), hex("18074101")].concat();
        assert_eq!(code(&with("valueDigests", doubled)), Some(Code::CborKeyDoubled));
    }

    /// ISO 18013-5 9.1.2.4: `tdate`, in UTC, without a fraction of a second.
    #[test]
    fn times_are_tdates() {
        let with_signed = |value| {
            let mut validity = validity();
            validity[0].1 = value;
            code(&with("validityInfo", map(&validity)))
        };
        assert_eq!(with_signed(tdate("2026-11-22T09:59:59Z")), None);
        for text in ["2026-11-22T09:59:59.5Z", "2026-11-22T10:59:59+01:00", "2026-11-22", ""] {
            assert_eq!(with_signed(tdate(text)), Some(Code::DateInvalid), "{text}");
        }
        let untagged = encoded(|out| _ = out.text("2026-11-22T09:59:59Z"));
        assert_eq!(with_signed(untagged), Some(Code::MdocMalformed));
        let full_date = encoded(|out| _ = out.tag(1004).text("2026-11-22"));
        assert_eq!(with_signed(full_date), Some(Code::MdocMalformed));
    }

    #[test]
    fn the_payload_is_the_embedded_object_and_nothing_else() {
        let object = map(&members());
        let code = |payload: &[u8]| MobileSecurityObject::parse(payload).err().map(|error| error.code());
        assert_eq!(code(&object), Some(Code::MdocMalformed), "not embedded");
        let embedded = encoded(|out| _ = out.embedded(&object));
        assert_eq!(code(&[embedded, vec![0]].concat()), Some(Code::CborTrailingBytes));
        let embedded = encoded(|out| _ = out.embedded(&[object, vec![0]].concat()));
        assert_eq!(code(&embedded), Some(Code::CborTrailingBytes), "inside");
    }

    /// ISO 18013-5 D.5.2.
    #[test]
    fn the_object_of_annex_d_is_read() {
        let Some(v) = vector("iso18013-5-annex-d.json") else { return };
        let issuer_auth = hex(v["vectors"]["IssuerAuth"].as_str().unwrap());
        let message = crate::cose::Sign1::parse(&issuer_auth, "t").unwrap();
        let mso = MobileSecurityObject::parse(message.unverified_payload().unwrap()).unwrap();
        assert_eq!(mso.doc_type, "org.iso.18013.5.1.mDL");
        assert_eq!(mso.digest_algorithm, HashAlg::Sha256);
        assert_eq!(
            mso.value_digests.keys().copied().collect::<Vec<_>>(),
            ["org.iso.18013.5.1", "org.iso.18013.5.1.US"]
        );
        assert_eq!(mso.value_digests["org.iso.18013.5.1"].len(), 13);
        assert_eq!(mso.value_digests["org.iso.18013.5.1.US"].len(), 4);
    }
}
