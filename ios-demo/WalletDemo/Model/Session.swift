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

    init(
        folder: VaultFolder, ports: Ports, preferences: Preferences, trusted: any Trusted,
        development: Development = Development(), center: NotificationCenter = .default
    ) {
        (self.folder, self.ports, self.preferences) = (folder, ports, preferences)
        (self.trusted, self.development, self.center) = (trusted, development, center)
    }

    /// The wallet, opened when it is not. `nil` when there is none.
    func wallet() async throws -> Wallet? {
        if front == nil { discardUnfinished() }
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
    /// is being made: when the app ends before it is done, nobody has either and nothing is in it.
    func create(pin: Secret, prompt: String) async throws -> RecoveryKey {
        try Data().write(to: unfinished)
        let key = try RecoveryKey.random()
        let made = try await Wallet.create(settings, recoveryKey: key)
        do {
            try await made.setGuard(.pin(pin), authority: .recoveryKey(key.secret()), prompt: prompt)
            for anchors in try await trusted.lists() {
                try await made.addTrustAnchors(anchors.pem, to: anchors.list, source: anchors.source)
            }
            try FileManager.default.removeItem(at: unfinished)
        } catch {
            try? await made.close()
            discardUnfinished()
            throw error
        }
        let front = ForegroundWallet(settings: settings, center: center)
        await front.adopt(made)
        self.front = front
        return key
    }

    /// Deletes a wallet whose making was broken off. What opens a wallet says nothing of that: only the file does.
    private func discardUnfinished() {
        guard FileManager.default.fileExists(atPath: unfinished.path) else { return }
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
