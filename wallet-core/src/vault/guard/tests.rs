use super::*;

const VAULT: Id = [1; 16];

fn passphrase(text: &str) -> SecretBytes {
    SecretBytes::new(text.as_bytes().to_vec())
}

fn opened(guard: &Guard, vault: &Id, opening: &Opening) -> Option<[u8; 32]> {
    guard.open(vault, opening).unwrap().map(|opened| *opened.root.expose())
}

fn secret(byte: u8) -> Key {
    Key::fill_with(|out| {
        *out = [byte; 32];
        Ok(())
    })
    .unwrap()
}

fn sealed() -> SealedSecret {
    SealedSecret { guard: [7; 16], secret: secret(3), sealed: b"sealed by the phone".to_vec() }
}

fn at(since_boot_ms: u64, boot_id: &str) -> Moment {
    Moment { since_boot_ms, boot_id: boot_id.to_owned(), wall_seconds: 1_000 }
}

#[test]
fn only_the_passphrase_opens_and_only_here() {
    let root = Key::random().unwrap();
    let guard = Guard::new(&root, &VAULT, NewGuard::Passphrase(passphrase("mot de passe élevé"))).unwrap();
    let right = Opening::Passphrase(passphrase("mot de passe élevé"));
    assert_eq!(opened(&guard, &VAULT, &right), Some(*root.expose()));
    assert_eq!(opened(&guard, &VAULT, &Opening::Passphrase(passphrase("mot de passe eleve"))), None);
    assert_eq!(opened(&guard, &[2; 16], &right), None);
    assert_eq!(opened(&guard, &VAULT, &Opening::Biometrics(secret(3))), None);
}

#[test]
fn a_pin_opens_with_this_phones_secret_only() {
    let root = Key::random().unwrap();
    let guard = Guard::new(&root, &VAULT, NewGuard::Pin(passphrase("802713"), sealed())).unwrap();
    let open =
        |pin: &str, byte| opened(&guard, &VAULT, &Opening::Pin(passphrase(pin), secret(byte), at(0, "a")));
    assert_eq!(open("802713", 3), Some(*root.expose()));
    assert_eq!(open("802713", 4), None);
    assert_eq!(open("802714", 3), None);
    assert_eq!(guard.sealed_secret().unwrap().unwrap(), b"sealed by the phone");
}

#[test]
fn biometrics_open_with_this_phones_secret_only() {
    let root = Key::random().unwrap();
    let guard = Guard::new(&root, &VAULT, NewGuard::Biometrics(sealed())).unwrap();
    assert_eq!(opened(&guard, &VAULT, &Opening::Biometrics(secret(3))), Some(*root.expose()));
    assert_eq!(opened(&guard, &VAULT, &Opening::Biometrics(secret(4))), None);
}

#[test]
fn only_its_own_recovery_key_opens() {
    let root = Key::random().unwrap();
    let written = RecoveryKey::random().unwrap();
    let guard = Guard::new(&root, &VAULT, NewGuard::RecoveryKey(written.for_guard())).unwrap();
    assert_eq!(
        opened(&guard, &VAULT, &Opening::RecoveryKey(written.reveal().unwrap())),
        Some(*root.expose())
    );
    let other = RecoveryKey::random().unwrap().reveal().unwrap();
    assert_eq!(opened(&guard, &VAULT, &Opening::RecoveryKey(other)), None);
}

#[test]
fn a_weakened_header_is_refused_before_any_work() {
    let root = Key::random().unwrap();
    let mut guard = Guard::new(&root, &VAULT, NewGuard::Passphrase(passphrase("long enough"))).unwrap();
    guard.header = minicbor::to_vec(Header::Passphrase { salt: [0; 16], memory_kib: 8, passes: 1 }).unwrap();
    let code = guard.open(&VAULT, &Opening::Passphrase(passphrase("long enough"))).err().map(|e| e.code());
    assert_eq!(code, Some(Code::GuardParametersInvalid));
}

