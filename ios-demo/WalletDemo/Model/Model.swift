import Observation
import WalletCore

/// The app without its pictures: all presenters, and what leads from one to the next.
@MainActor @Observable final class Model {
    let navigator = Navigator()
    let preferences: Preferences
    let recovery: RecoveryPresenter
    let begin: BeginPresenter
    let unlock: UnlockPresenter
    let documents: DocumentsPresenter
    let receive: ReceivePresenter
    let share: SharePresenter
    let links: Links
    let settings: SettingsPresenter

    /// Opening the wallet at the start: what failed, where something did.
    let starting = Work()

    @ObservationIgnored private let session: Session
    @ObservationIgnored private var following: Task<Void, Never>?
    @ObservationIgnored private var observed: Wallet?

    /// - Parameter hasBiometrics: Whether the phone knows a finger or a face.
    init(
        session: Session, preferences: Preferences, words: any Words, hasBiometrics: @escaping @MainActor () -> Bool
    ) {
        (self.session, self.preferences) = (session, preferences)
        recovery = RecoveryPresenter(session: session, navigator: navigator, words: words, hasBiometrics: hasBiometrics)
        begin = BeginPresenter(session: session, navigator: navigator, words: words, recovery: recovery)
        unlock = UnlockPresenter(session: session, words: words)
        documents = DocumentsPresenter(session: session, navigator: navigator)
        receive = ReceivePresenter(navigator: navigator, words: words)
        share = SharePresenter(navigator: navigator, words: words)
        links = Links(session: session, navigator: navigator, receive: receive, share: share)
        settings = SettingsPresenter(session: session, navigator: navigator, words: words)
        begin.made = { [weak self] in self?.observe($0) }
        unlock.opened = { [weak self] in try await self?.unlocked() }
        navigator.changed = { [weak self] in
            Task { await self?.links.follow() }
        }
    }

    /// Opens the wallet, or begins a new one. Again when the app comes to the front, since it was closed in between.
    func cameToFront() async {
        await starting.run {
            guard let wallet = try await session.wallet() else {
                if navigator.current == .starting { navigator.start(.begin) }
                return
            }
            guard wallet !== observed else { return }
            observe(wallet)
            try await showLocked()
        }
    }

    /// A link, a scanned code or a pasted text.
    func arrived(_ link: String, from source: Source) async {
        await links.arrived(link, from: source)
    }

    /// Follows the wallet, and shows the lock screen when it locked itself, over whatever was seen.
    private func observe(_ wallet: Wallet) {
        observed = wallet
        documents.observe(wallet)
        following?.cancel()
        following = Task { [weak self] in
            do {
                for try await isOpen in wallet.lockStates() where !isOpen {
                    try await self?.showLocked()
                }
            } catch {
                // A damaged vault says so where its documents are read.
            }
        }
    }

    private func showLocked() async throws {
        guard navigator.current == .starting || !navigator.current.isOutside else { return }
        links.interrupted()
        receive.forget()
        share.forget()
        documents.forget()
        try await unlock.look()
        if try await !session.present().isUnlocked { navigator.start(.unlock) }
    }

    private func unlocked() async throws {
        navigator.start(.documents)
        guard !links.isWaiting else { return }
        do {
            try await resume()
        } catch is WalletError {
            // What cannot be resumed has expired; the list of documents is where the citizen goes on.
        }
    }

    /// What still waits for a yes or no: the app was ended, or the wallet locked itself, in between.
    private func resume() async throws {
        let wallet = try await session.present()
        guard let waits = try await wallet.pending().last else { return }
        try await links.lead(to: wallet.resume(waits.id))
    }
}
