//! What a link, a scanned code or a pasted text leads to. Schemes do not tell offers and requests apart (`openid://`
//! carries both), so the content decides.

use std::sync::Arc;

use super::open::Wallet;
use crate::credential::CredentialId;
use crate::error::{Code, Result};
use crate::present::{PresentationRequest, Receipt, Source, openid4vp};
use crate::receive::{self, Offer, Preview};
use crate::vault::Transaction;
use crate::vault::model::{Flow, PendingFlow};

/// What a link led to.
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Incoming {
    /// An issuer offers credentials.
    Offer {
        /// The offer.
        offer: Arc<Offer>,
    },
    /// Credentials of an earlier visit still wait for a yes.
    Preview {
        /// Them.
        preview: Arc<Preview>,
    },
    /// A verifier asks.
    Request {
        /// The request.
        request: Arc<PresentationRequest>,
    },
}

/// A flow that waits for the citizen.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PendingEntry {
    /// Its id.
    pub id: CredentialId,
    /// Whether it is a verifier's request, and not an issuance.
    pub is_request: bool,
    /// When it is void, seconds since 1970.
    pub expires_at: i64,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Wallet {
    /// Opens a link. The same link again resumes the same flow: a request is fetched only once.
    ///
    /// # Errors
    /// [`Code::Locked`], before anything is fetched; [`Code::LinkNotUnderstood`]; those of the offer or request, which the
    /// history then names.
    pub async fn open_link(&self, link: &str, source: Source) -> Result<Incoming> {
        self.stop.unless(self.open_link_now(link, source)).await
    }

    /// Stops opening links, as if the app had ended. What was opened is not stopped by this.
    ///
    /// # Errors
    /// None today.
    pub fn cancel_opening(&self) -> Result<()> {
        self.stop.stop();
        Ok(())
    }

    /// Says no to a verifier's link: `access_denied`, or what is wrong with its request. Nobody is told anything whose
    /// signature and address were not verified.
    ///
    /// # Errors
    /// Those of the request when there is nobody that may be told; those of the network.
    pub async fn decline(&self, link: &str, source: Source) -> Result<Receipt> {
        self.require_unlocked()?;
        openid4vp::decline(self.context.clone(), link.trim(), source).await
    }

    /// The flows that wait for the citizen. One whose record is damaged is lost; [`Wallet::check`] says so.
    ///
    /// # Errors
    /// [`Code::Locked`], and those of a damaged vault.
    pub async fn pending(&self) -> Result<Vec<PendingEntry>> {
        let now = self.context.now()?.0;
        let list = move |transaction: &mut Transaction<'_>| {
            let all = transaction.readable::<PendingFlow>()?.records;
            let waiting = all.into_iter().filter(|(_, pending)| pending.expires_at > now);
            let entry = |(id, pending): (_, PendingFlow)| PendingEntry {
                id: CredentialId(id),
                is_request: matches!(pending.flow, Flow::Request(_)),
                expires_at: pending.expires_at,
            };
            Ok(waiting.map(entry).collect())
        };
        self.context.vault.read(list).await
    }

    /// Opens a waiting flow again.
    ///
    /// # Errors
    /// [`Code::FlowUnknown`], and those of [`Wallet::open_link`].
    pub async fn resume(&self, id: CredentialId) -> Result<Incoming> {
        let find = move |transaction: &mut Transaction<'_>| transaction.find::<PendingFlow>(&id.0);
        let pending = self.context.vault.read(find).await?.ok_or_else(|| Code::FlowUnknown.error())?;
        self.open_link(&pending.link, Source::Paste).await
    }

    /// Forgets a waiting flow without telling anyone. One that is being sent stays until its outcome is known.
    ///
    /// # Errors
    /// [`Code::FlowUnknown`], [`Code::AlreadySending`].
    pub async fn abandon(&self, id: CredentialId) -> Result<()> {
        let forget = move |transaction: &mut Transaction<'_>| match transaction.find::<PendingFlow>(&id.0)? {
            None => Err(Code::FlowUnknown.error()),
            Some(PendingFlow { flow: Flow::Request(request), .. }) if request.sending.is_some() => {
                Err(Code::AlreadySending.error())
            }
            Some(_) => transaction.delete::<PendingFlow>(&id.0),
        };
        self.context.vault.write(forget).await?;
        self.context.keys.sync().await
    }
}

impl Wallet {
    async fn open_link_now(&self, link: &str, source: Source) -> Result<Incoming> {
        self.require_unlocked()?;
        let link = link.trim();
        if receive::is_offer(link) {
            if let Some(flow) = self.waiting_issuance(link).await? {
                return Ok(Incoming::Preview { preview: Arc::new(Preview::new(self.context.clone(), flow)) });
            }
            return match Offer::open(self.context.clone(), link).await {
                Ok(offer) => Ok(Incoming::Offer { offer: Arc::new(offer) }),
                Err(error) => Err(self.context.note_refusal(error).await),
            };
        }
        if openid4vp::is_request(link) {
            let request = Arc::new(openid4vp::open(self.context.clone(), link, source).await?);
            return Ok(Incoming::Request { request });
        }
        Err(Code::LinkNotUnderstood.error())
    }

    fn require_unlocked(&self) -> Result<()> {
        if self.is_unlocked()? { Ok(()) } else { Err(Code::Locked.error()) }
    }

    async fn waiting_issuance(&self, link: &str) -> Result<Option<crate::vault::Id>> {
        let (link, now) = (link.to_owned(), self.context.now()?.0);
        let find = move |transaction: &mut Transaction<'_>| {
            let all = transaction.readable::<PendingFlow>()?.records;
            let found = all.into_iter().find(|(_, pending)| {
                let received = matches!(&pending.flow, Flow::Issuance(one) if !one.received.is_empty());
                received && pending.link == link && pending.expires_at > now
            });
            Ok(found.map(|(id, _)| id))
        };
        self.context.vault.read(find).await
    }
}
