import Observation
import WalletCore

/// The ways back into a wallet, and the last way: to begin anew without what was in it.
@MainActor @Observable final class RecoveryPresenter {
    let work = Work()
    /// What is certainly wrong with the recovery key that was typed.
    private(set) var slips: [TypedKey.Slip] = []
    private(set) var refused: TypedTwice.Refused?
    /// What a look at the whole wallet found; `nil` until it was made.
    private(set) var checkup: Checkup?

    /// The recovery key between opening the wallet with it and the new PIN.
    @ObservationIgnored private var key: TypedKey?
    @ObservationIgnored private let session: Session
    @ObservationIgnored private let navigator: Navigator
    @ObservationIgnored private let newKey: NewKeyPresenter
    @ObservationIgnored private let words: any Words

    /// Told when the wallet is open.
    @ObservationIgnored var opened: (@MainActor () async throws -> Void)?
    /// Told before the wallet is erased.
    @ObservationIgnored var erasing: (@MainActor () -> Void)?

    init(session: Session, navigator: Navigator, newKey: NewKeyPresenter, words: any Words) {
        (self.session, self.navigator, self.newKey, self.words) = (session, navigator, newKey, words)
    }

    /// Begins to ask for the recovery key.
    func ask() {
        work.clear()
        slips = []
        navigator.push(.unlockByRecoveryKey)
    }

    func unlock(by typed: String) async {
        await open(typed) { _ in try await opened?() }
    }

    /// For whoever forgot the PIN: the same key also says yes to a new one.
    func unlockForNewPin(by typed: String) async {
        await open(typed) {
            (key, refused) = ($0, nil)
            navigator.start(.newPin)
        }
    }

    private func open(_ typed: String, _ then: @MainActor (TypedKey) async throws -> Void) async {
        let typed = TypedKey(typed)
        slips = typed.slips
        guard slips.isEmpty else { return work.clear() }
        await work.run {
            try await session.present().unlock(with: .recoveryKey(Secret(typed.joined)), prompt: words.unlock)
            try await then(typed)
        }
    }

    func setPin(_ new: TypedTwice) async {
        refused = new.refused
        guard refused == nil, let key else { return }
        await work.run {
            let authority = Unlock.recoveryKey(Secret(key.joined))
            try await session.present().setGuard(.pin(Secret(new.text)), authority: authority, prompt: words.setPin)
            forget()
            try await opened?()
        }
    }

    /// Forgets a recovery key that was typed.
    func forget() {
        key = nil
    }

    func startReplacing() {
        work.clear()
        navigator.push(.replaceRecoveryKey)
    }

    /// Makes another key; the old one opens nothing any more.
    func replace(pin: String) async {
        await work.run {
            let key = try await session.present().makeRecoveryKey(authority: .pin(Secret(pin)), prompt: words.setPin)
            try newKey.show(key) { [session, navigator] in
                // The wallet may have locked itself while the key was written down.
                let isOpen = try await session.present().isUnlocked
                navigator.start(isOpen ? .documents : .unlock)
                if isOpen { navigator.push(.settings) }
            }
        }
    }

    /// Looks at everything in the wallet and says what is damaged.
    func check() async {
        work.clear()
        checkup = nil
        navigator.push(.checkup)
        await work.run { checkup = try await session.present().check() }
    }

    func startErasing() {
        work.clear()
        navigator.push(.erase)
    }

    /// Deletes the wallet with all that is in it, and begins anew.
    func erase() async {
        await work.run {
            forget()
            erasing?()
            try await session.erase()
            navigator.start(.begin)
        }
    }
}
