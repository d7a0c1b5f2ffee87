//! When to ask an issuer for more copies (ARF ISSU_45, ISSU_50, ISSU_54): advice to the app, which asks.

use crate::limits;
use crate::time::UnixTime;
use crate::vault::model::{CopyUse, StoredCredential};
use crate::vault::reuse::ReuseMethod;

/// Why more copies are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum TopUp {
    /// Few copies are left that nobody has seen, or none.
    CopiesLow,
    /// Its validity ends soon, or has ended.
    ValidityEnds,
}

impl TopUp {
    /// A name for programs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CopiesLow => "copies_low",
            Self::ValidityEnds => "validity_ends",
        }
    }
}

/// What the issuer's own numbers say, or the wallet's where it gives none.
pub(super) fn advice(credential: &StoredCredential, now: UnixTime) -> Vec<TopUp> {
    let mut advice = Vec::new();
    if copies_low(credential) {
        advice.push(TopUp::CopiesLow);
    }
    if validity_ends(credential, now) {
        advice.push(TopUp::ValidityEnds);
    }
    advice
}

fn copies_low(credential: &StoredCredential) -> bool {
    let policy = credential.reuse();
    let unused = credential.copies.iter().filter(|copy| copy.state == CopyUse::Fresh).count();
    let enough = match (policy.method, policy.reissue_unused) {
        // These are meant to be shown again, so that unused ones run out is no reason.
        (ReuseMethod::LimitedTime | ReuseMethod::Rotating, _) => return false,
        (_, Some(trigger)) => usize::try_from(trigger).unwrap_or(usize::MAX),
        // An issuer that sets no limit and gives one copy means it to be shown again.
        (ReuseMethod::Unlimited, None) if credential.copies.len() < 2 => return false,
        (ReuseMethod::Unlimited, None) => 0,
        (ReuseMethod::OnceOnly | ReuseMethod::PerVerifier, None) => limits::TOP_UP_UNUSED,
    };
    unused <= enough
}

fn validity_ends(credential: &StoredCredential, now: UnixTime) -> bool {
    let latest = credential.copies.iter().filter_map(|copy| copy.valid_until).max();
    let Some(until) = latest.or(credential.valid_until) else { return false };
    let trigger = credential.reuse().reissue_lifetime_left.map_or_else(
        || {
            let from = credential.valid_from.unwrap_or(credential.received_at);
            limits::TOP_UP_LIFETIME_LEFT_SECONDS.min(until.saturating_sub(from) / 5)
        },
        i64::from,
    );
    until.saturating_sub(now.0) <= trigger
}
