//! Certificates of everybody who is to be trusted, made once.

use std::sync::{Arc, OnceLock};

use base64::Engine;
use serde_json::Value;
use wallet_core::asn1::{Certificate, oid, pem};
use wallet_core::crypto::p256::SecretKey;
use wallet_core::issue::certificate::{Authority, Subject, Template, Validity};
use wallet_core::time::UnixTime;
use wallet_core::trust::ListName;

/// When the tests play: 2026-11-22T10:00:00Z.
pub const NOW: UnixTime = UnixTime(1_795_341_600);

/// A certificate with its key.
#[derive(Clone)]
pub struct Signer {
    pub certificate: Certificate,
    pub key: Arc<SecretKey>,
}

impl Signer {
    pub fn issued_by(authority: &Authority, template: &Template) -> Self {
        let key = Arc::new(SecretKey::random().unwrap());
        Self { certificate: authority.issue(template, &key.public_key()).unwrap(), key }
    }

    /// Certified by itself.
    pub fn self_signed(template: &Template) -> Self {
        let Authority { certificate, key } = Authority::root(template).unwrap();
        Self { certificate, key: Arc::new(key) }
    }
}

/// `x5c`: the certificates as padded base64.
pub fn x5c<'a>(chain: impl IntoIterator<Item = &'a Certificate>) -> Value {
    let base64 = base64::engine::general_purpose::STANDARD;
    chain.into_iter().map(|certificate| base64.encode(certificate.der())).collect()
}

/// The authorities, and signers under them.
#[derive(Clone)]
pub struct Pki(Arc<Authorities>);

pub struct Authorities {
    pub eu_issuers: Authority,
    pub ca_issuers: Authority,
    pub eu_verifiers: Authority,
    pub eu_registrars: Authority,
    pub ca_verifiers: Authority,
    pub eu_document_signer: Signer,
    pub ca_document_signer: Signer,
    pub eu_jwt_signer: Signer,
    pub eu_verifier: Signer,
    pub eu_registrar: Signer,
    pub ca_verifier: Signer,
}

impl std::ops::Deref for Pki {
    type Target = Authorities;

    fn deref(&self) -> &Authorities {
        &self.0
    }
}

pub fn year() -> Validity {
    Validity::days(UnixTime(NOW.0 - 86_400), 400)
}

/// The number that verifiers are registered under.
pub const REGISTERED: &str = "NTRFR-0123456789";

/// What the certificate of a verifier says.
pub fn request_signer(name: &str, host: &str) -> Template {
    let subject = Subject::new(name).organization(name).with(oid::ORGANIZATION_IDENTIFIER, REGISTERED);
    Template::request_signer(subject, year(), host)
}

impl Pki {
    pub fn new() -> Self {
        static SHARED: OnceLock<Arc<Authorities>> = OnceLock::new();
        Self(SHARED.get_or_init(|| Arc::new(Authorities::new())).clone())
    }

    pub fn list(&self, list: ListName) -> String {
        let authority = match list {
            ListName::EuIssuers => &self.eu_issuers,
            ListName::CaIssuers => &self.ca_issuers,
            ListName::EuVerifiers => &self.eu_verifiers,
            ListName::CaVerifiers => &self.ca_verifiers,
            ListName::EuRegistrars => &self.eu_registrars,
            ListName::Tls => panic!("no TLS in memory"),
        };
        pem::encode([&authority.certificate])
    }
}

impl Authorities {
    fn new() -> Self {
        let decade = Validity::days(UnixTime(NOW.0 - 86_400 * 365), 3_650);
        let eu = Subject::new("Test PID Issuers").country("FR");
        let eu_issuers = Authority::root(&Template::iaca(eu, decade, "https://issuer.example")).unwrap();
        let bc = Subject::new("Test IACA").country("CA").state("CA-BC");
        let ca_issuers = Authority::root(&Template::iaca(bc, decade, "https://icbc.example")).unwrap();
        let root =
            |name: &str| Authority::root(&Template::authority(Subject::new(name), decade, Some(1))).unwrap();
        let (eu_verifiers, ca_verifiers) = (root("Test EU Access CA"), root("Test CA Verifiers"));
        let eu_registrars = root("Test EU Registrars");
        let document_signer = |authority, subject| {
            let uri = "https://issuer.example";
            Signer::issued_by(authority, &Template::document_signer(subject, year(), uri))
        };
        let verifier =
            |authority, name: &str, host: &str| Signer::issued_by(authority, &request_signer(name, host));
        let mut jwt = Template::issuer_signer(Subject::new("Test PID Provider").country("FR"), year());
        jwt.dns_names = vec!["issuer.example".into()];
        Self {
            eu_document_signer: document_signer(&eu_issuers, Subject::new("PID Signer").country("FR")),
            ca_document_signer: document_signer(
                &ca_issuers,
                Subject::new("mDL Signer").country("CA").state("CA-BC"),
            ),
            eu_jwt_signer: Signer::issued_by(&eu_issuers, &jwt),
            eu_registrar: Signer::issued_by(
                &eu_registrars,
                &Template::issuer_signer(Subject::new("Test Registrar").country("FR"), year()),
            ),
            eu_verifier: verifier(&eu_verifiers, "Example Bank", "verifier.example"),
            ca_verifier: verifier(&ca_verifiers, "Example Liquor Store", "store.example"),
            eu_issuers,
            ca_issuers,
            eu_verifiers,
            eu_registrars,
            ca_verifiers,
        }
    }
}
