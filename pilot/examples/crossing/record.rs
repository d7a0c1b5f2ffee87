//! Makes the wallet and the requests, with pilot's own issuer and verifier.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use pilot::http::UreqClient;
use pilot::issuer::{Configuration, Issuer, IssuerOptions, OfferRequest};
use pilot::pki::Pki;
use pilot::time::now;
use pilot::verifier::{BuiltIn, RequestOptions, Verifier, VerifierOptions};
use wallet_core::Wallet;
use wallet_core::platform::{HttpClient, HttpMethod, HttpRequest};
use wallet_core::present::Source;
use wallet_core::trust::{ListName, Side};
use wallet_core::wallet::Incoming;

use crate::recording::{Answer, Recording, settings};

pub(crate) async fn run(folder: &Path, count: usize) {
    std::fs::create_dir_all(folder).unwrap();
    let pki = Pki::open(&folder.join("pki"), now()).unwrap();
    let roots = pki.roots(ListName::Tls).unwrap();
    let http = Arc::new(UreqClient::new(roots.iter().map(|root| root.der().to_vec())).unwrap());
    let mut recording = Recording {
        passphrase: "correct horse battery staple".to_owned(),
        links: Vec::new(),
        answers: BTreeMap::new(),
    };

    let file = folder.join("vault.db");
    let wallet = Wallet::create(settings(&file, http.clone()), recording.secret()).await.unwrap();
    for list in ListName::ALL {
        for anchors in pki.list_files(list) {
            wallet
                .add_trust_anchors(list, &std::fs::read_to_string(anchors).unwrap(), "pilot")
                .await
                .unwrap();
        }
    }
    let issuer = Issuer::start(IssuerOptions::new(Side::Eu, pki.clone())).await.unwrap();
    let offer = issuer.offer(&OfferRequest::new(Configuration::of(Side::Eu))).unwrap();
    let Incoming::Offer { offer: opened } = wallet.open_link(&offer.link, Source::Scan).await.unwrap() else {
        panic!("an offer's link leads to an offer");
    };
    opened.accept(offer.tx_code.as_deref().map(str::to_owned), "").await.unwrap().keep().await.unwrap();
    wallet.close().await.unwrap();

    let verifier = Verifier::start(VerifierOptions::new(Side::Eu, pki)).await.unwrap();
    for _ in 0..count {
        let request = verifier.request(RequestOptions::asking(BuiltIn::EuPidSdJwt.dcql())).unwrap();
        let url = request.request_uri.unwrap();
        let call = HttpRequest {
            method: HttpMethod::Get,
            url: url.clone(),
            headers: Vec::new(),
            body: Vec::new(),
            max_bytes: 1 << 18,
            timeout_ms: 10_000,
        };
        let answer = http.send(call).await.unwrap();
        let headers = answer.headers.iter().map(|one| (one.name.clone(), one.value.clone())).collect();
        let body = String::from_utf8(answer.body).unwrap();
        recording.answers.insert(url, Answer { headers, body });
        recording.links.push(request.uri);
    }
    let text = serde_json::to_string(&recording).unwrap();
    std::fs::write(folder.join("recording.json"), text).unwrap();
}
