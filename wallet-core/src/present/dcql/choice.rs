//! What is shown: made as the least that will do, changed by the citizen, checked before anything is built of it.

use std::collections::HashSet;

use super::candidate::{Candidate, Wear};
use super::cover;
use super::evaluation::{CredentialAnswer, Evaluation};
use super::query::QueryMask;
use crate::credential::Format;
use crate::credential::id::CredentialId;
use crate::credential::path::ClaimLocation;
use crate::error::{Code, Result};

/// Which credentials answer which credential query, and with which claims.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Choice {
    /// One for each credential that is shown. A query that takes several credentials occurs several times.
    pub selections: Vec<Selection>,
}

/// One credential that is shown for one credential query.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Selection {
    /// The `id` of the credential query.
    pub query_id: String,
    /// The credential.
    pub credential: CredentialId,
    /// The position in [`Candidate::options`].
    pub option: u32,
}

/// What one credential discloses for one credential query, as a choice that was checked says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosure {
    /// The `id` of the credential query, which names the presentation in the response.
    pub query_id: String,
    /// The credential.
    pub credential: CredentialId,
    /// Its format.
    pub format: Format,
    /// The leaves to disclose, exactly.
    pub locations: Vec<ClaimLocation>,
}

impl Evaluation {
    /// The least disclosing choice: of each required set the option, for each query the candidate and claim set, that
    /// show the fewest leaves ([`DisclosureOption::leaves`](super::DisclosureOption::leaves)), summed over the queries;
    /// where that is equal, what the verifier put first. Sets that are not required are left out.
    ///
    /// A request of optional sets only gives an empty choice: it is for the citizen to add something. The sum is the
    /// smallest there is up to the bound of the search; see the [module](super).
    ///
    /// # Errors
    /// [`Code::NothingMatches`] when the request cannot be answered, whatever the reason.
    pub fn least(&self) -> Result<Choice> {
        self.choose(&[])
    }

    /// The citizen's picks, and of everything else the least. To pick a credential for a query is to take an option
    /// with that query, in a set that is not required too.
    ///
    /// # Errors
    /// [`Code::NothingMatches`] when the request cannot be answered at all; [`Code::ConsentMismatch`] for a pick that
    /// nobody was offered, or a second one for a query that takes one; [`Code::ChoiceNeeded`] when the picks do not go
    /// together.
    pub fn choose(&self, picks: &[(&str, CredentialId)]) -> Result<Choice> {
        if !self.is_satisfiable() {
            return Err(Code::NothingMatches.error());
        }
        let mut selections = Vec::new();
        for (query_id, credential) in picks {
            let answer = self.answer(query_id).ok_or(Code::ConsentMismatch.at("id"))?;
            let candidate = answer.candidate(*credential).ok_or(Code::ConsentMismatch.at("credentials"))?;
            selections.push(selection(answer, candidate));
        }
        let picked = self.check_selections(&selections)?;
        let sets = self.set_options();
        let offered = sets.iter().flat_map(|set| &set.options).fold(0, |all, option| all | option);
        if picked & !offered != 0 {
            return Err(Code::ConsentMismatch.at("credential_sets"));
        }
        let costs: Vec<_> = self.answers().iter().map(least_leaves).collect();
        let chosen =
            cover::cheapest(&sets, &costs, picked).ok_or(Code::ChoiceNeeded.at("credential_sets"))?;
        for (_, answer) in self.masked(chosen & !picked) {
            selections.extend(answer.least().map(|candidate| selection(answer, candidate)));
        }
        selections.sort_by_key(|selection| self.find(&selection.query_id).map(|(position, _)| position));
        Ok(Choice { selections })
    }

    /// Checks a choice that was made elsewhere: each credential is a candidate of its query and has that option,
    /// several only with `multiple`, each required set is answered in full, and nothing is shown that no set asks for.
    ///
    /// # Errors
    /// [`Code::ConsentMismatch`] for what was not offered or not asked for; [`Code::ChoiceNeeded`] when a required set
    /// is not answered.
    pub fn check(&self, choice: &Choice) -> Result<()> {
        let shown = self.check_selections(&choice.selections)?;
        let mut sets = self.set_options();
        for set in &mut sets {
            set.options.retain(|option| option & !shown == 0);
        }
        if sets.iter().any(|set| set.required && set.options.is_empty()) {
            return Err(Code::ChoiceNeeded.at("credential_sets"));
        }
        match cover::cheapest(&sets, &[], shown) {
            Some(_) => Ok(()),
            None => Err(Code::ConsentMismatch.at("credential_sets")),
        }
    }

    /// What a choice discloses, credential by credential.
    ///
    /// # Errors
    /// As [`Evaluation::check`].
    pub fn disclosures(&self, choice: &Choice) -> Result<Vec<Disclosure>> {
        self.check(choice)?;
        let disclosure = |selection: &Selection| {
            let candidate = self.answer(&selection.query_id)?.candidate(selection.credential)?;
            Some(Disclosure {
                query_id: selection.query_id.clone(),
                credential: selection.credential,
                format: candidate.kind().format,
                locations: candidate.option(selection.option)?.disclosed().cloned().collect(),
            })
        };
        Ok(choice.selections.iter().filter_map(disclosure).collect())
    }

    /// Checks each selection for itself; gives the credential queries that are answered.
    fn check_selections(&self, selections: &[Selection]) -> Result<QueryMask> {
        let mut shown = 0;
        let mut seen = HashSet::new();
        for selection in selections {
            let (position, answer) = self.find(&selection.query_id).ok_or(Code::ConsentMismatch.at("id"))?;
            let candidate =
                answer.candidate(selection.credential).ok_or(Code::ConsentMismatch.at("credentials"))?;
            if candidate.option(selection.option).is_none() || !seen.insert((position, selection.credential))
            {
                return Err(Code::ConsentMismatch.at("credentials"));
            }
            let query = 1 << position;
            if shown & query != 0 && !answer.query().multiple() {
                return Err(Code::ConsentMismatch.at("multiple"));
            }
            shown |= query;
        }
        Ok(shown)
    }
}

fn selection(answer: &CredentialAnswer, candidate: &Candidate) -> Selection {
    Selection {
        query_id: answer.query().id().to_owned(),
        credential: candidate.credential(),
        option: candidate.least(),
    }
}

/// More leaves than any credential has: an option of a set with a worn out credential is taken only when there is no other.
const WORN_OUT: usize = usize::MAX / 128;

fn least_leaves(answer: &CredentialAnswer) -> usize {
    answer.least().map_or(usize::MAX, |candidate| {
        let worn_out = if candidate.wear == Wear::WornOut { WORN_OUT } else { 0 };
        candidate.least_leaves().saturating_add(worn_out)
    })
}
