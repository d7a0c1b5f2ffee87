//! Matching a query against the summaries of what is stored, without a vault: first, when the summaries have just been
//! decrypted, and warm, when they are in memory in order. The query is parsed each time.

use std::hint::black_box;

use serde_json::Value;
use wallet_core::credential::CredentialId;
use wallet_core::credential::path::ClaimLocation;
use wallet_core::present::dcql::{Evaluation, Holdings, Index, Query};
use wallet_core::profile::DcqlLeniency;

use crate::curve::{Curve, SIGN};
use crate::fixtures::Request;
use crate::stock::{self, FEW};
use crate::table::{Table, Target};
use crate::turns::{Suite, Turns};
use crate::world::{NOW, Pki};

struct InMemory(Index);

impl InMemory {
    fn new(summaries: &[Vec<u8>]) -> Self {
        let mut index = Index::default();
        summaries.iter().for_each(|summary| index.add_encoded(summary).unwrap());
        Self(index)
    }

    fn answer(&self, query: &Value) -> Evaluation {
        let query = Query::parse(black_box(query), &DcqlLeniency::default()).unwrap();
        query.evaluate(self, NOW).unwrap()
    }
}

impl Holdings for InMemory {
    fn index(&self) -> &Index {
        &self.0
    }

    /// The query asks for no values, so nothing is opened.
    fn value(&self, _: CredentialId, _: &ClaimLocation) -> wallet_core::Result<Option<Value>> {
        Ok(None)
    }
}

/// Measures matching with few and many credentials stored.
pub fn measure(suite: &mut Suite, table: &mut Table, pki: &Pki, request: &Request) {
    let (curve, query, counts) = (Curve::new(), stock::query(), [FEW, suite.many()]);
    let stored = counts.map(|count| (count, stock::summaries(pki, request, count)));
    let warm = counts.map(|count| format!("warm, {count} stored"));
    let first = counts.map(|count| format!("first, {count} stored"));
    let mut turns = Turns::new("DCQL").job(SIGN, || curve.sign());
    for (at, (_, summaries)) in stored.iter().enumerate() {
        let (index, query) = (InMemory::new(summaries), &query);
        assert_eq!(index.answer(query).answers().len(), 2);
        turns = turns
            .job(&warm[at], move || index.answer(query))
            .job(&first[at], move || InMemory::new(black_box(summaries)).answer(query));
    }
    let medians = suite.run(turns);
    table.part("DCQL: 2 credential queries of 5 claims, 10 credentials that match");
    for ([few, many], target) in [(&warm, Target::Milliseconds(10.0)), (&first, Target::Milliseconds(40.0))] {
        table.line(&medians, many, few, target);
        table.line(&medians, many, SIGN, Target::None);
    }
}
