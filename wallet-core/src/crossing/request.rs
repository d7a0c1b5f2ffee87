//! A verifier's request as values, for a consent screen. The choice that is made of them is checked by the core again.

use crate::credential::path::{ClaimLocation, ClaimPath};
use crate::credential::{CredentialId, Format, Lapse};
use crate::error::Result;
use crate::present::PresentationRequest;
use crate::present::dcql::{Candidate, Choice, CredentialAnswer, DisclosureOption, SetAnswer};
use crate::time::UnixTime;
use crate::trust::Side;
use crate::vault::history::{Party, Registration};

/// Who asks for what, and what could answer it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RequestDetails {
    /// Who asks, and how that was verified.
    pub verifier: Party,
    /// The jurisdiction under whose profile the request is valid; `None` under a development switch only.
    pub profile: Option<Side>,
    /// Whether the answer is encrypted to the verifier beyond TLS.
    pub encrypted: bool,
    /// What the verifier is registered for; `None` when it says nothing about that. Whether a claim is beyond it stands with
    /// each claim.
    pub registration: Option<Registration>,
    /// When the request is void.
    pub expires_at: UnixTime,
    /// Whether the wallet holds what is asked for. When not, the request can only be declined.
    pub can_be_answered: bool,
    /// Whether anything is left to the citizen.
    pub needs_choice: bool,
    /// What is asked for, in the verifier's order.
    pub questions: Vec<Question>,
    /// Which questions must be answered together; empty when all must be.
    pub sets: Vec<QuestionSet>,
}

/// One credential that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Question {
    /// The query's id, for a choice.
    pub query_id: String,
    /// The credentials that would do; none when nothing fits.
    pub candidates: Vec<QuestionCandidate>,
    /// The credentials that would do if they counted now, to tell the citizen why they do not.
    pub lapsed: Vec<LapsedCandidate>,
}

/// A credential that would do if it counted now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct LapsedCandidate {
    /// Its id in the wallet.
    pub credential: CredentialId,
    /// Why it does not.
    pub reason: Lapse,
}

/// A credential that would do.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct QuestionCandidate {
    /// Its id in the wallet.
    pub credential: CredentialId,
    /// Its format.
    pub format: Format,
    /// `doctype` or `vct`.
    pub type_id: String,
    /// The ways in which it can answer, the verifier's favourite first.
    pub options: Vec<QuestionOption>,
    /// The position of the one that discloses least.
    pub least: u32,
}

/// One way to answer.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct QuestionOption {
    /// The claims that the verifier asks for, in its order.
    pub claims: Vec<QuestionClaim>,
    /// What the verifier sees besides: nobody can leave it out, so a consent shows it.
    pub revealed_besides: Vec<ClaimLocation>,
}

/// A claim that the verifier asks for.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct QuestionClaim {
    /// The path as the verifier wrote it, for reading.
    pub path: String,
    /// The claims of the credential that it selects.
    pub locations: Vec<ClaimLocation>,
    /// Whether the verifier will keep it; `None` when it makes no statement.
    pub intent_to_retain: Option<bool>,
    /// Whether this is more than the verifier is registered to ask for; `false` as well when it is not known what that
    /// is.
    pub asks_for_more: bool,
}

/// Questions of which one combination is to be answered.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct QuestionSet {
    /// Whether the verifier must get one of the options.
    pub required: bool,
    /// The options that the wallet can answer, each the ids of the queries that belong together.
    pub options: Vec<Vec<String>>,
}

#[uniffi::export]
impl PresentationRequest {
    /// Who asks for what, and what could answer it.
    ///
    /// # Errors
    /// None today.
    pub fn details(&self) -> Result<RequestDetails> {
        let evaluation = self.evaluation();
        Ok(RequestDetails {
            verifier: self.verifier().clone(),
            profile: self.profile(),
            encrypted: self.is_encrypted(),
            registration: self.registration(),
            expires_at: self.expires_at(),
            can_be_answered: evaluation.is_satisfiable(),
            needs_choice: evaluation.needs_choice(),
            questions: evaluation.answers().iter().map(|answer| question(self, answer)).collect(),
            sets: evaluation.credential_sets().iter().map(set).collect(),
        })
    }

    /// The choice that discloses least, to begin with; nothing wider is ever suggested.
    ///
    /// # Errors
    /// [`crate::Code::NothingMatches`].
    pub fn least(&self) -> Result<Choice> {
        self.evaluation().least()
    }
}

fn question(request: &PresentationRequest, answer: &CredentialAnswer) -> Question {
    let query_id = answer.query().id();
    let asks_for_more = |path: &ClaimPath| request.asks_for_more(query_id, path);
    Question {
        query_id: query_id.to_owned(),
        candidates: answer.candidates().iter().map(|one| candidate(one, asks_for_more)).collect(),
        lapsed: answer.lapsed().iter().map(lapsed).collect(),
    }
}

fn lapsed(&(credential, reason): &(CredentialId, Lapse)) -> LapsedCandidate {
    LapsedCandidate { credential, reason }
}

fn candidate(candidate: &Candidate, asks_for_more: impl Fn(&ClaimPath) -> bool + Copy) -> QuestionCandidate {
    QuestionCandidate {
        credential: candidate.credential(),
        format: candidate.kind().format,
        type_id: candidate.kind().type_identifier.clone(),
        options: candidate.options().map(|one| option(one, asks_for_more)).collect(),
        least: candidate.least(),
    }
}

fn option(option: DisclosureOption<'_>, asks_for_more: impl Fn(&ClaimPath) -> bool) -> QuestionOption {
    let claims = option.claims().map(|claim| QuestionClaim {
        path: claim.path.to_string(),
        locations: claim.locations.into_iter().cloned().collect(),
        intent_to_retain: claim.intent_to_retain,
        asks_for_more: asks_for_more(claim.path),
    });
    QuestionOption {
        claims: claims.collect(),
        revealed_besides: option.revealed_besides().cloned().collect(),
    }
}

fn set(set: &SetAnswer) -> QuestionSet {
    let options = set.options().iter().filter(|option| option.satisfiable());
    QuestionSet {
        required: set.required(),
        options: options.map(|option| option.query_ids().to_vec()).collect(),
    }
}
