import Observation
import WalletCore

/// Opening the wallet.
@MainActor @Observable final class UnlockPresenter {
    let work = Work()

    /// What opens the wallet; known when the screen is shown.
    private(set) var guards: [GuardKind] = []

    @ObservationIgnored private let session: Session
    @ObservationIgnored private let words: any Words

    /// Told when the wallet is open.
    @ObservationIgnored var opened: (@MainActor () async throws -> Void)?

    init(session: Session, words: any Words) {
        (self.session, self.words) = (session, words)
    }

    /// Whether only the recovery key is left to try.
    var isBlocked: Bool { work.failure?.code == .pinLocked }

    func look() async throws {
        guards = try await session.present().guards()
    }

    func byPin(_ pin: String) async {
        await open(.pin(Secret(pin)))
    }

    func byBiometrics() async {
        await open(.biometrics)
    }

    /// As it is typed: the core forgives case, spaces and hyphens, and says what is mistyped.
    func byRecoveryKey(_ key: String) async {
        await open(.recoveryKey(Secret(key)))
    }

    private func open(_ unlock: Unlock) async {
        await work.run {
            try await session.present().unlock(with: unlock, prompt: words.unlock)
            try await opened?()
        }
    }
}
