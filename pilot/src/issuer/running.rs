//! An issuer that runs.

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use tokio::sync::broadcast;
use wallet_core::trust::Side;

use super::configuration::Configuration;
use super::endpoints;
use super::event::IssuerEvent;
use super::offer::{self, Offer, OfferRequest};
use super::options::IssuerOptions;
use super::signing::Signing;
use super::state::{OfferId, State};
use super::statuses::{Status, StatusUnchanged, Statuses};
use crate::error::ServerError;
use crate::http::{Bound, Server, Transport};
use crate::pki::Issued;
use crate::words::Language;

/// Events that a slow watcher may be behind before it misses some.
const EVENTS: usize = 256;

/// What the endpoints share.
pub(super) struct Shared {
    /// The Credential Issuer Identifier.
    pub(super) url: String,
    pub(super) side: Side,
    pub(super) batch: usize,
    pub(super) signing: Signing,
    pub(super) state: State,
    pub(super) statuses: Statuses,
    events: broadcast::Sender<IssuerEvent>,
}

impl Shared {
    /// Tells whoever watches; nobody may.
    pub(super) fn tell(&self, event: IssuerEvent) {
        let _ = self.events.send(event);
    }
}

/// An issuer that runs. Dropped, it stops.
pub struct Issuer {
    shared: Arc<Shared>,
    server: Server,
}

impl Issuer {
    /// Starts.
    ///
    /// # Errors
    /// [`ServerError`].
    pub async fn start(options: IssuerOptions) -> Result<Self, ServerError> {
        let IssuerOptions { side, listen, host, pki, batch, insecure_http } = options;
        let now = crate::time::now();
        let transport = match insecure_http {
            true => Transport::InsecureHttp,
            false => Transport::Https(pki.tls_identity(&host, now)?),
        };
        let signing = Signing {
            side,
            document_signer: pki.signer(Issued::DocumentSigner(side), now)?,
            sd_jwt_signer: pki.signer(Issued::SdJwtSigner(side), now)?,
        };
        let failed = |error| ServerError::Listen(listen, error);
        let bound = Bound::to(listen).await.map_err(failed)?;
        let (events, _) = broadcast::channel(EVENTS);
        let url = bound.url(&transport, &host);
        let shared = Arc::new(Shared {
            statuses: Statuses::new(&url)?,
            url,
            side,
            batch: batch.max(1),
            signing,
            state: State::default(),
            events,
        });
        let server = bound.serve(&transport, router(Arc::clone(&shared))).map_err(failed)?;
        Ok(Self { shared, server })
    }

    /// The Credential Issuer Identifier.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.shared.url
    }

    /// Makes an offer for one wallet. It is good for ten minutes and can be taken once.
    ///
    /// # Errors
    /// [`ServerError::Options`] when nothing is offered, something twice, or something of the other side.
    pub fn offer(&self, request: &OfferRequest) -> Result<Offer, ServerError> {
        let shared = &self.shared;
        let configurations = &request.configurations;
        let on_side = Configuration::of(shared.side);
        let mut distinct = configurations.clone();
        distinct.sort_unstable();
        distinct.dedup();
        if configurations.is_empty() || distinct.len() < configurations.len() {
            return Err(ServerError::Options("an offer names at least one credential, each once".to_owned()));
        }
        if let Some(other) = configurations.iter().find(|configuration| !on_side.contains(configuration)) {
            return Err(ServerError::Options(format!("this issuer has no {}", other.id())));
        }
        let tx_code = request.tx_code.choose()?;
        let (id, stored) =
            shared.state.add_offer(configurations.clone(), tx_code.clone(), crate::time::now())?;
        let object = offer::object(
            &shared.url,
            configurations,
            &stored.pre_authorized_code,
            tx_code.as_deref(),
            Language::English,
        );
        Ok(Offer {
            link: offer::link("credential_offer", &object.to_string()),
            link_by_reference: offer::link("credential_offer_uri", &format!("{}/offer/{}", shared.url, id.0)),
            id,
            tx_code,
            configurations: configurations.clone(),
        })
    }

    /// Says whether everything that was issued under an offer still counts: the offer under which something was issued last,
    /// or a certain one. Gives the offer. Whoever fetched the list before may rely on that for a minute.
    ///
    /// # Errors
    /// [`StatusUnchanged`].
    pub fn set_status(&self, offer: Option<&OfferId>, status: Status) -> Result<OfferId, StatusUnchanged> {
        let offer = self.shared.statuses.set(offer, status)?;
        self.shared.tell(IssuerEvent::Status { offer: offer.clone(), status });
        Ok(offer)
    }

    /// Hears of everything that happens from now on.
    #[must_use]
    pub fn events(&self) -> broadcast::Receiver<IssuerEvent> {
        self.shared.events.subscribe()
    }

    /// Stops.
    pub async fn stop(self) {
        self.server.stop().await;
    }
}

fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/.well-known/openid-credential-issuer", get(endpoints::metadata::credential_issuer))
        .route("/.well-known/oauth-authorization-server", get(endpoints::metadata::authorization_server))
        .route("/offer/{id}", get(endpoints::offer::offer))
        .route("/token", post(endpoints::token::token))
        .route("/nonce", post(endpoints::nonce::nonce))
        .route("/credential", post(endpoints::credential::credential))
        .route("/status/{list}", get(endpoints::status::status))
        .route("/notification", post(endpoints::notification::notification))
        .with_state(shared)
}
