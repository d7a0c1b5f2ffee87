//! What the issuer publishes.

use pilot::issuer::{IssuerEvent, OfferId, Status, StatusUnchanged};
use pilot::pki::{Issued, Pki};
use wallet_core::trust::status::{self, Status as Listed, StatusListToken};
use wallet_core::trust::{Channel, ListName, Side};

use super::common::Folder;
use super::common::http::Http;
use super::common::presenter::{Held, Pocket};

const JWT: &str = "application/statuslist+jwt";
const CWT: &str = "application/statuslist+cwt";

/// The list that a credential names, fetched in a form and verified as a wallet does.
async fn list(pki: &Pki, http: &Http, held: &Held, form: &str) -> StatusListToken {
    let uri = held.place().uri;
    let answer = http.get_with(&uri, &[("accept", form)]).await;
    assert_eq!((answer.status(), answer.header("content-type")), (200, Some(form)), "{uri}");
    let now = pilot::time::now();
    let anchors = pki.anchors([ListName::EuIssuers, ListName::CaIssuers], now).unwrap();
    status::verify(&answer.0.body, &uri, &anchors, Channel::OpenId4Vci, now).unwrap()
}

/// What the list says of a credential, the same in both forms.
async fn listed(pki: &Pki, http: &Http, held: &Held) -> Listed {
    let index = held.place().index;
    let jwt = list(pki, http, held, JWT).await.list().status(index).unwrap();
    let cwt = list(pki, http, held, CWT).await.list().status(index).unwrap();
    assert_eq!(jwt, cwt);
    jwt
}

#[tokio::test(flavor = "multi_thread")]
async fn each_credential_names_a_place_in_a_list_of_who_stands_behind_it() {
    let folder = Folder::new();
    let (pki, now) = (folder.pki(), pilot::time::now());
    let http = Http::new(&pki);
    let pocket = Pocket::fill(&pki, &http).await;
    for (held, signer, other, name) in [
        (&pocket.pid_sd_jwt, Issued::SdJwtSigner(Side::Eu), Issued::SdJwtSigner(Side::Ca), "sd-jwt"),
        (&pocket.pid_mdoc, Issued::DocumentSigner(Side::Eu), Issued::DocumentSigner(Side::Ca), "mdoc"),
        (&pocket.person, Issued::SdJwtSigner(Side::Ca), Issued::DocumentSigner(Side::Ca), "sd-jwt"),
        (&pocket.mdl, Issued::DocumentSigner(Side::Ca), Issued::SdJwtSigner(Side::Ca), "mdoc"),
    ] {
        assert!(held.place().uri.ends_with(&format!("/status/{name}")));
        for form in [JWT, CWT] {
            let list = list(&pki, &http, held, form).await;
            let stands_behind = |issued| {
                let certificate = pki.signer(issued, now).unwrap().certificate;
                list.is_of(certificate.authority_key_id()).is_ok()
            };
            assert!(stands_behind(signer) && !stands_behind(other), "{name} as {form}");
            assert_eq!(list.list().status(held.place().index).unwrap(), Listed::Valid);
            assert_eq!(list.fresh_until(now), now.plus(60));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_a_jwt_where_nothing_else_is_wanted() {
    let folder = Folder::new();
    let pki = folder.pki();
    let http = Http::new(&pki);
    let pocket = Pocket::fill(&pki, &http).await;
    let uri = pocket.mdl.place().uri;
    assert_eq!(http.get(&uri).await.header("content-type"), Some(JWT));
    let accept = [("accept", status::ACCEPT)];
    assert_eq!(http.get_with(&uri, &accept).await.header("content-type"), Some(JWT));
    assert_eq!(http.get(&uri.replace("mdoc", "jpeg")).await.status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_issuer_suspends_reinstates_and_revokes_for_good() {
    let folder = Folder::new();
    let pki = folder.pki();
    let http = Http::new(&pki);
    let pocket = Pocket::fill(&pki, &http).await;
    let issuer = &pocket.ca;
    let mut events = issuer.events();
    for (status, expected) in [
        (Status::Suspended, Listed::Suspended),
        (Status::Valid, Listed::Valid),
        (Status::Revoked, Listed::Invalid),
    ] {
        let offer = issuer.set_status(None, status).unwrap();
        assert_eq!(events.recv().await.unwrap(), IssuerEvent::Status { offer: offer.clone(), status });
        assert_eq!(issuer.set_status(Some(&offer), status), Ok(offer));
        drop(events.recv().await);
        assert_eq!(listed(&pki, &http, &pocket.mdl).await, expected);
        assert_eq!(listed(&pki, &http, &pocket.person).await, expected);
    }
    assert_eq!(issuer.set_status(None, Status::Valid), Err(StatusUnchanged::Revoked));
    assert_eq!(listed(&pki, &http, &pocket.mdl).await, Listed::Invalid);
    let nobodys = OfferId::from("nobody's");
    assert_eq!(issuer.set_status(Some(&nobodys), Status::Revoked), Err(StatusUnchanged::NothingIssued));
    assert_eq!(listed(&pki, &http, &pocket.pid_mdoc).await, Listed::Valid, "another issuer's");
}
