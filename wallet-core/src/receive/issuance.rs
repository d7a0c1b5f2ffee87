//! An offer on its way to a preview: everything that talks to the issuer.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::check::{self, OfferedKey};
use super::credential;
use super::metadata::{self, Configuration, IssuerMetadata};
use super::notification::{self, Event};
use super::offer::{self, CredentialOffer, TxCode};
use super::preview::Preview;
use super::token::{self, Token};
use crate::context::{self, Context};
use crate::credential::Format;
use crate::error::{Code, Result, WalletError};
use crate::keys::{NewKey, Session};
use crate::limits;
use crate::platform::{KeyAction, KeyAuthentication, KeyLevel, KeyPolicy, KeyUse, Purpose};
use crate::stop::Stop;
use crate::vault::history::{self, HistoryEntry, HistoryEvent, Party};
use crate::vault::model::{
    Flow, Localized, PendingFlow, PendingIssuance, ProvenKey, ReceivedCopy, ReceivedCredential,
    StoredNotification,
};
use crate::vault::reuse::{ReuseMethod, ReusePolicy};
use crate::vault::{Id, Transaction};

/// A credential offer that the citizen looks at. Nothing was asked of the issuer yet but what it offers.
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Offer {
    context: Context,
    link: String,
    offer: CredentialOffer,
    metadata: IssuerMetadata,
    configurations: Vec<Configuration>,
    used: AtomicBool,
    stop: Stop,
}

/// Who offers what.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct OfferDetails {
    /// The Credential Issuer Identifier: the URL that TLS vouches for.
    pub issuer: String,
    /// The issuer's names for itself, by language.
    pub issuer_names: Vec<Localized>,
    /// What the citizen must type to receive it; `None` when nothing.
    pub tx_code: Option<TxCode>,
    /// What is offered.
    pub credentials: Vec<OfferedCredential>,
}

/// One credential of an offer, as the issuer describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct OfferedCredential {
    /// The format.
    pub format: Format,
    /// `doctype` or `vct`.
    pub type_id: String,
    /// The issuer's names for it, by language.
    pub names: Vec<Localized>,
}

impl Offer {
    /// Reads the offer behind a link and what the issuer says about it.
    pub(crate) async fn open(context: Context, link: &str) -> Result<Self> {
        let offer = offer::read(link, &context.http).await?;
        let metadata = metadata::fetch(&offer.credential_issuer, &context.http).await?;
        let configurations = offer
            .configuration_ids
            .iter()
            .map(|id| metadata.configuration(id))
            .collect::<Result<Vec<_>>>()?;
        Ok(Self {
            context,
            link: link.to_owned(),
            offer,
            metadata,
            configurations,
            used: AtomicBool::new(false),
            stop: Stop::default(),
        })
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Offer {
    /// Who offers what.
    ///
    /// # Errors
    /// None today.
    pub fn details(&self) -> Result<OfferDetails> {
        let offered = |configuration: &Configuration| OfferedCredential {
            format: configuration.format,
            type_id: configuration.type_id.clone(),
            names: configuration.names.clone(),
        };
        Ok(OfferDetails {
            issuer: self.offer.credential_issuer.clone(),
            issuer_names: self.metadata.names.clone(),
            tx_code: self.offer.tx_code.clone(),
            credentials: self.configurations.iter().map(offered).collect(),
        })
    }

    /// Gets the credentials and checks them. They are kept only when the citizen agrees to the preview. `prompt` is
    /// the sentence for the platform's dialog, in the citizen's language.
    ///
    /// # Errors
    /// [`Code::TxCodeNeeded`] when the code is missing or cannot be right, before anything is sent;
    /// [`Code::GrantRefused`], after which it may be tried again; [`Code::AlreadyUsed`]; and those of every check.
    pub async fn accept(&self, tx_code: Option<String>, prompt: &str) -> Result<Arc<Preview>> {
        self.stop.unless(self.accept_now(tx_code.as_deref(), prompt)).await
    }

    /// Stops what is under way with this offer, as if the app had ended: its keys are deleted at the next unlock.
    ///
    /// # Errors
    /// None today.
    pub fn cancel(&self) -> Result<()> {
        self.stop.stop();
        Ok(())
    }
}

impl Offer {
    async fn accept_now(&self, tx_code: Option<&str>, prompt: &str) -> Result<Arc<Preview>> {
        let tx_code = self.check_tx_code(tx_code)?;
        if self.used.swap(true, Ordering::SeqCst) {
            return Err(Code::AlreadyUsed.error());
        }
        let flow = self.begin().await.inspect_err(|_| self.used.store(false, Ordering::SeqCst))?;
        match self.fetch(flow, tx_code, prompt).await {
            Ok(()) => Ok(Arc::new(Preview::new(self.context.clone(), flow))),
            Err(error) => {
                self.give_up(flow, &error).await?;
                // The code may be typed again; everything later has used the grant up.
                self.used.store(error.code() != Code::GrantRefused, Ordering::SeqCst);
                Err(error)
            }
        }
    }

    fn check_tx_code<'a>(&self, given: Option<&'a str>) -> Result<Option<&'a str>> {
        let Some(expected) = &self.offer.tx_code else { return Ok(None) };
        let given = given.map(str::trim).filter(|code| !code.is_empty());
        let given = given.ok_or_else(|| Code::TxCodeNeeded.error())?;
        let length = u32::try_from(given.chars().count()).unwrap_or(u32::MAX);
        let fits = expected.length.is_none_or(|expected| expected == length)
            && (!expected.numeric || given.bytes().all(|byte| byte.is_ascii_digit()));
        // A code that cannot be right would only use up one of the issuer's few attempts.
        if fits { Ok(Some(given)) } else { Err(Code::TxCodeNeeded.at("tx_code form")) }
    }

