//! The verifier's web page, as a browser without script sees it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::Folder;
use common::holder;
use common::http::{Answer, Http};
use common::presenter::{Conversation, Pocket, at, pid_saying};
use pilot::pki::Pki;
use pilot::verifier::{BuiltIn, RequestOptions, Verifier, VerifierOptions};
use serde_json::{Value, json};
use wallet_core::credential::path::ClaimLocation;
use wallet_core::platform::HttpMethod;
use wallet_core::trust::Side;

struct World {
    _folder: Folder,
    pki: Pki,
    http: Http,
    verifier: Verifier,
}

impl World {
    async fn new(side: Side) -> Self {
        let folder = Folder::new();
        let pki = folder.pki();
        let verifier = Verifier::start(VerifierOptions::new(side, pki.clone())).await.unwrap();
        Self { http: Http::new(&pki), _folder: folder, pki, verifier }
    }

    async fn get(&self, path: &str) -> Answer {
        self.http.get(&format!("{}{path}", self.verifier.url())).await
    }

    /// Presses a button on the first page: where that leads to, and the browser's cookie.
    async fn press(&self, query: &str, lang: &str) -> (String, String) {
        let form = format!("query={query}&lang={lang}");
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        let url = format!("{}/requests", self.verifier.url());
        let answer = self.http.send(HttpMethod::Post, &url, &headers, form.as_bytes()).await;
        assert_eq!(answer.status(), 303);
        let cookie = answer.header("set-cookie").unwrap();
        for attribute in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        let cookie = cookie.split(';').next().unwrap().to_owned();
        (answer.header("location").unwrap().to_owned(), cookie)
    }

    /// Answers the request behind a link with these claims of a PID.
    async fn answer(&self, link: &str, claims: &Value, places: &[ClaimLocation]) -> Answer {
        let conversation = Conversation::open(&self.http, link).await;
        let held = pid_saying(&self.pki, claims);
        conversation.answer(&self.http, &json!({ "pid": [conversation.present(&held, places)] })).await
    }
}