#[test]
fn a_guard_of_less_than_todays_cost_is_strengthened() {
    let root = Key::random().unwrap();
    let mut guard = Guard::new(&root, &VAULT, NewGuard::Passphrase(passphrase("long enough"))).unwrap();
    let (salt, cost) = ([5; 16], Cost { memory_kib: 19 * 1024, passes: 2 });
    let key = passphrase::derive(b"long enough", &salt, cost).unwrap();
    let key = kdf::hkdf_sha256(key.expose(), &salt, PASSPHRASE).unwrap();
    let header = Header::Passphrase { salt, memory_kib: cost.memory_kib, passes: cost.passes };
    guard = Guard::wrap(&root, &VAULT, guard.id, &header, &key).unwrap();

    let opening = Opening::Passphrase(passphrase("long enough"));
    assert!(guard.open(&VAULT, &opening).unwrap().unwrap().behind);
    let stronger = guard.strengthen(&root, &VAULT, &opening).unwrap();
    let strong_enough =
        |memory_kib, passes| memory_kib >= Cost::DEFAULT.memory_kib && passes >= Cost::DEFAULT.passes;
    assert!(matches!(
        stronger.header().unwrap(),
        Header::Passphrase { memory_kib, passes, .. } if strong_enough(memory_kib, passes)
    ));
    assert_eq!((stronger.id, opened(&stronger, &VAULT, &opening)), (guard.id, Some(*root.expose())));
}

#[test]
fn weak_secrets_are_refused() {
    let root = Key::random().unwrap();
    let refused = |guard| Guard::new(&root, &VAULT, guard).err().map(|error| error.code());
    assert_eq!(refused(NewGuard::Passphrase(passphrase("1234567"))), Some(Code::PassphraseTooShort));
    for pin in ["80271", "8027138027138", "80271x", "８０２７１３", "111111", "123456", "876543"] {
        assert_eq!(refused(NewGuard::Pin(passphrase(pin), sealed())), Some(Code::PinTooWeak), "{pin}");
    }
}

/// Wrong PINs one after the other, each as soon as it is allowed; returns what was left each time.
#[test]
fn wrong_pins_wait_longer_each_time_and_then_no_more() {
    let secret = secret(3);
    let mut count = attempts::none(&VAULT, &[7; 16], &secret).unwrap();
    let mut now = 5_000;
    for (number, delay) in (1..).zip(limits::PIN_DELAYS_MS.into_iter().chain([0])) {
        let (counted, left) =
            attempts::count(&VAULT, &[7; 16], &secret, Some(&count), &at(now, "a")).unwrap();
        assert_eq!(left, limits::PIN_ATTEMPTS - number);
        count = counted;
        if delay > 0 {
            let early = attempts::count(&VAULT, &[7; 16], &secret, Some(&count), &at(now + delay - 1, "a"));
            let error = early.err().unwrap();
            assert_eq!((error.code(), error.fault().retry_at), (Code::PinWait, Some(1_001)));
            // After a restart the whole delay begins again.
            let restarted = attempts::count(&VAULT, &[7; 16], &secret, Some(&count), &at(delay - 1, "b"));
            assert_eq!(restarted.err().unwrap().code(), Code::PinWait);
            assert!(attempts::count(&VAULT, &[7; 16], &secret, Some(&count), &at(delay, "b")).is_ok());
        }
        now += delay;
    }
    let locked = attempts::count(&VAULT, &[7; 16], &secret, Some(&count), &at(u64::MAX, "a"));
    assert_eq!(locked.err().unwrap().code(), Code::PinLocked);
}

#[test]
fn a_count_that_was_removed_or_changed_stops_the_pin() {
    let secret = secret(3);
    let count = attempts::none(&VAULT, &[7; 16], &secret).unwrap();
    let refused = |vault: &Id, guard: &Id, sealed: Option<&[u8]>| {
        attempts::count(vault, guard, &secret, sealed, &at(0, "a")).err().map(|error| error.code())
    };
    assert_eq!(refused(&VAULT, &[7; 16], Some(&count)), None);
    assert_eq!(refused(&VAULT, &[7; 16], None), Some(Code::GuardParametersInvalid));
    assert_eq!(refused(&VAULT, &[8; 16], Some(&count)), Some(Code::GuardParametersInvalid));
    assert_eq!(refused(&[2; 16], &[7; 16], Some(&count)), Some(Code::GuardParametersInvalid));
    let mut changed = count.clone();
    changed[15] ^= 1;
    assert_eq!(refused(&VAULT, &[7; 16], Some(&changed)), Some(Code::GuardParametersInvalid));
}
