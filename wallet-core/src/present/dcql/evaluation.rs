//! The outcome of holding a query against the wallet: what could be shown, for the consent screen.

use std::fmt;
use std::sync::Arc;

use super::candidate::{Candidate, Wear};
use super::cover::SetOptions;
use super::query::{CredentialQuery, Query, QueryMask};
use crate::credential::CredentialId;
use crate::credential::summary::Lapse;

/// What could answer a request. It stays inside the wallet: even that nothing matches is told to the verifier only
/// after the citizen acted.
pub struct Evaluation {
    query: Query,
    answers: Vec<CredentialAnswer>,
    sets: Vec<SetAnswer>,
}

impl Evaluation {
    pub(super) fn new(query: Query, answers: Vec<CredentialAnswer>) -> Self {
        let answered = mask_of(answers.iter().map(|answer| !answer.candidates.is_empty()));
        let set = |set: &super::CredentialSetQuery| SetAnswer {
            required: set.required,
            options: (set.options.iter().zip(&set.masks))
                .map(|(query_ids, mask)| SetOption {
                    query_ids: query_ids.clone(),
                    mask: *mask,
                    satisfiable: mask & !answered == 0,
                })
                .collect(),
        };
        let sets = query.credential_sets.iter().map(set).collect();
        Self { query, answers, sets }
    }

    /// Says what is left of each candidate's copies, so that none is suggested that cannot be shown.
    pub(crate) fn wear(&mut self, wear: impl Fn(CredentialId) -> Wear) {
        for candidate in self.answers.iter_mut().flat_map(|answer| &mut answer.candidates) {
            candidate.wear = wear(candidate.credential());
        }
    }

    /// The query.
    #[must_use]
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// One answer for each credential query, in the query's order.
    #[must_use]
    pub fn answers(&self) -> &[CredentialAnswer] {
        &self.answers
    }

    /// The answer to the credential query with this `id`.
    #[must_use]
    pub fn answer(&self, query_id: &str) -> Option<&CredentialAnswer> {
        self.answers.iter().find(|answer| answer.query.id == query_id)
    }

    /// One for each credential set query, in the query's order; empty when there is none and so every credential is
    /// required.
    #[must_use]
    pub fn credential_sets(&self) -> &[SetAnswer] {
        &self.sets
    }

    /// Whether the request can be answered: each required set has an option that can be taken, and there is something
    /// to show (a request may consist of optional sets only).
    #[must_use]
    pub fn is_satisfiable(&self) -> bool {
        let sets = self.set_options();
        sets.iter().all(|set| !set.required || !set.options.is_empty())
            && sets.iter().any(|set| !set.options.is_empty())
    }

    /// Whether anything is left to the citizen: a set has several options or may be left out, or a credential query in
    /// one has several candidates or a candidate with several options.
    #[must_use]
    pub fn needs_choice(&self) -> bool {
        let askable =
            self.set_options().iter().flat_map(|set| &set.options).fold(0, |all, option| all | option);
        self.is_satisfiable()
            && (self.sets.iter().any(SetAnswer::needs_choice)
                || self.masked(askable).any(|(_, answer)| answer.needs_choice()))
    }

    /// The sets with the options that can be taken. Without `credential_sets` all credentials are one required set.
    pub(super) fn set_options(&self) -> Vec<SetOptions> {
        if self.sets.is_empty() {
            let all = mask_of(self.answers.iter().map(|_| true));
            let satisfiable = self.answers.iter().all(|answer| !answer.candidates.is_empty());
            return vec![SetOptions {
                required: true,
                options: satisfiable.then_some(all).into_iter().collect(),
            }];
        }
        let options =
            |set: &SetAnswer| set.options.iter().filter(|o| o.satisfiable).map(|o| o.mask).collect();
        self.sets.iter().map(|set| SetOptions { required: set.required, options: options(set) }).collect()
    }

