//! From elements to a signed IssuerSigned.

use std::collections::BTreeMap;

use super::deviation::{Deviation, ElementDeviation};
use super::value::{ElementValue, MapHeads};
use crate::cbor::{TAG_TDATE, Writer};
use crate::cose::{self, Payload};
use crate::credential::mdoc::ValidityInfo;
use crate::crypto::hash::HashAlg;
use crate::crypto::p256::{PublicKey, SecretKey};
use crate::crypto::random;
use crate::error::{Code, Result};
use crate::time::UnixTime;

/// Bytes of a salt: twice what ISO 18013-5 9.1.2.5 asks for.
const RANDOM: usize = 32;

/// Builds one mdoc: a correct one, unless told otherwise by [`IssuerSignedBuilder::deviate`].
#[derive(Clone)]
pub struct IssuerSignedBuilder {
    doc_type: String,
    validity: ValidityInfo,
    /// Encoded COSE_Key.
    device_key: Vec<u8>,
    name_spaces: Vec<NameSpace>,
    digest_algorithm: HashAlg,
    digest_algorithm_name: &'static str,
    decoys: usize,
    status: Option<Vec<u8>>,
    maps: MapHeads,
    alg: i64,
    version: &'static str,
    deviations: Vec<(&'static str, &'static str, ElementDeviation)>,
}

#[derive(Clone)]
struct NameSpace {
    name: String,
    elements: Vec<(String, ElementValue)>,
}

/// A name space whose elements are salted and hashed.
struct Sealed {
    /// The IssuerSignedItemBytes, in the order of the elements.
    items: Vec<Vec<u8>>,
    digests: BTreeMap<u32, Vec<u8>>,
}

impl IssuerSignedBuilder {
    /// An mdoc without elements, bound to `device_key`.
    #[must_use]
    pub fn new(doc_type: &str, validity: ValidityInfo, device_key: &PublicKey) -> Self {
        let mut cose_key = Writer::default();
        cose::key::write(device_key, &mut cose_key);
        Self {
            doc_type: doc_type.to_owned(),
            validity,
            device_key: cose_key.into_bytes(),
            name_spaces: Vec::new(),
            digest_algorithm: HashAlg::Sha256,
            digest_algorithm_name: mso_name(HashAlg::Sha256),
            decoys: 0,
            status: None,
            maps: MapHeads::Shortest,
            alg: cose::ALG_ES256,
            version: "1.0",
            deviations: Vec::new(),
        }
    }

    /// Adds an element at the end of its name space.
    #[must_use]
    pub fn element(mut self, name_space: &str, identifier: &str, value: impl Into<ElementValue>) -> Self {
        let element = (identifier.to_owned(), value.into());
        match self.name_spaces.iter_mut().find(|space| space.name == name_space) {
            Some(space) => space.elements.push(element),
            None => {
                self.name_spaces.push(NameSpace { name: name_space.to_owned(), elements: vec![element] });
            }
        }
        self
    }

    /// The digest algorithm; SHA-256 when not said.
    #[must_use]
    pub fn digest_algorithm(mut self, algorithm: HashAlg) -> Self {
        self.digest_algorithm = algorithm;
        self.digest_algorithm_name = mso_name(algorithm);
        self
    }

    /// This many digests of nothing in each name space, so that their number does not tell which elements a person has.
    #[must_use]
    pub fn decoys(mut self, per_name_space: usize) -> Self {
        self.decoys = per_name_space;
        self
    }

    /// The `status` of the Mobile Security Object, encoded.
    #[must_use]
    pub fn status(mut self, encoded: Vec<u8>) -> Self {
        self.status = Some(encoded);
        self
    }

    /// Heads of maps in three bytes, correct but longer than needed, as Credo 0.6.3 writes them.
    #[must_use]
    pub fn long_map_heads(mut self) -> Self {
        self.maps = MapHeads::ThreeBytes;
        self
    }

    /// Gets one thing wrong.
    #[must_use]
    pub fn deviate(mut self, deviation: Deviation) -> Self {
        match deviation {
            Deviation::Alg(alg) => self.alg = alg,
            Deviation::Version(version) => self.version = version,
            Deviation::DigestAlgorithm(name) => self.digest_algorithm_name = name,
            Deviation::DeviceKey(encoded) => self.device_key = encoded,
            Deviation::Element(name_space, identifier, how) => {
                self.deviations.push((name_space, identifier, how));
            }
        }
        self
    }