/// The links to a wallet on a page: the text below the code, and the button.
fn links(html: &str) -> (String, String) {
    let unescaped = |text: &str| text.replace("&amp;", "&");
    let code = html.split("<code>").nth(1).unwrap().split('<').next().unwrap();
    let button = html.split("class=\"button\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    (unescaped(code), unescaped(button))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_page_speaks_both_languages() {
    let world = World::new(Side::Eu).await;
    let english = world.get("/").await;
    assert_eq!(english.status(), 200);
    assert_eq!(english.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(english.header("content-language"), Some("en"));
    let english = english.text();
    assert!(english.contains("<html lang=\"en\">") && english.contains("<h1>What shall be checked?</h1>"));
    let french = world.get("/?lang=fr").await;
    assert_eq!(french.header("content-language"), Some("fr"));
    let french = french.text();
    assert!(french.contains("<html lang=\"fr\">") && french.contains("Que faut-il vérifier"));
    let url = format!("{}/", world.verifier.url());
    let by_browser = world.http.get_with(&url, &[("accept-language", "fr-CA,en;q=0.5")]).await.text();
    assert!(by_browser.contains("<html lang=\"fr\">"));
    for html in [&english, &french] {
        for query in BuiltIn::of(Side::Eu) {
            assert!(html.contains(&format!("value=\"{}\"", query.name())));
        }
        for gap in ["page.", "query.", "undefined"] {
            assert!(!html.contains(gap), "a text is missing: {gap}");
        }
        assert!(!html.contains("http://") && !html.contains("https://"), "nothing from elsewhere");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operators_own_query_stands_first() {
    let folder = Folder::new();
    let pki = folder.pki();
    let dcql = Some(BuiltIn::Portrait.dcql());
    let options = VerifierOptions { dcql, ..VerifierOptions::new(Side::Ca, pki.clone()) };
    let verifier = Verifier::start(options).await.unwrap();
    let world = World { http: Http::new(&pki), _folder: folder, pki, verifier };
    let html = world.get("/").await.text();
    assert!(html.find("value=\"own\"").unwrap() < html.find("value=\"ca-age-19\"").unwrap());
    let (location, _) = world.press("own", "en").await;
    assert!(world.get(&location).await.text().contains("Portrait photo"));
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_forbid_what_they_do_not_need() {
    let world = World::new(Side::Ca).await;
    for path in ["/", "/unknown", "/done?response_code=x", "/requests/x"] {
        let answer = world.get(path).await;
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        let html = answer.text();
        assert!(!html.contains("style=") && !html.contains("onclick") && !html.contains("<script>"));
        assert_eq!(answer.status(), if path == "/" { 200 } else { 404 });
    }
    assert_eq!(world.get("/assets/style.css").await.header("content-type"), Some("text/css; charset=utf-8"));
    assert_eq!(world.get("/assets/page.js").await.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_shown_as_code_and_link_and_waits() {
    let world = World::new(Side::Ca).await;
    let (location, _) = world.press("ca-age-19", "fr").await;
    let html = world.get(&location).await.text();
    assert!(html.contains("<html lang=\"fr\">"), "the language stays");
    assert!(html.contains("role=\"img\" aria-label=\"Code QR contenant la demande\"><svg"));
    assert!(html.contains("19 ans ou plus"), "what is asked for, in words");
    assert!(html.contains("<noscript><meta http-equiv=\"refresh\""), "it works without script");
    let (code, button) = links(&html);
    assert_ne!(code, button, "another device and this one have a request each");

    let watch = html.split("data-watch=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    let state = async |seen: &str| world.get(&format!("{watch}&seen={seen}")).await.json()["state"].clone();
    assert_eq!(state("").await, "waiting");
    let (fetched, _) = tokio::join!(state("waiting"), Conversation::open(&world.http, &button));
    assert_eq!(fetched, "fetched");
    assert!(world.get(&location).await.text().contains("data-state=\"fetched\""));
    let conversation = Conversation::open(&world.http, &code).await;
    let fields = [("error", "access_denied"), ("state", &conversation.state)];
    let (done, _) = tokio::join!(state("fetched"), world.http.post_form(&conversation.response_uri, &fields));
    assert_eq!(done, "done");
    let html = world.get(&location).await.text();
    assert!(html.contains("<h1 class=\"declined\">Demande déclinée"));
    assert!(world.get("/requests/unknown/state").await.status() == 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_verdict_shows_what_was_disclosed_with_its_labels() {
    let world = World::new(Side::Eu).await;
    let pocket = Pocket::fill(&world.pki, &world.http).await;
    let (location, _) = world.press("portrait", "en").await;
    let (code, _) = links(&world.get(&location).await.text());
    let conversation = Conversation::open(&world.http, &code).await;
    let iso = |name| at(["org.iso.18013.5.1", name]);
    let places = ["given_name", "family_name", "birth_date", "resident_address", "portrait"].map(iso);
    let vp_token = json!({ "mdl": [conversation.present(&pocket.mdl, &places)] });
    assert_eq!(conversation.answer(&world.http, &vp_token).await.status(), 200);
    let html = world.get(&location).await.text();
    for shown in [
        "<h1 class=\"accepted\">Accepted</h1>",
        "<dt>Family name</dt><dd>Côté-Lévesque</dd>",
        "<dt>Date of birth</dt><dd>14 February 1990</dd>",
        "<img src=\"data:image/jpeg;base64,/9j/",
        "alt=\"Portrait photo\"",
        "Issued by Demo Ministry of Digital Services.",
    ] {
        assert!(html.contains(shown), "{shown} is not in {html}");
    }
    assert!(!html.contains("refresh"), "there is nothing more to wait for");
    let french = world.get(&location.replace("lang=en", "lang=fr")).await.text();
    assert!(french.contains("<dt>Nom de famille</dt>") && french.contains("14 février 1990"));
}

#[tokio::test(flavor = "multi_thread")]
async fn claims_cannot_become_markup() {
    let world = World::new(Side::Eu).await;
    let evil = "<script>alert(1)</script><img src=x onerror=\"alert('&')\">";
    let claims =
        json!({ "family_name": evil, "nationalities": [evil], "picture": "data:text/html,<b>x</b>" });
    let dcql = json!({ "credentials": [{
        "id": "pid", "format": "dc+sd-jwt", "meta": { "vct_values": ["urn:eudi:pid:1"] },
        "claims": [{ "path": ["family_name"] }, { "path": ["nationalities"] }, { "path": ["picture"] }],
    }] });
    let request = world.verifier.request(RequestOptions::asking(dcql)).unwrap();
    let places = [at(["family_name"]), at(["nationalities"]), at(["picture"])];
    assert_eq!(world.answer(&request.uri, &claims, &places).await.status(), 200);
    let html = world.get(&format!("/requests/{}", request.id.as_str())).await.text();
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{html}");
    for markup in ["<script>", "<img", "<b>", "onerror=\""] {
        assert!(!html.contains(markup), "{markup} in {html}");
    }

    let request = world.verifier.request(RequestOptions::default()).unwrap();
    let conversation = Conversation::open(&world.http, &request.uri).await;
    let fields = [("error", "<script>x"), ("error_description", "<b>"), ("state", &conversation.state)];
    world.http.post_form(&conversation.response_uri, &fields).await;
    let html = world.get(&format!("/requests/{}", request.id.as_str())).await.text();
    assert!(html.contains("&lt;script&gt;x") && !html.contains("<script>") && !html.contains("<b>"));
    let reflected = world.get("/requests/x?also=%3Cscript%3E&lang=en").await.text();
    assert!(!reflected.contains("<script>"));
}

#[tokio::test(flavor = "multi_thread")]
async fn on_the_same_device_only_the_browser_that_began_sees_the_result() {
    let world = World::new(Side::Eu).await;
    let (location, cookie) = world.press("eu-pid-sd-jwt", "en").await;
    let (_, button) = links(&world.get(&location).await.text());
    let claims = json!({ "family_name": "Secretname", "nationalities": ["BE"] });
    let places = [at(["family_name"]), at(["nationalities"])];
    let redirect = world.answer(&button, &claims, &places).await.json();
    let redirect = redirect["redirect_uri"].as_str().unwrap();

    let also = holder::parameter(&format!("https://x{location}"), "also");
    for elsewhere in [location.clone(), format!("/requests/{also}")] {
        let url = format!("{}{elsewhere}", world.verifier.url());
        let html = world.http.get_with(&url, &[("cookie", &cookie)]).await.text();
        assert!(html.contains("Go on where your wallet took you") && !html.contains("Secretname"));
    }
    for cookies in [&[][..], &[("cookie", "pilot_browser=another")][..]] {
        let answer = world.http.get_with(redirect, cookies).await;
        assert_eq!(answer.status(), 403);
        assert!(!answer.text().contains("Secretname"));
    }
    let html = world.http.get_with(redirect, &[("cookie", &cookie)]).await.text();
    assert!(html.contains("<h1 class=\"accepted\">Accepted</h1>") && html.contains("Secretname"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_answer_says_why_and_shows_nothing_of_it() {
    let world = World::new(Side::Eu).await;
    let (location, _) = world.press("eu-pid-sd-jwt", "fr").await;
    let (code, _) = links(&world.get(&location).await.text());
    let claims = json!({ "family_name": "Secretname", "nationalities": ["BE"] });
    assert_eq!(world.answer(&code, &claims, &[at(["family_name"])]).await.status(), 400);
    let html = world.get(&location).await.text();
    assert!(html.contains("<h1 class=\"refused\">Non accepté</h1>") && html.contains("WC-3203"));
    assert!(!html.contains("Secretname"));
}
