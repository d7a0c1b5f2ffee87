//! What an issuer remembers: offers, tokens, nonces, keys. In memory, bounded, and gone with the process.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use wallet_core::Result;
use wallet_core::crypto::random;
use wallet_core::jose::base64url;
use wallet_core::time::UnixTime;

use super::configuration::Configuration;

/// How long a pre-authorized code is good for.
const OFFER_SECONDS: i64 = 600;
/// How long an access token is good for: long enough for a citizen to look at what came, and notify.
pub(super) const TOKEN_SECONDS: i64 = 1800;
/// How long a `c_nonce` is good for.
const NONCE_SECONDS: i64 = 300;
/// Wrong transaction codes before an offer is dead (13.6.2).
const TX_CODE_TRIES: u32 = 5;
/// The most offers, tokens or nonces at a time; the oldest make room.
const MOST: usize = 10_000;

/// Names an offer, in events and in the link by reference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct OfferId(pub(super) String);

impl OfferId {
    /// The id as an event says it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for OfferId {
    /// The id as an event says it.
    fn from(id: &str) -> Self {
        Self(id.to_owned())
    }
}

/// What was offered.
#[derive(Clone)]
pub(super) struct StoredOffer {
    pub(super) pre_authorized_code: String,
    pub(super) tx_code: Option<String>,
    pub(super) configurations: Vec<Configuration>,
    tries: u32,
    redeemed: bool,
    expires: UnixTime,
}

/// What a token allows.
#[derive(Clone)]
pub(super) struct Grant {
    pub(super) offer: OfferId,
    pub(super) configurations: Vec<Configuration>,
    /// `client_id` of the token request, where the wallet gave one.
    pub(super) client_id: Option<String>,
    expires: UnixTime,
}

/// Why a code was not redeemed.
pub(super) enum NotRedeemed {
    /// Unknown, expired, used, or dead after too many wrong transaction codes.
    Code,
    /// A transaction code is needed.
    TxCodeMissing(OfferId),
    /// There is none, but one came.
    TxCodeUnexpected(OfferId),
    /// The transaction code is wrong; whether another try is allowed.
    TxCodeWrong(OfferId, bool),
    /// There are no random bytes.
    Failed,
}

/// One credential response, to be notified about.
#[derive(Clone)]
pub(super) struct Response {
    pub(super) offer: OfferId,
    pub(super) configuration: Configuration,
}

#[derive(Default)]
struct Memory {
    offers: BTreeMap<OfferId, StoredOffer>,
    tokens: HashMap<String, Grant>,
    nonces: HashMap<String, UnixTime>,
    keys: HashSet<[u8; 65]>,
    responses: HashMap<String, Response>,
}

/// The memory, behind a lock that is never held while anything waits.
#[derive(Default)]
pub(super) struct State(Mutex<Memory>);

impl State {
    fn memory(&self) -> MutexGuard<'_, Memory> {
        // A panic while it was held left at worst one entry too few.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn add_offer(
        &self,
        configurations: Vec<Configuration>,
        tx_code: Option<String>,
        now: UnixTime,
    ) -> Result<(OfferId, StoredOffer)> {
        let id = OfferId(token()?);
        let offer = StoredOffer {
            pre_authorized_code: token()?,
            tx_code,
            configurations,
            tries: 0,
            redeemed: false,
            expires: now.plus(OFFER_SECONDS),
        };
        let mut memory = self.memory();
        memory.forget(now);
        memory.offers.insert(id.clone(), offer.clone());
        Ok((id, offer))
    }

    /// An offer that can still be taken.
    pub(super) fn offer(&self, id: &str, now: UnixTime) -> Option<StoredOffer> {
        let memory = self.memory();
        memory.offers.get(&OfferId(id.to_owned())).filter(|offer| offer.is_open(now)).cloned()
    }

    /// Gives an access token for a pre-authorized code, once.
    pub(super) fn redeem(
        &self,
        code: &str,
        tx_code: Option<&str>,
        client_id: Option<String>,
        now: UnixTime,
    ) -> Result<(String, Grant), NotRedeemed> {
        let access_token = token().map_err(|_| NotRedeemed::Failed)?;
        let mut memory = self.memory();
        memory.forget(now);
        let (id, offer) = memory
            .offers
            .iter_mut()
            .find(|(_, offer)| offer.pre_authorized_code == code && offer.is_open(now))
            .ok_or(NotRedeemed::Code)?;
        match (&offer.tx_code, tx_code) {
            (None, Some(_)) => return Err(NotRedeemed::TxCodeUnexpected(id.clone())),
            (Some(_), None) => return Err(NotRedeemed::TxCodeMissing(id.clone())),
            (Some(wanted), Some(given)) if wanted != given => {
                offer.tries += 1;
                return Err(NotRedeemed::TxCodeWrong(id.clone(), offer.is_open(now)));
            }
            _ => offer.redeemed = true,
        }
        let grant = Grant {
            offer: id.clone(),
            configurations: offer.configurations.clone(),
            client_id,
            expires: now.plus(TOKEN_SECONDS),
        };
        memory.tokens.insert(access_token.clone(), grant.clone());
        Ok((access_token, grant))
    }

    /// What an access token allows.
    pub(super) fn grant(&self, access_token: &str, now: UnixTime) -> Option<Grant> {
        self.memory().tokens.get(access_token).filter(|grant| now < grant.expires).cloned()
    }

    /// A new `c_nonce`.
    pub(super) fn add_nonce(&self, now: UnixTime) -> Result<String> {
        let nonce = token()?;
        let mut memory = self.memory();
        memory.forget(now);
        memory.nonces.insert(nonce.clone(), now.plus(NONCE_SECONDS));
        Ok(nonce)
    }

    /// Uses up nonces; whether all of them were good.
    pub(super) fn use_nonces(&self, nonces: &BTreeSet<String>, now: UnixTime) -> bool {
        let mut memory = self.memory();
        // Each is used up, whatever the others are.
        let good: Vec<bool> = nonces
            .iter()
            .map(|nonce| memory.nonces.remove(nonce).is_some_and(|expires| now < expires))
            .collect();
        good.into_iter().all(|good| good)
    }

    /// Notes keys that copies are to be bound to; `false`, and nothing is noted, when one was there before or comes
    /// twice.
    pub(super) fn claim_keys(&self, keys: &[[u8; 65]]) -> bool {
        let mut memory = self.memory();
        let distinct: HashSet<_> = keys.iter().collect();
        if distinct.len() < keys.len() || keys.iter().any(|key| memory.keys.contains(key)) {
            return false;
        }
        memory.keys.extend(keys);
        true
    }

    /// A handle for notifications about a response.
    pub(super) fn add_response(&self, response: Response) -> Result<String> {
        let id = token()?;
        let mut memory = self.memory();
        make_room(&mut memory.responses);
        memory.responses.insert(id.clone(), response);
        Ok(id)
    }

    /// The response behind a handle.
    pub(super) fn response(&self, notification_id: &str) -> Option<Response> {
        self.memory().responses.get(notification_id).cloned()
    }
}