    /// Signs with the document signer's key: the encoded IssuerSigned, with `certificates` (DER, the document signer's
    /// first, without the anchor) in the unprotected header.
    ///
    /// # Errors
    /// When the operating system gives no random bytes.
    pub fn sign(&self, key: &SecretKey, certificates: &[&[u8]]) -> Result<Vec<u8>> {
        let sealed = self.name_spaces.iter().map(|space| self.seal(space)).collect::<Result<Vec<_>>>()?;

        let mut payload = Writer::default();
        payload.embedded(&self.mobile_security_object(&sealed));
        let unsigned = cose::Unsigned::new(
            &cose::alg_header(self.alg),
            &cose::x5chain_header(certificates),
            Payload::Attached(payload.as_bytes()),
        );
        let signature = key.sign(unsigned.to_sign());

        let mut out = Writer::default();
        self.maps.write(&mut out, 2);
        self.maps.write(out.text("nameSpaces"), sealed.len());
        for (space, Sealed { items, .. }) in self.name_spaces.iter().zip(&sealed) {
            out.text(&space.name).array(items.len());
            items.iter().for_each(|item| _ = out.raw(item));
        }
        out.text("issuerAuth").raw(&unsigned.finish(&signature));
        Ok(out.into_bytes())
    }

    fn seal(&self, space: &NameSpace) -> Result<Sealed> {
        let mut elements = Vec::new();
        for (identifier, value) in &space.elements {
            let deviation = self.deviation(&space.name, identifier);
            let times = if deviation == Some(ElementDeviation::Doubled) { 2 } else { 1 };
            elements.extend(std::iter::repeat_n((&**identifier, value, deviation), times));
        }
        let ids = shuffled_ids(elements.len() + self.decoys)?;
        let (first, decoys) = (ids.first(), ids.iter().skip(elements.len()));
        let mut sealed = Sealed { items: Vec::new(), digests: BTreeMap::new() };
        for (own_id, (identifier, value, deviation)) in ids.iter().zip(&elements) {
            let shared = *deviation == Some(ElementDeviation::SharedDigestId);
            let id = *first.filter(|_| shared).unwrap_or(own_id);
            let random =
                if let Some(ElementDeviation::Random(length)) = deviation { *length } else { RANDOM };
            let item = self.item(id, random, identifier, value)?;
            let digested: &[u8] = match deviation {
                Some(ElementDeviation::WrongDigest) => b"something else",
                _ => &item,
            };
            if *deviation != Some(ElementDeviation::MissingDigest) {
                sealed.digests.entry(id).or_insert_with(|| self.digest_algorithm.digest(digested));
            }
            sealed.items.push(item);
        }
        for id in decoys {
            let nothing: [u8; RANDOM] = random::array()?;
            sealed.digests.insert(*id, self.digest_algorithm.digest(&nothing));
        }
        Ok(sealed)
    }

    /// IssuerSignedItemBytes.
    fn item(&self, id: u32, random: usize, identifier: &str, value: &ElementValue) -> Result<Vec<u8>> {
        let mut random = vec![0; random];
        random::fill(&mut random)?;

        let mut item = Writer::default();
        self.maps.write(&mut item, 4);
        item.text("digestID").int(id.into()).text("random").bytes(&random);
        value.write(item.text("elementIdentifier").text(identifier).text("elementValue"), self.maps);
        let mut out = Writer::default();
        out.embedded(item.as_bytes());
        Ok(out.into_bytes())
    }

    fn mobile_security_object(&self, sealed: &[Sealed]) -> Vec<u8> {
        let mut out = Writer::default();
        self.maps.write(&mut out, if self.status.is_some() { 7 } else { 6 });
        out.text("version").text(self.version);
        out.text("digestAlgorithm").text(self.digest_algorithm_name);
        self.maps.write(out.text("valueDigests"), sealed.len());
        for (space, Sealed { digests, .. }) in self.name_spaces.iter().zip(sealed) {
            self.maps.write(out.text(&space.name), digests.len());
            digests.iter().for_each(|(id, digest)| _ = out.int((*id).into()).bytes(digest));
        }
        self.maps.write(out.text("deviceKeyInfo"), 1);
        out.text("deviceKey").raw(&self.device_key);
        out.text("docType").text(&self.doc_type).text("validityInfo");
        self.write_validity(&mut out);
        if let Some(status) = &self.status {
            out.text("status").raw(status);
        }
        out.into_bytes()
    }

