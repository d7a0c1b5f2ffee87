//! The program itself, as scripts and other people's wallets drive it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use common::Folder;
use common::holder;
use common::http::Http;
use common::presenter::{Conversation, Pocket, at};
use pilot::http::UreqClient;
use pilot::pki::Pki;
use serde_json::{Value, json};
use wallet_core::platform::{HttpClient, HttpMethod, HttpRequest};

fn pilot(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pilot"));
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn output(arguments: &[&str]) -> (Option<i32>, String) {
    let Output { status, stdout, stderr } = pilot(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout) + &text(stderr))
}

/// A server that runs with `--json`.
struct Running {
    child: Child,
    lines: std::io::Lines<BufReader<ChildStdout>>,
}

impl Running {
    fn start(pki: &Folder, arguments: &[&str]) -> Self {
        Self::of(pki, &mut pilot(arguments))
    }

    /// One that somebody types to.
    fn typed_to(pki: &Folder, arguments: &[&str]) -> Self {
        Self::of(pki, pilot(arguments).stdin(Stdio::piped()))
    }

    fn of(pki: &Folder, command: &mut Command) -> Self {
        let pki = pki.path().to_str().unwrap();
        let mut child = command.args(["--pki", pki, "--json"]).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    fn type_line(&mut self, line: &str) {
        writeln!(self.child.stdin.as_mut().unwrap(), "{line}").unwrap();
    }

    /// The next event, which is of this kind.
    fn event(&mut self, kind: &str) -> Value {
        let line = self.lines.next().unwrap_or_else(|| panic!("no more lines, {kind} expected")).unwrap();
        let event: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(event["event"], kind, "{line}");
        event
    }

    fn code(mut self) -> Option<i32> {
        self.lines.by_ref().for_each(drop);
        self.child.wait().unwrap().code()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap()
}

#[test]
fn help_teaches_by_example() {
    for command in ["issuer", "verifier"] {
        let (code, help) = output(&[command, "--help"]);
        assert_eq!(code, Some(0));
        assert!(help.contains("Examples:") && help.contains(&format!("pilot {command} --side")), "{help}");
    }
    let (code, help) = output(&["--help"]);
    assert_eq!(code, Some(0));
    assert!(help.contains("Exit codes"));
}

#[test]
fn usage_errors_end_with_2_and_say_what_is_wrong() {
    let folder = Folder::new();
    let pki = folder.path().to_str().unwrap();
    let query = folder.path().join("query.json");
    std::fs::write(&query, "{\"credentials\":[]}").unwrap();
    let query = query.to_str().unwrap();
    for (arguments, told) in [
        (&["issuer"][..], "--side"),
        (&["issuer", "--side", "us"], "us"),
        (&["issuer", "--side", "eu", "--pki", pki, "--offer", "pid-sd-jwt,mdl"], "mdl"),
        (&["issuer", "--side", "eu", "--pki", pki, "--offer", "pid-mdoc,pid-mdoc"], "each once"),
        (&["issuer", "--side", "eu", "--pki", pki, "--batch", "0"], "--batch"),
        (&["issuer", "--side", "eu", "--pki", pki, "--tx-code", ""], "--tx-code"),
        (&["issuer", "--side", "eu", "--pki", pki, "--timeout", "1"], "--once"),
        (&["verifier", "--side", "eu", "--pki", pki, "--dcql", "missing.json"], "missing.json"),
        (&["verifier", "--side", "eu", "--pki", pki, "--dcql", query], "WC-2040"),
        (&["verifier", "--side", "eu", "--pki", pki, "--response-mode", "fragment"], "direct_post.jwt"),
        (&["verifier", "--side", "eu", "--pki", pki, "--client-id-prefix", "origin"], "x509_hash"),
        (&["verifier", "--side", "ca", "--pki", pki, "--host", "192.0.2.1"], "host name"),
    ] {
        let (code, said) = output(arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {said}");
        assert!(said.contains(told), "{arguments:?}: {said}");
    }
}

#[test]
fn a_port_that_is_taken_ends_with_1() {
    let folder = Folder::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let pki = folder.path().to_str().unwrap();
    let (code, said) = output(&["issuer", "--side", "eu", "--pki", pki, "--listen", &address]);
    assert_eq!(code, Some(1));
    assert!(said.contains(&address), "{said}");
}

/// Takes everything that was offered, and says so.
async fn take(pki: &Pki, ready: &Value, notification: &str) {
    let http = Http::new(pki);
    let issuer = text(ready, "credential_issuer");
    let code = holder::code_in(&holder::offer_in(text(ready, "credential_offer")));
    let token = holder::token(&http, issuer, &code, ready["tx_code"].as_str()).await.json();
    let token = text(&token, "access_token");
    let mut handles = Vec::new();
    for id in ready["credential_configuration_ids"].as_array().unwrap() {
        handles.push(holder::copies(&http, issuer, token, id.as_str().unwrap(), 3).await.1);
    }
    for handle in handles {
        let body = json!({ "notification_id": handle, "event": notification });
        http.post_json(&format!("{issuer}/notification"), Some(token), &body).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_issuer_for_one_wallet_ends_with_0_when_everything_was_kept() {
    let folder = Folder::new();
    let mut issuer = Running::start(&folder, &["issuer", "--side", "eu", "--once"]);
    let ready = issuer.event("ready");
    assert_eq!(text(&ready, "tx_code").len(), 6);
    take(&folder.pki(), &ready, "credential_accepted").await;
    for id in ["pid-sd-jwt", "pid-mdoc"] {
        let issued = issuer.event("issued");
        assert_eq!((&issued["credential_configuration_id"], &issued["copies"]), (&json!(id), &json!(3)));
    }
    for _ in 0..2 {
        assert_eq!(issuer.event("notified")["notification"], "credential_accepted");
    }
    assert_eq!(issuer.code(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_issuer_for_one_wallet_ends_with_1_when_it_did_not_work() {
    let folder = Folder::new();
    let arguments = ["issuer", "--side", "ca", "--offer", "mdl", "--tx-code", "none", "--once"];
    let mut issuer = Running::start(&folder, &arguments);
    let ready = issuer.event("ready");
    assert_eq!(ready["tx_code"], Value::Null);
    take(&folder.pki(), &ready, "credential_failure").await;
    assert_eq!(issuer.code(), Some(1), "the wallet could not keep it");

    let mut issuer = Running::start(&folder, &["issuer", "--side", "ca", "--tx-code", "1234", "--once"]);
    let ready = issuer.event("ready");
    let http = Http::new(&folder.pki());
    let code = holder::code_in(&holder::offer_in(text(&ready, "credential_offer")));
    for _ in 0..5 {
        holder::token(&http, text(&ready, "credential_issuer"), &code, Some("4321")).await;
    }
    assert_eq!(issuer.event("refused")["error"], "invalid_grant");
    assert_eq!(issuer.code(), Some(1), "the offer is dead");

    let mut issuer = Running::start(&folder, &["issuer", "--side", "ca", "--once", "--timeout", "1"]);
    issuer.event("ready");
    issuer.event("error");
    assert_eq!(issuer.code(), Some(1), "nobody came");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_issuer_that_runs_is_told_to_revoke() {
    let folder = Folder::new();
    let mut issuer = Running::typed_to(&folder, &["issuer", "--side", "ca", "--tx-code", "none"]);
    let ready = issuer.event("ready");
    issuer.type_line("revoke");
    assert!(text(&issuer.event("error"), "message").contains("nothing was issued"));
    take(&folder.pki(), &ready, "credential_accepted").await;
    for kind in ["issued", "issued", "notified", "notified", "offer"] {
        issuer.event(kind);
    }
    let suspend = format!("suspend {}", text(&ready, "offer"));
    for (line, status) in [("reinstate", "valid"), (&suspend, "suspended"), ("revoke", "revoked")] {
        issuer.type_line(line);
        let event = json!({ "event": "status", "offer": ready["offer"], "status": status });
        assert_eq!(issuer.event("status"), event);
    }
    for (line, told) in
        [("reinstate", "stays revoked"), ("suspend nobody's", "nothing was issued"), ("undo", "type revoke")]
    {
        issuer.type_line(line);
        assert!(text(&issuer.event("error"), "message").contains(told), "{line}");
    }
    // The end of what is typed is not the end of the issuer.
    drop(issuer.child.stdin.take());
    let http = Http::new(&folder.pki());
    let list = format!("{}/status/mdoc", text(&ready, "credential_issuer"));
    assert_eq!(http.get(&list).await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_issuer_makes_a_new_offer_when_one_is_used() {
    let folder = Folder::new();
    let mut issuer = Running::start(&folder, &["issuer", "--side", "ca", "--tx-code", "none"]);
    let ready = issuer.event("ready");
    take(&folder.pki(), &ready, "credential_accepted").await;
    for kind in ["issued", "issued", "notified", "notified"] {
        issuer.event(kind);
    }
    let next = issuer.event("offer");
    assert_ne!(next["credential_offer"], ready["credential_offer"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn issuer_and_verifier_that_start_together_share_one_pki() {
    let folder = Folder::new();
    let mut verifier = Running::start(&folder, &["verifier", "--side", "ca", "--once"]);
    let mut issuer = Running::start(&folder, &["issuer", "--side", "ca", "--tx-code", "none", "--once"]);
    let (request, ready) = ((verifier.event("ready"), verifier.event("request")).1, issuer.event("ready"));
    let http = Http::new(&folder.pki());
    let metadata = format!("{}/.well-known/openid-credential-issuer", text(&ready, "credential_issuer"));
    assert_eq!(http.get(&metadata).await.status(), 200);

    let pocket = Pocket::fill(&folder.pki(), &http).await;
    let conversation = Conversation::open(&http, text(&request, "uri")).await;
    let presentation = conversation.present(&pocket.mdl, &[at(["org.iso.18013.5.1", "age_over_19"])]);
    conversation.answer(&http, &json!({ "mdl": [presentation] })).await;
    assert_eq!(verifier.event("fetched")["id"], request["id"]);
    let result = verifier.event("result");
    assert_eq!((&result["verified"], &result["error"]), (&json!(true), &Value::Null));
    let claims = json!({ "org.iso.18013.5.1": { "age_over_19": true } });
    assert_eq!(result["credentials"][0]["claims"], claims);
    assert_eq!(verifier.code(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_verifier_for_one_wallet_ends_with_1_when_nothing_was_verified() {
    let folder = Folder::new();
    let query = folder.path().join("query.json");
    let meta = json!({ "vct_values": ["urn:example:x"] });
    let dcql = json!({ "credentials": [{ "id": "x", "format": "dc+sd-jwt", "meta": meta }] });
    std::fs::write(&query, dcql.to_string()).unwrap();
    let mut verifier = Running::start(
        &folder,
        &["verifier", "--side", "eu", "--once", "--dcql", query.to_str().unwrap(), "--response-mode"]
            .into_iter()
            .chain(["direct_post", "--client-id-prefix", "x509_san_dns"])
            .collect::<Vec<_>>(),
    );
    verifier.event("ready");
    let request = verifier.event("request");
    let http = Http::new(&folder.pki());
    let conversation = Conversation::open(&http, text(&request, "uri")).await;
    assert_eq!(conversation.payload["dcql_query"], dcql);
    assert_eq!(conversation.payload["response_mode"], "direct_post");
    assert_eq!(conversation.client_id, "x509_san_dns:localhost");
    let fields = [("error", "access_denied"), ("state", &conversation.state)];
    http.post_form(&conversation.response_uri, &fields).await;
    verifier.event("fetched");
    let result = verifier.event("result");
    assert_eq!((&result["verified"], &result["credentials"]), (&json!(false), &json!([])));
    assert_eq!(result["error"]["code"], "access_denied");
    assert_eq!(verifier.code(), Some(1));

    let mut verifier = Running::start(&folder, &["verifier", "--side", "eu", "--once", "--timeout", "1"]);
    verifier.event("ready");
    verifier.event("request");
    assert_eq!(verifier.event("result")["error"]["code"], "timeout");
    assert_eq!(verifier.code(), Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_http_is_spoken_when_told() {
    let folder = Folder::new();
    let mut issuer = Running::start(&folder, &["issuer", "--side", "eu", "--insecure-http"]);
    let ready = issuer.event("ready");
    let url = text(&ready, "credential_issuer");
    assert!(url.starts_with("http://localhost:"));
    let client = UreqClient::new(Vec::<Vec<u8>>::new()).unwrap().with_insecure_loopback();
    let request = HttpRequest {
        method: HttpMethod::Get,
        url: format!("{url}/.well-known/openid-credential-issuer"),
        headers: Vec::new(),
        body: Vec::new(),
        max_bytes: 1 << 20,
        timeout_ms: 10_000,
    };
    assert_eq!(client.send(request).await.map(|answer| answer.status).ok(), Some(200));
}

#[cfg(unix)]
#[test]
fn a_server_that_is_told_to_end_ends_well() {
    let folder = Folder::new();
    for signal in ["-INT", "-TERM"] {
        let mut verifier = Running::start(&folder, &["verifier", "--side", "eu"]);
        verifier.event("ready");
        verifier.event("request");
        let id = verifier.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        assert_eq!(verifier.code(), Some(0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn people_read_words() {
    let folder = Folder::new();
    let pki = folder.path().to_str().unwrap();
    let arguments = ["verifier", "--side", "eu", "--pki", pki, "--once", "--timeout", "20"];
    let mut child = pilot(&arguments).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut said = Vec::new();
    let link = loop {
        let line = lines.next().unwrap();
        if line.starts_with("openid4vp://") {
            break line;
        }
        said.push(line);
    };
    assert!(said.iter().any(|line| line.contains("trust add --list eu-verifiers")), "{said:?}");
    let http = Http::new(&folder.pki());
    let pocket = Pocket::fill(&folder.pki(), &http).await;
    let conversation = Conversation::open(&http, &link).await;
    let places = [at(["family_name"]), at(["nationalities"])];
    let vp_token = json!({ "pid": [conversation.present(&pocket.pid_sd_jwt, &places)] });
    conversation.answer(&http, &vp_token).await;
    let rest: Vec<_> = lines.collect();
    for told in ["Verified.", "Family name: Vandermeer", "Belgium", "issued by Demo PID Provider"] {
        assert!(rest.iter().any(|line| line.contains(told)), "{told}: {rest:?}");
    }
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