impl StoredOffer {
    fn is_open(&self, now: UnixTime) -> bool {
        !self.redeemed && self.tries < TX_CODE_TRIES && now < self.expires
    }
}

impl Memory {
    fn forget(&mut self, now: UnixTime) {
        self.offers.retain(|_, offer| now < offer.expires);
        self.tokens.retain(|_, grant| now < grant.expires);
        self.nonces.retain(|_, expires| now < *expires);
        make_room(&mut self.tokens);
        make_room(&mut self.nonces);
        while self.offers.len() >= MOST {
            self.offers.pop_first();
        }
        if self.keys.len() >= MOST * 10 {
            self.keys.clear();
        }
    }
}

/// Against a flood only: any of ten thousand that are still good may go.
fn make_room<V>(map: &mut HashMap<String, V>) {
    while map.len() >= MOST {
        let Some(key) = map.keys().next().cloned() else { return };
        map.remove(&key);
    }
}

/// 256 random bits, in characters that fit every header and link.
fn token() -> Result<String> {
    Ok(base64url::encode(&random::array::<32>()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixTime = UnixTime(1_700_000_000);

    fn with_offer(tx_code: Option<&str>) -> (State, String) {
        let state = State::default();
        let configurations = vec![Configuration::Mdl];
        let (_, offer) = state.add_offer(configurations, tx_code.map(str::to_owned), NOW).unwrap();
        (state, offer.pre_authorized_code)
    }

    #[test]
    fn a_code_is_good_once_and_for_ten_minutes() {
        let (state, code) = with_offer(None);
        assert!(state.redeem(&code, None, None, NOW.plus(OFFER_SECONDS)).is_err());
        let (state, code) = with_offer(None);
        let (token, _) = state.redeem(&code, None, None, NOW.plus(OFFER_SECONDS - 1)).ok().unwrap();
        assert!(matches!(state.redeem(&code, None, None, NOW), Err(NotRedeemed::Code)));
        assert!(state.grant(&token, NOW.plus(TOKEN_SECONDS)).is_some());
        assert!(state.grant(&token, NOW.plus(OFFER_SECONDS + TOKEN_SECONDS)).is_none());
    }

    #[test]
    fn the_fifth_wrong_transaction_code_ends_the_offer() {
        let (state, code) = with_offer(Some("123456"));
        for left in (0..TX_CODE_TRIES).rev() {
            let result = state.redeem(&code, Some("654321"), None, NOW);
            assert!(matches!(result, Err(NotRedeemed::TxCodeWrong(_, retry)) if retry == (left > 0)));
        }
        assert!(matches!(state.redeem(&code, Some("123456"), None, NOW), Err(NotRedeemed::Code)));
    }

    #[test]
    fn a_nonce_is_good_once_and_for_five_minutes() {
        let state = State::default();
        let nonce = || BTreeSet::from([state.add_nonce(NOW).unwrap()]);
        let (first, second, third) = (nonce(), nonce(), nonce());
        assert!(state.use_nonces(&first, NOW));
        assert!(!state.use_nonces(&first, NOW));
        assert!(!state.use_nonces(&second, NOW.plus(NONCE_SECONDS)));
        assert!(!state.use_nonces(&third.union(&first).cloned().collect(), NOW));
        assert!(!state.use_nonces(&third, NOW), "used up with the bad one");
    }

    #[test]
    fn a_key_is_good_once() {
        let state = State::default();
        let key = |byte| [byte; 65];
        assert!(state.claim_keys(&[key(1), key(2)]));
        assert!(!state.claim_keys(&[key(3), key(3)]));
        assert!(!state.claim_keys(&[key(3), key(1)]));
        assert!(state.claim_keys(&[key(3)]), "a refused request claims nothing");
    }
}
