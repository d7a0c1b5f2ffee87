//! Negative tests of chains: each rule with one chain that breaks that rule alone, beside its twin, equal but for that
//! one thing, which passes.

mod anchor;
mod leaf;
mod links;
mod mdoc;
mod search;
mod vectors;

use super::*;
use crate::asn1::Certificate;
use crate::error::{Code, Result};
use crate::issue::certificate::{Authority, Subject, Template, Validity};
use crate::time::UnixTime;

const NOW: UnixTime = UnixTime(1_795_341_600);
const DAY: i64 = 86_400;

/// A chain to be made, and how it is to be checked.
#[derive(Clone)]
struct Case {
    profile: PathProfile,
    list: ListName,
    role: Role,
    channel: Channel,
    at: UnixTime,
    root: Template,
    /// From the root down to the leaf.
    intermediates: Vec<Template>,
    leaf: Template,
    /// Whether the root is presented at the end of the chain.
    root_presented: bool,
    /// Signs this certificate with a key that is nobody's: 0 is the leaf, 1 the intermediate above it.
    forged: Option<usize>,
}

struct Built {
    anchor: TrustAnchor,
    /// The leaf first.
    chain: Vec<Certificate>,
}

impl Case {
    /// A document signer under its IACA.
    fn mdoc() -> Self {
        let name = |name| Subject::new(name).country("CA").state("CA-BC");
        Self {
            profile: PathProfile::MdocIssuer,
            list: ListName::CaIssuers,
            role: Role::Issuer,
            channel: Channel::OpenId4Vci,
            at: NOW,
            root: Template::iaca(name("IACA"), around_now(1000), "https://issuer.example"),
            intermediates: Vec::new(),
            leaf: Template::document_signer(
                name("Document signer"),
                around_now(228),
                "https://issuer.example",
            ),
            root_presented: false,
            forged: None,
        }
    }

    /// The signer of SD-JWT VCs, with one intermediate.
    fn sd_jwt() -> Self {
        Self {
            profile: PathProfile::SdJwtIssuer,
            list: ListName::EuIssuers,
            leaf: Template::issuer_signer(Subject::new("PID Provider"), around_now(300)),
            ..Self::request()
        }
        .with_role(Role::Issuer)
    }

    /// The signer of a verifier's requests, with one intermediate.
    fn request() -> Self {
        Self {
            profile: PathProfile::RequestSigner,
            list: ListName::EuVerifiers,
            role: Role::Verifier,
            channel: Channel::OpenId4Vp,
            at: NOW,
            root: Template::authority(Subject::new("Root"), around_now(1000), Some(1)),
            intermediates: vec![Template::authority(Subject::new("Intermediate"), around_now(500), Some(0))],
            leaf: Template::request_signer(Subject::new("Verifier"), around_now(300), "verifier.example"),
            root_presented: false,
            forged: None,
        }
    }

    fn with_role(self, role: Role) -> Self {
        Self { role, ..self }
    }

    fn build(&self) -> Built {
        let root = Authority::root(&self.root).unwrap();
        let anchor =
            TrustAnchor::new(self.list, root.certificate.clone(), "test", self.root.validity.not_before);
        let mut chain = Vec::new();
        let mut issuer = root;
        let templates: Vec<_> = self.intermediates.iter().chain([&self.leaf]).collect();
        for (index, template) in templates.iter().enumerate() {
            if self.forged == Some(templates.len() - 1 - index) {
                issuer.key = crate::crypto::p256::SecretKey::random().unwrap();
            }
            let issued = issuer.intermediate(template).unwrap();
            chain.insert(0, std::mem::replace(&mut issuer, issued).certificate);
        }
        chain.insert(0, issuer.certificate);
        if !self.root_presented {
            chain.pop();
        }
        Built { anchor: anchor.unwrap(), chain }
    }

    fn authenticate(&self, anchors: &Anchors, chain: &[Certificate]) -> Result<TrustedChain> {
        anchors.authenticate(chain, self.profile, self.role, self.channel, self.at)
    }

    fn outcome(&self) -> Result<TrustedChain> {
        let built = self.build();
        self.authenticate(&Anchors::from_iter([built.anchor]), &built.chain)
    }

    /// The leaf's only intermediate.
    fn intermediate(&mut self) -> &mut Template {
        &mut self.intermediates[0]
    }
}

fn around_now(days: i64) -> Validity {
    Validity { not_before: NOW.plus(-days * DAY), not_after: NOW.plus(days * DAY) }
}

/// The case passes; with the change it is refused with this code at this place.
#[track_caller]
fn refused(case: &Case, code: Code, place: &'static str, change: impl FnOnce(&mut Case)) {
    case.outcome().expect("the twin passes");
    let mut changed = case.clone();
    change(&mut changed);
    let fault = changed.outcome().expect_err("the change is refused").into_fault();
    assert_eq!((fault.code, fault.at()), (code, Some(place)));
}

/// The case passes, with the change as well.
#[track_caller]
fn passes(case: &Case, change: impl FnOnce(&mut Case)) {
    case.outcome().expect("the twin passes");
    let mut changed = case.clone();
    change(&mut changed);
    changed.outcome().expect("the change is allowed");
}

fn all() -> [Case; 3] {
    [Case::mdoc(), Case::sd_jwt(), Case::request()]
}
