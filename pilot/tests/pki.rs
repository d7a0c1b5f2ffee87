//! The test PKI: one folder, several processes, and chains that the wallet core accepts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::fs;

use common::Folder;
use pilot::pki::{Issued, Pki};
use wallet_core::asn1::pem;
use wallet_core::time::UnixTime;
use wallet_core::trust::{Channel, ListName, PathProfile, Role, Side};

const YEAR: i64 = 365 * 86_400;

fn now() -> UnixTime {
    pilot::time::now()
}

#[test]
fn names_say_what_the_files_are() {
    let folder = Folder::new();
    let pki = Pki::open(folder.path(), now()).unwrap();
    let names = |list| -> Vec<_> {
        let files = pki.list_files(list).into_iter();
        files.map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(ListName::EuIssuers), ["eu-issuer-ca.pem"]);
    assert_eq!(names(ListName::EuVerifiers), ["eu-verifier-ca.pem"]);
    assert_eq!(names(ListName::EuRegistrars), ["eu-registrar-ca.pem"]);
    assert_eq!(names(ListName::CaIssuers), ["ca-iaca.pem", "ca-issuer-ca.pem"]);
    assert_eq!(names(ListName::CaVerifiers), ["ca-verifier-ca.pem"]);
    assert_eq!(names(ListName::Tls), ["tls-ca.pem"]);
    for list in ListName::ALL {
        for path in pki.list_files(list) {
            let listed = pem::parse(&fs::read_to_string(&path).unwrap()).unwrap();
            assert_eq!(listed.len(), 1, "{}", path.display());
            assert!(path.with_extension("key.pem").exists());
        }
    }
}

#[cfg(unix)]
#[test]
fn keys_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let pki = Pki::open(folder.path(), now()).unwrap();
    pki.signer(Issued::SdJwtSigner(Side::Eu), now()).unwrap();
    let mut keys = 0;
    for entry in fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.to_str().unwrap().ends_with(".key.pem") {
            keys += 1;
            assert_eq!(
                fs::metadata(&path).unwrap().permissions().mode() & 0o777,
                0o600,
                "{}",
                path.display()
            );
        }
    }
    assert_eq!(keys, 8);
}

#[test]
fn the_same_folder_gives_the_same_certificates() {
    let folder = Folder::new();
    let first = Pki::open(folder.path(), now()).unwrap();
    let signer = first.signer(Issued::RequestSigner(Side::Eu, "localhost"), now()).unwrap();
    let second = Pki::open(folder.path(), now()).unwrap();
    for list in ListName::ALL {
        assert_eq!(first.roots(list).unwrap(), second.roots(list).unwrap());
    }
    let again = second.signer(Issued::RequestSigner(Side::Eu, "localhost"), now()).unwrap();
    assert_eq!(again.certificate, signer.certificate);
    assert_eq!(again.key.public_key(), signer.key.public_key());
    let other_host = second.signer(Issued::RequestSigner(Side::Eu, "verifier.example"), now()).unwrap();
    assert_eq!(other_host.certificate.dns_names(), ["verifier.example"]);
}

#[test]
fn those_who_start_together_make_one_pki() {
    let folder = Folder::new();
    let roots: Vec<_> = std::thread::scope(|scope| {
        let open = || Pki::open(folder.path(), now()).unwrap().roots(ListName::Tls).unwrap();
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(roots.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn the_wallet_core_accepts_each_chain_for_its_use_only() {
    let folder = Folder::new();
    let pki = Pki::open(folder.path(), now()).unwrap();
    let anchors = pki.anchors(ListName::ALL, now()).unwrap();
    let uses = [
        (Issued::DocumentSigner(Side::Eu), PathProfile::MdocIssuer, Role::Issuer),
        (Issued::SdJwtSigner(Side::Eu), PathProfile::SdJwtIssuer, Role::Issuer),
        (Issued::RequestSigner(Side::Eu, "localhost"), PathProfile::RequestSigner, Role::Verifier),
        (Issued::Registrar, PathProfile::RegistrationSigner, Role::Registrar),
        (Issued::DocumentSigner(Side::Ca), PathProfile::MdocIssuer, Role::Issuer),
        (Issued::SdJwtSigner(Side::Ca), PathProfile::SdJwtIssuer, Role::Issuer),
        (Issued::RequestSigner(Side::Ca, "localhost"), PathProfile::RequestSigner, Role::Verifier),
    ];
    for (issued, profile, role) in uses {
        let chain = [pki.signer(issued, now()).unwrap().certificate];
        let other = if role == Role::Issuer { Role::Verifier } else { Role::Issuer };
        let accepted = |role| anchors.authenticate(&chain, profile, role, Channel::OpenId4Vp, now());
        assert!(accepted(role).is_ok(), "{issued:?}: {:?}", accepted(role).err());
        assert!(accepted(other).is_err(), "{issued:?}");
    }
}

#[test]
fn what_signs_is_renewed_in_time_and_roots_are_not() {
    let folder = Folder::new();
    let pki = Pki::open(folder.path(), now()).unwrap();
    let signer = |at| pki.signer(Issued::DocumentSigner(Side::Ca), at).unwrap().certificate;
    let first = signer(now());
    assert_eq!(signer(now().plus(YEAR / 2)), first);
    let renewed = signer(now().plus(YEAR - 30 * 86_400));
    assert_ne!(renewed, first);
    assert_eq!(renewed.issuer().der(), first.issuer().der());
    let later = Pki::open(folder.path(), now().plus(11 * YEAR)).unwrap_err().to_string();
    assert!(later.contains("expired") && later.contains(".pem"), "{later}");
}

#[test]
fn a_damaged_folder_is_told_and_left_alone() {
    let folder = Folder::new();
    Pki::open(folder.path(), now()).unwrap();
    let key = folder.path().join("tls-ca.key.pem");
    let kept = fs::read(&key).unwrap();
    let other = fs::read(folder.path().join("ca-iaca.key.pem")).unwrap();
    for (content, told) in [
        (None, "missing"),
        (Some(b"nonsense".to_vec()), "tls-ca.key.pem"),
        (Some(other), "another certificate's"),
    ] {
        match &content {
            Some(content) => fs::write(&key, content).unwrap(),
            None => fs::remove_file(&key).unwrap(),
        }
        let error = Pki::open(folder.path(), now()).unwrap_err().to_string();
        assert!(error.contains(told), "{error}");
        assert_eq!(fs::read(&key).ok(), content);
    }
    fs::write(&key, kept).unwrap();
    assert!(Pki::open(folder.path(), now()).is_ok());
}
