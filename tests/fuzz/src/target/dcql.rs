//! DCQL queries against a fixed holding.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::Value;
use wallet_core::Code;
use wallet_core::credential::path::ClaimLocation;
use wallet_core::credential::{CredentialId, Format, VerifiedCredential, sd_jwt};
use wallet_core::error::Result;
use wallet_core::json;
use wallet_core::present::dcql::{Candidate, Choice, Evaluation, Holdings, Index, Query};
use wallet_core::profile::DcqlLeniency;

use crate::fixture::credentials::{mdl, pid};
use crate::fixture::pki::ISSUERS;
use crate::fixture::{NOW, device_key};
use crate::vectors::Vectors;

/// Two PIDs and an mDL.
static HELD: LazyLock<Held> = LazyLock::new(Held::new);

struct Held {
    index: Index,
    claims: Vec<(CredentialId, Value)>,
}

impl Held {
    fn new() -> Self {
        let key = device_key().public_key();
        let all = [
            (Format::DcSdJwt, pid(&key).into_bytes()),
            (Format::DcSdJwt, pid(&key).into_bytes()),
            (Format::MsoMdoc, mdl(&key)),
        ];
        let (mut index, mut claims) = (Index::default(), Vec::new());
        for (number, (format, bytes)) in (1..).zip(all) {
            let id = CredentialId([number; 16]);
            let leniency = |_: &_| sd_jwt::Leniency::default();
            let verified = VerifiedCredential::verify(format, &bytes, &ISSUERS, leniency, NOW);
            let verified = verified.expect("a credential of the fixture");
            index.add(&verified.summary(id)).expect("memory");
            claims.push((id, verified.claims().clone()));
        }
        Self { index, claims }
    }

    fn find(&self, credential: CredentialId, location: &ClaimLocation) -> Option<&Value> {
        let (_, claims) = self.claims.iter().find(|(id, _)| *id == credential)?;
        location.find_in(claims)
    }
}

impl Holdings for Held {
    fn index(&self) -> &Index {
        &self.index
    }

    fn value(&self, credential: CredentialId, location: &ClaimLocation) -> Result<Option<Value>> {
        Ok(self.find(credential, location).cloned())
    }
}

/// The least choice and every choice around one pick pass the check that a consent passes; what they disclose is held,
/// was asked for, and has one of the values that were asked for.
pub fn run(data: &[u8]) {
    let Ok(value) = json::parse(data, "fuzz") else { return };
    for leniency in [DcqlLeniency::NONE, DcqlLeniency::ALL] {
        let Ok(query) = Query::parse(&value, &leniency) else { continue };
        let evaluation = query.evaluate(&*HELD, NOW).expect("what is held can be read");
        match evaluation.least() {
            Ok(choice) => {
                assert!(evaluation.is_satisfiable());
                check(&evaluation, &choice);
            }
            Err(error) => {
                assert!(!evaluation.is_satisfiable() && !evaluation.needs_choice());
                assert_eq!(error.code(), Code::NothingMatches);
            }
        }
        for answer in evaluation.answers() {
            for candidate in answer.candidates() {
                check_candidate(candidate);
                let id = (answer.query().id(), candidate.credential());
                if let Ok(choice) = evaluation.choose(&[id]) {
                    check(&evaluation, &choice);
                    let kept =
                        choice.selections.iter().any(|one| (one.query_id.as_str(), one.credential) == id);
                    assert!(kept, "a pick was dropped");
                }
            }
        }
    }
}

fn check(evaluation: &Evaluation, choice: &Choice) {
    evaluation.check(choice).expect("a choice of the engine's own");
    let disclosures = evaluation.disclosures(choice).expect("a choice that passed");
    assert_eq!(disclosures.len(), choice.selections.len());
    for disclosure in disclosures {
        let answer = evaluation.answer(&disclosure.query_id).expect("a query");
        let query = answer.query();
        assert_eq!(query.meta().wanted().map(|(format, _)| format), Some(disclosure.format));
        for location in &disclosure.locations {
            let value = HELD.find(disclosure.credential, location).expect("a claim that is held");
            let asked = query.claims().iter().any(|claim| {
                claim.path().without_wildcards().contains(location)
                    && claim.values().is_none_or(|values| values.matches(value))
            });
            assert!(asked, "{location} is disclosed and nobody asked");
        }
    }
}

fn check_candidate(candidate: &Candidate) {
    let least = candidate.option(candidate.least()).expect("an option");
    for option in candidate.options() {
        assert!(least.leaves() <= option.leaves());
        let disclosed: BTreeSet<&ClaimLocation> = option.disclosed().collect();
        let requested: BTreeSet<&ClaimLocation> = option.claims().flat_map(|claim| claim.locations).collect();
        assert_eq!(disclosed, requested);
        assert!(option.revealed_besides().all(|location| !disclosed.contains(location)));
    }
}

/// Queries with every member, and published ones.
#[must_use]
pub fn seeds(vectors: &Vectors) -> Vec<Vec<u8>> {
    let published = vectors.objects.iter().filter(|object| object.contains("\"credentials\":[")).cloned();
    QUERIES.map(str::to_owned).into_iter().chain(published).map(String::into_bytes).collect()
}

/// Queries that the holding answers.
const QUERIES: [&str; 4] = [
    r#"{"credentials":[{"id":"a","format":"dc+sd-jwt","meta":{"vct_values":["urn:eudi:pid:1"]},"multiple":true,"claims":[{"id":"f","path":["family_name"],"values":["Dubois",1,true]},{"id":"n","path":["nationalities",null],"values":["FR"]},{"id":"l","path":["address","locality"]},{"id":"x","path":["nationalities",0]}],"claim_sets":[["f","l"],["n"],["x"]]}]}"#,
    r#"{"credentials":[{"id":"m","format":"mso_mdoc","meta":{"doctype_value":"org.iso.18013.5.1.mDL"},"claims":[{"path":["org.iso.18013.5.1","age_over_19"],"intent_to_retain":true,"values":[true]}]},{"id":"p","format":"dc+sd-jwt","meta":{"vct_values":["urn:eudi:pid:1"]}}],"credential_sets":[{"options":[["m"],["p"],["m","p"]]},{"options":[["p"]],"required":false}]}"#,
    r#"{"credentials":[{"id":"m","format":"mso_mdoc","meta":{"doctype_values":["x","org.iso.18013.5.1.mDL"]},"claims":[{"namespace":"org.iso.18013.5.1","claim_name":"family_name"}]}]}"#,
    r#"{"credentials":[{"id":"v","format":"vc+sd-jwt","meta":{"vct_values":["urn:eudi:pid:1"]},"require_cryptographic_holder_binding":false,"trusted_authorities":[{"type":"aki","values":["AAAA"]}],"claims":[{"path":["age_equal_or_over","18"],"values":[true]}]}]}"#,
];
