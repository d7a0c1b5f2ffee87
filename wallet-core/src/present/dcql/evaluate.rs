//! Which credentials match which credential query (OpenID4VP 1.0 sections 6.1 and 6.4).

use std::collections::HashSet;
use std::sync::Arc;

use super::answer::Answer;
use super::by_values::ByValues;
use super::candidate::Candidate;
use super::evaluation::{CredentialAnswer, Evaluation};
use super::holdings::Holdings;
use super::query::{CredentialQuery, Query};
use crate::credential::summary::Kind;
use crate::error::Result;
use crate::time::UnixTime;

impl Query {
    /// Holds the query against what the wallet holds and is valid at the time `at`.
    ///
    /// # Errors
    /// Only what [`Holdings::value`] gives.
    pub fn evaluate(&self, holdings: &dyn Holdings, at: UnixTime) -> Result<Evaluation> {
        let answer = |query: &Arc<CredentialQuery>| {
            candidates(query, holdings, at).map(|found| CredentialAnswer::new(Arc::clone(query), found))
        };
        let answers = self.credentials.iter().map(answer).collect::<Result<_>>()?;
        Ok(Evaluation::new(self.clone(), answers))
    }
}

/// The credentials that answer one credential query, in the order of its types and then of their ids.
fn candidates(query: &Arc<CredentialQuery>, holdings: &dyn Holdings, at: UnixTime) -> Result<Vec<Candidate>> {
    let mut found = Vec::new();
    let Some((format, types)) = query.meta.wanted() else { return Ok(found) };
    let compares_values = query.claims.iter().any(|claim| claim.values.is_some());
    // A type may extend several that are listed.
    let mut seen = HashSet::new();
    for type_identifier in types {
        let first = found.len();
        for (number, group) in holdings.index().groups(format, type_identifier) {
            if !seen.insert(number) {
                continue;
            }
            // What is damaged must not keep the citizen from the rest; a check of the vault names it.
            let Some(shape) = group.shape().filter(|shape| is_acceptable(query, shape.kind())) else {
                continue;
            };
            let Some(answer) = Answer::of_kind(query, shape).map(Arc::new) else { continue };
            let mut by_values = compares_values.then(|| ByValues::new(&answer));
            for (credential, validity) in &group.members {
                if !validity.covers(at) {
                    continue;
                }
                let answer = match &mut by_values {
                    Some(by_values) => by_values.answer(*credential, holdings)?,
                    None => Some(Arc::clone(&answer)),
                };
                found.extend(answer.map(|answer| Candidate::new(*credential, answer)));
            }
        }
        if let Some(found) = found.get_mut(first..) {
            found.sort_unstable_by_key(Candidate::credential);
        }
    }
    Ok(found)
}

/// Whether a kind fits but for its claims.
fn is_acceptable(query: &CredentialQuery, kind: &Kind) -> bool {
    let bound = kind.holder_binding || !query.require_cryptographic_holder_binding;
    bound && query.trusted_authorities.as_ref().is_none_or(|trusted| trusted.accept(&kind.authority_key_ids))
}
