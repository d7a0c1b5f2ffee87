//! Compact JWE under a passphrase: `PBES2-HS256+A128KW` (RFC 7518 4.8) with `A128GCM` (RFC 7518 5.3), the only pair that
//! EUDI TS10 section 5 allows.

use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use super::base64url;
use super::compact_jwe::{self, CompactJwe};
use crate::crypto::secret::SecretBytes;
use crate::crypto::{aead, key_wrap, pbkdf2, random};
use crate::error::{Code, Result};
use crate::{json, limits};

const ALG: &str = "PBES2-HS256+A128KW";
const ENC: &str = "A128GCM";
/// Rounds of PBKDF2 of what is encrypted here.
const COUNT: u32 = 600_000;
/// Bytes of a content encryption key of A128GCM.
const CEK: usize = 16;

/// Encrypts under a passphrase (UTF-8). Slow on purpose.
///
/// # Errors
/// When the operating system gives no random bytes.
pub fn encrypt(passphrase: &[u8], plaintext: &[u8]) -> Result<String> {
    let salt: [u8; 16] = random::array()?;
    let header = json!({ "alg": ALG, "enc": ENC, "p2s": base64url::encode(&salt), "p2c": COUNT });
    let mut cek = Zeroizing::new([0; CEK]);
    random::fill(cek.as_mut_slice())?;
    let kek = derive(passphrase, &salt, COUNT);
    let wrapped = key_wrap::wrap(&kek, cek.as_slice())?;
    let protected = base64url::encode(header.to_string().as_bytes());
    compact_jwe::seal(protected, &wrapped, cek.as_slice(), &random::array()?, plaintext)
}

/// Decrypts with a passphrase. Slow: as slow as the sender chose, within the bounds.
///
/// # Errors
/// [`Code::JweMalformed`] for a wrong form; [`Code::JweAlgUnsupported`] for other algorithms, compression and critical
/// members; [`Code::JweSaltInvalid`] and [`Code::JweCountInvalid`], before any work; [`Code::BackupPassphraseWrong`];
/// [`Code::JweUndecryptable`] when the passphrase is right and something else was changed.
pub fn decrypt(compact: &str, passphrase: &[u8]) -> Result<SecretBytes> {
    let jwe = CompactJwe::parse(compact)?;
    if jwe.protected.len() > limits::PBES2_HEADER || jwe.encrypted_key.len() != CEK + key_wrap::OVERHEAD {
        return Err(Code::JweMalformed.error());
    }
    let header = json::parse_object(&jwe.header()?, "JWE header")?;
    let (salt, count) = parameters(&header)?;
    let kek = derive(passphrase, &salt, count);
    let cek = key_wrap::unwrap(&kek, &jwe.encrypted_key).ok_or(Code::BackupPassphraseWrong)?;
    aead::decrypt(&cek, &jwe.nonce, jwe.protected.as_bytes(), &jwe.sealed)
        .ok_or_else(|| Code::JweUndecryptable.error())
}

/// Salt and rounds out of a header whose algorithms are ours.
fn parameters(header: &Map<String, Value>) -> Result<(Vec<u8>, u32)> {
    let text = |name: &str| header.get(name).and_then(Value::as_str);
    if text("alg") != Some(ALG) || header.contains_key("zip") || header.contains_key("crit") {
        return Err(Code::JweAlgUnsupported.at("alg"));
    }
    if text("enc") != Some(ENC) {
        return Err(Code::JweAlgUnsupported.at("enc"));
    }
    let salt = text("p2s").and_then(|salt| base64url::decode(salt, "p2s").ok());
    let salt = salt.filter(|salt| (limits::PBES2_SALT_MIN..=limits::PBES2_SALT_MAX).contains(&salt.len()));
    let count = header.get("p2c").and_then(Value::as_u64).and_then(|count| u32::try_from(count).ok());
    let count = count.filter(|count| (limits::PBES2_COUNT_MIN..=limits::PBES2_COUNT_MAX).contains(count));
    Ok((
        salt.ok_or_else(|| Code::JweSaltInvalid.at("p2s"))?,
        count.ok_or_else(|| Code::JweCountInvalid.at("p2c"))?,
    ))
}

