//! A verifier that runs.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use serde_json::Value;
use tokio::sync::broadcast;
use wallet_core::crypto::p256::SecretKey;
use wallet_core::jose::jwk::Jwk;
use wallet_core::present::dcql::Query;
use wallet_core::profile::{ClientIdPrefix, DcqlLeniency, Profile, ResponseMode};
use wallet_core::trust::{Anchors, ListName, Side};

use super::check::{self, Judge, Statuses};
use super::event::VerifierEvent;
use super::options::VerifierOptions;
use super::registration::Registration;
use super::request::{Request, RequestId, RequestOptions};
use super::request_object::{self, Parameters};
use super::session::{Asked, REQUEST_SECONDS, SameDevice, Session, Sessions, random_text};
use super::verdict::Verdict;
use super::{endpoints, page};
use crate::error::ServerError;
use crate::http::{Bound, Server, Transport, UreqClient};
use crate::pki::{Issued, Signer};

/// Events that a slow watcher may be behind before it misses some.
const EVENTS: usize = 256;
/// The longest response: several credentials with portraits, encoded twice.
const RESPONSE: usize = 8 * 1024 * 1024;

/// What the endpoints share.
pub(super) struct Shared {
    /// Scheme, host and port of the server.
    pub(super) url: String,
    pub(super) side: Side,
    host: String,
    signer: Signer,
    /// Who says what it is registered for; nobody in Canada.
    registrar: Option<Signer>,
    registration: Registration,
    anchors: Anchors,
    pub(super) statuses: Statuses,
    response_mode: ResponseMode,
    client_id_prefix: ClientIdPrefix,
    /// What is asked when nothing else is said.
    pub(super) default_dcql: Value,
    /// Whether that is the side's own default.
    pub(super) is_own_default: bool,
    pub(super) secure: bool,
    pub(super) sessions: Sessions,
    events: broadcast::Sender<VerifierEvent>,
}

impl Shared {
    /// Tells whoever watches; nobody may.
    pub(super) fn tell(&self, event: VerifierEvent) {
        let _ = self.events.send(event);
    }

    /// Who the verifier is, by its certificate.
    pub(super) fn name(&self) -> String {
        self.signer.certificate.display_name()
    }

    /// What judgements rest on.
    pub(super) fn judge(&self) -> Judge<'_> {
        Judge { anchors: &self.anchors, profile: Profile::of(self.side), now: crate::time::now() }
    }

    /// Ends a request, once, and tells.
    pub(super) fn finish(&self, session: &Session, verdict: Verdict) -> bool {
        let first = session.finish(Arc::new(verdict.clone()));
        if first {
            self.tell(VerifierEvent::Result { id: session.id.clone(), verdict });
        }
        first
    }

    /// Makes a request, and tells when its time is over.
    pub(super) fn request(self: &Arc<Self>, options: RequestOptions) -> Result<Arc<Session>, ServerError> {
        let session = self.make(options, None)?;
        let (shared, watched) = (Arc::downgrade(self), Arc::downgrade(&session));
        let seconds = u64::try_from(REQUEST_SECONDS).unwrap_or(0);
        tokio::spawn(async move {
            tokio::time::sleep(std::time::Duration::from_secs(seconds)).await;
            if let (Some(shared), Some(session)) = (shared.upgrade(), watched.upgrade()) {
                shared.finish(&session, Verdict::timeout());
            }
        });
        Ok(session)
    }

    /// Makes a request. `browser` may see the result on the page, when it is for the same device. Nothing tells when its
    /// time is over, unless somebody looks.
    pub(super) fn make(
        &self,
        options: RequestOptions,
        browser: Option<String>,
    ) -> Result<Arc<Session>, ServerError> {
        let dcql = options.dcql.unwrap_or_else(|| self.default_dcql.clone());
        let query = Query::parse(&dcql, &DcqlLeniency::NONE)?;
        check::can_judge(&query)?;
        let response_mode = options.response_mode.unwrap_or(self.response_mode);
        let prefix = options.client_id_prefix.unwrap_or(self.client_id_prefix);
        let public_id = random_text()?;
        let response_uri = format!("{}/response/{public_id}", self.url);
        let client_id = request_object::client_id(prefix, &self.signer, &self.host, &response_uri);
        let (nonce, state) = (random_text()?, random_text()?);
        let encryption_key = response_mode.is_encrypted().then(SecretKey::random).transpose()?;
        let jwk = encryption_key.as_ref().map(|key| Jwk {
            kid: Some("1".to_owned()),
            alg: Some("ECDH-ES".to_owned()),
            key_use: Some("enc".to_owned()),
            ..Jwk::new(key.public_key())
        });
        let now = crate::time::now();
        let registration = options.registration.unwrap_or(self.registration);
        let registrar = self.registrar.as_ref().filter(|_| prefix == ClientIdPrefix::X509Hash);
        let registration_certificate = registrar.and_then(|registrar| {
            registration.certificate(registrar, &self.signer.certificate, &dcql, &self.url, now)
        });
        let parameters = Parameters {
            client_id: &client_id,
            response_mode,
            response_uri: &response_uri,
            nonce: &nonce,
            state: &state,
            dcql: &dcql,
            encryption_key: jwk.as_ref(),
            registration_certificate: registration_certificate.as_deref(),
        };
        let (uri, request_object) = match prefix {
            ClientIdPrefix::RedirectUri => (parameters.plain_link(), None),
            ClientIdPrefix::X509Hash | ClientIdPrefix::X509SanDns => {
                let request_uri = format!("{}/request/{public_id}", self.url);
                let link = request_object::reference_link(&client_id, &request_uri);
                (link, Some(parameters.signed(&self.signer, now)))
            }
        };
        let uri = uri.ok_or_else(|| ServerError::Options("the link cannot be written".to_owned()))?;
        let same_device = match options.same_device {
            true => Some(SameDevice { response_code: random_text()?, browser }),
            false => None,
        };
        let session = self.sessions.add(
            Asked {
                public_id,
                uri,
                client_id,
                response_uri,
                nonce,
                state,
                dcql,
                query,
                encryption_key,
                request_object,
                same_device,
            },
            now,
        )?;
        self.tell(VerifierEvent::Request { id: session.id.clone(), uri: session.asked.uri.clone() });
        Ok(session)
    }

    /// Waits for the verdict until the time of the request is over.
    pub(super) async fn verdict(&self, session: &Session) -> Arc<Verdict> {
        let left = session.expires.0.saturating_sub(crate::time::now().0);
        let left = std::time::Duration::from_secs(u64::try_from(left).unwrap_or(0));
        if let Ok(Some(verdict)) = tokio::time::timeout(left, session.verdict()).await {
            return verdict;
        }
        // An answer may have come in the same moment; then this changes nothing.
        self.finish(session, Verdict::timeout());
        session.progress().verdict().unwrap_or_else(|| Arc::new(Verdict::timeout()))
    }
}