    fn write_validity(&self, out: &mut Writer) {
        let ValidityInfo { signed, valid_from, valid_until, expected_update } = self.validity;
        let dates = [
            ("signed", Some(signed)),
            ("validFrom", Some(valid_from)),
            ("validUntil", Some(valid_until)),
            ("expectedUpdate", expected_update),
        ];
        let dates = dates.into_iter().filter_map(|(name, time): (_, Option<UnixTime>)| Some((name, time?)));
        self.maps.write(out, dates.clone().count());
        dates.for_each(|(name, time)| _ = out.text(name).tag(TAG_TDATE).text(&time.to_tdate()));
    }

    fn deviation(&self, name_space: &str, identifier: &str) -> Option<ElementDeviation> {
        let mut deviations = self.deviations.iter();
        deviations.find(|(n, e, _)| *n == name_space && *e == identifier).map(|(_, _, how)| *how)
    }
}

/// The name of an algorithm in `digestAlgorithm`.
fn mso_name(algorithm: HashAlg) -> &'static str {
    match algorithm {
        HashAlg::Sha256 => "SHA-256",
        HashAlg::Sha384 => "SHA-384",
        HashAlg::Sha512 => "SHA-512",
    }
}

/// The numbers 0 to `count` in random order: a `digestID` must not tell which element it is of.
fn shuffled_ids(count: usize) -> Result<Vec<u32>> {
    let count = u32::try_from(count).map_err(|_| Code::Internal.at("digestID"))?;
    let mut keyed = Vec::new();
    for id in 0..count {
        keyed.push((random::array::<8>()?, id));
    }
    // Sorted by random keys.
    keyed.sort_unstable();
    Ok(keyed.into_iter().map(|(_, id)| id).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cbor;
    use crate::credential::mdoc::testing::{AAMVA, MDL, World};
    use crate::credential::mdoc::{IssuerSigned, MobileSecurityObject};

    /// How many digests the Mobile Security Object has in a name space, for ids below 100.
    fn digests(issuer_signed: &[u8], name_space: &str) -> Vec<Vec<u8>> {
        let parsed = IssuerSigned::parse(issuer_signed).unwrap();
        let mso = MobileSecurityObject::parse(parsed.unverified_payload().unwrap()).unwrap();
        (0..100).filter_map(|id| mso.value_digest(name_space, id)).map(<[u8]>::to_vec).collect()
    }

    #[test]
    fn what_is_issued_is_strict_cbor_and_verifies() {
        let world = World::new();
        for licence in [world.licence(), world.licence().long_map_heads(), world.licence().decoys(9)] {
            let issuer_signed = world.sign(&licence);
            assert!(cbor::check(&issuer_signed, "t").is_ok());
            assert_eq!(world.verify(&issuer_signed).unwrap().locations().len(), 8);
        }
    }

    #[test]
    fn decoys_hide_how_many_elements_there_are() {
        let world = World::new();
        let plain = world.sign(&world.licence());
        assert_eq!((digests(&plain, MDL).len(), digests(&plain, AAMVA).len()), (6, 2));
        let hidden = world.sign(&world.licence().decoys(10));
        assert_eq!((digests(&hidden, MDL).len(), digests(&hidden, AAMVA).len()), (16, 12));
    }

    #[test]
    fn salts_are_fresh_and_digest_ids_are_shuffled() {
        let world = World::new();
        let (one, other) = (world.sign(&world.licence()), world.sign(&world.licence()));
        for digest in digests(&one, MDL) {
            assert!(!digests(&other, MDL).contains(&digest), "the same salt twice");
        }
        let mut ids = shuffled_ids(64).unwrap();
        assert_ne!(ids, (0..64).collect::<Vec<_>>(), "one chance in 64!");
        ids.sort_unstable();
        assert_eq!(ids, (0..64).collect::<Vec<_>>());
    }
}
