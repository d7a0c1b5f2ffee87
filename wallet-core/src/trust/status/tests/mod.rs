//! Published lists, and tokens that break one rule each beside the one that breaks none.

mod checks;
mod vectors;

use std::sync::LazyLock;

use super::*;
use crate::crypto::p256::SecretKey;
use crate::error::{Code, Result};
use crate::issue::certificate::{Authority, Subject, Template, Validity};
use crate::issue::status_list::{StatusListBuilder, StatusListClaims};
use crate::time::UnixTime;
use crate::trust::{Anchors, Channel, ListName, TrustAnchor};

const NOW: UnixTime = UnixTime(1_795_341_600);
const URI: &str = "https://issuer.example/status/1";

/// An authority for issuers, one for verifiers, and who signs for them.
struct World {
    issuer: Signer,
    /// Under another authority for issuers.
    other_issuer: Signer,
    /// Under an authority for verifiers.
    verifier: Signer,
    anchors: Anchors,
}

struct Signer {
    der: Vec<u8>,
    key: SecretKey,
    authority_key_id: Vec<u8>,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let year = || Validity::days(NOW.plus(-86_400), 365);
    let root = |name| Authority::root(&Template::authority(Subject::new(name), year(), None)).unwrap();
    let roots = [root("Issuers"), root("Other issuers"), root("Verifiers")];
    let signer = |root: &Authority| {
        let key = SecretKey::random().unwrap();
        let template = Template::issuer_signer(Subject::new("Signer"), year());
        let certificate = root.issue(&template, &key.public_key()).unwrap();
        let authority_key_id = certificate.authority_key_id().unwrap().to_vec();
        Signer { der: certificate.der().to_vec(), key, authority_key_id }
    };
    let lists = [ListName::EuIssuers, ListName::EuIssuers, ListName::EuVerifiers];
    let anchor = |(list, root): (ListName, &Authority)| {
        TrustAnchor::new(list, root.certificate.clone(), "test", NOW).unwrap()
    };
    World {
        issuer: signer(&roots[0]),
        other_issuer: signer(&roots[1]),
        verifier: signer(&roots[2]),
        anchors: lists.into_iter().zip(&roots).map(anchor).collect(),
    }
});

/// A list of 16 values in which 3 is revoked and 5 suspended.
fn claims() -> StatusListClaims {
    let mut list = StatusListBuilder::new(Bits::new(2).unwrap(), 16);
    assert!(list.set(3, 1) && list.set(5, 2) && list.set(6, 3) && !list.set(16, 1));
    list.claims(URI, NOW.plus(-10))
}

/// Both forms of a list, signed by somebody.
fn tokens(claims: &StatusListClaims, signer: &Signer) -> [Vec<u8>; 2] {
    [claims.jwt([&signer.der], &signer.key).into_bytes(), claims.cwt(&[&signer.der], &signer.key)]
}

fn verified(token: &[u8]) -> Result<StatusListToken> {
    verify(token, URI, &WORLD.anchors, Channel::OpenId4Vci, NOW)
}

/// Why a token does not pass; `None` when it does.
fn code(token: &[u8]) -> Option<Code> {
    verified(token).err().map(|error| error.code())
}