    /// Writes the flow down before anything is asked for, so that its keys have an owner whatever happens.
    async fn begin(&self) -> Result<Id> {
        let pending = PendingFlow {
            link: self.link.clone(),
            expires_at: self.context.now()?.plus(limits::ISSUANCE_WAIT_SECONDS).0,
            flow: Flow::Issuance(PendingIssuance {
                issuer: self.offer.credential_issuer.clone(),
                issuer_names: self.metadata.names.clone(),
                received: Vec::new(),
            }),
        };
        self.context.vault.write(move |transaction| transaction.insert(&pending)).await
    }

    async fn fetch(&self, flow: Id, tx_code: Option<&str>, prompt: &str) -> Result<()> {
        let token = token::exchange(&self.offer, &self.metadata, tx_code, &self.context.http).await?;
        let purpose = Purpose {
            action: KeyAction::Receive,
            party: self.offer.credential_issuer.clone(),
            text: prompt.to_owned(),
        };
        let session = self.context.keys.session(purpose).await?;
        let mut received = Vec::new();
        let mut outcome = Ok(());
        for configuration in &self.configurations {
            match self.fetch_one(flow, &token, configuration, &session).await {
                Ok(one) => received.push(one),
                Err(error) => {
                    outcome = Err(error);
                    break;
                }
            }
        }
        session.end().await;
        let outcome = match outcome {
            Ok(()) => self.check(&received).await,
            failed => failed,
        };
        if let Err(error) = outcome {
            let notifications: Vec<_> = received.into_iter().filter_map(|one| one.notification).collect();
            notification::send(&self.context.http, &notifications, Event::Failure).await;
            return Err(error);
        }
        self.store(flow, received).await
    }

    async fn fetch_one(
        &self,
        flow: Id,
        token: &Token,
        configuration: &Configuration,
        session: &Session,
    ) -> Result<ReceivedCredential> {
        let http = &self.context.http;
        let count = copies_wanted(self.metadata.batch_size, configuration.reuse);
        let policy = KeyPolicy {
            key_use: KeyUse::Credential,
            least_level: KeyLevel::Software,
            authentication: KeyAuthentication::Window { seconds: limits::KEY_WINDOW_SECONDS },
            attestation_challenge: None,
        };
        let keys = self.context.keys.make(flow, count, policy).await?;
        let nonce = credential::nonce(&self.metadata, http).await?;
        let now = self.context.now()?;
        let proofs =
            credential::proofs(&keys, &self.offer.credential_issuer, nonce.as_deref(), session, now).await?;
        let response = credential::request(&self.metadata, token, configuration, &proofs, http).await?;
        let notification = match (&self.metadata.notification_endpoint, response.notification_id) {
            (Some(endpoint), Some(notification_id)) => Some(StoredNotification {
                endpoint: endpoint.clone(),
                notification_id,
                access_token: token.access_token.to_string(),
            }),
            _ => None,
        };
        Ok(ReceivedCredential {
            format: configuration.format,
            type_id: configuration.type_id.clone(),
            names: configuration.names.clone(),
            once_only: None,
            reuse: Some(configuration.reuse),
            copies: response.copies.into_iter().map(|bytes| ReceivedCopy { bytes }).collect(),
            keys: keys.iter().map(proven).collect(),
            notification,
        })
    }

    /// Checks everything that came before any of it is written down as received.
    async fn check(&self, received: &[ReceivedCredential]) -> Result<()> {
        let anchors = self.context.vault.read(context::anchors).await?;
        let now = self.context.now()?;
        for one in received {
            let keys = one.keys.iter().map(OfferedKey::try_from).collect::<Result<Vec<_>>>()?;
            check::check(one, &keys, &anchors, now)?;
        }
        Ok(())
    }

    async fn store(&self, flow: Id, received: Vec<ReceivedCredential>) -> Result<()> {
        let put = move |transaction: &mut Transaction<'_>| {
            let mut pending: PendingFlow = transaction.get(&flow)?;
            if let Flow::Issuance(issuance) = &mut pending.flow {
                issuance.received = received;
            }
            transaction.put(&flow, &pending)
        };
        self.context.vault.write(put).await
    }

    /// Nothing is kept of a failed issuance but a line in the history.
    async fn give_up(&self, flow: Id, error: &WalletError) -> Result<()> {
        let entry = HistoryEntry {
            at: self.context.now()?.0,
            event: HistoryEvent::NotReceived {
                issuer: Party::unverified(&self.offer.credential_issuer),
                code: Some(error.code() as u16),
            },
        };
        let end = move |transaction: &mut Transaction<'_>| {
            transaction.delete::<PendingFlow>(&flow)?;
            history::append(transaction, &entry)
        };
        self.context.vault.write(end).await?;
        self.context.history_changed();
        // What fails here is made good at the next unlock; the caller needs to hear of the first error.
        drop(self.context.keys.sync().await);
        Ok(())
    }
}

/// How many copies to ask for: as many as the issuer gives at a time and its policy wants, within bounds. A copy that may
/// be shown until it expires needs no others (ISSU_48).
fn copies_wanted(batch_size: usize, reuse: ReusePolicy) -> usize {
    let wanted = match (reuse.method, reuse.batch_size) {
        (ReuseMethod::LimitedTime, _) => 1,
        (_, Some(wanted)) => usize::try_from(wanted).unwrap_or(usize::MAX),
        (_, None) => limits::COPIES_WANTED,
    };
    batch_size.min(wanted).clamp(1, limits::COPIES_WANTED)
}

fn proven(key: &NewKey) -> ProvenKey {
    ProvenKey { id: key.id, public_key: key.public.to_sec1().to_vec() }
}
