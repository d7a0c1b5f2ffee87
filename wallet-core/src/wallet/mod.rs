//! The façade that an app talks to.
//!
//! | file | concept |
//! | --- | --- |
//! | `open` | making, opening, unlocking and locking a wallet |
//! | `guards` | what opens it |
//! | `links` | what a link, code or pasted text leads to |
//! | `checkup` | what is damaged |
//! | `credentials` | what the wallet holds, for lists and detail screens |
//! | `top_up` | when to ask an issuer for more copies |
//! | `protection` | how well a credential's keys are protected |
//! | `delete` | deleting a credential |
//! | `statuses` | reading status lists again |
//! | `trust_lists` | whom it trusts |
//! | `log` | what it did |
//! | `backups` | a full backup, and a new wallet from one |
//! | `moving` | to another wallet, from one, and what to ask for again |
//! | `for_benches` | parts of it, to be timed |

mod backups;
mod checkup;
mod credentials;
mod delete;
#[cfg(feature = "bench")]
mod for_benches;
mod guards;
mod links;
pub mod log;
mod moving;
mod open;
mod protection;
mod statuses;
mod top_up;
mod trust_lists;

pub use crate::backup::{BackedUp, Restored};
pub use credentials::{CredentialDetails, CredentialEntry, CredentialList};
pub use delete::Deletion;
#[cfg(feature = "bench")]
#[doc(hidden)]
pub use for_benches::RootKey;
pub use guards::{NewUnlock, Unlock};
pub use links::{Incoming, PendingEntry};
pub use log::{History, HistoryDeletion, LoggedEntry, UnauthenticatedRefusal};
pub use open::{Settings, Wallet};
pub use protection::KeyProtection;
pub use statuses::{StatusFailure, StatusRefresh};
pub use top_up::TopUp;

pub use crate::vault::damage::{Damage, Part};
pub use crate::vault::{Checkup, GuardKind, RecoveryKey};

/// What crosses to Kotlin and Swift is awaited on any thread: every future of the public API is `Send`.
#[cfg(test)]
mod tests {
    use crate::credential::CredentialId;
    use crate::platform::{KeySession, SecureArea};
    use crate::present::{Consent, PresentationRequest, Receipt, Source};
    use crate::receive::{Offer, Preview};
    use crate::trust::ListName;
    use crate::wallet::{GuardKind, NewUnlock, Unlock};
    use crate::{Settings, Wallet};

    fn sent<T: Send>(_: T) {}
    fn shared<T: Send + Sync>() {}

    #[allow(dead_code, reason = "it is compiled, which is the test")]
    fn futures_are_send(wallet: &Wallet, offer: &Offer, preview: &Preview, request: &PresentationRequest) {
        sent(async { Wallet::open(settings()).await });
        sent(async { Wallet::create(settings(), Vec::new().into()).await });
        sent(wallet.unlock(Unlock::Biometrics, ""));
        sent(wallet.guards());
        sent(wallet.set_guard(Unlock::Biometrics, NewUnlock::Biometrics, ""));
        sent(wallet.make_recovery_key(Unlock::Biometrics, ""));
        sent(wallet.remove_guard(Unlock::Biometrics, GuardKind::Pin, ""));
        sent(wallet.open_link("", Source::Link));
        sent(wallet.decline("", Source::Link));
        sent(wallet.credentials());
        sent(wallet.check());
        sent(wallet.history());
        sent(wallet.key_protection(CredentialId([0; 16])));
        sent(wallet.refresh_statuses());
        sent(wallet.delete(CredentialId([0; 16])));
        sent(wallet.delete_history(&[1]));
        sent(wallet.delete_whole_history());
        sent(wallet.shared_before(""));
        sent(wallet.close());
        sent(request.shared_before());
        sent(wallet.export_backup(Vec::new().into(), Box::new(Vec::new())));
        sent(async {
            Wallet::restore(settings(), Vec::new().into(), Box::new(&[][..]), Vec::new().into()).await
        });
        sent(wallet.export_migration(Vec::new().into()));
        sent(wallet.import_migration(Vec::new(), Vec::new().into()));
        sent(wallet.pending());
        sent(wallet.trust_anchors());
        sent(wallet.add_trust_anchors(ListName::Tls, "", ""));
        sent(offer.accept(None, ""));
        sent(preview.credentials());
        sent(preview.keep());
        sent(preview.discard());
        sent(request.decline());
    }

    #[allow(dead_code, reason = "only its type is needed")]
    fn settings() -> Settings {
        std::process::abort()
    }

    #[test]
    fn handles_may_be_used_from_several_threads() {
        shared::<Wallet>();
        shared::<Offer>();
        shared::<Preview>();
        shared::<PresentationRequest>();
        shared::<Consent>();
        shared::<Receipt>();
        shared::<Box<dyn SecureArea>>();
        shared::<Box<dyn KeySession>>();
    }
}
