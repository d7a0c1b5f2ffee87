//! `values` of a claims query against the credentials of one kind (OpenID4VP 1.0 sections 6.3 and 6.4.1, EU-20).

use std::collections::HashMap;
use std::sync::Arc;

use super::answer::{Answer, Selected};
use super::bit_set::BitSet;
use super::holdings::Holdings;
use crate::credential::id::CredentialId;
use crate::error::Result;
use crate::json::SecretJson;

/// Opens credentials, as few claims as will do. A claim whose value differs is treated as if it did not exist; of
/// many elements that one path selects, those whose value differs.
pub(super) struct ByValues<'a> {
    /// The answer of the kind, values not compared.
    kind: &'a Answer,
    /// For each claims query, the combinations that it stands in.
    standing_in: Vec<BitSet>,
    /// The satisfiable combinations, values not compared.
    satisfiable: BitSet,
    /// Credentials in which the same claims have wanted values have the same answer.
    known: HashMap<Selected, Option<Arc<Answer>>>,
}

impl<'a> ByValues<'a> {
    pub(super) fn new(kind: &'a Answer) -> Self {
        let combinations = &kind.query.combinations;
        let mut standing_in = vec![BitSet::new(combinations.len()); kind.query.claims.len()];
        for (combination, claims) in combinations.iter().enumerate() {
            for claim in claims {
                if let Some(set) = standing_in.get_mut(*claim) {
                    set.insert(combination);
                }
            }
        }
        let mut satisfiable = BitSet::new(combinations.len());
        kind.options.iter().for_each(|option| satisfiable.insert(option.combination));
        Self { kind, standing_in, satisfiable, known: HashMap::new() }
    }

    /// The answer of one credential of the kind; `None` when its values let no combination stand.
    pub(super) fn answer(
        &mut self,
        credential: CredentialId,
        holdings: &dyn Holdings,
    ) -> Result<Option<Arc<Answer>>> {
        let selected = self.compare(credential, holdings)?;
        if let Some(answer) = self.known.get(&selected) {
            return Ok(answer.clone());
        }
        let answer = Answer::new(&self.kind.query, &self.kind.shape, selected.clone()).map(Arc::new);
        self.known.insert(selected, answer.clone());
        Ok(answer)
    }

    fn compare(&self, credential: CredentialId, holdings: &dyn Holdings) -> Result<Selected> {
        let mut selected = self.kind.selected.clone();
        let mut satisfiable = self.satisfiable.clone();
        let claims = self.kind.query.claims.iter().zip(&self.standing_in);
        for ((claim, standing_in), slot) in claims.zip(&mut selected) {
            let Some(values) = &claim.values else { continue };
            // A claim that can satisfy nothing any more is not worth opening.
            if !satisfiable.meets(standing_in) {
                continue;
            }
            let mut equal = BitSet::new(self.kind.shape.leaves().len());
            for leaf in slot.iter().flat_map(BitSet::iter) {
                let Some(location) = self.kind.shape.leaves().get(leaf) else { continue };
                let value = holdings.value(credential, location)?.map(SecretJson);
                if value.is_some_and(|value| values.matches(&value.0)) {
                    equal.insert(leaf);
                }
            }
            if equal.is_empty() {
                satisfiable.subtract(standing_in);
                *slot = None;
            } else {
                *slot = Some(equal);
            }
        }
        Ok(selected)
    }
}
