import Foundation
import WalletCore

/// The wallet while the app is in front. In the background its file is closed: the system ends apps that are suspended
/// while they hold a lock on a file that an app group shares.
public actor ForegroundWallet {
    private let settings: Settings
    private var present: Task<Wallet, any Error>?
    private let observation: Observation

    /// - Parameters:
    ///   - settings: Of a wallet that exists.
    ///   - background: What the system posts when the app goes to the background; another one for tests and extensions.
    public init(
        settings: Settings, center: NotificationCenter = .default,
        background: Notification.Name = Notification.Name("UIApplicationDidEnterBackgroundNotification")
    ) {
        self.settings = settings
        observation = Observation(center)
        observation.begin(background) { [weak self] in
            guard let self else { return }
            withTimeToEnd("Closing the wallet") { await self.close() }
        }
    }

    /// The wallet, opened when it is not. It is locked after each opening.
    ///
    /// - Throws: As `Wallet.open`.
    public func wallet() async throws -> Wallet {
        if let present { return try await present.value }
        let opening = Task { [settings] in try await Wallet.open(settings) }
        present = opening
        do {
            return try await opening.value
        } catch {
            if present == opening { present = nil }
            throw error
        }
    }

    /// Takes over a wallet that was just made, unlocked as it is.
    public func adopt(_ wallet: Wallet) {
        present = Task { wallet }
    }

    /// Closes the wallet, and returns when its file is closed. The next `wallet()` opens it again.
    public func close() async {
        guard let closing = present else { return }
        present = nil
        // Whatever cannot be written now is in the file already: nothing is lost, and nobody is there to be told.
        if let wallet = try? await closing.value { try? await wallet.close() }
    }
}

/// Ends with its owner.
private final class Observation: @unchecked Sendable {
    private let center: NotificationCenter
    private var token: (any NSObjectProtocol)?

    init(_ center: NotificationCenter) {
        self.center = center
    }

    func begin(_ name: Notification.Name, _ happened: @escaping @Sendable () -> Void) {
        token = center.addObserver(forName: name, object: nil, queue: nil) { _ in happened() }
    }

    deinit {
        if let token { center.removeObserver(token) }
    }
}
