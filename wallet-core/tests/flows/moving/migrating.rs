//! Moving house by the Migration Object.

use serde_json::{Value, json};
use wallet_core::jose::pbes2;
use wallet_core::{Code, HistoryEvent, Move, ReissueReason, TransactionKind, Wallet};
use zeroize::Zeroizing;

use super::{lived_in, of_file, receive_pid, reissue_types, show_family_name};
use crate::world::{MDL, PASSPHRASE, PID, PID_MDOC, World, block_on, code, credential, history, passphrase};

/// Every value that the issuers of this world give.
const VALUES: [&str; 8] =
    ["Dubois", "lodie", "1990-05-17", "Lyon", "69001", "Tremblay", "Noël", "organ_donor\":1"];

fn export(wallet: &Wallet) -> String {
    block_on(wallet.export_migration(of_file())).unwrap().object
}

fn opened(object: &str) -> Value {
    serde_json::from_slice(&pbes2::decrypt(object, &of_file()).unwrap()).unwrap()
}

/// A wallet in a file of its own that holds nothing.
fn newcomer(world: &World, file: &str) -> Wallet {
    block_on(Wallet::create(world.settings(file), passphrase())).unwrap()
}

fn import(wallet: &Wallet, object: &str) -> wallet_core::Result<wallet_core::migrate::MovedIn> {
    block_on(wallet.import_migration(object.as_bytes().to_vec(), of_file()))
}

#[test]
fn mig_02_the_object_is_encrypted_as_ts10_5_says_and_holds_no_value_and_no_key() {
    let world = World::new();
    let wallet = lived_in(&world);
    let object = export(&wallet);
    let header = object.split('.').next().unwrap();
    let header = wallet_core::jose::base64url::decode(header, "header").unwrap();
    let header: Value = serde_json::from_slice(&header).unwrap();
    assert_eq!((&header["alg"], &header["enc"]), (&json!("PBES2-HS256+A128KW"), &json!("A128GCM")));

    let data = opened(&object);
    let text = data.to_string();
    for value in VALUES {
        assert!(!text.contains(value), "{value}");
    }
    for secret in ["\"d\"", "\"k\"", "BEGIN", PASSPHRASE] {
        assert!(!text.contains(secret), "{secret}");
    }
    assert_eq!(data["nonDeviceBoundCredentials"], json!([]));
    let types: Vec<&str> = data["listOfCredentials"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["credentialIdentifier"].as_str().unwrap())
        .collect();
    assert_eq!(types, [PID_MDOC, MDL, PID]);
}

