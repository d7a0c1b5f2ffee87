//! What every [`SecureArea`] must do, as a body of tests that runs against any implementation: in Rust, and through the
//! bindings in an app. It makes keys under a prefix of its own and deletes them again.

use super::{
    KeyAction, KeyAuthentication, KeyLevel, KeyPolicy, KeyUse, PortError, Purpose, SealPolicy, SecureArea,
};
use crate::crypto::p256::{PublicKey, SecretKey, Signature};
use crate::crypto::random;

/// A rule that an implementation breaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{rule}")]
pub struct Broken {
    /// The rule, as a sentence.
    pub rule: &'static str,
}

/// What the area under test has beyond keys that sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Abilities {
    /// Key agreement.
    pub agrees: bool,
    /// Sealing a guard secret.
    pub seals: bool,
}

fn require(holds: bool, rule: &'static str) -> Result<(), Broken> {
    if holds { Ok(()) } else { Err(Broken { rule }) }
}

fn purpose() -> Purpose {
    Purpose { action: KeyAction::Unlock, party: String::new(), text: "Conformance".to_owned() }
}

/// Runs all the tests. Where the area asks the citizen, somebody must say yes: once for each of the three sessions.
///
/// # Errors
/// The first rule that does not hold.
pub async fn secure_area(area: &dyn SecureArea, abilities: Abilities) -> Result<(), Broken> {
    let token: [u8; 8] = random::array().map_err(|_| Broken { rule: "there are random bytes" })?;
    let prefix = format!("conformance.{}.", u64::from_be_bytes(token));
    let result = run(area, abilities, &prefix).await;
    for alias in area.list(prefix).await.unwrap_or_default() {
        drop(area.delete(alias).await);
    }
    result
}

async fn run(area: &dyn SecureArea, abilities: Abilities, prefix: &str) -> Result<(), Broken> {
    let names = ["a", "b"].map(|name| format!("{prefix}{name}"));
    let [one, two] = &names;
    let first = made(area, one).await?;
    let second = made(area, two).await?;
    require(first != second, "each key is another")?;
    let mut listed = area.list(prefix.to_owned()).await.map_err(|_| Broken { rule: "keys can be listed" })?;
    listed.sort_unstable();
    require(listed == names, "the list has the keys with the prefix, and no others")?;

    signs(area, one, &first, two, &second, prefix).await?;
    if abilities.agrees {
        agrees(area, one, &first).await?;
    }
    if abilities.seals {
        seals(area, prefix).await?;
    }

    require(area.delete(one.clone()).await.is_ok(), "a key can be deleted")?;
    require(area.delete(one.clone()).await.is_ok(), "deleting a key that is not there is no error")?;
    let session = begin(area).await?;
    let signed = session.sign(one.clone(), b"message".to_vec()).await;
    require(signed == Err(PortError::NoSuchKey), "a deleted key signs nothing, and that is NoSuchKey")?;
    let still = session.sign(two.clone(), b"message".to_vec()).await;
    require(still.is_ok(), "deleting one key leaves the others")?;
    drop(session.end().await);
    Ok(())
}

async fn made(area: &dyn SecureArea, alias: &str) -> Result<PublicKey, Broken> {
    let policy = KeyPolicy {
        key_use: KeyUse::Session,
        least_level: KeyLevel::Software,
        authentication: KeyAuthentication::VaultOnly,
        attestation_challenge: Some(b"challenge".to_vec()),
    };
    let created = area.create(alias.to_owned(), policy.clone()).await;
    let created = created.map_err(|_| Broken { rule: "a key can be made" })?;
    let least = KeyPolicy { least_level: KeyLevel::SecureElement, ..policy };
    if created.level < KeyLevel::SecureElement {
        let refused = area.create(format!("{alias}.least"), least).await;
        require(
            refused.map(drop) == Err(PortError::LevelNotAvailable),
            "a key weaker than the policy is LevelNotAvailable",
        )?;
    }
    PublicKey::from_sec1(&created.public_key)
        .map_err(|_| Broken { rule: "a public key is 04, x, y on P-256" })
}

async fn signs(
    area: &dyn SecureArea,
    one: &str,
    first: &PublicKey,
    two: &str,
    second: &PublicKey,
    prefix: &str,
) -> Result<(), Broken> {
    let session = begin(area).await?;
    for (alias, key) in [(one, first), (two, second), (one, first)] {
        let der = session.sign(alias.to_owned(), b"message".to_vec()).await;
        let der = der.map_err(|_| Broken { rule: "one session signs many times, with several keys" })?;
        let signature = Signature::from_der(&der).map_err(|_| Broken { rule: "a signature is DER" })?;
        require(key.verify(b"message", &signature), "a signature is of its own key")?;
        require(!key.verify(b"messages", &signature), "a signature is over the message")?;
    }
    let unknown = session.sign(format!("{prefix}unknown"), b"message".to_vec()).await;
    require(unknown == Err(PortError::NoSuchKey), "an unknown key is NoSuchKey")?;
    drop(session.end().await);
    let late = session.sign(one.to_owned(), b"message".to_vec()).await;
    require(late.is_err(), "a session that has ended signs nothing")
}

async fn agrees(area: &dyn SecureArea, alias: &str, key: &PublicKey) -> Result<(), Broken> {
    const RULE: &str = "both sides agree on the x-coordinate";
    let other = SecretKey::random().map_err(|_| Broken { rule: RULE })?;
    let session = begin(area).await?;
    let shared = session.agree(alias.to_owned(), other.public_key().to_sec1().to_vec()).await;
    drop(session.end().await);
    require(shared.as_deref() == Ok(other.agree(key).as_slice()), RULE)
}

async fn seals(area: &dyn SecureArea, prefix: &str) -> Result<(), Broken> {
    let (alias, other) = (format!("{prefix}seal"), format!("{prefix}seal.other"));
    let secret = vec![9; 32];
    let seal = |alias: &str| area.seal(alias.to_owned(), secret.clone(), SealPolicy::ThisDevice);
    let sealed = seal(&alias).await.map_err(|_| Broken { rule: "a secret can be sealed" })?;
    require(!sealed.windows(8).any(|window| window == [9; 8]), "what is sealed does not show the secret")?;
    let elsewhere = seal(&other).await.map_err(|_| Broken { rule: "a second secret can be sealed" })?;

    let session = begin(area).await?;
    let opened = session.unseal(alias.clone(), sealed.clone()).await;
    require(opened.as_ref() == Ok(&secret), "what was sealed comes back")?;
    let wrong = session.unseal(alias.clone(), elsewhere).await;
    require(wrong == Err(PortError::NoSuchKey), "what another key sealed is NoSuchKey")?;
    let mut changed = sealed.clone();
    if let Some(byte) = changed.last_mut() {
        *byte ^= 1;
    }
    require(session.unseal(alias.clone(), changed).await.is_err(), "what was changed does not come back")?;
    drop(area.delete(alias.clone()).await);
    let gone = session.unseal(alias, sealed).await;
    require(gone == Err(PortError::NoSuchKey), "what a deleted key sealed is NoSuchKey")?;
    drop(session.end().await);
    Ok(())
}

async fn begin(area: &dyn SecureArea) -> Result<std::sync::Arc<dyn super::KeySession>, Broken> {
    area.begin(purpose()).map_err(|_| Broken { rule: "a session can begin" })
}
