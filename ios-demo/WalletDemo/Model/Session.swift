import Foundation
import WalletCore
import WalletCoreApple

/// The one wallet of this app: made at the first start, opened at every other, closed while the app is in the background.
@MainActor final class Session {
    private let folder: VaultFolder
    private let ports: Ports
    private let preferences: Preferences
    private let trusted: any Trusted
    private let development: Development
    private let center: NotificationCenter
    private var front: ForegroundWallet?
    private var isErasing = false

    /// Whether a wallet was found whose making was broken off; it is no more.
    private(set) var isBrokenOff = false

    init(
        folder: VaultFolder, ports: Ports, preferences: Preferences, trusted: any Trusted,
        development: Development = Development(), center: NotificationCenter = .default
    ) {
        (self.folder, self.ports, self.preferences) = (folder, ports, preferences)
        (self.trusted, self.development, self.center) = (trusted, development, center)
    }

    /// The wallet, opened when it is not. `nil` when there is none.
    func wallet() async throws -> Wallet? {
        if isErasing { return nil }
        if front == nil, FileManager.default.fileExists(atPath: unfinished.path) {
            isBrokenOff = true
            discardUnfinished()
        }
        if front == nil, folder.hasVault { front = ForegroundWallet(settings: settings, center: center) }
        return try await front?.wallet()
    }

    /// The wallet where there must be one: behind a screen that only a wallet leads to.
    func present() async throws -> Wallet {
        guard let wallet = try await wallet() else { throw CocoaError(.fileNoSuchFile) }
        return wallet
    }

    /// Makes a new wallet that opens by `pin` and by the recovery key that it gives.
    ///
    /// The recovery key comes first, since a PIN alone must never be the only way in. A file beside the wallet says that it
    /// is being made, until `finish`: when the app ends before, nobody may have the key, and nothing is in the wallet.
    func create(pin: Secret, prompt: String) async throws -> RecoveryKey {
        let key = try RecoveryKey.random()
        try await making { settings in
            let made = try await Wallet.create(settings, recoveryKey: key)
            return (made, { try await made.setGuard(.pin(pin), authority: .recoveryKey(key.secret()), prompt: prompt) })
        }
        return key
    }

    /// Makes a new wallet from a backup. It has a PIN and a recovery key of its own; the passphrase was for the way only.
    func restore(from backup: any BackupSource, passphrase: Secret, pin: Secret, prompt: String) async throws -> RecoveryKey {
        // What opens it until it has them; nobody ever sees it.
        let once = try RecoveryKey.random()
        var key: RecoveryKey?
        try await making { settings in
            let made = try await Wallet.restore(
                settings, passphrase: once.secret(), from: backup, backupPassphrase: passphrase
            ).wallet
            return (made, {
                try await made.setGuard(.pin(pin), authority: .passphrase(once.secret()), prompt: prompt)
                key = try await made.makeRecoveryKey(authority: .passphrase(once.secret()), prompt: prompt)
                try await made.removeGuard(.passphrase, authority: .passphrase(once.secret()), prompt: prompt)
            })
        }
        // It holds something, and the PIN opens it.
        try finish()
        guard let key else { throw CocoaError(.fileNoSuchFile) }
        return key
    }

    /// Of a wallet that could not be made nothing is left.
    private func making(
        _ make: @MainActor (WalletCore.Settings) async throws -> (Wallet, @MainActor () async throws -> Void)
    ) async throws {
        try Data().write(to: unfinished)
        var made: Wallet?
        do {
            let (wallet, furnish) = try await make(settings)
            made = wallet
            try await furnish()
            for anchors in try await trusted.lists() {
                try await wallet.addTrustAnchors(anchors.pem, to: anchors.list, source: anchors.source)
            }
            let front = ForegroundWallet(settings: settings, center: center)
            await front.adopt(wallet)
            self.front = front
        } catch {
            try? await made?.close()
            discardUnfinished()
            throw error
        }
    }

    /// Says that the citizen can open the wallet from now on; from now on it may hold something.
    func finish() throws {
        guard FileManager.default.fileExists(atPath: unfinished.path) else { return }
        try FileManager.default.removeItem(at: unfinished)
    }

    /// Deletes the wallet and all keys of this app in the phone's secure hardware. It is marked first: an end in between
    /// leaves nothing that opens, and the next start finishes it.
    func erase() async throws {
        try Data().write(to: unfinished)
        isErasing = true
        defer { isErasing = false }
        let closing = front
        front = nil
        await closing?.close()
        discardUnfinished()
        guard let area = ports.secureArea else { return }
        for alias in try await area.list(prefix: "") { try await area.delete(alias: alias) }
    }

    /// How long a wallet stays open if nobody uses it, in milliseconds; `nil` when it is locked.
    func millisecondsUntilLock(of wallet: Wallet) throws -> UInt64? {
        guard let at = try wallet.lockAt else { return nil }
        let now = try ports.clock.now().sinceBootMs
        return at > now ? at - now : 0
    }

    /// The phone's time, as the wallet sees it: seconds since 1970.
    func now() throws -> Int64 {
        try ports.clock.now().wallSeconds
    }

    /// Deletes a wallet whose making was broken off. What opens a wallet says nothing of that: only the file does.
    private func discardUnfinished() {
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: folder.file.path + suffix) }
        try? FileManager.default.removeItem(at: unfinished)
    }

    private var unfinished: URL { folder.url.appendingPathComponent("vault-unfinished", isDirectory: false) }

    private var settings: WalletCore.Settings {
        WalletCore.Settings(
            file: folder.file.path, ports: ports, idleLockMs: UInt64(preferences.lockAfterMinutes) * 60_000,
            development: development)
    }
}