#[test]
fn mig_01_the_history_goes_along_with_the_names_of_claims() {
    let world = World::new();
    let data = opened(&export(&lived_in(&world)));
    let log = data["transactionLog"].as_array().unwrap();
    let kinds: Vec<&str> = log.iter().map(|one| one["transactionType"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["CredentialIssuance", "CredentialIssuance", "Presentation"]);
    let shown = &log[2];
    assert_eq!(shown["transactionResult"], "Completed");
    let claims = json!([{ "credentialIdentifier": PID, "claims": ["family_name"] }]);
    assert_eq!(shown["presentation"]["listOfClaimsRequested"], claims);
    assert_eq!(shown["presentation"]["listOfClaimsPresented"], claims);
}

#[test]
fn mig_03_another_wallet_knows_what_to_ask_for_and_what_was() {
    let world = World::new();
    let old = lived_in(&world);
    let object = export(&old);
    let new = newcomer(&world, "new.db");
    let moved = import(&new, &object).unwrap();
    assert_eq!((moved.credentials, moved.known, moved.transactions, moved.not_device_bound), (3, 0, 3, 0));
    assert!(
        block_on(new.credentials()).unwrap().entries.is_empty(),
        "nothing is there before it is issued again"
    );
    let waiting = block_on(new.to_reissue()).unwrap();
    assert!(waiting.iter().all(|one| one.reissue.reason == ReissueReason::Moved));
    let pid = waiting.iter().find(|one| one.reissue.type_id == PID).unwrap();
    assert_eq!(
        (pid.reissue.issuer.as_str(), pid.reissue.format.as_str()),
        ("https://issuer.example", "dc+sd-jwt")
    );

    let imported = block_on(new.imported_history()).unwrap();
    assert_eq!(imported[2].kind, TransactionKind::Presentation);
    assert_eq!(imported[2].presented[0].claims, ["family_name"]);
    let own = history(&new).entries;
    assert!(
        matches!(own[..], [ref one] if matches!(one.entry.event, HistoryEvent::Moved { how: Move::MigrationImported, credentials: 3, entries: 3 })),
        "the wallet's own history has what it did itself: {own:?}"
    );
    let exported = history(&old).entries.pop().unwrap().entry.event;
    assert_eq!(exported, HistoryEvent::Moved { how: Move::MigrationExported, credentials: 3, entries: 3 });
}

#[test]
fn what_was_deleted_is_not_asked_for_again_and_the_other_wallet_hears_that_it_was() {
    let world = World::new();
    let old = lived_in(&world);
    block_on(old.delete(credential(&old, MDL).id)).unwrap();
    block_on(old.delete_history(&[1])).unwrap();
    let new = newcomer(&world, "new.db");
    import(&new, &export(&old)).unwrap();
    assert_eq!(reissue_types(&new), [PID_MDOC, PID]);
    let imported = block_on(new.imported_history()).unwrap();
    let deletion = imported.iter().find(|one| one.kind == TransactionKind::CredentialDeletion).unwrap();
    assert_eq!(deletion.credentials, [MDL]);
    let said = "Entries of this history that the user deleted: 1.";
    assert!(imported.iter().any(|one| one.description == [said]));
}

#[test]
fn mig_04_what_was_issued_again_or_dismissed_is_waited_for_no_longer() {
    let world = World::new();
    let object = export(&lived_in(&world));
    let new = world.empty_wallet_at("new.db");
    import(&new, &object).unwrap();
    receive_pid(&world, &new);
    assert_eq!(reissue_types(&new), [MDL], "both formats of the PID are here");
    let mdl = block_on(new.to_reissue()).unwrap()[0].id;
    block_on(new.dismiss_reissue(mdl)).unwrap();
    assert!(reissue_types(&new).is_empty());
    assert_eq!(code(block_on(new.dismiss_reissue(mdl))), Some(Code::NotFound));
    show_family_name(&world, &new).unwrap();
}

#[test]
fn the_same_object_again_changes_nothing_and_what_is_held_is_not_asked_for() {
    let world = World::new();
    let wallet = lived_in(&world);
    let object = export(&wallet);
    let into_itself = import(&wallet, &object).unwrap();
    assert_eq!((into_itself.credentials, into_itself.known), (0, 3));

    let new = newcomer(&world, "new.db");
    import(&new, &object).unwrap();
    let again = import(&new, &object).unwrap();
    assert_eq!((again.credentials, again.known, again.transactions), (0, 3, 0));
    assert_eq!(reissue_types(&new).len(), 3);
}

#[test]
fn a_second_move_takes_the_first_one_along() {
    let world = World::new();
    let first = newcomer(&world, "first.db");
    import(&first, &export(&lived_in(&world))).unwrap();
    let second = newcomer(&world, "second.db");
    let moved = import(&second, &export(&first)).unwrap();
    // And that the first move happened.
    assert_eq!((moved.credentials, moved.transactions), (3, 4));
    let kinds: Vec<TransactionKind> =
        block_on(second.imported_history()).unwrap().iter().map(|one| one.kind).collect();
    assert!(kinds.contains(&TransactionKind::Presentation) && kinds.contains(&TransactionKind::Other));
}

#[test]
fn what_did_not_complete_says_so_and_shows_nothing() {
    let world = World::new();
    let wallet = world.stocked_wallet();
    let bank = crate::world::Verifier::eu(&world);
    let link = bank.request(&world, &crate::world::Asked::family_name(), |_| ());
    block_on(wallet.decline(&link, wallet_core::present::Source::Link)).unwrap();
    let data = opened(&export(&wallet));
    let declined = data["transactionLog"].as_array().unwrap().last().unwrap();
    assert_eq!(declined["transactionResult"], "NotCompleted");
    assert_eq!(declined["presentation"]["reasonOfNoncompletion"], "declined");
    assert_eq!(declined["presentation"]["listOfClaimsPresented"], json!([]));
}

#[test]
fn what_is_refused_takes_nothing_over() {
    let world = World::new();
    let wallet = lived_in(&world);
    let object = export(&wallet);
    let new = newcomer(&world, "new.db");
    let wrong = Zeroizing::new(b"another passphrase".to_vec());
    let refused = block_on(new.import_migration(object.clone().into_bytes(), wrong));
    assert_eq!(code(refused), Some(Code::BackupPassphraseWrong));

    let mut data = opened(&object);
    data["listOfCredentials"][2]["supplyPointURL"] = json!("http://issuer.example");
    let bad = pbes2::encrypt(&of_file(), data.to_string().as_bytes()).unwrap();
    assert_eq!(code(import(&new, &bad)), Some(Code::MigrationInvalid));
    assert_eq!(code(import(&new, "no object")), Some(Code::JweMalformed));
    let long = "x".repeat(wallet_core::limits::MIGRATION_OBJECT + 1);
    assert_eq!(code(import(&new, &long)), Some(Code::BackupTooLarge));

    assert!(reissue_types(&new).is_empty() && history(&new).entries.is_empty());
    assert!(block_on(new.imported_history()).unwrap().is_empty());
    new.lock().unwrap();
    assert_eq!(code(import(&new, &object)), Some(Code::Locked));
    let short = Zeroizing::new(b"1234567".to_vec());
    assert_eq!(code(block_on(wallet.export_migration(short))), Some(Code::PassphraseTooShort));
}
