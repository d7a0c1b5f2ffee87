//! Writes a certificate by hand: a builder that only makes good certificates is of no use to tests of bad ones.

use der::asn1::{Ia5String, ObjectIdentifier, OctetString};
use der::{Decode, Encode};
use x509_cert::der::flagset::FlagSet;
use x509_cert::ext::pkix::name::{DistributionPointName, GeneralName};
use x509_cert::ext::pkix::{self, crl::dp::DistributionPoint};
use x509_cert::spki::SubjectPublicKeyInfoRef;

use super::template::{AuthorityKeyId, Subject, Template, Validity};
use crate::asn1::{Certificate, oid};
use crate::crypto::p256::{PublicKey, SecretKey};
use crate::crypto::random;
use crate::error::{Code, Result};
use crate::time::UnixTime;

/// Who signs: an authority, or the subject itself.
pub(super) struct Issuer<'a> {
    pub(super) certificate: Option<&'a Certificate>,
    pub(super) key: &'a SecretKey,
}

/// The signed certificate, read back.
pub(super) fn certificate(
    template: &Template,
    subject_key: &PublicKey,
    issuer: &Issuer<'_>,
) -> Result<Certificate> {
    let algorithm = sequence(&[object_identifier(oid::ECDSA_WITH_SHA256)]);
    let tbs = to_be_signed(template, subject_key, issuer, &algorithm)?;
    let signature = bit_string(&issuer.key.sign(&tbs).to_der());
    Certificate::from_der(&sequence(&[tbs, algorithm, signature]), "issued")
}

/// `TBSCertificate` (RFC 5280 4.1).
fn to_be_signed(
    template: &Template,
    subject_key: &PublicKey,
    issuer: &Issuer<'_>,
    algorithm: &[u8],
) -> Result<Vec<u8>> {
    const VERSION_3: [u8; 5] = [0xa0, 3, 2, 1, 2];
    let subject = name(&template.subject);
    let issuer_name = match (&template.issuer, issuer.certificate) {
        (Some(other), _) => name(other),
        (None, Some(authority)) => authority.subject().der().to_vec(),
        (None, None) => subject.clone(),
    };
    let spki = subject_key.to_spki_der()?;
    let issuer_key_id = match issuer.certificate {
        Some(authority) => authority.subject_key_id().map(<[u8]>::to_vec),
        None => template.subject_key_id.then(|| key_identifier(&spki)).transpose()?,
    };
    Ok(sequence(&[
        VERSION_3.to_vec(),
        serial_number()?,
        algorithm.to_vec(),
        issuer_name,
        validity(template.validity),
        subject,
        spki.clone(),
        tlv(0xa3, &sequence(&extensions(template, &spki, issuer_key_id)?)),
    ]))
}

/// 16 random bytes, positive and without a leading zero (RFC 5280 4.1.2.2).
fn serial_number() -> Result<Vec<u8>> {
    let mut bytes: [u8; 16] = random::array()?;
    if let Some(first) = bytes.first_mut() {
        *first = *first & 0x7f | 0x40;
    }
    Ok(tlv(0x02, &bytes))
}

fn name(subject: &Subject) -> Vec<u8> {
    const PRINTABLE_STRING: u8 = 0x13;
    const UTF8_STRING: u8 = 0x0c;
    const SET: u8 = 0x31;
    let rdns: Vec<_> = subject
        .0
        .iter()
        .map(|(attribute, value)| {
            // RFC 5280 appendix A: a country is a PrintableString, other names may be UTF-8.
            let tag = if *attribute == oid::COUNTRY { PRINTABLE_STRING } else { UTF8_STRING };
            tlv(SET, &sequence(&[object_identifier(*attribute), tlv(tag, value.as_bytes())]))
        })
        .collect();
    sequence(&rdns)
}

fn validity(validity: Validity) -> Vec<u8> {
    sequence(&[time(validity.not_before), time(validity.not_after)])
}

