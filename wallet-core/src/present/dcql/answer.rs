//! How credentials of one kind answer one credential query (OpenID4VP 1.0 section 6.4.1).

use std::sync::Arc;

use super::bit_set::BitSet;
use super::query::{ClaimsQuery, CredentialQuery};
use super::shape::Shape;

/// The leaves that each claims query selects; `None` where the claim is absent or not of the wanted value.
pub(super) type Selected = Vec<Option<BitSet>>;

/// The combinations of claims that can be shown, at least one.
pub(super) struct Answer {
    pub(super) query: Arc<CredentialQuery>,
    pub(super) shape: Arc<Shape>,
    pub(super) selected: Selected,
    /// The satisfiable combinations, the verifier's favourite first.
    pub(super) options: Vec<AnswerOption>,
    /// The position of the least disclosing option, the first of several.
    pub(super) least: usize,
}

/// One satisfiable combination of claims.
pub(super) struct AnswerOption {
    /// Its position in the query's combinations.
    pub(super) combination: usize,
    /// The leaves that the verifier asked for.
    pub(super) disclosed: BitSet,
    /// The leaves that the verifier will see.
    pub(super) revealed: BitSet,
    /// How many of these say something about the holder.
    pub(super) leaves: usize,
}

impl Answer {
    /// As far as it can be told without opening a credential: a claim with `values` may have one of them.
    pub(super) fn of_kind(query: &Arc<CredentialQuery>, shape: &Arc<Shape>) -> Option<Self> {
        let select = |claim: &ClaimsQuery| match claim.values {
            Some(_) => shape.select_values(&claim.path),
            None => shape.select(&claim.path),
        };
        Self::new(query, shape, query.claims.iter().map(select).collect())
    }

    /// Of what each claims query selects; `None` when no combination is satisfiable.
    pub(super) fn new(query: &Arc<CredentialQuery>, shape: &Arc<Shape>, selected: Selected) -> Option<Self> {
        let mut options = Vec::new();
        for (combination, claims) in query.combinations.iter().enumerate() {
            let mut disclosed = BitSet::new(shape.leaves().len());
            let satisfied = claims.iter().all(|claim| match selected.get(*claim) {
                Some(Some(leaves)) => {
                    disclosed.add(leaves);
                    true
                }
                _ => false,
            });
            if satisfied {
                let revealed = shape.revealed(&disclosed);
                let leaves = shape.count(&revealed);
                options.push(AnswerOption { combination, disclosed, revealed, leaves });
            }
        }
        let least = options.iter().enumerate().min_by_key(|(_, option)| option.leaves)?.0;
        Some(Self { query: Arc::clone(query), shape: Arc::clone(shape), selected, options, least })
    }

    /// The claims queries of an option, and what each selects.
    pub(super) fn claims(&self, option: &AnswerOption) -> impl Iterator<Item = (&ClaimsQuery, &BitSet)> {
        let claims = self.query.combinations.get(option.combination).into_iter().flatten();
        claims
            .filter_map(|claim| Some((self.query.claims.get(*claim)?, self.selected.get(*claim)?.as_ref()?)))
    }
}
