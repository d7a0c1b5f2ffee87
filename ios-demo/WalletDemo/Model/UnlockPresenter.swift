import Observation
import WalletCore

/// Opening the wallet by PIN or biometrics.
@MainActor @Observable final class UnlockPresenter {
    let work = Work()

    /// What opens the wallet; known when the screen is shown.
    private(set) var guards: [GuardKind] = []
    /// Whether other fingers or faces are enrolled than those that the wallet was opened to.
    private(set) var biometricsChanged = false

    @ObservationIgnored private let session: Session
    @ObservationIgnored private let words: any Words

    /// Told when the wallet is open.
    @ObservationIgnored var opened: (@MainActor () async throws -> Void)?

    init(session: Session, words: any Words) {
        (self.session, self.words) = (session, words)
    }

    var canUseBiometrics: Bool { guards.contains(.biometrics) && !biometricsChanged }

    /// Whether only the recovery key is left to try.
    var isBlocked: Bool { work.failure?.code == .pinLocked || work.failure?.code == .keyDidNotTravel }

    func look(at wallet: Wallet) async throws {
        guards = try await wallet.guards()
        biometricsChanged = false
    }

    /// Whoever enrolled other biometrics is not let in by them: their way is taken away with the PIN's word.
    func byPin(_ pin: String) async {
        await work.run {
            let wallet = try await session.present()
            if biometricsChanged {
                try await wallet.removeGuard(.biometrics, authority: .pin(Secret(pin)), prompt: words.unlock)
            } else {
                try await wallet.unlock(with: .pin(Secret(pin)), prompt: words.unlock)
            }
            try await opened?()
        }
    }

    func byBiometrics() async {
        await work.run {
            do {
                try await session.present().unlock(with: .biometrics, prompt: words.unlock)
            } catch let error as WalletError where error.code == .keyDidNotTravel {
                biometricsChanged = true
                return
            }
            try await opened?()
        }
    }
}
