//! From a person and a key to a signed copy.

use wallet_core::credential::Format;
use wallet_core::credential::mdoc::ValidityInfo;
use wallet_core::crypto::p256::PublicKey;
use wallet_core::issue::mdoc::IssuerSignedBuilder;
use wallet_core::issue::sd_jwt;
use wallet_core::jose::base64url;
use wallet_core::time::UnixTime;
use wallet_core::trust::Side;
use wallet_core::trust::status::StatusReference;
use wallet_core::{Code, Result};

use super::claims::{mdl, person, pid};
use super::configuration::Configuration;
use super::day::Day;
use super::people::Person;
use crate::pki::Signer;

const DAY: i64 = 86_400;
/// How long a copy may be used. Not for long: what it revokes, the issuer forgets with its process.
const VALID_DAYS: i64 = 14;
/// Digests of nothing beside those of claims, so that their number does not tell which claims a person has.
const DECOYS: usize = 2;

/// Signs the copies of one side.
pub(super) struct Signing {
    pub(super) side: Side,
    pub(super) document_signer: Signer,
    pub(super) sd_jwt_signer: Signer,
}

impl Signing {
    /// One copy for each key and place in a status list, as the Credential Response carries it.
    ///
    /// But for these, all copies say the same, to the second: their times are those of the day, so that neither tells when
    /// it was issued nor with which others.
    pub(super) fn copies(
        &self,
        configuration: Configuration,
        bindings: &[(PublicKey, StatusReference)],
        now: UnixTime,
    ) -> Result<Vec<String>> {
        let unknown = || Code::Internal.at("issuer's register");
        let person = Person::of(self.side).ok_or_else(unknown)?;
        let today = Day::of(now).ok_or_else(unknown)?;
        let from = UnixTime(now.0 - now.0.rem_euclid(DAY));
        let subject = Subject { person, today, from, until: from.plus(VALID_DAYS * DAY) };
        bindings
            .iter()
            .map(|(key, status)| match configuration.format() {
                Format::DcSdJwt => self.sd_jwt(configuration, &subject, key, status),
                Format::MsoMdoc => self.mdoc(configuration, &subject, key, status),
            })
            .collect()
    }

    /// Who signs a format.
    pub(super) fn signer(&self, format: Format) -> &Signer {
        match format {
            Format::DcSdJwt => &self.sd_jwt_signer,
            Format::MsoMdoc => &self.document_signer,
        }
    }

    fn sd_jwt(
        &self,
        configuration: Configuration,
        subject: &Subject,
        key: &PublicKey,
        status: &StatusReference,
    ) -> Result<String> {
        let claims = match configuration {
            Configuration::Person => person::claims(subject.person, subject.today),
            _ => pid::claims(subject.person, subject.today),
        };
        let credential = sd_jwt::Builder::new(configuration.type_id(), claims)
            .issued_at(subject.from)
            .not_before(subject.from)
            .until(subject.until)
            .device_key(key)
            .claim("status", status.to_claim())
            .chain([self.sd_jwt_signer.certificate.der()])
            // PID_21: every claim, nested property and array entry.
            .disclose_everything()
            .decoys(DECOYS)
            .build()?;
        Ok(credential.sign(&self.sd_jwt_signer.key))
    }

    fn mdoc(
        &self,
        configuration: Configuration,
        subject: &Subject,
        key: &PublicKey,
        status: &StatusReference,
    ) -> Result<String> {
        let validity = ValidityInfo {
            signed: subject.from,
            valid_from: subject.from,
            valid_until: subject.until,
            expected_update: None,
        };
        let builder = IssuerSignedBuilder::new(configuration.type_id(), validity, key);
        let builder = builder.status(status.to_mso()).decoys(DECOYS);
        let builder = match configuration {
            Configuration::Mdl => mdl::elements(builder, subject.person, subject.today),
            _ => pid::elements(builder, subject.person, subject.today),
        };
        let signer = &self.document_signer;
        let issuer_signed = builder.sign(&signer.key, &[signer.certificate.der()])?;
        Ok(base64url::encode(&issuer_signed))
    }
}

/// Whom a copy is about, and when it counts.
struct Subject {
    person: &'static Person,
    today: Day,
    from: UnixTime,
    until: UnixTime,
}
