//! The addresses of the web page.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Form, Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::queries::BuiltIn;
use super::super::request::RequestOptions;
use super::super::running::Shared;
use super::super::session::{Progress, Session, random_text};
use super::super::verdict::Verdict;
use super::visitor::{self, Visitor};
use super::{home, outcome, waiting};
use crate::words::Language;

type App = State<Arc<Shared>>;

/// How long one look for news may take.
const WATCH: Duration = Duration::from_secs(25);

/// The routes.
pub(in crate::verifier) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/", get(first))
        .route("/requests", post(ask))
        .route("/requests/{id}", get(show))
        .route("/requests/{id}/state", get(watch))
        .route("/done", get(done))
        .route("/assets/style.css", get(style))
        .route("/assets/page.js", get(script))
        .fallback(nothing)
}

async fn first(State(shared): App, visitor: Visitor) -> Response {
    home::render(&shared, &visitor)
}

#[derive(Deserialize)]
struct Ask {
    query: String,
    #[serde(default)]
    lang: String,
}

async fn ask(State(shared): App, visitor: Visitor, Form(Ask { query, lang }): Form<Ask>) -> Response {
    let language = Language::from_tag(&lang).unwrap_or(visitor.language);
    let dcql = match query.as_str() {
        home::OWN => Some(shared.default_dcql.clone()),
        name => BuiltIn::from_name(name).map(BuiltIn::dcql),
    };
    let Some(pair) = dcql.and_then(|dcql| Pair::make(&shared, &visitor, &dcql)) else {
        return outcome::notice(&shared, &visitor, "not_found", StatusCode::NOT_FOUND);
    };
    let (id, also) = (pair.other_device.id.as_str(), pair.same_device.id.as_str());
    let address = format!("/requests/{id}?also={also}&lang={}", language.tag());
    let cookie = [(header::SET_COOKIE, visitor::set_cookie(&pair.browser, shared.secure))];
    (cookie, Redirect::to(&address)).into_response()
}

/// Two requests: one for the code, which another device scans, one for the link, which this device follows and comes
/// back from.
struct Pair {
    /// What the cookie shall say.
    browser: String,
    other_device: Arc<Session>,
    same_device: Arc<Session>,
}

impl Pair {
    fn make(shared: &Shared, visitor: &Visitor, dcql: &Value) -> Option<Self> {
        let browser = visitor.browser.clone().map_or_else(random_text, Ok).ok()?;
        let options = RequestOptions::asking(dcql.clone());
        let other_device = shared.make(options.clone(), None).ok()?;
        let options = RequestOptions { same_device: true, ..options };
        let same_device = shared.make(options, Some(browser.clone())).ok()?;
        Some(Self { browser, other_device, same_device })
    }
}

/// The request, or what came of it.
async fn show(State(shared): App, Path(id): Path<String>, visitor: Visitor) -> Response {
    let also = visitor.parameter("also").and_then(|id| find(&shared, id));
    let Some(session) = find(&shared, &id) else {
        return outcome::notice(&shared, &visitor, "not_found", StatusCode::NOT_FOUND);
    };
    match verdict(&shared, &session) {
        // Made for this device: who sees the result must come back from the wallet (14.2).
        Some(_) if session.asked.same_device.is_some() => {
            outcome::notice(&shared, &visitor, "elsewhere", StatusCode::OK)
        }
        Some(verdict) if verdict.error.is_none() => outcome::render(&shared, &visitor, &session, &verdict),
        Some(_) if also.as_ref().is_some_and(|also| is_answered(also)) => {
            outcome::notice(&shared, &visitor, "elsewhere", StatusCode::OK)
        }
        Some(verdict) => outcome::render(&shared, &visitor, &session, &verdict),
        None if also.as_ref().is_some_and(|also| is_answered(also)) => {
            outcome::notice(&shared, &visitor, "elsewhere", StatusCode::OK)
        }
        None => waiting::render(&shared, &visitor, &session, also.as_deref()),
    }
}

/// What is new, as soon as it is.
async fn watch(State(shared): App, Path(id): Path<String>, visitor: Visitor) -> Response {
    let sessions: Vec<_> = [Some(id.as_str()), visitor.parameter("also")]
        .into_iter()
        .flatten()
        .filter_map(|id| find(&shared, id))
        .collect();
    let Some(first) = sessions.first() else { return StatusCode::NOT_FOUND.into_response() };
    let second = sessions.get(1).unwrap_or(first);
    let seen = visitor.parameter("seen").unwrap_or_default();
    let news = async {
        // Registered before looking, so that nothing falls between.
        let (mut one, mut other) = (first.subscribe(), second.subscribe());
        while state(&shared, &sessions) == seen {
            tokio::select! {
                changed = one.changed() => drop(changed),
                changed = other.changed() => drop(changed),
            }
        }
    };
    let _ = tokio::time::timeout(WATCH, news).await;
    let no_store = [(header::CACHE_CONTROL, "no-store")];
    (no_store, Json(json!({ "state": state(&shared, &sessions) }))).into_response()
}

/// Where the wallet sends the citizen back to.
async fn done(State(shared): App, visitor: Visitor) -> Response {
    let code = visitor.parameter("response_code").unwrap_or_default();
    let session = shared.sessions.by_response_code(code);
    let Some((session, verdict)) = session.and_then(|one| Some((one.clone(), one.progress().verdict()?)))
    else {
        return outcome::notice(&shared, &visitor, "not_found", StatusCode::NOT_FOUND);
    };
    let began = session.asked.same_device.as_ref().and_then(|same| same.browser.as_ref());
    // Who was lured into answering somebody else's request sees nothing, and neither does the other.
    if began.is_none() || began != visitor.browser.as_ref() {
        return outcome::notice(&shared, &visitor, "other_browser", StatusCode::FORBIDDEN);
    }
    outcome::render(&shared, &visitor, &session, &verdict)
}

async fn style() -> Response {
    asset("text/css; charset=utf-8", include_str!("assets/style.css"))
}

async fn script() -> Response {
    asset("text/javascript; charset=utf-8", include_str!("assets/page.js"))
}

async fn nothing(State(shared): App, visitor: Visitor) -> Response {
    outcome::notice(&shared, &visitor, "not_found", StatusCode::NOT_FOUND)
}

fn asset(media_type: &'static str, content: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, content).into_response()
}

fn find(shared: &Shared, id: &str) -> Option<Arc<Session>> {
    shared.sessions.by_id(id)
}

/// The verdict; a request whose time is over gets its own here, when nobody has waited for it.
fn verdict(shared: &Shared, session: &Session) -> Option<Arc<Verdict>> {
    if !session.is_open(crate::time::now()) {
        shared.finish(session, Verdict::timeout());
    }
    session.progress().verdict()
}

/// Whether a wallet answered, one way or the other.
fn is_answered(session: &Session) -> bool {
    session.progress().verdict().is_some_and(|verdict| !verdict.is_timeout())
}

/// How far the furthest of the requests is.
fn state(shared: &Shared, sessions: &[Arc<Session>]) -> &'static str {
    let progress: Vec<_> = sessions.iter().map(|one| (verdict(shared, one), one.progress())).collect();
    if progress.iter().any(|(verdict, _)| verdict.is_some()) {
        "done"
    } else if progress.iter().any(|(_, progress)| matches!(progress, Progress::Fetched)) {
        "fetched"
    } else {
        "waiting"
    }
}
