//! The roots, and what each may issue.

use wallet_core::asn1::oid;
use wallet_core::issue::certificate::{Subject, Template, Validity};
use wallet_core::time::UnixTime;
use wallet_core::trust::{ListName, Side};

/// How long a root lasts.
const ROOT_DAYS: i64 = 10 * 365;
/// How long what it issues lasts: below ISO 18013-5's 457 days for document signers.
const ISSUED_DAYS: i64 = 365;
/// Made valid a day ago, for the phone whose clock is behind.
const BEFORE: i64 = -86_400;

/// A root of the test PKI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Root {
    EuIssuer,
    EuVerifier,
    EuRegistrar,
    CaIaca,
    CaIssuer,
    CaVerifier,
    Tls,
}

impl Root {
    pub(super) const ALL: [Self; 7] = [
        Self::EuIssuer,
        Self::EuVerifier,
        Self::EuRegistrar,
        Self::CaIaca,
        Self::CaIssuer,
        Self::CaVerifier,
        Self::Tls,
    ];

    /// The file's name, without its end.
    pub(super) const fn file(self) -> &'static str {
        match self {
            Self::EuIssuer => "eu-issuer-ca",
            Self::EuVerifier => "eu-verifier-ca",
            Self::EuRegistrar => "eu-registrar-ca",
            Self::CaIaca => "ca-iaca",
            Self::CaIssuer => "ca-issuer-ca",
            Self::CaVerifier => "ca-verifier-ca",
            Self::Tls => "tls-ca",
        }
    }

    /// The list that a wallet trusts it on.
    pub(super) const fn list(self) -> ListName {
        match self {
            Self::EuIssuer => ListName::EuIssuers,
            Self::EuVerifier => ListName::EuVerifiers,
            Self::EuRegistrar => ListName::EuRegistrars,
            Self::CaIaca | Self::CaIssuer => ListName::CaIssuers,
            Self::CaVerifier => ListName::CaVerifiers,
            Self::Tls => ListName::Tls,
        }
    }

    pub(super) fn template(self, now: UnixTime) -> Template {
        let validity = Validity::days(now.plus(BEFORE), ROOT_DAYS);
        let bc = |name| Subject::new(name).organization(BC_MINISTRY).country("CA").state("CA-BC");
        match self {
            // One root for both formats, as a PID provider has one entry on its list.
            Self::EuIssuer => Template::iaca(
                Subject::new("Demo PID Provider CA").organization(PID_PROVIDER).country("BE"),
                validity,
                EU_ISSUER_URI,
            ),
            Self::EuVerifier => Template::authority(
                Subject::new("Demo Access CA").organization("Demo Registrar").country("BE"),
                validity,
                Some(0),
            ),
            Self::EuRegistrar => Template::authority(
                Subject::new("Demo Registrar CA").organization("Demo Registrar").country("BE"),
                validity,
                Some(0),
            ),
            Self::CaIaca => Template::iaca(bc("Demo BC IACA"), validity, CA_ISSUER_URI),
            Self::CaIssuer => Template::authority(bc("Demo BC Credentials CA"), validity, Some(0)),
            Self::CaVerifier => Template::authority(
                Subject::new("Demo Verifiers CA").organization("Demo Trust Services Canada").country("CA"),
                validity,
                Some(0),
            ),
            Self::Tls => Template::authority(Subject::new("Pilot HTTPS test CA"), validity, Some(0)),
        }
    }
}

const PID_PROVIDER: &str = "Demo PID Provider";
const BC_MINISTRY: &str = "Demo Ministry of Digital Services";
const EU_ISSUER_URI: &str = "https://pid-provider.example/";
const CA_ISSUER_URI: &str = "https://digital-services.example/";