/// `UTCTime` before 2050, then `GeneralizedTime` (RFC 5280 4.1.2.5).
fn time(time: UnixTime) -> Vec<u8> {
    const UTC_TIME: u8 = 0x17;
    const GENERALIZED_TIME: u8 = 0x18;
    let digits: Vec<u8> =
        time.to_tdate().bytes().filter(|byte| byte.is_ascii_digit() || *byte == b'Z').collect();
    match digits.split_at_checked(2) {
        Some((b"19" | b"20", short)) if time < UnixTime(2_524_608_000) => tlv(UTC_TIME, short),
        _ => tlv(GENERALIZED_TIME, &digits),
    }
}

fn extensions(template: &Template, spki: &[u8], issuer_key_id: Option<Vec<u8>>) -> Result<Vec<Vec<u8>>> {
    let mut out = Vec::new();
    if let Some(constraints) = template.basic_constraints {
        let value = pkix::BasicConstraints { ca: constraints.ca, path_len_constraint: constraints.path_len };
        out.push(extension(oid::BASIC_CONSTRAINTS, true, &encode(&value)?));
    }
    if let Some(usage) = template.key_usage {
        out.push(extension(
            oid::KEY_USAGE,
            true,
            &encode(&pkix::KeyUsage(FlagSet::new_truncated(usage.bits())))?,
        ));
    }
    if !template.purposes.is_empty() {
        let value = encode(&template.purposes)?;
        out.push(extension(oid::EXTENDED_KEY_USAGE, template.purposes_critical, &value));
    }
    let names = alternative_names(template)?;
    if !names.is_empty() {
        // RFC 5280 4.2.1.6: critical where it is all there is to name the subject.
        let critical = template.subject.0.is_empty();
        out.push(extension(oid::SUBJECT_ALT_NAME, critical, &encode(&names)?));
    }
    if let Some(address) = &template.issuer_uri {
        out.push(extension(oid::ISSUER_ALT_NAME, false, &encode(&vec![uri(address)?])?));
    }
    if let Some(address) = &template.crl_uri {
        let point = DistributionPoint {
            distribution_point: Some(DistributionPointName::FullName(vec![uri(address)?])),
            reasons: None,
            crl_issuer: None,
        };
        out.push(extension(oid::CRL_DISTRIBUTION_POINTS, false, &encode(&vec![point])?));
    }
    if template.subject_key_id {
        let value = tlv(0x04, &key_identifier(spki)?);
        out.push(extension(oid::SUBJECT_KEY_IDENTIFIER, false, &value));
    }
    let authority_key_id = match &template.authority_key_id {
        AuthorityKeyId::OfIssuer => issuer_key_id,
        AuthorityKeyId::Absent => None,
        AuthorityKeyId::Other(id) => Some(id.clone()),
    };
    if let Some(id) = authority_key_id {
        // AuthorityKeyIdentifier ::= SEQUENCE { keyIdentifier [0] IMPLICIT OCTET STRING }
        out.push(extension(oid::AUTHORITY_KEY_IDENTIFIER, false, &sequence(&[tlv(0x80, &id)])));
    }
    out.extend(template.extensions.iter().map(|other| extension(other.id, other.critical, &other.value)));
    Ok(out)
}

fn alternative_names(template: &Template) -> Result<Vec<GeneralName>> {
    let mut names = Vec::new();
    for host in &template.dns_names {
        names.push(GeneralName::DnsName(ia5(host)?));
    }
    for address in &template.uris {
        names.push(uri(address)?);
    }
    for address in &template.ip_addresses {
        let octets = match address {
            std::net::IpAddr::V4(v4) => v4.octets().to_vec(),
            std::net::IpAddr::V6(v6) => v6.octets().to_vec(),
        };
        names.push(GeneralName::IpAddress(OctetString::new(octets).map_err(|_| unwritable())?));
    }
    Ok(names)
}

fn uri(address: &str) -> Result<GeneralName> {
    ia5(address).map(GeneralName::UniformResourceIdentifier)
}

fn ia5(text: &str) -> Result<Ia5String> {
    Ia5String::new(text).map_err(|_| unwritable())
}

