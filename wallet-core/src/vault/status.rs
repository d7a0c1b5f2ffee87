//! Whether a credential in the wallet still counts, by what its issuer's status list said when it was read last.
//! Lists are read by [`crate::Wallet::refresh_statuses`] alone, at their own age: never because somebody asks for a
//! credential, since whoever publishes the list would learn of it.

use minicbor::{Decode, Encode};

use super::model::{CopyUse, StoredCredential};
use crate::time::UnixTime;
use crate::trust::status::Status;
use crate::words::keys;

/// The status of a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CredentialStatus {
    /// What is known.
    pub standing: Standing,
    /// When its status list was read last, seconds since 1970.
    pub checked_at: Option<i64>,
    /// That was longer ago than the list counts: it may have changed since.
    pub outdated: bool,
}

/// What is known of a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Standing {
    /// It names no status list: it counts as long as it is valid.
    Unlisted,
    /// Its status list was never read, or says something that means nothing to this wallet.
    Unknown,
    /// It counts.
    Valid,
    /// It does not count for now.
    Suspended,
    /// It does not count any more.
    Revoked,
}

impl Standing {
    /// A name for programs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unlisted => "unlisted",
            Self::Unknown => "unknown",
            Self::Valid => "valid",
            Self::Suspended => "suspended",
            Self::Revoked => "revoked",
        }
    }

    /// The key of the words for it ([`crate::words`]).
    #[must_use]
    pub const fn words_key(self) -> &'static str {
        match self {
            Self::Unlisted | Self::Valid => keys::STATUS_VALID,
            Self::Unknown => keys::STATUS_UNKNOWN,
            Self::Suspended => keys::STATUS_SUSPENDED,
            Self::Revoked => keys::STATUS_REVOKED,
        }
    }

    /// Whether its issuer took it back, for now or for good: it is not offered for any answer.
    #[must_use]
    pub const fn is_withdrawn(self) -> bool {
        matches!(self, Self::Suspended | Self::Revoked)
    }
}

impl CredentialStatus {
    pub(crate) fn of(credential: &StoredCredential, now: UnixTime) -> Self {
        let standing = match credential.status.map(|status| status.says) {
            Some(ListSays::Valid) => Standing::Valid,
            Some(ListSays::Suspended) => Standing::Suspended,
            Some(ListSays::Revoked) => Standing::Revoked,
            None if !credential.is_listed() => Standing::Unlisted,
            Some(ListSays::Other) | None => Standing::Unknown,
        };
        Self {
            standing,
            checked_at: credential.status.map(|status| status.checked_at),
            outdated: credential.status.is_some_and(|status| !status.is_good(now)),
        }
    }

    /// Whether it is not known that it counts.
    #[must_use]
    pub fn is_unconfirmed(&self) -> bool {
        self.standing == Standing::Unknown || self.outdated
    }
}

impl StoredCredential {
    /// Whether a copy that may still be shown names a place in a status list.
    fn is_listed(&self) -> bool {
        self.copies.iter().any(|copy| copy.state != CopyUse::Retired && copy.status.is_some())
    }
}

/// What a status list said of a credential: of its copies, the worst.
#[derive(Clone, Copy, Encode, Decode)]
pub(crate) struct StoredStatus {
    #[n(0)]
    pub(crate) says: ListSays,
    /// When the list was fetched, seconds since 1970.
    #[n(1)]
    pub(crate) checked_at: i64,
    /// Until when that needs no other look, seconds since 1970.
    #[n(2)]
    pub(crate) fresh_until: i64,
    /// Until when it counts, seconds since 1970: a list may be read anew long before.
    #[n(3)]
    pub(crate) good_until: i64,
}

impl StoredStatus {
    /// Whether it needs no other look. One from the future was written before the clock was set back: nobody knows its age.
    pub(crate) fn is_fresh(&self, now: UnixTime) -> bool {
        self.checked_at <= now.0 && now.0 < self.fresh_until
    }

    /// Whether it counts still.
    fn is_good(&self, now: UnixTime) -> bool {
        self.checked_at <= now.0 && now.0 < self.good_until
    }
}

/// What a list can say, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub(crate) enum ListSays {
    #[n(0)]
    Valid,
    /// Something that means nothing to this wallet.
    #[n(1)]
    Other,
    #[n(2)]
    Suspended,
    #[n(3)]
    Revoked,
}

impl ListSays {
    /// Whether the credential does not count.
    pub(crate) fn is_withdrawn(self) -> bool {
        self >= Self::Suspended
    }
}

impl From<Status> for ListSays {
    fn from(status: Status) -> Self {
        match status {
            Status::Valid => Self::Valid,
            Status::Invalid => Self::Revoked,
            Status::Suspended => Self::Suspended,
            Status::Other(_) => Self::Other,
        }
    }
}
