//! A verifier's request as the citizen sees it, and the two answers to it: send, or decline.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use zeroize::Zeroize;

use super::consent::{Consent, Warning};
use super::dcql::{Choice, CredentialAnswer, CredentialQuery, Disclosure, Evaluation, Selection};
use super::openid4vp::{Exchange, Posted};
use super::registration::{RegistrationCertificate, Scope};
use super::sending::{self, Taken};
use crate::context::Context;
use crate::credential::path::{ClaimLocation, ClaimPath};
use crate::credential::{self, Claim, CredentialId};
use crate::error::{Code, Result};
use crate::keys::Session;
use crate::platform::{KeyAction, Purpose};
use crate::stop::Stop;
use crate::time::UnixTime;
use crate::trust::Side;
use crate::vault::copies::{self, NextCopy, Showing};
use crate::vault::history::{
    self, Asked, Disclosed, HistoryEvent, Outcome, Party, Registration, SharedBefore,
};
use crate::vault::model::{CopyContent, Sending, StoredCredential};
use crate::vault::status::CredentialStatus;
use crate::vault::{Id, Transaction};

/// A request whose sender was authenticated and whose every parameter was checked. It waits for the citizen.
///
/// It answers once: a second [`PresentationRequest::send`] or [`PresentationRequest::decline`] gives
/// [`Code::AlreadyUsed`] and sends nothing.
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct PresentationRequest {
    pub(super) context: Context,
    pub(super) flow: Id,
    pub(super) fingerprint: [u8; 32],
    pub(super) verifier: Party,
    pub(super) exchange: Exchange,
    pub(super) evaluation: Evaluation,
    /// What came of the verifier's registration certificate; `None` when it showed none.
    pub(super) registration: Option<Result<RegistrationCertificate>>,
    /// Credentials of which the next copy was shown before, or of which none is left.
    pub(super) worn: Vec<(CredentialId, NextCopy)>,
    /// Credentials of which it is not known whether they still count.
    pub(super) unconfirmed: Vec<CredentialId>,
    pub(super) expires_at: UnixTime,
    pub(super) source: Source,
    pub(super) used: AtomicBool,
    pub(super) stop: Stop,
}

/// Where a link came from. It decides whether the verifier may send the browser on: after a link on this device it may,
/// after a scan it would open another person's session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Source {
    /// A link that was followed on this device.
    Link,
    /// A code that was scanned from another screen.
    Scan,
    /// A text that was pasted or typed.
    Paste,
}

impl Source {
    /// Whether the flow began on this device.
    pub(super) fn is_here(self) -> bool {
        self == Self::Link
    }
}

/// What became of an answer. It says sent, never accepted: only the verifier knows that.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Receipt {
    /// The HTTP status of the verifier's server.
    pub http_status: u16,
    /// Where the citizen's browser goes on; only after [`Source::Link`], never after a scan.
    pub redirect_uri: Option<String>,
    /// What was shared, claims by name; empty for a decline.
    pub shared: Vec<Disclosed>,
}

impl PresentationRequest {
    /// Who asks, and how that was verified.
    #[must_use]
    pub fn verifier(&self) -> &Party {
        &self.verifier
    }

    /// The jurisdiction under whose profile the request is valid; `None` under the development switch only.
    #[must_use]
    pub fn profile(&self) -> Option<Side> {
        self.exchange.profile_side()
    }

