//! One issuer with its chain, one device, and a PID to break.

use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::asn1::Certificate;
use crate::credential::sd_jwt::{Leniency, SdJwt, VerifiedSdJwt};
use crate::crypto::p256::{PublicKey, SecretKey};
use crate::error::{Code, Result};
use crate::issue::certificate::{Authority, Subject, Template, Validity};
use crate::issue::sd_jwt::{Builder, Unsigned};
use crate::jose::base64url;
use crate::time::UnixTime;
use crate::trust::{Anchors, Channel, ListName, PathProfile, Role, TrustAnchor, TrustedChain};

pub(crate) const NOW: UnixTime = UnixTime(1_795_341_600);
pub(crate) const VCT: &str = "urn:eudi:pid:1";
pub(crate) const ISSUER: &str = "https://issuer.example/pid";

pub(crate) struct World {
    pub(crate) root: Authority,
    pub(crate) signer: SecretKey,
    pub(crate) leaf: Certificate,
    pub(crate) device: SecretKey,
    pub(crate) anchors: Anchors,
}

pub(crate) static WORLD: LazyLock<World> = LazyLock::new(|| {
    let root = Template::authority(Subject::new("Root"), Validity::days(NOW.plus(-86_400), 900), None);
    let root = Authority::root(&root).unwrap();
    let signer = SecretKey::random().unwrap();
    let leaf = issue_leaf(&root, &signer.public_key(), &["issuer.example"]);
    let anchor = TrustAnchor::new(ListName::EuIssuers, root.certificate.clone(), "test", NOW).unwrap();
    let device = SecretKey::random().unwrap();
    World { root, signer, leaf, device, anchors: Anchors::from_iter([anchor]) }
});

pub(crate) fn issue_leaf(root: &Authority, key: &PublicKey, dns_names: &[&str]) -> Certificate {
    let mut template =
        Template::issuer_signer(Subject::new("PID provider"), Validity::days(NOW.plus(-86_400), 300));
    template.dns_names = dns_names.iter().map(|name| (*name).to_owned()).collect();
    root.issue(&template, key).unwrap()
}

/// A PID in which everything is disclosable (PID_21), with every registered claim.
pub(crate) fn pid() -> Builder {
    let Value::Object(claims) = json!({
        "family_name": "Dent",
        "given_name": "Arthur",
        "address": { "street_address": "42 Market Street", "country": "CA" },
        "nationalities": ["GB", "CA"],
        "sex": 1,
    }) else {
        panic!("not an object")
    };
    Builder::new(VCT, claims)
        .issuer(ISSUER)
        .issued_at(NOW.plus(-100))
        .not_before(NOW.plus(-100))
        .until(NOW.plus(1000))
        .claim("vct#integrity", json!("sha256-abc"))
        .claim("status", json!({ "status_list": { "idx": 7, "uri": "https://issuer.example/status" } }))
        .device_key(&WORLD.device.public_key())
        .chain([WORLD.leaf.der()])
        .decoys(2)
        .disclose_everything()
}

pub(crate) fn trusted(chain: &[Certificate], anchors: &Anchors) -> Result<TrustedChain> {
    anchors.authenticate(chain, PathProfile::SdJwtIssuer, Role::Issuer, Channel::OpenId4Vci, NOW)
}

/// Received by a wallet that knows the issuer, at a time.
pub(crate) fn receive_text(compact: &str, at: UnixTime, leniency: Leniency) -> Result<VerifiedSdJwt> {
    let sd_jwt = SdJwt::parse(compact)?;
    let chain = trusted(&sd_jwt.chain()?, &WORLD.anchors)?;
    sd_jwt.verify(&chain, at, leniency)
}

/// The code that a PID gets which was changed in one point; `None` when it is accepted.
pub(crate) fn code_of(change: impl FnOnce(&mut Unsigned)) -> Option<Code> {
    let mut unsigned = pid().build().unwrap();
    change(&mut unsigned);
    receive_text(&unsigned.sign(&WORLD.signer), NOW, Leniency::default()).err().map(|error| error.code())
}

/// A JWT with exactly this header, whatever its `alg` says.
pub(crate) fn sign_jwt(header: &Value, payload: &Value, key: &SecretKey) -> String {
    let input = format!(
        "{}.{}",
        base64url::encode(header.to_string().as_bytes()),
        base64url::encode(payload.to_string().as_bytes())
    );
    let signature = base64url::encode(&key.sign(input.as_bytes()).to_raw());
    format!("{input}.{signature}")
}
