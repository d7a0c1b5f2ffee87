import Foundation
import WalletCoreBindings

extension Wallet {
    /// Writes everything that the wallet holds, encrypted under a passphrase of its own. Whoever has the file and the
    /// passphrase has the wallet, so an app asks the citizen twice. The secret is wiped.
    ///
    /// - Throws: `WalletError`: `.passphraseTooShort`; `.storageFailed` when it cannot be written; `.locked`.
    @discardableResult
    public func exportBackup(passphrase: Secret, to sink: any BackupSink) async throws -> BackedUp {
        defer { passphrase.wipe() }
        return try await core.exportBackupTo(passphrase: passphrase.data, sink: GuardedBackupSink(sink))
    }

    /// Makes a new wallet, behind `passphrase`, from a backup behind `backupPassphrase`, and leaves it unlocked. Both
    /// secrets are wiped.
    ///
    /// - Throws: `WalletError`: `.vaultExists`; `.backupUnreadable`, `.backupNewer`, `.backupPassphraseWrong`,
    ///   `.backupDamaged`; then there is no new wallet.
    public static func restore(
        _ settings: Settings, passphrase: Secret, from source: any BackupSource, backupPassphrase: Secret
    ) async throws -> (wallet: Wallet, restored: Restored) {
        defer {
            passphrase.wipe()
            backupPassphrase.wipe()
        }
        let (settings, changes) = settings.observed()
        let made = try await restoreWallet(
            settings: settings, passphrase: passphrase.data, source: GuardedBackupSource(source),
            backupPassphrase: backupPassphrase.data)
        return (Wallet(made.wallet, changes), made.restored)
    }

    /// Makes the object that takes to another wallet what may move (EUDI TS10). The secret is wiped.
    ///
    /// - Throws: `WalletError`: `.passphraseTooShort`, `.locked`.
    public func exportMigration(passphrase: Secret) async throws -> MovedOut {
        defer { passphrase.wipe() }
        return try await core.exportMigration(passphrase: passphrase.data)
    }

    /// Takes such an object over. The secret is wiped.
    ///
    /// - Throws: `WalletError`: `.backupPassphraseWrong`, `.migrationInvalid`, `.locked`; then nothing is taken over.
    @discardableResult
    public func importMigration(_ object: Data, passphrase: Secret) async throws -> MovedIn {
        defer { passphrase.wipe() }
        return try await core.importMigration(object: object, passphrase: passphrase.data)
    }

    /// What to ask issuers for again.
    ///
    /// - Throws: `WalletError`: `.locked`.
    public func toReissue() async throws -> [ReissueEntry] {
        try await core.toReissue()
    }

    /// Takes an entry from that list without asking for its credential.
    ///
    /// - Throws: `WalletError`: `.notFound`, `.locked`.
    public func dismissReissue(_ id: CredentialId) async throws {
        try await core.dismissReissue(id: id)
    }

    /// The histories of other wallets that were taken over. This wallet verified nothing of them.
    ///
    /// - Throws: `WalletError`: `.locked`.
    public func importedHistory() async throws -> [PastTransaction] {
        try await core.importedHistory()
    }
}