/// The salt of PBKDF2 is `alg ‖ 00 ‖ p2s` (RFC 7518 4.8.1.1).
fn derive(passphrase: &[u8], salt: &[u8], count: u32) -> Zeroizing<[u8; 16]> {
    pbkdf2::pbkdf2_hmac_sha256(passphrase, &[ALG.as_bytes(), &[0], salt].concat(), count)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::vector;

    const PASSPHRASE: &[u8] = "déménager n’est pas perdre".as_bytes();

    /// A JWE of few rounds with this header, so that a test of a header costs nothing.
    fn with_header(change: impl FnOnce(&mut Map<String, Value>)) -> String {
        let salt = [9; 16];
        let mut header = json!({ "alg": ALG, "enc": ENC, "p2s": base64url::encode(&salt), "p2c": 1_000 });
        change(header.as_object_mut().unwrap());
        let wrapped = key_wrap::wrap(&derive(PASSPHRASE, &salt, 1_000), &[5; CEK]).unwrap();
        let protected = base64url::encode(header.to_string().as_bytes());
        compact_jwe::seal(protected, &wrapped, &[5; CEK], &[1; 12], b"content").unwrap()
    }

    fn code(compact: &str) -> Option<Code> {
        decrypt(compact, PASSPHRASE).err().map(|error| error.code())
    }

    /// RFC 7517 appendix C: passphrase, salt, rounds, derived key (C.4), wrapped key (C.5). Its content is encrypted with
    /// AES-CBC, which TS10 does not allow.
    #[test]
    fn derives_and_unwraps_as_rfc_7517_appendix_c() {
        let passphrase = b"Thus from my lips, by yours, my sin is purged.";
        let salt = [217, 96, 147, 112, 150, 117, 70, 247, 127, 8, 155, 137, 174, 42, 80, 215];
        let kek = derive(passphrase, &salt, 4096);
        assert_eq!(*kek, [110, 171, 169, 92, 129, 92, 109, 117, 233, 242, 116, 233, 170, 14, 24, 75]);
        let wrapped = [
            78, 186, 151, 59, 11, 141, 81, 240, 213, 245, 83, 211, 53, 188, 134, 188, 66, 125, 36, 200, 222,
            124, 5, 103, 249, 52, 117, 184, 140, 81, 246, 158, 161, 177, 20, 33, 245, 57, 59, 4,
        ];
        let cek = [
            111, 27, 25, 52, 66, 29, 20, 78, 92, 176, 56, 240, 65, 208, 82, 112, 161, 131, 36, 55, 202, 236,
            185, 172, 129, 23, 153, 194, 195, 48, 253, 182,
        ];
        assert_eq!(key_wrap::unwrap(&kek, &wrapped).unwrap().as_slice(), cek);
    }

    #[test]
    fn the_stronger_pair_of_rfc_7520_5_3_is_not_ours() {
        let Some(v) = vector("jose-rfc7520-5.3-pbes2.json") else { return };
        let compact = v["output"]["compact"].as_str().unwrap();
        let refused = decrypt(compact, v["input"]["pwd"].as_str().unwrap().as_bytes()).unwrap_err().code();
        // Its wrapped key is longer than any that A128GCM could have.
        assert_eq!(refused, Code::JweMalformed);
    }

    #[test]
    fn what_was_encrypted_decrypts_and_nothing_else_does() {
        let compact = encrypt(PASSPHRASE, b"history").unwrap();
        assert_eq!(decrypt(&compact, PASSPHRASE).unwrap().as_slice(), b"history");
        let wrong = decrypt(&compact, b"another").unwrap_err().code();
        assert_eq!(wrong, Code::BackupPassphraseWrong);

        let small = with_header(|_| ());
        assert_eq!(code(&small), None);
        for (part, expected) in [
            (1, Code::BackupPassphraseWrong),
            (2, Code::JweUndecryptable),
            (3, Code::JweUndecryptable),
            (4, Code::JweUndecryptable),
        ] {
            let mut parts: Vec<String> = small.split('.').map(str::to_owned).collect();
            let other = if parts[part].starts_with('A') { "B" } else { "A" };
            parts[part].replace_range(0..1, other);
            assert_eq!(code(&parts.join(".")), Some(expected), "part {part}");
        }
    }

    #[test]
    fn each_rule_of_the_header_refuses_by_itself() {
        type Change = fn(&mut Map<String, Value>);
        let set = |name: &'static str, value: Value| {
            move |header: &mut Map<String, Value>| drop(header.insert(name.to_owned(), value))
        };
        let salt = |bytes: usize| json!(base64url::encode(&vec![9; bytes]));
        for (name, value, expected) in [
            ("alg", json!("PBES2-HS512+A256KW"), Code::JweAlgUnsupported),
            ("alg", json!("dir"), Code::JweAlgUnsupported),
            ("enc", json!("A256GCM"), Code::JweAlgUnsupported),
            ("zip", json!("DEF"), Code::JweAlgUnsupported),
            ("crit", json!(["p2c"]), Code::JweAlgUnsupported),
            ("p2s", salt(7), Code::JweSaltInvalid),
            ("p2s", salt(129), Code::JweSaltInvalid),
            ("p2s", json!(7), Code::JweSaltInvalid),
            ("p2s", json!("+"), Code::JweSaltInvalid),
            ("p2c", json!(999), Code::JweCountInvalid),
            ("p2c", json!(5_000_001), Code::JweCountInvalid),
            ("p2c", json!(u64::MAX), Code::JweCountInvalid),
            ("p2c", json!(-1), Code::JweCountInvalid),
            ("p2c", json!("1000"), Code::JweCountInvalid),
            ("pad", json!("x".repeat(4096)), Code::JweMalformed),
        ] {
            assert_eq!(code(&with_header(set(name, value.clone()))), Some(expected), "{name}: {value}");
        }
        for (name, expected) in [("p2s", Code::JweSaltInvalid), ("p2c", Code::JweCountInvalid)] {
            assert_eq!(code(&with_header(|header| drop(header.remove(name)))), Some(expected));
        }
        let unknown: Change = |header| drop(header.insert("cty".into(), json!("json")));
        assert_eq!(code(&with_header(unknown)), None, "what is not critical is ignored");
    }

    #[test]
    fn a_wrapped_key_of_another_length_is_refused_before_any_work() {
        let small = with_header(|_| ());
        let mut parts: Vec<&str> = small.split('.').collect();
        for wrapped in ["", "AAAA"] {
            parts[1] = wrapped;
            assert_eq!(code(&parts.join(".")), Some(Code::JweMalformed));
        }
        assert_eq!(code(&format!("{small}.")), Some(Code::JweMalformed));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[A-Za-z0-9_.=-]{0,200}") {
            prop_assert!(decrypt(&text, PASSPHRASE).is_err());
        }
    }
}
