//! What a certificate shall say.

use std::net::IpAddr;

use crate::asn1::oid::{self, ObjectIdentifier};
use crate::asn1::{BasicConstraints, KeyUsage};
use crate::time::UnixTime;

/// The attributes of a name, in the order in which they are written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subject(pub Vec<(ObjectIdentifier, String)>);

impl Subject {
    /// A name with `commonName` only.
    #[must_use]
    pub fn new(common_name: &str) -> Self {
        Self::default().with(oid::COMMON_NAME, common_name)
    }

    /// And this `organizationName`.
    #[must_use]
    pub fn organization(self, name: &str) -> Self {
        self.with(oid::ORGANIZATION, name)
    }

    /// And this `countryName`.
    #[must_use]
    pub fn country(self, alpha_2: &str) -> Self {
        self.with(oid::COUNTRY, alpha_2)
    }

    /// And this `stateOrProvinceName`.
    #[must_use]
    pub fn state(self, name: &str) -> Self {
        self.with(oid::STATE, name)
    }

    /// And this attribute.
    #[must_use]
    pub fn with(mut self, attribute: ObjectIdentifier, value: &str) -> Self {
        self.0.push((attribute, value.to_owned()));
        self
    }
}

/// From when to when, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// The first second.
    pub not_before: UnixTime,
    /// The last second.
    pub not_after: UnixTime,
}

impl Validity {
    /// This many days from then on.
    #[must_use]
    pub fn days(not_before: UnixTime, days: i64) -> Self {
        Self { not_before, not_after: not_before.plus(days.saturating_mul(86_400)) }
    }
}

/// Which `authorityKeyIdentifier` is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthorityKeyId {
    /// The issuer's `subjectKeyIdentifier`, where it has one.
    OfIssuer,
    /// None.
    Absent,
    /// This one, right or wrong.
    Other(Vec<u8>),
}

/// Any other extension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// Which.
    pub id: ObjectIdentifier,
    /// Whether a reader that does not know it must refuse the certificate.
    pub critical: bool,
    /// The DER of its value.
    pub value: Vec<u8>,
}

/// What a certificate shall say. Start from a preset and change what shall differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The subject's name.
    pub subject: Subject,
    /// The issuer's name, where it shall not be the authority's: only to make a certificate that is wrong.
    pub issuer: Option<Subject>,
    /// How long it is valid.
    pub validity: Validity,
    /// `basicConstraints`, critical.
    pub basic_constraints: Option<BasicConstraints>,
    /// `keyUsage`, critical.
    pub key_usage: Option<KeyUsage>,
    /// `extKeyUsage`; no extension when empty.
    pub purposes: Vec<ObjectIdentifier>,
    /// Whether `extKeyUsage` is critical.
    pub purposes_critical: bool,
    /// `subjectAltName`: host names.
    pub dns_names: Vec<String>,
    /// `subjectAltName`: addresses of resources.
    pub uris: Vec<String>,
    /// `subjectAltName`: IP addresses.
    pub ip_addresses: Vec<IpAddr>,
    /// `issuerAltName`: where to reach the issuer; ISO 18013-5 Annex B wants it in IACA and document signer.
    pub issuer_uri: Option<String>,
    /// `cRLDistributionPoints`: where revocations are published; ISO 18013-5 Annex B wants it where there are any.
    pub crl_uri: Option<String>,
    /// Whether there is a `subjectKeyIdentifier`: SHA-1 of the key, as RFC 5280 4.2.1.2 and ISO 18013-5 say.
    pub subject_key_id: bool,
    /// `authorityKeyIdentifier`.
    pub authority_key_id: AuthorityKeyId,
    /// Further extensions.
    pub extensions: Vec<Extension>,
}

impl Template {
    /// A certificate that may do nothing: for the presets to fill in.
    fn new(subject: Subject, validity: Validity) -> Self {
        Self {
            subject,
            issuer: None,
            validity,
            basic_constraints: None,
            key_usage: None,
            purposes: Vec::new(),
            purposes_critical: false,
            dns_names: Vec::new(),
            uris: Vec::new(),
            ip_addresses: Vec::new(),
            issuer_uri: None,
            crl_uri: None,
            subject_key_id: true,
            authority_key_id: AuthorityKeyId::OfIssuer,
            extensions: Vec::new(),
        }
    }

    /// An authority of any kind, with this `pathLenConstraint`: a root or an intermediate, for verifiers, issuers of
    /// SD-JWT VCs, or HTTPS.
    #[must_use]
    pub fn authority(subject: Subject, validity: Validity, path_len: Option<u8>) -> Self {
        Self {
            basic_constraints: Some(BasicConstraints { ca: true, path_len }),
            key_usage: Some(KeyUsage::KEY_CERT_SIGN.and(KeyUsage::CRL_SIGN)),
            ..Self::new(subject, validity)
        }
    }

    /// An issuing authority of mobile documents (IACA root, ISO 18013-5 B.1.2). The subject needs a country.
    #[must_use]
    pub fn iaca(subject: Subject, validity: Validity, issuer_uri: &str) -> Self {
        Self { issuer_uri: Some(issuer_uri.to_owned()), ..Self::authority(subject, validity, Some(0)) }
    }

    /// A document signer (ISO 18013-5 B.1.4). The subject needs the IACA's country, and its state where it has one;
    /// the validity spans at most 457 days.
    #[must_use]
    pub fn document_signer(subject: Subject, validity: Validity, issuer_uri: &str) -> Self {
        Self {
            issuer_uri: Some(issuer_uri.to_owned()),
            purposes: vec![oid::MDL_DOCUMENT_SIGNER],
            purposes_critical: true,
            ..Self::signer(subject, validity)
        }
    }

    /// The signer of SD-JWT VCs.
    #[must_use]
    pub fn issuer_signer(subject: Subject, validity: Validity) -> Self {
        Self::signer(subject, validity)
    }

    /// The signer of a verifier's requests, for this host name (`x509_san_dns`, and just as well `x509_hash`).
    #[must_use]
    pub fn request_signer(subject: Subject, validity: Validity, host: &str) -> Self {
        Self { dns_names: vec![host.to_owned()], ..Self::signer(subject, validity) }
    }

    /// An HTTPS server with these host names and IP addresses.
    #[must_use]
    pub fn tls_server(validity: Validity, hosts: &[&str], ip_addresses: &[IpAddr]) -> Self {
        Self {
            purposes: vec![oid::SERVER_AUTH],
            dns_names: hosts.iter().map(|host| (*host).to_owned()).collect(),
            ip_addresses: ip_addresses.to_vec(),
            ..Self::signer(Subject::new(hosts.first().unwrap_or(&"server")), validity)
        }
    }

    fn signer(subject: Subject, validity: Validity) -> Self {
        Self { key_usage: Some(KeyUsage::DIGITAL_SIGNATURE), ..Self::new(subject, validity) }
    }
}
