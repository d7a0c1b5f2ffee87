//! Answers what was recorded.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use wallet_core::Wallet;
use wallet_core::platform::{HttpClient, HttpHeader, HttpMethod, HttpRequest, HttpResponse, PortError};
use wallet_core::present::{Source, Warning};
use wallet_core::wallet::Incoming;

use crate::recording::{Recording, settings};

pub(crate) async fn run(folder: &Path) {
    let text = std::fs::read_to_string(folder.join("recording.json")).unwrap();
    let recording: Arc<Recording> = Arc::new(serde_json::from_str(&text).unwrap());
    // A copy: every measuring begins with the same wallet.
    let copy = folder.join("vault-rust.db");
    std::fs::copy(folder.join("vault.db"), &copy).unwrap();
    let http = Arc::new(RecordedServer(Arc::clone(&recording)));
    let wallet = Wallet::open(settings(&copy, http)).await.unwrap();
    wallet.unlock(wallet_core::wallet::Unlock::Passphrase(recording.secret()), "").await.unwrap();
    let mut took = Vec::new();
    for link in &recording.links {
        let begun = Instant::now();
        present(&wallet, link).await;
        took.push(begun.elapsed().as_micros());
    }
    wallet.close().await.unwrap();
    println!("{}", serde_json::to_string(&took).unwrap());
}

async fn present(wallet: &Wallet, link: &str) {
    let Incoming::Request { request } = wallet.open_link(link, Source::Scan).await.unwrap() else {
        panic!("a verifier's link leads to a request");
    };
    let choice = request.evaluation().choose(&[]).unwrap();
    let warnings = request.warnings(&choice).unwrap();
    let acknowledged: Vec<String> = warnings.iter().map(Warning::id).collect();
    let consent = request.consent(choice, &acknowledged).unwrap();
    let receipt = request.send(consent, "").await.unwrap();
    assert_eq!(receipt.http_status, 200);
}

/// Answers at once: GET with what was recorded, POST with 200.
struct RecordedServer(Arc<Recording>);

#[async_trait]
impl HttpClient for RecordedServer {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, PortError> {
        if request.method == HttpMethod::Post {
            let json = HttpHeader { name: "Content-Type".to_owned(), value: "application/json".to_owned() };
            return Ok(HttpResponse { status: 200, headers: vec![json], body: b"{}".to_vec() });
        }
        let answer = self.0.answers.get(&request.url).ok_or(PortError::Unreachable)?;
        let header =
            |(name, value): (&String, &String)| HttpHeader { name: name.clone(), value: value.clone() };
        let headers = answer.headers.iter().map(header).collect();
        Ok(HttpResponse { status: 200, headers, body: answer.body.clone().into_bytes() })
    }
}
