//! What the tests of mdocs share: an issuer, its anchor, a device, and a credential of a fictitious person.

use super::{IssuerSigned, ValidityInfo, VerifiedMdoc};
use crate::credential::path::ClaimLocation;
use crate::crypto::p256::SecretKey;
use crate::error::Result;
use crate::issue::certificate::{Authority, Subject, Template, Validity};
use crate::issue::mdoc::{ElementValue, IssuerSignedBuilder};
use crate::time::UnixTime;
use crate::trust::{Anchors, Channel, ListName, PathProfile, Role, TrustAnchor, TrustedChain};

/// 2026-11-22T10:00:00Z.
pub(crate) const NOW: UnixTime = UnixTime(1_795_341_600);
pub(crate) const DAY: i64 = 86_400;
pub(crate) const DOC_TYPE: &str = "org.iso.18013.5.1.mDL";
pub(crate) const MDL: &str = "org.iso.18013.5.1";
pub(crate) const AAMVA: &str = "org.iso.18013.5.1.aamva";

/// One issuer and one device.
pub(crate) struct World {
    pub(crate) root: Authority,
    pub(crate) signer: Authority,
    pub(crate) device: SecretKey,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::of("CA", Some("CA-BC"))
    }

    /// With this country and state in the certificates.
    pub(crate) fn of(country: &str, state: Option<&str>) -> Self {
        let subject = |name: &str| {
            let subject = Subject::new(name).country(country);
            if let Some(state) = state { subject.state(state) } else { subject }
        };
        let validity = |days| Validity::days(NOW.plus(-10 * DAY), days);
        let uri = "https://issuer.example";
        let root = Authority::root(&Template::iaca(subject("IACA"), validity(3650), uri)).unwrap();
        let signer = Template::document_signer(subject("DS"), validity(100), uri);
        let signer = root.intermediate(&signer).unwrap();
        Self { root, signer, device: SecretKey::random().unwrap() }
    }

    pub(crate) fn validity() -> ValidityInfo {
        ValidityInfo {
            signed: NOW.plus(-DAY),
            valid_from: NOW.plus(-DAY),
            valid_until: NOW.plus(30 * DAY),
            expected_update: None,
        }
    }

    /// A driving licence with the kinds of values that there are.
    pub(crate) fn licence(&self) -> IssuerSignedBuilder {
        self.licence_valid(Self::validity())
    }

    pub(crate) fn licence_valid(&self, validity: ValidityInfo) -> IssuerSignedBuilder {
        let privilege = ElementValue::map([
            ("vehicle_category_code", "5".into()),
            ("issue_date", ElementValue::full_date("2018-08-09")),
        ]);
        IssuerSignedBuilder::new(DOC_TYPE, validity, &self.device.public_key())
            .element(MDL, "family_name", "Tremblay")
            .element(MDL, "birth_date", ElementValue::full_date("1990-02-28"))
            .element(MDL, "portrait", vec![0xff, 0xd8, 0xff, 0xe0])
            .element(MDL, "driving_privileges", vec![privilege])
            .element(MDL, "issuing_country", "CA")
            .element(MDL, "issuing_jurisdiction", "CA-BC")
            .element(AAMVA, "family_name_truncation", "N")
            .element(AAMVA, "organ_donor", 1)
    }

    pub(crate) fn sign(&self, builder: &IssuerSignedBuilder) -> Vec<u8> {
        builder.sign(&self.signer.key, &[self.signer.certificate.der()]).unwrap()
    }

    pub(crate) fn anchor(&self) -> TrustAnchor {
        let certificate = self.root.certificate.clone();
        TrustAnchor::new(ListName::CaIssuers, certificate, "test", NOW).unwrap()
    }

    pub(crate) fn anchors(&self) -> Anchors {
        [self.anchor()].into_iter().collect()
    }

    pub(crate) fn trusted(&self) -> TrustedChain {
        let chain = [self.signer.certificate.clone()];
        let (role, channel) = (Role::Issuer, Channel::OpenId4Vci);
        self.anchors().authenticate(&chain, PathProfile::MdocIssuer, role, channel, NOW).unwrap()
    }

    pub(crate) fn verify_at(&self, issuer_signed: &[u8], at: UnixTime) -> Result<VerifiedMdoc> {
        IssuerSigned::parse(issuer_signed)?.verify(&self.trusted(), at)
    }

    pub(crate) fn verify(&self, issuer_signed: &[u8]) -> Result<VerifiedMdoc> {
        self.verify_at(issuer_signed, NOW)
    }
}

pub(crate) fn location(name_space: &str, element: &str) -> ClaimLocation {
    ClaimLocation::keys([name_space, element])
}
