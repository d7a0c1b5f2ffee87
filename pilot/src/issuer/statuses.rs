//! Whether what was issued still counts (Token Status List; EU-46): a place in a list for each copy, and what stands there.
//! In memory, bounded, and gone with the process.
//!
//! There is a list for each format, signed by whoever signs that format: a wallet believes a list only of the authority that
//! stands behind the credential, and in Canada each format has an authority of its own.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use wallet_core::credential::Format;
use wallet_core::crypto::random;
use wallet_core::issue::status_list::{StatusListBuilder, StatusListClaims};
use wallet_core::time::UnixTime;
use wallet_core::trust::status::{Bits, StatusReference};
use wallet_core::{Code, Result};

use super::state::OfferId;

/// Places in a list: so many that few credentials are alone in theirs, in 16 KiB before packing.
const PLACES: u64 = 1 << 16;
/// The most that are taken. A random place is then free every other time.
const MOST: usize = 1 << 15;
/// How long wallets and verifiers may rely on a list that they fetched: the shortest that they accept, so that whoever tries
/// the demo soon sees what changed.
const TTL_SECONDS: i64 = 60;
/// After what time a list counts for nothing.
const LIST_SECONDS: i64 = 86_400;

/// What the issuer says of what it issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It counts.
    Valid,
    /// It does not count for now.
    Suspended,
    /// It does not count any more, for good.
    Revoked,
}

impl Status {
    /// A name for programs and people.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Suspended => "suspended",
            Self::Revoked => "revoked",
        }
    }

    /// What stands in the list (7.1).
    const fn value(self) -> u8 {
        match self {
            Self::Valid => 0,
            Self::Revoked => 1,
            Self::Suspended => 2,
        }
    }
}

/// Why a status stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusUnchanged {
    /// Nothing was issued, or not under this offer.
    NothingIssued,
    /// It was revoked, and that is for good.
    Revoked,
}

impl fmt::Display for StatusUnchanged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NothingIssued => "nothing was issued under this offer yet",
            Self::Revoked => "it was revoked, and what is revoked stays revoked: issue it anew",
        })
    }
}

impl std::error::Error for StatusUnchanged {}

/// One list, and whose its places are.
struct List {
    values: StatusListBuilder,
    taken: HashMap<u64, OfferId>,
}

impl List {
    fn new(bits: Bits) -> Self {
        let places = usize::try_from(PLACES).unwrap_or(usize::MAX);
        Self { values: StatusListBuilder::new(bits, places), taken: HashMap::new() }
    }

    /// Takes a place that nobody has, at random: neighbours in the list say nothing about each other.
    fn take(&mut self, offer: &OfferId, status: Status) -> Result<u64> {
        if self.taken.len() >= MOST {
            return Err(Code::Internal.at("issuer's status list"));
        }
        loop {
            // 2^64 is a multiple of the places: each is as likely as the others.
            let index = u64::from_be_bytes(random::array()?) % PLACES;
            if let Entry::Vacant(place) = self.taken.entry(index) {
                place.insert(offer.clone());
                self.values.set(index, status.value());
                return Ok(index);
            }
        }
    }

    fn set(&mut self, offer: &OfferId, status: Status) {
        let places = self.taken.iter().filter(|(_, owner)| *owner == offer);
        places.for_each(|(index, _)| _ = self.values.set(*index, status.value()));
    }
}

struct Memory {
    mdoc: List,
    sd_jwt: List,
    /// What was issued under each offer has one status together.
    offers: BTreeMap<OfferId, Status>,
    /// Under which something was issued last.
    latest: Option<OfferId>,
}

impl Memory {
    fn list(&mut self, format: Format) -> &mut List {
        match format {
            Format::MsoMdoc => &mut self.mdoc,
            Format::DcSdJwt => &mut self.sd_jwt,
        }
    }
}

