//! What the issuer hears of its credentials, where it asked to (OpenID4VCI 1.0 section 11). A courtesy: no failure here
//! changes what the wallet holds. Never sent for a later deletion (ARF PAD_03).

use serde_json::json;

use crate::http::Http;
use crate::limits;
use crate::vault::model::StoredNotification;

/// `event`.
#[derive(Debug, Clone, Copy)]
pub(super) enum Event {
    /// Kept.
    Accepted,
    /// Something was wrong with it.
    Failure,
    /// The citizen said no.
    Deleted,
}

impl Event {
    const fn name(self) -> &'static str {
        match self {
            Self::Accepted => "credential_accepted",
            Self::Failure => "credential_failure",
            Self::Deleted => "credential_deleted",
        }
    }
}

/// Tells the issuer, once for each credential response.
pub(super) async fn send(http: &Http, notifications: &[StoredNotification], event: Event) {
    for notification in notifications {
        let body = json!({ "notification_id": notification.notification_id, "event": event.name() });
        let token = Some(notification.access_token.as_str());
        let sent = http.post_json(
            &notification.endpoint,
            token,
            &body,
            limits::SMALL_ANSWER,
            "notification endpoint",
        );
        // The answer changes nothing for the citizen, and an issuer that is away is no reason to fail.
        drop(sent.await);
    }
}
