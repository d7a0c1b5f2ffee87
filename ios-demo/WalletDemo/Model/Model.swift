import Observation
import WalletCore

/// The app without its pictures: all presenters, and what leads from one to the next.
@MainActor @Observable final class Model {
    let navigator = Navigator()
    let files = PickedFiles()
    let preferences: Preferences
    let words: any Words
    let newKey: NewKeyPresenter
    let begin: BeginPresenter
    let unlock: UnlockPresenter
    let recovery: RecoveryPresenter
    let documents: DocumentsPresenter
    let statuses: StatusWatch
    let history: HistoryPresenter
    let receive: ReceivePresenter
    let share: SharePresenter
    let links: Links
    let settings: SettingsPresenter
    let transfer: TransferPresenter
    let lockWatch: LockWatch

    /// Opening the wallet at the start: what failed, where something did.
    let starting = Work()

    /// What was under way when the app was ended and cannot go on by itself; it is said until the citizen has read it.
    private(set) var interrupted: Underway?
    private var before: Underway?

    @ObservationIgnored private let session: Session
    @ObservationIgnored private let hasBiometrics: @MainActor () -> Bool
    @ObservationIgnored private var following: Task<Void, Never>?
    @ObservationIgnored private var observed: Wallet?

    /// - Parameters:
    ///   - hasBiometrics: Whether the phone knows a finger or a face.
    ///   - pause: How the warning before the lock waits.
    init(
        session: Session, preferences: Preferences, words: any Words, hasBiometrics: @escaping @MainActor () -> Bool,
        pause: @escaping LockWatch.Pause = { try await Task.sleep(for: .milliseconds($0)) }
    ) {
        (self.session, self.preferences, self.words, self.hasBiometrics) = (session, preferences, words, hasBiometrics)
        before = preferences.underwayBefore
        newKey = NewKeyPresenter(navigator: navigator, files: files, words: words)
        begin = BeginPresenter(session: session, newKey: newKey, words: words)
        unlock = UnlockPresenter(session: session, words: words)
        recovery = RecoveryPresenter(session: session, navigator: navigator, newKey: newKey, words: words)
        documents = DocumentsPresenter(session: session, navigator: navigator)
        statuses = StatusWatch()
        history = HistoryPresenter(session: session, navigator: navigator, files: files, words: words)
        receive = ReceivePresenter(navigator: navigator, words: words)
        share = SharePresenter(navigator: navigator, words: words)
        links = Links(session: session, navigator: navigator, receive: receive, share: share)
        settings = SettingsPresenter(session: session, navigator: navigator, words: words)
        transfer = TransferPresenter(session: session, navigator: navigator, newKey: newKey, files: files, words: words)
        lockWatch = LockWatch(session: session, pause: pause)
        lead()
    }

    /// What leads from one presenter to the next.
    private func lead() {
        begin.made = { [weak self] in self?.observe($0) }
        begin.begun = { [weak self] in try await self?.begun() }
        transfer.made = { [weak self] in self?.observe($0) }
        transfer.begun = { [weak self] in try await self?.begun() }
        unlock.opened = { [weak self] in try await self?.unlocked() }
        recovery.opened = { [weak self] in try await self?.unlocked() }
        recovery.erasing = { [weak self] in self?.leaveWallet() }
        receive.held = { [weak self] in self?.documents.credentials?.entries ?? [] }
        receive.retry = { [weak self] in await self?.links.again() }
        receive.kept = { [weak self] in self?.statuses.look() }
        statuses.opened = { [weak self] in self?.observed }
        statuses.missed = { [weak self] in
            if $0 === self?.observed { self?.documents.observe($0) }
        }
        navigator.changed = { [weak self] before in
            guard let self else { return }
            Task { await self.links.follow() }
            statuses.moved(from: before, to: navigator.current)
        }
    }

    /// What is under way now, for the next start to know.
    var underway: Underway? {
        if links.isWaiting { return .link }
        if receive.isUnderway { return .receive }
        if share.isUnderway { return .share }
        return interrupted ?? before
    }

    func interruptionRead() {
        interrupted = nil
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
            try await unlock.look(at: wallet)
            try await showLocked(wallet)
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
        history.observe(wallet)
        following?.cancel()
        following = Task { [weak self] in
            do {
                for try await isOpen in wallet.lockStates() {
                    guard let self, !Task.isCancelled else { return }
                    if isOpen {
                        lockWatch.isOpen(wallet)
                    } else {
                        lockWatch.stop()
                        try await showLocked(wallet)
                    }
                }
            } catch {
                // A damaged vault says so where its documents are read.
            }
        }
    }

    /// The wallet is about to be no more.
    private func leaveWallet() {
        following?.cancel()
        lockWatch.stop()
        observed = nil
        statuses.told()
        forgetShown()
    }

    private func forgetShown() {
        receive.forget()
        share.forget()
        documents.forget()
        history.forget()
        recovery.forget()
    }

    private func showLocked(_ wallet: Wallet) async throws {
        guard navigator.current == .starting || !navigator.screens.allSatisfy(\.isOutside) else { return }
        links.interrupted()
        forgetShown()
        do {
            try await unlock.look(at: wallet)
            if try wallet.isUnlocked { return }
        } catch let error as WalletError where error.code == .vaultClosed {
            // The app is in the background, where nobody opens the wallet: what opens it is read when the app is in front again.
        }
        navigator.start(.unlock)
    }

    /// After the recovery key was confirmed, which may have taken longer than the wallet stays open.
    private func begun() async throws {
        try session.finish()
        let wallet = try await session.present()
        guard try wallet.isUnlocked else {
            try await unlock.look(at: wallet)
            return navigator.start(.unlock)
        }
        navigator.start(.documents)
        if hasBiometrics() { navigator.push(.offerBiometrics) }
    }

    private func unlocked() async throws {
        // Whoever opened it has a way in.
        try session.finish()
        navigator.start(.documents)
        let wasWaiting = links.isWaiting
        if !wasWaiting {
            do {
                try await resume()
            } catch is WalletError {
                // What cannot be resumed is over, or may still be on its way; the list of documents is where the citizen goes on.
            }
            if navigator.current == .documents { interrupted = before }
        }
        before = nil
    }

    /// What still waits for a yes or no: the app was ended, or the wallet locked itself, in between.
    private func resume() async throws {
        let wallet = try await session.present()
        guard let waits = try await wallet.pending().last else { return }
        try await links.lead(to: wallet.resume(waits.id))
    }
}