/// What signs day to day, each under its root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Issued<'a> {
    /// Signs mdocs.
    DocumentSigner(Side),
    /// Signs SD-JWT VCs.
    SdJwtSigner(Side),
    /// Signs the requests of the verifier that answers at this host.
    RequestSigner(Side, &'a str),
    /// Signs what the European verifier is registered for.
    Registrar,
    /// Serves HTTPS at this host, and on loopback.
    TlsServer(&'a str),
}

impl Issued<'_> {
    pub(super) const fn root(self) -> Root {
        match self {
            Self::DocumentSigner(Side::Eu) | Self::SdJwtSigner(Side::Eu) => Root::EuIssuer,
            Self::DocumentSigner(Side::Ca) => Root::CaIaca,
            Self::SdJwtSigner(Side::Ca) => Root::CaIssuer,
            Self::RequestSigner(Side::Eu, _) => Root::EuVerifier,
            Self::RequestSigner(Side::Ca, _) => Root::CaVerifier,
            Self::Registrar => Root::EuRegistrar,
            Self::TlsServer(_) => Root::Tls,
        }
    }

    /// The file's name, without its end. A host is part of the certificate, so it is part of the name.
    pub(super) fn file(self) -> String {
        match self {
            Self::DocumentSigner(side) => format!("{side}-document-signer"),
            Self::SdJwtSigner(side) => format!("{side}-sd-jwt-signer"),
            Self::RequestSigner(side, host) => format!("{side}-verifier-{}", file_name(host)),
            Self::Registrar => "eu-registrar".to_owned(),
            Self::TlsServer(host) => format!("tls-{}", file_name(host)),
        }
    }

    pub(super) fn template(self, now: UnixTime) -> Template {
        let validity = Validity::days(now.plus(BEFORE), ISSUED_DAYS);
        let bc = |name| Subject::new(name).organization(BC_MINISTRY).country("CA").state("CA-BC");
        match self {
            Self::DocumentSigner(Side::Eu) => {
                let subject = Subject::new(PID_PROVIDER);
                let subject = subject.organization(PID_PROVIDER).country("BE");
                let template = Template::document_signer(subject, validity, EU_ISSUER_URI);
                // The PID Rulebook's purpose, and ISO's for verifiers that know no other.
                let purposes = vec![oid::EUDI_PID_DOCUMENT_SIGNER, oid::MDL_DOCUMENT_SIGNER];
                Template { purposes, ..template }
            }
            Self::DocumentSigner(Side::Ca) => {
                Template::document_signer(bc(BC_MINISTRY), validity, CA_ISSUER_URI)
            }
            Self::SdJwtSigner(Side::Eu) => {
                let subject = Subject::new(PID_PROVIDER).organization(PID_PROVIDER).country("BE");
                Template::issuer_signer(subject, validity)
            }
            Self::SdJwtSigner(Side::Ca) => Template::issuer_signer(bc(BC_MINISTRY), validity),
            Self::RequestSigner(side, host) => {
                let subject = match side {
                    // A relying party's access certificate names who it is by a registered number (EU-42).
                    Side::Eu => Subject::new("Demo Airline")
                        .organization("Demo Airline")
                        .with(oid::ORGANIZATION_IDENTIFIER, "NTRBE-0000000097")
                        .country("BE"),
                    Side::Ca => Subject::new("Demo Wine Shop").organization("Demo Wine Shop").country("CA"),
                };
                let template = Template::request_signer(subject, validity, host);
                match host.parse() {
                    Ok(address) => {
                        Template { dns_names: Vec::new(), ip_addresses: vec![address], ..template }
                    }
                    Err(_) => template,
                }
            }
            Self::Registrar => {
                let subject = Subject::new("Demo Registrar").organization("Demo Registrar").country("BE");
                Template::issuer_signer(subject, validity)
            }
            Self::TlsServer(host) => {
                let mut hosts = vec!["localhost"];
                let mut addresses =
                    vec![std::net::Ipv4Addr::LOCALHOST.into(), std::net::Ipv6Addr::LOCALHOST.into()];
                match host.parse() {
                    Ok(address) if !addresses.contains(&address) => addresses.push(address),
                    Err(_) if host != "localhost" => hosts.insert(0, host),
                    _ => {}
                }
                Template::tls_server(validity, &hosts, &addresses)
            }
        }
    }
}

/// A host as part of a file's name: an IPv6 address has colons.
fn file_name(host: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '.' || c == '-' { c } else { '_' };
    host.chars().map(safe).collect()
}