/// A verifier that runs. Dropped, it stops.
pub struct Verifier {
    shared: Arc<Shared>,
    server: Server,
}

impl Verifier {
    /// Starts.
    ///
    /// # Errors
    /// [`ServerError`]; an invalid query among the options is told here, not at the first request.
    pub async fn start(options: VerifierOptions) -> Result<Self, ServerError> {
        let default_dcql = options.default_query();
        check::can_judge(&Query::parse(&default_dcql, &DcqlLeniency::NONE)?)?;
        let VerifierOptions {
            side,
            listen,
            host,
            pki,
            response_mode,
            client_id_prefix,
            dcql,
            registration,
            insecure_http,
        } = options;
        if client_id_prefix == ClientIdPrefix::X509SanDns && host.parse::<std::net::IpAddr>().is_ok() {
            return Err(ServerError::Options("x509_san_dns needs a host name, not an address".to_owned()));
        }
        let now = crate::time::now();
        let transport = match insecure_http {
            true => Transport::InsecureHttp,
            false => Transport::Https(pki.tls_identity(&host, now)?),
        };
        // Credentials of both sides: who may ask differs, whom a verifier believes need not.
        let anchors = pki.anchors([ListName::EuIssuers, ListName::CaIssuers], now)?;
        let roots = pki.roots(ListName::Tls)?;
        let http = UreqClient::new(roots.iter().map(|root| root.der().to_vec()))?;
        let http = if insecure_http { http.with_insecure_loopback() } else { http };
        let signer = pki.signer(Issued::RequestSigner(side, &host), now)?;
        let registrar = match side {
            Side::Eu => Some(pki.signer(Issued::Registrar, now)?),
            Side::Ca => None,
        };
        let failed = |error| ServerError::Listen(listen, error);
        let bound = Bound::to(listen).await.map_err(failed)?;
        let (events, _) = broadcast::channel(EVENTS);
        let shared = Arc::new(Shared {
            url: bound.url(&transport, &host),
            side,
            host,
            signer,
            registrar,
            registration,
            anchors,
            statuses: Statuses::new(http),
            response_mode,
            client_id_prefix,
            default_dcql,
            is_own_default: dcql.is_none(),
            secure: !insecure_http,
            sessions: Sessions::default(),
            events,
        });
        let server = bound.serve(&transport, router(Arc::clone(&shared))).map_err(failed)?;
        Ok(Self { shared, server })
    }

    /// The address of the web page.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.shared.url
    }

    /// Makes a request for one wallet. Call it on a tokio runtime.
    ///
    /// # Errors
    /// [`ServerError::Core`] for a query that is invalid or that this verifier could not judge.
    pub fn request(&self, options: RequestOptions) -> Result<Request, ServerError> {
        let session = self.shared.request(options)?;
        let request_uri = session
            .asked
            .request_object
            .is_some()
            .then(|| format!("{}/request/{}", self.shared.url, session.asked.public_id));
        Ok(Request {
            id: session.id.clone(),
            uri: session.asked.uri.clone(),
            client_id: session.asked.client_id.clone(),
            request_uri,
        })
    }

    /// Waits for what comes of a request: until it is answered, or its ten minutes are over. `None` for a request that
    /// this verifier did not make, or made long ago.
    pub async fn result(&self, id: &RequestId) -> Option<Arc<Verdict>> {
        let session = self.shared.sessions.by_id(&id.0)?;
        Some(self.shared.verdict(&session).await)
    }

    /// Hears of everything that happens from now on.
    #[must_use]
    pub fn events(&self) -> broadcast::Receiver<VerifierEvent> {
        self.shared.events.subscribe()
    }

    /// Stops.
    pub async fn stop(self) {
        self.server.stop().await;
    }
}

fn router(shared: Arc<Shared>) -> Router {
    let response = post(endpoints::response::response).layer(DefaultBodyLimit::max(RESPONSE));
    Router::new()
        .route("/request/{id}", get(endpoints::request::request))
        .route("/response/{id}", response)
        .route("/api/requests", post(endpoints::api::create))
        .route("/api/requests/{id}", get(endpoints::api::result))
        .merge(page::routes())
        .with_state(shared)
}
