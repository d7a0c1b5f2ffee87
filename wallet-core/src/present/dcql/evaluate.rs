//! Which credentials match which credential query (OpenID4VP 1.0 sections 6.1 and 6.4).

use std::collections::HashSet;
use std::sync::Arc;

use super::answer::Answer;
use super::by_values::ByValues;
use super::candidate::Candidate;
use super::evaluation::{CredentialAnswer, Evaluation};
use super::holdings::Holdings;
use super::query::{CredentialQuery, Query};
use crate::credential::CredentialId;
use crate::credential::summary::{Kind, Lapse};
use crate::error::Result;
use crate::time::UnixTime;

impl Query {
    /// Holds the query against what the wallet holds and is valid at the time `at`.
    ///
    /// # Errors
    /// Only what [`Holdings::value`] gives.
    pub fn evaluate(&self, holdings: &dyn Holdings, at: UnixTime) -> Result<Evaluation> {
        let answer = |query: &Arc<CredentialQuery>| {
            let Found { candidates, lapsed } = find(query, holdings, at)?;
            Ok(CredentialAnswer::new(Arc::clone(query), candidates, lapsed))
        };
        let answers = self.credentials.iter().map(answer).collect::<Result<_>>()?;
        Ok(Evaluation::new(self.clone(), answers))
    }
}

/// The credentials of a kind that answers one credential query.
#[derive(Default)]
struct Found {
    /// In the order of the query's types and then of their ids.
    candidates: Vec<Candidate>,
    /// Those that do not count now.
    lapsed: Vec<(CredentialId, Lapse)>,
}

fn find(query: &Arc<CredentialQuery>, holdings: &dyn Holdings, at: UnixTime) -> Result<Found> {
    let mut found = Found::default();
    let Some((format, types)) = query.meta.wanted() else { return Ok(found) };
    let compares_values = query.claims.iter().any(|claim| claim.values.is_some());
    // A type may extend several that are listed.
    let mut seen = HashSet::new();
    for type_identifier in types {
        let first = found.candidates.len();
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
                if let Some(lapse) = validity.lapse(at) {
                    // Which of them have the values is not looked up: nothing is opened that cannot be shown.
                    if !compares_values {
                        found.lapsed.push((*credential, lapse));
                    }
                    continue;
                }
                let answer = match &mut by_values {
                    Some(by_values) => by_values.answer(*credential, holdings)?,
                    None => Some(Arc::clone(&answer)),
                };
                found.candidates.extend(answer.map(|answer| Candidate::new(*credential, answer)));
            }
        }
        if let Some(found) = found.candidates.get_mut(first..) {
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
