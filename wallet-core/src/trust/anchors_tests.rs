use super::*;
use crate::issue::certificate::{Authority, Subject, Template, Validity};
use crate::trust::{ListName, Side};

const NOW: UnixTime = UnixTime(1_795_341_600);

#[test]
fn smoke() {
    let day = 86_400;
    let subject = |cn: &str| Subject::new(cn).country("UT");
    let root = Authority::root(&Template::iaca(
        subject("IACA"),
        Validity::days(NOW.plus(-day), 3650),
        "https://issuer.example",
    ))
    .unwrap();
    let ds = root
        .intermediate(&Template::document_signer(
            subject("DS"),
            Validity::days(NOW.plus(-day), 457),
            "https://issuer.example",
        ))
        .unwrap();
    let mut anchors = Anchors::new();
    anchors.add(TrustAnchor::new(ListName::EuIssuers, root.certificate.clone(), "pinned file", NOW).unwrap());
    let trusted = anchors
        .authenticate(
            std::slice::from_ref(&ds.certificate),
            PathProfile::MdocIssuer,
            Role::Issuer,
            Channel::OpenId4Vci,
            NOW,
        )
        .unwrap();
    assert_eq!(trusted.anchors()[0].side(), Some(Side::Eu));
    assert!(!trusted.contains_anchor());
}