    /// Whether the answer is encrypted to the verifier beyond TLS.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.exchange.is_encrypted()
    }

    /// What the verifier is registered for (EU-40 to EU-43). `None` when it says nothing about that, which none must in
    /// Canada and none must yet in the European Union.
    #[must_use]
    pub fn registration(&self) -> Option<Registration> {
        self.registration.as_ref().map(|registration| match registration {
            Ok(certificate) => Registration::Valid { details: certificate.details().clone() },
            Err(error) => Registration::Invalid { code: error.code() as u16 },
        })
    }

    /// Whether a claim is more than the verifier is registered to ask for (ARF RPRC_21): a claim of the query with this
    /// id, by its path. `false` as well when it is not known what that is; [`PresentationRequest::registration`] tells.
    #[must_use]
    pub fn asks_for_more(&self, query_id: &str, claim: &ClaimPath) -> bool {
        self.beyond(query_id, |scope, query| !scope.covers(query, claim))
    }

    /// When the request is void.
    #[must_use]
    pub fn expires_at(&self) -> UnixTime {
        self.expires_at
    }

    /// What could answer it: queries, candidates, claims.
    #[must_use]
    pub fn evaluation(&self) -> &Evaluation {
        &self.evaluation
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl PresentationRequest {
    /// What the citizen must know before saying yes to this choice.
    ///
    /// # Errors
    /// None today.
    pub fn warnings(&self, choice: &Choice) -> Result<Vec<Warning>> {
        let mut warnings = Vec::new();
        if matches!(self.verifier.verification, history::Verification::Unverified) {
            warnings.push(Warning::VerifierUnverified);
        }
        if !self.is_encrypted() {
            warnings.push(Warning::NotEncrypted);
        }
        if let Some(Err(error)) = &self.registration {
            warnings.push(Warning::RegistrationInvalid { reason: error.code() });
        }
        for credential in credentials_of(choice) {
            match self.next_copy(credential) {
                NextCopy::ShownBefore => warnings.push(Warning::ShownBefore { credential }),
                NextCopy::KnownToVerifier => warnings.push(Warning::KnownToVerifier { credential }),
                NextCopy::Fresh | NextCopy::None => {}
            }
            if self.unconfirmed.contains(&credential) {
                warnings.push(Warning::StatusUnknown { credential });
            }
            let options = || {
                let selections = choice.selections.iter().filter(move |one| one.credential == credential);
                selections.filter_map(|selection| {
                    let answer = self.evaluation.answer(&selection.query_id)?;
                    answer.candidate(selection.credential)?.option(selection.option)
                })
            };
            if options().any(|option| option.disclosed().any(is_portrait)) {
                warnings.push(Warning::Portrait { credential });
            }
            if options().any(|option| option.claims().any(|claim| claim.intent_to_retain == Some(true))) {
                warnings.push(Warning::Retained { credential });
            }
            let mut of_credential = choice.selections.iter().filter(|one| one.credential == credential);
            if of_credential.any(|selection| self.is_beyond_registration(selection)) {
                warnings.push(Warning::AsksForMore { credential });
            }
        }
        Ok(warnings)
    }

    /// What this verifier has seen before; `None` when nothing that the history still knows of.
    ///
    /// # Errors
    /// [`Code::HistoryBroken`], [`Code::Locked`].
    pub async fn shared_before(&self) -> Result<Option<SharedBefore>> {
        let verifier = self.verifier.identifier.clone();
        self.context.vault.read(move |transaction| history::shared_before(transaction, &verifier)).await
    }

    /// The value of one claim of a candidate, for the consent screen.
    ///
    /// # Errors
    /// [`Code::Locked`], [`Code::NotFound`], and those of a damaged vault.
    pub async fn reveal(
        &self,
        credential: CredentialId,
        location: ClaimLocation,
    ) -> Result<Option<Arc<Claim>>> {
        self.context
            .vault
            .read(move |transaction| super::holdings::claim(transaction, credential, location))
            .await
    }

    /// Sends what was agreed to. `prompt` is the sentence for the platform's dialog, in the citizen's language.
    ///
    /// # Errors
    /// [`Code::AlreadyUsed`], [`Code::ConsentMismatch`], [`Code::ConsentExpired`], [`Code::NoFreshCopy`],
    /// [`Code::PromptCancelled`], [`Code::VerifierRefused`], and those of the network. The history says what happened.
    pub async fn send(&self, consent: Arc<Consent>, prompt: &str) -> Result<Receipt> {
        self.stop.unless(self.send_now(&consent, prompt)).await
    }

    /// Says no. The verifier gets `access_denied`, the same whether the citizen will not or has nothing that fits.
    ///
    /// # Errors
    /// [`Code::AlreadyUsed`]; [`Code::FlowUnknown`] when another visit to the same link has answered; [`Code::Locked`];
    /// [`Code::VerifierRefused`] and those of the network. The history says what happened.
    pub async fn decline(&self) -> Result<Receipt> {
        self.stop.unless(self.decline_now()).await
    }

    /// Stops what is under way with this request, as if the app had ended: whether an answer arrived that was being sent is
    /// then not known, and the history says so after the next unlock.
    ///
    /// # Errors
    /// None today.
    pub fn cancel(&self) -> Result<()> {
        self.stop.stop();
        Ok(())
    }
}

impl PresentationRequest {
    /// Which kind of copy of a credential was left when the request was opened.
    pub(super) fn next_copy(&self, credential: CredentialId) -> NextCopy {
        let worn = self.worn.iter().find(|(worn, _)| *worn == credential);
        worn.map_or(NextCopy::Fresh, |(_, next)| *next)
    }

    /// Whether a query's registration has a gap; `false` when no registration is known or there is no such query.
    fn beyond(&self, query_id: &str, gap: impl Fn(&Scope, &CredentialQuery) -> bool) -> bool {
        let Some(Ok(certificate)) = &self.registration else { return false };
        let answer = self.evaluation.answer(query_id);
        answer.is_some_and(|answer| gap(certificate.scope(), answer.query()))
    }

    /// Whether what is chosen has something in it that the verifier is not registered to ask for.
    fn is_beyond_registration(&self, selection: &Selection) -> bool {
        let answer = self.evaluation.answer(&selection.query_id);
        let candidate = answer.and_then(|answer| answer.candidate(selection.credential));
        let option = candidate.and_then(|candidate| candidate.option(selection.option));
        self.beyond(&selection.query_id, |scope, query| {
            let mut claims = option.iter().flat_map(|option| option.claims());
            !scope.covers_credential(query) || claims.any(|claim| !scope.covers(query, claim.path))
        })
    }

    /// What was asked, for the history: names only, never the `values` of a query.
    fn asked(&self) -> Vec<Asked> {
        let asked = |answer: &CredentialAnswer| {
            let query = answer.query();
            Asked {
                query: query.id().to_owned(),
                types: query.meta().wanted().map(|(_, types)| types.to_vec()).unwrap_or_default(),
                claims: query.claims().iter().map(|claim| claim.path().to_string()).collect(),
                beyond_registration: self.beyond(query.id(), |scope, query| {
                    !scope.covers_credential(query)
                        || query.claims().iter().any(|claim| !scope.covers(query, claim.path()))
                }),
            }
        };
        self.evaluation.answers().iter().map(asked).collect()
    }

    async fn send_now(&self, consent: &Consent, prompt: &str) -> Result<Receipt> {
        self.check_consent(consent)?;
        let disclosures = self.evaluation.disclosures(&consent.choice)?;
        let shared = shared(&self.evaluation, &disclosures);
        let event = HistoryEvent::Sending {
            verifier: self.verifier.clone(),
            asked: self.asked(),
            shared: shared.clone(),
            encrypted: self.is_encrypted(),
            registration: self.registration(),
        };
        let credentials = credentials_of(&consent.choice).into_iter().map(|id| id.0).collect();
        let taken = self.begin(event, credentials, consent.shown_before_accepted).await?;
        let (outcome, sent) = match self.sign(&taken, &disclosures, prompt).await {
            Err(error) => (Outcome::NotSent { code: error.code() as u16 }, Err(error)),
            Ok(presentations) => {
                let posted = self.exchange.respond(&self.context.http, &presentations.0).await;
                (sending::outcome_of(&posted), posted)
            }
        };
        self.end(taken.sending, outcome).await?;
        sent.map(|posted| self.receipt(posted, shared))
    }

    async fn decline_now(&self) -> Result<Receipt> {
        let event = HistoryEvent::Declined {
            verifier: self.verifier.clone(),
            asked: self.asked(),
            registration: self.registration(),
        };
        let taken = self.begin(event, Vec::new(), false).await?;
        let posted = self.exchange.refuse(&self.context.http, "access_denied").await;
        self.end(taken.sending, sending::outcome_of(&posted)).await?;
        posted.map(|posted| self.receipt(posted, Vec::new()))
    }

    /// Uses this request up and writes down what is about to be sent.
    async fn begin(&self, event: HistoryEvent, credentials: Vec<Id>, shown_before: bool) -> Result<Taken> {
        if self.used.swap(true, Ordering::SeqCst) {
            return Err(Code::AlreadyUsed.error());
        }
        let taken = sending::begin(&self.context, self.flow, event, credentials, shown_before).await;
        taken.inspect_err(|_| self.used.store(false, Ordering::SeqCst))
    }

    /// Writes down how it ended. When nothing left the phone, the citizen may try again.
    async fn end(&self, sending: Sending, outcome: Outcome) -> Result<()> {
        sending::end(&self.context, self.flow, sending, outcome).await?;
        self.used.store(!matches!(outcome, Outcome::NotSent { .. }), Ordering::SeqCst);
        Ok(())
    }

    /// The presentations by query, each signed by the key of its copy.
    async fn sign(&self, taken: &Taken, disclosures: &[Disclosure], prompt: &str) -> Result<Presentations> {
        let purpose = Purpose {
            action: KeyAction::Present,
            party: self.verifier.name.clone(),
            text: prompt.to_owned(),
        };
        let session = self.context.keys.session(purpose).await?;
        let presentations = self.sign_with(&session, taken, disclosures).await;
        session.end().await;
        presentations
    }

    async fn sign_with(
        &self,
        session: &Session,
        taken: &Taken,
        disclosures: &[Disclosure],
    ) -> Result<Presentations> {
        let binding = self.exchange.binding(self.context.now()?);
        let mut presentations = Presentations::default();
        for disclosure in disclosures {
            let copy = taken.copies.iter().find(|copy| copy.credential == disclosure.credential.0);
            let copy = copy.ok_or_else(|| Code::Internal.at("taken copy"))?;
            let CopyContent { bytes, layout } = &copy.content;
            let unsigned = credential::prepare(bytes, layout, &disclosure.locations, &binding)?;
            let signature = match session.sign(copy.key, unsigned.to_sign().to_vec()).await {
                Err(error) if error.code() == Code::KeyUnavailable => {
                    sending::retire(&self.context, copy.credential, copy.copy).await?;
                    return Err(error);
                }
                signed => signed?,
            };
            let presentation = unsigned.finish(&signature);
            match presentations.0.iter_mut().find(|(query, _)| *query == disclosure.query_id) {
                Some((_, list)) => list.push(presentation),
                None => presentations.0.push((disclosure.query_id.clone(), vec![presentation])),
            }
        }
        Ok(presentations)
    }

    fn receipt(&self, posted: Posted, shared: Vec<Disclosed>) -> Receipt {
        let redirect_uri = posted.redirect_uri.filter(|_| self.source.is_here());
        Receipt { http_status: posted.status, redirect_uri, shared }
    }
}

/// The presentations by query. They hold claims, and are wiped when dropped.
#[derive(Default)]
struct Presentations(Vec<(String, Vec<String>)>);

impl Drop for Presentations {
    fn drop(&mut self) {
        self.0.iter_mut().for_each(|(_, list)| list.zeroize());
    }
}

/// The credentials of a choice, each once.
pub(super) fn credentials_of(choice: &Choice) -> BTreeSet<CredentialId> {
    choice.selections.iter().map(|selection| selection.credential).collect()
}

/// What is shared, credential by credential, claims of several queries joined.
fn shared(evaluation: &Evaluation, disclosures: &[Disclosure]) -> Vec<Disclosed> {
    let mut shared: Vec<Disclosed> = Vec::new();
    for disclosure in disclosures {
        let candidate = evaluation
            .answer(&disclosure.query_id)
            .and_then(|answer| answer.candidate(disclosure.credential));
        let type_id = candidate.map(|one| one.kind().type_identifier.clone()).unwrap_or_default();
        let id = disclosure.credential;
        match shared.iter_mut().find(|one| one.credential == id) {
            Some(one) => one.claims.extend(disclosure.locations.iter().cloned()),
            None => shared.push(Disclosed { credential: id, type_id, claims: disclosure.locations.clone() }),
        }
    }
    for one in &mut shared {
        one.claims.sort_unstable();
        one.claims.dedup();
    }
    shared
}

fn is_portrait(location: &ClaimLocation) -> bool {
    use crate::credential::path::Step;
    matches!(location.0.last(), Some(Step::Key(name)) if name == "portrait" || name == "picture")
}

/// What the vault says of the candidates beyond what queries look at.
#[derive(Default)]
pub(super) struct Candidates {
    /// Those of which the next copy was shown before, or of which none is left.
    pub(super) worn: Vec<(CredentialId, NextCopy)>,
    /// Those of which it is not known whether they still count.
    pub(super) unconfirmed: Vec<CredentialId>,
}

impl Candidates {
    pub(super) fn of(
        transaction: &mut Transaction<'_>,
        evaluation: &Evaluation,
        showing: Showing<'_>,
    ) -> Result<Self> {
        let ids: BTreeSet<CredentialId> = evaluation
            .answers()
            .iter()
            .flat_map(|answer| answer.candidates().iter().map(super::dcql::Candidate::credential))
            .collect();
        let mut candidates = Self::default();
        for credential in ids {
            let stored: StoredCredential = transaction.get(&credential.0)?;
            let next = copies::next(&stored, showing);
            if next != NextCopy::Fresh {
                candidates.worn.push((credential, next));
            }
            if CredentialStatus::of(&stored, showing.at).is_unconfirmed() {
                candidates.unconfirmed.push(credential);
            }
        }
        Ok(candidates)
    }
}
