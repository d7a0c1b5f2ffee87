//! One certificate.

use std::sync::Arc;

use der::asn1::{AnyRef, BitStringRef, ObjectIdentifier};
use der::{Decode, Reader, SliceReader, Tag};
use x509_cert::spki::AlgorithmIdentifierRef;
use x509_cert::time::Time;
use x509_cert::{TbsCertificate, Version};

use super::extensions::{BasicConstraints, Extensions, KeyUsage, Purposes};
use super::name::Name;
use super::oid;
use crate::crypto::hash::sha256;
use crate::crypto::p256::{PublicKey, Signature};
use crate::error::{Code, Result};
use crate::limits;
use crate::time::UnixTime;

/// A certificate (RFC 5280 4.1) with a P-256 key: well formed, but trusted by nobody yet.
///
/// Keeps the bytes as they came; the signature is verified over the received `TBSCertificate`, never over one that
/// was encoded again. Cheap to clone.
#[derive(Clone)]
pub struct Certificate {
    parts: Arc<Parts>,
    key: PublicKey,
}

/// All but the public key: so that a list which holds other keys too can say whose they are.
pub(super) struct Parts {
    der: Vec<u8>,
    tbs: Vec<u8>,
    signature_algorithm: Vec<u8>,
    signature: Vec<u8>,
    issuer: Name,
    subject: Name,
    not_before: UnixTime,
    not_after: UnixTime,
    extensions: Extensions,
}

impl Certificate {
    /// Reads one certificate. `place` says in errors which one: `leaf`, `intermediate`, `anchor`.
    ///
    /// # Errors
    /// [`Code::CertificateMalformed`] when it is over [`limits::CERTIFICATE`], not strict DER, names no issuer, has an
    /// extension twice, or names two signature algorithms; [`Code::CertificateAlgUnsupported`] when its key is not
    /// on P-256.
    pub fn from_der(der: &[u8], place: &'static str) -> Result<Self> {
        let (parts, key) = Parts::read(der, place)?;
        Ok(Self::new(parts, key?))
    }

    pub(super) fn new(parts: Parts, key: PublicKey) -> Self {
        Self { parts: Arc::new(parts), key }
    }

