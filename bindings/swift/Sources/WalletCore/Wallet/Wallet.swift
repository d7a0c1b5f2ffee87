import WalletCoreBindings

/// A citizen's wallet. It is opened locked; everything but unlocking needs it unlocked.
///
/// Methods that are `async` do their work on the wallet's own threads, never on the caller's; those that are not return at
/// once. All may be called from any thread, and several at once.
public final class Wallet: Sendable {
    let core: WalletCoreBindings.Wallet
    let changes: Changes

    init(_ core: WalletCoreBindings.Wallet, _ changes: Changes) {
        self.core = core
        self.changes = changes
    }

    /// Makes a new wallet behind a passphrase (UTF-8, at least 8 characters) and leaves it unlocked.
    ///
    /// - Throws: `WalletError`: `.vaultExists`, `.passphraseTooShort`, `.storageFailed`.
    public static func create(_ settings: Settings, passphrase: Secret) async throws -> Wallet {
        defer { passphrase.wipe() }
        let (settings, changes) = settings.observed()
        return Wallet(try await .create(settings: settings, passphrase: passphrase.data), changes)
    }

    /// Makes a new wallet behind a recovery key and leaves it unlocked. For a phone, where a PIN or biometrics come next
    /// (`setGuard`) and the key is what the citizen writes down.
    ///
    /// - Throws: `WalletError`: `.vaultExists`, `.storageFailed`.
    public static func create(_ settings: Settings, recoveryKey: RecoveryKey) async throws -> Wallet {
        let (settings, changes) = settings.observed()
        return Wallet(try await .createWithRecoveryKey(settings: settings, key: recoveryKey), changes)
    }

    /// Opens an existing wallet, locked.
    ///
    /// - Throws: `WalletError`: `.vaultMissing`, `.vaultUnreadable`, `.vaultNewer`.
    public static func open(_ settings: Settings) async throws -> Wallet {
        let (settings, changes) = settings.observed()
        return Wallet(try await .open(settings: settings), changes)
    }

    /// Locks, and returns when everything is in the file and the file is closed. Every later call gives `.vaultClosed`;
    /// what was under way is left as if the app had ended. Observations end.
    ///
    /// - Throws: `WalletError`: `.storageFailed`, with nothing lost; `.vaultClosed` when it was closed before.
    public func close() async throws {
        try await core.close()
        changes.finish()
    }
}

extension Settings {
    /// The same with guarded ports, and who hears of changes.
    func observed() -> (Settings, Changes) {
        let changes = Changes(app: ports.events)
        let settings = Settings(
            file: file, ports: ports.guarded(changes), idleLockMs: idleLockMs, development: development)
        return (settings, changes)
    }
}
