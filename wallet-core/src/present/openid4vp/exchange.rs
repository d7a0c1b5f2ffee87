//! Where and how to answer one request: what is left of it once it was checked.

use zeroize::Zeroizing;

use super::authenticate::Authenticated;
use super::client_metadata::Encryption;
use super::request::AuthorizationRequest;
use super::response::{self, AuthorizationResponse, Posted};
use crate::credential::Binding;
use crate::error::Result;
use crate::http::Http;
use crate::jose::jwk;
use crate::present::dcql::Query;
use crate::profile::Profile;
use crate::time::UnixTime;
use crate::trust::Side;

/// The answering side of one request. Made only from one that was authenticated and checked.
pub(in crate::present) struct Exchange {
    client_id: String,
    nonce: String,
    state: Option<String>,
    response_uri: String,
    encryption: Option<Encryption>,
    profile: &'static Profile,
}

impl Exchange {
    /// Splits a checked request into its query and its answering side.
    pub(super) fn new(authenticated: &Authenticated, request: AuthorizationRequest) -> (Self, Query) {
        let exchange = Self {
            client_id: authenticated.client_id.full.clone(),
            nonce: request.nonce,
            state: authenticated.state().map(str::to_owned),
            response_uri: request.response_uri,
            encryption: request.metadata.encryption,
            profile: request.profile,
        };
        (exchange, request.query)
    }

    pub(super) fn profile(&self) -> &'static Profile {
        self.profile
    }

    pub(in crate::present) fn profile_side(&self) -> Option<Side> {
        self.profile.side
    }

    pub(in crate::present) fn is_encrypted(&self) -> bool {
        self.encryption.is_some()
    }

    /// What every presentation in the answer is bound to.
    pub(in crate::present) fn binding(&self, issued_at: UnixTime) -> Binding<'_> {
        let thumbprint = |encryption: &Encryption| jwk::thumbprint(&encryption.recipient.key);
        Binding {
            client_id: &self.client_id,
            nonce: &self.nonce,
            response_uri: &self.response_uri,
            jwk_thumbprint: self.encryption.as_ref().map(thumbprint),
            issued_at,
        }
    }

    /// Posts the presentations.
    ///
    /// # Errors
    /// Those of [`response::post`].
    pub(in crate::present) async fn respond(
        &self,
        http: &Http,
        presentations: &[(String, Vec<String>)],
    ) -> Result<Posted> {
        let response = AuthorizationResponse { presentations, state: self.state.as_deref() };
        if let Some(encryption) = &self.encryption {
            let jwe = response.encrypt(&encryption.recipient, encryption.enc)?;
            return response::post(http, &self.response_uri, &[("response", &jwe)]).await;
        }
        let vp_token = Zeroizing::new(response.vp_token());
        let mut fields = vec![("vp_token", vp_token.as_str())];
        fields.extend(self.state.as_deref().map(|state| ("state", state)));
        response::post(http, &self.response_uri, &fields).await
    }

    /// Posts an error (section 8.5), unencrypted as the section allows: it says nothing about the citizen.
    ///
    /// # Errors
    /// Those of [`response::post`].
    pub(in crate::present) async fn refuse(&self, http: &Http, error: &str) -> Result<Posted> {
        response::post_error(http, &self.response_uri, error, self.state.as_deref()).await
    }
}
