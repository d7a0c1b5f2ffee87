//! What is remembered of each request. In memory, bounded, and gone with the process.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use tokio::sync::watch;
use wallet_core::Result;
use wallet_core::crypto::p256::SecretKey;
use wallet_core::crypto::random;
use wallet_core::jose::base64url;
use wallet_core::present::dcql::Query;
use wallet_core::time::UnixTime;

use super::request::RequestId;
use super::verdict::Verdict;

/// How long a request can be answered.
pub(super) const REQUEST_SECONDS: i64 = 600;
/// How long a result is kept after that.
const RESULT_SECONDS: i64 = 3600;
/// The most requests at a time; the oldest make room.
const MOST: usize = 1000;

/// One request and what became of it.
pub(super) struct Session {
    /// The secret of whoever made the request.
    pub(super) id: RequestId,
    pub(super) asked: Asked,
    pub(super) expires: UnixTime,
    progress: watch::Sender<Progress>,
    /// Whether an answer came.
    answered: AtomicBool,
}

/// The request.
pub(super) struct Asked {
    /// The part of addresses that the wallet knows. Who knows it can answer, but not see the result (12.3).
    pub(super) public_id: String,
    pub(super) uri: String,
    pub(super) client_id: String,
    pub(super) response_uri: String,
    pub(super) nonce: String,
    pub(super) state: String,
    /// The query as it was sent, and read.
    pub(super) dcql: Value,
    pub(super) query: Query,
    /// The key that the response is encrypted to, used for this request only; `None` when it is not encrypted.
    pub(super) encryption_key: Option<SecretKey>,
    /// The signed Request Object; `None` when the link has all of it.
    pub(super) request_object: Option<String>,
    pub(super) same_device: Option<SameDevice>,
}

/// What a request for the same device needs besides (14.2).
pub(super) struct SameDevice {
    /// Goes back with the citizen.
    pub(super) response_code: String,
    /// The browser that began, where one did.
    pub(super) browser: Option<String>,
}

/// How far a request is.
#[derive(Clone)]
pub(super) enum Progress {
    /// Nobody came yet.
    Waiting,
    /// A wallet has the request.
    Fetched,
    /// It is over.
    Done(Arc<Verdict>),
}

impl Progress {
    pub(super) fn verdict(&self) -> Option<Arc<Verdict>> {
        match self {
            Self::Done(verdict) => Some(Arc::clone(verdict)),
            _ => None,
        }
    }
}

impl Session {
    pub(super) fn progress(&self) -> Progress {
        self.progress.borrow().clone()
    }

    /// Notes that a wallet fetched the request; whether it is the first time.
    pub(super) fn note_fetched(&self) -> bool {
        self.progress.send_if_modified(|progress| {
            let first = matches!(progress, Progress::Waiting);
            if first {
                *progress = Progress::Fetched;
            }
            first
        })
    }

    /// Takes the one answer that there may be; `false` when there was one. While it is judged, nobody gets a second try.
    pub(super) fn take_answer(&self) -> bool {
        !self.answered.swap(true, Ordering::SeqCst)
    }

    /// Ends the request; `false`, and nothing changes, when it was over already: an answer counts once.
    pub(super) fn finish(&self, verdict: Arc<Verdict>) -> bool {
        self.progress.send_if_modified(|progress| {
            let open = progress.verdict().is_none();
            if open {
                *progress = Progress::Done(verdict);
            }
            open
        })
    }

    /// Whether it can still be answered.
    pub(super) fn is_open(&self, now: UnixTime) -> bool {
        self.progress().verdict().is_none() && now < self.expires
    }

    /// Waits until there is a verdict.
    pub(super) async fn verdict(&self) -> Option<Arc<Verdict>> {
        let mut progress = self.progress.subscribe();
        let done = progress.wait_for(|progress| progress.verdict().is_some()).await.ok()?;
        done.verdict()
    }

    /// Hears of progress from now on.
    pub(super) fn subscribe(&self) -> watch::Receiver<Progress> {
        self.progress.subscribe()
    }
}

/// All sessions, behind a lock that is never held while anything waits.
#[derive(Default)]
pub(super) struct Sessions(Mutex<Vec<Arc<Session>>>);

impl Sessions {
    fn sessions(&self) -> MutexGuard<'_, Vec<Arc<Session>>> {
        // A panic while it was held left at worst one session too few.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn add(&self, asked: Asked, now: UnixTime) -> Result<Arc<Session>> {
        let session = Arc::new(Session {
            id: RequestId(random_text()?),
            asked,
            expires: now.plus(REQUEST_SECONDS),
            progress: watch::Sender::new(Progress::Waiting),
            answered: AtomicBool::new(false),
        });
        let mut sessions = self.sessions();
        sessions.retain(|session| now < session.expires.plus(RESULT_SECONDS));
        if sessions.len() >= MOST {
            sessions.remove(0);
        }
        sessions.push(Arc::clone(&session));
        Ok(session)
    }

    fn find(&self, wanted: impl Fn(&Session) -> bool) -> Option<Arc<Session>> {
        self.sessions().iter().find(|session| wanted(session)).cloned()
    }

    pub(super) fn by_id(&self, id: &str) -> Option<Arc<Session>> {
        self.find(|session| session.id.0 == id)
    }

    pub(super) fn by_public_id(&self, id: &str) -> Option<Arc<Session>> {
        self.find(|session| session.asked.public_id == id)
    }

    pub(super) fn by_response_code(&self, code: &str) -> Option<Arc<Session>> {
        self.find(|session| session.asked.same_device.as_ref().is_some_and(|same| same.response_code == code))
    }
}

/// 256 random bits, in characters that nonces, states and paths may have.
pub(super) fn random_text() -> Result<String> {
    Ok(base64url::encode(&random::array::<32>()?))
}