/// The lists of one issuer.
pub(super) struct Statuses {
    /// The Credential Issuer Identifier, below which the lists lie.
    issuer: String,
    memory: Mutex<Memory>,
}

impl Statuses {
    pub(super) fn new(issuer: &str) -> Result<Self> {
        // For 0, 1 and 2.
        let bits = Bits::new(2).ok_or_else(|| Code::Internal.at("bits"))?;
        let (mdoc, sd_jwt) = (List::new(bits), List::new(bits));
        let memory = Memory { mdoc, sd_jwt, offers: BTreeMap::new(), latest: None };
        Ok(Self { issuer: issuer.to_owned(), memory: Mutex::new(memory) })
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        // A panic while it was held left at worst a place that is taken by nobody.
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for each of so many copies that are issued under an offer. What was withdrawn under it stays so.
    pub(super) fn take(&self, format: Format, offer: &OfferId, count: usize) -> Result<Vec<StatusReference>> {
        let uri = self.uri(format);
        let mut memory = self.memory();
        let status = *memory.offers.entry(offer.clone()).or_insert(Status::Valid);
        memory.latest = Some(offer.clone());
        let list = memory.list(format);
        let place = |_| Ok(StatusReference { uri: uri.clone(), index: list.take(offer, status)? });
        (0..count).map(place).collect()
    }

    /// Says it of everything that was issued under an offer: the latest, or a certain one. Gives the offer.
    pub(super) fn set(&self, offer: Option<&OfferId>, status: Status) -> Result<OfferId, StatusUnchanged> {
        let mut memory = self.memory();
        let offer = offer.or(memory.latest.as_ref()).cloned().ok_or(StatusUnchanged::NothingIssued)?;
        let current = memory.offers.get_mut(&offer).ok_or(StatusUnchanged::NothingIssued)?;
        if *current == Status::Revoked && status != Status::Revoked {
            return Err(StatusUnchanged::Revoked);
        }
        *current = status;
        memory.mdoc.set(&offer, status);
        memory.sd_jwt.set(&offer, status);
        Ok(offer)
    }

    /// The list for a format, to be signed.
    pub(super) fn claims(&self, format: Format, now: UnixTime) -> StatusListClaims {
        let claims = self.memory().list(format).values.claims(&self.uri(format), now);
        StatusListClaims { ttl: Some(TTL_SECONDS), expires_at: Some(now.plus(LIST_SECONDS)), ..claims }
    }

    fn uri(&self, format: Format) -> String {
        format!("{}/status/{}", self.issuer, name(format))
    }
}

/// The format whose list has this name.
pub(super) fn format_of(list: &str) -> Option<Format> {
    [Format::MsoMdoc, Format::DcSdJwt].into_iter().find(|format| name(*format) == list)
}

const fn name(format: Format) -> &'static str {
    match format {
        Format::MsoMdoc => "mdoc",
        Format::DcSdJwt => "sd-jwt",
    }
}

#[cfg(test)]
mod tests {
    use wallet_core::trust::status::{Status as Listed, StatusList};

    use super::*;

    const NOW: UnixTime = UnixTime(1_700_000_000);

    fn statuses() -> Statuses {
        Statuses::new("https://issuer.example").unwrap()
    }

    fn offer(id: &str) -> OfferId {
        OfferId(id.to_owned())
    }

    /// What the list for a format says at these places.
    fn listed(statuses: &Statuses, format: Format, places: &[StatusReference]) -> Vec<Listed> {
        let claims = statuses.claims(format, NOW);
        let list = StatusList::inflate(Bits::new(claims.bits.into()).unwrap(), &claims.lst).unwrap();
        places.iter().map(|place| list.status(place.index).unwrap()).collect()
    }

