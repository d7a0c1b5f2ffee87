//! A credential that answers a credential query, and the ways in which it can.

use std::sync::Arc;

use super::answer::{Answer, AnswerOption};
use crate::credential::id::CredentialId;
use crate::credential::path::{ClaimLocation, ClaimPath};
use crate::credential::summary::Kind;

/// A credential that answers a credential query.
pub struct Candidate {
    credential: CredentialId,
    answer: Arc<Answer>,
    pub(super) wear: Wear,
}

/// What is left of a credential's copies, as far as it counts for what is suggested. The query engine does not know; who
/// knows says so ([`Evaluation::wear`](super::Evaluation::wear)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Wear {
    /// A copy that nobody has seen.
    #[default]
    Fresh,
    /// One that somebody has seen.
    Shown,
    /// None that may be shown.
    WornOut,
}

impl Candidate {
    pub(super) fn new(credential: CredentialId, answer: Arc<Answer>) -> Self {
        Self { credential, answer, wear: Wear::Fresh }
    }

    /// Which credential.
    #[must_use]
    pub fn credential(&self) -> CredentialId {
        self.credential
    }

    /// Its format, type and issuer.
    #[must_use]
    pub fn kind(&self) -> &Kind {
        self.answer.shape.kind()
    }

    /// The options, at least one: one for each claim set that it can satisfy, the verifier's favourite first.
    pub fn options(&self) -> impl ExactSizeIterator<Item = DisclosureOption<'_>> {
        self.answer.options.iter().map(|option| DisclosureOption { answer: &self.answer, option })
    }

    /// The option with this position in [`Candidate::options`].
    #[must_use]
    pub fn option(&self, position: u32) -> Option<DisclosureOption<'_>> {
        self.options().nth(usize::try_from(position).ok()?)
    }

    /// The position of the least disclosing option; of several the verifier's favourite.
    #[must_use]
    pub fn least(&self) -> u32 {
        // There are at most `limits::DCQL_SETS` of them.
        u32::try_from(self.answer.least).unwrap_or(u32::MAX)
    }

    /// How many leaves the least disclosing option reveals.
    pub(super) fn least_leaves(&self) -> usize {
        self.answer.options.get(self.answer.least).map_or(usize::MAX, |option| option.leaves)
    }

    /// Which of the query's combinations the least disclosing option is.
    pub(super) fn least_combination(&self) -> usize {
        self.answer.options.get(self.answer.least).map_or(usize::MAX, |option| option.combination)
    }
}

/// One way to answer: a combination of claims.
#[derive(Clone, Copy)]
pub struct DisclosureOption<'a> {
    answer: &'a Answer,
    option: &'a AnswerOption,
}

impl<'a> DisclosureOption<'a> {
    /// The claims that the verifier asks for in this option, in its order.
    pub fn claims(self) -> impl Iterator<Item = RequestedClaim<'a>> {
        let answer = self.answer;
        answer.claims(self.option).map(move |(query, selected)| RequestedClaim {
            path: &query.path,
            intent_to_retain: query.intent_to_retain,
            locations: answer.shape.locations(selected).collect(),
        })
    }

    /// The leaves that the verifier asks for: exactly these are disclosed, in order.
    pub fn disclosed(self) -> impl Iterator<Item = &'a ClaimLocation> {
        self.answer.shape.locations(&self.option.disclosed)
    }

    /// The leaves that the verifier sees besides: what the issuer put into every presentation, or into one Disclosure
    /// with a claim that is asked for. Consent must show them; nobody can leave them out.
    pub fn revealed_besides(self) -> impl Iterator<Item = &'a ClaimLocation> {
        let mut besides = self.option.revealed.clone();
        besides.subtract(&self.option.disclosed);
        let shape = &self.answer.shape;
        besides.iter().collect::<Vec<_>>().into_iter().filter_map(move |leaf| shape.leaves().get(leaf))
    }

    /// How many leaves the verifier sees, but for those about the credential itself (issuer, validity, key, status).
    /// The option with the smallest number is the least disclosing.
    #[must_use]
    pub fn leaves(self) -> usize {
        self.option.leaves
    }
}

/// A claim that the verifier asks for, for the consent screen.
pub struct RequestedClaim<'a> {
    /// The path, as the verifier wrote it.
    pub path: &'a ClaimPath,
    /// Whether the verifier will keep the claim; `None` means that it makes no statement.
    pub intent_to_retain: Option<bool>,
    /// The leaves that the path selects.
    pub locations: Vec<&'a ClaimLocation>,
}
