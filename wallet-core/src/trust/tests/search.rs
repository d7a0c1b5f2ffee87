//! Which anchors stand behind a chain.

use super::*;
use crate::issue::certificate::AuthorityKeyId;

fn root_of(case: &Case) -> Authority {
    Authority::root(&case.root).unwrap()
}

fn anchor(case: &Case, root: &Authority) -> TrustAnchor {
    TrustAnchor::new(case.list, root.certificate.clone(), "test", NOW).unwrap()
}

#[test]
fn without_an_anchor_nobody_is_known() {
    for case in all() {
        let built = case.build();
        let code = |anchors: Anchors| case.authenticate(&anchors, &built.chain).unwrap_err().code();
        assert_eq!(code(Anchors::new()), Code::AnchorUnknown);
        let mut stranger = case.clone();
        stranger.root.subject = Subject::new("Stranger");
        assert_eq!(code(Anchors::from_iter([stranger.build().anchor])), Code::AnchorUnknown);
        // The same name with another key: the chain says by its key identifier that it means somebody else.
        assert_eq!(code(Anchors::from_iter([case.build().anchor])), Code::AnchorUnknown);
        case.authenticate(&Anchors::from_iter([built.anchor.clone()]), &built.chain).unwrap();
    }
}

/// Whoever shows an unknown party with a warning relies on nothing else being wrong.
#[test]
fn an_unknown_anchor_hides_nothing_else() {
    let case = Case::request();
    let code = |change: fn(&mut Case)| {
        let mut changed = case.clone();
        change(&mut changed);
        let built = changed.build();
        changed.authenticate(&Anchors::new(), &built.chain).unwrap_err().code()
    };
    assert_eq!(code(|_| ()), Code::AnchorUnknown);
    assert_eq!(code(|case| case.leaf.validity.not_after = NOW.plus(-1)), Code::CertificateExpired);
    assert_eq!(code(|case| case.forged = Some(0)), Code::CertificateSignatureInvalid);
    assert_eq!(code(|case| case.leaf.key_usage = None), Code::CertificateKeyUsageInvalid);
    assert_eq!(code(|case| case.intermediate().basic_constraints = None), Code::CertificateNotCa);
}

/// After a change of keys a list holds the old root and the new one under one name.
#[test]
fn every_anchor_of_the_name_is_tried() {
    for case in all() {
        let built = case.build();
        let renewed = case.build().anchor;
        for order in [[&renewed, &built.anchor], [&built.anchor, &renewed]] {
            let anchors = order.into_iter().cloned().collect();
            let found = case.authenticate(&anchors, &built.chain).unwrap();
            assert_eq!(found.anchors(), std::slice::from_ref(&built.anchor));
        }
    }
}

/// Without a key identifier nothing says that another key was meant.
#[test]
fn a_signature_of_nobody_under_a_known_name_is_a_forgery() {
    let mut case = Case::request();
    case.intermediates.clear();
    case.leaf.authority_key_id = AuthorityKeyId::Absent;
    refused(&case, Code::CertificateSignatureInvalid, "leaf", |case| case.forged = Some(0));
}

#[test]
fn the_error_is_of_the_anchor_that_came_furthest() {
    let case = Case::mdoc();
    let root = root_of(&case);
    let leaf = root.intermediate(&case.leaf).unwrap().certificate;
    let wrong_key = case.build().anchor;
    let wrong_role = TrustAnchor::new(ListName::EuVerifiers, root.certificate.clone(), "test", NOW).unwrap();
    let code = |anchors: Vec<&TrustAnchor>, case: &Case| {
        let anchors = anchors.into_iter().cloned().collect();
        case.authenticate(&anchors, std::slice::from_ref(&leaf)).unwrap_err().code()
    };
    assert_eq!(code(vec![&wrong_key], &case), Code::AnchorUnknown);
    assert_eq!(code(vec![&wrong_key, &wrong_role], &case), Code::AnchorNotForThis);
    assert_eq!(code(vec![&wrong_role, &wrong_key], &case), Code::AnchorNotForThis);

    // The same root under a certificate that has expired since.
    let mut short = case.root.clone();
    short.validity = Validity { not_before: NOW.plus(-DAY), not_after: NOW.plus(-1) };
    let expired = Authority::self_signed(&short, root.key).unwrap();
    let expired = TrustAnchor::new(case.list, expired.certificate, "test", NOW.plus(-DAY)).unwrap();
    assert_eq!(code(vec![&wrong_role, &expired, &wrong_key], &case), Code::CertificateExpired);
}

#[test]
fn an_anchor_is_valid_at_the_time() {
    for mut case in all() {
        case.root.validity = around_now(100);
        let Validity { not_before, not_after } = case.root.validity;
        passes(&case, |case| case.at = not_before);
        passes(&case, |case| case.at = not_after);
        refused(&case, Code::CertificateNotYetValid, "anchor", |case| case.at = not_before.plus(-1));
        refused(&case, Code::CertificateExpired, "anchor", |case| case.at = not_after.plus(1));
    }
}

/// EU-43: whoever may issue may not for that reason ask.
#[test]
fn an_anchor_is_for_one_role() {
    refused(&Case::request(), Code::AnchorNotForThis, "role", |case| case.list = ListName::EuIssuers);
    refused(&Case::request(), Code::AnchorNotForThis, "role", |case| case.list = ListName::Tls);
    refused(&Case::mdoc(), Code::AnchorNotForThis, "role", |case| case.list = ListName::CaVerifiers);
    refused(&Case::sd_jwt(), Code::AnchorNotForThis, "role", |case| case.role = Role::Verifier);
}

