//! Every bound on data from outside, in one place.
//!
//! A bound is checked before memory is taken or work is done. Sizes are in bytes unless the name says otherwise.

/// A Request Object (JAR), fetched or in the link.
pub const REQUEST_OBJECT: usize = 256 * 1024;
/// A link or the text of a scanned code.
pub const LINK: usize = 16 * 1024;
/// Certificates in an `x5c` or `x5chain`.
pub const CHAIN_CERTIFICATES: usize = 5;
/// One certificate, DER.
pub const CERTIFICATE: usize = 8 * 1024;
/// Nesting of JSON arrays and objects.
pub const JSON_DEPTH: usize = 32;
/// Nesting of CBOR arrays, maps and tags.
pub const CBOR_DEPTH: usize = 16;
/// Entries of one CBOR map.
pub const CBOR_MAP_ENTRIES: usize = 65_536;
/// Credential queries in one DCQL query.
pub const DCQL_CREDENTIALS: usize = 64;
/// Claims queries in one DCQL query, over all its credential queries.
pub const DCQL_CLAIMS: usize = 256;
/// Combinations in `claim_sets` and `credential_sets`, over the whole query.
pub const DCQL_SETS: usize = 256;
/// Disclosures in one SD-JWT.
pub const DISCLOSURES: usize = 1024;
/// One SD-JWT with all its disclosures; also what the locations of its claims may take together.
pub const SD_JWT: usize = 2 * 1024 * 1024;
/// How old a Key Binding JWT may be when a verifier sees it, in seconds.
pub const KEY_BINDING_AGE_SECONDS: i64 = 600;
/// Issuer, authorization server or verifier metadata, and a credential offer.
pub const METADATA: usize = 1024 * 1024;
/// A token, nonce or notification answer, and what a verifier answers to a response.
pub const SMALL_ANSWER: usize = 64 * 1024;
/// A Credential Response with all its copies.
pub const CREDENTIAL_RESPONSE: usize = 16 * 1024 * 1024;
/// Credential configurations taken from one offer.
pub const OFFERED_CONFIGURATIONS: usize = 16;
/// Copies asked for of each credential, where the issuer gives batches.
pub const COPIES_WANTED: usize = 10;
/// How long the other party may take to answer one call, in milliseconds.
pub const HTTP_TIMEOUT_MS: u32 = 30_000;
/// Fetched requests that wait for the citizen at the same time; the oldest is forgotten for a new one.
pub const WAITING_REQUESTS: usize = 32;
/// How long a fetched request may wait for the citizen, in seconds, whatever its `exp` says.
pub const REQUEST_WAIT_SECONDS: i64 = 600;
/// How long a consent is good for, in milliseconds.
pub const CONSENT_MS: u64 = 300_000;
/// How long a response can be on its way, prompt and time-out included, before whoever finds it calls it unknown, in
/// milliseconds.
pub const SENDING_MS: u64 = 180_000;
/// How long received credentials wait for the citizen's yes, in seconds.
pub const ISSUANCE_WAIT_SECONDS: i64 = 3_600;
/// Clock skew allowed on `iat`, `nbf`, `exp` of requests and credentials, in seconds. On X.509 it is 0.
pub const CLOCK_SKEW_SECONDS: i64 = 60;
/// Refusals of unauthenticated requests that the history keeps; older ones are folded into a count.
pub const UNAUTHENTICATED_REFUSALS: usize = 100;
/// The shortest passphrase, in characters. It must withstand guessing on a copied file.
pub const PASSPHRASE_MIN_CHARS: usize = 8;
/// The longest passphrase.
pub const PASSPHRASE_MAX: usize = 1024;
