import Observation
import WalletCore

/// The recovery key: shown once, confirmed by two of its groups, replaced in the settings.
@MainActor @Observable final class RecoveryPresenter {
    /// While they are shown; then nobody has them any more but the citizen.
    private(set) var shown: RecoveryGroups?
    /// The groups that were typed wrongly, from 0.
    private(set) var wrong: Set<Int> = []
    let work = Work()

    @ObservationIgnored private let session: Session
    @ObservationIgnored private let navigator: Navigator
    @ObservationIgnored private let words: any Words

    init(session: Session, navigator: Navigator, words: any Words) {
        (self.session, self.navigator, self.words) = (session, navigator, words)
    }

    func show(_ key: RecoveryKey) throws {
        shown = try RecoveryGroups(key)
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
            navigator.start(try await session.present().isUnlocked ? .documents : .unlock)
        }
    }

    /// Makes another key; the old one opens nothing any more.
    func replace(pin: String) async {
        await work.run {
            try show(await session.present().makeRecoveryKey(authority: .pin(Secret(pin)), prompt: words.setPin))
        }
    }
}
