//! PEM.

use proptest::prelude::*;

use super::super::pem::{encode, parse};
use super::fixtures::{P384, ROOT, SHA256};
use super::{code, made, template};
use crate::error::Code;

#[test]
fn several_certificates_with_words_between() {
    let text =
        format!("# Root, pinned 2026\r\n{}\r\nsubject=CN = Leaf\n{SHA256}", ROOT.replace('\n', "\r\n"));
    let listed = parse(&text).unwrap();
    let names: Vec<_> = listed.iter().map(|one| one.display_name.as_str()).collect();
    assert_eq!(names, ["Root", "Leaf"]);
    for one in listed {
        assert_eq!(one.certificate.unwrap().sha256(), one.sha256);
    }
}

#[test]
fn what_is_written_is_read() {
    let certificates = [made(&template()).unwrap(), made(&template()).unwrap()];
    let text = encode(&certificates);
    assert!(text.lines().all(|line| line.len() <= 64));
    let read: Vec<_> = parse(&text).unwrap().into_iter().map(|one| one.certificate.unwrap()).collect();
    assert_eq!(read, certificates);
}

/// A list may hold keys that the core cannot use; it can say whose.
#[test]
fn a_certificate_with_another_key_is_named() {
    let listed = parse(&format!("{P384}\n{ROOT}")).unwrap();
    assert_eq!(listed[0].display_name, "P-384 root");
    assert_eq!(code(listed[0].certificate.clone()), Code::CertificateAlgUnsupported);
    assert!(listed[1].certificate.is_ok());
}

#[test]
fn what_is_no_certificate_is_refused() {
    let unended = ROOT.replace("-----END CERTIFICATE-----", "");
    let garbled = ROOT.replacen("MII", "MI?", 1);
    let shortened = ROOT.replacen("MIIB", "MIIC", 1);
    let private = ROOT.replace("CERTIFICATE", "PRIVATE KEY");
    let endless = format!("-----BEGIN CERTIFICATE-----\n{}-----END CERTIFICATE-----", "A".repeat(20_000));
    for bad in ["", "no certificate", &unended, &garbled, &shortened, &private, &endless] {
        assert_eq!(code(parse(bad)), Code::CertificateMalformed);
    }
    assert!(parse(&format!("{private}\n{ROOT}")).is_ok());
    assert_eq!(code(parse(&format!("{ROOT}\n{garbled}"))), Code::CertificateMalformed);
}

proptest! {
    #[test]
    fn never_panics(text in "(-----BEGIN CERTIFICATE-----|-----END CERTIFICATE-----|[A-Za-z0-9+/=\n]{0,40}|\\PC){0,12}") {
        let _ = parse(&text);
    }
}
