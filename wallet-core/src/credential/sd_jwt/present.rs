//! Presents a stored credential: cut, join, hash, sign. Nothing of the credential is parsed again.

use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use super::digest::digest;
use super::layout::{LaidOut, Layout};
use crate::credential::path::ClaimLocation;
use crate::crypto::p256::Signature;
use crate::error::Result;
use crate::jose::jws::Unsigned;
use crate::time::UnixTime;

/// What the Key Binding JWT binds a presentation to (RFC 9901 4.3; OpenID4VP 1.0 B.3.6).
#[derive(Clone, Copy)]
pub struct KeyBinding<'a> {
    /// `aud`: the full client identifier, prefix included; over the DC API `origin:` and the origin.
    pub audience: &'a str,
    /// `nonce` of the request.
    pub nonce: &'a str,
    /// `iat`: now.
    pub issued_at: UnixTime,
}

/// A presentation that waits for the device key's signature, so that a key in hardware can sign while nothing else
/// is held.
pub struct UnsignedPresentation {
    sd_jwt: Zeroizing<String>,
    key_binding: Unsigned,
}

impl UnsignedPresentation {
    /// What the device key signs (ES256).
    #[must_use]
    pub fn to_sign(&self) -> &[u8] {
        self.key_binding.signing_input()
    }

    /// The presentation: `<issuer JWT>~<D1>~…~<Dn>~<KB-JWT>`.
    #[must_use]
    pub fn finish(mut self, signature: &Signature) -> String {
        let key_binding = self.key_binding.finish(signature);
        let mut out = std::mem::take(&mut *self.sd_jwt);
        if out.capacity() - out.len() < key_binding.len() {
            // A text that grows by itself leaves what it held behind.
            let short = Zeroizing::new(out);
            out = String::with_capacity(short.len() + key_binding.len());
            out.push_str(&short);
        }
        out.push_str(&key_binding);
        out
    }
}

impl Layout {
    /// Whether a disclosure goes along when these locations are selected.
    ///
    /// It does when it is selected, when something above it is (a selected object or array comes with all that is
    /// in it), and when something below it is (recursive disclosures need those above them, RFC 9901 4.2.6).
    fn takes<'a>(&'a self, selected: &'a [ClaimLocation]) -> impl Iterator<Item = &'a LaidOut> {
        let goes_along = |location: &ClaimLocation| {
            selected.iter().any(|wanted| wanted.contains(location) || location.contains(wanted))
        };
        self.disclosures.iter().filter(move |disclosure| goes_along(&disclosure.location))
    }

    /// Which of these claims a verifier sees when `selected` is presented: what was selected, what is always
    /// disclosed, and what the issuer put into one disclosure with something selected. Consent shows these.
    pub fn seen<'a>(
        &'a self,
        claims: &'a [ClaimLocation],
        selected: &'a [ClaimLocation],
    ) -> impl Iterator<Item = &'a ClaimLocation> {
        let taken: Vec<&ClaimLocation> = self.takes(selected).map(|taken| &taken.location).collect();
        claims.iter().filter(move |claim| {
            let mut needed = self.disclosable().filter(|location| location.contains(claim));
            needed.all(|location| taken.contains(&location))
        })
    }
}

/// Prepares the presentation of the selected claims, and of nothing else that can be left out.
///
/// Locations are those of [`VerifiedSdJwt::locations`](super::VerifiedSdJwt::locations) or above; one that the
/// credential does not have selects nothing.
///
/// # Errors
/// [`Code::RecordDamaged`](crate::Code::RecordDamaged) when the layout is that of another text.
pub fn prepare(
    compact: &str,
    layout: &Layout,
    selected: &[ClaimLocation],
    binding: &KeyBinding<'_>,
) -> Result<UnsignedPresentation> {
    let issuer_jwt = layout.issuer_jwt(compact)?;
    // Cut first: room is made for what is there, not for what the layout claims.
    let taken: Vec<&str> =
        layout.takes(selected).map(|disclosure| disclosure.text(compact)).collect::<Result<_>>()?;
    let length = taken.iter().map(|disclosure| disclosure.len() + 1).sum::<usize>();
    let room = issuer_jwt.len() + 1 + length + KEY_BINDING_ROOM;
    let mut sd_jwt = Zeroizing::new(String::with_capacity(room));
    sd_jwt.push_str(issuer_jwt);
    sd_jwt.push('~');
    for disclosure in taken {
        sd_jwt.push_str(disclosure);
        sd_jwt.push('~');
    }
    let header = Map::from_iter([("typ".to_owned(), Value::from("kb+jwt"))]);
    let payload = json!({
        "iat": binding.issued_at.0,
        "aud": binding.audience,
        "nonce": binding.nonce,
        "sd_hash": digest(layout.alg, &sd_jwt),
    });
    Ok(UnsignedPresentation { sd_jwt, key_binding: Unsigned::new(header, &payload) })
}

/// Room for a usual KB-JWT, so that joining does not copy a portrait twice.
const KEY_BINDING_ROOM: usize = 640;
