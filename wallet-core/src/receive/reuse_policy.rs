//! `credential_reuse_policy` in an issuer's metadata (ETSI TS 119 472-3; ARF ISSU_39, ISSU_40).

use serde_json::{Map, Value};

use crate::vault::reuse::{ReuseMethod, ReusePolicy};

/// The policy vocabulary that the wallet knows.
const ARF: &str = "arf_annex_ii";

/// The policy for one credential: of the methods that the issuer lists by preference, the first that this wallet knows.
///
/// An issuer that sets none leaves it to the wallet. One whose policy cannot be understood wants something, and once
/// only is what no issuer can have forbidden.
pub(super) fn read(metadata: Option<&Value>) -> ReusePolicy {
    match metadata.and_then(|metadata| metadata.get("credential_reuse_policy")) {
        None => ReusePolicy::only(ReuseMethod::Unlimited),
        Some(policy) => understood(policy).unwrap_or(ReusePolicy::only(ReuseMethod::OnceOnly)),
    }
}

fn understood(policy: &Value) -> Option<ReusePolicy> {
    if policy.get("id").and_then(Value::as_str) != Some(ARF) {
        return None;
    }
    policy.get("options")?.as_array()?.iter().filter_map(Value::as_object).find_map(option)
}

fn option(option: &Map<String, Value>) -> Option<ReusePolicy> {
    let details = option.get("details")?.as_array()?;
    let method = details.iter().filter_map(Value::as_str).find_map(ReuseMethod::from_metadata)?;
    // A number that is none, or is no number of things, says nothing.
    let number =
        |name: &str| option.get(name).and_then(Value::as_u64).and_then(|one| u32::try_from(one).ok());
    Some(ReusePolicy {
        method,
        reissue_unused: number("reissue_trigger_unused"),
        reissue_lifetime_left: number("reissue_trigger_lifetime_left"),
        batch_size: number("batch_size"),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn policy(policy: Value) -> ReusePolicy {
        read(Some(&json!({ "display": [], "credential_reuse_policy": policy })))
    }

    fn method(details: &[&str]) -> ReuseMethod {
        policy(json!({ "id": ARF, "options": [{ "details": details }] })).method
    }

    /// EU-54: the names as the specification mixes them, and as issuers mix them anew.
    #[test]
    fn names() {
        assert_eq!(method(&["once_only"]), ReuseMethod::OnceOnly);
        assert_eq!(method(&["limited_time"]), ReuseMethod::LimitedTime);
        assert_eq!(method(&["limited-time"]), ReuseMethod::LimitedTime);
        assert_eq!(method(&["rotating-batch"]), ReuseMethod::Rotating);
        assert_eq!(method(&["per-relying-party"]), ReuseMethod::PerVerifier);
    }

    /// ISSU_40, with the example of its note.
    #[test]
    fn the_first_that_is_known() {
        let all = ["per-relying-party", "rotating-batch", "once_only"];
        assert_eq!(method(&all), ReuseMethod::PerVerifier);
        assert_eq!(method(&["of-the-year-2040", "rotating-batch", "once_only"]), ReuseMethod::Rotating);
        let second =
            json!({ "id": ARF, "options": [{ "details": ["new"] }, { "details": ["limited_time"] }] });
        assert_eq!(policy(second).method, ReuseMethod::LimitedTime);
    }

    #[test]
    fn triggers_and_batch() {
        let whole = policy(json!({ "id": ARF, "options": [{
            "details": ["once_only"], "batch_size": 10,
            "reissue_trigger_unused": 2, "reissue_trigger_lifetime_left": 604_800,
        }] }));
        assert_eq!(
            whole,
            ReusePolicy {
                method: ReuseMethod::OnceOnly,
                reissue_unused: Some(2),
                reissue_lifetime_left: Some(604_800),
                batch_size: Some(10),
            }
        );
        for nonsense in [json!(-1), json!("2"), json!(1.5), json!(u64::MAX), Value::Null] {
            let half = policy(json!({ "id": ARF, "options": [{
                "details": ["once_only"], "reissue_trigger_unused": nonsense,
            }] }));
            assert_eq!(half, ReusePolicy::only(ReuseMethod::OnceOnly), "{nonsense}");
        }
    }

    #[test]
    fn none_is_no_limit_and_what_is_not_understood_is_the_strictest() {
        assert_eq!(read(None).method, ReuseMethod::Unlimited);
        assert_eq!(read(Some(&json!({}))).method, ReuseMethod::Unlimited);
        for strange in [
            json!(null),
            json!("limited_time"),
            json!({ "options": [{ "details": ["limited_time"] }] }),
            json!({ "id": "another", "options": [{ "details": ["limited_time"] }] }),
            json!({ "id": ARF }),
            json!({ "id": ARF, "options": [] }),
            json!({ "id": ARF, "options": [{ "details": "limited_time" }] }),
            json!({ "id": ARF, "options": [{ "details": ["new"] }] }),
        ] {
            assert_eq!(policy(strange.clone()).method, ReuseMethod::OnceOnly, "{strange}");
        }
    }
}