    /// The bytes as they came.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.parts.der
    }

    /// SHA-256 of the bytes: what `x509_hash` names (OpenID4VP 1.0 5.9.3).
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        sha256(self.der())
    }

    /// The subject's public key.
    #[must_use]
    pub fn public_key(&self) -> &PublicKey {
        &self.key
    }

    /// Who issued it.
    #[must_use]
    pub fn issuer(&self) -> &Name {
        &self.parts.issuer
    }

    /// Whom it is about.
    #[must_use]
    pub fn subject(&self) -> &Name {
        &self.parts.subject
    }

    /// A name of the subject that a person can read; see [`Name`] for its parts.
    #[must_use]
    pub fn display_name(&self) -> String {
        self.parts.display_name()
    }

    /// The first second of its validity.
    #[must_use]
    pub fn not_before(&self) -> UnixTime {
        self.parts.not_before
    }

    /// The last second of its validity.
    #[must_use]
    pub fn not_after(&self) -> UnixTime {
        self.parts.not_after
    }

    /// `basicConstraints`; `None` when the extension is absent.
    #[must_use]
    pub fn basic_constraints(&self) -> Option<BasicConstraints> {
        self.parts.extensions.basic_constraints
    }

    /// Whether `basicConstraints` says that it may issue certificates.
    #[must_use]
    pub fn is_ca(&self) -> bool {
        self.basic_constraints().is_some_and(|constraints| constraints.ca)
    }

    /// `keyUsage`; `None` when the extension is absent.
    #[must_use]
    pub fn key_usage(&self) -> Option<KeyUsage> {
        self.parts.extensions.key_usage
    }

    /// `extKeyUsage`; `None` when the extension is absent.
    #[must_use]
    pub fn purposes(&self) -> Option<&Purposes> {
        self.parts.extensions.purposes.as_ref()
    }

    /// The `subjectKeyIdentifier`.
    #[must_use]
    pub fn subject_key_id(&self) -> Option<&[u8]> {
        self.parts.extensions.subject_key_id.as_deref()
    }

    /// The `keyIdentifier` of the `authorityKeyIdentifier`.
    #[must_use]
    pub fn authority_key_id(&self) -> Option<&[u8]> {
        self.parts.extensions.authority_key_id.as_deref()
    }

    /// The `dNSName`s of the `subjectAltName`, as written.
    #[must_use]
    pub fn dns_names(&self) -> &[String] {
        &self.parts.extensions.dns_names
    }

    /// The `uniformResourceIdentifier`s of the `subjectAltName`, as written.
    #[must_use]
    pub fn uris(&self) -> &[String] {
        &self.parts.extensions.uris
    }

    /// Critical extensions that the core does not evaluate. A certificate that has one must be refused (RFC 5280 4.2).
    #[must_use]
    pub fn unknown_critical_extensions(&self) -> &[ObjectIdentifier] {
        &self.parts.extensions.unknown_critical
    }

    /// Whether subject and issuer have the same name.
    #[must_use]
    pub fn is_self_issued(&self) -> bool {
        self.subject().is_same(self.issuer())
    }

    /// Whether it is self-issued and signed with its own key.
    #[must_use]
    pub fn is_self_signed(&self) -> bool {
        self.is_self_issued() && self.verify_signature(&self.key, "self").is_ok()
    }

    /// Whether both speak of the same subject with the same key, as a root and its renewal do.
    #[must_use]
    pub fn has_same_subject_and_key(&self, other: &Self) -> bool {
        self.subject().is_same(other.subject()) && self.key == other.key
    }

    /// Verifies the signature over the received bytes with the issuer's key. Says nothing else about the issuer.
    ///
    /// # Errors
    /// [`Code::CertificateAlgUnsupported`] unless the algorithm is `ecdsa-with-SHA256` without parameters;
    /// [`Code::CertificateSignatureInvalid`].
    pub fn verify_signature(&self, issuer: &PublicKey, place: &'static str) -> Result<()> {
        let algorithm = AlgorithmIdentifierRef::from_der(&self.parts.signature_algorithm)
            .map_err(|_| Code::CertificateMalformed.at(place))?;
        // RFC 5758 3.2: the parameters are absent, not NULL.
        if algorithm.oid != oid::ECDSA_WITH_SHA256 || algorithm.parameters.is_some() {
            return Err(Code::CertificateAlgUnsupported.at(place));
        }
        let invalid = || Code::CertificateSignatureInvalid.at(place);
        let signature = Signature::from_der(&self.parts.signature).map_err(|_| invalid())?;
        if issuer.verify(&self.parts.tbs, &signature) { Ok(()) } else { Err(invalid()) }
    }
}

impl Parts {
    /// Reads all but the key, and the key or why it is of no use.
    pub(super) fn read(der: &[u8], place: &'static str) -> Result<(Self, Result<PublicKey>)> {
        let malformed = || Code::CertificateMalformed.at(place);
        if der.len() > limits::CERTIFICATE {
            return Err(malformed());
        }
        let slices = Slices::cut(der).map_err(|_| malformed())?;
        let tbs = TbsCertificate::from_der(slices.tbs).map_err(|_| malformed())?;
        // RFC 5280 4.1.1.2: the algorithm is written twice, equal, and only the inner one is signed.
        if slices.inner_algorithm != slices.outer_algorithm {
            return Err(malformed());
        }
        if tbs.extensions().is_some() && tbs.version() != Version::V3 {
            return Err(malformed());
        }
        let extensions = tbs.extensions().map_or(&[][..], Vec::as_slice);
        let issuer = Name::new(slices.issuer, tbs.issuer());
        if issuer.is_empty() {
            return Err(malformed());
        }
        let parts = Self {
            der: der.to_vec(),
            tbs: slices.tbs.to_vec(),
            signature_algorithm: slices.outer_algorithm.to_vec(),
            signature: slices.signature.to_vec(),
            issuer,
            subject: Name::new(slices.subject, tbs.subject()),
            not_before: unix(tbs.validity().not_before),
            not_after: unix(tbs.validity().not_after),
            extensions: Extensions::read(extensions).map_err(|_| malformed())?,
        };
        Ok((parts, public_key(slices.public_key, place)))
    }

    /// What to call the subject: its common name, as ETSI EN 319 412-3 4.2.1 means it ("a name commonly used by the
    /// subject to represent itself"), but the organization where the common name is only one of the host names,
    /// as in certificates made for TLS. Without either, what there is; at last the hash.
    pub(super) fn display_name(&self) -> String {
        let subject = &self.subject;
        let hosts = &self.extensions.dns_names;
        let own_name = subject.common_name().filter(|name| !hosts.iter().any(|host| host == name));
        own_name
            .or_else(|| subject.organization())
            .or_else(|| subject.common_name())
            .or_else(|| hosts.first().map(String::as_str))
            .or_else(|| subject.organization_identifier())
            .or_else(|| self.extensions.uris.first().map(String::as_str))
            .map_or_else(|| short_hash(&self.der), str::to_owned)
    }

