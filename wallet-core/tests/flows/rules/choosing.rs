//! What is left to the citizen: which option, which credential, and nothing wider than was picked.

use serde_json::{Value, json};
use wallet_core::Code;
use wallet_core::credential::CredentialId;

use super::Scene;
use crate::world::{
    Asked, Issuer, Jar, MDL, PID, PID_MDOC, Verifier, block_on, code, credential, open, pid_builder, receive,
};

/// A proof of age: from the licence or from the PID, as the citizen likes.
fn either() -> Asked {
    let mut asked = Asked::family_name().and(&Asked::age());
    asked.dcql["credential_sets"] = json!([{ "options": [["pid"], ["mdl"]] }]);
    Asked { prefix: "x509_san_dns", ..asked }
}

impl Scene {
    /// Sends what was picked; gives the answered queries and their claims.
    fn answer(
        &self,
        verifier: &Verifier,
        asked: &Asked,
        picks: &[(&str, CredentialId)],
    ) -> Vec<(String, Vec<Value>)> {
        let request = open(&self.wallet, &verifier.request(&self.world, asked, |_| ())).unwrap();
        let choice = request.evaluation().choose(picks).unwrap();
        let warnings: Vec<String> = request.warnings(&choice).unwrap().iter().map(|one| one.id()).collect();
        let consent = request.consent(choice, &warnings).unwrap();
        block_on(request.send(consent, "Share")).unwrap();
        let mut answered: Vec<_> = verifier.verified(asked).0.into_iter().collect();
        answered.sort_by(|one, other| one.0.cmp(&other.0));
        answered
    }
}

#[test]
fn one_of_two_credentials() {
    let scene = Scene::new();
    let (pid, mdl) = (credential(&scene.wallet, PID).id, credential(&scene.wallet, MDL).id);
    for verifier in [&scene.bank, &scene.shop] {
        let answered = scene.answer(verifier, &either(), &[("mdl", mdl)]);
        let age = json!({ "org.iso.18013.5.1": { "age_over_19": true } });
        assert_eq!(answered, [("mdl".to_owned(), vec![age])]);

        let answered = scene.answer(verifier, &either(), &[("pid", pid)]);
        assert!(
            matches!(&answered[..], [(query, claims)] if query == "pid" && claims[0]["family_name"] == "Dubois")
        );
        assert!(answered[0].1[0].get("given_name").is_none());
    }
    // Both were not asked for.
    let request = open(&scene.wallet, &scene.bank.request(&scene.world, &either(), |_| ())).unwrap();
    assert_eq!(code(request.evaluation().choose(&[("pid", pid), ("mdl", mdl)])), Some(Code::ChoiceNeeded));
}

#[test]
fn what_is_optional_is_left_out_unless_picked() {
    let scene = Scene::new();
    let mut asked = Asked::family_name().and(&Asked::pid_elements(&["given_name"]));
    asked.dcql["credential_sets"] =
        json!([{ "options": [["pid"]] }, { "options": [["pid-mdoc"]], "required": false }]);
    let queries = |answered: Vec<(String, Vec<Value>)>| -> Vec<String> {
        answered.into_iter().map(|(query, _)| query).collect()
    };
    assert_eq!(queries(scene.answer(&scene.bank, &asked, &[])), ["pid"]);
    let mdoc = credential(&scene.wallet, PID_MDOC).id;
    assert_eq!(queries(scene.answer(&scene.bank, &asked, &[("pid-mdoc", mdoc)])), ["pid", "pid-mdoc"]);
}

#[test]
fn several_of_a_kind() {
    let scene = Scene::new();
    let second = Issuer::eu().making("pid-sd-jwt", |pki, key| {
        let martin = pid_builder(pki, key).claim("family_name", json!("Martin")).disclose_everything();
        martin.build().unwrap().sign(&pki.eu_jwt_signer.key).into_bytes()
    });
    let kept = receive(&scene.wallet, &second.offer(&scene.world)).unwrap();
    let all = block_on(scene.wallet.credentials()).unwrap().entries;
    let pids: Vec<CredentialId> = all.iter().filter(|one| one.type_id == PID).map(|one| one.id).collect();
    assert!(pids.len() == 2 && pids.iter().any(|id| kept.contains(id)));
    let picks = [("pid", pids[0]), ("pid", pids[1])];

    let one = Asked::family_name();
    let mut several = one.clone();
    several.dcql["credentials"][0]["multiple"] = json!(true);
    let answered = scene.answer(&scene.bank, &several, &picks);
    let mut names: Vec<&str> =
        answered[0].1.iter().map(|claims| claims["family_name"].as_str().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Dubois", "Martin"]);

    let request = open(&scene.wallet, &scene.bank.request(&scene.world, &one, |_| ())).unwrap();
    assert!(request.evaluation().needs_choice());
    assert_eq!(code(request.evaluation().choose(&picks)), Some(Code::ConsentMismatch));
    for pick in picks {
        assert_eq!(scene.answer(&scene.bank, &one, &[pick])[0].1.len(), 1);
    }
}

#[test]
fn values_decide_which_credential_fits() {
    let scene = Scene::new();
    let with_values = |values: Value| {
        let mut asked = Asked::family_name();
        asked.dcql["credentials"][0]["claims"][0]["values"] = values;
        asked
    };
    let answered = scene.answer(&scene.bank, &with_values(json!(["Martin", "Dubois"])), &[]);
    assert_eq!(answered[0].1[0]["family_name"], "Dubois");
    for values in [json!(["Martin"]), json!(["dubois"]), json!([7])] {
        let link = scene.bank.request(&scene.world, &with_values(values.clone()), |_| ());
        let request = open(&scene.wallet, &link).unwrap();
        assert_eq!(code(request.evaluation().least()), Some(Code::NothingMatches), "{values}");
    }
    // What a verifier guessed about the citizen is not written down.
    let history = format!("{:?}", crate::world::history(&scene.wallet));
    assert!(!history.contains("Martin") && !history.contains("Dubois"));
}

/// Where no key of the wallet has to answer, `state` ties the answer to the request.
#[test]
fn without_holder_binding() {
    let scene = Scene::new();
    let mut asked = Asked::family_name();
    asked.dcql["credentials"][0]["require_cryptographic_holder_binding"] = json!(false);
    let refused = scene.bank.request(&scene.world, &asked, |jar: &mut Jar| jar.without("state"));
    assert_eq!(code(open(&scene.wallet, &refused)), Some(Code::StateInvalid));
    assert_eq!(scene.answer(&scene.bank, &asked, &[])[0].1[0]["family_name"], "Dubois");
}
