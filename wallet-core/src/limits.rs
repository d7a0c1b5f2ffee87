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
/// A registration certificate of a relying party, its chain included.
pub const REGISTRATION_CERTIFICATE: usize = 64 * 1024;
/// The address of a status list.
pub const STATUS_URI: usize = 2_048;
/// A status list as it comes, signed.
pub const STATUS_LIST_TOKEN: usize = 4 * 1024 * 1024;
/// A status list, inflated.
pub const STATUS_LIST: usize = 4 * 1024 * 1024;
/// Status lists that are fetched in one go.
pub const STATUS_LISTS: usize = 256;
/// How long a status list counts that does not say how long, in seconds.
pub const STATUS_FRESH_SECONDS: i64 = 12 * 3_600;
/// The shortest time after which a status list is fetched again, in seconds, whatever it says.
pub const STATUS_TTL_MIN_SECONDS: i64 = 60;
/// The longest, in seconds.
pub const STATUS_TTL_MAX_SECONDS: i64 = 7 * 24 * 3_600;
/// Types of credentials in a registration certificate, and names for one of them.
pub const REGISTRATION_CREDENTIALS: usize = 64;
/// Claims in a registration certificate, over all its credentials.
pub const REGISTRATION_CLAIMS: usize = 1_024;
/// Languages of one text in a registration certificate: the Union has 24.
pub const REGISTRATION_LANGUAGES: usize = 32;
/// One text in a registration certificate.
pub const REGISTRATION_TEXT: usize = 2_048;
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
/// How long before the end of validity the issuer is asked for more copies, in seconds, where it does not say when; a
/// fifth of the whole validity if that is less.
pub const TOP_UP_LIFETIME_LEFT_SECONDS: i64 = 7 * 24 * 3_600;
/// At how many unused copies the issuer is asked for more, where it does not say when.
pub const TOP_UP_UNUSED: usize = 1;
/// Refusals of unauthenticated requests that the history keeps; older ones are folded into a count.
pub const UNAUTHENTICATED_REFUSALS: usize = 100;
/// The shortest passphrase, in characters. It must withstand guessing on a copied file.
pub const PASSPHRASE_MIN_CHARS: usize = 8;
/// The longest passphrase.
pub const PASSPHRASE_MAX: usize = 1024;
/// How long the citizen's answer to the platform's prompt counts for credential keys, in seconds: one action.
pub const KEY_WINDOW_SECONDS: u32 = 60;
/// How long after unlocking an action needs no second prompt, in milliseconds.
pub const UNLOCK_SESSION_MS: u64 = 60_000;
/// The shortest PIN, in digits. It is worth something only together with the phone's hardware.
pub const PIN_MIN_DIGITS: usize = 6;
/// The longest PIN, in digits.
pub const PIN_MAX_DIGITS: usize = 12;
/// Wrong PINs after which the PIN opens nothing any more.
pub const PIN_ATTEMPTS: u32 = 10;
/// What to wait after so many wrong PINs, in milliseconds: after the first two nothing, then longer each time.
pub const PIN_DELAYS_MS: [u64; 9] =
    [0, 0, 30_000, 60_000, 300_000, 900_000, 3_600_000, 14_400_000, 28_800_000];
/// How long an unlocked wallet may be idle before it locks itself, in milliseconds, unless the app says otherwise.
pub const IDLE_LOCK_MS: u64 = 300_000;
/// The protected header of a JWE under a passphrase, encoded.
pub const PBES2_HEADER: usize = 4 * 1024;
/// The salt of a JWE under a passphrase (`p2s`), at least: RFC 7518 4.8.1.1 demands it.
pub const PBES2_SALT_MIN: usize = 8;
/// The salt of a JWE under a passphrase, at most.
pub const PBES2_SALT_MAX: usize = 128;
/// Rounds of PBKDF2 (`p2c`), at least: what RFC 7518 4.8.1.2 recommends as the minimum.
pub const PBES2_COUNT_MIN: u32 = 1_000;
/// Rounds of PBKDF2, at most: seconds on a phone, not hours.
pub const PBES2_COUNT_MAX: u32 = 5_000_000;
/// A Migration Object as it is handed over.
pub const MIGRATION_OBJECT: usize = 16 * 1024 * 1024;
/// Credentials in one Migration Object.
pub const MIGRATION_CREDENTIALS: usize = 1_000;
/// Transactions in one Migration Object; a wallet's own export has the newest.
pub const MIGRATION_TRANSACTIONS: usize = 20_000;
/// Names of claims, credentials and descriptions in one transaction of a Migration Object.
pub const MIGRATION_NAMES: usize = 1_024;
/// One text in a Migration Object.
pub const MIGRATION_TEXT: usize = 2_048;
/// The readable header of a backup.
pub const BACKUP_HEADER: usize = 1_024;
/// One sealed entry of a backup: a copy of a credential is the largest.
pub const BACKUP_ENTRY: usize = CREDENTIAL_RESPONSE + 1024 * 1024;

/// The longest picture in a claim that is handed to the platform to decode, in bytes.
pub const IMAGE: usize = 4 * 1024 * 1024;
