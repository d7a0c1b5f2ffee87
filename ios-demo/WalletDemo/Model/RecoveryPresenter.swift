import Observation
import WalletCore

/// The recovery key: shown once, confirmed by two of its groups, replaced in the settings.
@MainActor @Observable final class RecoveryPresenter {
    /// While they are shown; then nobody has them any more but the citizen.
    private(set) var shown: RecoveryGroups?
    /// The groups that were typed wrongly, from 0.
    private(set) var wrong: Set<Int> = []
    let work = Work()

    /// Whether the key that is shown is that of a wallet just made.
    @ObservationIgnored private var isFirst = false
    @ObservationIgnored private let hasBiometrics: @MainActor () -> Bool
    @ObservationIgnored private let session: Session
    @ObservationIgnored private let navigator: Navigator
    @ObservationIgnored private let words: any Words

    /// - Parameter hasBiometrics: Whether the phone knows a finger or a face.
    init(session: Session, navigator: Navigator, words: any Words, hasBiometrics: @escaping @MainActor () -> Bool) {
        self.hasBiometrics = hasBiometrics
        (self.session, self.navigator, self.words) = (session, navigator, words)
    }

    func show(_ key: RecoveryKey, isFirst: Bool) throws {
        shown = try RecoveryGroups(key)
        self.isFirst = isFirst
        wrong = []
        navigator.start(.showRecoveryKey)
    }

    func writtenDown() {
        navigator.push(.confirmRecoveryKey)
    }

    /// Compares what was typed for the asked groups.
    func confirm(_ typed: [String]) async {
        guard let shown else { return }
        wrong = shown.wrong(typed)
        guard wrong.isEmpty else { return }
        self.shown = nil
        // The wallet may have locked itself while the key was written down.
        await work.run {
            let isOpen = try await session.present().isUnlocked
            navigator.start(isOpen ? .documents : .unlock)
            if isOpen, isFirst, hasBiometrics() { navigator.push(.offerBiometrics) }
        }
    }

    /// Makes another key; the old one opens nothing any more.
    func replace(pin: String) async {
        await work.run {
            let key = try await session.present().makeRecoveryKey(authority: .pin(Secret(pin)), prompt: words.setPin)
            try show(key, isFirst: false)
        }
    }
}