    pub(super) fn sha256(&self) -> [u8; 32] {
        sha256(&self.der)
    }
}

/// The parts of a certificate as they lie in the received bytes.
struct Slices<'a> {
    tbs: &'a [u8],
    inner_algorithm: &'a [u8],
    issuer: &'a [u8],
    subject: &'a [u8],
    public_key: &'a [u8],
    outer_algorithm: &'a [u8],
    signature: &'a [u8],
}

impl<'a> Slices<'a> {
    /// `Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue BIT STRING }` (RFC 5280 4.1).
    fn cut(der: &'a [u8]) -> der::Result<Self> {
        let mut reader = SliceReader::new(der)?;
        let out = reader.sequence(|certificate| -> der::Result<Self> {
            let tbs = certificate.tlv_bytes()?;
            let outer_algorithm = certificate.tlv_bytes()?;
            let signature = BitStringRef::decode(certificate)?;
            let signature = signature.as_bytes().ok_or_else(|| Tag::BitString.value_error())?;
            let mut reader = SliceReader::new(tbs)?;
            reader.sequence(|fields| -> der::Result<Self> {
                // version [0] EXPLICIT is absent in v1.
                if fields.peek_byte() == Some(0xa0) {
                    fields.tlv_bytes()?;
                }
                let _serial_number = fields.tlv_bytes()?;
                let inner_algorithm = fields.tlv_bytes()?;
                let issuer = fields.tlv_bytes()?;
                let _validity = fields.tlv_bytes()?;
                let subject = fields.tlv_bytes()?;
                let public_key = fields.tlv_bytes()?;
                // What follows was read, and judged, with the whole.
                while !fields.is_finished() {
                    fields.tlv_bytes()?;
                }
                Ok(Self { tbs, inner_algorithm, issuer, subject, public_key, outer_algorithm, signature })
            })
        })?;
        reader.finish()?;
        Ok(out)
    }
}

/// The key of a `SubjectPublicKeyInfo`, when it is on P-256.
fn public_key(spki: &[u8], place: &'static str) -> Result<PublicKey> {
    let malformed = || Code::CertificateMalformed.at(place);
    let mut reader = SliceReader::new(spki).map_err(|_| malformed())?;
    let algorithm: AlgorithmIdentifierRef<'_> = reader
        .sequence(|fields| -> der::Result<_> {
            let algorithm = AlgorithmIdentifierRef::decode(fields)?;
            let _key = fields.tlv_bytes()?;
            Ok(algorithm)
        })
        .map_err(|_| malformed())?;
    let on_p256 = |parameters: AnyRef<'_>| ObjectIdentifier::try_from(parameters) == Ok(oid::P256);
    if algorithm.oid != oid::EC_PUBLIC_KEY || !algorithm.parameters.is_some_and(on_p256) {
        return Err(Code::CertificateAlgUnsupported.at(place));
    }
    PublicKey::from_spki_der(spki).map_err(|_| malformed())
}

fn unix(time: Time) -> UnixTime {
    UnixTime(i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX))
}

fn short_hash(der: &[u8]) -> String {
    use std::fmt::Write;
    sha256(der).iter().take(8).fold(String::from("SHA-256 "), |mut out, byte| {
        // Writing to a String cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Reads the certificates of an `x5c` or `x5chain`, the leaf first.
///
/// # Errors
/// [`Code::ChainLengthInvalid`] for none or more than [`limits::CHAIN_CERTIFICATES`]; those of [`Certificate::from_der`].
pub fn parse_chain<T: AsRef<[u8]>>(ders: &[T]) -> Result<Vec<Certificate>> {
    if ders.is_empty() || ders.len() > limits::CHAIN_CERTIFICATES {
        return Err(Code::ChainLengthInvalid.error());
    }
    let places = std::iter::once("leaf").chain(std::iter::repeat("intermediate"));
    ders.iter().zip(places).map(|(der, place)| Certificate::from_der(der.as_ref(), place)).collect()
}

/// Equal when the bytes are.
impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.der() == other.der()
    }
}

impl Eq for Certificate {}

/// Prints a short hash: names are for people, on purpose, not for logs by accident.
impl std::fmt::Debug for Certificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Certificate({})", short_hash(self.der()))
    }
}