/// SHA-1 of the key's bits, no more than a short name for it (RFC 5280 4.2.1.2 method 1, ISO 18013-5 B.1).
fn key_identifier(spki: &[u8]) -> Result<Vec<u8>> {
    let spki = SubjectPublicKeyInfoRef::from_der(spki).map_err(|_| unwritable())?;
    let id = pkix::SubjectKeyIdentifier::try_from(spki).map_err(|_| unwritable())?;
    Ok(id.0.as_bytes().to_vec())
}

fn extension(id: ObjectIdentifier, critical: bool, value: &[u8]) -> Vec<u8> {
    const TRUE: [u8; 3] = [0x01, 1, 0xff];
    let critical = if critical { TRUE.to_vec() } else { Vec::new() };
    sequence(&[object_identifier(id), critical, tlv(0x04, value)])
}

fn encode(value: &impl Encode) -> Result<Vec<u8>> {
    value.to_der().map_err(|_| unwritable())
}

/// The template asks for what a certificate cannot hold.
fn unwritable() -> crate::error::WalletError {
    Code::CertificateMalformed.at("template")
}

fn object_identifier(id: ObjectIdentifier) -> Vec<u8> {
    tlv(0x06, id.as_bytes())
}

fn bit_string(bytes: &[u8]) -> Vec<u8> {
    // No bit of the last byte is unused.
    tlv(0x03, &[&[0], bytes].concat())
}

fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x30, &parts.concat())
}

/// Tag, length in the shortest form, value.
fn tlv(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = value.len().to_be_bytes();
    let significant: Vec<u8> = length.into_iter().skip_while(|byte| *byte == 0).collect();
    let mut out = vec![tag];
    match (value.len(), significant.len()) {
        (0..=127, _) => out.extend(length.last()),
        // A length is at most eight bytes long.
        (_, count) => {
            out.push(0x80 | u8::try_from(count).unwrap_or_default());
            out.extend(significant);
        }
    }
    out.extend(value);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::certificate::Authority;
    use crate::testing::hex;

    /// RFC 5280 4.1.2.5: `UTCTime` through 2049.
    #[test]
    fn times_change_their_form_in_2050() {
        let written = |text: &str| time(UnixTime::from_tdate(text, "test").unwrap());
        assert_eq!(written("2049-12-31T23:59:59Z"), b"\x17\x0d491231235959Z");
        assert_eq!(written("2050-01-01T00:00:00Z"), b"\x18\x0f20500101000000Z");
    }

    #[test]
    fn lengths_are_written_in_the_shortest_form() {
        for (length, head) in
            [(0, "0400"), (127, "047f"), (128, "048180"), (255, "0481ff"), (256, "04820100")]
        {
            let written = tlv(0x04, &vec![7; length]);
            assert_eq!(written, [hex(head), vec![7; length]].concat(), "{length}");
        }
    }

    #[test]
    fn what_a_certificate_cannot_hold_is_an_error() {
        let validity = Validity::days(UnixTime(0), 1);
        let host = |host| Template::request_signer(Subject::new("Verifier"), validity, host);
        assert!(Authority::root(&host("verifier.example")).is_ok());
        let error = Authority::root(&host("vérificateur.example")).err().map(|error| error.into_fault());
        assert_eq!(error.map(|f| (f.code, f.at())), Some((Code::CertificateMalformed, Some("template"))));
    }

    /// A server for tests on one machine is found by name and by both kinds of address.
    #[test]
    fn an_https_server_has_names_and_addresses() {
        let addresses = ["127.0.0.1".parse().unwrap(), "::1".parse().unwrap()];
        let validity = Validity::days(UnixTime(0), 1);
        let template = Template::tls_server(validity, &["localhost"], &addresses);
        let server = Authority::root(&template).unwrap().certificate;
        assert_eq!(server.dns_names(), ["localhost"]);
        assert_eq!(server.purposes().unwrap().as_slice(), [oid::SERVER_AUTH]);
        let names = [hex("8209"), b"localhost".to_vec(), hex("87047f00000187100000000000000000")].concat();
        assert!(server.der().windows(names.len()).any(|window| window == names));
    }
}