#[test]
fn an_anchor_may_be_for_some_channels_only() {
    let case = Case::request();
    let Built { anchor, chain } = case.build();
    let outcome = |channels: &[Channel]| {
        let anchor = anchor.clone().with_channels(channels.iter().copied());
        case.authenticate(&Anchors::from_iter([anchor]), &chain)
    };
    outcome(&[Channel::Proximity, Channel::OpenId4Vp]).unwrap();
    for others in [&[Channel::Proximity, Channel::OpenId4Vci][..], &[]] {
        let fault = outcome(others).unwrap_err().into_fault();
        assert_eq!((fault.code, fault.at()), (Code::AnchorNotForThis, Some("channel")));
    }
}

/// Contracts 7: EU before Canada, in whatever order they were added.
#[test]
fn all_lists_that_anchor_a_chain_are_named() {
    let case = Case::request();
    let built = case.build();
    let on = |list, source| TrustAnchor::new(list, built.anchor.certificate().clone(), source, NOW).unwrap();
    let ca = on(ListName::CaVerifiers, "pinned file");
    let eu = on(ListName::EuVerifiers, "https://lists.example");
    let issuers = on(ListName::EuIssuers, "pinned file");
    for order in [[&ca, &eu, &issuers], [&issuers, &eu, &ca]] {
        let anchors = order.into_iter().cloned().collect();
        let found = case.authenticate(&anchors, &built.chain).unwrap();
        let sides: Vec<_> = found.anchors().iter().map(|anchor| (anchor.side(), anchor.source())).collect();
        assert_eq!(sides, [(Some(Side::Eu), "https://lists.example"), (Some(Side::Ca), "pinned file")]);
    }
}

#[test]
fn an_anchor_stands_in_the_set_once() {
    let anchor = Case::mdoc().build().anchor;
    let mut anchors = Anchors::from_iter([anchor.clone(), anchor.clone()]);
    anchors.add(anchor.clone());
    assert_eq!(anchors.iter().count(), 1);
    anchors.add(anchor.with_types(["org.iso.18013.5.1.mDL"]));
    assert_eq!(anchors.iter().count(), 2);
}

/// EU-4, EU-45: HAIP forbids it, Canada does it; the chain is good either way and says which it is.
#[test]
fn an_anchor_inside_the_chain_is_reported() {
    for case in all() {
        assert!(!case.outcome().unwrap().contains_anchor());
        let presented = Case { root_presented: true, ..case };
        assert!(presented.outcome().unwrap().contains_anchor());
    }
}

/// Pinning the intermediate makes it the anchor; what is above it is not part of the path.
#[test]
fn an_intermediate_can_be_the_anchor() {
    let case = Case::request();
    let chain = case.build().chain;
    let pinned = TrustAnchor::new(case.list, chain[1].clone(), "test", NOW).unwrap();
    let anchors = Anchors::from_iter([pinned]);
    assert!(case.authenticate(&anchors, &chain).unwrap().contains_anchor());
    assert!(!case.authenticate(&anchors, &chain[..1]).unwrap().contains_anchor());
}

/// A root that was certified anew, same name and key, is the anchor still.
#[test]
fn a_renewed_certificate_of_the_anchor_counts_as_the_anchor() {
    let case = Case::mdoc();
    let old = root_of(&case);
    let leaf = old.intermediate(&case.leaf).unwrap().certificate;
    let renewed = Authority::self_signed(&case.root, old.key).unwrap();
    assert_ne!(old.certificate, renewed.certificate);
    let anchors = Anchors::from_iter([anchor(&case, &renewed)]);
    assert!(case.authenticate(&anchors, &[leaf, old.certificate]).unwrap().contains_anchor());
}

/// A certificate presented on top is checked like any other, even if nothing depends on it.
#[test]
fn what_is_presented_above_the_anchor_must_hold_too() {
    let mut case = Case { root_presented: true, ..Case::request() };
    let outcome = |case: &Case| {
        let chain = case.build().chain;
        let pinned = TrustAnchor::new(case.list, chain[1].clone(), "test", NOW).unwrap();
        case.authenticate(&Anchors::from_iter([pinned]), &chain)
    };
    outcome(&case).unwrap();
    case.root.validity.not_after = NOW.plus(-1);
    assert_eq!(outcome(&case).unwrap_err().code(), Code::CertificateExpired);
}

#[test]
fn eu_22_the_authority_key_identifiers_are_those_of_the_presented_certificates() {
    let case = Case::sd_jwt();
    let built = case.build();
    let found = case.authenticate(&Anchors::from_iter([built.anchor.clone()]), &built.chain).unwrap();
    let expected =
        [built.chain[1].subject_key_id().unwrap(), built.anchor.certificate().subject_key_id().unwrap()];
    assert_eq!(found.authority_key_ids(), expected);
}

/// An anchor may be limited to doctypes and vcts, as a VICAL does.
#[test]
fn an_anchor_may_stand_behind_some_types_only() {
    let case = Case::mdoc();
    let Built { anchor, chain } = case.build();
    let any = case.authenticate(&Anchors::from_iter([anchor.clone()]), &chain).unwrap();
    assert_eq!(any.anchors_for_type("eu.europa.ec.eudi.pid.1").unwrap(), [&anchor]);

    let mdl = anchor.clone().with_types(["org.iso.18013.5.1.mDL"]);
    let pid = anchor.with_types(["eu.europa.ec.eudi.pid.1"]);
    let limited = case.authenticate(&Anchors::from_iter([mdl.clone(), pid]), &chain).unwrap();
    assert_eq!(limited.anchors().len(), 2);
    assert_eq!(limited.anchors_for_type("org.iso.18013.5.1.mDL").unwrap(), [&mdl]);
    let fault = limited.anchors_for_type("org.iso.23220.photoid.1").unwrap_err().into_fault();
    assert_eq!((fault.code, fault.at()), (Code::AnchorNotForThis, Some("type")));
}