    #[test]
    fn each_copy_has_a_place_of_its_own_in_the_list_of_its_format() {
        let statuses = statuses();
        let places = statuses.take(Format::MsoMdoc, &offer("a"), 500).unwrap();
        assert!(places.iter().all(|place| place.uri == "https://issuer.example/status/mdoc"));
        let indices: std::collections::BTreeSet<_> = places.iter().map(|place| place.index).collect();
        assert_eq!(indices.len(), 500);
        assert!(indices.iter().all(|index| *index < PLACES));
        // One after the other would let neighbours be known by their numbers.
        assert!(places.windows(2).any(|pair| pair[0].index.abs_diff(pair[1].index) != 1));
        let place = statuses.take(Format::DcSdJwt, &offer("a"), 1).unwrap();
        assert_eq!(place[0].uri, "https://issuer.example/status/sd-jwt");
    }

    #[test]
    fn a_status_is_that_of_everything_under_one_offer() {
        let statuses = statuses();
        let ours = statuses.take(Format::MsoMdoc, &offer("a"), 3).unwrap();
        let ours_too = statuses.take(Format::DcSdJwt, &offer("a"), 2).unwrap();
        let theirs = statuses.take(Format::MsoMdoc, &offer("b"), 2).unwrap();
        assert_eq!(statuses.set(Some(&offer("a")), Status::Suspended), Ok(offer("a")));
        assert_eq!(listed(&statuses, Format::MsoMdoc, &ours), [Listed::Suspended; 3]);
        assert_eq!(listed(&statuses, Format::DcSdJwt, &ours_too), [Listed::Suspended; 2]);
        assert_eq!(listed(&statuses, Format::MsoMdoc, &theirs), [Listed::Valid; 2]);
        assert_eq!(statuses.set(Some(&offer("a")), Status::Valid), Ok(offer("a")));
        assert_eq!(listed(&statuses, Format::MsoMdoc, &ours), [Listed::Valid; 3]);
    }

    #[test]
    fn without_an_offer_it_is_the_latest() {
        let statuses = statuses();
        assert_eq!(statuses.set(None, Status::Revoked), Err(StatusUnchanged::NothingIssued));
        statuses.take(Format::MsoMdoc, &offer("a"), 1).unwrap();
        let place = statuses.take(Format::MsoMdoc, &offer("b"), 1).unwrap();
        assert_eq!(statuses.set(None, Status::Revoked), Ok(offer("b")));
        assert_eq!(listed(&statuses, Format::MsoMdoc, &place), [Listed::Invalid]);
        assert_eq!(statuses.set(Some(&offer("c")), Status::Revoked), Err(StatusUnchanged::NothingIssued));
    }

    #[test]
    fn what_is_revoked_stays_revoked() {
        let statuses = statuses();
        let first = statuses.take(Format::MsoMdoc, &offer("a"), 1).unwrap();
        assert!(statuses.set(None, Status::Revoked).is_ok());
        for status in [Status::Valid, Status::Suspended] {
            assert_eq!(statuses.set(None, status), Err(StatusUnchanged::Revoked));
        }
        assert!(statuses.set(None, Status::Revoked).is_ok(), "it is already so");
        let later = statuses.take(Format::MsoMdoc, &offer("a"), 1).unwrap();
        let places = [first, later].concat();
        assert_eq!(listed(&statuses, Format::MsoMdoc, &places), [Listed::Invalid; 2], "later copies, too");
    }

    #[test]
    fn a_list_that_is_half_full_takes_no_more() {
        let statuses = statuses();
        statuses.take(Format::MsoMdoc, &offer("a"), MOST).unwrap();
        assert!(statuses.take(Format::MsoMdoc, &offer("a"), 1).is_err());
        assert!(statuses.take(Format::DcSdJwt, &offer("a"), 1).is_ok());
    }

    #[test]
    fn a_list_says_how_long_it_counts() {
        let claims = statuses().claims(Format::DcSdJwt, NOW);
        assert_eq!(claims.uri, "https://issuer.example/status/sd-jwt");
        assert_eq!((claims.issued_at, claims.ttl), (NOW, Some(60)));
        assert_eq!(claims.expires_at, Some(NOW.plus(86_400)));
    }
}