    /// The position of a credential query and its answer.
    pub(super) fn find(&self, query_id: &str) -> Option<(usize, &CredentialAnswer)> {
        self.answers.iter().enumerate().find(|(_, answer)| answer.query.id == query_id)
    }

    /// The answers to the credential queries in `mask`, with their positions.
    pub(super) fn masked(&self, mask: QueryMask) -> impl Iterator<Item = (usize, &CredentialAnswer)> {
        self.answers.iter().enumerate().filter(move |(position, _)| mask >> position & 1 == 1)
    }
}

/// The positions at which the flag is set.
fn mask_of(flags: impl Iterator<Item = bool>) -> QueryMask {
    flags.enumerate().fold(0, |mask, (position, flag)| mask | QueryMask::from(flag) << position)
}

impl fmt::Debug for Evaluation {
    /// Says nothing about what is held.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Evaluation({} credential queries)", self.answers.len())
    }
}

/// The credentials that answer one credential query.
pub struct CredentialAnswer {
    pub(super) query: Arc<CredentialQuery>,
    candidates: Vec<Candidate>,
    lapsed: Vec<(CredentialId, Lapse)>,
}

impl CredentialAnswer {
    pub(super) fn new(
        query: Arc<CredentialQuery>,
        candidates: Vec<Candidate>,
        lapsed: Vec<(CredentialId, Lapse)>,
    ) -> Self {
        Self { query, candidates, lapsed }
    }

    /// The credentials that would match if they counted now, and why they do not, so that the citizen can be told. Not
    /// looked for when the query compares values.
    #[must_use]
    pub fn lapsed(&self) -> &[(CredentialId, Lapse)] {
        &self.lapsed
    }

    /// The credential query.
    #[must_use]
    pub fn query(&self) -> &CredentialQuery {
        &self.query
    }

    /// The credentials that match, in the order of the types that the query lists; none when nothing matches.
    #[must_use]
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// The candidate with this id.
    #[must_use]
    pub fn candidate(&self, credential: crate::credential::id::CredentialId) -> Option<&Candidate> {
        self.candidates.iter().find(|candidate| candidate.credential() == credential)
    }

    /// Whether there are several candidates, or one with several options.
    #[must_use]
    pub fn needs_choice(&self) -> bool {
        self.candidates.len() > 1 || self.candidates.iter().any(|candidate| candidate.options().len() > 1)
    }

    /// The candidate that discloses least; of several, that whose option the verifier likes best, then one with a fresh
    /// copy, then the first. One without any copy left only where there is no other.
    pub(super) fn least(&self) -> Option<&Candidate> {
        self.candidates.iter().min_by_key(|candidate| {
            let worn_out = candidate.wear == Wear::WornOut;
            (worn_out, candidate.least_leaves(), candidate.least_combination(), candidate.wear)
        })
    }
}

/// What can be done about one credential set query.
#[derive(Debug, Clone)]
pub struct SetAnswer {
    required: bool,
    options: Vec<SetOption>,
}

impl SetAnswer {
    /// Whether the verifier must get one of the options.
    #[must_use]
    pub fn required(&self) -> bool {
        self.required
    }

    /// The options, in the query's order.
    #[must_use]
    pub fn options(&self) -> &[SetOption] {
        &self.options
    }

    /// Whether several options can be taken, or one that may be left out.
    #[must_use]
    pub fn needs_choice(&self) -> bool {
        let satisfiable = self.options.iter().filter(|option| option.satisfiable).count();
        satisfiable > usize::from(self.required)
    }
}

/// One option of a credential set query.
#[derive(Debug, Clone)]
pub struct SetOption {
    query_ids: Vec<String>,
    mask: QueryMask,
    satisfiable: bool,
}

impl SetOption {
    /// The ids of the credential queries that are answered together.
    #[must_use]
    pub fn query_ids(&self) -> &[String] {
        &self.query_ids
    }

    /// Whether each of them has a candidate.
    #[must_use]
    pub fn satisfiable(&self) -> bool {
        self.satisfiable
    }
}
